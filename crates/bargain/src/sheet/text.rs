//! Sheets as TOML: the product's own format.

use std::borrow::Cow;
use std::ops::Range;

use terms::{Currency, Quantity, Readings, Settling};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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
    let text = &*spelled_out(text)?;
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

/// The text with every quoted amount as a bare number: where a sheet has a number, people may write one as they write it
/// elsewhere. Lines stay what they were. What is not TOML is left to the reader.
fn spelled_out(text: &str) -> Result<Cow<'_, str>, Vec<SheetFault>> {
    let Ok(table) = DeTable::parse(text) else { return Ok(Cow::Borrowed(text)) };
    let sheet = table.get_ref();
    let currency = sheet.get("currency").and_then(|code| code.get_ref().as_str()).and_then(Currency::of_word);
    let mut amounts =
        Amounts { settling: Settling::of(currency), at: String::new(), numbers: Vec::new(), faults: Vec::new() };
    amounts.keys(sheet, &["walk_away", "their_walk_away"]);
    for issue in sheet.get("issues").and_then(|issues| issues.get_ref().as_array()).into_iter().flatten() {
        let Some(issue) = issue.get_ref().as_table() else { continue };
        let word = |key: &str| issue.get(key).and_then(|value| value.get_ref().as_str()).map(str::to_owned);
        let line = Line { unit: word("unit"), ..Line::default() };
        amounts.at = word("name").map_or_else(String::new, |name| format!("{name}."));
        amounts.settling.is_percent = line.is_in_percent();
        let is_price = sheet.get("price").and_then(|price| price.get_ref().as_str()) == word("name").as_deref();
        amounts.settling.is_count = !is_price && !line.is_in(currency);
        amounts.keys(issue, &["from", "to", "step"]);
        if issue.get("from").is_some() {
            amounts.keys(issue, &["opening", "target", "realistic", "walk_away", "mandate"]);
        }
        (amounts.settling.is_percent, amounts.settling.is_count) = (false, false);
        for side in ["ours", "theirs"] {
            if let Some(side) = issue.get(side).and_then(|side| side.get_ref().as_table()) {
                amounts.keys(side, &["worth", "values"]);
            }
        }
    }
    amounts.written_into(text)
}

/// Quoted amounts on their way to bare numbers.
struct Amounts {
    settling: Settling,
    /// Where in the sheet.
    at: String,
    numbers: Vec<(Range<usize>, String)>,
    faults: Vec<SheetFault>,
}

impl Amounts {
    fn keys(&mut self, table: &DeTable<'_>, keys: &[&str]) {
        for key in keys {
            if let Some(value) = table.get(*key) {
                self.value(key, value);
            }
        }
    }

    fn value(&mut self, key: &str, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::String(text) => {
                let number = Readings::of(text).and_then(|readings| readings.settled(self.settling));
                let may_be_range = matches!(key, "worth" | "their_walk_away");
                let range = may_be_range.then(|| Quantity::read(text, self.settling.currency).ok()).flatten();
                match (number, range) {
                    (Ok(number), _) => self.numbers.push((value.span(), number.0.to_string())),
                    (Err(_), Some(Quantity::Range { low, likely, high })) => {
                        let [low, likely, high] = [low, likely, high].map(|amount| amount.0);
                        let range = format!("{{ low = {low}, likely = {likely}, high = {high} }}");
                        self.numbers.push((value.span(), range));
                    }
                    (Err(misread), _) => {
                        self.faults.push(SheetFault { at: format!("{}{key}", self.at), what: misread.to_string() });
                    }
                }
            }
            DeValue::Table(range) => {
                for part in ["low", "likely", "high"] {
                    if let Some(value) = range.get(part) {
                        self.value(key, value);
                    }
                }
            }
            DeValue::Array(items) => items.iter().for_each(|item| self.value(key, item)),
            _ => {}
        }
    }

    fn written_into(mut self, text: &str) -> Result<Cow<'_, str>, Vec<SheetFault>> {
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        if self.numbers.is_empty() {
            return Ok(Cow::Borrowed(text));
        }
        self.numbers.sort_by_key(|(place, _)| place.start);
        let (mut written, mut from) = (String::with_capacity(text.len()), 0);
        for (place, number) in self.numbers {
            written.push_str(&text[from..place.start]);
            written.push_str(&number);
            from = place.end;
        }
        written.push_str(&text[from..]);
        Ok(Cow::Owned(written))
    }
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
