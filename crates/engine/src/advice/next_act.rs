//! What to do next: one act, with an amount and a day.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::NextActKind;

/// What to do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NextAct {
    /// What.
    pub kind: NextActKind,
    /// The price that goes with it: the offer to accept, to make or to stay at, or how far to ask leave to go; null where
    /// none does.
    pub amount: Option<f64>,
    /// The day by which to do it, or until which to hold or wait; null where the length of a round is not known.
    pub by: Option<Date>,
    /// Why, in a sentence.
    pub why: String,
}
