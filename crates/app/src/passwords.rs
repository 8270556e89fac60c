//! Passwords: which are taken, what is kept of one, and whether one fits that. Each takes its memory from the same few pieces,
//! which are used again: as many as are hashed at a time, and never more.

use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};

use crate::computing::HASHERS;
use crate::error::Error;

/// The shortest password taken.
const LETTERS: usize = 12;
/// Bytes of a salt.
const SALT: usize = 16;
/// Bytes of a hash.
const OUTPUT: usize = 32;

/// What hashes passwords, at a cost.
#[derive(Clone, Debug)]
pub(crate) struct Passwords {
    params: Params,
    memory: Arc<Mutex<Vec<Vec<Block>>>>,
}

impl Passwords {
    pub fn new(params: Params) -> Self {
        Self { params, memory: Arc::default() }
    }

    /// What is kept of a password: its hash, in the form of the Password Hashing Competition. Takes a while.
    pub fn kept(&self, name: &str, password: &str) -> Result<String, Error> {
        if password.chars().count() < LETTERS {
            return Err(Error::ShortPassword);
        }
        if guessed(password, name) {
            return Err(Error::GuessedPassword);
        }
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(|cause| failed(&cause))?;
        let spell = || -> argon2::password_hash::Result<String> {
            let hash = PasswordHash {
                algorithm: Algorithm::Argon2id.ident(),
                version: Some(Version::V0x13.into()),
                params: ParamsString::try_from(&self.params)?,
                salt: Some(Salt::new(&salt)?),
                hash: Some(Output::new(&self.hashed(Algorithm::Argon2id, &self.params, password, &salt)?)?),
            };
            Ok(hash.to_string())
        };
        spell().map_err(|cause| failed(&cause))
    }

    /// Whether a password fits what is kept of one. Takes as long.
    pub fn fits(&self, password: &str, kept: &str) -> bool {
        // One that none opens has an empty hash; any other is one that we made.
        let Some(fits) = PasswordHash::new(kept).ok().and_then(|read| self.fits_read(password, &read)) else {
            if !kept.is_empty() {
                tracing::error!("what is kept of a password can't be read; set the account another one");
            }
            return false;
        };
        fits
    }

    fn fits_read(&self, password: &str, kept: &PasswordHash) -> Option<bool> {
        let (salt, hash) = (kept.salt.as_ref()?, kept.hash.as_ref()?);
        let params = Params::try_from(kept).ok()?;
        let algorithm = Algorithm::try_from(kept.algorithm.as_str()).ok()?;
        let computed = self.hashed(algorithm, &params, password, salt).ok()?;
        // Compared in the same time wherever they differ.
        Some(Output::new(computed.get(..hash.len())?).ok()? == *hash)
    }

    fn hashed(
        &self,
        algorithm: Algorithm,
        params: &Params,
        password: &str,
        salt: &[u8],
    ) -> argon2::password_hash::Result<[u8; OUTPUT]> {
        let mut output = [0; OUTPUT];
        let blocks = params.block_count();
        let mut memory = self.pieces().pop().unwrap_or_default();
        if memory.len() < blocks {
            memory.resize_with(blocks, Block::new);
        }
        let argon = Argon2::new(algorithm, Version::V0x13, params.clone());
        let done = argon.hash_password_into_with_memory(password.as_bytes(), salt, &mut output, &mut memory[..blocks]);
        let mut pieces = self.pieces();
        if pieces.len() < HASHERS {
            pieces.push(memory);
        }
        drop(pieces);
        done?;
        Ok(output)
    }

    fn pieces(&self) -> std::sync::MutexGuard<'_, Vec<Vec<Block>>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A hash that no password fits, at the cost of any other.
    pub fn nobodys(&self) -> String {
        let (m, t, p) = (self.params.m_cost(), self.params.t_cost(), self.params.p_cost());
        let nothing = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        format!("$argon2id$v=19$m={m},t={t},p={p}$AAAAAAAAAAAAAAAAAAAAAA${nothing}")
    }
}

fn failed(cause: &dyn std::fmt::Display) -> Error {
    let cause = cause.to_string();
    tracing::error!(cause, "a password can't be hashed");
    Error::Ours("a password can't be hashed; the log says why")
}

/// Whether a password is among the first that would be tried: a common one, a repeated or running one, or one made of the name.
fn guessed(password: &str, name: &str) -> bool {
    zxcvbn::zxcvbn(password, &[name, "upstairs"]).score() < zxcvbn::Score::Three
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

    use super::*;

    fn cheap() -> Params {
        Params::new(64, 2, 1, None).unwrap()
    }

    #[test]
    fn what_is_kept_is_what_the_library_makes_and_fits_again() {
        let (passwords, password) = (Passwords::new(cheap()), "four wet herons on a bus");
        for _ in 0..3 {
            let kept = passwords.kept("nora", password).unwrap();
            assert!(kept.starts_with("$argon2id$v=19$m=64,t=2,p=1$"), "{kept}");
            assert!(passwords.fits(password, &kept) && !passwords.fits("four wet herons on a tram", &kept));
            Argon2::default().verify_password(password.as_bytes(), kept.as_str()).expect("it fits there too");
        }
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(128, 3, 1, None).unwrap());
        let theirs = argon.hash_password(password.as_bytes()).unwrap().to_string();
        assert!(passwords.fits(password, &theirs), "at another cost");
        assert!(!passwords.fits(password, &passwords.nobodys()));
        for unread in ["", "nonsense", "$argon2id$v=19$m=64,t=2,p=1$c2FsdHNhbHQ"] {
            assert!(!passwords.fits(password, unread), "{unread}");
        }
        assert!(passwords.pieces().len() <= HASHERS);
    }

    #[test]
    fn common_and_repeated_passwords_are_guessed_and_others_are_not() {
        let common = [
            "password1234",
            "passwordpassword",
            "Password2024!",
            "123456789012",
            "qwertyuiop12",
            "1q2w3e4r5t6y",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "abcdefghijkl",
            "iloveyou1234",
            "letmeinletmein",
            "nora.nora.nora",
            "upstairs2026",
            "administrator1",
        ];
        for password in common {
            assert!(guessed(password, "nora"), "{password}");
        }
        for password in
            ["correct horse battery", "a wet sock on the heron", "Tz8-kkq1-mWu3-pp0x", "žluťoučký kůň skáče"]
        {
            assert!(!guessed(password, "nora"), "{password}");
        }
    }
}
