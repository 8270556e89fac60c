//! The engine's answers on a case, each computed in its turn.

use engine::advice::{Advice, NextAct, Precedent};
use engine::case::Case;
use engine::{FirstAnswer, Options, Refusal, Stop};
use negotiation::Version;
use schemars::JsonSchema;
use serde::Serialize;
use terms::PlanId;

use crate::computing::Computing;
use crate::error::Error;

/// Paths of a first answer on the record: it must be there at once.
pub const FIRST_SAMPLES: u32 = 2048;
/// Paths of an advice that is taken, unless others are asked for.
pub const SAMPLES: u32 = 65_536;
/// The seed, unless another is asked for.
pub const SEED: u64 = 1;

/// The first answer on a record.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct First {
    /// The last entry counted.
    pub version: Version,
    /// The plan recommended.
    pub plan: PlanId,
    /// The plans that can be chosen, with what each is worth beyond walking away, in money, and its standard error.
    pub values: Vec<PlanValue>,
    /// Paths a plan.
    pub samples: u32,
}

/// A plan with what it is worth.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PlanValue {
    /// Which plan.
    pub plan: PlanId,
    /// In money.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

impl First {
    pub(crate) fn of(version: Version, answer: FirstAnswer, samples: u32) -> Self {
        let value = |(plan, value, standard_error)| PlanValue { plan, value, standard_error };
        Self { version, plan: answer.plan, values: answer.values.into_iter().map(value).collect(), samples }
    }
}

/// A case with nothing wrong in it.
pub(crate) fn checked(case: Case) -> Result<Case, Error> {
    let faults = case.check();
    if faults.is_empty() { Ok(case) } else { Err(Error::Faulty(faults)) }
}

fn options(seed: u64, samples: u32) -> Options {
    Options { flips: engine::Flips::Screen, ..Options::new(seed, samples) }
}

/// The named plans' values and the recommendation; `whose` is whom it is computed for.
pub(crate) async fn first(
    computing: &Computing,
    whose: &str,
    case: Case,
    seed: u64,
    samples: u32,
) -> Result<FirstAnswer, Error> {
    let work = move |stop: &Stop| engine::first_answer_until(&case, &options(seed, samples), stop);
    answered(computing.run(whose, work).await?)
}

/// The whole advice.
pub(crate) async fn whole(
    computing: &Computing,
    whose: &str,
    case: Case,
    seed: u64,
    samples: u32,
) -> Result<Advice, Error> {
    let work = move |stop: &Stop| engine::advise_until(&case, &options(seed, samples), &|_| {}, stop);
    answered(computing.run(whose, work).await?)
}

/// What to do next, as the whole advice has it.
pub(crate) async fn next_act(
    computing: &Computing,
    whose: &str,
    case: Case,
    seed: u64,
    samples: u32,
) -> Result<NextAct, Error> {
    let work = move |stop: &Stop| engine::next_act_until(&case, &options(seed, samples), stop);
    answered(computing.run(whose, work).await?)
}

/// The whole advice, where nobody waits for it.
pub(crate) async fn whole_behind(
    computing: &Computing,
    whose: &str,
    case: Case,
    seed: u64,
    samples: u32,
) -> Result<Advice, Error> {
    let work = move |stop: &Stop| engine::advise_until(&case, &options(seed, samples), &|_| {}, stop);
    answered(computing.run_behind(whose, work).await?)
}

/// The costs of an appearance and of a call, by the prior alone.
pub(crate) async fn precedent(
    computing: &Computing,
    whose: &str,
    case: Case,
    seed: u64,
    samples: u32,
) -> Result<Precedent, Error> {
    let work = move |stop: &Stop| engine::precedent_until(&case, &options(seed, samples), stop);
    answered(computing.run(whose, work).await?)
}

fn answered<T>(answer: Option<Result<T, Refusal>>) -> Result<T, Error> {
    // Only whoever has left is not answered.
    let answer = answer.ok_or(Error::Ours("an answer that nobody waited for"))?;
    answer.map_err(|refusal| match refusal {
        Refusal::Case(faults) => Error::Faulty(faults),
        Refusal::Options(fault) => Error::Faulty(vec![fault]),
    })
}
