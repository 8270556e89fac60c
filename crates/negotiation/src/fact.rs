//! What can be on record. State is what folding these gives; a correction is a new fact.

mod advice;
mod days;
mod kinds;
mod texts;

use std::collections::BTreeMap;

use bargain::sheet::Sheet;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{Amount, Currency, Quantity, Role, Rung};

pub use advice::{AdviceTaken, PriceShown};
pub use days::Days;

use crate::authority::Stated;
use crate::guidance::{Answer, Question};
use crate::mandate::{Mandate, Outside};
use crate::offer::{Offer, Package};
use crate::party::{Participant, User};
use crate::proposal::Outcome;
use crate::{Stamp, Version};

/// A fact with when it came on record and by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number within the negotiation, from 1.
    pub version: Version,
    /// When it was recorded.
    pub at: Timestamp,
    /// The day on which it happened, where that was said; else it happened as it was recorded. Of a correction: the day of the
    /// entry that it corrects, where that changes.
    pub on: Option<Date>,
    /// Who recorded it.
    pub by: User,
    /// What.
    pub fact: Fact,
}

impl Entry {
    /// Both its clocks. A correction has one alone, for its day is that of the entry that it corrects; and so has what counts no
    /// more from its recording on.
    pub fn stamp(&self) -> Stamp {
        let now = matches!(self.fact, Fact::Corrected { .. } | Fact::GuidanceVoided { .. });
        Stamp::new(self.at, self.on.filter(|_| !now))
    }
}

/// A fact of a negotiation.
#[derive(Clone, Debug, PartialEq)]
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
        /// Until when an approval counts; `None` until something else ends it.
        until: Option<Timestamp>,
        /// The negotiator was told so by a boss who takes no part here.
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

/// How a negotiation is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Opening {
    /// What it is called.
    #[schemars(regex(pattern = r"^[^\p{C}\s]([^\p{C}]*[^\p{C}\s])?$"))]
    pub title: String,
    /// What we do.
    pub role: Role,
    /// ISO 4217 code.
    #[serde(deserialize_with = "terms::recorded")]
    pub currency: Currency,
    /// With whom.
    #[schemars(regex(pattern = r"^[^\p{C}\s]([^\p{C}]*[^\p{C}\s])?$"))]
    pub counterpart: String,
}

/// What is known and wanted, privately. All of it may be rewritten as often as one likes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Preparation {
    /// The price at which no deal is as good.
    pub walk_away: Option<Quantity<Amount>>,
    /// The price aimed for.
    pub target: Option<Quantity<Amount>>,
    /// What the negotiator may sign unasked, in their own words. A mandate granted takes its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<Stated>,
    /// The worst price that our boss would agree to.
    pub boss_limit: Option<Quantity<Amount>>,
    /// The most that they would give, or the least that they would take.
    pub counterpart_limit: Option<Quantity<Amount>>,
    /// Our best alternative, in words.
    pub our_alternative: Option<String>,
    /// Theirs.
    pub their_alternative: Option<String>,
    /// Points that can be negotiated, each with a word on what it is worth to each side.
    pub issues: BTreeMap<String, String>,
    /// Rounds of offers left after the last one on record.
    pub rounds_left: Option<u32>,
    /// When it must be done.
    pub deadline: Option<Date>,
    /// Days a round takes.
    pub days_per_round: Option<Days>,
    /// What a week of delay costs.
    pub cost_of_delay_per_week: Option<Quantity<Amount>>,
    /// What going upstairs costs their negotiator.
    pub cost_of_escalating: Option<Quantity<Amount>>,
    /// What each further round costs, where that is known rather than what a week does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_of_delay_per_round: Option<Quantity<Amount>>,
    /// Later deals expected with them.
    pub later_deals: Option<Quantity<Amount>>,
    /// What one brings us.
    pub value_per_deal: Option<Quantity<Amount>>,
    /// What a deal is worth now if it comes one deal later, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<Quantity<Amount>>,
    /// How often our boss came in with this counterpart before, where that was not in a negotiation on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub past_boss_appearances: Option<Quantity<Amount>>,
    /// What our boss's time costs, once.
    pub boss_time_cost: Option<Quantity<Amount>>,
    /// Share of what they have left to give that our boss would win beyond what the negotiator wins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boss_skill: Option<Quantity<Amount>>,
    /// Everybody brings their boss here.
    pub boss_expected: bool,
    /// Assumptions of the advice replaced, by name.
    pub assumptions: BTreeMap<String, Quantity<Amount>>,
    /// Go by the priors fitted by role.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub role_priors: bool,
}

/// Why a rung was taken before those below were tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Override {
    /// In words.
    pub reason: String,
    /// What was untried.
    pub untried: Vec<Rung>,
}
