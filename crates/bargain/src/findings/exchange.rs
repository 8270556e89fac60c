//! A trade as one says it.

use schemars::JsonSchema;
use serde::Serialize;

use super::valued::Valued;

/// A trade from a package.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Exchange {
    /// What we give: issues with the option before and after.
    pub give: Vec<Change>,
    /// What we get.
    pub get: Vec<Change>,
    /// What it brings us.
    pub ours: f64,
    /// What it likely brings them.
    pub theirs: f64,
    /// How good it is: `√(ours · theirs + (0.1 · (ours + theirs))²)`.
    pub merit: f64,
    /// By how much at most the best trade there is is better, in the same measure; 0 for the best.
    pub short_of_best: f64,
    /// The package that it leads to.
    pub package: Valued,
}

/// How a search for trades went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Exchanges {
    /// By how much at most the best trade there is is better than the first one told, in the measure of `merit`; 0 where the
    /// first is the best.
    pub gap: f64,
    /// Sets of up to three issues whose changes were not tried one by one, because they have too many options.
    pub sets_skipped: u64,
}

/// A change on one issue.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// The issue.
    pub issue: String,
    /// The option before.
    pub before: String,
    /// The option after.
    pub after: String,
}

impl Exchange {
    /// The trade as one says it: `give Payment from 60 to 75 days, for Term from 2 years to 3 years`. `write` puts an option
    /// of an issue in words.
    pub fn sentence(&self, write: impl Fn(&str, &str) -> String) -> String {
        let one = |change: &Change| {
            let (before, after) = (write(&change.issue, &change.before), write(&change.issue, &change.after));
            format!("{} from {before} to {after}", change.issue)
        };
        let list = |changes: &[Change]| changes.iter().map(one).collect::<Vec<_>>().join(" and ");
        match (self.give.is_empty(), self.get.is_empty()) {
            (false, false) => format!("give {}, for {}", list(&self.give), list(&self.get)),
            (false, true) => format!("give {}", list(&self.give)),
            _ => format!("ask for {}", list(&self.get)),
        }
    }
}
