//! Issue sheets as people keep them: a table with a row an issue.
//!
//! The first row that isn't blank names the columns, in any order: `issue`, `unit`, `options` (with `|` between), or `from`,
//! `to` and `step`; `opening`, `target`, `realistic`, `walk away`, `mandate`; what it is worth to us as `worth`, `points` or
//! `rank`, and `better` (`high` or `low`, `first` or `last`); and what we think it is worth to them as `their worth`, `their
//! points`, `their rank` and `their better`. Capitals don't matter, and spaces are as good as underscores.
//!
//! An issue whose unit is the code of a currency is the price; its walk-away is that of the whole.

use std::collections::BTreeMap;

use bargain::prior::Quantity;
use bargain::sheet::{Choice, End, Line, Sheet, Side};
use rust_decimal::prelude::ToPrimitive;

use crate::cell::{Cell, Grid};
use crate::problem::{self, Problem};
use crate::{MAX_PROBLEMS, comma, number, workbook};

/// The columns that are known.
const COLUMNS: [&str; 19] = [
    "issue",
    "unit",
    "options",
    "from",
    "to",
    "step",
    "opening",
    "target",
    "realistic",
    "walk_away",
    "mandate",
    "worth",
    "points",
    "rank",
    "better",
    "their_worth",
    "their_points",
    "their_rank",
    "their_better",
];

/// The issue sheet in a CSV text in UTF-8, or all that is wrong with it.
pub fn read_csv(bytes: &[u8], title: &str) -> Result<Sheet, Vec<Problem>> {
    problem::within_size(bytes)?;
    read(&comma::read_known(bytes, &|header| COLUMNS.contains(&plain(header).as_str()))?, title)
}

/// The issue sheet in the first sheet of an XLSX workbook, or all that is wrong with it.
pub fn read_xlsx(bytes: &[u8], title: &str) -> Result<Sheet, Vec<Problem>> {
    problem::within_size(bytes)?;
    read(&workbook::read(bytes)?, title)
}

/// An issue sheet as CSV. What a table has no column for is left out: values of single options, options worth something
/// together, and what we think no deal is worth to them.
pub fn write_csv(sheet: &Sheet) -> String {
    let mut text = String::new();
    comma::push_row(&mut text, COLUMNS.iter().map(|column| column.replace('_', " ")));
    for line in &sheet.issues {
        comma::push_row(&mut text, COLUMNS.iter().map(|column| cell(sheet, line, column)));
    }
    text
}

fn cell(sheet: &Sheet, line: &Line, column: &str) -> String {
    let is_price = sheet.price.as_ref() == Some(&line.name);
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let choice = |choice: &Option<Choice>| match choice {
        Some(Choice::Number(number)) => number.to_string(),
        Some(Choice::Name(name)) => name.clone(),
        None => String::new(),
    };
    let worth = |side: &Side| number(side.worth.map(Quantity::likely));
    let better = |side: &Side| match side.better {
        Some(End::High) => "high".to_owned(),
        Some(End::Low) => "low".to_owned(),
        None => String::new(),
    };
    match column {
        "issue" => line.name.clone(),
        "unit" if is_price => sheet.currency.clone().unwrap_or_default(),
        "unit" => line.unit.clone().unwrap_or_default(),
        "options" => line.options.join(" | "),
        "from" => number(line.from),
        "to" => number(line.to),
        "step" => number(line.step),
        "opening" => choice(&line.opening),
        "target" => choice(&line.target),
        "realistic" => choice(&line.realistic),
        "walk_away" if is_price => number(sheet.walk_away),
        "walk_away" => choice(&line.walk_away),
        "mandate" => choice(&line.mandate),
        "worth" => worth(&line.ours),
        "points" => number(line.ours.points),
        "rank" => line.ours.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        "better" => better(&line.ours),
        "their_worth" => worth(&line.theirs),
        "their_points" => number(line.theirs.points),
        "their_rank" => line.theirs.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        _ => better(&line.theirs),
    }
}

/// A header as it is compared.
fn plain(header: &str) -> String {
    header.trim().to_lowercase().replace([' ', '-'], "_")
}

fn read(grid: &Grid, title: &str) -> Result<Sheet, Vec<Problem>> {
    let mut rows = grid.rows.iter();
    let Some((&first, header)) = rows.next() else {
        return Err(
            Problem::of_sheet("is empty", "The first row names the columns: issue, options, worth and so on.").into()
        );
    };
    let mut columns: BTreeMap<&str, usize> = BTreeMap::new();
    let mut problems = Vec::new();
    for (place, cell) in header.iter().enumerate() {
        let Cell::Text(name) = cell else { continue };
        match COLUMNS.iter().find(|column| **column == plain(name)) {
            Some(known) if columns.contains_key(known) => {
                problems.push(Problem::at(first, name, "is there twice", "Keep one of the two."));
            }
            Some(known) => drop(columns.insert(known, place)),
            None => {
                let mend = format!("Known are: {}.", COLUMNS.join(", ").replace('_', " "));
                problems.push(Problem::at(first, name, "is no column of an issue sheet", mend));
            }
        }
    }
    if !columns.contains_key("issue") {
        problems.push(Problem::of_row(
            first,
            "has no column `issue`",
            "Name the column that has the issues' names so.",
        ));
    }
    let mut sheet = Sheet { title: title.to_owned(), ..Sheet::default() };
    for (&row, cells) in rows {
        let mut reader = Row { row, cells, columns: &columns, problems: &mut problems };
        let line = reader.line();
        take(&mut sheet, line);
    }
    if problems.is_empty() {
        let faults = sheet.check().into_iter();
        problems.extend(faults.map(|fault| Problem::of_sheet(format!("is not sound: {}", fault.at), fault.what)));
    }
    problems.truncate(MAX_PROBLEMS);
    if problems.is_empty() { Ok(sheet) } else { Err(problems) }
}

/// Adds an issue; the first whose unit is a currency is the price.
fn take(sheet: &mut Sheet, mut line: Line) {
    let currency =
        line.unit.clone().filter(|unit| unit.len() == 3 && iso_currency::Currency::from_code(unit).is_some());
    if currency.is_some() && sheet.price.is_none() && line.from.is_some() {
        sheet.currency = currency;
        sheet.price = Some(line.name.clone());
        if let Some(Choice::Number(walk_away)) = line.walk_away.take() {
            sheet.walk_away = Some(walk_away);
        }
    }
    sheet.issues.push(line);
}

struct Row<'a> {
    row: usize,
    cells: &'a [Cell],
    columns: &'a BTreeMap<&'a str, usize>,
    problems: &'a mut Vec<Problem>,
}

impl Row<'_> {
    fn line(&mut self) -> Line {
        let options = self.words("options").unwrap_or_default();
        let options = options.split('|').map(|option| option.trim().to_owned()).filter(|option| !option.is_empty());
        Line {
            name: self.words("issue").unwrap_or_default(),
            unit: self.words("unit"),
            options: options.collect(),
            from: self.number("from"),
            to: self.number("to"),
            step: self.number("step"),
            opening: self.choice("opening"),
            target: self.choice("target"),
            realistic: self.choice("realistic"),
            walk_away: self.choice("walk_away"),
            mandate: self.choice("mandate"),
            ours: self.side("worth", "points", "rank", "better"),
            theirs: self.side("their_worth", "their_points", "their_rank", "their_better"),
        }
    }

    fn side(&mut self, worth: &str, points: &str, rank: &str, better: &str) -> Side {
        Side {
            better: self.better(better),
            worth: self.number(worth).map(Quantity::Known),
            points: self.number(points),
            rank: self.rank(rank),
            ..Side::default()
        }
    }

    fn cell(&self, column: &str) -> &Cell {
        self.columns.get(column).and_then(|&place| self.cells.get(place)).unwrap_or(&Cell::Empty)
    }

    fn words(&self, column: &str) -> Option<String> {
        match self.cell(column) {
            Cell::Text(text) => Some(text.trim().trim_start_matches('\'').to_owned()).filter(|text| !text.is_empty()),
            Cell::Number(number) => Some(number.to_string()),
            Cell::Flag(_) | Cell::Day(_) | Cell::Error | Cell::Empty => None,
        }
    }

    fn number(&mut self, column: &str) -> Option<f64> {
        match self.cell(column) {
            Cell::Empty => None,
            Cell::Number(number) => Some(*number),
            Cell::Text(text) => match number::price(text, None).map(|amount| amount.0.to_f64()) {
                Ok(number) => number,
                Err(fault) => {
                    self.complain(column, fault.problem(), fault.mend());
                    None
                }
            },
            Cell::Flag(_) | Cell::Day(_) | Cell::Error => {
                self.complain(column, "is not a number", "Write it out in digits.");
                None
            }
        }
    }

    /// A number where the issue has numbers, else a name.
    fn choice(&mut self, column: &str) -> Option<Choice> {
        if matches!(self.cell("from"), Cell::Empty) {
            self.words(column).map(Choice::Name)
        } else {
            self.number(column).map(Choice::Number)
        }
    }

    fn rank(&mut self, column: &str) -> Option<u32> {
        let number = self.number(column)?;
        if number.fract() == 0.0 && (1.0..=1000.0).contains(&number) {
            return Some(number as u32);
        }
        self.complain(column, "is no rank", "Ranks are 1, 2, 3 and so on, 1 the weightiest.");
        None
    }

    fn better(&mut self, column: &str) -> Option<End> {
        let words = self.words(column)?;
        match plain(&words).as_str() {
            "high" | "higher" | "more" | "last" => Some(End::High),
            "low" | "lower" | "less" | "first" => Some(End::Low),
            _ => {
                self.complain(column, "is no end of the options", "Write high or low, or first or last.");
                None
            }
        }
    }

    fn complain(&mut self, column: &str, problem: &str, mend: &str) {
        self.problems.push(Problem::at(self.row, &column.replace('_', " "), problem, mend));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "Issue;Unit;Options;From;To;Step;Realistic;Walk away;Mandate;Worth;Better;Their rank\n\
        Price;EUR;;100;200;10;150;120;140;;high;1\n\
        Delivery;;express | normal | slow;;;;normal;;;30;last;2\n";

    #[test]
    fn a_table_becomes_a_sheet_and_a_table_again() {
        let sheet = read_csv(TABLE.as_bytes(), "Bolts").unwrap();
        assert_eq!((sheet.currency.as_deref(), sheet.price.as_deref()), (Some("EUR"), Some("Price")));
        assert_eq!(sheet.walk_away, Some(120.0));
        assert_eq!(sheet.issues[1].options, ["express", "normal", "slow"]);
        assert_eq!(sheet.issues[1].theirs.rank, Some(2));
        assert_eq!(read_csv(write_csv(&sheet).as_bytes(), "Bolts").unwrap(), sheet);
    }

    #[test]
    fn problems_are_told_by_row_and_column_without_amounts() {
        let table = "issue,worth,their rank,colour\nPrice,12x4567,1.5,red\n";
        let problems = read_csv(table.as_bytes(), "x").unwrap_err();
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(told.iter().any(|one| one.starts_with("row 1, colour is no column")), "{told:?}");
        assert!(told.iter().any(|one| one.starts_with("row 2, worth is not a number")), "{told:?}");
        assert!(told.iter().any(|one| one.starts_with("row 2, their rank is no rank")), "{told:?}");
        assert!(!told.concat().contains("4567"));
    }
}
