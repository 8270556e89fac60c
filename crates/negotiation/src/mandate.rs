//! The mandate: limits within which the negotiator may settle unasked (P11).

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{Amount, Role};

use crate::offer::{Package, Term, same};
use crate::party::User;

/// What the negotiator may settle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mandate {
    /// The worst price.
    pub price: Amount,
    /// Limits on other terms by name. A term without one is free.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermLimit>,
    /// When it ends; `None` where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// A limit on one term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TermLimit {
    /// The term.
    pub term: String,
    /// What is allowed.
    pub allowed: Allowed,
}

/// What is allowed of a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Allowed {
    /// A number up to this.
    AtMost(Amount),
    /// A number from this.
    AtLeast(Amount),
    /// One of these, in words.
    OneOf(Vec<String>),
    /// The term may not be offered at all.
    Nothing,
}

/// A mandate with who granted it and when: one version of many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Granted {
    /// Its number, from 1.
    pub number: u32,
    /// The limits.
    pub mandate: Mandate,
    /// Who granted it.
    pub by: User,
    /// The negotiator was told so by a boss who takes no part here, and nobody has confirmed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub told: bool,
    /// From when.
    pub from: Timestamp,
    /// When it was replaced or ended before its time.
    pub ended: Option<Timestamp>,
}

impl Granted {
    /// Whether it was in force at a moment.
    pub fn in_force(&self, at: Timestamp) -> bool {
        at >= self.from && self.ended.is_none_or(|end| at < end) && self.mandate.until.is_none_or(|end| at < end)
    }
}

/// Why a package lies outside a mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outside {
    /// Nothing may be settled unasked: the mandate is over, or there never was any.
    NoMandate,
    /// The price is worse than the limit.
    Price,
    /// A term is beyond its limit.
    Term(String),
}

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMandate => write!(f, "nothing may be settled unasked"),
            Self::Price => write!(f, "the price is beyond the mandate"),
            Self::Term(term) => write!(f, "the term {term} is beyond the mandate"),
        }
    }
}

impl Mandate {
    /// A limit on the price alone.
    pub fn to(price: impl Into<Amount>) -> Self {
        Self { price: price.into(), terms: Vec::new(), until: None }
    }

    /// Every way in which a package is outside; nothing where it is inside.
    pub fn outside(&self, package: &Package, role: Role) -> Vec<Outside> {
        let price = is_worse(package.price, self.price, role).then_some(Outside::Price);
        let terms = self.terms.iter().filter(|limit| !package.named(&limit.term).all(|term| limit.allowed.takes(term)));
        price.into_iter().chain(terms.map(|limit| Outside::Term(limit.term.clone()))).collect()
    }
}

impl Allowed {
    /// Whether a term may be offered so.
    pub fn takes(&self, offered: &Term) -> bool {
        match (offered, self) {
            (Term::Number(number), Self::AtMost(most)) => number <= most,
            (Term::Number(number), Self::AtLeast(least)) => number >= least,
            (Term::Words(words), Self::OneOf(choices)) => choices.iter().any(|choice| same(choice, words)),
            // A choice may be a number by name.
            (Term::Number(number), Self::OneOf(choices)) => choices.contains(&number.to_string()),
            _ => false,
        }
    }
}

/// Whether a price is worse for us than another.
pub fn is_worse(price: Amount, than: Amount, role: Role) -> bool {
    match role {
        Role::Seller => price < than,
        Role::Buyer => price > than,
    }
}
