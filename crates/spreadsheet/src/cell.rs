//! Cells in their rows, whatever kind of sheet they come from, and the limits that hold for every kind.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::problem::Problem;
use crate::{MAX_COLUMNS, MAX_ROWS};

/// Most text in all cells together, in bytes: a workbook may say a long text once and use it in every cell.
const MAX_TEXT: usize = 64 << 20;

/// What one cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Cell {
    /// Nothing, or white space.
    #[default]
    Empty,
    /// Text; in CSV everything.
    Text(String),
    /// A finite number.
    Number(f64),
    /// A share, as it is shown: 10 for 10 %.
    Share(f64),
    /// True or false.
    Flag(bool),
    /// A day.
    Day(Date),
    /// A formula that went wrong, such as `#REF!`.
    Error,
}

/// The cells that aren't blank.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    /// By row, from 1. Cells to the right of the last may be left out.
    pub rows: BTreeMap<usize, Vec<Cell>>,
    /// What was left out for it is hidden.
    pub hidden: Hidden,
    text: usize,
}

/// How much of a workbook is hidden, and so is not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hidden {
    pub sheets: usize,
    pub rows: usize,
    pub columns: usize,
}

/// Rows that are looked at for headers: titles stand above them, and not many.
pub(crate) const HEADER_WITHIN: usize = 30;

impl Grid {
    /// Puts a cell in its place, the column from 0; or says which limit it crosses.
    pub fn put(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), Problem> {
        if let Cell::Text(text) = &cell {
            if text.trim().is_empty() {
                return Ok(());
            }
            if terms::has_control(text) {
                let mend = "Take it out: a text has no other than tabs and ends of lines.";
                return Err(Problem::at(row, &letters(column), "holds a control character", mend));
            }
            self.text += text.len();
        }
        if cell == Cell::Empty {
            return Ok(());
        }
        if column >= MAX_COLUMNS {
            let mend = format!("Up to {MAX_COLUMNS} columns are read; leave out those that are not about the offers.");
            return Err(Problem::of_row(row, format!("has a cell beyond column {MAX_COLUMNS}"), mend));
        }
        if self.text > MAX_TEXT {
            return Err(Problem::of_sheet("holds too much text", "Leave out what is not an offer."));
        }
        let is_full = self.rows.len() > MAX_ROWS && !self.rows.contains_key(&row);
        if is_full {
            let mend = format!("Up to {MAX_ROWS} rows are read; split the sheet.");
            return Err(Problem::of_row(row, "is one too many", mend));
        }
        let cells = self.rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
        Ok(())
    }

    /// The row of headers: of the first rows, the one that has the most that are known. Titles may stand above it.
    pub fn header(&self, is_known: &dyn Fn(&str) -> bool) -> Option<usize> {
        let known = |cells: &[Cell]| {
            let texts = cells.iter().filter_map(|cell| match cell {
                Cell::Text(text) => Some(text.trim().to_lowercase()),
                _ => None,
            });
            texts.filter(|text| is_known(text)).collect::<std::collections::BTreeSet<_>>().len()
        };
        let mut best = None;
        for (&row, cells) in self.rows.iter().take(HEADER_WITHIN) {
            let known = known(cells);
            if best.is_none_or(|(_, most)| known > most) {
                best = Some((row, known));
            }
        }
        best.map(|(row, _)| row)
    }

    /// What is not read of the sheet, in sentences, where the headers are in this row.
    pub fn not_read(&self, header: usize) -> Vec<String> {
        let mut sentences = Vec::new();
        let above = self.rows.range(..header).count();
        if above > 0 {
            sentences.push(format!("Rows above the headers, which are in row {header}: {above}; they are not read."));
        }
        let Hidden { sheets, rows, columns } = self.hidden;
        if self.hidden != Hidden::default() {
            sentences.push(format!(
                "Hidden, and so not read: sheets {sheets}, rows {rows}, columns {columns}. Show what is to be read."
            ));
        }
        sentences
    }
}

/// A column, from 0, as spreadsheets name it: `A`, …, `Z`, `AA`.
pub(crate) fn letters(column: usize) -> String {
    let mut left = column + 1;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (63, "BL"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(column), name);
        }
    }

    #[test]
    fn much_text_is_refused() {
        let mut grid = Grid::default();
        let text = "x".repeat(MAX_TEXT / 4);
        for column in 0..4 {
            assert_eq!(grid.put(2, column, Cell::Text(text.clone())), Ok(()));
        }
        assert!(grid.put(2, 4, Cell::Text("x".to_owned())).is_err());
    }
}
