//! CSV: text with commas, semicolons or tabs between its cells.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read;

use csv::{ReaderBuilder, StringRecord};

use crate::cell::{Cell, Grid, HEADER_WITHIN};
use crate::column::Column;
use crate::mark::Medium;
use crate::problem::Problem;
use crate::table::{Entry, columns, entry, title};
use crate::{Line, MAX_COLUMNS};

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// Read after the sheet's own end. If it does not come out as a row of its own, a quote was never closed.
const END: &str = "\u{4}";

/// The cells of a CSV text of offers.
pub(crate) fn read(bytes: &[u8]) -> Result<Grid, Problem> {
    read_known(bytes, &Column::is_ours)
}

/// The cells of a CSV text, separated as it says (`sep=;`), or else as makes most of its headers known.
pub(crate) fn read_known(bytes: &[u8], is_known: &dyn Fn(&str) -> bool) -> Result<Grid, Problem> {
    let whole = text(bytes)?;
    let end = format!("\n{END}");
    let (own, text) = own_separator(&whole);
    let separator = own.unwrap_or_else(|| separator(text, is_known));
    let mut rows = Rows::new(text.as_bytes().chain(end.as_bytes()), separator);
    let mut grid = Grid::default();
    let (mut row, mut is_closed) = (usize::from(own.is_some()), false);
    while rows.next()? {
        row += 1 + rows.position().map_or(0, |start| blank_lines(text, start));
        is_closed = rows.cells.len() == 1 && &rows.cells[0] == END;
        // A quote that was never closed has swallowed the end.
        if rows.cells.iter().any(|cell| cell.ends_with(&end)) {
            break;
        }
        if !is_closed {
            for (column, cell) in rows.cells.iter().enumerate() {
                grid.put(row, column, Cell::Text(cell.to_owned()))?;
            }
        }
    }
    if is_closed {
        return Ok(grid);
    }
    let mend = "Close it; a quote within quotes is written twice.";
    Err(Problem::of_row(row, "opens a quote that is never closed", mend))
}

fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Problem> {
    terms::text_of(bytes).map_err(|fault| {
        let what = "is no text in UTF-8, UTF-16 or Windows-1252";
        Problem::at(fault.line, "(sheet)", what, "Save it as \"CSV UTF-8\", or as XLSX.")
    })
}

/// The separator that a first line of its own tells, as Excel writes it, and what follows that line.
fn own_separator(text: &str) -> (Option<u8>, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let told = line.trim_end_matches('\r').trim_matches('"');
    match told.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| told.as_bytes()) {
        Some(&[_, _, _, _, separator]) if separator.is_ascii() && !separator.is_ascii_alphanumeric() => {
            (Some(separator), rest)
        }
        _ => (None, text),
    }
}

struct Rows<R> {
    reader: csv::Reader<R>,
    cells: StringRecord,
}

impl<R: Read> Rows<R> {
    fn new(text: R, separator: u8) -> Self {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text);
        Self { reader, cells: StringRecord::new() }
    }

    fn next(&mut self) -> Result<bool, Problem> {
        let unreadable = |_| Problem::of_sheet("can't be read as CSV", "Save it again as CSV, or as XLSX.");
        self.reader.read_record(&mut self.cells).map_err(unreadable)
    }

    /// Where the row starts, in bytes; blank lines before it count as part of it.
    fn position(&self) -> Option<usize> {
        self.cells.position().and_then(|position| usize::try_from(position.byte()).ok())
    }
}

/// How many blank lines there are from `start` on: a spreadsheet counts them as rows, the reader skips them.
fn blank_lines(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let blank = bytes.get(start..).unwrap_or_default();
    let blank = &blank[..blank.iter().take_while(|&&byte| matches!(byte, b'\r' | b'\n')).count()];
    let before = start.checked_sub(1).and_then(|before| bytes.get(before));
    let pairs = blank.windows(2).filter(|pair| *pair == b"\r\n").count();
    let is_split = before == Some(&b'\r') && blank.first() == Some(&b'\n');
    blank.len() - pairs - usize::from(is_split)
}

/// The separator under which a row names most of our columns.
fn separator(text: &str, is_known: &dyn Fn(&str) -> bool) -> u8 {
    let known = |separator: u8| {
        let mut rows = Rows::new(text.as_bytes(), separator);
        let mut most = 0;
        for _ in 0..HEADER_WITHIN {
            if !matches!(rows.next(), Ok(true)) {
                break;
            }
            let known = rows.cells.iter().take(MAX_COLUMNS).filter(|header| is_known(header)).map(str::to_lowercase);
            most = most.max(known.collect::<BTreeSet<String>>().len());
        }
        most
    };
    let mut best = (b',', known(b','));
    for separator in SEPARATORS {
        let known = known(separator);
        if known > best.1 {
            best = (separator, known);
        }
    }
    best.0
}

/// The lines as CSV.
pub(crate) fn write(lines: &[Line]) -> String {
    let columns = columns(lines);
    let mut text = String::new();
    push_row(&mut text, columns.iter().map(|column| title(column, Medium::Csv).into_owned()));
    for line in lines {
        let cell = |column| match entry(line, column, Medium::Csv) {
            Entry::Nothing => String::new(),
            Entry::Text(text) => text.into_owned(),
            Entry::Number(number) => number.to_string(),
            Entry::Day(day) => day.to_string(),
        };
        push_row(&mut text, columns.iter().map(cell));
    }
    text
}

/// Adds a row, quoted where it must be.
pub(crate) fn push_row(text: &mut String, cells: impl Iterator<Item = String>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        if cell.contains([',', ';', '\t', '"', '\r', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_counted_whatever_ends_them() {
        let table =
            [("a\nb", 2, 0), ("a\n\nb", 2, 1), ("a\r\n\r\n\r\nb", 2, 2), ("a\r\n\r\nb", 3, 1), ("\n\n\r\rb", 0, 4)];
        for (text, start, blank) in table {
            assert_eq!(blank_lines(text, start), blank, "{text:?}");
        }
    }
}
