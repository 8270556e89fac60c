//! Entries and facts as they are sent: what the API and `--json` tell.

use bargain::sheet::Sheet;
use jiff::Timestamp;
use jiff::civil::Date;
use negotiation::Version;
use negotiation::fact::{AdviceTaken, Opening, Override, Preparation, PriceShown};
use negotiation::guidance::{Answer, Question};
use negotiation::mandate::{Mandate, Outside};
use negotiation::offer::{Offer, Package};
use negotiation::party::{Participant, User};
use negotiation::proposal::Outcome;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A fact with when it came on record and by whom.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Entry {
    /// Its number within the negotiation, from 1.
    pub version: Version,
    /// When it was recorded.
    pub at: Timestamp,
    /// The day on which it happened, where that was another or was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Who recorded it.
    pub by: User,
    /// What.
    pub fact: Fact,
}

/// A fact of a negotiation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// The negotiation was opened.
    Opened(Opening),
    /// One of our people takes part from now on, or in another way.
    Joined(Participant),
    /// One of our people takes no part any more.
    Left {
        /// Who.
        user: User,
    },
    /// Ranges, alternatives, issues and what is known of the counterpart were written down.
    Prepared(Box<Preparation>),
    /// The issues, and what they are worth to either side, were written down.
    IssuesPrepared {
        /// The issue sheet.
        sheet: Box<Sheet>,
    },
    /// A mandate was granted or changed.
    MandateGranted {
        /// The limits from now on.
        mandate: Mandate,
        /// The negotiator was told so by a boss who takes no part here.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        told: bool,
    },
    /// The mandate ended before its time.
    MandateEnded {
        /// Why.
        reason: String,
    },
    /// An offer was made or received.
    Offered(Offer),
    /// An offer of ours, or what was agreed, went beyond what the negotiator might settle.
    MandateExceeded {
        /// The offer or agreement, by the version of its entry.
        entry: Version,
        /// In what ways.
        outside: Vec<Outside>,
        /// Why all the same.
        reason: String,
    },
    /// Guidance was asked in private.
    GuidanceAsked {
        /// The question.
        question: Question,
        /// The counterpart's offer that stands, by the version of its entry.
        about: Option<Version>,
    },
    /// The boss was reminded of a question.
    GuidanceReminded {
        /// The question, by the version of its entry.
        request: Version,
    },
    /// The boss answered.
    GuidanceAnswered {
        /// The question.
        request: Version,
        /// The answer.
        answer: Answer,
        /// Until when an approval counts; null until something else ends it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
        /// The negotiator was told so by a boss who takes no part here.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        told: bool,
    },
    /// A question or its answer counts no more.
    GuidanceVoided {
        /// The question.
        request: Version,
        /// Why.
        reason: String,
    },
    /// The brief was sent.
    BriefSent {
        /// To whom.
        to: User,
    },
    /// It is stuck.
    ImpasseNoted {
        /// How it shows.
        how: String,
    },
    /// It moves again.
    ImpasseResolved,
    /// Our boss lets themselves be named in a proposal.
    BossConsented {
        /// Until when; `None` until taken back.
        until: Option<Timestamp>,
        /// The negotiator was told so by a boss who takes no part here.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        told: bool,
    },
    /// Our boss takes that back.
    ConsentWithdrawn,
    /// It was proposed to take it to both bosses.
    BothBossesProposed {
        /// The words sent.
        wording: String,
        /// When an answer is due.
        answer_by: Timestamp,
        /// Why, where the rungs below were not all tried.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        overriding: Option<Override>,
    },
    /// What came of the proposal.
    BothBossesAnswered {
        /// What.
        outcome: Outcome,
    },
    /// The counterpart asked for our boss.
    BossAskedFor {
        /// How.
        how: String,
    },
    /// The counterpart went to our boss directly.
    BossContacted {
        /// How.
        how: String,
    },
    /// Our boss came in.
    BossJoined {
        /// What it was said to cost before it was done.
        price: Option<PriceShown>,
        /// Why, where the rungs below were not all tried.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        overriding: Option<Override>,
    },
    /// Our boss was called for, and did not come.
    BossDeclined {
        /// The reply that hands the channel back.
        reply: String,
    },
    /// Our boss handed the channel back.
    BossHandedBack {
        /// The reply that hands the channel back.
        reply: String,
    },
    /// Our boss took the negotiation over.
    HandedOver {
        /// What it was said to cost before it was done.
        price: Option<PriceShown>,
        /// Why, where the rungs below were not all tried.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        overriding: Option<Override>,
    },
    /// A visit of our boss's is planned, terms off the table.
    VisitPlanned {
        /// When.
        on: Date,
        /// Topics.
        topics: Vec<String>,
    },
    /// The visit took place.
    VisitHeld {
        /// When.
        on: Date,
        /// Terms came up all the same.
        touched_terms: bool,
    },
    /// What the visit brought.
    VisitDebriefed {
        /// In words.
        notes: String,
    },
    /// A message was checked before it went out.
    MessageChecked {
        /// What was found, by the name of the rule; never the words.
        findings: Vec<String>,
    },
    /// Advice was taken.
    AdviceTaken(Box<AdviceTaken>),
    /// Agreed.
    Agreed {
        /// On what.
        package: Package,
    },
    /// Given up.
    WalkedAway {
        /// Why.
        reason: String,
    },
    /// Left without a result: it is no longer ours, or went to sleep.
    Closed {
        /// Why.
        reason: String,
    },
    /// It goes on after an end.
    Reopened {
        /// Why.
        reason: String,
    },
    /// Put away: lists leave it out.
    Archived,
    /// Taken out again.
    Restored,
    /// Looked back upon.
    Reviewed {
        /// What was learnt.
        notes: String,
    },
    /// An earlier entry was wrong.
    Corrected {
        /// Which.
        version: Version,
        /// What it should have said; `None` where it should not have been there.
        instead: Option<Box<Fact>>,
        /// Why.
        reason: String,
    },
}

impl From<negotiation::Entry> for Entry {
    fn from(entry: negotiation::Entry) -> Self {
        let negotiation::Entry { version, at, on, by, fact } = entry;
        Self { version, at, on, by, fact: fact.into() }
    }
}

impl From<negotiation::Fact> for Fact {
    fn from(fact: negotiation::Fact) -> Self {
        match fact {
            negotiation::Fact::Opened(one) => Self::Opened(one),
            negotiation::Fact::Joined(one) => Self::Joined(one),
            negotiation::Fact::Left { user } => Self::Left { user },
            negotiation::Fact::Prepared(one) => Self::Prepared(one),
            negotiation::Fact::IssuesPrepared { sheet } => Self::IssuesPrepared { sheet },
            negotiation::Fact::MandateGranted { mandate, told } => Self::MandateGranted { mandate, told },
            negotiation::Fact::MandateEnded { reason } => Self::MandateEnded { reason },
            negotiation::Fact::Offered(one) => Self::Offered(one),
            negotiation::Fact::MandateExceeded { entry, outside, reason } => {
                Self::MandateExceeded { entry, outside, reason }
            }
            negotiation::Fact::GuidanceAsked { question, about } => Self::GuidanceAsked { question, about },
            negotiation::Fact::GuidanceReminded { request } => Self::GuidanceReminded { request },
            negotiation::Fact::GuidanceAnswered { request, answer, until, told } => {
                Self::GuidanceAnswered { request, answer, until, told }
            }
            negotiation::Fact::GuidanceVoided { request, reason } => Self::GuidanceVoided { request, reason },
            negotiation::Fact::BriefSent { to } => Self::BriefSent { to },
            negotiation::Fact::ImpasseNoted { how } => Self::ImpasseNoted { how },
            negotiation::Fact::ImpasseResolved => Self::ImpasseResolved,
            negotiation::Fact::BossConsented { until, told } => Self::BossConsented { until, told },
            negotiation::Fact::ConsentWithdrawn => Self::ConsentWithdrawn,
            negotiation::Fact::BothBossesProposed { wording, answer_by, overriding } => {
                Self::BothBossesProposed { wording, answer_by, overriding }
            }
            negotiation::Fact::BothBossesAnswered { outcome } => Self::BothBossesAnswered { outcome },
            negotiation::Fact::BossAskedFor { how } => Self::BossAskedFor { how },
            negotiation::Fact::BossContacted { how } => Self::BossContacted { how },
            negotiation::Fact::BossJoined { price, overriding } => Self::BossJoined { price, overriding },
            negotiation::Fact::BossDeclined { reply } => Self::BossDeclined { reply },
            negotiation::Fact::BossHandedBack { reply } => Self::BossHandedBack { reply },
            negotiation::Fact::HandedOver { price, overriding } => Self::HandedOver { price, overriding },
            negotiation::Fact::VisitPlanned { on, topics } => Self::VisitPlanned { on, topics },
            negotiation::Fact::VisitHeld { on, touched_terms } => Self::VisitHeld { on, touched_terms },
            negotiation::Fact::VisitDebriefed { notes } => Self::VisitDebriefed { notes },
            negotiation::Fact::MessageChecked { findings } => Self::MessageChecked { findings },
            negotiation::Fact::AdviceTaken(one) => Self::AdviceTaken(one),
            negotiation::Fact::Agreed { package } => Self::Agreed { package },
            negotiation::Fact::WalkedAway { reason } => Self::WalkedAway { reason },
            negotiation::Fact::Closed { reason } => Self::Closed { reason },
            negotiation::Fact::Reopened { reason } => Self::Reopened { reason },
            negotiation::Fact::Archived => Self::Archived,
            negotiation::Fact::Restored => Self::Restored,
            negotiation::Fact::Reviewed { notes } => Self::Reviewed { notes },
            negotiation::Fact::Corrected { version, instead, reason } => {
                Self::Corrected { version, instead: instead.map(|one| Box::new((*one).into())), reason }
            }
        }
    }
}

impl From<Fact> for negotiation::Fact {
    fn from(fact: Fact) -> Self {
        match fact {
            Fact::Opened(one) => Self::Opened(one),
            Fact::Joined(one) => Self::Joined(one),
            Fact::Left { user } => Self::Left { user },
            Fact::Prepared(one) => Self::Prepared(one),
            Fact::IssuesPrepared { sheet } => Self::IssuesPrepared { sheet },
            Fact::MandateGranted { mandate, told } => Self::MandateGranted { mandate, told },
            Fact::MandateEnded { reason } => Self::MandateEnded { reason },
            Fact::Offered(one) => Self::Offered(one),
            Fact::MandateExceeded { entry, outside, reason } => Self::MandateExceeded { entry, outside, reason },
            Fact::GuidanceAsked { question, about } => Self::GuidanceAsked { question, about },
            Fact::GuidanceReminded { request } => Self::GuidanceReminded { request },
            Fact::GuidanceAnswered { request, answer, until, told } => {
                Self::GuidanceAnswered { request, answer, until, told }
            }
            Fact::GuidanceVoided { request, reason } => Self::GuidanceVoided { request, reason },
            Fact::BriefSent { to } => Self::BriefSent { to },
            Fact::ImpasseNoted { how } => Self::ImpasseNoted { how },
            Fact::ImpasseResolved => Self::ImpasseResolved,
            Fact::BossConsented { until, told } => Self::BossConsented { until, told },
            Fact::ConsentWithdrawn => Self::ConsentWithdrawn,
            Fact::BothBossesProposed { wording, answer_by, overriding } => {
                Self::BothBossesProposed { wording, answer_by, overriding }
            }
            Fact::BothBossesAnswered { outcome } => Self::BothBossesAnswered { outcome },
            Fact::BossAskedFor { how } => Self::BossAskedFor { how },
            Fact::BossContacted { how } => Self::BossContacted { how },
            Fact::BossJoined { price, overriding } => Self::BossJoined { price, overriding },
            Fact::BossDeclined { reply } => Self::BossDeclined { reply },
            Fact::BossHandedBack { reply } => Self::BossHandedBack { reply },
            Fact::HandedOver { price, overriding } => Self::HandedOver { price, overriding },
            Fact::VisitPlanned { on, topics } => Self::VisitPlanned { on, topics },
            Fact::VisitHeld { on, touched_terms } => Self::VisitHeld { on, touched_terms },
            Fact::VisitDebriefed { notes } => Self::VisitDebriefed { notes },
            Fact::MessageChecked { findings } => Self::MessageChecked { findings },
            Fact::AdviceTaken(one) => Self::AdviceTaken(one),
            Fact::Agreed { package } => Self::Agreed { package },
            Fact::WalkedAway { reason } => Self::WalkedAway { reason },
            Fact::Closed { reason } => Self::Closed { reason },
            Fact::Reopened { reason } => Self::Reopened { reason },
            Fact::Archived => Self::Archived,
            Fact::Restored => Self::Restored,
            Fact::Reviewed { notes } => Self::Reviewed { notes },
            Fact::Corrected { version, instead, reason } => {
                Self::Corrected { version, instead: instead.map(|one| Box::new((*one).into())), reason }
            }
        }
    }
}
