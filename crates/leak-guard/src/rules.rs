//! Rules as readable data: what gives something away, what excuses it, and examples of both.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::{Regex, RegexBuilder};
use serde::Deserialize;

use crate::context::Context;
use crate::finding::{Found, LeakKind, Severity};
use crate::fold::Folded;
use crate::ranges::Ranges;
use crate::reading::Reading;
use crate::spelling::Spelling;
use crate::weighing::{Hint, Points, Weighing};
use crate::work::goes_through;

/// The rules that come with the crate, as texts: the first has the words, spellings and points that all share.
pub const BUILT_IN: [&str; 5] = [
    concat!(include_str!("../rules/english.toml"), include_str!("../points.toml")),
    include_str!("../rules/told.toml"),
    include_str!("../rules/german.toml"),
    include_str!("../rules/french.toml"),
    include_str!("../rules/spanish.toml"),
];

/// Checked rules, ready for use.
#[derive(Clone, Debug)]
pub struct Rules {
    pub(crate) spelling: Spelling,
    pub(crate) weighing: Weighing,
    rules: Vec<Rule>,
    excuse: Option<Regex>,
}

#[derive(Clone, Debug)]
struct Rule {
    id: String,
    kind: LeakKind,
    severity: Severity,
    pattern: Regex,
    excuse: Option<Regex>,
    /// Each must be found somewhere in the sentence too.
    with: Vec<Regex>,
    /// None of this may be found anywhere in the sentence.
    without: Option<Regex>,
    why: String,
    instead: Option<String>,
}

/// What is wrong with a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// The rule's id; empty where the fault is of the whole text.
    pub rule: String,
    /// The fault.
    pub problem: Problem,
}

/// A fault of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text is no TOML of rules; the line, where that is known.
    NotRules(Option<usize>),
    /// Two rules have this id.
    Twice,
    /// It has no pattern.
    NoPattern,
    /// It doesn't say why.
    NoReason,
    /// A pattern names a word in braces that isn't among the words.
    UnknownWord(String),
    /// A pattern isn't a sound regular expression, or is too large.
    BadPattern(String),
    /// A pattern matches a text without words.
    MatchesNothing,
    /// The points of a word aren't a number.
    BadPoints,
    /// This of its examples that should fire doesn't; counted from 1.
    Silent(usize),
    /// This of its examples that shouldn't fire does; counted from 1.
    Fires(usize),
    /// This of its known misses is found by now, and is to be moved; counted from 1.
    Found(usize),
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.rule.is_empty() {
            write!(f, "rule {}: ", self.rule)?;
        }
        match &self.problem {
            Problem::NotRules(Some(line)) => write!(f, "line {line} isn't as rules are written"),
            Problem::NotRules(None) => write!(f, "the text isn't as rules are written"),
            Problem::Twice => write!(f, "another rule has the same id"),
            Problem::NoPattern => write!(f, "it has no pattern"),
            Problem::NoReason => write!(f, "it doesn't say why"),
            Problem::UnknownWord(word) => write!(f, "{{{word}}} isn't among the words"),
            Problem::BadPattern(pattern) => write!(f, "not a sound regular expression: {pattern}"),
            Problem::BadPoints => write!(f, "the points of its words aren't all numbers"),
            Problem::MatchesNothing => write!(f, "a pattern matches a text without words"),
            Problem::Found(example) => write!(f, "its miss {example} fires by now; move it to what fires"),
            Problem::Silent(example) => write!(f, "its example {example} of what fires doesn't"),
            Problem::Fires(example) => write!(f, "its example {example} of what is quiet fires"),
        }
    }
}

impl std::error::Error for RuleError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    words: BTreeMap<String, String>,
    #[serde(default)]
    spellings: BTreeMap<String, String>,
    #[serde(default)]
    known: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    /// What every rule of the text wants in its sentence besides its own.
    #[serde(default)]
    with: Vec<String>,
    #[serde(default, rename = "hint")]
    hints: Vec<WrittenHint>,
    #[serde(default)]
    weigh: Points,
    #[serde(rename = "rule")]
    rules: Vec<Written>,
}

impl File {
    fn of(text: &str) -> Result<Self, Vec<RuleError>> {
        toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.map(|before| before.matches('\n').count() + 1);
            vec![RuleError { rule: String::new(), problem: Problem::NotRules(line) }]
        })
    }
}

/// What a passage found by the points of its words hints at, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenHint {
    kind: LeakKind,
    words: String,
    why: String,
    #[serde(default)]
    instead: Option<String>,
}

/// A rule as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    kind: LeakKind,
    severity: Severity,
    patterns: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    /// What must all be said in the same sentence, in any order.
    #[serde(default)]
    with: Vec<String>,
    /// What silences the rule wherever it stands in the sentence.
    #[serde(default)]
    without: Vec<String>,
    why: String,
    #[serde(default)]
    instead: Option<String>,
    #[serde(default)]
    fires: Vec<String>,
    #[serde(default)]
    quiet: Vec<String>,
    /// What it should find, and does not yet.
    #[serde(default)]
    misses: Vec<String>,
}

/// No sound pattern needs more memory than this.
const PATTERN_BYTES: usize = 4 << 20;

impl Rules {
    /// The rules that come with the crate. Their examples are left to the crate's tests.
    pub fn built_in() -> &'static Self {
        static RULES: LazyLock<Rules> =
            LazyLock::new(|| Rules::read(&BUILT_IN, false).expect("the crate's rules pass its tests"));
        &RULES
    }

    /// Rules from their texts in TOML, or all that is wrong with them. A text may use the words of the first; the excuses of
    /// the first hold for all rules, those of another for its own. Each rule's own examples are tried too.
    pub fn parse(texts: &[&str]) -> Result<Self, Vec<RuleError>> {
        Self::read(texts, true)
    }

    fn read(texts: &[&str], tries: bool) -> Result<Self, Vec<RuleError>> {
        let mut rules: Option<Self> = None;
        let mut errors = Vec::new();
        let (mut ids, mut shared) = (BTreeSet::new(), BTreeMap::new());
        for text in texts {
            let mut file = File::of(text)?;
            let of_all = |problem| vec![RuleError { rule: String::new(), problem }];
            let rules = match &mut rules {
                Some(rules) => {
                    file.words.extend(shared.clone());
                    for rule in &mut file.rules {
                        rule.unless.extend(file.unless.clone());
                        rule.with.extend(file.with.clone());
                    }
                    rules
                }
                None => {
                    shared.clone_from(&file.words);
                    let excuse = compile(&file.unless, &file.words).map_err(of_all)?;
                    let spelling = Spelling { words: file.spellings, known: file.known };
                    let weighing = weighing(file.hints, file.weigh, &file.words).map_err(of_all)?;
                    rules.insert(Self { spelling, weighing, rules: Vec::new(), excuse })
                }
            };
            for written in file.rules {
                let id = written.id.clone();
                let is_new = ids.insert(id.clone());
                match if is_new { rules.checked(written, &file.words, tries) } else { Err(Problem::Twice) } {
                    Ok(rule) => rules.rules.push(rule),
                    Err(problem) => errors.push(RuleError { rule: id, problem }),
                }
            }
        }
        let rules = rules.ok_or_else(|| vec![RuleError { rule: String::new(), problem: Problem::NotRules(None) }])?;
        if errors.is_empty() { Ok(rules) } else { Err(errors) }
    }

    /// The same without one rule, by its id: what that rule adds is what is no longer found.
    #[must_use]
    pub fn without(&self, id: &str) -> Self {
        let mut rules = self.clone();
        rules.rules.retain(|rule| rule.id != id);
        rules
    }

    /// The ids of the rules, in their order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| rule.id.as_str())
    }

    fn checked(&self, written: Written, words: &BTreeMap<String, String>, tries: bool) -> Result<Rule, Problem> {
        let pattern = compile(&written.patterns, words)?.ok_or(Problem::NoPattern)?;
        let excuse = compile(&written.unless, words)?;
        if written.why.trim().is_empty() {
            return Err(Problem::NoReason);
        }
        if pattern.is_match(b"") || pattern.is_match(b"\n") {
            return Err(Problem::MatchesNothing);
        }
        let each = |pattern: &String| compile(std::slice::from_ref(pattern), words);
        let with = written.with.iter().map(each).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        let without = compile(&written.without, words)?;
        let Written { id, kind, severity, why, instead, .. } = written;
        let rule = Rule { id, kind, severity, pattern, excuse, with, without, why, instead };
        if !tries {
            return Ok(rule);
        }
        let fires = |example: &String| {
            let reading = Reading::of(example, &Context::default(), &self.spelling);
            self.matches(&rule, &reading.masked).next().is_some()
        };
        if let Some(at) = written.fires.iter().position(|example| !fires(example)) {
            return Err(Problem::Silent(at + 1));
        }
        if let Some(at) = written.misses.iter().position(fires) {
            return Err(Problem::Found(at + 1));
        }
        if let Some(at) = written.quiet.iter().position(fires) {
            return Err(Problem::Fires(at + 1));
        }
        Ok(rule)
    }

    /// What the rules find in a masked text.
    pub(crate) fn find(&self, text: &Folded) -> Vec<Found> {
        let found = |rule: &Rule, place: Range<usize>| Found {
            kind: rule.kind,
            severity: rule.severity,
            place,
            sentence: 0..0,
            why: rule.why.clone(),
            instead: rule.instead.clone(),
            rule: rule.id.clone(),
            what: None,
        };
        let of_rule = |rule| self.matches(rule, text).map(move |place| found(rule, place));
        self.rules.iter().flat_map(of_rule).collect()
    }

    fn matches<'a>(&'a self, rule: &'a Rule, text: &'a Folded) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut latest: Option<(Range<usize>, Option<Ranges>)> = None;
        let found = text.blocks().into_iter().flat_map(move |block| {
            let bytes = &text.text.as_bytes()[block.clone()];
            goes_through(bytes.len());
            rule.pattern.find_iter(bytes).map(move |found| found.start() + block.start..found.end() + block.start)
        });
        found.filter(move |place| {
            if text.is_quoted(place.start) {
                return false;
            }
            let known = latest.as_ref().is_some_and(|(sentence, _)| sentence.contains(&place.start));
            if !known {
                let sentence = text.sentence(place.start);
                let excused = self.excused(rule, text, &sentence);
                latest = Some((sentence, excused));
            }
            matches!(&latest, Some((_, Some(excused))) if !excused.overlap(place))
        })
    }

    /// What is excused in a sentence; none where the rule is silent in it.
    fn excused(&self, rule: &Rule, text: &Folded, sentence: &Range<usize>) -> Option<Ranges> {
        let words = &text.text.as_bytes()[sentence.clone()];
        goes_through(words.len() * (3 + rule.with.len()));
        let applies = rule.with.iter().all(|needed| needed.is_match(words))
            && !rule.without.as_ref().is_some_and(|silent| silent.is_match(words));
        applies.then(|| {
            let excuses = [&rule.excuse, &self.excuse].into_iter().flatten();
            let excused = excuses.flat_map(|excuse| excuse.find_iter(words).map(|found| found.range()));
            Ranges::of(excused.map(|range| range.start + sentence.start..range.end + sentence.start).collect())
        })
    }
}

fn weighing(hints: Vec<WrittenHint>, points: Points, words: &BTreeMap<String, String>) -> Result<Weighing, Problem> {
    let hint = |hint: WrittenHint| {
        let WrittenHint { kind, words: pattern, why, instead } = hint;
        let words = compile(&[pattern], words)?.ok_or(Problem::NoPattern)?;
        Ok(Hint { kind, words, why, instead })
    };
    let hints = hints.into_iter().map(hint).collect::<Result<_, _>>()?;
    Weighing::of(points, hints).ok_or(Problem::BadPoints)
}

/// One expression of several, with the words in braces put in.
fn compile(patterns: &[String], words: &BTreeMap<String, String>) -> Result<Option<Regex>, Problem> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let patterns: Vec<String> = patterns.iter().map(|pattern| expand(pattern, words, 0)).collect::<Result<_, _>>()?;
    let build =
        |pattern: &str| RegexBuilder::new(pattern).unicode(false).multi_line(true).size_limit(PATTERN_BYTES).build();
    if let Some(bad) = patterns.iter().find(|pattern| build(pattern).is_err()) {
        return Err(Problem::BadPattern(bad.chars().take(60).collect()));
    }
    let whole = format!(r"(?:{})", patterns.join("|"));
    build(&whole).map(Some).map_err(|_| Problem::BadPattern("all together are too large".to_owned()))
}

/// How deep words may be made of words.
const DEEPEST: usize = 6;

fn expand(pattern: &str, words: &BTreeMap<String, String>, depth: usize) -> Result<String, Problem> {
    let mut expanded = String::with_capacity(pattern.len() * 4);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}').map_or(rest.len(), |close| open + close);
        let name = &rest[open + 1..close];
        expanded.push_str(&rest[..open]);
        if name.starts_with(|c: char| c.is_ascii_lowercase()) {
            let word = words.get(name).filter(|_| depth < DEEPEST);
            let word = word.ok_or_else(|| Problem::UnknownWord(name.to_owned()))?;
            expanded.push_str(&format!("(?:{})", expand(word, words, depth + 1)?));
        } else {
            expanded.push_str(rest.get(open..=close).unwrap_or(&rest[open..]));
        }
        rest = rest.get(close + 1..).unwrap_or("");
    }
    expanded.push_str(rest);
    Ok(expanded)
}
