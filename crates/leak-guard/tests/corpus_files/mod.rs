//! The messages of the corpus and their situations, for the tests that measure on them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use leak_guard::{Context, LeakKind, Privileged, Value, What};
use serde::Deserialize;
use terms::Amount;

const SITUATIONS: &str = include_str!("../../corpus/situations.toml");
/// The parts of the corpus: how the docs call them, whether rules may learn from them, and the messages.
pub const PARTS: [(&str, bool, &str); 8] = [
    ("to learn from", true, include_str!("../../corpus/dev.tsv")),
    ("a reviewer's", true, include_str!("../../corpus/reviewer.tsv")),
    ("practice", true, include_str!("../../corpus/practice.tsv")),
    ("second", true, include_str!("../../corpus/second.tsv")),
    ("third", true, include_str!("../../corpus/third.tsv")),
    ("fourth", true, include_str!("../../corpus/fourth.tsv")),
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
    pub text: &'static str,
}

pub fn messages(part: &'static str) -> Vec<Message> {
    let kind =
        |key: &str| LeakKind::ALL.into_iter().find(|kind| kind.key() == key).unwrap_or_else(|| panic!("no kind {key}"));
    part.lines()
        .map(|line| {
            let [situation, gives, text] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let gives = gives.split(',').filter(|key| *key != "-").map(kind).collect();
            Message { situation, gives, text }
        })
        .collect()
}
