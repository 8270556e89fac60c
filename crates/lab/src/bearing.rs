//! Whether an answer bears the weight that is put on it: over seeds, and where it says that it would flip.

mod flips;
mod seeds;

pub use flips::{CaseFlips, FlipTrial, Flips, Outcome, try_flips};
pub use seeds::{PlanSpread, SeedTrial, Seeds, try_seeds};
