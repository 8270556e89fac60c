//! Our people and the parts they have, as format 1 stores them.

use negotiation::party as domain;
use negotiation::party::User;
use serde::{Deserialize, Serialize};

/// What one of our people is in a negotiation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Negotiator,
    Boss,
    Observer,
}

/// One of our people in a negotiation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Participant {
    pub user: String,
    pub part: Part,
    pub privy: bool,
}

impl From<domain::Part> for Part {
    fn from(part: domain::Part) -> Self {
        match part {
            domain::Part::Negotiator => Self::Negotiator,
            domain::Part::Boss => Self::Boss,
            domain::Part::Observer => Self::Observer,
        }
    }
}

impl From<Part> for domain::Part {
    fn from(part: Part) -> Self {
        match part {
            Part::Negotiator => Self::Negotiator,
            Part::Boss => Self::Boss,
            Part::Observer => Self::Observer,
        }
    }
}

impl From<domain::Participant> for Participant {
    fn from(participant: domain::Participant) -> Self {
        let domain::Participant { user, part, privy } = participant;
        Self { user: user.0, part: part.into(), privy }
    }
}

impl From<Participant> for domain::Participant {
    fn from(participant: Participant) -> Self {
        let Participant { user, part, privy } = participant;
        Self { user: User(user), part: part.into(), privy }
    }
}
