//! The issue sheet: what a negotiator writes down of several issues before talking, and what follows from it.
//!
//! A sheet says for each issue what can be agreed, where we open, aim and stop, what it is worth to us and what we think it
//! is worth to them. Values are in money where the sheet has a currency, else in points. [`Values`] is what calculations
//! take; [`text`] reads and writes sheets as TOML.

pub mod check;
pub mod text;
mod values;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{Currency, Quantity};

pub use values::{Placed, Values};

/// An issue sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// What is negotiated, and with whom.
    pub title: String,
    /// ISO 4217 code of the currency that values are in; without it they are points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The issue that is the price of a package, in the currency; worth to both sides what it says, unless they say otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// What no deal is worth to us: the price at which it is as good as a deal with every other issue where we realistically
    /// expect it; where there is no price, points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk_away: Option<f64>,
    /// What we think no deal is worth to them, as a price likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub their_walk_away: Option<Quantity<f64>>,
    /// The issues, in any order.
    pub issues: Vec<Line>,
    /// What options are worth together, beyond what each is worth by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<Together>,
}

/// An issue of a sheet: options by name, or numbers `from`, `to` and `step`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// As people call it.
    pub name: String,
    /// What its numbers count, such as `days`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Options by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The lowest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    /// The highest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    /// From one number to the next; 1 if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<f64>,
    /// What we ask for first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Choice>,
    /// What we aim for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Choice>,
    /// What we expect; the middle if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub realistic: Option<Choice>,
    /// The worst that we would accept on this issue, whatever else we got.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk_away: Option<Choice>,
    /// The worst that we may agree to unasked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<Choice>,
    /// What it is worth to us.
    #[serde(default, skip_serializing_if = "Side::is_empty")]
    pub ours: Side,
    /// What we think it is worth to them.
    #[serde(default, skip_serializing_if = "Side::is_empty")]
    pub theirs: Side,
}

/// What an issue is worth to a side: `worth`, `points` or `rank` of its best option over its worst, or `values` of each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// Which end is the better. Of ours `high` or `last` if left out; of theirs the other one than ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub better: Option<End>,
    /// What the best option is worth over the worst, in money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worth: Option<Quantity<f64>>,
    /// The same as points of 100 that all issues share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<f64>,
    /// The same as a rank among the issues, 1 the weightiest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// What each option is worth, in their order: in money or points, or in any unit where `worth`, `points` or `rank` says
    /// what the best is worth over the worst. Without it options lie evenly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<f64>,
    /// Options that the side never accepts, whatever else it got.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub never: Vec<Choice>,
}

impl Line {
    /// Whether its numbers are amounts of this currency.
    pub fn is_in(&self, currency: Option<Currency>) -> bool {
        self.unit.as_deref().and_then(Currency::of_word).is_some_and(|unit| Some(unit) == currency)
    }

    /// Whether its numbers are percent: then `10 %` is 10.
    pub fn is_in_percent(&self) -> bool {
        self.unit.as_deref().is_some_and(|unit| matches!(unit.trim(), "%" | "percent" | "per cent" | "pct"))
    }
}

impl Side {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An end of an issue's options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The highest number, or the last option named.
    #[serde(alias = "last")]
    High,
    /// The lowest number, or the first option named.
    #[serde(alias = "first")]
    Low,
}

/// An option as written: a number, or a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Choice {
    /// A number.
    Number(f64),
    /// A name.
    Name(String),
}

/// Options that are worth something together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// The options of each issue that it takes, by the issue's name.
    pub when: std::collections::BTreeMap<String, Vec<Choice>>,
    /// What they are worth to us beyond the sum, in the unit of the values.
    #[serde(default)]
    pub ours: f64,
    /// What they are worth to them.
    #[serde(default)]
    pub theirs: f64,
}
