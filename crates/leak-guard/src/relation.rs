//! Numbers from which a privileged one follows: an offer and the room left, two ends and their middle, a share of a
//! price, so many times so much.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::context::{Context, Value, What, to_float};
use crate::finding::{Found, LeakKind, Severity};
use crate::number::{Number, Style};
use crate::privileged::{agreement, is_exchanged};
use crate::reading::Reading;

/// What follows without a word that says so must be this exact, or every sum would be one.
const EXACT: f64 = 0.000_01;
/// What follows in so many words, to one part in four hundred: shares are rounded.
const CLOSE: f64 = 0.002_5;
/// A message with more numbers is a table; of those only the first are compared with each other.
const MOST_NUMBERS: usize = 40;

/// Words that make a number a step from another.
static STEP: LazyLock<Regex> = LazyLock::new(|| {
    sound(
        r"\b(?:room|left|leeway|slack|headroom|wiggle|further|additional|extra|another|more|less|off|lower|higher|down|up|discount|flexib\w+|cushion|buffer|margin|reduction|increase|concession|move|movement|give|shave|knock|add|on top|come|stretch|away|short|gap|difference|apart|from (?:there|that|our|the)|below|above|under|over|better|half|reserve|save|saving|cut|drop|raise|improve|play with|spare)\b",
    )
});
static MIDDLE: LazyLock<Regex> = LazyLock::new(|| {
    sound(
        r"\b(?:split(?:ting)? (?:the )?(?:difference|it|down|the gap)|meet(?:ing)? (?:you |each other |us )?(?:half ?-?way|in the middle)|mid-?point|half ?-?way|in the middle|middle (?:ground|between)|fifty[- ]fifty|average of|go halves|in between)\b",
    )
});

/// Words that make a share one of our price or theirs.
static OF_PRICE: LazyLock<Regex> = LazyLock::new(|| {
    sound(
        r"\b(?:off|discount|rebate|concession|reduction|reduce|lower|cut|knock|shave|drop|come (?:down|up)|go (?:down|up|to|for)|move|another|further|more|less|raise|improve|better|room|left|leeway|slack|give|add|(?:our|your|my|that|this|the) (?:[a-z]+ ){0,2}(?:offer|price|bid|quote|quotation|proposal|number|figure|demand|ask))\b",
    )
});
/// Shares of what is no price between the two: published lists, indices, penalties, securities, and the past.
static OF_ELSE: LazyLock<Regex> = LazyLock::new(|| {
    sound(
        r"\b(?:list prices?|as published|price list|index|inflation|surcharge|went (?:up|down)|rose|risen|fell|fallen|climbed|last year|previous year|since|per (?:week|day|month|annum|year)|a (?:week|month) of|damages|penalt\w+|guarantee|retention|bond|vat|tax|taxes|interest|humidity|efficiency|on time|uptime|availability|recovery|tolerance|yield|scrap|capacity|volume|market share)\b",
    )
});

fn sound(text: &str) -> Regex {
    Regex::new(text).expect("the crate's own patterns are sound")
}

/// A number that the reader knows or is told.
struct Told {
    value: f64,
    /// Where the message says it; the exchanged are known without.
    number: Option<usize>,
}

struct Secret {
    what: What,
    value: f64,
}

/// The places from which a privileged amount follows, in a message.
pub(crate) fn find(reading: &Reading, context: &Context) -> Vec<Found> {
    let secrets = secrets(context);
    if secrets.is_empty() {
        return Vec::new();
    }
    let numbers: Vec<&Number> = reading.numbers.iter().take(MOST_NUMBERS).collect();
    let is_stated = |number: &Number| {
        let before = reading.before(number.place.start);
        context.privileged.iter().any(|privileged| agreement(number, privileged.value, before).is_some())
            && !is_exchanged(number, context, before)
    };
    // A number that is privileged itself is found as such; nothing more follows from it.
    let numbers: Vec<&Number> = numbers.into_iter().filter(|number| !is_stated(number)).collect();
    let told = told(&numbers, context);
    let mut found = Vec::new();
    for secret in &secrets {
        found.extend(numbers.iter().enumerate().filter_map(|(index, number)| {
            let severity = step(reading, (index, number), &numbers, &told, secret)?;
            Some(Found { place: number.place.clone(), severity, ..follows(secret.what) })
        }));
        found.extend(middle(reading, &numbers, &told, secret));
    }
    found
}

fn secrets(context: &Context) -> Vec<Secret> {
    let amount = |value: Value| match value {
        Value::Amount(amount) => Some(to_float(amount)),
        Value::Percent(_) | Value::Number(_) | Value::Day(_) => None,
    };
    let public: Vec<f64> = context.exchanged.iter().filter_map(|value| amount(*value)).collect();
    let secret = context.privileged.iter().filter_map(|one| Some(Secret { what: one.what, value: amount(one.value)? }));
    secret.filter(|one| one.value != 0.0 && !public.iter().any(|public| is_near(*public, one.value, EXACT))).collect()
}

fn told(numbers: &[&Number], context: &Context) -> Vec<Told> {
    let in_text = numbers
        .iter()
        .enumerate()
        .filter(|(_, number)| matches!(number.style, Style::Money | Style::Plain) && !number.is_lone_word);
    let in_text = in_text
        .flat_map(|(index, number)| number.readings.iter().map(move |&value| Told { value, number: Some(index) }));
    let known = context.exchanged.iter().filter_map(|value| match value {
        Value::Amount(amount) => Some(Told { value: to_float(*amount), number: None }),
        Value::Percent(_) | Value::Number(_) | Value::Day(_) => None,
    });
    in_text.chain(known).collect()
}

fn is_near(one: f64, other: f64, tolerance: f64) -> bool {
    (one - other).abs() <= tolerance * other.abs()
}

/// Whether a number leads from one that is told to the secret, and how surely.
fn step(
    reading: &Reading,
    (index, number): (usize, &Number),
    numbers: &[&Number],
    told: &[Told],
    secret: &Secret,
) -> Option<Severity> {
    if number.is_lone_word && number.style != Style::Count {
        return None;
    }
    let sentence = &reading.folded.text[reading.folded.sentence(number.place.start)];
    // A share names what it is one of, or it is none of a price here.
    let is_of_price = number.style != Style::Percent || (OF_PRICE.is_match(sentence) && !OF_ELSE.is_match(sentence));
    let has_word = STEP.is_match(sentence) && is_of_price;
    let leads = |base: &Told, by: f64, tolerance: f64| {
        let results = match number.style {
            Style::Percent => {
                vec![base.value * (1.0 - by / 100.0), base.value * (1.0 + by / 100.0), base.value * by / 100.0]
            }
            // A count multiplies a price; it is never added to one.
            Style::Count => vec![base.value * by],
            Style::Money => vec![base.value - by, base.value + by],
            Style::Plain if number.scale == 1.0 && by < 1000.0 && base.value >= 1000.0 => {
                vec![base.value - by * 1e3, base.value + by * 1e3, base.value * by]
            }
            Style::Plain => vec![base.value - by, base.value + by],
        };
        by != 0.0 && results.iter().any(|result| is_near(*result, secret.value, tolerance))
    };
    let others = || told.iter().filter(|base| base.number != Some(index));
    let any = |tolerance: f64, known: bool| {
        let bases = || others().filter(|base| known || base.number.is_some());
        number
            .readings
            .iter()
            .any(|&by| bases().any(|base| leads(base, by, tolerance) && by.abs() < secret.value.abs()))
    };
    // In a sum of two, both are steps: only the smaller is told of.
    let is_larger = |base: &Told| base.number.is_some_and(|at| at > index) && numbers[index].style != Style::Percent;
    if has_word && number.style != Style::Count && any(tolerance_in_words(number), true) {
        return Some(Severity::Likely);
    }
    let is_first_of_sum =
        number.readings.iter().any(|&by| others().any(|base| is_larger(base) && leads(base, by, EXACT)));
    (!is_first_of_sum && is_of_price && any(EXACT, false)).then_some(Severity::Look)
}

/// How exact a step in words must be: shares may be rounded, amounts may not.
fn tolerance_in_words(number: &Number) -> f64 {
    if number.style == Style::Percent { CLOSE } else { EXACT * 50.0 }
}

/// The middle of two that are told, where the message speaks of a middle or names both.
fn middle(reading: &Reading, numbers: &[&Number], told: &[Told], secret: &Secret) -> Option<Found> {
    let halves = |pairs_known: bool, tolerance: f64| {
        told.iter().enumerate().any(|(index, one)| {
            told[index + 1..].iter().any(|two| {
                let in_text = usize::from(one.number.is_some()) + usize::from(two.number.is_some());
                (pairs_known || (in_text == 2 && one.number != two.number))
                    && one.value != two.value
                    && is_near(f64::midpoint(one.value, two.value), secret.value, tolerance)
            })
        })
    };
    if let Some(words) = MIDDLE.find(&reading.folded.text).filter(|_| halves(true, EXACT * 50.0)) {
        return Some(Found { place: words.range(), severity: Severity::Likely, ..follows(secret.what) });
    }
    // Two numbers of a message have a middle whether it is meant or not.
    let pair = numbers.windows(2).find(|pair| {
        let between = &reading.folded.text[pair[0].place.end..pair[1].place.start];
        let is_range =
            between.len() <= 12 && (between.contains('-') || between.contains(" to ") || between.contains(" and "));
        is_range
            && pair[0].readings.iter().any(|one| {
                pair[1].readings.iter().any(|two| one != two && is_near(f64::midpoint(*one, *two), secret.value, EXACT))
            })
    })?;
    let place: Range<usize> = pair[0].place.start..pair[1].place.end;
    Some(Found { place, severity: Severity::Look, ..follows(secret.what) })
}

fn follows(what: What) -> Found {
    Found {
        kind: LeakKind::Number,
        severity: Severity::Look,
        place: 0..0,
        why: format!("With what else they know, {} follows from this.", what.words()),
        instead: Some("Leave one of the figures out, or change the step.".to_owned()),
        rule: "relation".to_owned(),
        what: Some(what),
    }
}
