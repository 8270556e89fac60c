//! Facts as format 1 stores them.

use jiff::Timestamp;
use jiff::civil::Date;
use negotiation::fact as domain;
use negotiation::party::User;
use serde::{Deserialize, Serialize};
use terms::{Currency, Role, Rung};

use super::advice::{AdviceTaken, PriceShown};
use super::guidance::{Answer, Question};
use super::mandate::{Mandate, Outside};
use super::offer::{Offer, Package};
use super::people::Participant;
use super::preparation::Preparation;
use super::proposal::Outcome;
use super::sheet::Sheet;

/// A fact of a negotiation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[cfg_attr(test, derive(strum::VariantNames), strum(serialize_all = "snake_case"))]
pub enum Fact {
    Opened(Opening),
    Joined(Participant),
    Left {
        user: String,
    },
    Prepared(Box<Preparation>),
    IssuesPrepared {
        sheet: Box<Sheet>,
    },
    MandateGranted {
        mandate: Mandate,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        told: bool,
    },
    MandateEnded {
        reason: String,
    },
    Offered(Offer),
    MandateExceeded {
        entry: u64,
        outside: Vec<Outside>,
        reason: String,
    },
    GuidanceAsked {
        question: Question,
        about: Option<u64>,
    },
    GuidanceReminded {
        request: u64,
    },
    GuidanceAnswered {
        request: u64,
        answer: Answer,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        told: bool,
    },
    GuidanceVoided {
        request: u64,
        reason: String,
    },
    BriefSent {
        to: String,
    },
    ImpasseNoted {
        how: String,
    },
    ImpasseResolved,
    BossConsented {
        until: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        told: bool,
    },
    ConsentWithdrawn,
    BothBossesProposed {
        wording: String,
        answer_by: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        overriding: Option<Override>,
    },
    BothBossesAnswered {
        outcome: Outcome,
    },
    BossAskedFor {
        how: String,
    },
    BossContacted {
        how: String,
    },
    BossJoined {
        price: Option<PriceShown>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        overriding: Option<Override>,
    },
    BossDeclined {
        reply: String,
    },
    BossHandedBack {
        reply: String,
    },
    HandedOver {
        price: Option<PriceShown>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        overriding: Option<Override>,
    },
    VisitPlanned {
        on: Date,
        topics: Vec<String>,
    },
    VisitHeld {
        on: Date,
        touched_terms: bool,
    },
    VisitDebriefed {
        notes: String,
    },
    MessageChecked {
        findings: Vec<String>,
    },
    AdviceTaken(Box<AdviceTaken>),
    Agreed {
        package: Package,
    },
    WalkedAway {
        reason: String,
    },
    Closed {
        reason: String,
    },
    Reopened {
        reason: String,
    },
    Archived,
    Restored,
    Reviewed {
        notes: String,
    },
    Corrected {
        version: u64,
        instead: Option<Box<Fact>>,
        reason: String,
    },
}

/// A fact with the day on which it happened, where that was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dated {
    #[serde(flatten)]
    pub fact: Fact,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_on: Option<Date>,
}

/// How a negotiation is opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    pub title: String,
    pub role: Role,
    #[serde(deserialize_with = "terms::recorded")]
    pub currency: Currency,
    pub counterpart: String,
}

/// Why a rung was taken before those below were tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Override {
    pub reason: String,
    pub untried: Vec<Rung>,
}

impl From<domain::Fact> for Fact {
    fn from(fact: domain::Fact) -> Self {
        match fact {
            domain::Fact::Opened(one) => Self::Opened(one.into()),
            domain::Fact::Joined(one) => Self::Joined(one.into()),
            domain::Fact::Left { user } => Self::Left { user: user.0 },
            domain::Fact::Prepared(one) => Self::Prepared(Box::new((*one).into())),
            domain::Fact::IssuesPrepared { sheet } => Self::IssuesPrepared { sheet: Box::new((*sheet).into()) },
            domain::Fact::MandateGranted { mandate, told } => Self::MandateGranted { mandate: mandate.into(), told },
            domain::Fact::MandateEnded { reason } => Self::MandateEnded { reason },
            domain::Fact::Offered(one) => Self::Offered(one.into()),
            domain::Fact::MandateExceeded { entry, outside, reason } => {
                Self::MandateExceeded { entry, outside: outside.into_iter().map(Into::into).collect(), reason }
            }
            domain::Fact::GuidanceAsked { question, about } => Self::GuidanceAsked { question: question.into(), about },
            domain::Fact::GuidanceReminded { request } => Self::GuidanceReminded { request },
            domain::Fact::GuidanceAnswered { request, answer, until, told } => {
                Self::GuidanceAnswered { request, answer: answer.into(), until, told }
            }
            domain::Fact::GuidanceVoided { request, reason } => Self::GuidanceVoided { request, reason },
            domain::Fact::BriefSent { to } => Self::BriefSent { to: to.0 },
            domain::Fact::ImpasseNoted { how } => Self::ImpasseNoted { how },
            domain::Fact::ImpasseResolved => Self::ImpasseResolved,
            domain::Fact::BossConsented { until, told } => Self::BossConsented { until, told },
            domain::Fact::ConsentWithdrawn => Self::ConsentWithdrawn,
            domain::Fact::BothBossesProposed { wording, answer_by, overriding } => {
                Self::BothBossesProposed { wording, answer_by, overriding: overriding.map(Into::into) }
            }
            domain::Fact::BothBossesAnswered { outcome } => Self::BothBossesAnswered { outcome: outcome.into() },
            domain::Fact::BossAskedFor { how } => Self::BossAskedFor { how },
            domain::Fact::BossContacted { how } => Self::BossContacted { how },
            domain::Fact::BossJoined { price, overriding } => {
                Self::BossJoined { price: price.map(Into::into), overriding: overriding.map(Into::into) }
            }
            domain::Fact::BossDeclined { reply } => Self::BossDeclined { reply },
            domain::Fact::BossHandedBack { reply } => Self::BossHandedBack { reply },
            domain::Fact::HandedOver { price, overriding } => {
                Self::HandedOver { price: price.map(Into::into), overriding: overriding.map(Into::into) }
            }
            domain::Fact::VisitPlanned { on, topics } => Self::VisitPlanned { on, topics },
            domain::Fact::VisitHeld { on, touched_terms } => Self::VisitHeld { on, touched_terms },
            domain::Fact::VisitDebriefed { notes } => Self::VisitDebriefed { notes },
            domain::Fact::MessageChecked { findings } => Self::MessageChecked { findings },
            domain::Fact::AdviceTaken(one) => Self::AdviceTaken(Box::new((*one).into())),
            domain::Fact::Agreed { package } => Self::Agreed { package: package.into() },
            domain::Fact::WalkedAway { reason } => Self::WalkedAway { reason },
            domain::Fact::Closed { reason } => Self::Closed { reason },
            domain::Fact::Reopened { reason } => Self::Reopened { reason },
            domain::Fact::Archived => Self::Archived,
            domain::Fact::Restored => Self::Restored,
            domain::Fact::Reviewed { notes } => Self::Reviewed { notes },
            domain::Fact::Corrected { version, instead, reason } => {
                Self::Corrected { version, instead: instead.map(|one| Box::new((*one).into())), reason }
            }
        }
    }
}

impl From<Fact> for domain::Fact {
    fn from(fact: Fact) -> Self {
        match fact {
            Fact::Opened(one) => Self::Opened(one.into()),
            Fact::Joined(one) => Self::Joined(one.into()),
            Fact::Left { user } => Self::Left { user: User(user) },
            Fact::Prepared(one) => Self::Prepared(Box::new((*one).into())),
            Fact::IssuesPrepared { sheet } => Self::IssuesPrepared { sheet: Box::new((*sheet).into()) },
            Fact::MandateGranted { mandate, told } => Self::MandateGranted { mandate: mandate.into(), told },
            Fact::MandateEnded { reason } => Self::MandateEnded { reason },
            Fact::Offered(one) => Self::Offered(one.into()),
            Fact::MandateExceeded { entry, outside, reason } => {
                Self::MandateExceeded { entry, outside: outside.into_iter().map(Into::into).collect(), reason }
            }
            Fact::GuidanceAsked { question, about } => Self::GuidanceAsked { question: question.into(), about },
            Fact::GuidanceReminded { request } => Self::GuidanceReminded { request },
            Fact::GuidanceAnswered { request, answer, until, told } => {
                Self::GuidanceAnswered { request, answer: answer.into(), until, told }
            }
            Fact::GuidanceVoided { request, reason } => Self::GuidanceVoided { request, reason },
            Fact::BriefSent { to } => Self::BriefSent { to: User(to) },
            Fact::ImpasseNoted { how } => Self::ImpasseNoted { how },
            Fact::ImpasseResolved => Self::ImpasseResolved,
            Fact::BossConsented { until, told } => Self::BossConsented { until, told },
            Fact::ConsentWithdrawn => Self::ConsentWithdrawn,
            Fact::BothBossesProposed { wording, answer_by, overriding } => {
                Self::BothBossesProposed { wording, answer_by, overriding: overriding.map(Into::into) }
            }
            Fact::BothBossesAnswered { outcome } => Self::BothBossesAnswered { outcome: outcome.into() },
            Fact::BossAskedFor { how } => Self::BossAskedFor { how },
            Fact::BossContacted { how } => Self::BossContacted { how },
            Fact::BossJoined { price, overriding } => {
                Self::BossJoined { price: price.map(Into::into), overriding: overriding.map(Into::into) }
            }
            Fact::BossDeclined { reply } => Self::BossDeclined { reply },
            Fact::BossHandedBack { reply } => Self::BossHandedBack { reply },
            Fact::HandedOver { price, overriding } => {
                Self::HandedOver { price: price.map(Into::into), overriding: overriding.map(Into::into) }
            }
            Fact::VisitPlanned { on, topics } => Self::VisitPlanned { on, topics },
            Fact::VisitHeld { on, touched_terms } => Self::VisitHeld { on, touched_terms },
            Fact::VisitDebriefed { notes } => Self::VisitDebriefed { notes },
            Fact::MessageChecked { findings } => Self::MessageChecked { findings },
            Fact::AdviceTaken(one) => Self::AdviceTaken(Box::new((*one).into())),
            Fact::Agreed { package } => Self::Agreed { package: package.into() },
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

impl From<domain::Opening> for Opening {
    fn from(opening: domain::Opening) -> Self {
        let domain::Opening { title, role, currency, counterpart } = opening;
        Self { title, role, currency, counterpart }
    }
}

impl From<Opening> for domain::Opening {
    fn from(opening: Opening) -> Self {
        let Opening { title, role, currency, counterpart } = opening;
        Self { title, role, currency, counterpart }
    }
}

impl From<domain::Override> for Override {
    fn from(overriding: domain::Override) -> Self {
        let domain::Override { reason, untried } = overriding;
        Self { reason, untried }
    }
}

impl From<Override> for domain::Override {
    fn from(overriding: Override) -> Self {
        let Override { reason, untried } = overriding;
        Self { reason, untried }
    }
}
