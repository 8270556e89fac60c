//! Ids and secrets: random letters from the operating system, and what is kept of them.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::error::Error;

/// Letters and digits that are not mistaken for one another.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 50 bits: an id in use already is refused by the store, and another is drawn.
const ID_LETTERS: usize = 10;
/// 80 bits: nobody notices where two requests in a log are called the same, and it never comes to that.
const REQUEST_LETTERS: usize = 16;
/// 256 bits.
const SECRET_LETTERS: usize = 52;

/// A fresh id.
pub(crate) fn id() -> Result<String, Error> {
    letters(ID_LETTERS)
}

/// A fresh secret.
pub(crate) fn secret() -> Result<String, Error> {
    letters(SECRET_LETTERS)
}

/// A token for the console, good once.
pub fn one_time_token() -> Result<String, Error> {
    secret()
}

/// What one request is called in the log.
pub fn request_id() -> Result<String, Error> {
    letters(REQUEST_LETTERS)
}

fn letters(count: usize) -> Result<String, Error> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).map_err(|cause| {
        let cause = cause.to_string();
        tracing::error!(cause, "the system gave no random numbers");
        Error::Ours("the system gave no random numbers; the log says why")
    })?;
    Ok(bytes.into_iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

/// What is kept of a secret. It has 256 random bits, so that no salt is needed.
pub(crate) fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        // A text takes all that is written to it.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_and_differ() {
        let (one, other) = (secret().unwrap(), secret().unwrap());
        assert_eq!(one.len(), 52);
        assert_ne!(one, other);
        assert_ne!(hash(&one), hash(&other));
        assert_eq!(id().unwrap().len(), 10);
    }
}
