//! Something wrong with a sheet.

use crate::MAX_BYTES;

/// Something wrong with a sheet: where, what, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {row}{} {problem}. {mend}", column.as_ref().map(|column| format!(", {column}")).unwrap_or_default())]
pub struct Problem {
    /// The row as a spreadsheet shows it, from 1.
    pub row: usize,
    /// The column by its header, by its letters where it has none, or `(sheet)` for the sheet as a whole; `None` for
    /// the row as a whole.
    pub column: Option<String>,
    /// What is wrong, as a sentence without its subject, which is the column or the row.
    pub problem: String,
    /// What was expected and how to mend it.
    pub mend: String,
}

impl Problem {
    pub(crate) fn at(row: usize, column: &str, problem: impl Into<String>, mend: impl Into<String>) -> Self {
        /// Headers may be of any length.
        const MOST: usize = 40;
        let column = column.chars().filter(|c| !c.is_control()).take(MOST).collect();
        Self { row, column: Some(column), problem: problem.into(), mend: mend.into() }
    }

    pub(crate) fn of_row(row: usize, problem: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { row, column: None, problem: problem.into(), mend: mend.into() }
    }

    pub(crate) fn of_sheet(problem: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::at(1, "(sheet)", problem, mend)
    }
}

impl From<Problem> for Vec<Problem> {
    fn from(problem: Problem) -> Self {
        vec![problem]
    }
}

pub(crate) fn within_size(bytes: &[u8]) -> Result<(), Problem> {
    if bytes.len() <= MAX_BYTES {
        return Ok(());
    }
    let mend = format!("A sheet is read up to {} MiB; leave out what is not an offer.", MAX_BYTES >> 20);
    Err(Problem::of_sheet("is too large", mend))
}
