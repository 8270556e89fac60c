//! Advice as format 1 stores it.

use std::collections::BTreeMap;

use negotiation::fact as domain;
use serde::{Deserialize, Serialize};
use terms::{Amount, FirstStep, PlanId};

/// What an act was said to cost before it was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriceShown {
    pub against_best: Amount,
    pub precedent: Amount,
    pub advice: u64,
}

/// An advice as taken: what it said, and what it takes to compute it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdviceTaken {
    pub plan: PlanId,
    pub next_act: FirstStep,
    pub sentence: String,
    pub values: BTreeMap<PlanId, Amount>,
    pub precedent: Amount,
    pub seed: u64,
    pub samples: u32,
    pub engine_version: String,
    pub case_fingerprint: String,
    pub knew: u64,
}

impl From<domain::PriceShown> for PriceShown {
    fn from(price_shown: domain::PriceShown) -> Self {
        let domain::PriceShown { against_best, precedent, advice } = price_shown;
        Self { against_best, precedent, advice }
    }
}

impl From<PriceShown> for domain::PriceShown {
    fn from(price_shown: PriceShown) -> Self {
        let PriceShown { against_best, precedent, advice } = price_shown;
        Self { against_best, precedent, advice }
    }
}

impl From<domain::AdviceTaken> for AdviceTaken {
    fn from(advice_taken: domain::AdviceTaken) -> Self {
        let domain::AdviceTaken {
            plan,
            next_act,
            sentence,
            values,
            precedent,
            seed,
            samples,
            engine_version,
            case_fingerprint,
            knew,
        } = advice_taken;
        Self { plan, next_act, sentence, values, precedent, seed, samples, engine_version, case_fingerprint, knew }
    }
}

impl From<AdviceTaken> for domain::AdviceTaken {
    fn from(advice_taken: AdviceTaken) -> Self {
        let AdviceTaken {
            plan,
            next_act,
            sentence,
            values,
            precedent,
            seed,
            samples,
            engine_version,
            case_fingerprint,
            knew,
        } = advice_taken;
        Self { plan, next_act, sentence, values, precedent, seed, samples, engine_version, case_fingerprint, knew }
    }
}
