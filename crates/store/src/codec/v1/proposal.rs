//! What came of a proposal, as format 1 stores it.

use negotiation::proposal as domain;
use serde::{Deserialize, Serialize};

/// What came of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Unlocked,
    Accepted,
    Declined,
    Ignored,
    Backlash,
}

impl From<domain::Outcome> for Outcome {
    fn from(outcome: domain::Outcome) -> Self {
        match outcome {
            domain::Outcome::Unlocked => Self::Unlocked,
            domain::Outcome::Accepted => Self::Accepted,
            domain::Outcome::Declined => Self::Declined,
            domain::Outcome::Ignored => Self::Ignored,
            domain::Outcome::Backlash => Self::Backlash,
        }
    }
}

impl From<Outcome> for domain::Outcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Unlocked => Self::Unlocked,
            Outcome::Accepted => Self::Accepted,
            Outcome::Declined => Self::Declined,
            Outcome::Ignored => Self::Ignored,
            Outcome::Backlash => Self::Backlash,
        }
    }
}
