//! Mandates, and ways to lie outside one, as format 1 stores them.

use jiff::Timestamp;
use negotiation::mandate as domain;
use serde::{Deserialize, Serialize};
use terms::Amount;

/// What the negotiator may settle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mandate {
    pub price: Amount,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermLimit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// A limit on one term.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TermLimit {
    pub term: String,
    pub allowed: Allowed,
}

/// What is allowed of a term.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allowed {
    AtMost(Amount),
    AtLeast(Amount),
    OneOf(Vec<String>),
    Nothing,
}

/// Why a package lies outside a mandate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outside {
    NoMandate,
    Price,
    Term(String),
}

impl From<domain::Mandate> for Mandate {
    fn from(mandate: domain::Mandate) -> Self {
        let domain::Mandate { price, terms, until } = mandate;
        Self { price, terms: terms.into_iter().map(Into::into).collect(), until }
    }
}

impl From<Mandate> for domain::Mandate {
    fn from(mandate: Mandate) -> Self {
        let Mandate { price, terms, until } = mandate;
        Self { price, terms: terms.into_iter().map(Into::into).collect(), until }
    }
}

impl From<domain::TermLimit> for TermLimit {
    fn from(term_limit: domain::TermLimit) -> Self {
        let domain::TermLimit { term, allowed } = term_limit;
        Self { term, allowed: allowed.into() }
    }
}

impl From<TermLimit> for domain::TermLimit {
    fn from(term_limit: TermLimit) -> Self {
        let TermLimit { term, allowed } = term_limit;
        Self { term, allowed: allowed.into() }
    }
}

impl From<domain::Allowed> for Allowed {
    fn from(allowed: domain::Allowed) -> Self {
        match allowed {
            domain::Allowed::AtMost(one) => Self::AtMost(one),
            domain::Allowed::AtLeast(one) => Self::AtLeast(one),
            domain::Allowed::OneOf(one) => Self::OneOf(one),
            domain::Allowed::Nothing => Self::Nothing,
        }
    }
}

impl From<Allowed> for domain::Allowed {
    fn from(allowed: Allowed) -> Self {
        match allowed {
            Allowed::AtMost(one) => Self::AtMost(one),
            Allowed::AtLeast(one) => Self::AtLeast(one),
            Allowed::OneOf(one) => Self::OneOf(one),
            Allowed::Nothing => Self::Nothing,
        }
    }
}

impl From<domain::Outside> for Outside {
    fn from(outside: domain::Outside) -> Self {
        match outside {
            domain::Outside::NoMandate => Self::NoMandate,
            domain::Outside::Price => Self::Price,
            domain::Outside::Term(one) => Self::Term(one),
        }
    }
}

impl From<Outside> for domain::Outside {
    fn from(outside: Outside) -> Self {
        match outside {
            Outside::NoMandate => Self::NoMandate,
            Outside::Price => Self::Price,
            Outside::Term(one) => Self::Term(one),
        }
    }
}
