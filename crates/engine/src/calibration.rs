//! What has been fitted on real negotiations: each value with its interval, how many observations stand behind it and where
//! they come from.
//!
//! `upstairs lab calibrate` writes the file, and the engine carries the one it was built with. An assumption is *measured*
//! where a fit stands behind it, and nowhere else.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::people::Manner;

/// A calibration file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Version of the program that fitted.
    pub code_version: String,
    /// Day on which it fitted.
    pub written: Option<Date>,
    /// Seed of what chance there was in fitting.
    pub seed: u64,
    /// What was fitted on.
    pub sets: Vec<Set>,
    /// What was fitted, by key.
    pub fits: Vec<Fit>,
    /// How people bargain, a kind of negotiation each.
    #[serde(default)]
    pub manners: Vec<Manner>,
}

/// A set of real negotiations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// Its name in fits and scores.
    pub key: String,
    /// Who bargained over what.
    pub what: String,
    /// Where it comes from.
    pub source: String,
    /// How many negotiations.
    pub n: u64,
}

/// One fitted value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fit {
    /// Its name: the key of an assumption, or `evidence.…` for what was counted without being assumed anywhere.
    pub key: String,
    /// What it says, for people.
    pub what: String,
    /// The value: of one set, or the middle of several.
    pub value: f64,
    /// Its interval at 95 %.
    pub interval: [f64; 2],
    /// Where it lies from one kind of negotiation to another (P10 and P90); `None` where only one kind was seen.
    pub range: Option<[f64; 2]>,
    /// Observations behind it.
    pub n: u64,
    /// The sets it comes from, by key, with what each says by itself.
    pub contexts: Vec<Context>,
}

/// What one set says of a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// The set, by key.
    pub set: String,
    /// The value in it.
    pub value: f64,
    /// Standard error of that.
    pub error: f64,
    /// Observations behind it.
    pub n: u64,
}

static SHIPPED: LazyLock<Calibration> = LazyLock::new(|| {
    // A test reads the same file; a build whose file can't be read never passes it.
    serde_json::from_str(include_str!("../calibration.json")).unwrap_or_default()
});

impl Calibration {
    /// The one that the engine was built with.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// How people of a kind bargain.
    pub fn manner(&self, set: &str) -> Option<&Manner> {
        self.manners.iter().find(|manner| manner.set == set)
    }

    /// The fit of a key.
    pub fn fit(&self, key: &str) -> Option<&Fit> {
        self.fits.iter().find(|fit| fit.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_is_shipped_can_be_read_and_is_whole() {
        let read: Calibration = serde_json::from_str(include_str!("../calibration.json")).unwrap();
        assert_eq!(&read, Calibration::shipped());
        for fit in &read.fits {
            assert!(fit.interval[0] <= fit.value && fit.value <= fit.interval[1], "{}", fit.key);
            assert!(fit.n > 0 && !fit.contexts.is_empty(), "{}", fit.key);
            for context in &fit.contexts {
                assert!(read.sets.iter().any(|set| set.key == context.set), "{} of {}", context.set, fit.key);
            }
        }
        let mut keys: Vec<&str> = read.fits.iter().map(|fit| fit.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), read.fits.len());
    }
}
