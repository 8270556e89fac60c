//! Hash chains: each row's hash covers all that is stored of it and the hash before it. And seals: a hash of a row
//! that may change, over all the rest of it.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::store::Chain;

/// The hash of a row's fields, in hexadecimal. Every field goes in with its length before it, so that none can run into
/// the next.
pub(crate) fn hash<'a>(numbers: &[i64], texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut sha = Sha256::new();
    for number in numbers {
        sha.update(number.to_be_bytes());
    }
    for text in texts {
        sha.update((text.len() as u64).to_be_bytes());
        sha.update(text.as_bytes());
    }
    sha.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A row of a chain, as a walk along it needs to see it.
pub(crate) trait Link {
    /// Its place, from 1.
    fn position(&self) -> i64;
    /// The hash stored of the row before it.
    fn previous(&self) -> &str;
    /// The hash stored of it.
    fn hash(&self) -> &str;
    /// The hash that it should have.
    fn computed(&self) -> String;
}

/// What is wrong with the link after the one at `position` with `hash`; nothing where it is whole.
pub(crate) fn fault(chain: Chain, position: i64, hash: &str, next: &impl Link) -> Option<&'static str> {
    if next.position() != position + 1 {
        return Some(chain.missing());
    }
    if next.previous() != hash {
        return Some("it does not follow the one before it");
    }
    (next.hash() != next.computed()).then_some("it was altered")
}
