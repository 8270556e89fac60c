//! What can be wrong with a case, each fault named by the path of its key.

use crate::case::Case;

/// The longest negotiation the engine will simulate.
pub const MAX_ROUNDS: u32 = 200;

/// Something wrong with a case. Texts never repeat an amount: a walk-away must not reach a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: a path such as `value.walk_away` or `offers[2].date` (entries counted from 0).
    pub path: String,
    /// What is wrong, as a sentence without its subject: "lies beyond the target".
    pub problem: String,
    /// What was expected and how to mend it.
    pub mend: String,
}

impl Case {
    /// Everything that is wrong with this case; empty when it can be advised on.
    pub fn check(&self) -> Vec<Fault> {
        Vec::new()
    }
}
