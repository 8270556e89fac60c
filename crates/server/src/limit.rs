//! What is counted of late: how often a password was tried, and when a look was logged last.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Tries at one name from one address within [`WINDOW`].
const TRIES_FROM_ONE_PLACE: usize = 10;
/// Tries at one name from anywhere. Whoever guesses from many addresses is slowed by the hash of each password too.
const TRIES: usize = 100;
/// How long a try counts.
const WINDOW: SignedDuration = SignedDuration::from_mins(5);
/// How long one logged look stands for the next ones at the same page.
const LOOK: SignedDuration = SignedDuration::from_mins(10);
/// Things remembered of each kind; beyond that the one that is longest past is forgotten.
const REMEMBERED: usize = 10_000;

/// Moments of late by what they belong to, never more than [`REMEMBERED`] of them.
#[derive(Debug)]
struct Recent<K>(HashMap<K, Vec<Timestamp>>);

impl<K> Default for Recent<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash + Clone> Recent<K> {
    /// How many moments of `key` lie within `window` of now.
    fn count(&mut self, key: &K, window: SignedDuration, now: Timestamp) -> usize {
        let Some(moments) = self.0.get_mut(key) else { return 0 };
        moments.retain(|at| now.duration_since(*at) < window);
        moments.len()
    }

    fn note(&mut self, key: K, now: Timestamp) {
        if self.0.len() >= REMEMBERED && !self.0.contains_key(&key) {
            let oldest = self.0.iter().min_by_key(|(_, moments)| moments.last().copied()).map(|(key, _)| key.clone());
            oldest.map(|oldest| self.0.remove(&oldest));
        }
        self.0.entry(key).or_default().push(now);
    }
}

/// The tries of late: by name and where they came from, and by name alone. Nobody can lock an owner out of their account
/// by trying passwords from elsewhere, short of trying many.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<Tried>);

#[derive(Debug, Default)]
struct Tried {
    from_one_place: Recent<(String, Option<IpAddr>)>,
    from_anywhere: Recent<String>,
}

impl Attempts {
    /// Counts a try from an address, where that is known, or refuses it.
    pub fn another(&self, name: &str, from: Option<IpAddr>, now: Timestamp) -> Result<(), app::Error> {
        let name: String = name.chars().take(64).collect();
        let here = (name.clone(), from.map(network));
        let mut tried = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let too_often = tried.from_one_place.count(&here, WINDOW, now) >= TRIES_FROM_ONE_PLACE
            || tried.from_anywhere.count(&name, WINDOW, now) >= TRIES;
        if too_often {
            return Err(app::Error::TooOften);
        }
        tried.from_one_place.note(here, now);
        tried.from_anywhere.note(name, now);
        Ok(())
    }

    /// Forgets the tries at a name from where it was signed in to.
    pub fn forget(&self, name: &str, from: Option<IpAddr>) {
        let here = (name.to_owned(), from.map(network));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).from_one_place.0.remove(&here);
    }
}

/// What one household is given: an address of version 4, or the half of one of version 6 that names the network.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        address => address,
    }
}

/// The looks of late: who saw which page of which negotiation. A page that asks for itself again as things change, or as a
/// slider moves, is one look.
#[derive(Debug, Default)]
pub(crate) struct Looks(Mutex<Recent<Look>>);

/// Who, of which negotiation, what.
type Look = (String, String, &'static str);

impl Looks {
    /// Whether such a look was logged a moment ago.
    pub fn lately(&self, who: &str, id: &str, what: &'static str, now: Timestamp) -> bool {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looks.count(&(who.to_owned(), id.to_owned(), what), LOOK, now) > 0
    }

    /// Remembers that one was logged.
    pub fn logged(&self, who: &str, id: &str, what: &'static str, now: Timestamp) {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looks.note((who.to_owned(), id.to_owned(), what), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1)));
    const ELSEWHERE: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 7)));

    fn after(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn a_name_is_tried_ten_times_in_five_minutes_from_one_place() {
        let attempts = Attempts::default();
        for second in 0..10 {
            assert!(attempts.another("nora", ELSEWHERE, after(second)).is_ok());
        }
        assert!(attempts.another("nora", ELSEWHERE, after(10)).is_err());
        assert!(attempts.another("nora", HOME, after(10)).is_ok());
        assert!(attempts.another("bea", ELSEWHERE, after(10)).is_ok());
        assert!(attempts.another("nora", ELSEWHERE, after(301)).is_ok());
        attempts.forget("nora", ELSEWHERE);
        assert!((0..10).all(|_| attempts.another("nora", ELSEWHERE, after(302)).is_ok()));
    }

    #[test]
    fn a_name_is_tried_a_hundred_times_from_anywhere() {
        let attempts = Attempts::default();
        let from = |host: u8| Some(IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, host)));
        assert!((0..100).all(|host| attempts.another("nora", from(host), after(0)).is_ok()));
        assert!(attempts.another("nora", from(200), after(1)).is_err());
    }

    #[test]
    fn no_more_is_remembered_than_fits() {
        let mut recent = Recent::default();
        for second in 0..REMEMBERED as i64 + 5 {
            recent.note(second, after(second));
        }
        assert_eq!(recent.0.len(), REMEMBERED);
        assert!(!recent.0.contains_key(&0) && recent.0.contains_key(&(REMEMBERED as i64)));
    }

    #[test]
    fn a_look_stands_for_ten_minutes() {
        let looks = Looks::default();
        assert!(!looks.lately("nora", "one", "what if", after(0)));
        looks.logged("nora", "one", "what if", after(0));
        assert!(looks.lately("nora", "one", "what if", after(599)));
        assert!(!looks.lately("nora", "one", "what if", after(600)));
        assert!(!looks.lately("bea", "one", "what if", after(1)) && !looks.lately("nora", "two", "what if", after(1)));
    }
}
