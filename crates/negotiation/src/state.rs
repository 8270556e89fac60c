//! Where a negotiation stands: what folding its facts gives.

use std::collections::BTreeMap;

use bargain::sheet::Sheet;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{Currency, Role, Side};

use crate::Version;
use crate::fact::{AdviceTaken, Entry, Fact, Opening, Preparation};
use crate::guidance::{Point, Request};
use crate::mandate::{Granted, Mandate, Outside};
use crate::offer::{Offer, Package, same};
use crate::party::{Part, Participant, User};
use crate::proposal::{Consent, Outcome, Proposed};

/// How far a negotiation has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Not opened.
    #[default]
    Unopened,
    /// Going on.
    Open,
    /// Agreed.
    Agreed,
    /// Given up.
    WalkedAway,
}

/// An offer on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Recorded {
    /// The version of its entry.
    pub version: Version,
    /// When it was recorded.
    pub at: Timestamp,
    /// The offer.
    pub offer: Offer,
}

/// Whether the negotiator may settle a package unasked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Settling {
    /// Every way in which it lies outside; nothing where it is inside.
    pub outside: Vec<Outside>,
    /// On what the boss's leave depends, where it takes that.
    pub conditions: Vec<String>,
}

/// A negotiation as its record leaves it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Negotiation {
    /// The last entry's version; 0 before any.
    pub version: Version,
    /// How far it has come.
    pub phase: Phase,
    /// How it was opened.
    pub opening: Option<Opening>,
    /// Our people.
    pub participants: BTreeMap<User, Participant>,
    /// What is known and wanted.
    pub preparation: Preparation,
    /// The issue sheet, where there is one.
    pub sheet: Option<Sheet>,
    /// Every mandate that there was, oldest first.
    pub mandates: Vec<Granted>,
    /// Every offer, oldest first.
    pub offers: Vec<Recorded>,
    /// Every question to the boss.
    pub requests: Vec<Request>,
    /// How it is stuck, while it is.
    pub impasse: Option<String>,
    /// Our boss's consent to be named.
    pub consent: Option<Consent>,
    /// Every proposal to take it to both bosses, oldest first.
    pub proposals: Vec<Proposed>,
    /// Our boss is in the room.
    pub boss_in: bool,
    /// With theirs.
    pub both_in: bool,
    /// Our boss has taken over.
    pub handed_over: bool,
    /// They have called for our boss, and no answer has been given.
    pub boss_called: bool,
    /// The last advice taken, with the version of its entry.
    pub advice: Option<(Version, AdviceTaken)>,
    /// What was agreed.
    pub agreed: Option<Package>,
    /// The entries themselves.
    pub history: Vec<Entry>,
}

impl Negotiation {
    /// The currency that its amounts are in; none before it is opened.
    pub fn currency(&self) -> Option<Currency> {
        self.opening.as_ref().map(|opening| opening.currency)
    }

    /// The state after `entries`, in their order.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut negotiation = Self::default();
        for entry in entries {
            negotiation.apply(entry);
        }
        negotiation
    }

    /// Takes in one more entry. A correction folds the whole record anew.
    pub fn apply(&mut self, entry: Entry) {
        let corrects = matches!(entry.fact, Fact::Corrected { .. });
        self.history.push(entry);
        if corrects {
            let history = std::mem::take(&mut self.history);
            *self = Self { history, ..Self::default() };
            for index in 0..self.history.len() {
                self.fold(index);
            }
        } else {
            self.fold(self.history.len() - 1);
        }
    }

    /// What the entry at `index` says, corrections by later ones counted; `None` where it was struck out.
    pub fn says(&self, index: usize) -> Option<Fact> {
        let version = self.history[index].version;
        let mut corrections = self.history[index + 1..].iter().filter_map(|entry| match &entry.fact {
            Fact::Corrected { version: of, instead, .. } if *of == version => Some(instead),
            // No other kind speaks of an entry to put something in its place.
            _ => None,
        });
        match corrections.next_back() {
            Some(instead) => instead.as_deref().cloned(),
            None => Some(self.history[index].fact.clone()),
        }
    }

    fn fold(&mut self, index: usize) {
        let Entry { version, at, ref by, .. } = self.history[index];
        let by = by.clone();
        self.version = version;
        let Some(fact) = self.says(index) else { return };
        match fact {
            Fact::Opened(opening) => {
                self.phase = Phase::Open;
                self.opening = Some(opening);
            }
            Fact::Joined(participant) => drop(self.participants.insert(participant.user.clone(), participant)),
            Fact::Left { user } => drop(self.participants.remove(&user)),
            Fact::Prepared(preparation) => self.preparation = *preparation,
            Fact::IssuesPrepared { sheet } => self.sheet = Some(*sheet),
            Fact::MandateGranted { mandate } => self.grant(mandate, by, at),
            Fact::MandateEnded { .. } => self.end_mandate(at),
            Fact::Offered(offer) => self.offers.push(Recorded { version, at, offer }),
            Fact::GuidanceAsked { question, about } => self.requests.push(Request {
                id: version,
                by,
                at,
                question,
                about,
                reminders: 0,
                answer: None,
                void: None,
            }),
            Fact::GuidanceReminded { request } => self.with_request(request, |request| request.reminders += 1),
            Fact::GuidanceAnswered { request, answer } => {
                self.with_request(request, |request| request.answer = Some((answer, by, at)));
            }
            Fact::GuidanceVoided { request, reason } => {
                self.with_request(request, |request| request.void = Some(reason));
            }
            Fact::ImpasseNoted { how } => self.impasse = Some(how),
            Fact::ImpasseResolved => self.impasse = None,
            Fact::BossConsented { until } => self.consent = Some(Consent { given: at, until }),
            Fact::ConsentWithdrawn => self.consent = None,
            Fact::BothBossesProposed { wording, answer_by, .. } => {
                self.proposals.push(Proposed {
                    id: version,
                    at,
                    wording,
                    answer_by,
                    outcome: None,
                    boss_came_after: false,
                });
            }
            Fact::BothBossesAnswered { outcome } => self.proposal_answered(outcome, at),
            Fact::BossAskedFor { .. } | Fact::BossContacted { .. } => self.boss_called = true,
            Fact::BossJoined { .. } => self.boss_joins(false),
            Fact::HandedOver { .. } => self.boss_joins(true),
            Fact::BossDeclined { .. } => self.boss_called = false,
            Fact::BossHandedBack { .. } => {
                (self.boss_in, self.both_in, self.handed_over, self.boss_called) = (false, false, false, false);
            }
            Fact::AdviceTaken(advice) => self.advice = Some((version, *advice)),
            Fact::Agreed { package } => {
                self.phase = Phase::Agreed;
                self.agreed = Some(package);
            }
            Fact::WalkedAway { .. } => self.phase = Phase::WalkedAway,
            Fact::MandateExceeded { .. }
            | Fact::BriefSent { .. }
            | Fact::VisitPlanned { .. }
            | Fact::VisitHeld { .. }
            | Fact::VisitDebriefed { .. }
            | Fact::MessageChecked { .. }
            | Fact::Reviewed { .. }
            | Fact::Corrected { .. } => {}
        }
    }

    fn grant(&mut self, mandate: Mandate, by: User, from: Timestamp) {
        self.end_mandate(from);
        let number = self.mandates.len() as u32 + 1;
        self.mandates.push(Granted { number, mandate, by, from, ended: None });
    }

    fn end_mandate(&mut self, at: Timestamp) {
        if let Some(last) = self.mandates.last_mut() {
            last.ended.get_or_insert(at);
        }
    }

    fn with_request(&mut self, id: Version, change: impl FnOnce(&mut Request)) {
        if let Some(request) = self.requests.iter_mut().find(|request| request.id == id) {
            change(request);
        }
    }

    fn proposal_answered(&mut self, outcome: Outcome, at: Timestamp) {
        if let Some(proposal) = self.proposals.last_mut() {
            proposal.outcome = Some((outcome, at));
        }
        match outcome {
            Outcome::Accepted => (self.boss_in, self.both_in) = (true, true),
            Outcome::Unlocked => self.impasse = None,
            Outcome::Declined | Outcome::Ignored | Outcome::Backlash => {}
        }
    }

    fn boss_joins(&mut self, takes_over: bool) {
        self.boss_in = true;
        self.handed_over |= takes_over;
        self.boss_called = false;
        if let Some(proposal) = self.proposals.last_mut() {
            proposal.boss_came_after = true;
        }
    }

    /// What we do; seller before it is opened.
    pub fn role(&self) -> Role {
        self.opening.as_ref().map_or(Role::Seller, |opening| opening.role)
    }

    /// The mandate in force at a moment, past or present, with who granted it.
    pub fn mandate_at(&self, at: Timestamp) -> Option<&Granted> {
        self.mandates.iter().rev().find(|granted| granted.in_force(at))
    }

    /// Whether the negotiator may settle a package at a moment: by the mandate, or by the boss's leave on a point. That the
    /// boss is in the room gives the negotiator no more: what goes beyond is the boss's to record.
    pub fn settling(&self, package: &Package, at: Timestamp) -> Settling {
        let Some(granted) = self.mandate_at(at) else {
            return Settling { outside: vec![Outside::NoMandate], conditions: Vec::new() };
        };
        let mut settling = Settling { outside: granted.mandate.outside(package, self.role()), conditions: Vec::new() };
        for request in &self.requests {
            let Some(point) = request.leave().filter(|point| point.covers(package, self.role())) else { continue };
            let before = settling.outside.len();
            settling.outside.retain(|reason| match (reason, point) {
                (Outside::Price, Point::Price { .. }) => false,
                (Outside::Term(term), Point::Term { name, .. }) => !same(term, name),
                _ => true,
            });
            if settling.outside.len() < before {
                settling.conditions.extend(request.conditions().map(str::to_owned));
            }
        }
        settling
    }

    /// Every way in which a package of ours lies outside what the negotiator may settle at a moment; nothing where it
    /// is inside.
    pub fn outside(&self, package: &Package, at: Timestamp) -> Vec<Outside> {
        self.settling(package, at).outside
    }

    /// Whether somebody takes part as a boss.
    pub fn is_boss(&self, user: &User) -> bool {
        self.participants.get(user).is_some_and(|participant| participant.part == Part::Boss)
    }

    /// The last proposal to take it to both bosses.
    pub fn proposal(&self) -> Option<&Proposed> {
        self.proposals.last()
    }

    /// The last offer of a side.
    pub fn standing(&self, side: Side) -> Option<&Recorded> {
        self.offers.iter().rev().find(|recorded| recorded.offer.by == side)
    }
}
