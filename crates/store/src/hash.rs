//! The hash of what is stored: of a row in a chain, and of one that is sealed.

use sha2::{Digest, Sha256};

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
    hex::encode(sha.finalize())
}
