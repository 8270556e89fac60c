//! When should one go upstairs? Ordinary negotiations, drawn from a stated distribution, and what is advised in them.
//!
//! A [`StudyCase`] follows from a seed and an index alone; [`answer`] is what the engine advises in it; a [`Summary`]
//! is what many answers say together. [`PARAMETERS`] states the distribution of everything that is drawn.

mod answer;
mod axis;
mod draw;
mod map;
mod parameters;
pub mod plots;
mod summary;
mod tally;

pub use answer::{CaseAnswer, SAMPLES, answer};
pub use axis::{AXES, Axis};
pub use draw::StudyCase;
pub use map::{Bin, Cell, Frequencies, Map, Profile};
pub use parameters::{DISTRIBUTION, PARAMETERS, Parameter, Parameters};
pub use summary::{MeanLedger, MeanPart, Setting, Summary};
pub use tally::{BossComes, EntryShare, Estimate, Influence, PlanMean, PlanShare};
