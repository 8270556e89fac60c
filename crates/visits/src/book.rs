//! Whom we know where: counterparts with their people, our own people, and the ties between them.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How high somebody stands, on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Does the work, and negotiates.
    Working,
    /// Heads a department or a product line.
    Head,
    /// Directs an area.
    Director,
    /// Sits on the board, or owns.
    Board,
}

impl Tier {
    /// All of them, from the top.
    pub const ALL: [Self; 4] = [Self::Board, Self::Director, Self::Head, Self::Working];

    /// As it is written.
    pub fn key(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Head => "head",
            Self::Director => "director",
            Self::Board => "board",
        }
    }

    /// As it is read out.
    pub fn words(self) -> &'static str {
        match self {
            Self::Working => "working level",
            Self::Head => "heads",
            Self::Director => "directors",
            Self::Board => "board",
        }
    }

    /// The tier of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.key() == key)
    }
}

/// How well two people know each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// They have met.
    Knows,
    /// They would call each other.
    Trusts,
}

impl Strength {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Knows, Self::Trusts];

    /// As it is written.
    pub fn key(self) -> &'static str {
        match self {
            Self::Knows => "knows",
            Self::Trusts => "trusts",
        }
    }

    /// The strength of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strength| strength.key() == key)
    }
}

/// One of their people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Who.
    #[schemars(regex(pattern = r"^[^\x00-\x1f\x7f-\x9f\s]([^\x00-\x1f\x7f-\x9f]{0,198}[^\x00-\x1f\x7f-\x9f\s])?$"))]
    pub name: String,
    /// What they are there, in words.
    #[serde(default)]
    #[schemars(regex(pattern = r"^[^\x00-\x1f\x7f-\x9f]{0,200}$"))]
    pub title: String,
    /// How high they stand.
    pub tier: Tier,
}

/// One of our people and one of theirs who know each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tie {
    /// Ours, by account.
    #[schemars(regex(pattern = r"^[^\x00-\x1f\x7f-\x9f\s]([^\x00-\x1f\x7f-\x9f]{0,198}[^\x00-\x1f\x7f-\x9f\s])?$"))]
    pub ours: String,
    /// Theirs, by name.
    #[schemars(regex(pattern = r"^[^\x00-\x1f\x7f-\x9f\s]([^\x00-\x1f\x7f-\x9f]{0,198}[^\x00-\x1f\x7f-\x9f\s])?$"))]
    pub theirs: String,
    /// How well.
    pub strength: Strength,
    /// When they last met; not known where not said.
    #[serde(default)]
    pub last_met: Option<Date>,
}

impl Tie {
    /// Days after which a tie that was not used has gone cold. Judgement: a year passes between yearly talks.
    pub const COLD_AFTER_DAYS: i32 = 365;

    /// Whether it was used within a year of `day`.
    pub fn is_warm(&self, day: Date) -> bool {
        self.last_met.is_some_and(|met| days_between(met, day) <= Self::COLD_AFTER_DAYS)
    }
}

/// A customer or supplier, as far as visits go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Counterpart {
    /// What it is called, as in negotiations.
    #[schemars(regex(pattern = r"^[^\x00-\x1f\x7f-\x9f\s]([^\x00-\x1f\x7f-\x9f]{0,198}[^\x00-\x1f\x7f-\x9f\s])?$"))]
    pub name: String,
    /// Where it is, as calendars write it: a town each.
    #[schemars(length(max = 200), inner(regex(pattern = r"^[^\x00-\x1f\x7f-\x9f]{0,200}$")))]
    pub places: Vec<String>,
    /// Our product lines that it buys, or theirs that we buy.
    #[schemars(length(max = 200), inner(regex(pattern = r"^[^\x00-\x1f\x7f-\x9f]{0,200}$")))]
    pub product_lines: Vec<String>,
    /// Its people.
    #[schemars(length(max = 200))]
    pub people: Vec<Person>,
    /// Who knows whom.
    #[schemars(length(max = 200))]
    pub ties: Vec<Tie>,
}

impl Counterpart {
    /// One of ours met one of theirs on a day. Whoever is not among their people is no tie.
    pub fn meet(&mut self, ours: &str, theirs: &str, on: Date) {
        let Some(name) = self.people.iter().find(|person| same(&person.name, theirs)).map(|person| person.name.clone())
        else {
            return;
        };
        match self.ties.iter_mut().find(|tie| tie.ours == ours && same(&tie.theirs, theirs)) {
            Some(tie) => tie.last_met = tie.last_met.max(Some(on)),
            None => {
                let tie = Tie { ours: ours.to_owned(), theirs: name, strength: Strength::Knows, last_met: Some(on) };
                self.ties.push(tie);
            }
        }
    }
}

/// One of our people: how high they stand and what they are in charge of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Colleague {
    /// Who, by account.
    #[schemars(regex(pattern = r"^[a-z0-9._-]{1,64}$"))]
    pub user: String,
    /// How high.
    pub tier: Tier,
    /// The product lines that they are in charge of.
    #[serde(default)]
    #[schemars(length(max = 200), inner(regex(pattern = r"^[^\x00-\x1f\x7f-\x9f]{0,200}$")))]
    pub product_lines: Vec<String>,
}

impl Colleague {
    /// The product lines of a counterpart's that they are in charge of.
    pub fn in_charge_of<'a>(&self, counterpart: &'a Counterpart) -> Vec<&'a str> {
        let ours = |line: &&String| self.product_lines.iter().any(|own| same(own, line));
        counterpart.product_lines.iter().filter(ours).map(String::as_str).collect()
    }
}

/// Whether two names are one but for case and the space around them.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Days from one day to a later one; negative where it is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
