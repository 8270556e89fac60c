//! Days that a round takes.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::Amount;

/// Days that a round takes: mostly a whole number, else a decimal in a text, such as "2.5".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Days {
    /// Whole days.
    Whole(u32),
    /// Days and parts of a day.
    Part(Amount),
}

impl Days {
    /// The nearest days to a number, to the millionth; `None` where it is none.
    pub fn of_f64(days: f64) -> Option<Self> {
        let amount = Amount::of_f64(days, 6)?;
        Some(if days.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&days) {
            Self::Whole(days as u32)
        } else {
            Self::Part(amount)
        })
    }

    /// As a number.
    pub fn to_f64(self) -> f64 {
        match self {
            Self::Whole(days) => f64::from(days),
            Self::Part(days) => days.to_f64(),
        }
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(days) => days.fmt(f),
            Self::Part(days) => days.fmt(f),
        }
    }
}

impl FromStr for Days {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let days = text.trim().parse::<f64>().ok().filter(|days| *days > 0.0 && *days <= 3650.0);
        days.and_then(Self::of_f64).ok_or_else(|| "expected a number of days, such as 7 or 2.5".to_owned())
    }
}
