//! What a message gives away, and where.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::context::What;
use crate::language::Language;

/// What is given away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeakKind {
    /// How much the deal matters to us.
    Importance,
    /// How far the negotiator may go, or whose leave is needed.
    Authority,
    /// The worst that we would accept, or that there is room left.
    WalkAway,
    /// When we have to be done.
    Deadline,
    /// That our alternatives are poor.
    Alternative,
    /// A privileged number or day, or one from which it follows.
    Number,
    /// That our boss takes part or an interest.
    Boss,
}

impl LeakKind {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::Importance,
        Self::Authority,
        Self::WalkAway,
        Self::Deadline,
        Self::Alternative,
        Self::Number,
        Self::Boss,
    ];

    /// As it is written in rules and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Importance => "importance",
            Self::Authority => "authority",
            Self::WalkAway => "walk_away",
            Self::Deadline => "deadline",
            Self::Alternative => "alternative",
            Self::Number => "number",
            Self::Boss => "boss",
        }
    }

    /// As it is called: "walk-away".
    pub fn words(self) -> &'static str {
        match self {
            Self::Importance => "importance",
            Self::Authority => "authority",
            Self::WalkAway => "walk-away",
            Self::Deadline => "deadline",
            Self::Alternative => "weak alternative",
            Self::Number => "internal number",
            Self::Boss => "boss involved",
        }
    }
}

/// How sure it is, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It gives away.
    Certain,
    /// Most readers would take it so.
    Likely,
    /// Worth a look.
    Look,
}

impl Severity {
    /// As it is written in rules and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Look => "look",
        }
    }
}

/// Words of a message that give something away. For the negotiator alone: the text for debugging leaves the words out.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What is given away.
    pub kind: LeakKind,
    /// How sure that is.
    pub severity: Severity,
    /// Where the words stand in the message, in bytes of UTF-8.
    pub bytes: Range<usize>,
    /// The same in characters.
    pub chars: Range<usize>,
    /// The words, exactly.
    pub excerpt: String,
    /// Why, in a sentence that holds no number of the negotiation.
    pub why: String,
    /// What might be said in their place, where that is apparent.
    pub instead: Option<String>,
    /// The words to leave out so that it is no longer said: a part of a sentence, or a sentence.
    pub leave_out: Words,
    /// The rule that found it; `number` and `relation` stand for the comparison with privileged values.
    pub rule: String,
    /// Which privileged value it is about, if one.
    pub what: Option<What>,
}

impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finding")
            .field("kind", &self.kind)
            .field("severity", &self.severity)
            .field("bytes", &self.bytes)
            .field("rule", &self.rule)
            .finish_non_exhaustive()
    }
}

/// A message as it was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// What it gives away, in the order of its words. Where findings of one kind overlap, the surest is kept.
    pub findings: Vec<Finding>,
    /// How many findings more there are than are told.
    pub left_out: usize,
    /// What was not read. Where this isn't empty, "nothing found" is not to be said of the message.
    pub unread: Vec<Unread>,
    /// Languages in it that are read for amounts, days and the plainest words alone.
    pub read_plainly: Vec<Language>,
}

impl Checked {
    /// Whether something is given away for certain.
    pub fn is_certain(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Certain)
    }

    /// What was not read, and what was read less well, in sentences; none where all of it was read in full.
    pub fn reservations(&self) -> Vec<String> {
        let mut all: Vec<String> = self.unread.iter().map(Unread::sentence).collect();
        if !self.read_plainly.is_empty() {
            let names: Vec<&str> = self.read_plainly.iter().map(|language| language.name()).collect();
            let verb = if names.len() == 1 { "is" } else { "are" };
            all.push(format!("{} {verb} read for amounts, days and the plainest words alone.", names.join(" and ")));
        }
        if self.left_out > 0 {
            all.push(format!("{} more findings are not told; these are the surest.", self.left_out));
        }
        all
    }
}

/// A part of a message that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// The language, in English, where it can be told: `Dutch`. None too where the message is too long.
    pub language: Option<String>,
    /// Whether this part is unread for the message's length, and not for its language.
    pub is_too_long: bool,
    /// Where it stands in the message, in bytes of UTF-8.
    pub bytes: Range<usize>,
    /// The same in characters.
    pub chars: Range<usize>,
}

impl Unread {
    /// What was not read and why, in a sentence without a word of the message.
    pub fn sentence(&self) -> String {
        let Range { start, end } = self.chars;
        let place = format!("characters {} to {end}", start + 1);
        match &self.language {
            _ if self.is_too_long => format!("Not read: {place}, for the message is longer than is read in one go."),
            Some(language) => format!("Not read: {place}, which seem to be {language}."),
            None => format!("Not read: {place}, whose language can't be told."),
        }
    }
}

/// Words of a message. The text for debugging leaves them out.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Where they stand, in bytes of UTF-8.
    pub bytes: Range<usize>,
    /// The same in characters.
    pub chars: Range<usize>,
    /// The words, exactly.
    pub words: String,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

/// A finding whose place is still one of the folded text.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub kind: LeakKind,
    pub severity: Severity,
    pub place: Range<usize>,
    /// The sentence around it, once both are places of the message.
    pub sentence: Range<usize>,
    pub why: String,
    pub instead: Option<String>,
    pub rule: String,
    pub what: Option<What>,
}
