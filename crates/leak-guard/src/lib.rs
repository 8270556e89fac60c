//! The leak guard (P9): what a message to the counterpart would give away before it goes out.
//!
//! Pure: a text and what is known of the negotiation in, findings out. [`check`] is the whole of it. Words are found by
//! [`Rules`], which are data ([`BUILT_IN`]) and can be replaced; numbers and days by comparing them with the privileged
//! values of the [`Context`], however they are written, and by looking for those from which a privileged one follows.
//!
//! English only. Findings are for the negotiator's eyes; texts of errors and for debugging hold no words of a message
//! and no value of a context.

mod context;
mod day;
mod finding;
mod fold;
mod number;
mod privileged;
mod reading;
mod relation;
mod rules;
mod spelling;
mod spoken;
mod weighing;

use std::collections::BTreeSet;

pub use context::{Context, Privileged, Value, What};
pub use finding::{Finding, LeakKind, Severity};
pub use rules::{BUILT_IN, Problem, RuleError, Rules};

use finding::Found;
use reading::Reading;

/// What a message gives away, in the order of its words. Where findings of one kind overlap, the surest is kept.
pub fn check(message: &str, context: &Context, rules: &Rules) -> Vec<Finding> {
    let reading = Reading::of(message, context, &rules.spelling);
    let mut by_words = rules.find(&reading.masked);
    by_words
        .retain(|found| found.severity == Severity::Certain || !rules.weighing.is_plain(&reading.masked, &found.place));
    by_words.extend(rules.weighing.find(&reading.masked, &by_words));
    let by_words = by_words.iter().map(|found| placed(found, &reading.masked));
    let mut by_number = privileged::find(&reading, context);
    by_number.extend(relation::find(&reading, context));
    let by_number = by_number.iter().map(|found| placed(found, &reading.folded));
    let findings = surest(by_words.chain(by_number).collect());
    findings.into_iter().map(|found| cut(message, found)).collect()
}

/// The words and pairs of words of a message as they are weighed together, each once: for counting the points of words anew.
pub fn words(message: &str, context: &Context, rules: &Rules) -> BTreeSet<String> {
    let reading = Reading::of(message, context, &rules.spelling);
    weighing::words(&reading.masked.text)
}

/// A finding with its place in the message.
fn placed(found: &Found, text: &fold::Folded) -> Found {
    Found { place: text.place(&found.place), ..found.clone() }
}

/// Of overlapping findings of a kind the surest, of those the longest; all in order.
fn surest(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|one| (one.severity, std::cmp::Reverse(one.place.len()), one.place.start));
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for one in found {
        let overlaps = |other: &Found| {
            other.kind == one.kind && other.place.start < one.place.end && one.place.start < other.place.end
        };
        if !one.place.is_empty() && !kept.iter().any(overlaps) {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| (one.place.start, one.place.end, one.kind));
    kept
}

fn cut(message: &str, found: Found) -> Finding {
    let Found { kind, severity, place, why, instead, rule, what } = found;
    let excerpt = message.get(place.clone()).unwrap_or_default().trim_end();
    let bytes = place.start..place.start + excerpt.len();
    let first = message.get(..bytes.start).unwrap_or_default().chars().count();
    let chars = first..first + excerpt.chars().count();
    Finding { kind, severity, bytes, chars, excerpt: excerpt.to_owned(), why, instead, rule, what }
}
