//! Where a negotiation stands: what folding its facts gives.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bargain::sheet::Sheet;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{Currency, Role, Side};

use crate::Version;
use crate::fact::{AdviceTaken, Entry, Fact, Opening, Preparation};
use crate::guidance::Request;
use crate::happening::{Happening, Placed};
use crate::mandate::{Granted, Mandate};
use crate::offer::{Offer, Package};
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
    /// Left without a result.
    Closed,
}

/// An offer on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Recorded {
    /// The version of its entry.
    pub version: Version,
    /// When it was recorded.
    pub at: Timestamp,
    /// The day on which it was made.
    pub on: Date,
    /// The offer.
    pub offer: Offer,
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
    /// Offers on record when it was last prepared.
    offers_when_prepared: usize,
    /// The last moment at which anything on record happened.
    latest: Option<Timestamp>,
    /// Put away: lists leave it out.
    pub archived: bool,
    /// The entries themselves.
    pub history: Vec<Entry>,
}

impl Negotiation {
    /// The currency that its amounts are in; none before it is opened.
    pub fn currency(&self) -> Option<Currency> {
        self.opening.as_ref().map(|opening| opening.currency)
    }

    /// The state after `entries`, in the order in which they were recorded.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let history: Vec<Entry> = entries.into_iter().collect();
        let version = history.last().map_or(0, |entry| entry.version);
        let mut negotiation = Self { version, history, ..Self::default() };
        negotiation.fold_anew();
        negotiation
    }

    /// Takes in one more entry. A correction, or what happened before the last that is on record, folds the whole record anew.
    pub fn apply(&mut self, entry: Entry) {
        self.version = entry.version;
        let corrects = matches!(entry.fact, Fact::Corrected { .. });
        let happening = Happening::of(&Placed::of(&entry, None, Some(&entry.fact)));
        let follows = |one: &Happening| !corrects && self.latest.is_none_or(|latest| latest <= one.moment);
        let happening = happening.filter(follows);
        self.history.push(entry);
        match happening {
            Some(happening) => self.fold(happening),
            None => self.fold_anew(),
        }
    }

    fn fold_anew(&mut self) {
        let happenings = self.happenings();
        *self = Self { version: self.version, history: std::mem::take(&mut self.history), ..Self::default() };
        for happening in happenings {
            self.fold(happening);
        }
    }

    /// How it stood at a moment, by what is on record now. Who takes part, and what they are prepared for, is as it is now.
    pub fn as_of(&self, moment: Timestamp) -> Self {
        let mut then = Self { version: self.version, history: self.history.clone(), ..Self::default() };
        for happening in self.happenings().into_iter().filter(|one| one.moment <= moment) {
            then.fold(happening);
        }
        then.opening.clone_from(&self.opening);
        then.phase = if then.phase == Phase::Unopened { Phase::Open } else { then.phase };
        then.participants.clone_from(&self.participants);
        then.preparation.clone_from(&self.preparation);
        then.sheet.clone_from(&self.sheet);
        then
    }

    /// How it stood at a moment, looked at from `now`: as it is, unless the moment is past.
    pub(crate) fn stood_at(&self, moment: Timestamp, now: Timestamp) -> Cow<'_, Self> {
        if moment < now { Cow::Owned(self.as_of(moment)) } else { Cow::Borrowed(self) }
    }

    /// What was on record at a moment, whenever it happened.
    pub fn as_recorded(&self, at: Timestamp) -> Self {
        Self::of(self.history.iter().filter(|entry| entry.at <= at).cloned())
    }

    fn fold(&mut self, happening: Happening) {
        let Happening { version, at, on, moment, by, fact } = happening;
        self.latest = self.latest.max(Some(moment));
        match fact {
            Fact::Opened(opening) => {
                self.phase = Phase::Open;
                self.opening = Some(opening);
            }
            Fact::Joined(participant) => drop(self.participants.insert(participant.user.clone(), participant)),
            Fact::Left { user } => drop(self.participants.remove(&user)),
            Fact::Prepared(preparation) => {
                self.preparation = *preparation;
                self.offers_when_prepared = self.offers.len();
            }
            Fact::IssuesPrepared { sheet } => self.sheet = Some(*sheet),
            Fact::MandateGranted { mandate, told } => self.grant(mandate, by, told, moment),
            Fact::MandateEnded { .. } => self.end_mandate(moment),
            Fact::Offered(offer) => self.offers.push(Recorded { version, at, on, offer }),
            Fact::GuidanceAsked { question, about } => self.requests.push(Request {
                id: version,
                by,
                at: moment,
                question,
                about,
                reminders: 0,
                answer: None,
                until: None,
                told: false,
                void: None,
                void_since: None,
            }),
            Fact::GuidanceReminded { request } => self.with_request(request, |request| request.reminders += 1),
            Fact::GuidanceAnswered { request, answer, until, told } => self.with_request(request, |request| {
                request.answer = Some((answer, by, moment));
                (request.until, request.told) = (until, told);
            }),
            Fact::GuidanceVoided { request, reason } => self.with_request(request, |request| {
                (request.void, request.void_since) = (Some(reason), Some(moment));
            }),
            Fact::ImpasseNoted { how } => self.impasse = Some(how),
            Fact::ImpasseResolved => self.impasse = None,
            Fact::BossConsented { until, .. } => self.consent = Some(Consent { given: moment, until }),
            Fact::ConsentWithdrawn => self.consent = None,
            Fact::BothBossesProposed { wording, answer_by, .. } => {
                self.proposals.push(Proposed {
                    id: version,
                    at: moment,
                    wording,
                    answer_by,
                    outcome: None,
                    boss_came_after: false,
                });
            }
            Fact::BothBossesAnswered { outcome } => self.proposal_answered(outcome, moment),
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
            Fact::Closed { .. } => self.phase = Phase::Closed,
            Fact::Reopened { .. } => (self.phase, self.agreed) = (Phase::Open, None),
            Fact::Archived => self.archived = true,
            Fact::Restored => self.archived = false,
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

    fn grant(&mut self, mandate: Mandate, by: User, told: bool, from: Timestamp) {
        self.end_mandate(from);
        let number = self.mandates.len() as u32 + 1;
        self.mandates.push(Granted { number, mandate, by, told, from, ended: None });
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

    /// Rounds of offers left, where that was prepared: those since are taken off, and one is always left.
    pub fn rounds_left(&self) -> Option<u32> {
        let since = self.offers.get(self.offers_when_prepared..).unwrap_or_default();
        let by = |side| since.iter().filter(|recorded| recorded.offer.by == side).count();
        let rounds = u32::try_from(by(Side::Us).max(by(Side::Them))).unwrap_or(u32::MAX);
        self.preparation.rounds_left.map(|left| left.saturating_sub(rounds).max(1))
    }

    /// Whether somebody takes part as a boss.
    pub fn is_boss(&self, user: &User) -> bool {
        self.participants.get(user).is_some_and(|participant| participant.part == Part::Boss)
    }

    /// Whether a boss takes part. Where none does, the negotiator writes down what the boss says.
    pub fn has_boss(&self) -> bool {
        self.participants.values().any(|participant| participant.part == Part::Boss)
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
