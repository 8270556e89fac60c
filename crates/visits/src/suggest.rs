//! Which visits the bosses' trips make possible, the best first, and where a visit would touch terms.
//!
//! The order is by what P10 asks, one thing after another, and no weights are made up: visits that touch no terms, to those
//! not visited of late, by those in charge of the counterpart's product lines, where a tier is bare, the longest unvisited,
//! the soonest.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use negotiation::party::{Part, User};
use negotiation::view::{Sight, sight};
use negotiation::{Negotiation, Phase};
use schemars::JsonSchema;
use serde::Serialize;
use terms::{Amount, Currency, PlanId};

use crate::book::{Colleague, Counterpart, Tier, days_between, same};
use crate::calendar::Trip;
use crate::place::is_at;
use crate::tie_map::tie_map;
use crate::visit::{State, Visit};

/// Days around a visit within which an offer makes terms live. Judgement.
const LIVE_DAYS: i32 = 21;
/// Days after a visit within which another can wait. Judgement.
const RECENT_DAYS: i32 = 90;
/// Days after a visit within which a deadline makes terms live. Judgement.
const DEADLINE_DAYS: i32 = 45;

/// An open negotiation with the counterpart, as far as whoever asks may know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenNegotiation {
    /// Its id; `None` where whoever asks takes no part in it.
    pub id: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// Its negotiators, whom to ask.
    pub negotiators: Vec<String>,
    /// Our bosses in it.
    pub bosses: Vec<String>,
    /// It is stuck.
    pub impasse: bool,
    /// A both-bosses proposal waits for its answer.
    pub proposed: bool,
    /// They have called for our boss.
    pub boss_called: bool,
    /// The day of the last offer.
    pub last_offer: Option<Date>,
    /// When it must be done.
    pub deadline: Option<Date>,
    /// What bringing the boss in was worth when advice was last taken; negative where it costs.
    pub boss_now: Option<Amount>,
    /// ISO 4217 code of that.
    pub currency: Currency,
    /// Points that are negotiated.
    pub points: Vec<String>,
}

impl OpenNegotiation {
    /// What `user` may know of a negotiation, where it is open.
    pub fn of(id: &str, negotiation: &Negotiation, user: &User) -> Option<Self> {
        let opening = negotiation.opening.as_ref().filter(|_| negotiation.phase == Phase::Open)?;
        let people = |part| {
            let people = negotiation.participants.values().filter(move |one| one.part == part);
            people.map(|one| one.user.0.clone()).collect::<Vec<_>>()
        };
        let mut known = Self {
            id: None,
            title: None,
            negotiators: people(Part::Negotiator),
            bosses: Vec::new(),
            impasse: false,
            proposed: false,
            boss_called: false,
            last_offer: None,
            deadline: None,
            boss_now: None,
            currency: opening.currency,
            points: Vec::new(),
        };
        let sight = sight(negotiation, user);
        if sight == Sight::Nothing {
            return Some(known);
        }
        known.id = Some(id.to_owned());
        known.title = Some(opening.title.clone());
        known.bosses = people(Part::Boss);
        known.proposed = negotiation.proposal().is_some_and(|proposed| proposed.outcome.is_none());
        known.boss_called = negotiation.boss_called;
        known.last_offer = negotiation.offers.last().map(|recorded| recorded.on);
        let terms = negotiation.offers.iter().flat_map(|recorded| recorded.offer.package.terms.keys());
        known.points = terms.cloned().collect();
        if sight == Sight::All {
            known.impasse = negotiation.impasse.is_some();
            known.deadline = negotiation.preparation.deadline;
            known.points.extend(negotiation.preparation.issues.keys().cloned());
            known.boss_now =
                negotiation.advice.as_ref().and_then(|(_, advice)| advice.against_best(PlanId::BossAtOutset));
        }
        known.points.sort();
        known.points.dedup();
        Some(known)
    }

    fn risk(&self, on: Date) -> Risk {
        let near = |other: Option<Date>, days: i32| other.is_some_and(|other| days_between(other, on).abs() <= days);
        if self.id.is_none() {
            Risk::NotYours
        } else if self.boss_called {
            Risk::BossCalled
        } else if self.proposed {
            Risk::Proposed
        } else if self.impasse {
            Risk::Impasse
        } else if near(self.deadline, DEADLINE_DAYS) {
            Risk::DeadlineNear
        } else if near(self.last_offer, LIVE_DAYS) {
            Risk::OffersLive
        } else {
            Risk::Open
        }
    }
}

/// Why a visit could be taken for the boss stepping in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// A negotiation is open, and quiet.
    Open,
    /// One is open in which whoever asks takes no part.
    NotYours,
    /// Offers go to and fro.
    OffersLive,
    /// It must be done soon.
    DeadlineNear,
    /// It is stuck.
    Impasse,
    /// It was proposed to take it to both bosses, and no answer has come.
    Proposed,
    /// They have called for our boss.
    BossCalled,
}

impl Risk {
    /// Whether the visit had better wait.
    pub fn is_grave(self) -> bool {
        self > Self::NotYours
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "a negotiation is open, and quiet: leave it alone",
            Self::NotYours => "a negotiation is open in which you take no part: ask its negotiator before you go",
            Self::OffersLive => "offers go to and fro: a visit now looks like the boss stepping in",
            Self::DeadlineNear => "it must be done about then: a visit would tell them that it presses",
            Self::Impasse => "it is stuck: a visit now says that there is trouble",
            Self::Proposed => "a both-bosses proposal waits for its answer: a visit would give it away",
            Self::BossCalled => "they have called for the boss: a visit would be the answer",
        }
    }
}

/// A negotiation that a visit could touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Warning {
    /// Which; null where whoever asks takes no part in it.
    pub negotiation: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// Why.
    pub risk: Risk,
    /// The visitor holds the authority in it: what they say of terms binds.
    pub visitor_is_its_boss: bool,
    /// Whom to ask.
    pub ask: Vec<String>,
    /// What it was worth, when advice was last taken, that the boss comes in; negative where it costs. A visit that turns
    /// to terms is that.
    pub if_terms_come_up: Option<Amount>,
    /// ISO 4217 code of that.
    pub currency: Currency,
}

/// Where a visit on a day by `visitor` would touch terms, the gravest first.
pub fn warnings(open: &[OpenNegotiation], visitor: &str, on: Date) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = open
        .iter()
        .map(|negotiation| Warning {
            negotiation: negotiation.id.clone(),
            title: negotiation.title.clone(),
            risk: negotiation.risk(on),
            visitor_is_its_boss: negotiation.bosses.iter().any(|boss| boss == visitor),
            ask: negotiation.negotiators.clone(),
            if_terms_come_up: negotiation.boss_now,
            currency: negotiation.currency,
        })
        .collect();
    warnings.sort_by_key(|warning| Reverse(warning.risk));
    warnings
}

/// A visit that a trip makes possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Suggestion {
    /// Who would go, by account.
    pub visitor: String,
    /// To whom.
    pub counterpart: String,
    /// The trip.
    pub trip: Trip,
    /// Product lines of the counterpart's that the visitor is in charge of.
    pub in_charge_of: Vec<String>,
    /// The visitor's tier is one at which we know nobody there, or nobody any more.
    pub fills_gap: Option<Tier>,
    /// All such tiers.
    pub gaps: Vec<Tier>,
    /// When the counterpart was last visited.
    pub last_visit: Option<Date>,
    /// Where the visit would touch terms, the gravest first.
    pub warnings: Vec<Warning>,
}

impl Suggestion {
    /// Whether it had better wait.
    pub fn is_grave(&self) -> bool {
        self.warnings.first().is_some_and(|warning| warning.risk.is_grave())
    }
}

/// What suggestions are made from.
#[derive(Clone, Debug, Default)]
pub struct Bearings {
    /// Trips by the account of whoever makes them.
    pub trips: BTreeMap<String, Vec<Trip>>,
    /// Our people.
    pub colleagues: Vec<Colleague>,
    /// Whom we deal with.
    pub counterparts: Vec<Counterpart>,
    /// Visits so far, planned or held.
    pub visits: Vec<Visit>,
    /// Open negotiations, by the name of the counterpart.
    pub open: BTreeMap<String, Vec<OpenNegotiation>>,
}

/// The visits that trips from `today` on make possible, the best first. What is planned already is not among them.
pub fn suggest(known: &Bearings, today: Date) -> Vec<Suggestion> {
    let mut found = Vec::new();
    for (visitor, trips) in &known.trips {
        for trip in trips.iter().filter(|trip| trip.to >= today) {
            for counterpart in &known.counterparts {
                let there = counterpart.places.iter().any(|place| is_at(&trip.location, place));
                if there && !is_planned(known, visitor, counterpart, trip) {
                    found.push(suggestion(known, visitor, trip, counterpart, today));
                }
            }
        }
    }
    found.sort_by_key(|one| {
        let unvisited = one.last_visit.unwrap_or(Date::MIN);
        let recent = one.last_visit.is_some_and(|day| days_between(day, one.trip.from) <= RECENT_DAYS);
        let [strange, no_gap] = [one.in_charge_of.is_empty(), one.fills_gap.is_none()];
        (
            one.is_grave(),
            recent,
            strange,
            no_gap,
            unvisited,
            one.trip.from,
            one.counterpart.clone(),
            one.visitor.clone(),
        )
    });
    found
}

fn suggestion(known: &Bearings, visitor: &str, trip: &Trip, counterpart: &Counterpart, today: Date) -> Suggestion {
    let colleague = known.colleagues.iter().find(|one| one.user == visitor);
    let gaps = tie_map(counterpart, &known.colleagues, today).gaps();
    let open = known.open.get(&counterpart.name).map_or(&[][..], Vec::as_slice);
    Suggestion {
        visitor: visitor.to_owned(),
        counterpart: counterpart.name.clone(),
        trip: trip.clone(),
        in_charge_of: colleague
            .map_or(Vec::new(), |one| one.in_charge_of(counterpart).into_iter().map(str::to_owned).collect()),
        fills_gap: colleague.map(|one| one.tier).filter(|tier| gaps.contains(tier)),
        gaps,
        last_visit: last_visit(&known.visits, counterpart),
        warnings: warnings(open, visitor, trip.from.max(today)),
    }
}

fn is_planned(known: &Bearings, visitor: &str, counterpart: &Counterpart, trip: &Trip) -> bool {
    known.visits.iter().any(|visit| {
        let within = trip.from <= visit.on && visit.on <= trip.to;
        visit.is_planned() && visit.visitor == visitor && same(&visit.counterpart, &counterpart.name) && within
    })
}

fn last_visit(visits: &[Visit], counterpart: &Counterpart) -> Option<Date> {
    let there = visits.iter().filter(|visit| same(&visit.counterpart, &counterpart.name));
    let held = there.filter_map(|visit| match visit.state {
        State::Held { on, .. } | State::Debriefed { on, .. } => Some(on),
        State::Planned | State::CalledOff => None,
    });
    held.max()
}
