//! What experiments on the model need of its inside: draws from its distributions, a course of offers as its simulator
//! plays them, plans weighed in shares of the scale, and what the benchmarks time. Behind the feature `experiment`, for
//! nobody who only asks for advice needs it.

mod course;
mod dialogue;
mod draws;
mod weighed;
mod workload;

pub use course::{Course, course};
pub use dialogue::{Dialogue, Dialogues, End, played};
pub use draws::{Draws, chance_at_or_beyond};
pub use weighed::{LedgerPart, PlanLedger, PlanValue, Weighed, weigh};
pub use workload::Workload;

pub use crate::evaluate::{mean, standard_error};
