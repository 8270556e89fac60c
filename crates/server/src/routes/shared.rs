//! What several subjects of the API take and give.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The id in the path.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Id {
    /// The id of a negotiation or a visit.
    pub id: String,
}

/// Done, with nothing more to say.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Ended {
    /// True.
    pub ended: bool,
}
