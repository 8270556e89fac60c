//! The engine: a validated negotiation in, the advice about involving the boss out.
//!
//! Pure: no I/O, no clock, no global randomness. A newcomer starts at [`case`], what goes in, and [`advice`],
//! what comes out.

pub mod advice;
mod assembly;
pub mod assumption;
mod belief;
pub mod calibration;
pub mod case;
mod closed_form;
mod compare;
mod counterpart;
mod distribution;
mod effort;
mod evaluate;
#[cfg(test)]
mod exact;
#[cfg(feature = "experiment")]
pub mod experiment;
mod forecast;
mod future;
mod inputs;
mod leave;
mod ledger;
mod next_act;
pub mod own;
pub mod people;
mod plan;
mod prior;
#[cfg(test)]
mod properties;
mod proposal;
mod random;
mod record;
mod scale;
mod sensitivity;
mod shapley;
mod simulate;
mod stop;
#[cfg(test)]
mod test_cases;
mod walk;
mod words;

pub use compare::{FirstAnswer, SAMPLES, TIE_SHARE};
pub use stop::Stop;

use advice::Advice;
use case::{Case, Fault};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::PlanId;

/// Version of the engine, part of every advice.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// How an advice is to be computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Seed of the random numbers.
    pub seed: u64,
    /// Simulated paths a plan, from 1,024 to 4,194,304.
    pub samples: u32,
    /// Use only what was known on this day.
    pub as_of: Option<Date>,
    /// The pair of plans for the ledger; the default is the boss now against the better of own level and guidance.
    pub ledger: Option<[PlanId; 2]>,
    /// For which assumptions flips are looked for.
    pub flips: Flips,
}

impl Options {
    /// Everything on record, the ledger as by default, and every flip.
    pub const fn new(seed: u64, samples: u32) -> Self {
        Self { seed, samples, as_of: None, ledger: None, flips: Flips::All }
    }
}

/// For which assumptions flips are looked for, and the tornado is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flips {
    /// For every one.
    #[default]
    All,
    /// For those that a case has a key of its own for, which is what fits on a screen.
    Screen,
    /// For none.
    None,
}

/// Why no advice could be given.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The case is faulty.
    Case(Vec<Fault>),
    /// The options are.
    Options(Fault),
}

/// Told now and then how far the work has come, from 0 to 1. Called from several threads.
pub type Progress<'a> = &'a (dyn Fn(f64) + Sync);

/// The advice on `case`, on the threads of the current rayon pool; the same bytes at any number of them.
pub fn advise(case: &Case, options: &Options, progress: Progress<'_>) -> Result<Advice, Refusal> {
    assembly::advise(case, options, progress, &Stop::default())
}

/// The advice as [`advise`] gives it; `None` where it was stopped.
pub fn advise_until(
    case: &Case,
    options: &Options,
    progress: Progress<'_>,
    stop: &Stop,
) -> Option<Result<Advice, Refusal>> {
    stop.around(|| assembly::advise(case, options, progress, stop))
}

/// The named plans' values and the recommendation, without the rest of the advice.
pub fn first_answer(case: &Case, options: &Options) -> Result<FirstAnswer, Refusal> {
    compare::first_answer(case, options, &Stop::default())
}

/// The first answer as [`first_answer`] gives it; `None` where it was stopped.
pub fn first_answer_until(case: &Case, options: &Options, stop: &Stop) -> Option<Result<FirstAnswer, Refusal>> {
    stop.around(|| compare::first_answer(case, options, stop))
}

/// What to do next, as the whole advice has it, without the rest; `None` where it was stopped.
pub fn next_act_until(case: &Case, options: &Options, stop: &Stop) -> Option<Result<advice::NextAct, Refusal>> {
    stop.around(|| assembly::next_act_alone(case, options, stop))
}

/// What one appearance of our boss and one call for them cost, without the rest of the advice; `None` where it was stopped.
pub fn precedent_until(case: &Case, options: &Options, stop: &Stop) -> Option<Result<advice::Precedent, Refusal>> {
    stop.around(|| Ok(assembly::precedent(case, &compare::Prepared::new(case, options)?.until(stop))))
}
