//! Sheets as TOML: the product's own format.

use super::check::SheetFault;
use super::{Line, Sheet};

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

/// A sheet with nothing but issues and options, to be filled in.
pub fn of_domain(domain: &crate::Domain) -> Sheet {
    let issues = domain.issues().iter().map(|issue| {
        let numbers = issue.options.number(0).zip(issue.options.number(issue.options.len() - 1));
        let step = issue.options.number(1).zip(issue.options.number(0)).map(|(second, first)| second - first);
        let options = (0..issue.options.len()).map(|option| issue.options.label(option));
        Line {
            name: issue.name.clone(),
            unit: issue.unit.clone(),
            options: if numbers.is_some() { Vec::new() } else { options.collect() },
            from: numbers.map(|(first, _)| first),
            to: numbers.map(|(_, last)| last),
            step,
            ..Line::default()
        }
    });
    Sheet { title: domain.name().to_owned(), issues: issues.collect(), ..Sheet::default() }
}
