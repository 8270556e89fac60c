//! A package and what it is worth to either side.

use schemars::JsonSchema;
use serde::Serialize;

use crate::beliefs::Spread;

/// An amount with the range in which it likely lies, one chance in ten below and above.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Range {
    /// The mean.
    pub mean: f64,
    /// The 10th percentile.
    pub low: f64,
    /// The 90th percentile.
    pub high: f64,
}

/// A package and what it is worth, in the sheet's currency or in points.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Valued {
    /// The option chosen on each issue, in the sheet's order.
    pub options: Vec<String>,
    /// To us, above walking away; above the worst on the sheet where no walk-away is given.
    pub ours: Range,
    /// Likely to them, above what we think no deal is worth to them.
    pub theirs: Range,
    /// The chance that it is worth no less to them than no deal.
    pub they_gain: f64,
    /// The price worth as much to us with everything else where we expect it; none without a price.
    pub as_price: Option<f64>,
    /// Whether we may agree to it unasked.
    pub inside_mandate: bool,
    /// Why it can't be: options in it that a side never accepts, each a sentence's part such as "you never accept 1 year on Term".
    /// What it is worth to that side is then no number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub never: Vec<String>,
}

impl From<Spread> for Range {
    fn from(spread: Spread) -> Self {
        Self { mean: spread.mean, low: spread.low, high: spread.high }
    }
}
