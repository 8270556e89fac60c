//! Numbers and days of a message that are privileged themselves.

use std::sync::LazyLock;

use regex::Regex;

use crate::context::{Context, Value, What, to_float};
use crate::finding::{Found, LeakKind, Severity};
use crate::number::{Number, Style};
use crate::reading::Reading;
use crate::values::Values;

/// Two numbers within one part in two thousand are the same.
const SAME: f64 = 0.000_5;
/// A number that rounding made of a privileged one is it, if within one part in two hundred and fifty: "1.06" of
/// 1,057,000.
const ROUNDED: f64 = 0.004;

/// How well a number of a text agrees with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Agreement {
    /// It is the same.
    Same,
    /// It is the same once rounded as it is written, or in thousands or millions.
    Meant,
}

/// Whether two numbers are the same up to the tolerance.
pub(crate) fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() <= SAME * other.abs()
}

/// Words after which a bare number may be in thousands or millions.
static PRICED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|\b(?:at|to|for|of|around|about|near|roughly|above|below|over|under|do|than|is|was|between|and|say|like|accept|take|pay|price|approx\.?|exceed|from|reach|hit|offer|just|maybe|or))[ ~$]*$")
        .expect("the crate's own patterns are sound")
});

/// How a number agrees with a value, if it does; `before` is the text before it.
pub(crate) fn agreement(number: &Number, value: Value, before: &str) -> Option<Agreement> {
    let (value, fits) = match value {
        Value::Amount(amount) => (to_float(amount), matches!(number.style, Style::Money | Style::Plain)),
        Value::Percent(amount) => (to_float(amount), number.style == Style::Percent),
        Value::Number(amount) => (to_float(amount), matches!(number.style, Style::Plain | Style::Count)),
        Value::Day(_) => return None,
    };
    let is_money = fits && number.style != Style::Percent && value.abs() >= 1000.0;
    if !fits || value == 0.0 || (number.is_lone_word && number.style != Style::Count) {
        return None;
    }
    let close = |reading: f64, scale: f64| {
        let off = (reading * scale - value.abs()).abs();
        off <= number.rounding * scale && off <= ROUNDED * value.abs()
    };
    if number.readings.iter().any(|&reading| is_same(reading, value.abs())) {
        return Some(Agreement::Same);
    }
    let in_thousands =
        |reading: f64| [1e3, 1e6].iter().any(|&scale| is_same(reading * scale, value.abs()) || close(reading, scale));
    let is_scaled = is_money
        && number.style == Style::Plain
        && number.scale == 1.0
        && number.readings.iter().any(|&reading| in_thousands(reading))
        && PRICED.is_match(before);
    (is_scaled || number.readings.iter().any(|&reading| close(reading, 1.0))).then_some(Agreement::Meant)
}

/// What is privileged and what was exchanged, ready to be looked up.
pub(crate) struct Known {
    privileged: Values<What>,
    exchanged: Values<()>,
}

impl Known {
    pub fn of(context: &Context) -> Self {
        let privileged = context.privileged.iter().map(|one| (one.value, one.what));
        Self {
            privileged: Values::of(privileged),
            exchanged: Values::of(context.exchanged.iter().map(|value| (*value, ()))),
        }
    }

    /// Whether a number has been exchanged already.
    pub fn is_exchanged(&self, number: &Number, before: &str) -> bool {
        let is_public = |value: Value| match agreement(number, value, before) {
            Some(Agreement::Same) => true,
            Some(Agreement::Meant) => number.scale == 1.0 && number.style == Style::Plain,
            None => false,
        };
        self.exchanged.near(number).any(|(value, ())| is_public(value))
    }

    /// The privileged value that a number is, and how well it agrees; none where it was exchanged.
    pub fn privileged(&self, number: &Number, before: &str) -> Option<(Agreement, What)> {
        let agrees = |(value, what): (Value, What)| Some((agreement(number, value, before)?, what));
        let best = self.privileged.near(number).filter_map(agrees).min()?;
        (!self.is_exchanged(number, before)).then_some(best)
    }
}

/// The privileged numbers and days that the message states.
pub(crate) fn find(reading: &Reading, context: &Context, known: &Known) -> Vec<Found> {
    let numbers = reading.numbers.iter().filter_map(|number| stated(reading, number, known));
    let days = reading.days.iter().filter_map(|mention| {
        let is_named = |value: &Value| match value {
            Value::Day(day) => mention.days.iter().any(|named| named.is(*day)),
            _ => false,
        };
        // "Your year end" is theirs, whatever day it is.
        let before = reading.before(mention.place.start).trim_end();
        let is_theirs =
            before.ends_with("your") || ["your fiscal", "your financial"].iter().any(|end| before.ends_with(end));
        let privileged = context.privileged.iter().find(|one| !is_theirs && is_named(&one.value))?;
        (!context.exchanged.iter().any(is_named))
            .then(|| found(privileged.what, Severity::Certain, mention.place.clone(), "This day is"))
    });
    numbers.chain(days).collect()
}

fn stated(reading: &Reading, number: &Number, known: &Known) -> Option<Found> {
    let (agreement, what) = known.privileged(number, reading.before(number.place.start))?;
    let is_plain_count = number.style == Style::Plain && number.readings.iter().all(|&reading| reading < 1000.0);
    let severity = match agreement {
        Agreement::Same if is_plain_count => Severity::Likely,
        Agreement::Same => Severity::Certain,
        Agreement::Meant => Severity::Likely,
    };
    let says = if agreement == Agreement::Same { "This number is" } else { "This number is as good as" };
    Some(found(what, severity, number.place.clone(), says))
}

fn found(what: What, severity: Severity, place: std::ops::Range<usize>, says: &str) -> Found {
    Found {
        kind: LeakKind::Number,
        severity,
        place,
        sentence: 0..0,
        why: format!("{says} {}, which they haven't seen.", what.words()),
        instead: Some("Leave it out, or name an offer in its place.".to_owned()),
        rule: "number".to_owned(),
        what: Some(what),
    }
}
