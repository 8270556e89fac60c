//! The words of an advice: plans, mechanisms, next acts and causes.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A plan: a policy over the ladder. In the order of simplicity, by which ties are broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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

impl PlanId {
    /// The named plans, simplest first.
    pub const NAMED: [Self; 8] = [
        Self::WalkAway,
        Self::OwnLevel,
        Self::Guidance,
        Self::BothBosses,
        Self::Ladder,
        Self::BossAtImpasse,
        Self::BossAtOutset,
        Self::HandOver,
    ];

    /// The word for it in JSON and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::WalkAway => "walk_away",
            Self::OwnLevel => "own_level",
            Self::Guidance => "guidance",
            Self::BothBosses => "both_bosses",
            Self::Ladder => "ladder",
            Self::BossAtImpasse => "boss_at_impasse",
            Self::BossAtOutset => "boss_at_outset",
            Self::HandOver => "hand_over",
            Self::BestFound => "best_found",
        }
    }
}

impl fmt::Display for PlanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// A channel through which involving the boss helps or hurts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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
}

impl Mechanism {
    /// Every mechanism, in the order of the ledger.
    pub const ALL: [Self; 12] = [
        Self::Authority,
        Self::Unlock,
        Self::Skill,
        Self::CrossDeal,
        Self::Thaw,
        Self::Importance,
        Self::Ability,
        Self::Trouble,
        Self::Commitment,
        Self::Giveaway,
        Self::TimeAndCost,
        Self::Precedent,
    ];

    /// The word for it in JSON and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Unlock => "unlock",
            Self::Skill => "skill",
            Self::CrossDeal => "cross_deal",
            Self::Thaw => "thaw",
            Self::Importance => "importance",
            Self::Ability => "ability",
            Self::Trouble => "trouble",
            Self::Commitment => "commitment",
            Self::Giveaway => "giveaway",
            Self::TimeAndCost => "time_and_cost",
            Self::Precedent => "precedent",
        }
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// What to do at our next move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NextAct {
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

impl NextAct {
    /// The word for it in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::WalkAway => "walk_away",
            Self::Accept => "accept",
            Self::Continue => "continue",
            Self::AskGuidance => "ask_guidance",
            Self::ProposeBothBosses => "propose_both_bosses",
            Self::BringBoss => "bring_boss",
            Self::HandOver => "hand_over",
        }
    }
}

/// Why they do not come to where we need them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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
