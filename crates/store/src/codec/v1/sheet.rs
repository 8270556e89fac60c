//! Issue sheets as format 1 stores them.

use std::collections::BTreeMap;

use bargain::sheet as domain;
use serde::{Deserialize, Serialize};
use terms::Quantity;

/// An issue sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk_away: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub their_walk_away: Option<Quantity<f64>>,
    pub issues: Vec<Line>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<Together>,
}

/// An issue of a sheet: options by name, or numbers `from`, `to` and `step`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Choice>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Choice>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub realistic: Option<Choice>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk_away: Option<Choice>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<Choice>,
    #[serde(default, skip_serializing_if = "Worth::is_empty")]
    pub ours: Worth,
    #[serde(default, skip_serializing_if = "Worth::is_empty")]
    pub theirs: Worth,
}

/// What an issue is worth to a side: `worth`, `points` or `rank` of its best option over its worst, or `values` of each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worth {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub better: Option<End>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worth: Option<Quantity<f64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<f64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub never: Vec<Choice>,
}

impl Worth {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An end of an issue's options.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    #[serde(alias = "last")]
    High,
    #[serde(alias = "first")]
    Low,
}

/// An option as written: a number, or a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Choice {
    Number(f64),
    Name(String),
}

/// Options that are worth something together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Together {
    pub when: BTreeMap<String, Vec<Choice>>,
    #[serde(default)]
    pub ours: f64,
    #[serde(default)]
    pub theirs: f64,
}

impl From<domain::Sheet> for Sheet {
    fn from(sheet: domain::Sheet) -> Self {
        let domain::Sheet { title, currency, price, walk_away, their_walk_away, issues, together } = sheet;
        Self {
            title,
            currency,
            price,
            walk_away,
            their_walk_away,
            issues: issues.into_iter().map(Into::into).collect(),
            together: together.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Sheet> for domain::Sheet {
    fn from(sheet: Sheet) -> Self {
        let Sheet { title, currency, price, walk_away, their_walk_away, issues, together } = sheet;
        Self {
            title,
            currency,
            price,
            walk_away,
            their_walk_away,
            issues: issues.into_iter().map(Into::into).collect(),
            together: together.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<domain::Line> for Line {
    fn from(line: domain::Line) -> Self {
        let domain::Line {
            name,
            unit,
            options,
            from,
            to,
            step,
            opening,
            target,
            realistic,
            walk_away,
            mandate,
            ours,
            theirs,
        } = line;
        Self {
            name,
            unit,
            options,
            from,
            to,
            step,
            opening: opening.map(Into::into),
            target: target.map(Into::into),
            realistic: realistic.map(Into::into),
            walk_away: walk_away.map(Into::into),
            mandate: mandate.map(Into::into),
            ours: ours.into(),
            theirs: theirs.into(),
        }
    }
}

impl From<Line> for domain::Line {
    fn from(line: Line) -> Self {
        let Line { name, unit, options, from, to, step, opening, target, realistic, walk_away, mandate, ours, theirs } =
            line;
        Self {
            name,
            unit,
            options,
            from,
            to,
            step,
            opening: opening.map(Into::into),
            target: target.map(Into::into),
            realistic: realistic.map(Into::into),
            walk_away: walk_away.map(Into::into),
            mandate: mandate.map(Into::into),
            ours: ours.into(),
            theirs: theirs.into(),
        }
    }
}

impl From<domain::Side> for Worth {
    fn from(worth: domain::Side) -> Self {
        let domain::Side { better, worth, points, rank, values, never } = worth;
        Self {
            better: better.map(Into::into),
            worth,
            points,
            rank,
            values,
            never: never.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Worth> for domain::Side {
    fn from(worth: Worth) -> Self {
        let Worth { better, worth, points, rank, values, never } = worth;
        Self {
            better: better.map(Into::into),
            worth,
            points,
            rank,
            values,
            never: never.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<domain::End> for End {
    fn from(end: domain::End) -> Self {
        match end {
            domain::End::High => Self::High,
            domain::End::Low => Self::Low,
        }
    }
}

impl From<End> for domain::End {
    fn from(end: End) -> Self {
        match end {
            End::High => Self::High,
            End::Low => Self::Low,
        }
    }
}

impl From<domain::Choice> for Choice {
    fn from(choice: domain::Choice) -> Self {
        match choice {
            domain::Choice::Number(one) => Self::Number(one),
            domain::Choice::Name(one) => Self::Name(one),
        }
    }
}

impl From<Choice> for domain::Choice {
    fn from(choice: Choice) -> Self {
        match choice {
            Choice::Number(one) => Self::Number(one),
            Choice::Name(one) => Self::Name(one),
        }
    }
}

impl From<domain::Together> for Together {
    fn from(together: domain::Together) -> Self {
        let domain::Together { when, ours, theirs } = together;
        Self {
            when: when.into_iter().map(|(name, one)| (name, one.into_iter().map(Into::into).collect())).collect(),
            ours,
            theirs,
        }
    }
}

impl From<Together> for domain::Together {
    fn from(together: Together) -> Self {
        let Together { when, ours, theirs } = together;
        Self {
            when: when.into_iter().map(|(name, one)| (name, one.into_iter().map(Into::into).collect())).collect(),
            ours,
            theirs,
        }
    }
}
