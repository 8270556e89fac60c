//! The latest advice on the negotiations that are being worked on: a first answer at once, then the whole.
//!
//! It is kept by the case that it is on and not by version: a mandate may end, or the boss come in elsewhere, without a fact
//! here; and a message that was checked is a fact that changes nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use engine::advice::{Advice, Fingerprints};
use engine::case::Case;
use moka::future::Cache;
use negotiation::Version;
use tokio::task::AbortHandle;

use crate::answers::{self, FIRST_SAMPLES, First, SAMPLES, SEED};
use crate::bell::Bell;
use crate::computing::Computing;
use crate::error::Error;

/// Advice kept at hand, of each kind.
const KEPT: u64 = 256;

/// What is known of the advice on a negotiation.
#[derive(Clone, Debug)]
pub struct AdviceAtHand {
    /// The first answer.
    pub first: First,
    /// The whole advice, once it has been computed.
    pub whole: Option<Arc<Advice>>,
}

/// A negotiation and the case that it makes.
pub type Key = (String, String);

/// Of a negotiation and the case that it makes.
pub fn key_of(id: &str, case: &Case) -> Key {
    (id.to_owned(), Fingerprints::of(case, None, None, SEED, SAMPLES).case)
}

/// Advice at hand.
#[derive(Clone, Debug)]
pub(crate) struct Latest {
    computing: Computing,
    bell: Bell,
    firsts: Cache<Key, First>,
    wholes: Cache<Key, Arc<Advice>>,
    /// Whole advice that is being computed, by negotiation.
    refining: Arc<Mutex<HashMap<String, (Key, AbortHandle)>>>,
}

impl Latest {
    pub fn new(computing: Computing, bell: Bell) -> Self {
        Self { computing, bell, firsts: Cache::new(KEPT), wholes: Cache::new(KEPT), refining: Arc::default() }
    }

    /// What is known of a negotiation as of a version, on the case that it makes: kept, or computed once for all who ask. The
    /// whole advice follows by itself.
    pub async fn known(&self, id: &str, version: Version, case: Case) -> Result<AdviceAtHand, Error> {
        let key = key_of(id, &case);
        let first = self.first(&key, version, &case).await?;
        let whole = self.wholes.get(&key).await;
        if whole.is_none() {
            self.refine(id, key, case);
        }
        Ok(AdviceAtHand { first: First { version, ..first }, whole })
    }

    /// What is at hand on the case that a negotiation makes, nothing being computed for it.
    pub async fn at_hand(&self, id: &str, case: &Case) -> (Option<First>, Option<Arc<Advice>>) {
        let key = key_of(id, case);
        (self.firsts.get(&key).await, self.wholes.get(&key).await)
    }

    /// Has the first answers on these computed when there is time, one after another, and no more than those.
    pub fn look_into(&self, wanted: Vec<(Key, Version, Case)>) {
        let latest = self.clone();
        tokio::spawn(async move {
            for (key, version, case) in wanted {
                if let Err(error) = latest.first(&key, version, &case).await {
                    error.log("computing a first answer for a list");
                }
            }
        });
    }

    async fn first(&self, key: &Key, version: Version, case: &Case) -> Result<First, Error> {
        let answer = async {
            let answer = answers::first(&self.computing, &key.0, case.clone(), SEED, FIRST_SAMPLES).await?;
            Ok(First::of(version, answer, FIRST_SAMPLES))
        };
        self.firsts.try_get_with_by_ref(key, answer).await.map_err(shared)
    }

    /// Has the whole advice computed when there is time. What was under way on an older case of the negotiation is
    /// abandoned: nobody will ask for it any more.
    fn refine(&self, id: &str, key: Key, case: Case) {
        let mut refining = self.refining.lock().unwrap_or_else(PoisonError::into_inner);
        if refining.get(id).is_some_and(|(under_way, _)| *under_way == key) {
            return;
        }
        let task = tokio::spawn(self.clone().refined(id.to_owned(), key.clone(), case));
        if let Some((_, older)) = refining.insert(id.to_owned(), (key, task.abort_handle())) {
            older.abort();
        }
    }

    async fn refined(self, id: String, key: Key, case: Case) {
        let whole = async { answers::whole_behind(&self.computing, &id, case, SEED, SAMPLES).await.map(Arc::new) };
        // Where it came to nothing, whoever looks next has it begun again.
        let done = self.wholes.try_get_with_by_ref(&key, whole).await;
        let mut refining = self.refining.lock().unwrap_or_else(PoisonError::into_inner);
        if refining.get(&id).is_some_and(|(under_way, _)| *under_way == key) {
            refining.remove(&id);
        }
        drop(refining);
        match done {
            Ok(_) => self.bell.ring(&id),
            Err(error) => error.log("computing an advice in the background"),
        }
    }
}

/// An error that several waited for.
fn shared(error: Arc<Error>) -> Error {
    match &*error {
        Error::Busy => Error::Busy,
        Error::Faulty(faults) => Error::Faulty(faults.clone()),
        _ => Arc::try_unwrap(error).unwrap_or(Error::Ours("an advice broke off")),
    }
}
