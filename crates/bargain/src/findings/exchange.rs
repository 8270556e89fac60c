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
    /// The package that it leads to.
    pub package: Valued,
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
