//! Reads a case file: TOML text in, a checked [`Case`] out, or everything that is wrong with it, by line and key.
//! And writes one that reads back as the same case.
//!
//! Texts of problems repeat no value of the file but currency codes, single words that stand for a choice, and an amount that
//! can be read in two ways, both of which are named to whoever wrote it.

use engine::case::{Case, Fault};

mod case;
mod choices;
mod problem;
mod section;
mod source;
mod write;

pub use problem::Problem;
pub use write::write;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// The case in a file, or all that is wrong with it, in the order of its lines.
pub fn read(bytes: &[u8]) -> Result<Case, Vec<Problem>> {
    let text = source::text(bytes).map_err(|problem| vec![problem])?;
    let table = source::table(text)?;
    let reader = section::Reader::new(text);
    let case = case::read(&reader, table.get_ref());
    let places = reader.places();
    let mut problems = reader.into_problems();
    if let Some(case) = case {
        if problems.is_empty() {
            problems = case.check().into_iter().map(|fault| places.problem(text, fault)).collect();
        }
        if problems.is_empty() {
            return Ok(case);
        }
    }
    problems.sort_by(|a, b| (a.line, a.column, &a.key).cmp(&(b.line, b.column, &b.key)));
    Err(problems)
}

/// A fault that the engine found later, at the place in the file that it is about; at the first line where that can't
/// be told.
pub fn place(bytes: &[u8], fault: Fault) -> Problem {
    let Ok(text) = source::text(bytes) else { return problem::unplaced(fault) };
    let Ok(table) = source::table(text) else { return problem::unplaced(fault) };
    let reader = section::Reader::new(text);
    let _ = case::read(&reader, table.get_ref());
    reader.places().problem(text, fault)
}
