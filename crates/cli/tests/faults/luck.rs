//! Random choices from a seed that is printed, and can be given again in `UPSTAIRS_SEED`.
//!
//! The seed fixes the choices and the moments, not how the threads of two programs fall in with one another: a run can be
//! repeated, its failure only made likely again.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A stream of choices.
#[derive(Debug)]
pub struct Luck(Xoshiro256PlusPlus);

impl Luck {
    pub fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.0.next_u64() % end as u64) as usize
    }

    /// A while, shorter than `millis`.
    pub fn moment(&mut self, millis: usize) -> Duration {
        Duration::from_micros(self.below(millis * 1000) as u64)
    }
}

/// The seed of this run.
pub fn seed() -> u64 {
    match std::env::var("UPSTAIRS_SEED") {
        Ok(text) => text.parse().expect("UPSTAIRS_SEED is a number"),
        Err(_) => RandomState::new().build_hasher().finish(),
    }
}
