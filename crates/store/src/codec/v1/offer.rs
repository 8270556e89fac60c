//! Offers as format 1 stores them.

use std::collections::BTreeMap;

use negotiation::offer as domain;
use serde::{Deserialize, Serialize};
use terms::{Amount, Level, Side};

/// A price and whatever else is offered with it, term by term.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Package {
    pub price: Amount,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub terms: BTreeMap<String, Term>,
}

/// One term as offered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Term {
    Number(Amount),
    Words(String),
}

/// How an offer was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Meeting,
    Call,
    #[default]
    Mail,
    Platform,
    Other,
}

/// An offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    pub by: Side,
    pub package: Package,
    #[serde(default)]
    pub level: Level,
    #[serde(default)]
    pub channel: Channel,
    #[serde(default)]
    pub binding: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl From<domain::Package> for Package {
    fn from(package: domain::Package) -> Self {
        let domain::Package { price, terms } = package;
        Self { price, terms: terms.into_iter().map(|(name, one)| (name, one.into())).collect() }
    }
}

impl From<Package> for domain::Package {
    fn from(package: Package) -> Self {
        let Package { price, terms } = package;
        Self { price, terms: terms.into_iter().map(|(name, one)| (name, one.into())).collect() }
    }
}

impl From<domain::Term> for Term {
    fn from(term: domain::Term) -> Self {
        match term {
            domain::Term::Number(one) => Self::Number(one),
            domain::Term::Words(one) => Self::Words(one),
        }
    }
}

impl From<Term> for domain::Term {
    fn from(term: Term) -> Self {
        match term {
            Term::Number(one) => Self::Number(one),
            Term::Words(one) => Self::Words(one),
        }
    }
}

impl From<domain::Channel> for Channel {
    fn from(channel: domain::Channel) -> Self {
        match channel {
            domain::Channel::Meeting => Self::Meeting,
            domain::Channel::Call => Self::Call,
            domain::Channel::Mail => Self::Mail,
            domain::Channel::Platform => Self::Platform,
            domain::Channel::Other => Self::Other,
        }
    }
}

impl From<Channel> for domain::Channel {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Meeting => Self::Meeting,
            Channel::Call => Self::Call,
            Channel::Mail => Self::Mail,
            Channel::Platform => Self::Platform,
            Channel::Other => Self::Other,
        }
    }
}

impl From<domain::Offer> for Offer {
    fn from(offer: domain::Offer) -> Self {
        let domain::Offer { by, package, level, channel, binding, condition, note } = offer;
        Self { by, package: package.into(), level, channel: channel.into(), binding, condition, note }
    }
}

impl From<Offer> for domain::Offer {
    fn from(offer: Offer) -> Self {
        let Offer { by, package, level, channel, binding, condition, note } = offer;
        Self { by, package: package.into(), level, channel: channel.into(), binding, condition, note }
    }
}
