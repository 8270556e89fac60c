//! Sheets as TOML: the product's own format.

use super::check::SheetFault;
use super::{Choice, Line, Sheet, Side, Together};
use crate::domain::{Domain, Issue};
use crate::scoring::Scoring;

/// Bytes of a sheet at most.
pub const MOST_BYTES: usize = 1 << 20;

/// Reads a sheet. What is read is sound: [`Values::of`](super::Values::of) takes it.
pub fn read(text: &str) -> Result<Sheet, Vec<SheetFault>> {
    let fault = |what: String| vec![SheetFault { at: "the sheet".to_owned(), what }];
    if text.len() > MOST_BYTES {
        return Err(fault(format!("is larger than {MOST_BYTES} bytes")));
    }
    let sheet: Sheet = toml::from_str(text).map_err(|cause: toml::de::Error| {
        let line = cause.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
        vec![SheetFault {
            at: line.map_or_else(|| "the sheet".to_owned(), |line| format!("line {line}")),
            what: told(cause.message()),
        }]
    })?;
    let faults = sheet.check();
    if faults.is_empty() { Ok(sheet) } else { Err(faults) }
}

/// What the reader of TOML complains of, without the value that it complains of: sheets are private.
fn told(message: &str) -> String {
    if message.contains("untagged enum Quantity") {
        return "expected a number, or { low, likely, high }".to_owned();
    }
    if message.contains("untagged enum Choice") {
        return "expected a number or a name".to_owned();
    }
    match message.split_once(", expected ") {
        Some((told, expected)) if told.starts_with("invalid") => format!("expected {expected}"),
        _ => message.to_owned(),
    }
}

/// Writes a sheet; reading it gives the same.
pub fn write(sheet: &Sheet) -> String {
    // Every key of a sheet is a text and every number finite, so that nothing can stand in the way.
    toml::to_string(sheet).unwrap_or_default()
}

/// The sheet of a domain whose values are known to both sides, in points above the worst. What a sheet has no place for is
/// left out: a cap on the sum, discounts, and what no deal is worth to them.
pub fn of_profiles(domain: &Domain, ours: &Scoring, theirs: &Scoring) -> Sheet {
    let issues = domain.issues().iter().enumerate().map(|(place, issue)| Line {
        ours: side(issue, &ours.parts()[place], ours),
        theirs: side(issue, &theirs.parts()[place], theirs),
        ..line(issue)
    });
    let together = [(ours, true), (theirs, false)].into_iter().flat_map(|(scoring, us)| {
        scoring.interactions().iter().map(move |interaction| {
            let amount = scoring.scaled_down(interaction.amount);
            Together {
                when: interaction
                    .within
                    .iter()
                    .map(|(place, options)| chosen(&domain.issues()[*place], options))
                    .collect(),
                ours: if us { amount } else { 0.0 },
                theirs: if us { 0.0 } else { amount },
            }
        })
    });
    let worst: f64 = ours.parts().iter().map(|row| least(row)).sum();
    let walk_away = Some(ours.reservation - ours.scaled_down(ours.base() + worst)).filter(|value| value.is_finite());
    Sheet {
        title: domain.name().to_owned(),
        walk_away,
        together: together.collect(),
        issues: issues.collect(),
        ..Sheet::default()
    }
}

fn line(issue: &Issue) -> Line {
    let count = issue.options.len();
    let numbers = issue.options.number(0).zip(issue.options.number(count - 1));
    let step = issue.options.number(1).zip(issue.options.number(0)).map(|(second, first)| second - first);
    let options = (0..count).map(|option| issue.options.label(option));
    Line {
        name: issue.name.clone(),
        unit: issue.unit.clone(),
        options: if numbers.is_some() { Vec::new() } else { options.collect() },
        from: numbers.map(|(first, _)| first),
        to: numbers.map(|(_, last)| last),
        // A step beyond the end, where there is but one option.
        step: numbers.map(|_| step.filter(|_| count > 1).unwrap_or(1.0)),
        ..Line::default()
    }
}

fn side(issue: &Issue, row: &[f64], scoring: &Scoring) -> Side {
    let worst = least(row);
    // A deal-breaker has no value; the worst stands for it, and `never` says what it is.
    let values = row.iter().map(|value| scoring.scaled_down(value.max(worst) - worst)).collect();
    let barred = (0..row.len()).filter(|&option| !row[option].is_finite()).map(|option| choice(issue, option));
    Side { values, never: barred.collect(), ..Side::default() }
}

fn least(row: &[f64]) -> f64 {
    row.iter().copied().filter(|value| value.is_finite()).fold(f64::INFINITY, f64::min)
}

fn choice(issue: &Issue, option: usize) -> Choice {
    issue.options.number(option).map_or_else(|| Choice::Name(issue.options.label(option)), Choice::Number)
}

fn chosen(issue: &Issue, options: &[bool]) -> (String, Vec<Choice>) {
    let chosen = (0..options.len()).filter(|&option| options[option]).map(|option| choice(issue, option));
    (issue.name.clone(), chosen.collect())
}
