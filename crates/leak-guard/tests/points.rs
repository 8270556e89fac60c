//! The points of words, counted from the messages to learn from: which words stand in messages that give something
//! away, and which in harmless ones. `UPSTAIRS_BLESS=1` writes `points.toml` anew; otherwise this test holds it to them.
//!
//! Only words of several situations count, so that the points are of how people talk and not of pumps or hospitals.

mod corpus_files;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use corpus_files::{HALVES, Message, PARTS, contexts, grown, messages};
use leak_guard::{Rules, words};

/// A word, or pair of words, must be of this many situations, and of this many messages.
const SITUATIONS: usize = 3;
const MESSAGES: usize = 3;
/// Points are whole numbers: so much of a logarithm of odds is one.
const POINT: f64 = 0.2;
/// A passage is worth a look where the odds are this high, as a logarithm. It was chosen by leaving out one part of
/// the messages to learn from after the other: some two in a hundred clean ones weighed more.
const LIMIT: f64 = 2.4;
/// A passage is plain business where the odds are lower than this; so were hardly any that gave something away.
const PLAIN: f64 = -0.9;

struct Counted {
    words: Vec<BTreeSet<String>>,
    gives: Vec<bool>,
}

fn counted() -> Counted {
    let contexts = contexts();
    let grown = grown(HALVES[0]).into_iter().filter(|grown| grown.language == "en").map(|grown| grown.message);
    let parts = PARTS.iter().filter(|(_, may_learn, _)| *may_learn).flat_map(|(.., part)| messages(part));
    let learnt: Vec<Message> = parts.chain(grown).collect();
    let mut all: Vec<BTreeSet<String>> =
        learnt.iter().map(|one| words(&one.text, &contexts[one.situation], Rules::built_in())).collect();
    let mut seen: BTreeMap<&String, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for (of_message, one) in all.iter().zip(&learnt) {
        for word in of_message {
            let seen = seen.entry(word).or_default();
            seen.0 += 1;
            seen.1.insert(one.situation);
        }
    }
    let common: BTreeSet<String> = seen
        .into_iter()
        .filter(|(_, (many, situations))| *many >= MESSAGES && situations.len() >= SITUATIONS)
        .map(|(word, _)| word.clone())
        .collect();
    all.iter_mut().for_each(|of_message| of_message.retain(|word| common.contains(word)));
    Counted { words: all, gives: learnt.iter().map(|one| !one.gives.is_empty()).collect() }
}

/// The chance of which this is the logarithm of the odds; by squaring, so that it is the same on every machine.
fn chance(odds: f64) -> f64 {
    let root = 1.0 - odds.clamp(-30.0, 30.0) / 1024.0;
    1.0 / (1.0 + (0..10).fold(root, |power, _| power * power))
}

/// Weights of a logistic regression with a word's presence over the root of how many there are, and the bias.
fn weights(counted: &Counted) -> (BTreeMap<&str, f64>, f64) {
    const ROUNDS: usize = 25;
    const STEP: f64 = 0.3;
    const SHRINK: f64 = 3.0;
    let mut weights: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let mut bias = 0.0;
    let many = counted.words.len() as f64;
    for round in 0..ROUNDS {
        for at in 0..counted.words.len() {
            // Every message once a round, in another order each time.
            let at = (at * 7919 + round * 104_729) % counted.words.len();
            let of_message = &counted.words[at];
            let root = (of_message.len().max(1) as f64).sqrt();
            let sum: f64 = of_message.iter().filter_map(|word| weights.get(word.as_str())).map(|one| one.0).sum();
            let off = chance(bias + sum / root) - f64::from(u8::from(counted.gives[at]));
            bias -= 0.05 * off;
            for word in of_message {
                let (weight, squares) = weights.entry(word).or_insert((0.0, 1e-6));
                let slope = off / root + SHRINK * *weight / many;
                *squares += slope * slope;
                *weight -= STEP * slope / squares.sqrt();
            }
        }
    }
    (weights.into_iter().map(|(word, (weight, _))| (word, weight)).collect(), bias)
}

fn points() -> String {
    let counted = counted();
    let (weights, bias) = weights(&counted);
    let mut by_points: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    for (word, weight) in weights {
        by_points.entry((weight / POINT).round() as i64).or_default().push(word);
    }
    let mut text = String::from(
        "\n# How much each word speaks for talk of one's own affairs (above 0) or of plain business (below). Written by\n\
         # tests/points.rs from the messages to learn from; change those, not this.\n\n",
    );
    let [limit, plain] = [LIMIT, PLAIN].map(|odds| (odds - bias) / POINT);
    writeln!(text, "[weigh]\nlimit = {limit:.1}\nplain = {plain:.1}\n\n[weigh.points]").expect("a text takes all");
    for (points, words) in by_points.iter().rev() {
        let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
        writeln!(text, "\"{points}\" = [{}]", words.join(", ")).expect("a text takes all");
    }
    text
}

#[test]
fn the_points_are_those_of_the_corpus() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("points.toml");
    let points = points();
    if std::env::var_os("UPSTAIRS_BLESS").is_some() {
        std::fs::write(&path, points).expect("written");
    } else {
        let written = std::fs::read_to_string(&path).expect("the points");
        assert_eq!(written, points, "`UPSTAIRS_BLESS=1 cargo test -p leak-guard --test points` writes them");
    }
}
