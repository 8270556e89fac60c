//! Words and pairs of words weighed together: each speaks a little for or against talk of one's own affairs. Two
//! sentences in which enough speak for it are worth a look even where no rule knows their phrase; where enough speak
//! against it, a rule that isn't certain is silent.
//!
//! The points are data, counted from the messages to learn from (`points.toml`, written by `tests/points.rs`).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use regex::bytes::Regex;
use serde::Deserialize;

use crate::finding::{Found, LeakKind, Severity};
use crate::fold::Folded;
use crate::ranges::Ranges;
use crate::work::goes_through;

/// Points as they are written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Points {
    /// How much a passage must weigh to be worth a look.
    limit: f64,
    /// Below which weight a passage is plain business.
    plain: f64,
    /// Words by their points.
    points: BTreeMap<String, Vec<String>>,
}

/// What is said of a passage by the kind that it hints at.
#[derive(Clone, Debug)]
pub(crate) struct Hint {
    pub kind: LeakKind,
    /// Words of the kind.
    pub words: Regex,
    pub why: String,
    pub instead: Option<String>,
}

/// Points ready for use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weighing {
    limit: f64,
    plain: f64,
    points: HashMap<String, f64>,
    hints: Vec<Hint>,
}

/// A passage with fewer words or pairs that have points is too short to tell.
const FEWEST_WORDS: usize = 6;

impl Weighing {
    /// None where the points hold something that is no number.
    pub fn of(written: Points, hints: Vec<Hint>) -> Option<Self> {
        let mut points = HashMap::new();
        for (value, words) in written.points {
            let value: f64 = value.parse().ok()?;
            points.extend(words.into_iter().map(|word| (word, value)));
        }
        Some(Self { limit: written.limit, plain: written.plain, points, hints })
    }

    /// A masked text weighed, each two sentences once.
    pub fn weigh<'a>(&'a self, text: &'a Folded) -> Weighed<'a> {
        let sentences = text.sentences();
        let from = |index: usize, to: usize| self.weight(&text.text[sentences[index].start..sentences[to].end]);
        let last = sentences.len().saturating_sub(1);
        let pairs = (0..sentences.len()).map(|index| from(index, (index + 1).min(last))).collect();
        Weighed { weighing: self, text, pairs, sentences }
    }

    /// How much a passage weighs, whatever its length; none where it is too short to tell.
    fn weight(&self, passage: &str) -> Option<f64> {
        goes_through(passage.len());
        let words = words(passage);
        let points: Vec<f64> = words.iter().filter_map(|word| self.points.get(word)).copied().collect();
        (points.len() >= FEWEST_WORDS).then(|| points.iter().sum::<f64>() / (points.len() as f64).sqrt())
    }

    /// The finding of a passage: of the kind most of whose words are in it, of the first where none are.
    fn found(&self, text: &Folded, passage: Range<usize>, place: Range<usize>) -> Option<Found> {
        let passage = &text.text.as_bytes()[passage];
        let count = |hint: &Hint| hint.words.find_iter(passage).count();
        let most = self.hints.iter().map(count).max()?;
        let hint = self.hints.iter().find(|hint| count(hint) == most)?;
        Some(Found {
            kind: hint.kind,
            severity: Severity::Look,
            place,
            sentence: 0..0,
            why: hint.why.clone(),
            instead: hint.instead.clone(),
            rule: "weighed".to_owned(),
            what: None,
        })
    }
}

/// A text with the weights of its passages.
pub(crate) struct Weighed<'a> {
    weighing: &'a Weighing,
    text: &'a Folded,
    sentences: Vec<Range<usize>>,
    /// How much each sentence weighs with the next one; the last alone.
    pairs: Vec<Option<f64>>,
}

impl Weighed<'_> {
    /// Passages that weigh enough, where no other finding stands.
    pub fn find(&self, others: &[Found]) -> Vec<Found> {
        let (text, sentences) = (self.text, &self.sentences);
        let taken = Ranges::of(others.iter().map(|other| other.place.clone()).collect());
        let weight = |sentence: &Range<usize>| self.weighing.weight(&text.text[sentence.clone()]);
        let mut found = Vec::new();
        let mut free_from = 0;
        for (index, sentence) in sentences.iter().enumerate() {
            if index < free_from || text.is_quoted(sentence.start) || (index > 0 && index + 1 == sentences.len()) {
                continue;
            }
            let next = sentences.get(index + 1).filter(|next| !text.is_quoted(next.start));
            let end = next.map_or(sentence.end, |next| next.end);
            let heavy = if next.is_some() { self.pairs[index] } else { weight(sentence) };
            if heavy.is_none_or(|heavy| heavy < self.weighing.limit) || taken.overlap(&(sentence.start..end)) {
                continue;
            }
            let first = weight(sentence);
            let heavier = next.filter(|next| weight(next) > first).unwrap_or(sentence);
            found.extend(self.weighing.found(text, sentence.start..end, heavier.clone()));
            free_from = index + 2;
        }
        found
    }

    /// Whether a place stands in plain business: its sentence, with the one before and with the one after.
    pub fn is_plain(&self, place: &Range<usize>) -> bool {
        let own = self.sentences.partition_point(|sentence| sentence.end < place.start);
        [own.saturating_sub(1), own]
            .into_iter()
            .all(|at| self.pairs.get(at).copied().flatten().is_some_and(|weight| weight < self.weighing.plain))
    }
}

/// The words of a passage and the pairs of words within its sentences, each once; `#`, `%` and `@` are words too.
pub(crate) fn words(passage: &str) -> BTreeSet<String> {
    let is_word = |c: char| c.is_ascii_alphabetic() || matches!(c, '#' | '@' | '%' | '\'');
    let mut all = BTreeSet::new();
    for sentence in passage.lines() {
        let mut before: Option<&str> = None;
        for word in sentence.split(|c| !is_word(c)).filter(|word| !word.is_empty()) {
            all.extend(before.map(|before| format!("{before} {word}")));
            all.insert(word.to_owned());
            before = Some(word);
        }
    }
    all
}
