//! From a wish to facts, or to why not. Pure: when and who are arguments.

mod correct;
mod power;
mod sound;
mod undo;
mod upper;

pub use undo::undoable;

use jiff::Timestamp;
use terms::Side;

use crate::access::{Act, Denied, Hand};
use crate::authority::{Authority, Extent, Settling, Stated};
use crate::command::Command;
use crate::fact::{Entry, Fact, Opening};
use crate::guidance::{Answer, Question, Request};
use crate::happening::Placed;
use crate::mandate::Mandate;
use crate::offer::{Offer, Package};
use crate::party::{Part, Participant, User};
use crate::rejection::Rejection;
use crate::state::{Negotiation, Phase};
use crate::{Stamp, Version, stamp};

use power::denied_as;

/// The facts that a wish leads to, recorded and having happened as the stamp says. Whether whoever acts may wish it at all is
/// asked of [`access`](crate::access) before; what goes further than that is asked here, of the same.
pub fn decide<'a>(
    negotiation: &Negotiation,
    command: &Command,
    stamp: impl Into<Stamp>,
    hand: impl Into<Hand<'a>>,
) -> Result<Vec<Fact>, Rejection> {
    let (stamp, hand) = (stamp.into(), hand.into());
    if stamp.is_ahead() {
        return Err(Rejection::Ahead);
    }
    if stamp.on.is_some_and(|on| on < stamp::day(stamp.at)) && !command.takes_a_day() {
        return Err(Rejection::NoDay);
    }
    // A correction is made now, whatever day it puts its entry on.
    let corrects = matches!(command, Command::Correct { .. });
    let moment = if corrects { stamp.at } else { stamp.happened(negotiation.version + 1) };
    let then = negotiation.stood_at(moment, stamp.at);
    let desk = Desk { negotiation: &then, record: negotiation, stamp, at: moment, hand };
    let facts = desk.facts(command)?;
    if facts.iter().any(Fact::holds_control) {
        return Err(Rejection::Control);
    }
    facts.iter().try_for_each(|fact| desk.sound(fact))?;
    Ok(facts)
}

impl Negotiation {
    /// Takes in what a wish leads to, as [`decide`] says, and gives the entries that it made; where it is refused, nothing changes.
    pub fn enact<'a>(
        &mut self,
        command: &Command,
        stamp: impl Into<Stamp>,
        hand: impl Into<Hand<'a>>,
    ) -> Result<Vec<Entry>, Rejection> {
        let (stamp @ Stamp { at, on }, hand) = (stamp.into(), hand.into());
        let numbered = (self.version + 1..).zip(decide(self, command, stamp, hand)?);
        let entry = |(version, fact)| Entry { version, at, on, by: hand.user.clone(), fact };
        let entries: Vec<Entry> = numbered.map(entry).collect();
        for entry in &entries {
            self.apply(entry.clone());
        }
        Ok(entries)
    }
}

fn said(text: &str, what: &'static str) -> Result<(), Rejection> {
    if text.trim().is_empty() { Err(Rejection::Empty(what)) } else { Ok(()) }
}

struct Desk<'a> {
    /// How it stood when it happened.
    negotiation: &'a Negotiation,
    /// How it stands.
    record: &'a Negotiation,
    stamp: Stamp,
    /// The moment at which it happened.
    at: Timestamp,
    hand: Hand<'a>,
}

impl Desk<'_> {
    fn facts(&self, command: &Command) -> Result<Vec<Fact>, Rejection> {
        match self.record.phase {
            Phase::Unopened => match command {
                Command::Open { opening } => Ok(self.open(opening)),
                _ => Err(Rejection::NotOpened),
            },
            Phase::Open => self.while_open(command),
            Phase::Agreed | Phase::WalkedAway | Phase::Closed => match command {
                Command::Reopen { .. } if self.negotiation.phase == Phase::Open => Err(Rejection::NotOver),
                Command::Reopen { reason } => Ok(vec![Fact::Reopened { reason: reason.clone() }]),
                Command::Review { notes } => Ok(vec![Fact::Reviewed { notes: notes.clone() }]),
                // An end is no end to the record.
                Command::Archive | Command::Restore | Command::Undo { .. } | Command::Correct { .. } => {
                    self.while_open(command)
                }
                _ if command.act() == Some(Act::Name) => self.while_open(command),
                _ => Err(Rejection::Over),
            },
        }
    }

    fn open(&self, opening: &Opening) -> Vec<Fact> {
        let opener = Participant { user: self.hand.user.clone(), part: Part::Negotiator, privy: true };
        vec![Fact::Opened(opening.clone()), Fact::Joined(opener)]
    }

    fn while_open(&self, command: &Command) -> Result<Vec<Fact>, Rejection> {
        match command.clone() {
            Command::Open { .. } => Err(Rejection::AlreadyOpened),
            Command::Name { participant } => self.name(participant),
            Command::Remove { user } => self.remove(user),
            Command::Prepare { preparation } => Ok(vec![Fact::Prepared(preparation)]),
            Command::PrepareIssues { sheet } => Ok(vec![Fact::IssuesPrepared { sheet }]),
            Command::GrantMandate { mandate, told } => {
                self.may_be_told(told)?;
                Ok(self.grant(mandate, told))
            }
            Command::EndMandate { reason } => Ok(self.end(reason)),
            Command::Offer { offer, despite } => self.offer(offer, despite),
            Command::Ask { question } => self.ask(question),
            Command::Remind { request } => {
                self.open_request(request).map(|request| vec![Fact::GuidanceReminded { request: request.id }])
            }
            Command::Answer { request, answer, until, told } => self.answer(request, answer, until, told),
            Command::SendBrief { to } => {
                let known = self.negotiation.participants.get(&to).is_some_and(Participant::sees_privileged);
                if known { Ok(vec![Fact::BriefSent { to }]) } else { Err(Rejection::NoSuchParticipant) }
            }
            Command::NoteImpasse { how } => Ok(vec![Fact::ImpasseNoted { how }]),
            Command::ResolveImpasse if self.negotiation.impasse.is_none() => Err(Rejection::NoImpasse),
            Command::ResolveImpasse => Ok(vec![Fact::ImpasseResolved]),
            Command::Consent { until, told } => {
                self.may_be_told(told)?;
                self.ahead(until, "the end of the consent")?;
                Ok(vec![Fact::BossConsented { until, told }])
            }
            Command::WithdrawConsent if self.negotiation.consent.is_none() => Err(Rejection::NoConsent),
            Command::WithdrawConsent => Ok(vec![Fact::ConsentWithdrawn]),
            Command::Propose { wording, answer_by, despite } => self.propose(wording, answer_by, despite),
            Command::ProposalAnswered { outcome } => self.proposal_answered(outcome),
            Command::BossAskedFor { how } => Ok(vec![Fact::BossAskedFor { how }]),
            Command::BossContacted { how } => Ok(vec![Fact::BossContacted { how }]),
            Command::BringBoss { price, despite } => self.bring_boss(price, despite, false),
            Command::HandOver { price, despite } => self.bring_boss(price, despite, true),
            Command::Decline { .. } if !self.negotiation.boss_called => Err(Rejection::NotCalled),
            Command::Decline { reply } => Ok(vec![Fact::BossDeclined { reply }]),
            Command::HandBack { .. } if !self.negotiation.boss_in => Err(Rejection::BossNotIn),
            Command::HandBack { reply } => Ok(vec![Fact::BossHandedBack { reply }]),
            Command::PlanVisit { on, topics } => Ok(vec![Fact::VisitPlanned { on, topics }]),
            Command::HoldVisit { on, touched_terms } => Ok(vec![Fact::VisitHeld { on, touched_terms }]),
            Command::DebriefVisit { notes } => Ok(vec![Fact::VisitDebriefed { notes }]),
            Command::CheckMessage { findings } => Ok(vec![Fact::MessageChecked { findings }]),
            Command::TakeAdvice { advice } => Ok(vec![Fact::AdviceTaken(advice)]),
            Command::Agree { package, despite } => self.agree(package, despite),
            Command::WalkAway { reason } => {
                self.is_the_last()?;
                Ok(vec![Fact::WalkedAway { reason }])
            }
            Command::Close { reason } => {
                self.is_the_last()?;
                Ok(vec![Fact::Closed { reason }])
            }
            Command::Archive => self.put_away(true),
            Command::Restore => self.put_away(false),
            Command::Undo { version } => self.undo(version),
            Command::Reopen { .. } | Command::Review { .. } => Err(Rejection::NotOver),
            Command::Correct { version, instead, reason, despite } => {
                self.correct(version, instead, &reason, despite.as_deref())
            }
        }
    }

    fn put_away(&self, away: bool) -> Result<Vec<Fact>, Rejection> {
        match (self.record.archived, away) {
            (true, true) | (false, false) => Err(Rejection::NothingToDo),
            (false, true) => Ok(vec![Fact::Archived]),
            (true, false) => Ok(vec![Fact::Restored]),
        }
    }

    fn name(&self, participant: Participant) -> Result<Vec<Fact>, Rejection> {
        // Else a negotiator could approve their own question.
        if participant.user == *self.hand.user {
            return Err(Rejection::OwnPart);
        }
        // The first boss is named by whoever opens a negotiation. From then on a boss names others: else a negotiator could
        // find one who grants more.
        if participant.part == Part::Boss {
            self.may(Act::NameBoss, "naming another boss")?;
        }
        self.boss_lets_bosses_go(&participant.user)?;
        if participant.part != Part::Negotiator {
            self.other_negotiator(&participant.user)?;
        }
        Ok(vec![Fact::Joined(participant)])
    }

    fn remove(&self, user: User) -> Result<Vec<Fact>, Rejection> {
        if !self.negotiation.participants.contains_key(&user) {
            return Err(Rejection::NoSuchParticipant);
        }
        self.boss_lets_bosses_go(&user)?;
        self.other_negotiator(&user)?;
        Ok(vec![Fact::Left { user }])
    }

    /// Somebody negotiates besides `user`, or `user` does not.
    fn other_negotiator(&self, user: &User) -> Result<(), Rejection> {
        let negotiates = |participant: &&Participant| participant.part == Part::Negotiator;
        let mut negotiators = self.negotiation.participants.values().filter(negotiates);
        let others = negotiators.any(|participant| participant.user != *user);
        if others { Ok(()) } else { Err(Rejection::LastNegotiator) }
    }

    /// New limits replace what the boss let pass before.
    fn grant(&self, mandate: Mandate, told: bool) -> Vec<Fact> {
        let voided = self.void_leave("the mandate has changed since");
        std::iter::once(Fact::MandateGranted { mandate, told }).chain(voided).collect()
    }

    /// With the limits ends what the boss let pass beyond them.
    fn end(&self, reason: String) -> Vec<Fact> {
        let voided = self.void_leave("the mandate has ended since");
        std::iter::once(Fact::MandateEnded { reason }).chain(voided).collect()
    }

    fn void_leave(&self, why: &str) -> Vec<Fact> {
        let left = self.negotiation.requests.iter().filter(|request| request.leave(self.at).is_some());
        left.map(|request| voided(request, why)).collect()
    }

    fn offer(&self, offer: Offer, despite: Option<String>) -> Result<Vec<Fact>, Rejection> {
        let voided = match offer.by {
            Side::Us => Vec::new(),
            Side::Them => self.void_after(Fact::Offered(offer.clone())),
        };
        let beyond = if self.is_held_to_limits(&offer, self.at) {
            self.beyond_mandate(self.next(), &offer.package, self.at, despite)?
        } else {
            None
        };
        Ok(std::iter::once(Fact::Offered(offer)).chain(beyond).chain(voided).collect())
    }

    /// Whether an offer is held to what the negotiator may settle. Whoever may sign nothing may still offer what binds nobody yet.
    fn is_held_to_limits(&self, offer: &Offer, at: Timestamp) -> bool {
        let signs_nothing = self.negotiation.authority_at(at) == Authority::Stated(Stated::Otherwise(Extent::None));
        offer.by == Side::Us && (offer.binding || !signs_nothing)
    }

    /// The version of the first entry that comes of this wish.
    fn next(&self) -> Version {
        self.record.version + 1
    }

    /// Guidance that counts no more once a fact is on record, whatever day that is put on: it was given for what they offered
    /// then. What was asked before they offered anything was asked on the point alone.
    fn void_after(&self, fact: Fact) -> Vec<Fact> {
        let leaves = |request: &Request| request.leave(self.at).is_some();
        let counts = |request: &&Request| request.about.is_some() && (request.is_open() || leaves(request));
        let tied: Vec<&Request> = self.record.requests.iter().filter(counts).collect();
        if tied.is_empty() {
            return Vec::new();
        }
        let Stamp { at, on } = self.stamp;
        let mut after = self.record.clone();
        after.apply(Entry { version: self.next(), at, on, by: self.hand.user.clone(), fact });
        if theirs(self.record) == theirs(&after) {
            return Vec::new();
        }
        tied.into_iter().map(|request| voided(request, "their offer has changed since it was asked")).collect()
    }

    /// What to record of a package at a moment besides: nothing where the negotiator may settle it or the boss records it, and
    /// the reason where it goes beyond.
    fn beyond_mandate(
        &self,
        entry: Version,
        package: &Package,
        at: Timestamp,
        despite: Option<String>,
    ) -> Result<Option<Fact>, Rejection> {
        let Settling { mut outside, mut lapsed, .. } = self.negotiation.settling(package, at);
        if outside.is_empty() {
            // It is held against what may be settled now, too: no day that it is put on goes round that.
            Settling { outside, lapsed, .. } = self.record.settling(package, self.stamp.at);
        }
        if outside.is_empty() {
            return Ok(None);
        }
        let Err(denied) = self.judged(self.negotiation, Act::Exceed) else { return Ok(None) };
        match (despite.filter(|reason| !reason.trim().is_empty()), denied) {
            (Some(reason), _) => Ok(Some(Fact::MandateExceeded { entry, outside, reason })),
            (None, Denied::Reach(_)) => Err(denied_as(denied, "settling what the mandate does not cover")),
            (None, Denied::Part | Denied::Outside) => Err(Rejection::OutsideMandate { outside, lapsed }),
        }
    }

    fn ask(&self, question: Question) -> Result<Vec<Fact>, Rejection> {
        self.ahead(Some(question.needed_by), "the time by which an answer is needed")?;
        let about = self.negotiation.standing(Side::Them).map(|recorded| recorded.version);
        Ok(vec![Fact::GuidanceAsked { question, about }])
    }

    fn open_request(&self, id: u64) -> Result<&Request, Rejection> {
        let found = self.negotiation.requests.iter().find(|request| request.id == id && request.is_open());
        found.ok_or(Rejection::NoSuchRequest(id))
    }

    fn answer(&self, id: u64, answer: Answer, until: Option<Timestamp>, told: bool) -> Result<Vec<Fact>, Rejection> {
        self.may_be_told(told)?;
        self.open_request(id)?;
        if self.record.requests.iter().any(|request| request.id == id && request.answer.is_some()) {
            return Err(Rejection::NoSuchRequest(id));
        }
        self.ahead(until, "the end of the leave")?;
        if until.is_some() && !answer.approves() {
            return Err(Rejection::Impossible("an end of a leave that was not given"));
        }
        let granted = match &answer {
            Answer::ChangeLimit { mandate } => self.grant(mandate.clone(), told),
            _ => Vec::new(),
        };
        Ok(std::iter::once(Fact::GuidanceAnswered { request: id, answer, until, told }).chain(granted).collect())
    }

    /// An end is the last thing that happens at the table.
    fn is_the_last(&self) -> Result<(), Rejection> {
        self.is_the_last_at(self.at, None)
    }

    /// The same of an end that is on record as `but`, at a moment.
    fn is_the_last_at(&self, moment: Timestamp, but: Option<Version>) -> Result<(), Rejection> {
        let later = |one: &Placed<'_>| {
            one.moment > moment && one.says.is_some_and(Fact::is_a_move) && Some(one.entry.version) != but
        };
        match self.record.in_order().into_iter().find(later) {
            Some(later) => Err(Rejection::NotTheLast { version: later.entry.version, on: later.on }),
            None => Ok(()),
        }
    }

    fn agree(&self, package: Package, despite: Option<String>) -> Result<Vec<Fact>, Rejection> {
        self.is_the_last()?;
        let beyond = self.beyond_mandate(self.next(), &package, self.at, despite)?;
        Ok(std::iter::once(Fact::Agreed { package }).chain(beyond).collect())
    }
}

/// What they offer.
fn theirs(record: &Negotiation) -> Option<&Package> {
    record.standing(Side::Them).map(|recorded| &recorded.offer.package)
}

fn voided(request: &Request, reason: &str) -> Fact {
    Fact::GuidanceVoided { request: request.id, reason: reason.to_owned() }
}
