//! Something wrong with a case file.

use engine::case::Fault;

/// Something wrong with a case file: where, what, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, {key} {problem}. {mend}")]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The key, such as `value.walk_away` or `offers[2].date` (entries counted from 0).
    pub key: String,
    /// What is wrong, as a sentence without its subject, which is the key.
    pub problem: String,
    /// What was expected and how to mend it.
    pub mend: String,
}

/// A fault at the first line.
pub(crate) fn unplaced(fault: Fault) -> Problem {
    Problem { line: 1, column: 1, key: fault.path, problem: fault.problem, mend: fault.mend }
}

/// A word of the file fit to be repeated: short, and without control characters.
pub(crate) fn quoted(word: &str) -> String {
    let word: String = word.chars().filter(|c| !c.is_control()).take(20).collect();
    format!("'{word}'")
}
