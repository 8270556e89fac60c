//! One spelling, one answer: every way to write an amount, really run through every front. The table that comes of it is
//! `docs/amounts.md`.

#[path = "faults/client.rs"]
mod client;
#[path = "faults/desk.rs"]
#[expect(dead_code, reason = "shared with the tests of faults, which ask it for more")]
mod desk;
#[path = "amounts/files.rs"]
mod files;
#[path = "amounts/fronts.rs"]
mod fronts;
#[path = "amounts/rows.rs"]
mod rows;

use std::fmt::Write as _;
use std::path::Path;

use fronts::{Answer, FRONTS, Front, Fronts};
use rows::{Expected, ROWS, Row};

#[test]
fn every_front_gives_one_answer_to_one_spelling() {
    let fronts = Fronts::start();
    let mut wrong = Vec::new();
    let mut table = String::new();
    for row in &ROWS {
        let mut cells = Vec::new();
        for front in &FRONTS {
            if !(front.asks)(row) {
                cells.push("–".to_owned());
                continue;
            }
            let (expected, answer) = ((front.expected)(row), (front.answer)(&fronts, row));
            if !is_right(row, &expected, &answer) {
                wrong.push(format!("{}, {:?} in {}: {answer:?}", front.name, row.spelling, row.currency));
            }
            cells.push(if expected == row.expected { "✓".to_owned() } else { told(&expected) });
        }
        let _ = writeln!(
            table,
            "| `{}` | {} | {} | {} |",
            row.spelling.replace('|', "\\|"),
            row.currency,
            told(&row.expected),
            cells.join(" | ")
        );
    }
    assert!(wrong.is_empty(), "{} answers are not the one expected:\n{}", wrong.len(), wrong.join("\n"));
    is_current(&table, &FRONTS.each_ref().map(|front| front.name));
}

/// Only what can't be asked there is left unasked.
#[test]
fn what_a_front_does_not_ask_can_not_be_asked_there() {
    let unasked = |front: &Front| ROWS.iter().filter(|row| !(front.asks)(row)).collect::<Vec<_>>();
    for front in &FRONTS {
        let unasked = unasked(front);
        let can_be = match front.name {
            // None is worth less than nothing.
            "its worth" => unasked.iter().all(|row| row.is_negative()),
            // It refuses nothing, but may find either of two amounts.
            "leak guard" => !unasked.iter().any(|row| matches!(row.expected, Expected::Read(_) | Expected::Either(..))),
            _ => unasked.is_empty(),
        };
        assert!(can_be, "{} does not ask {unasked:?}", front.name);
    }
}

fn is_right(row: &Row, expected: &Expected, answer: &Answer) -> bool {
    match (answer, expected) {
        (Answer::Read(read), Expected::Read(amount)) => same(read, amount),
        (Answer::Words(words), Expected::Words) => words == row.spelling,
        (Answer::Refused(told), Expected::Either(one, other)) => told.contains(&format!("could be {one} or {other}")),
        (Answer::Refused(told), Expected::Other(named)) => told.contains(&format!("is in {named}")),
        (Answer::Refused(told), Expected::Share) => told.contains("is a share"),
        (Answer::Refused(told), Expected::TooLong) => told.contains("has too many digits"),
        (Answer::Refused(told), Expected::NoNumber) => told.contains("is not a number"),
        _ => false,
    }
}

/// Whether two machine forms are one number: `1200.50` and `1200.5`.
fn same(one: &str, other: &str) -> bool {
    let read = |text: &str| text.parse::<f64>().ok();
    read(one).is_some() && read(one) == read(other)
}

fn told(expected: &Expected) -> String {
    match expected {
        Expected::Read(amount) => (*amount).to_owned(),
        Expected::Either(one, other) => format!("refused: could be {one} or {other}"),
        Expected::Other(named) => format!("refused: is in {named}"),
        Expected::Share => "refused: a share".to_owned(),
        Expected::TooLong => "refused: too many digits".to_owned(),
        Expected::NoNumber => "refused: not a number".to_owned(),
        Expected::Words => "in words".to_owned(),
    }
}

const OPEN: &str = "<!-- spellings: written by `cargo xtask bless` -->\n";
const CLOSE: &str = "<!-- end of spellings -->\n";

/// Holds the table in the docs to what was found, or writes it anew under `UPSTAIRS_BLESS`.
fn is_current(table: &str, fronts: &[&str]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/amounts.md");
    let text = std::fs::read_to_string(&path).expect("the page is there");
    let (before, rest) = text.split_once(OPEN).expect("a mark before the table");
    let (_, after) = rest.split_once(CLOSE).expect("a mark after the table");
    let head = format!("| written | in | answer | {} |\n|{}\n", fronts.join(" | "), "---|".repeat(fronts.len() + 3));
    let current = format!("{before}{OPEN}{head}{table}{CLOSE}{after}");
    if std::env::var_os("UPSTAIRS_BLESS").is_some() {
        std::fs::write(&path, &current).expect("the page is written");
    }
    let committed = std::fs::read_to_string(&path).expect("the page is there");
    assert!(committed == current, "docs/amounts.md shows another table; if that is meant, `cargo xtask bless`");
}
