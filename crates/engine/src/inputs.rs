//! Fingerprints of what an advice was made from, so that a replay can say which input was changed.

use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};
use terms::PlanId;

use crate::VERSION;
use crate::advice::Fingerprints;
use crate::case::Case;

impl Fingerprints {
    /// Fingerprints of these inputs under this version of the engine.
    pub fn of(case: &Case, as_of: Option<Date>, ledger: Option<[PlanId; 2]>, seed: u64, samples: u32) -> Self {
        Self {
            case: fingerprint(case),
            as_of: fingerprint(&as_of),
            ledger: fingerprint(&ledger),
            seed: fingerprint(&seed),
            samples: fingerprint(&samples),
            engine_version: fingerprint(VERSION),
        }
    }
}

/// SHA-256 of the JSON form, in hexadecimal.
fn fingerprint<T: Serialize + ?Sized>(input: &T) -> String {
    // Plain data always has a JSON form; were it not so, the empty text would differ from any recorded one.
    let json = serde_json::to_string(input).unwrap_or_default();
    Sha256::digest(json.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
