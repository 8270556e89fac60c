//! How often a password may be tried.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Tries at one name within [`WINDOW`].
const TRIES: usize = 10;
/// How long a try counts.
const WINDOW: SignedDuration = SignedDuration::from_mins(5);
/// Names remembered; beyond that the oldest tries are forgotten first.
const NAMES: usize = 10_000;

/// The tries of late, by name: whoever tries many names has each of them slowed by the hash of its password.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<HashMap<String, Vec<Timestamp>>>);

impl Attempts {
    /// Counts a try, or refuses it.
    pub fn another(&self, name: &str, now: Timestamp) -> Result<(), app::Error> {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = |at: &Timestamp| now.duration_since(*at) < WINDOW;
        if tries.len() >= NAMES {
            tries.retain(|_, tries| tries.iter().any(counts));
        }
        let tries = tries.entry(name.chars().take(64).collect()).or_default();
        tries.retain(counts);
        if tries.len() >= TRIES {
            return Err(app::Error::TooOften);
        }
        tries.push(now);
        Ok(())
    }

    /// Forgets the tries at a name that was signed in to.
    pub fn forget(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_tried_ten_times_in_five_minutes() {
        let attempts = Attempts::default();
        let start = Timestamp::UNIX_EPOCH;
        let after = |seconds| start + SignedDuration::from_secs(seconds);
        for second in 0..10 {
            assert!(attempts.another("nora", after(second)).is_ok());
        }
        assert!(attempts.another("nora", after(10)).is_err());
        assert!(attempts.another("bea", after(10)).is_ok());
        assert!(attempts.another("nora", after(301)).is_ok());
        attempts.forget("nora");
        assert!((0..10).all(|_| attempts.another("nora", after(302)).is_ok()));
    }
}
