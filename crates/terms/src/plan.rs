//! The words of an advice: plans, mechanisms, next acts and causes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{Display, IntoStaticStr, VariantArray};

use crate::key::keyed;

/// A plan: a policy over the ladder. In the order of simplicity, by which ties are broken.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PlanId {
    /// Leave without a deal.
    WalkAway,
    /// Negotiate at one's own level throughout.
    OwnLevel,
    /// Own level, and ask the boss in private where authority binds.
    Guidance,
    /// Guidance, then at an impasse propose to take it to both bosses.
    BothBosses,
    /// Guidance, then the proposal, then the boss, last.
    Ladder,
    /// Guidance, then at an impasse the boss, with no proposal.
    BossAtImpasse,
    /// The boss joins at our next move.
    BossAtOutset,
    /// The boss takes the negotiation over at our next move.
    HandOver,
    /// The best plan found in a wider family.
    BestFound,
}

/// A channel through which involving the boss helps or hurts.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Mechanism {
    /// Our authority widens to the boss's.
    Authority,
    /// Their negotiator is freed to go to their limit, or means to keep less.
    Unlock,
    /// The boss wins more of what is left.
    Skill,
    /// The boss can trade across deals.
    CrossDeal,
    /// A frozen relationship thaws.
    Thaw,
    /// They see how much the deal matters: the range they perceive widens, and a close gets likelier (P8).
    Importance,
    /// They see a limit to our negotiator's ability or authority (P3).
    Ability,
    /// They see trouble in the relationship (P4).
    Trouble,
    /// The shield of limited authority is given up.
    Commitment,
    /// The boss gives something away to close.
    Giveaway,
    /// Boss's time, cost of asking, and delay.
    TimeAndCost,
    /// They call for the boss later (P5, P6).
    Precedent,
    /// Our boss approves, or refuses, what we have settled beyond our authority.
    Approval,
    /// None at all: two plans that concede differently, or take other offers.
    Pace,
}

/// What an advice on record said to do first, in the words that records keep.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Display, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FirstStep {
    /// Leave.
    WalkAway,
    /// Take the offer on the table.
    Accept,
    /// Go on at one's own level.
    Continue,
    /// Ask the boss, in private.
    AskGuidance,
    /// Propose to take it to both bosses.
    ProposeBothBosses,
    /// Bring the boss in.
    BringBoss,
    /// Let the boss take over.
    HandOver,
}

/// What to do next. Of rungs that are due at once the lowest comes first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Display, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NextActKind {
    /// Take the offer on the table.
    Accept,
    /// Make an offer: the first, or one that moves.
    Offer,
    /// Stay at our last offer.
    Hold,
    /// Ask the boss for leave, in private.
    AskBoss,
    /// Propose to take it to both bosses.
    ProposeBothBosses,
    /// Bring the boss in.
    BringBoss,
    /// Let the boss take over.
    HandOver,
    /// Have the boss hand the channel back.
    HandBack,
    /// Nothing is for us to do until somebody answers.
    Wait,
    /// Leave.
    WalkAway,
}

impl NextActKind {
    /// The same in the words that records keep.
    pub fn on_record(self) -> FirstStep {
        match self {
            Self::Accept => FirstStep::Accept,
            Self::Offer | Self::Hold | Self::HandBack | Self::Wait => FirstStep::Continue,
            Self::AskBoss => FirstStep::AskGuidance,
            Self::ProposeBothBosses => FirstStep::ProposeBothBosses,
            Self::BringBoss => FirstStep::BringBoss,
            Self::HandOver => FirstStep::HandOver,
            Self::WalkAway => FirstStep::WalkAway,
        }
    }
}

/// How we concede: part of every plan.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Pace {
    /// Down to what we may sign unasked by the last round, as the case says how.
    #[default]
    AsPlanned,
    /// The same way, two steps at a time.
    Faster,
    /// As far as they have moved since our last offer.
    WaitForTheirs,
    /// Not at all.
    HoldFirm,
}

/// How far the boss is asked, in private, to let us go.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LeaveAsked {
    /// As far as the boss would go.
    #[default]
    Whole,
    /// Part of the way there.
    InPart,
    /// All the way, if the counterpart takes a condition.
    OnCondition,
}

/// How sure it is that the course advised is the one to take.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// As good as any other in most of the ways our assumptions could be wrong.
    Clear,
    /// In more of them than not.
    Leaning,
    /// Two courses can't be told apart.
    TooClose,
}

/// Whose limit a cause keeps them short of.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Beyond {
    /// What we may sign unasked; our boss could sign where they stand.
    YourAuthority,
    /// What our boss may sign.
    YourBoss,
}

/// Why they do not come to where we need them.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Cause {
    /// They could, and mean not to.
    HoldingOut,
    /// Their organisation could; their negotiator may not.
    OutOfAuthority,
    /// Their organisation would rather lose the deal.
    AtTheirLimit,
    /// The relationship is frozen.
    Relationship,
}

impl PlanId {
    /// The named plans, simplest first: all but the best found, which comes last.
    pub const NAMED: [Self; Self::ALL.len() - 1] = match (Self::ALL.first_chunk(), Self::ALL.last()) {
        (Some(named), Some(Self::BestFound)) => *named,
        _ => panic!("the best found comes last"),
    };
}

keyed!(PlanId, Mechanism, FirstStep, NextActKind, Pace, LeaveAsked, Verdict, Cause, Beyond);
