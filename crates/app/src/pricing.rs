//! The price of a step up: what bringing the boss in costs by the advice as things stand. It is seen before the step is taken.

use engine::advice::Fingerprints;
use engine::case::Case;
use jiff::Timestamp;
use negotiation::access::Act;
use negotiation::fact::{AdviceTaken, PriceShown};
use negotiation::{Negotiation, Phase, Version};
use schemars::JsonSchema;
use serde::Serialize;
use terms::{Amount, PlanId};

use crate::accounts::Principal;
use crate::answers::{SAMPLES, SEED};
use crate::desk::Desk;
use crate::error::Error;

/// A step up that has a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The boss joins.
    Joins,
    /// The boss takes over.
    TakesOver,
}

impl Desk {
    /// What a step up costs as things stand: takes the advice unless the last one still stands.
    pub async fn price(&self, who: &Principal, id: &str, step: Step, now: Timestamp) -> Result<PriceShown, Error> {
        let negotiation = self.allowed(who, id, Act::RecordBoss).await?;
        if let Some(price) = self.standing_price(&negotiation, id, step, now).await? {
            return Ok(price);
        }
        let (advice, taken) = self.take(who, id, negotiation, (SEED, SAMPLES), now).await?;
        Ok(price_of(advice.version, &taken, step))
    }

    /// The price by the last advice, where nothing that it depends on has changed since.
    async fn standing_price(
        &self,
        negotiation: &Negotiation,
        id: &str,
        step: Step,
        now: Timestamp,
    ) -> Result<Option<PriceShown>, Error> {
        let Some((version, advice)) = &negotiation.advice else { return Ok(None) };
        let case = self.case(negotiation, id, now).await?;
        let stands = advice.case_fingerprint == fingerprint(&case, advice.seed, advice.samples);
        Ok(stands.then(|| price_of(*version, advice, step)))
    }

    /// Refuses where a price could be had and the one shown is not it. What can't be advised on has no price.
    pub(crate) async fn price_was_shown(
        &self,
        negotiation: &Negotiation,
        id: &str,
        shown: Option<&PriceShown>,
        step: Step,
        now: Timestamp,
    ) -> Result<(), Error> {
        if negotiation.phase != Phase::Open {
            return Ok(());
        }
        match self.standing_price(negotiation, id, step, now).await {
            Ok(Some(price)) if shown == Some(&price) => Ok(()),
            Err(Error::Missing(_) | Error::Faulty(_)) if shown.is_none() => Ok(()),
            Ok(None) if shown.is_none() => match self.case(negotiation, id, now).await {
                // There is no advice, and none can be had.
                Err(Error::Missing(_) | Error::Faulty(_)) => Ok(()),
                Ok(_) => Err(Error::PriceNotShown),
                Err(other) => Err(other),
            },
            Ok(_) | Err(Error::Missing(_) | Error::Faulty(_)) => Err(Error::PriceNotShown),
            Err(other) => Err(other),
        }
    }
}

fn fingerprint(case: &Case, seed: u64, samples: u32) -> String {
    Fingerprints::of(case, None, None, seed, samples).case
}

/// What a step up costs by an advice: its value against the best of the other named plans.
fn price_of(version: Version, advice: &AdviceTaken, step: Step) -> PriceShown {
    let plan = match step {
        Step::Joins => PlanId::BossAtOutset,
        Step::TakesOver => PlanId::HandOver,
    };
    let against_best = advice.against_best(plan).unwrap_or(Amount::ZERO);
    PriceShown { against_best, precedent: advice.precedent, advice: version }
}
