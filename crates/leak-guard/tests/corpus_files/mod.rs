//! The messages of the corpus and their situations, for the tests that measure on them.

#![allow(dead_code, reason = "each test reads its own part of the corpus")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use leak_guard::{Context, LeakKind, Privileged, Value, What};
use serde::Deserialize;
use terms::Amount;

const SITUATIONS: &str = include_str!("../../corpus/situations.toml");
/// The parts of the corpus: how the docs call them, whether rules may learn from them, and the messages.
pub const PARTS: [(&str, bool, &str); 9] = [
    ("to learn from", true, include_str!("../../corpus/dev.tsv")),
    ("a reviewer's", true, include_str!("../../corpus/reviewer.tsv")),
    ("practice", true, include_str!("../../corpus/practice.tsv")),
    ("second", true, include_str!("../../corpus/second.tsv")),
    ("third", true, include_str!("../../corpus/third.tsv")),
    ("fourth", true, include_str!("../../corpus/fourth.tsv")),
    ("sixth", true, include_str!("../../corpus/sixth.tsv")),
    ("held out", false, include_str!("../../corpus/held-out.tsv")),
    ("fifth, held out", false, include_str!("../../corpus/fifth.tsv")),
];

#[derive(Deserialize)]
struct Situation {
    #[serde(rename = "what")]
    _what: String,
    privileged: Vec<Known>,
    exchanged: Vec<Known>,
    bosses: Vec<String>,
}

#[derive(Deserialize)]
struct Known {
    what: Option<What>,
    amount: Option<Amount>,
    day: Option<Date>,
}

impl Known {
    fn value(&self) -> Value {
        self.amount.map(Value::Amount).or(self.day.map(Value::Day)).expect("an amount or a day")
    }
}

pub fn contexts() -> BTreeMap<String, Context> {
    let situations: BTreeMap<String, Situation> = toml::from_str(SITUATIONS).expect("situations");
    let context = |situation: &Situation| Context {
        privileged: situation
            .privileged
            .iter()
            .map(|known| Privileged { what: known.what.expect("said what"), value: known.value() })
            .collect(),
        exchanged: situation.exchanged.iter().map(Known::value).collect(),
        bosses: situation.bosses.clone(),
        today: Some(jiff::civil::date(2026, 11, 23)),
    };
    situations.iter().map(|(name, situation)| (name.clone(), context(situation))).collect()
}

/// A message with what it gives away.
pub struct Message {
    pub situation: &'static str,
    pub gives: BTreeSet<LeakKind>,
    pub text: Cow<'static, str>,
}

/// A message grown from a pattern.
pub struct Grown {
    pub message: Message,
    /// What sort of message the pattern is of: `writing`, `relation`, `near-miss`.
    pub sort: &'static str,
    pub language: &'static str,
}

/// So many messages are grown from the patterns of a half.
pub const GROWN: usize = 500;
/// The patterns to learn from, and those kept aside: both were written before a rule was changed for either.
pub const HALVES: [&str; 2] =
    [include_str!("../../corpus/grown/learnt.tsv"), include_str!("../../corpus/grown/kept.tsv")];

/// The messages of a half: the first of each pattern, then the second of each that has two, and so on.
pub fn grown(half: &'static str) -> Vec<Grown> {
    let patterns: Vec<[&str; 5]> = half
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("five parts: {line}")))
        .collect();
    let mut all: Vec<Grown> = Vec::new();
    let mut seen = BTreeSet::new();
    for turn in 0.. {
        let before = all.len();
        for [situation, gives, sort, language, pattern] in &patterns {
            let Some(text) = grow(pattern, turn) else { continue };
            let gives = LeakKind::ALL.into_iter().filter(|kind| gives.split(',').any(|key| key == kind.key()));
            let message = Message { situation, gives: gives.collect(), text: text.into() };
            if seen.insert((*situation, message.text.clone())) {
                all.push(Grown { message, sort, language });
            }
        }
        if all.len() >= GROWN || all.len() == before {
            break;
        }
    }
    all.truncate(GROWN);
    all
}

/// A message of a pattern, in which [one|another] stands for either; none where all its messages have been grown.
fn grow(pattern: &str, turn: usize) -> Option<String> {
    let pieces: Vec<Vec<&str>> = pattern
        .split(['[', ']'])
        .enumerate()
        .map(|(at, piece)| if at % 2 == 0 { vec![piece] } else { piece.split('|').collect() })
        .collect();
    let total: usize = pieces.iter().map(Vec::len).product();
    // A stride that shares no factor with the total goes through all of them, in an order that mixes.
    let is_apart = |stride: &usize| (2..=*stride).all(|by| !stride.is_multiple_of(by) || !total.is_multiple_of(by));
    let stride = (total * 5 / 8..).find(is_apart)?;
    let mut at = if turn < total { (turn * stride) % total } else { return None };
    let mut text = String::new();
    for piece in &pieces {
        text.push_str(piece[at % piece.len()]);
        at /= piece.len();
    }
    let text = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    Some([" ,", " ."].iter().fold(text, |text, gap| text.replace(gap, &gap[1..])))
}

pub fn messages(part: &'static str) -> Vec<Message> {
    let kind =
        |key: &str| LeakKind::ALL.into_iter().find(|kind| kind.key() == key).unwrap_or_else(|| panic!("no kind {key}"));
    part.lines()
        .map(|line| {
            let [situation, gives, text] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let gives = gives.split(',').filter(|key| *key != "-").map(kind).collect();
            Message { situation, gives, text: text.into() }
        })
        .collect()
}
