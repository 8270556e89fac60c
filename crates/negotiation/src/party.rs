//! Our people in a negotiation, and the part that each has.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What one of our people is in a negotiation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Negotiates, within a mandate.
    Negotiator,
    /// Holds the wider authority.
    Boss,
    /// Looks on.
    Observer,
}

/// A user by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct User(pub String);

impl From<&str> for User {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// One of our people in a negotiation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// Who.
    pub user: User,
    /// As what.
    pub part: Part,
    /// Named to see what is privileged. Negotiators and bosses always are.
    pub privy: bool,
}

impl Participant {
    /// Whether privileged facts are shown to this one.
    pub fn sees_privileged(&self) -> bool {
        self.privy || self.part != Part::Observer
    }
}
