//! The fronts that read a file or a message: each by the reader that all its callers ask.

use leak_guard::{Context, LeakKind, Privileged, Rules, Value, What, check};
use terms::{Amount, Currency};

use crate::fronts::Answer;
use crate::rows::{Expected, Row};

fn currency(row: &Row) -> Option<Currency> {
    Some(row.currency.parse().expect("a currency"))
}

/// A cell in quotes.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn offers(read: Result<Vec<spreadsheet::Line>, Vec<spreadsheet::Problem>>) -> Answer {
    match read {
        Ok(lines) => Answer::Read(lines[0].offer.package.price.to_string()),
        Err(problems) => Answer::Refused(problems.iter().map(ToString::to_string).collect()),
    }
}

/// Offers as CSV.
pub fn csv(row: &Row) -> Answer {
    offers(spreadsheet::read_csv(format!("by,price\nthem,{}\n", quoted(row.spelling)).as_bytes(), currency(row)))
}

/// Offers as a workbook, the price a text.
pub fn xlsx(row: &Row) -> Answer {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let page = workbook.add_worksheet();
    for (line, cells) in [["by", "price"], ["them", row.spelling]].into_iter().enumerate() {
        for (column, cell) in cells.into_iter().enumerate() {
            page.write_string(line as u32, column as u16, cell).expect("a cell");
        }
    }
    offers(spreadsheet::read_xlsx(&workbook.save_to_buffer().expect("a workbook"), currency(row)))
}

/// An issue sheet as CSV: the walk-away of its price.
pub fn issue_sheet(row: &Row) -> Answer {
    let table = format!("issue,unit,from,to,step,walk away\nPrice,{},1,3,1,{}\n", row.currency, quoted(row.spelling));
    match spreadsheet::issues::read_csv(table.as_bytes(), "x") {
        Ok(sheet) => Answer::Read(sheet.walk_away.expect("a walk-away").to_string()),
        Err(problems) => Answer::Refused(problems.iter().map(ToString::to_string).collect()),
    }
}

/// An issue sheet as CSV: what an issue is worth.
pub fn worth(row: &Row) -> Answer {
    worth_of(row.currency, &quoted(row.spelling))
}

/// Whether a worth can be so: none is less than nothing, however plainly it is written.
pub fn is_a_worth(row: &Row) -> bool {
    match row.expected {
        Expected::Read(amount) => matches!(worth_of(row.currency, amount), Answer::Read(_)),
        _ => true,
    }
}

fn worth_of(currency: &str, cell: &str) -> Answer {
    let table =
        format!("issue,unit,options,from,to,step,worth\nPrice,{currency},,1,3,1,\nPlace,,here|there,,,,{cell}\n");
    match spreadsheet::issues::read_csv(table.as_bytes(), "x") {
        Ok(sheet) => Answer::Read(sheet.issues[1].ours.worth.expect("a worth").likely().to_string()),
        Err(problems) => Answer::Refused(problems.iter().map(ToString::to_string).collect()),
    }
}

/// A case file: what a later deal is worth, in quotes.
pub fn case_file(row: &Row) -> Answer {
    let is_negative = row.is_negative();
    let (walk_away, each) = if is_negative {
        (format!("\"{}\"", row.spelling), "1".to_owned())
    } else {
        ("0".to_owned(), format!("\"{}\"", row.spelling))
    };
    let text = format!(
        "title = \"x\"\nrole = \"seller\"\ncurrency = \"{}\"\nvalue = {{ walk_away = {walk_away}, target = 20_000 }}\n\
         counterpart = {{ limit = 10_000 }}\ntime = {{ rounds_left = 6 }}\nfuture = {{ later_deals = 1, value_per_deal = {each} }}\n",
        row.currency
    );
    match case_file::read(text.as_bytes()) {
        Ok(case) if is_negative => Answer::Read(case.value.walk_away.likely().to_string()),
        Ok(case) => Answer::Read(case.future.value_per_deal.expect("it is given").likely().to_string()),
        Err(problems) => Answer::Refused(problems.iter().map(ToString::to_string).collect()),
    }
}

/// The leak guard: whether a message that says it gives the amount away; of two readings, either.
pub fn guard(row: &Row) -> Answer {
    match row.expected {
        Expected::Read(amount) if is_found(amount, row.spelling) => Answer::Read(amount.to_owned()),
        Expected::Either(one, other) if is_found(one, row.spelling) => {
            Answer::Refused(format!("could be {one} or {other}"))
        }
        _ => Answer::Refused("not found".to_owned()),
    }
}

/// Whether the leak guard finds the amount where it is written as plainly as can be. It refuses nothing, so that what is no amount
/// is nothing to it.
pub fn is_guarded(row: &Row) -> bool {
    match row.expected {
        Expected::Read(amount) | Expected::Either(amount, _) => is_found(amount, amount.trim_start_matches('-')),
        _ => false,
    }
}

fn is_found(amount: &str, spelling: &str) -> bool {
    let value = Value::Amount(amount.trim_start_matches('-').parse::<Amount>().expect("an amount"));
    let context = Context { privileged: vec![Privileged { what: What::WalkAway, value }], ..Context::default() };
    let message = format!("We could settle at {spelling} if you agree.");
    check(&message, &context, Rules::built_in()).findings.iter().any(|finding| finding.kind == LeakKind::Number)
}
