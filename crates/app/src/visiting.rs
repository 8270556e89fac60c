//! Visits: which ones the bosses' trips make possible, and each from its plan to its debrief. What is done of one is
//! recorded in the open negotiations with the counterpart too, as far as whoever does it takes part in them.

use jiff::Timestamp;
use jiff::civil::Date;
use negotiation::party::User;
use negotiation::summary::counterpart_key;
use negotiation::view::{Sight, sight};
use negotiation::{Command, Negotiation, Phase};
use schemars::JsonSchema;
use serde::Deserialize;
use store::Shelf;
use visits::{Bearings, Brief, Colleague, Counterpart, OpenNegotiation, State, Suggestion, Trip, Visit};

use crate::accounts::Principal;
use crate::acting::Wish;
use crate::book::{CalendarKept, Kept, named, reads, sound, today, writes};
use crate::desk::Desk;
use crate::error::Error;
use crate::guard::outward;
use crate::secret;

/// Negotiations with one counterpart that are looked into, the latest.
const LOOKED_INTO: usize = 50;

/// A visit to be planned.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVisit {
    /// Who goes, by account.
    #[schemars(regex(pattern = r"^[a-z0-9._-]{1,64}$"))]
    pub visitor: String,
    /// To whom.
    #[schemars(regex(pattern = r"^[^\x00-\x1f\x7f-\x9f\s]([^\x00-\x1f\x7f-\x9f]{0,198}[^\x00-\x1f\x7f-\x9f\s])?$"))]
    pub counterpart: String,
    /// When.
    pub on: Date,
    /// Where.
    #[serde(default)]
    #[schemars(regex(pattern = r"^[^\x00-\x1f\x7f-\x9f]{0,200}$"))]
    pub place: String,
    /// What to talk about; terms are not.
    #[serde(default)]
    #[schemars(length(max = 200), inner(regex(pattern = r"^[^\x00-\x1f\x7f-\x9f]{0,200}$")))]
    pub topics: Vec<String>,
}

/// A visit as somebody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitSeen {
    /// The visit; without topics and notes where it is neither theirs nor planned by them.
    pub visit: Visit,
    /// Whether they may hold it, call it off and debrief it.
    pub own: bool,
}

impl Desk {
    /// The visits that trips make possible, the best first. Of negotiations `who` learns no more than their part lets
    /// them; that they looked is logged in those of which they see everything.
    pub async fn visit_suggestions(&self, who: &Principal, now: Timestamp) -> Result<Vec<Suggestion>, Error> {
        reads(who)?;
        let mut known = Bearings { visits: self.all_visits().await?, ..Bearings::default() };
        for (owner, kept) in self.all_kept::<CalendarKept>(Shelf::Calendars).await? {
            known.trips.insert(owner, kept.page.calendar.trips);
        }
        known.colleagues = self.our_people().await?;
        let trips: Vec<&Trip> = known.trips.values().flatten().filter(|trip| trip.to >= today(now)).collect();
        for (_, kept) in self.all_kept::<Counterpart>(Shelf::Counterparts).await? {
            let counterpart = kept.page;
            let passed_by = |place: &String| trips.iter().any(|trip| visits::is_at(&trip.location, place));
            if counterpart.places.iter().any(passed_by) {
                let open = self.open_with(who, &counterpart.name, now).await?;
                known.open.insert(counterpart.name.clone(), open.into_iter().map(|(_, known)| known).collect());
                known.counterparts.push(counterpart);
            }
        }
        Ok(visits::suggest(&known, today(now)))
    }

    /// All visits, the next first, then those that were, the last first.
    pub async fn visits(&self, who: &Principal) -> Result<Vec<VisitSeen>, Error> {
        reads(who)?;
        let mut visits = self.all_visits().await?;
        visits.sort_by_key(|visit| visit.on);
        let (planned, mut over): (Vec<Visit>, Vec<Visit>) = visits.into_iter().partition(Visit::is_planned);
        over.reverse();
        Ok(planned.into_iter().chain(over).map(|visit| seen_by(&who.user, visit)).collect())
    }

    /// Plans a visit. Topics go on an agenda that their side may see: they must not name an amount that is ours alone.
    pub async fn plan_visit(&self, who: &Principal, new: NewVisit, now: Timestamp) -> Result<Visit, Error> {
        writes(who)?;
        self.accounts.can_be_named(&new.visitor).await?;
        sound(&new.topics)?;
        sound(&[new.counterpart.clone(), new.place.clone()])?;
        named(&new.counterpart)?;
        if new.on < today(now) {
            return Err(Error::Page("the day is over; give the day of the visit, today or later"));
        }
        let topics: Vec<String> = new.topics.into_iter().filter(|topic| !topic.trim().is_empty()).collect();
        let open = self.open_with(who, &new.counterpart, now).await?;
        let agenda = topics.join(".\n");
        for (negotiation, _) in open.iter().filter(|(negotiation, _)| sees_all(negotiation, &who.user)) {
            outward(negotiation, &agenda, "a topic", now)?;
        }
        let visit = Visit {
            id: secret::id()?,
            visitor: new.visitor,
            counterpart: new.counterpart,
            on: new.on,
            place: new.place,
            topics,
            state: State::Planned,
            planned_by: who.user.0.clone(),
        };
        self.keep(who, Shelf::Visits, &visit.id, 0, &visit, now).await?;
        let command = Command::PlanVisit { on: visit.on, topics: visit.topics.clone() };
        self.record_visit(who, &open, &command, now).await?;
        Ok(visit)
    }

    /// Records that a visit took place.
    pub async fn hold_visit(
        &self,
        who: &Principal,
        id: &str,
        on: Date,
        touched_terms: bool,
        now: Timestamp,
    ) -> Result<Visit, Error> {
        let hold = |visit: &mut Visit| visit.hold(on, touched_terms, today(now));
        self.change_visit(who, id, hold, Some(Command::HoldVisit { on, touched_terms }), now).await
    }

    /// Records that a visit does not take place.
    pub async fn call_visit_off(&self, who: &Principal, id: &str, now: Timestamp) -> Result<Visit, Error> {
        self.change_visit(who, id, Visit::call_off, None, now).await
    }

    /// Records what a visit brought, and whom the visitor met: those ties are warm again.
    pub async fn debrief_visit(
        &self,
        who: &Principal,
        id: &str,
        met: Vec<String>,
        notes: String,
        now: Timestamp,
    ) -> Result<Visit, Error> {
        sound(&met)?;
        let notes = notes.replace("\r\n", "\n").trim().to_owned();
        let met: Vec<String> = met.into_iter().filter(|name| !name.trim().is_empty()).collect();
        let said = [met.join(", "), notes.clone()].join(": ");
        let command = Command::DebriefVisit { notes: said.trim_matches([':', ' ']).to_owned() };
        let debrief = |visit: &mut Visit| visit.debrief(met.clone(), notes.clone());
        let visit = self.change_visit(who, id, debrief, Some(command), now).await?;
        if let State::Debriefed { on, met, .. } = &visit.state {
            self.warm(who, &visit, *on, met, now).await?;
        }
        Ok(visit)
    }

    /// What a visitor reads before a visit; for the visitor and whoever planned it.
    pub async fn visit_brief(&self, who: &Principal, id: &str, now: Timestamp) -> Result<Brief, Error> {
        reads(who)?;
        let visit = self.own_visit(who, id).await?.page;
        let counterpart = self.counterpart(who, &visit.counterpart).await?.page;
        let open = self.open_with(who, &visit.counterpart, now).await?;
        let open: Vec<OpenNegotiation> = open.into_iter().map(|(_, known)| known).collect();
        Ok(visits::brief(&visit, &counterpart, &self.our_people().await?, &open, today(now)))
    }

    /// The feed of somebody's visits, as a calendar: what they make, and what they planned for others.
    pub async fn visit_feed(&self, owner: &User, now: Timestamp) -> Result<String, Error> {
        let mut visits = self.all_visits().await?;
        visits.retain(|visit| is_own(owner, visit));
        Ok(visits::feed(&visits, now))
    }

    async fn change_visit(
        &self,
        who: &Principal,
        id: &str,
        change: impl FnOnce(&mut Visit) -> Result<(), visits::Refused>,
        command: Option<Command>,
        now: Timestamp,
    ) -> Result<Visit, Error> {
        writes(who)?;
        let Kept { revision, page: mut visit } = self.own_visit(who, id).await?;
        change(&mut visit)?;
        self.keep(who, Shelf::Visits, id, revision, &visit, now).await?;
        if let Some(command) = command {
            let open = self.open_with(who, &visit.counterpart, now).await?;
            self.record_visit(who, &open, &command, now).await?;
        }
        Ok(visit)
    }

    /// Whoever was met is known to the visitor from that day on.
    async fn warm(
        &self,
        who: &Principal,
        visit: &Visit,
        on: Date,
        met: &[String],
        now: Timestamp,
    ) -> Result<(), Error> {
        let Kept { revision, page: mut counterpart } = self.counterpart(who, &visit.counterpart).await?;
        let before = counterpart.clone();
        for name in met {
            counterpart.meet(&visit.visitor, name, on);
        }
        if counterpart != before {
            self.keep_counterpart(who, &counterpart, revision, now).await?;
        }
        Ok(())
    }

    async fn record_visit(
        &self,
        who: &Principal,
        open: &[(Negotiation, OpenNegotiation)],
        command: &Command,
        now: Timestamp,
    ) -> Result<(), Error> {
        for id in open.iter().filter_map(|(_, known)| known.id.as_ref()) {
            match self.act(who, id, Wish::new(command, now)).await {
                // Who only looks on records nothing; the book has the visit all the same.
                Ok(_) | Err(Error::Forbidden | Error::Rejected(_)) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    /// The open negotiations with a counterpart, as far as `who` may know of each.
    async fn open_with(
        &self,
        who: &Principal,
        counterpart: &str,
        now: Timestamp,
    ) -> Result<Vec<(Negotiation, OpenNegotiation)>, Error> {
        let mut listed = self.store.with_counterpart(&counterpart_key(counterpart)).await?;
        listed.retain(|one| one.summary.phase == Phase::Open);
        listed.sort_by_key(|one| std::cmp::Reverse(one.summary.changed_at));
        let mut open = Vec::new();
        for one in listed.into_iter().take(LOOKED_INTO) {
            let negotiation = Negotiation::of(self.store.read(&one.id).await?);
            if let Some(known) = OpenNegotiation::of(&one.id, &negotiation, &who.user) {
                if sees_all(&negotiation, &who.user) {
                    self.log_view(who, &one.id, "what a visit could touch", now).await?;
                }
                open.push((negotiation, known));
            }
        }
        Ok(open)
    }

    async fn own_visit(&self, who: &Principal, id: &str) -> Result<Kept<Visit>, Error> {
        let kept: Kept<Visit> = self.kept(Shelf::Visits, id).await?.ok_or(Error::NotFound)?;
        if is_own(&who.user, &kept.page) { Ok(kept) } else { Err(Error::NotFound) }
    }

    async fn all_visits(&self) -> Result<Vec<Visit>, Error> {
        Ok(self.all_kept(Shelf::Visits).await?.into_iter().map(|(_, kept)| kept.page).collect())
    }

    async fn our_people(&self) -> Result<Vec<Colleague>, Error> {
        Ok(self.all_kept(Shelf::Colleagues).await?.into_iter().map(|(_, kept)| kept.page).collect())
    }
}

fn is_own(user: &User, visit: &Visit) -> bool {
    user.0 == visit.visitor || user.0 == visit.planned_by
}

fn sees_all(negotiation: &Negotiation, user: &User) -> bool {
    sight(negotiation, user) == Sight::All
}

fn seen_by(user: &User, mut visit: Visit) -> VisitSeen {
    let own = is_own(user, &visit);
    if !own {
        visit.topics.clear();
        if let State::Debriefed { on, touched_terms, .. } = visit.state {
            visit.state = State::Held { on, touched_terms };
        }
    }
    VisitSeen { visit, own }
}
