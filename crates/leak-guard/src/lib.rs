//! The leak guard (P9): what a message to the counterpart would give away before it goes out.
//!
//! Pure: a text and what is known of the negotiation in, findings out. [`check`] is the whole of it. Words are found by
//! [`Rules`], which are data ([`BUILT_IN`]) and can be replaced; numbers and days by comparing them with the privileged
//! values of the [`Context`], however they are written, and by looking for those from which a privileged one follows.
//!
//! English is read in full; German, French and Spanish for amounts, days and the plainest words. What is written in another
//! language is said to be unread ([`Checked::unread`]): "nothing found" holds of what was read. Findings are for the negotiator's eyes; texts of errors and for debugging hold no words of a message
//! and no value of a context.

mod context;
mod day;
mod finding;
mod fold;
mod language;
mod leave;
mod letter;
mod number;
mod privileged;
mod ranges;
mod reading;
mod relation;
mod rules;
mod spelling;
mod spoken;
mod values;
mod weighing;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub use context::{Context, Privileged, Value, What};
pub use finding::{Checked, Finding, LeakKind, Severity, Unread, Words};
pub use language::Language;
pub use rules::{BUILT_IN, Problem, RuleError, Rules};

use finding::Found;
use leave::Chars;
use reading::Reading;

/// A message is read up to this many bytes; what stands beyond is said to be unread.
pub const MOST_BYTES: usize = 1024 * 1024;
/// So many findings are told, the surest first; nobody mends more before asking again.
pub const MOST_FINDINGS: usize = 500;

/// What a message gives away, and what of it could not be read. The work is in proportion to the message's length.
pub fn check(message: &str, context: &Context, rules: &Rules) -> Checked {
    let languages = language::Languages::of(message);
    let read = up_to(message, MOST_BYTES);
    let reading = Reading::of(read, context, &rules.spelling);
    let weighed = rules.weighing.weigh(&reading.masked);
    let mut by_words = rules.find(&reading.masked);
    by_words.retain(|found| found.severity == Severity::Certain || !weighed.is_plain(&found.place));
    by_words.extend(weighed.find(&by_words));
    let by_words = by_words.iter().map(|found| placed(found, &reading.masked));
    let known = privileged::Known::of(context);
    let mut by_number = privileged::find(&reading, context, &known);
    by_number.extend(relation::find(&reading, context, &known));
    let by_number = by_number.iter().map(|found| placed(found, &reading.folded));
    let mut found = surest(by_words.chain(by_number).collect());
    let left_out = found.len().saturating_sub(MOST_FINDINGS);
    found.truncate(MOST_FINDINGS);
    Checked { findings: cut(read, found), left_out, unread: languages.unread, read_plainly: languages.read_plainly }
}

/// The words and pairs of words of a message as they are weighed together, each once: for counting the points of words anew.
pub fn words(message: &str, context: &Context, rules: &Rules) -> BTreeSet<String> {
    let reading = Reading::of(up_to(message, MOST_BYTES), context, &rules.spelling);
    weighing::words(&reading.masked.text)
}

/// As much of a text as has so many bytes, without its last letter where that would be cut.
fn up_to(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// A finding with its place in the message.
fn placed(found: &Found, text: &fold::Folded) -> Found {
    let sentence = text.sentence(found.place.start);
    Found { place: text.place(&found.place), sentence: text.place(&sentence), ..found.clone() }
}

/// Of overlapping findings of a kind the surest, of those the longest; the surest first.
fn surest(mut found: Vec<Found>) -> Vec<Found> {
    found.retain(|one| !one.place.is_empty());
    found.sort_by_key(|one| (one.severity, std::cmp::Reverse(one.place.len()), one.place.start));
    // What is kept is apart, so that of those before a place only the last can reach into it.
    let mut ends: BTreeMap<(LeakKind, usize), usize> = BTreeMap::new();
    found.retain(|one| {
        let before = ends.range(..(one.kind, one.place.end)).next_back();
        let overlaps = before.is_some_and(|(&(kind, _), &end)| kind == one.kind && one.place.start < end);
        if !overlaps {
            ends.insert((one.kind, one.place.start), one.place.end);
        }
        !overlaps
    });
    found
}

/// The findings with their words, in the order of these.
fn cut(message: &str, mut found: Vec<Found>) -> Vec<Finding> {
    found.sort_by_key(|one| (one.place.start, one.place.end, one.kind));
    let chars = Chars::of(message);
    let words = |bytes: Range<usize>| {
        let words = message.get(bytes.clone()).unwrap_or_default().trim_end().to_owned();
        let bytes = bytes.start..bytes.start + words.len();
        Words { chars: chars.before(bytes.start)..chars.before(bytes.end), bytes, words }
    };
    let cut = |one: Found| {
        let leave_out = words(leave::out(message, &one.sentence, &one.place));
        let Found { kind, severity, place, why, instead, rule, what, sentence: _ } = one;
        let Words { bytes, chars, words: excerpt } = words(place);
        Finding { kind, severity, bytes, chars, excerpt, why, instead, leave_out, rule, what }
    };
    found.into_iter().map(cut).collect()
}

#[cfg(test)]
mod tests;
