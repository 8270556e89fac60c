//! Advice as it is put on record, and what a step up was said to cost by it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{Amount, FirstStep, PlanId};

use crate::Version;

/// What an act was said to cost before it was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PriceShown {
    /// Its value against the best plan without, in money; negative where it costs.
    pub against_best: Amount,
    /// What the precedent alone costs later.
    pub precedent: Amount,
    /// The advice it was taken from, by the version of its entry.
    pub advice: Version,
}

/// An advice as taken: what it said, and what it takes to compute it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AdviceTaken {
    /// The plan recommended.
    pub plan: PlanId,
    /// Its first step.
    pub next_act: FirstStep,
    /// In words.
    pub sentence: String,
    /// Values of the plans in money, by plan.
    pub values: BTreeMap<PlanId, Amount>,
    /// What one appearance of our boss costs later.
    pub precedent: Amount,
    /// Seed.
    pub seed: u64,
    /// Paths a plan.
    pub samples: u32,
    /// Version of the engine.
    pub engine_version: String,
    /// SHA-256 of the case it was given on.
    pub case_fingerprint: String,
    /// The last entry that it knew.
    pub knew: Version,
}

impl AdviceTaken {
    /// What a plan in which the boss comes in at once is worth against the best of those that leave the boss out for now, in
    /// money; negative where it costs.
    pub fn against_best(&self, plan: PlanId) -> Option<Amount> {
        let without = |other: PlanId| other != plan && leaves_boss_out(other);
        let best = self.values.iter().filter(|&(&other, _)| without(other)).map(|(_, value)| value.0).max();
        self.values.get(&plan).map(|value| Amount(value.0 - best.unwrap_or_default()))
    }
}

/// Whether a plan says what one would do without the boss for now. The best found is of the engine's own making, and no choice
/// of a step.
fn leaves_boss_out(plan: PlanId) -> bool {
    match plan {
        PlanId::WalkAway
        | PlanId::OwnLevel
        | PlanId::Guidance
        | PlanId::BothBosses
        | PlanId::Ladder
        | PlanId::BossAtImpasse => true,
        PlanId::BossAtOutset | PlanId::HandOver | PlanId::BestFound => false,
    }
}
