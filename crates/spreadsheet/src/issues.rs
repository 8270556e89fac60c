//! Issue sheets as people keep them: a table with a row an issue.
//!
//! One row names the columns, in English, German or French and in any order; titles may stand above it: `issue`, `unit`, `options` (with `|` between), or `from`,
//! `to` and `step`; `opening`, `target`, `realistic`, `walk away`, `mandate`; what it is worth to us as `worth`, `points` or
//! `rank`, and `better` (`high` or `low`, `first` or `last`); and what we think it is worth to them as `their worth`, `their
//! points`, `their rank` and `their better`. `values` and `their values` have a number an option, `never` and `their never`
//! options that a side never accepts, with `|` between. Capitals don't matter, and spaces are as good as underscores.
//!
//! An issue whose unit is the code of a currency is the price; its walk-away is that of the whole. Where there is no price,
//! `no deal` says in any row what no deal is worth to us.

mod columns;
mod write;

use std::collections::BTreeMap;

use bargain::sheet::{Choice, End, Line, Sheet, Side};
use terms::{Amount, Currency, Misread, Quantity, Readings, Settling};

use crate::cell::{Cell, Grid};
use crate::problem::{self, Problem};
use crate::{MAX_PROBLEMS, comma, workbook};

use columns::{COLUMNS, NUMBERS, known, plain};
pub use write::{left_out, write_csv, write_xlsx};

/// The issue sheet in a CSV text in UTF-8, or all that is wrong with it.
pub fn read_csv(bytes: &[u8], title: &str) -> Result<Sheet, Vec<Problem>> {
    problem::within_size(bytes)?;
    read(comma::read_known(bytes, &|header| known(header).is_some())?, title)
}

/// The issue sheet in the first sheet of an XLSX workbook, or all that is wrong with it.
pub fn read_xlsx(bytes: &[u8], title: &str) -> Result<Sheet, Vec<Problem>> {
    problem::within_size(bytes)?;
    read(workbook::read(bytes)?, title)
}

fn read(mut grid: Grid, title: &str) -> Result<Sheet, Vec<Problem>> {
    let first = grid.header(&|header| known(header).is_some());
    let Some(first) = first else {
        return Err(
            Problem::of_sheet("is empty", "The first row names the columns: issue, options, worth and so on.").into()
        );
    };
    grid.rows = grid.rows.split_off(&first);
    let grid = &grid;
    let mut rows = grid.rows.iter();
    let header = rows.next().map(|(_, header)| header.as_slice()).unwrap_or_default();
    let mut columns: BTreeMap<&str, usize> = BTreeMap::new();
    let mut problems = Vec::new();
    for (place, cell) in header.iter().enumerate() {
        let Cell::Text(name) = cell else { continue };
        match known(name) {
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
    let settled = Settled { points: points(grid, &columns), currency: currency(grid, &columns) };
    for (&row, cells) in rows {
        let mut reader = Row { row, cells, columns: &columns, settled: &settled, problems: &mut problems };
        let (line, no_deal) = (reader.line(), reader.number("no_deal"));
        take(&mut sheet, line);
        sheet.walk_away = sheet.walk_away.or(no_deal);
    }
    if problems.is_empty() {
        let faults = sheet.check().into_iter();
        problems.extend(faults.map(|fault| Problem::of_sheet(format!("is not sound: {}", fault.at), fault.what)));
    }
    problems.truncate(MAX_PROBLEMS);
    if problems.is_empty() { Ok(sheet) } else { Err(problems) }
}

/// What the sheet as a whole settles of its numbers.
struct Settled<'a> {
    /// What sets decimals apart, by column.
    points: BTreeMap<&'a str, char>,
    /// The currency of the price, and so of all that is worth money.
    currency: Option<Currency>,
}

/// The first unit that is a currency: that of the price.
fn currency(grid: &Grid, columns: &BTreeMap<&str, usize>) -> Option<Currency> {
    let unit = *columns.get("unit")?;
    grid.rows.values().skip(1).find_map(|cells| match cells.get(unit) {
        Some(Cell::Text(text)) => text.trim().parse().ok(),
        _ => None,
    })
}

/// What sets decimals apart in each column of numbers: told by its own rows, or else by those of all.
fn points<'a>(grid: &Grid, columns: &BTreeMap<&'a str, usize>) -> BTreeMap<&'a str, char> {
    let texts = |place: usize| {
        grid.rows.values().skip(1).filter_map(move |cells| match cells.get(place) {
            Some(Cell::Text(text)) => Some(text.as_str()),
            _ => None,
        })
    };
    let numbers = || columns.iter().filter(|(name, _)| NUMBERS.contains(name));
    let of_all = terms::point_of(numbers().flat_map(|(_, &place)| texts(place)));
    let each = columns.iter().filter_map(|(&name, &place)| Some((name, terms::point_of(texts(place)).or(of_all)?)));
    each.collect()
}

/// Adds an issue; the first whose unit is a currency is the price.
fn take(sheet: &mut Sheet, mut line: Line) {
    let currency = line.unit.clone().filter(|unit| unit.parse::<Currency>().is_ok());
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
    settled: &'a Settled<'a>,
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
            ours: self.side(""),
            theirs: self.side("their_"),
        }
    }

    fn side(&mut self, whose: &str) -> Side {
        let column = |name: &str| format!("{whose}{name}");
        Side {
            better: self.better(&column("better")),
            worth: self.number(&column("worth")).map(Quantity::Known),
            points: self.number(&column("points")),
            rank: self.rank(&column("rank")),
            values: self.values(&column("values")),
            never: self.never(&column("never")),
        }
    }

    /// Numbers with a bar between.
    fn values(&mut self, column: &str) -> Vec<f64> {
        let Some(words) = self.words(column) else { return Vec::new() };
        let settling = self.settling(column);
        let number = |text: &str| match Readings::of(text).and_then(|readings| readings.settled(settling)) {
            Ok(number) => Some(number.to_f64()),
            // As programs write numbers that have more digits than amounts.
            Err(Misread::TooLong) => text.parse().ok().filter(|number: &f64| number.is_finite()),
            Err(_) => None,
        };
        match words.split('|').map(|text| number(text.trim())).collect() {
            Some(values) => values,
            None => {
                self.complain(column, "are no numbers", "Write a number for each option, with | between.");
                Vec::new()
            }
        }
    }

    /// Options with a bar between.
    fn never(&mut self, column: &str) -> Vec<Choice> {
        let numbers = !matches!(self.cell("from"), Cell::Empty);
        let words = self.words(column).unwrap_or_default();
        let options = words.split('|').map(str::trim).filter(|option| !option.is_empty());
        let settling = self.settling(column);
        let choice = |option: &str| match Readings::of(option).and_then(|readings| readings.settled(settling)) {
            Ok(number) if numbers => Choice::Number(number.to_f64()),
            _ => match option.parse() {
                Ok(number) if numbers => Choice::Number(number),
                _ => Choice::Name(option.to_owned()),
            },
        };
        options.map(choice).collect()
    }

    fn cell(&self, column: &str) -> &Cell {
        self.columns.get(column).and_then(|&place| self.cells.get(place)).unwrap_or(&Cell::Empty)
    }

    fn words(&self, column: &str) -> Option<String> {
        match self.cell(column) {
            Cell::Text(text) => Some(text.trim().trim_start_matches('\'').to_owned()).filter(|text| !text.is_empty()),
            Cell::Number(number) => Some(number.to_string()),
            Cell::Share(share) => Amount::of_cell(*share).map(|share| format!("{share}%")),
            Cell::Flag(_) | Cell::Day(_) | Cell::Error | Cell::Empty => None,
        }
    }

    /// What settles the numbers of a column in this row: what something is worth is money of the price's currency, an option is in
    /// its own unit.
    fn settling(&self, column: &str) -> Settling {
        const OPTIONS: [&str; 10] =
            ["from", "to", "step", "opening", "target", "realistic", "walk_away", "mandate", "never", "their_never"];
        let is_option = OPTIONS.contains(&column);
        let line = Line { unit: self.words("unit").filter(|_| is_option), ..Line::default() };
        let unit = line.unit.as_deref().and_then(|unit| unit.parse().ok());
        let is_worth = matches!(column, "worth" | "their_worth" | "no_deal");
        let settling = if is_option || is_worth {
            Settling::of(unit.or(self.settled.currency.filter(|_| is_worth)))
        } else {
            Settling::of_count(self.settled.currency)
        };
        Settling { point: self.settled.points.get(column).copied(), is_percent: line.is_in_percent(), ..settling }
    }

    fn misread(&mut self, column: &str, fault: &Misread) -> Option<f64> {
        self.complain(column, &fault.problem(), &fault.mend());
        None
    }

    fn number(&mut self, column: &str) -> Option<f64> {
        let settling = self.settling(column);
        match self.cell(column) {
            Cell::Empty => None,
            Cell::Number(number) => Some(*number),
            Cell::Share(share) if settling.is_percent => Amount::of_cell(*share).map(Amount::to_f64),
            Cell::Share(_) => self.misread(column, &Misread::Share),
            Cell::Text(text) => match Readings::of(text).and_then(|readings| readings.settled(settling)) {
                Ok(number) => Some(number.to_f64()),
                Err(fault) => self.misread(column, &fault),
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
    fn what_an_issue_is_worth_is_in_the_currency_of_the_price() {
        let worth = |worth: &str| read_csv(TABLE.replace(";30;", &format!(";{worth};")).as_bytes(), "Bolts");
        assert_eq!(worth("EUR 30").unwrap(), read_csv(TABLE.as_bytes(), "Bolts").unwrap());
        assert!(worth("USD 30k").unwrap_err()[0].to_string().contains("is in USD"));
    }

    #[test]
    fn values_of_options_come_back_from_tables_and_workbooks() {
        let mut sheet = read_csv(TABLE.as_bytes(), "Bolts").unwrap();
        sheet.issues[1].ours.worth = None;
        sheet.issues[1].ours.values = vec![0.1 + 0.2, 1.234, -1e-7];
        sheet.issues[1].theirs.never = vec![Choice::Name("slow".to_owned())];
        sheet.issues[0].ours.never = vec![Choice::Number(110.0)];
        sheet.issues[1].theirs.points = None;
        assert_eq!(read_csv(write_csv(&sheet).as_bytes(), "Bolts").unwrap(), sheet);
        assert_eq!(read_xlsx(&write_xlsx(&sheet).unwrap(), "Bolts").unwrap(), sheet);
        assert!(left_out(&sheet).is_empty());
        sheet.together.push(bargain::sheet::Together::default());
        assert_eq!(left_out(&sheet).len(), 1);
    }

    #[test]
    fn other_rows_settle_what_sets_thousands_apart() {
        let table = "issue;from;to;step;worth\na;0;10;1;10,000\nb;0;10;1;1,250.50\n";
        let sheet = read_csv(table.as_bytes(), "x").unwrap();
        assert_eq!(sheet.issues[0].ours.worth, Some(Quantity::Known(10_000.0)));
        let told = read_csv(b"issue;from;to;step;worth\na;0;10;1;10,000\n", "x").unwrap_err();
        assert!(told[0].to_string().contains("worth"), "{told:?}");
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
