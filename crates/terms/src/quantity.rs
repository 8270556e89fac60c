//! A number as it is known: exactly, or as a range.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::amount::Amount;

/// A number as known: exactly, or as a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Quantity_of_{T}")]
pub enum Quantity<T> {
    /// Known exactly.
    Known(T),
    /// Known roughly: one chance in ten of being under `low`, even chances about `likely`, one in ten of being over `high`.
    Range {
        /// 10th percentile.
        low: T,
        /// Median.
        likely: T,
        /// 90th percentile.
        high: T,
    },
}

impl<T: Copy> Quantity<T> {
    /// The low end: the value itself when it is known.
    pub fn low(self) -> T {
        match self {
            Self::Known(value) => value,
            Self::Range { low, .. } => low,
        }
    }

    /// The value itself, or the middle of the range.
    pub fn likely(self) -> T {
        match self {
            Self::Known(value) => value,
            Self::Range { likely, .. } => likely,
        }
    }

    /// The high end: the value itself when it is known.
    pub fn high(self) -> T {
        match self {
            Self::Known(value) => value,
            Self::Range { high, .. } => high,
        }
    }

    /// Lowest, middle and highest: the value itself three times when it is known.
    pub fn points(self) -> [T; 3] {
        [self.low(), self.likely(), self.high()]
    }

    /// The numbers that were given: one, or three.
    pub fn given(self) -> Vec<T> {
        match self {
            Self::Known(value) => vec![value],
            Self::Range { low, likely, high } => vec![low, likely, high],
        }
    }

    /// The same quantity after `change`, a monotone map of its value; a decreasing one swaps the ends.
    pub fn map<U: Copy + PartialOrd>(self, change: impl Fn(T) -> U) -> Quantity<U> {
        match self {
            Self::Known(value) => Quantity::Known(change(value)),
            Self::Range { low, likely, high } => {
                let (low, likely, high) = (change(low), change(likely), change(high));
                let (low, high) = if high < low { (high, low) } else { (low, high) };
                Quantity::Range { low, likely, high }
            }
        }
    }
}

impl<T: Copy + PartialOrd> Quantity<T> {
    /// Whether low, likely and high are in that order.
    pub fn is_ordered(self) -> bool {
        let [low, likely, high] = self.points();
        low <= likely && likely <= high
    }
}

impl Quantity<f64> {
    /// Whether its numbers are finite and in order.
    pub fn is_sound(self) -> bool {
        self.points().into_iter().all(f64::is_finite) && self.is_ordered()
    }
}

impl Quantity<Amount> {
    /// The same as floats, for arithmetic that needs no cents.
    pub fn to_f64(self) -> Quantity<f64> {
        // Not `map`, which would put right what is out of order: the check of whoever reads it tells of that.
        match self {
            Self::Known(amount) => Quantity::Known(amount.to_f64()),
            Self::Range { low, likely, high } => {
                Quantity::Range { low: low.to_f64(), likely: likely.to_f64(), high: high.to_f64() }
            }
        }
    }
}

impl From<i64> for Quantity<Amount> {
    fn from(whole: i64) -> Self {
        Self::Known(whole.into())
    }
}
