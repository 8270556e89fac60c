//! The rungs of the ladder, and how far a key to the desk reaches.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

use crate::key::keyed;

/// A rung, lowest first.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Rung {
    /// Negotiating at one's own level.
    OwnLevel,
    /// Asking the boss in private.
    Guidance,
    /// Proposing to take it to both bosses.
    BothBosses,
    /// The boss in the room.
    Boss,
}

impl fmt::Display for Rung {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OwnLevel => "own level",
            Self::Guidance => "guidance",
            Self::BothBosses => "both-bosses proposal",
            Self::Boss => "boss joins",
        })
    }
}

/// What a token is good for. Each includes the ones before it, but for `Admin`, which is about accounts alone.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Scope {
    /// Seeing.
    Read,
    /// The negotiator's own work: what an agent under a mandate needs.
    Write,
    /// What the boss alone may do.
    Authorize,
    /// Accounts and tokens.
    Admin,
}

keyed!(Rung, Scope);
