//! What has changed since the last advice was taken, fact by fact.

use jiff::Timestamp;
use negotiation::{Negotiation, Version};
use schemars::JsonSchema;
use serde::Serialize;
use terms::{Amount, Currency, PlanId};

use crate::accounts::Principal;
use crate::answers::{self, checked};
use crate::bridge::case_of;
use crate::desk::Desk;
use crate::error::Error;

/// Paths of each step of a change: small ones should not drown in noise.
const CHANGE_SAMPLES: u32 = 8192;
/// As many facts as a change is followed over.
const STEPS: usize = 40;

/// How the advice stood when a fact had come on record.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Standing {
    /// The last entry counted.
    pub version: Version,
    /// That entry in words.
    pub fact: String,
    /// The plan recommended.
    pub plan: PlanId,
    /// What it is worth beyond walking away, in money.
    pub value: f64,
    /// Standard error of `value`.
    pub standard_error: f64,
}

/// What has changed since the last advice was taken, fact by fact.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Changes {
    /// The entry of the advice taken.
    pub since: Version,
    /// The plan that it recommended.
    pub plan_then: PlanId,
    /// ISO 4217 code of the values.
    pub currency: Currency,
    /// How it stood when it was taken, then after every fact since that the advice depends on. All with the same seed
    /// and as many paths, so that what differs is what the facts do.
    pub steps: Vec<Standing>,
}

impl Desk {
    /// What has changed since the last advice was taken, and which fact changed it.
    pub async fn changes(&self, who: &Principal, id: &str, now: Timestamp) -> Result<Changes, Error> {
        let negotiation = self.look_privileged(who, id, "what changed", now).await?;
        let (since, taken) = negotiation.advice.clone().ok_or(Error::NoAdvice)?;
        let appearances = self.past_appearances(&negotiation, id).await?;
        let mut steps = Vec::new();
        let mut last_case = None;
        let mut state = Negotiation::default();
        for entry in &negotiation.history {
            state.apply(entry.clone());
            if entry.version < taken.knew || steps.len() > STEPS {
                continue;
            }
            let at = if entry.version == negotiation.version { now } else { entry.at };
            let Ok(case) = case_of(&state, at, appearances).map_err(Error::Missing).and_then(checked) else { continue };
            if last_case.as_ref() == Some(&case) {
                continue;
            }
            let answer = answers::first(&self.computing, id, case.clone(), taken.seed, CHANGE_SAMPLES).await?;
            last_case = Some(case);
            // How it stood when it was taken is on record; fewer paths might tell it otherwise.
            let then =
                answer.values.iter().map(|(plan, ..)| *plan).find(|plan| steps.is_empty() && *plan == taken.plan);
            let recommended = then.unwrap_or(answer.plan);
            let value = answer.values.iter().find(|(plan, ..)| *plan == recommended);
            let &(plan, value, standard_error) = value.ok_or(Error::Ours("a recommended plan without a value"))?;
            let money = |amount: Amount| amount.to_string();
            let fact = negotiation::words::line(&entry.fact, &money);
            steps.push(Standing { version: entry.version, fact, plan, value, standard_error });
        }
        let currency = negotiation.currency().ok_or(Error::Ours("an advice on a negotiation that was not opened"))?;
        Ok(Changes { since, plan_then: taken.plan, currency, steps })
    }
}
