//! Issue sheets as tables: what [`read_csv`](super::read_csv) and [`read_xlsx`](super::read_xlsx) read again.

use bargain::sheet::{Choice, End, Line, Sheet, Side};
use terms::Quantity;

use super::COLUMNS;
use crate::problem::Problem;
use crate::{comma, workbook};

/// An issue sheet as CSV, but for what [`left_out`] tells.
pub fn write_csv(sheet: &Sheet) -> String {
    let mut text = String::new();
    comma::push_row(&mut text, titles());
    for line in &sheet.issues {
        comma::push_row(&mut text, COLUMNS.iter().map(|column| cell(sheet, line, column)));
    }
    text
}

/// An issue sheet as a workbook, but for what [`left_out`] tells. The same sheet gives the same bytes.
pub fn write_xlsx(sheet: &Sheet) -> Result<Vec<u8>, Problem> {
    let rows = sheet.issues.iter().map(|line| COLUMNS.iter().map(|column| cell(sheet, line, column)).collect());
    let titles = titles().collect();
    workbook::write_texts("Issues", &std::iter::once(titles).chain(rows).collect::<Vec<Vec<String>>>())
}

/// What of a sheet a table has no place for.
pub fn left_out(sheet: &Sheet) -> Vec<&'static str> {
    let is_range = |quantity: &Option<Quantity<f64>>| matches!(quantity, Some(Quantity::Range { .. }));
    let ranges = sheet.issues.iter().any(|line| is_range(&line.ours.worth) || is_range(&line.theirs.worth));
    let bars = sheet.issues.iter().any(|line| line.options.iter().any(|option| option.contains('|')));
    [
        (!sheet.together.is_empty(), "what options are worth together"),
        (sheet.their_walk_away.is_some(), "what no deal is worth to them"),
        (ranges, "ranges, of which the middle is kept"),
        (bars, "options with a bar in their name, which come apart"),
    ]
    .into_iter()
    .filter_map(|(lost, what)| lost.then_some(what))
    .collect()
}

fn titles() -> impl Iterator<Item = String> {
    COLUMNS.iter().map(|column| column.replace('_', " "))
}

/// A number that cannot be mistaken for thousands: three decimals get a fourth.
fn number(number: f64) -> String {
    let text = number.to_string();
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => text + "0",
        _ => text,
    }
}

fn one(choice: &Choice) -> String {
    match choice {
        Choice::Number(value) => number(*value),
        Choice::Name(name) => name.clone(),
    }
}

fn cell(sheet: &Sheet, line: &Line, column: &str) -> String {
    let is_price = sheet.price.as_ref() == Some(&line.name);
    let amount = |value: Option<f64>| value.map(number).unwrap_or_default();
    let choice = |choice: &Option<Choice>| choice.as_ref().map(one).unwrap_or_default();
    match column {
        "issue" => line.name.clone(),
        "unit" if is_price => sheet.currency.clone().unwrap_or_default(),
        "unit" => line.unit.clone().unwrap_or_default(),
        "options" => line.options.join(" | "),
        "from" => amount(line.from),
        "to" => amount(line.to),
        "step" => amount(line.step),
        "opening" => choice(&line.opening),
        "target" => choice(&line.target),
        "realistic" => choice(&line.realistic),
        "walk_away" if is_price => amount(sheet.walk_away),
        "walk_away" => choice(&line.walk_away),
        "mandate" => choice(&line.mandate),
        "no_deal" if sheet.price.is_none() && sheet.issues.first() == Some(line) => amount(sheet.walk_away),
        "no_deal" => String::new(),
        other => match other.strip_prefix("their_") {
            Some(rest) => of_side(&line.theirs, rest),
            None => of_side(&line.ours, other),
        },
    }
}

fn of_side(side: &Side, column: &str) -> String {
    let amount = |value: Option<f64>| value.map(number).unwrap_or_default();
    match column {
        "worth" => amount(side.worth.map(Quantity::likely)),
        "points" => amount(side.points),
        "rank" => side.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        "values" => side.values.iter().map(|value| number(*value)).collect::<Vec<_>>().join(" | "),
        "never" => side.never.iter().map(one).collect::<Vec<_>>().join(" | "),
        _ => match side.better {
            Some(End::High) => "high".to_owned(),
            Some(End::Low) => "low".to_owned(),
            None => String::new(),
        },
    }
}
