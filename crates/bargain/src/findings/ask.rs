//! The limit that is worth asking about, with the question drafted.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Desk, NEGLIGIBLE, stake};
use crate::limits::Relief;
use crate::sheet::Sheet;

/// What it would bring to have a limit relaxed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Ask {
    /// The issue whose limit it is.
    pub issue: String,
    /// The worst option allowed now.
    pub limit: String,
    /// The option to ask for, with its unit.
    pub to: String,
    /// The same as the sheet has it.
    pub to_option: String,
    /// The mean gain in the deal's worth to us.
    pub gain: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The chance that there is a deal to be had as it is.
    pub chance_before: f64,
    /// The same with the limit relaxed.
    pub chance_after: f64,
    /// The deal that would most often come of it.
    pub package: Option<Vec<String>>,
    /// The question, drafted; none where it would bring nothing to speak of.
    pub question: Option<String>,
}

impl Desk<'_> {
    pub(super) fn ask(&self, sheet: &Sheet, relief: &Relief) -> Ask {
        let issue = &self.values.domain.issues()[relief.issue];
        let row = &self.values.ours.parts()[relief.issue];
        let allowed = (0..row.len()).filter(|&option| self.allowed[relief.issue][option]);
        let limit = allowed.min_by(|&a, &b| row[a].total_cmp(&row[b]).then(b.cmp(&a)));
        let worth_a_word = NEGLIGIBLE * stake(&self.values.ours);
        let sure = relief.gain > worth_a_word.max(2.0 * relief.standard_error);
        let with_unit = |option: usize| {
            let unit = issue.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            let label = issue.options.label(option);
            format!("{}{unit}", if issue.options.number(option).is_some() { grouped(&label) } else { label })
        };
        let limit = limit.map_or_else(|| "nothing".to_owned(), with_unit);
        let to = with_unit(relief.to as usize);
        let unit = sheet.currency.as_deref().unwrap_or("points");
        let [before, after] = relief.chance.map(|chance| (100.0 * chance).round());
        let question = sure.then(|| {
            let chance = if after > before + 2.0 {
                format!(" and raises the chance that there is a deal to be had from {before} to {after} %")
            } else {
                String::new()
            };
            format!(
                "May I go to {to} on {} (the limit is {limit})? It is worth some {} {unit} to us on average{chance}.",
                issue.name,
                rounded(relief.gain)
            )
        });
        Ask {
            issue: issue.name.clone(),
            limit,
            to,
            to_option: issue.options.label(relief.to as usize),
            gain: relief.gain,
            standard_error: relief.standard_error,
            chance_before: relief.chance[0],
            chance_after: relief.chance[1],
            package: relief.package.as_ref().map(|package| self.values.domain.labels(package)),
            question,
        }
    }
}

/// Two figures that count: an average over guesses is good for no more.
fn rounded(value: f64) -> String {
    if value < 1.0 {
        return format!("{value:.1}");
    }
    let unit = libm::pow(10.0, (libm::log10(value).floor() - 1.0).max(0.0));
    grouped(&format!("{:.0}", (value / unit).round() * unit))
}

/// A number with its thousands apart.
fn grouped(number: &str) -> String {
    let (whole, decimals) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        let left = whole.len() - place;
        if place > 0 && left.is_multiple_of(3) && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + decimals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_two_figures() {
        assert_eq!(rounded(9_412.3), "9,400");
        assert_eq!(rounded(1_234_567.0), "1,200,000");
        assert_eq!(rounded(12.4), "12");
        assert_eq!(rounded(0.26), "0.3");
    }
}
