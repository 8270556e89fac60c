//! From cells to offers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use negotiation::offer::{Channel, Offer, Package, Term};
use terms::{Amount, Level, Misread, Readings, Settling, Side};

use crate::cell::{Cell, Grid, letters};
use crate::column::{Column, priced_in};
use crate::day::{self, NotADay, Order};
use crate::mark::{TextRole, marked};
use crate::problem::Problem;
use crate::{Known, Line, MAX_PROBLEMS, Sheet};

const SIDES: [(&str, Side); 18] = [
    ("us", Side::Us),
    ("we", Side::Us),
    ("our", Side::Us),
    ("ours", Side::Us),
    ("them", Side::Them),
    ("they", Side::Them),
    ("their", Side::Them),
    ("theirs", Side::Them),
    ("wir", Side::Us),
    ("uns", Side::Us),
    ("unser", Side::Us),
    ("nous", Side::Us),
    ("notre", Side::Us),
    ("sie", Side::Them),
    ("ihr", Side::Them),
    ("eux", Side::Them),
    ("ils", Side::Them),
    ("leur", Side::Them),
];
// The first word for each is the one that we write.
pub(crate) const LEVELS: [(&str, Level); 6] = [
    ("negotiator", Level::Negotiator),
    ("boss", Level::Boss),
    ("verhandler", Level::Negotiator),
    ("négociateur", Level::Negotiator),
    ("chef", Level::Boss),
    ("patron", Level::Boss),
];
pub(crate) const CHANNELS: [(&str, Channel); 16] = [
    ("meeting", Channel::Meeting),
    ("call", Channel::Call),
    ("mail", Channel::Mail),
    ("platform", Channel::Platform),
    ("other", Channel::Other),
    ("treffen", Channel::Meeting),
    ("besprechung", Channel::Meeting),
    ("réunion", Channel::Meeting),
    ("anruf", Channel::Call),
    ("telefon", Channel::Call),
    ("appel", Channel::Call),
    ("e-mail", Channel::Mail),
    ("courriel", Channel::Mail),
    ("plattform", Channel::Platform),
    ("andere", Channel::Other),
    ("autre", Channel::Other),
];
const FLAGS: [(&str, bool); 11] = [
    ("yes", true),
    ("true", true),
    ("x", true),
    ("no", false),
    ("false", false),
    ("ja", true),
    ("oui", true),
    ("wahr", true),
    ("vrai", true),
    ("nein", false),
    ("non", false),
];

/// The offers of a sheet, or all that is wrong with it, row by row.
pub(crate) fn read(mut grid: Grid, known: &Known) -> Result<Sheet, Vec<Problem>> {
    let Some(row) = grid.header(&Column::is_ours) else {
        let mend = "Start with a row of headers: date, by, price, and others if need be.";
        return Err(Problem::of_sheet("is empty", mend).into());
    };
    let mut aside = grid.not_read(row);
    let rows = grid.rows.split_off(&(row + 1));
    let titles = grid.rows.remove(&row).unwrap_or_default();
    let mut problems = Vec::new();
    let header = Header::of(row, &titles, known, &mut problems);
    aside.extend(header.kept_private());
    let texts = |column: Column| {
        let cells = rows.values().filter_map(|cells| header.cell(&column, cells));
        let texts = cells.filter_map(|cell| match cell {
            Cell::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<&str>>()
    };
    let point = terms::point_of(texts(Column::Price).into_iter());
    let settling = Settling { currency: known.currency, point, ..Settling::default() };
    let order = day::order_of(texts(Column::Date).into_iter());
    let mut lines = Vec::new();
    for (row, cells) in &rows {
        if problems.len() >= MAX_PROBLEMS {
            break;
        }
        lines.extend(Row { row: *row, cells, header: &header, settling, order, problems: &mut problems }.line());
    }
    problems.truncate(MAX_PROBLEMS);
    if problems.is_empty() { Ok(Sheet { lines, aside }) } else { Err(problems) }
}

/// Which column is where.
struct Header {
    places: BTreeMap<Column, usize>,
    has_title: Vec<bool>,
}

impl Header {
    fn of(row: usize, titles: &[Cell], known: &Known, problems: &mut Vec<Problem>) -> Self {
        let ours = known.currency;
        let mut header =
            Self { places: BTreeMap::new(), has_title: titles.iter().map(|t| *t != Cell::Empty).collect() };
        for (place, title) in titles.iter().enumerate() {
            let column = match title {
                Cell::Empty => continue,
                Cell::Error => {
                    problems.push(broken_formula(row, &letters(place)));
                    continue;
                }
                title => Column::of(&shown(title), &known.terms),
            };
            let title = column.title().to_owned();
            if let (Some(mark), Some(ours)) =
                (priced_in(&shown(&titles[place])).filter(|_| column == Column::Price), ours)
                && !mark.fits(ours)
            {
                let fault = Misread::OtherCurrency { named: mark.currency(), ours };
                problems.push(Problem::at(row, &title, fault.problem(), fault.mend()));
            }
            if header.places.insert(column, place).is_some() {
                problems.push(Problem::at(row, &title, "is there twice", "Keep one column of the two, or rename one."));
            }
        }
        let needed = [(Column::By, "where `us` or `them` says whose an offer is"), (Column::Price, "with the prices")];
        for (column, what) in needed {
            if !header.places.contains_key(&column) {
                let mend = format!("Name a column `{}`, {what}; the first row has the names.", column.title());
                problems.push(Problem::at(row, column.title(), "is missing", mend));
            }
        }
        header
    }

    /// Says which columns are kept in the notes.
    fn kept_private(&self) -> Option<String> {
        let private: Vec<String> = self.private().map(|name| format!("`{}`", short(name))).collect();
        (!private.is_empty()).then(|| {
            format!(
                "Kept in the notes, which are ours alone: {}. To record one as a term, name it so, as `term: warranty`.",
                private.join(", ")
            )
        })
    }

    /// The headers of the columns that are ours alone.
    fn private(&self) -> impl Iterator<Item = &str> {
        self.places.keys().filter_map(|column| match column {
            Column::Private(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The cell of a column; none if the column is missing.
    fn cell<'a>(&self, column: &Column, cells: &'a [Cell]) -> Option<&'a Cell> {
        self.places.get(column).map(|&place| cells.get(place).unwrap_or(&Cell::Empty))
    }
}

/// A row on its way to an offer. Whatever is wrong is noted, and reading goes on.
struct Row<'a> {
    row: usize,
    cells: &'a [Cell],
    header: &'a Header,
    settling: Settling,
    order: Option<Order>,
    problems: &'a mut Vec<Problem>,
}

impl Row<'_> {
    fn line(mut self) -> Option<Line> {
        let (on, by, level, price) = (self.day(), self.side(), self.level(), self.price());
        let (channel, binding) = (self.channel(), self.binding());
        let (condition, note) = (self.words(&Column::Condition), self.words(&Column::Note));
        let note = self.with_private(note);
        let terms = self.terms();
        self.currency();
        self.without_title();
        let package = Package { price: price?, terms };
        Some(Line { on, offer: Offer { by: by?, package, level, channel, binding, condition, note } })
    }

    /// The cell of a column, if it is there and holds something.
    fn cell(&mut self, column: &Column) -> Option<Cell> {
        let cell = self.header.cell(column, self.cells)?;
        if *cell == Cell::Error {
            self.problems.push(broken_formula(self.row, column.title()));
        }
        Some(cell).filter(|cell| !matches!(cell, Cell::Empty | Cell::Error)).cloned()
    }

    fn complain(&mut self, column: &Column, problem: &str, mend: &str) {
        self.problems.push(Problem::at(self.row, column.title(), problem, mend));
    }

    /// Complains of an empty cell in a column that every row needs.
    fn needed(&mut self, column: &Column, mend: &str) {
        if self.header.cell(column, self.cells) == Some(&Cell::Empty) {
            self.complain(column, "is empty", mend);
        }
    }

    fn word<T: Copy>(&mut self, column: &Column, choices: &[(&str, T)], expected: &str) -> Option<T> {
        let cell = self.cell(column)?;
        let word = match &cell {
            Cell::Text(text) => text.trim().to_lowercase(),
            Cell::Flag(flag) => flag.to_string(),
            _ => String::new(),
        };
        let choice = choices.iter().find(|(known, _)| *known == word).map(|&(_, choice)| choice);
        if choice.is_none() {
            let mend = format!("Expected {expected}.");
            self.complain(column, &format!("is {}, which is not a choice here", quoted(&word)), &mend);
        }
        choice
    }

    fn side(&mut self) -> Option<Side> {
        self.needed(&Column::By, "Expected us or them.");
        self.word(&Column::By, &SIDES, "us or them")
    }

    fn level(&mut self) -> Level {
        self.word(&Column::Level, &LEVELS, "negotiator or boss, or nothing for the negotiator").unwrap_or_default()
    }

    fn channel(&mut self) -> Channel {
        let expected = "meeting, call, mail, platform or other, or nothing for mail";
        self.word(&Column::Channel, &CHANNELS, expected).unwrap_or_default()
    }

    fn binding(&mut self) -> bool {
        self.word(&Column::Binding, &FLAGS, "yes or no, or nothing for no").unwrap_or_default()
    }

    fn day(&mut self) -> Option<Date> {
        let day = match self.cell(&Column::Date)? {
            Cell::Day(day) => Ok(day),
            Cell::Text(text) => day::read(&text, self.order),
            _ => Err(NotADay::Not),
        };
        let mend = "Write it as YYYY-MM-DD, such as 2026-03-31.";
        match day {
            Ok(day) => return Some(day),
            Err(NotADay::Not) => self.complain(&Column::Date, "is not a date", mend),
            Err(NotADay::Either(one, other)) => {
                let problem = format!("could be {one} or {other}: its day and its month may stand either way");
                self.complain(&Column::Date, &problem, mend);
            }
        }
        None
    }

    /// A note with what the columns hold that are ours alone.
    fn with_private(&self, note: Option<String>) -> Option<String> {
        let own = self.header.private().filter_map(|name| {
            let held = shown(self.header.cell(&Column::Private(name.to_owned()), self.cells)?);
            (!held.trim().is_empty()).then(|| format!("{name}: {}", held.trim()))
        });
        let parts: Vec<String> = note.into_iter().chain(own).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    fn price(&mut self) -> Option<Amount> {
        self.needed(&Column::Price, "Give the price of every offer, in digits.");
        let amount = match self.cell(&Column::Price)? {
            Cell::Number(number) => Amount::of_cell(number).ok_or(Misread::TooLong),
            Cell::Share(_) => Err(Misread::Share),
            Cell::Text(text) => Readings::of(marked(&text, TextRole::Term).unwrap_or(&text))
                .and_then(|readings| readings.settled(self.settling)),
            _ => Err(Misread::NotAnAmount),
        };
        amount.map_err(|fault| self.complain(&Column::Price, &fault.problem(), &fault.mend())).ok()
    }

    /// Complains of a currency that is not the negotiation's.
    fn currency(&mut self) {
        let (Some(cell), Some(ours)) = (self.cell(&Column::Currency), self.settling.currency) else { return };
        let named = shown(&cell);
        // A code that was recorded once may be none of ISO 4217.
        if named.trim().eq_ignore_ascii_case(ours.code()) {
            return;
        }
        match terms::mark_of(&named.trim().to_lowercase()) {
            Some(mark) if mark.fits(ours) => {}
            Some(mark) => {
                let fault = Misread::OtherCurrency { named: mark.currency(), ours };
                self.complain(&Column::Currency, &fault.problem(), &fault.mend());
            }
            None => self.complain(&Column::Currency, "is no currency", "Write its ISO 4217 code, such as EUR."),
        }
    }

    fn words(&mut self, column: &Column) -> Option<String> {
        self.cell(column).map(|cell| match &cell {
            Cell::Text(text) => marked(text, TextRole::Words).unwrap_or(text.trim()).to_owned(),
            cell => shown(cell),
        })
    }

    fn terms(&mut self) -> BTreeMap<String, Term> {
        let header = self.header;
        let columns = header.places.keys().filter(|column| matches!(column, Column::Term(_)));
        columns.filter_map(|column| Some((column.title().to_owned(), self.term(column)?))).collect()
    }

    fn term(&mut self, column: &Column) -> Option<Term> {
        let term = match self.cell(column)? {
            Cell::Number(number) => Amount::of_cell(number).map(Term::Number).ok_or(Misread::TooLong),
            Cell::Text(text) => match marked(&text, TextRole::Term) {
                Some(words) => Ok(Term::Words(words.to_owned())),
                None => Term::read(&text, self.settling),
            },
            cell => Ok(Term::Words(shown(&cell))),
        };
        let mend = |fault: &Misread| format!("{} If it is text, put an apostrophe before it.", fault.mend());
        term.map_err(|fault| self.complain(column, &fault.problem(), &mend(&fault))).ok()
    }

    /// Complains of cells that no header says the meaning of.
    fn without_title(&mut self) {
        let has_title = |place: usize| self.header.has_title.get(place).is_some_and(|&has| has);
        let lost = self.cells.iter().enumerate().find(|(place, cell)| **cell != Cell::Empty && !has_title(*place));
        if let Some((place, _)) = lost {
            let mend =
                "Name the column in the first row, or clear the cell; in CSV, put quotes around texts with separators.";
            self.problems.push(Problem::at(
                self.row,
                &letters(place),
                "has no header, but something in this row",
                mend,
            ));
        }
    }
}

/// A cell as its spreadsheet would show it, more or less.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Error => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => {
            Amount::of_cell(*number).map_or_else(|| number.to_string(), |amount| amount.to_string())
        }
        Cell::Share(share) => {
            Amount::of_cell(*share).map_or_else(|| share.to_string(), |share| share.to_string()) + "%"
        }
        Cell::Flag(flag) => flag.to_string(),
        Cell::Day(day) => day.to_string(),
    }
}

/// A word of the sheet fit to be repeated: short, without control characters, and no figure.
fn quoted(word: &str) -> String {
    if word.is_empty() || word.contains(char::is_numeric) {
        return "something else".to_owned();
    }
    let word: String = word.chars().filter(|c| !c.is_control()).take(20).collect();
    format!("'{word}'")
}

/// A header fit to be repeated.
fn short(header: &str) -> String {
    header.chars().filter(|letter| !letter.is_control()).take(40).collect()
}

fn broken_formula(row: usize, column: &str) -> Problem {
    Problem::at(row, column, "holds a formula that went wrong", "Mend the formula, or write its value.")
}
