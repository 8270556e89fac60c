//! Numbers from which a privileged one follows: an offer and the room left, two ends and their middle, a share of a
//! price, so many times so much.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::context::{Context, Value, What, to_float};
use crate::finding::{Found, LeakKind, Severity};
use crate::number::{Number, Style};
use crate::privileged::Known;
use crate::reading::Reading;
use crate::work::goes_through;

/// What follows without a word that says so must be this exact, or every sum would be one.
const EXACT: f64 = 0.000_01;
/// What follows in so many words, to one part in four hundred: shares are rounded.
const CLOSE: f64 = 0.002_5;
/// A message with more numbers is a table; of those only the first are compared with each other.
const MOST_NUMBERS: usize = 40;
/// So many secrets, and so many of the latest amounts exchanged, are compared with a message's numbers: each with each.
const MOST_KNOWN: usize = 120;

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

/// Words that make a middle one of two prices and not of a hall or a year.
static BETWEEN_PRICES: LazyLock<Regex> = LazyLock::new(|| {
    sound(
        r"\$|\d{3}|\d[.,]\d|\b(?:split\w*|meet\w*|met|offers?|prices?|figures?|numbers?|proposals?|positions?|bids?|quotes?|agree\w*|settle\w*|deal|compromise)\b",
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
pub(crate) fn find(reading: &Reading, context: &Context, known: &Known) -> Vec<Found> {
    let secrets = secrets(context);
    if secrets.is_empty() {
        return Vec::new();
    }
    // A number that is privileged itself is found as such; nothing more follows from it.
    let is_stated = |number: &Number| known.privileged(number, reading.before(number.place.start)).is_some();
    let numbers: Vec<&Number> = reading.numbers.iter().take(MOST_NUMBERS).filter(|number| !is_stated(number)).collect();
    let told = told(&numbers, context);
    let steps: Vec<Step> = numbers.iter().map(|number| Step::of(reading, number)).collect();
    goes_through(reading.folded.text.len());
    let middle_words = reading.folded.blocks().into_iter().find_map(|block| {
        let of_prices = |words: &Range<usize>| {
            let sentence = &reading.folded.text[reading.folded.sentence(words.start)];
            goes_through(sentence.len());
            BETWEEN_PRICES.is_match(sentence)
        };
        let all = MIDDLE.find_iter(&reading.folded.text[block.clone()]);
        all.map(|words| words.start() + block.start..words.end() + block.start).find(of_prices)
    });
    let mut found = Vec::new();
    for secret in &secrets {
        found.extend(steps.iter().enumerate().filter_map(|(index, step)| {
            let severity = step.severity(index, &numbers, &told, secret)?;
            Some(Found { place: step.number.place.clone(), severity, ..follows(secret.what) })
        }));
        found.extend(middle(reading, &numbers, middle_words.as_ref(), &told, secret));
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
    let mut secrets: Vec<Secret> = secret
        .filter(|one| one.value != 0.0 && !public.iter().any(|public| is_near(*public, one.value, EXACT)))
        .collect();
    secrets.sort_by(|one, other| one.value.total_cmp(&other.value).then(one.what.cmp(&other.what)));
    secrets.dedup_by(|one, other| one.value == other.value);
    secrets.truncate(MOST_KNOWN);
    secrets
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
    // The latest offers are the last; what was offered twice is known once.
    let mut known: Vec<Told> = known.collect();
    known.reverse();
    let mut seen = BTreeSet::new();
    known.retain(|told| seen.insert(told.value.to_bits()));
    known.truncate(MOST_KNOWN);
    in_text.chain(known).collect()
}

fn is_near(one: f64, other: f64, tolerance: f64) -> bool {
    (one - other).abs() <= tolerance * other.abs()
}

/// A number as a step to something, with what its sentence says of that.
struct Step<'a> {
    number: &'a Number,
    /// Its sentence speaks of a step.
    has_word: bool,
    /// It is no share of something else than a price.
    is_of_price: bool,
}

impl<'a> Step<'a> {
    fn of(reading: &Reading, number: &'a Number) -> Self {
        let sentence = &reading.folded.text[reading.folded.sentence(number.place.start)];
        goes_through(3 * sentence.len());
        // A share names what it is one of, or it is none of a price here.
        let is_of_price =
            number.style != Style::Percent || (OF_PRICE.is_match(sentence) && !OF_ELSE.is_match(sentence));
        Self { number, has_word: STEP.is_match(sentence) && is_of_price, is_of_price }
    }

    /// Whether it leads from a number that is told to the secret by so much, and how surely.
    fn leads(&self, base: &Told, by: f64, secret: &Secret, tolerance: f64) -> bool {
        let is_secret = |result: f64| is_near(result, secret.value, tolerance);
        let apart = |by: f64| is_secret(base.value - by) || is_secret(base.value + by);
        by != 0.0
            && match self.number.style {
                Style::Percent => {
                    let share = by / 100.0;
                    [1.0 - share, 1.0 + share, share].into_iter().any(|part| is_secret(base.value * part))
                }
                // A count multiplies a price; it is never added to one.
                Style::Count => is_secret(base.value * by),
                Style::Money => apart(by),
                Style::Plain if self.number.scale == 1.0 && by < 1000.0 && base.value >= 1000.0 => {
                    apart(by * 1e3) || is_secret(base.value * by)
                }
                Style::Plain => apart(by),
            }
    }

    /// Whether the number, which stands at this index, leads from one that is told to the secret, and how surely.
    fn severity(&self, index: usize, numbers: &[&Number], told: &[Told], secret: &Secret) -> Option<Severity> {
        let number = self.number;
        if number.is_lone_word && number.style != Style::Count {
            return None;
        }
        let others = || told.iter().filter(|base| base.number != Some(index));
        let any = |tolerance: f64, known: bool| {
            let bases = || others().filter(|base| known || base.number.is_some());
            number
                .readings
                .iter()
                .any(|&by| by.abs() < secret.value.abs() && bases().any(|base| self.leads(base, by, secret, tolerance)))
        };
        // In a sum of two, both are steps: only the smaller is told of.
        let is_larger =
            |base: &Told| base.number.is_some_and(|at| at > index) && numbers[index].style != Style::Percent;
        if self.has_word && number.style != Style::Count && any(tolerance_in_words(number), true) {
            return Some(Severity::Likely);
        }
        let is_first_of_sum = number
            .readings
            .iter()
            .any(|&by| others().any(|base| is_larger(base) && self.leads(base, by, secret, EXACT)));
        (!is_first_of_sum && self.is_of_price && any(EXACT, false)).then_some(Severity::Look)
    }
}

/// How exact a step in words must be: shares may be rounded, amounts may not.
fn tolerance_in_words(number: &Number) -> f64 {
    if number.style == Style::Percent { CLOSE } else { EXACT * 50.0 }
}

/// The middle of two that are told, where the message speaks of a middle or names both.
fn middle(
    reading: &Reading,
    numbers: &[&Number],
    words: Option<&Range<usize>>,
    told: &[Told],
    secret: &Secret,
) -> Option<Found> {
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
    if let Some(words) = words.filter(|_| halves(true, EXACT * 50.0)) {
        return Some(Found { place: words.clone(), severity: Severity::Likely, ..follows(secret.what) });
    }
    // Two numbers of a message have a middle whether it is meant or not.
    let pair = numbers.windows(2).find(|pair| {
        let between = &reading.folded.text[pair[0].place.end..pair[1].place.start];
        let is_range =
            between.len() <= 12 && (between.contains('-') || between.contains(" to ") || between.contains(" and "));
        let is_known = |value: f64| told.iter().any(|told| told.number.is_none() && is_near(told.value, value, EXACT));
        // Both sides' offers have a middle too, and may be named together.
        let are_offers = pair.iter().all(|number| number.readings.iter().any(|&value| is_known(value)));
        is_range
            && !are_offers
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
        sentence: 0..0,
        why: format!("With what else they know, {} follows from this.", what.words()),
        instead: Some("Leave one of the figures out, or change the step.".to_owned()),
        rule: "relation".to_owned(),
        what: Some(what),
    }
}
