//! Offers: packages of a price and terms, who made them, and whether they bind.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{Amount, Level, Misread, Readings, Settling, Side};

/// A price and whatever else is offered with it, term by term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Package {
    /// The price.
    pub price: Amount,
    /// Other terms by name, such as `payment_days` or `warranty`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub terms: BTreeMap<String, Term>,
}

impl Package {
    /// A price alone.
    pub fn at(price: impl Into<Amount>) -> Self {
        Self { price: price.into(), terms: BTreeMap::new() }
    }

    /// What is offered under a name, however it is written; more than once where it is written in more than one way.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Term> {
        self.terms.iter().filter(move |(written, _)| same(written, name)).map(|(_, term)| term)
    }
}

/// Whether two names, or two options in words, are the same but for capitals, blanks, dashes and underscores: people write
/// `payment_days`, `Payment days` and `payment-days`.
pub fn same(one: &str, other: &str) -> bool {
    let letters = |text: &str| {
        let words = text.split(|c: char| c.is_whitespace() || c == '_' || c == '-').filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    letters(one) == letters(other)
}

/// One term as offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Term {
    /// A number, such as days of payment.
    Number(Amount),
    /// Anything else, in words.
    Words(String),
}

impl Term {
    /// A term as people write it: a number, or words where it is none. A share stays in words, and so does an amount in
    /// another currency than the negotiation's: as a number it would lose what it is counted in.
    pub fn read(text: &str, settling: Settling) -> Result<Self, Misread> {
        match Readings::of(text).and_then(|readings| readings.settled(settling)) {
            Ok(number) => Ok(Self::Number(number)),
            Err(either @ Misread::Either(..)) => Err(either),
            Err(_) => Ok(Self::Words(text.trim().to_owned())),
        }
    }

    /// Whether it says the same.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Words(one), Self::Words(other)) => same(one, other),
            _ => self == other,
        }
    }
}

/// How an offer was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Face to face.
    Meeting,
    /// By telephone or video.
    Call,
    /// By mail.
    #[default]
    Mail,
    /// Over a platform of either side.
    Platform,
    /// Otherwise.
    Other,
}

/// An offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Offer {
    /// Whose it is.
    pub by: Side,
    /// What is offered.
    pub package: Package,
    /// At which level.
    #[serde(default)]
    pub level: Level,
    /// How.
    #[serde(default)]
    pub channel: Channel,
    /// Whether it binds once accepted.
    #[serde(default)]
    pub binding: bool,
    /// What it depends on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Anything worth remembering; ours alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Offer {
    /// A bare price from one side.
    pub fn of(by: Side, price: impl Into<Amount>) -> Self {
        Self {
            by,
            package: Package::at(price),
            level: Level::default(),
            channel: Channel::default(),
            binding: false,
            condition: None,
            note: None,
        }
    }
}
