//! Offers from and to the sheets that people keep, as CSV and XLSX; [`issues`] reads issue sheets.
//!
//! One row names the columns, in any order: `date`, `by`, `level`, `price` (or `amount`), `channel`, `binding`, `condition`, `note`
//! and `currency`, or the same in German or French; titles may stand above it. A term of the package is a column that the negotiation
//! knows as one, or that says so (`term: warranty`). Any other is ours alone: what it holds goes into the note, which no one else
//! sees. Capitals don't matter, and spaces are as good as underscores. What is hidden in a workbook is not read.
//!
//! Days are read as people write them; one that may be of two months is a problem unless the other days of the sheet settle which.
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
mod day;
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

/// What is known of a negotiation whose offers are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Its currency.
    pub currency: Option<Currency>,
    /// Names of its terms: those of its issues, those on the table, and those that somebody says are.
    pub terms: Vec<String>,
}

impl From<Option<Currency>> for Known {
    fn from(currency: Option<Currency>) -> Self {
        Self { currency, terms: Vec::new() }
    }
}

/// Kinds of sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text with commas, semicolons or tabs between, in UTF-8, UTF-16 or Windows-1252.
    Csv,
    /// A workbook.
    Xlsx,
}

/// What was read of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The offers, in their order.
    pub lines: Vec<Line>,
    /// What was kept in the notes or not read, in sentences without amounts.
    pub aside: Vec<String>,
}

/// The offers of a sheet, or all that is wrong with it. In CSV, separators are told by a first line `sep=;` or by the headers; of
/// a workbook the first visible sheet is read, and of formulas the values last computed.
pub fn read(kind: Kind, bytes: &[u8], known: &Known) -> Result<Sheet, Vec<Problem>> {
    problem::within_size(bytes)?;
    let grid = match kind {
        Kind::Csv => comma::read(bytes)?,
        Kind::Xlsx => workbook::read(bytes)?,
    };
    line::read(grid, known)
}

/// The offers of a CSV text, as [`read`] reads it where no terms are known.
pub fn read_csv(bytes: &[u8], currency: Option<Currency>) -> Result<Vec<Line>, Vec<Problem>> {
    read(Kind::Csv, bytes, &currency.into()).map(|sheet| sheet.lines)
}

/// The offers of an XLSX workbook, as [`read`] reads it where no terms are known.
pub fn read_xlsx(bytes: &[u8], currency: Option<Currency>) -> Result<Vec<Line>, Vec<Problem>> {
    read(Kind::Xlsx, bytes, &currency.into()).map(|sheet| sheet.lines)
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
