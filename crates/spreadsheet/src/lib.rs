//! Offers from and to the sheets that people keep, as CSV and XLSX; [`issues`] reads issue sheets.
//!
//! The first row that isn't blank names the columns, in any order: `date`, `by`, `level`, `price` (or `amount`),
//! `channel`, `binding`, `condition`, `note` and `currency`; any other is a term of the package. Capitals don't matter, and spaces
//! are as good as underscores.
//!
//! Prices are read as people write them ([`terms::Readings`]), by the currency of the negotiation: one that names another, beside
//! a price, in its header or in a column `currency`, is a problem. One point or comma that may set thousands apart or decimals,
//! as in `950,000`, is a problem unless the other prices of the sheet settle which.
//!
//! A cell that starts with an apostrophe is text, as spreadsheets have it: so a term may be the words `42`, and a note
//! may start with `=` without a spreadsheet running it. The same keeps a term's name as it is, capitals and all.
//!
//! Texts of problems repeat no amount of the sheet but where it can be read in two ways: then both are named to whoever sent it.

use jiff::civil::Date;
use negotiation::offer::Offer;
use terms::Currency;

mod cell;
mod column;
mod comma;
mod heading;
pub mod issues;
mod line;
mod mark;
mod problem;
mod table;
mod workbook;

pub use problem::Problem;

/// The largest sheet that is read, in bytes.
pub const MAX_BYTES: usize = 8 << 20;
/// Most rows that are read, the header left out.
pub const MAX_ROWS: usize = 10_000;
/// Most columns that are read.
pub const MAX_COLUMNS: usize = 64;
/// Most problems that are told of one sheet.
pub const MAX_PROBLEMS: usize = 50;

/// An offer as a line of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The day it was made, if the sheet says; of the years 0 to 9999.
    pub on: Option<Date>,
    /// The offer.
    pub offer: Offer,
}

/// The offers of a CSV text in UTF-8, or all that is wrong with it. Commas, semicolons and tabs are told apart by the
/// header.
pub fn read_csv(bytes: &[u8], currency: Option<Currency>) -> Result<Vec<Line>, Vec<Problem>> {
    problem::within_size(bytes)?;
    line::read(comma::read(bytes)?, currency)
}

/// The offers of the first sheet of an XLSX workbook, or all that is wrong with it. Of formulas, the values last
/// computed are read.
pub fn read_xlsx(bytes: &[u8], currency: Option<Currency>) -> Result<Vec<Line>, Vec<Problem>> {
    problem::within_size(bytes)?;
    line::read(workbook::read(bytes)?, currency)
}

/// The offers as CSV in UTF-8, which [`read_csv`] reads as the same lines up to its limits.
pub fn write_csv(lines: &[Line]) -> String {
    comma::write(lines)
}

/// The offers as an XLSX workbook, which [`read_xlsx`] reads as the same lines up to its limits; or a text that no
/// workbook can hold. The same lines give the same bytes.
pub fn write_xlsx(lines: &[Line]) -> Result<Vec<u8>, Problem> {
    workbook::write(lines)
}
