//! A sign that nobody waits for an answer any more, so that the work on it is abandoned.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Given to whoever asks and to the work; once the one says stop, the other is broken off within a chunk of paths. What was
/// not stopped computes the same bytes with it as without.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

/// What the work unwinds with. Not a panic: no hook runs and nothing is printed.
struct Stopped;

impl Stop {
    /// Nobody waits any more.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether that was said.
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Breaks the work off where nobody waits. Results on the way would have to say "perhaps" in every signature
    /// otherwise, and a path costs less than asking each of them; rust-analyzer abandons its queries the same way.
    #[inline]
    pub(crate) fn check(&self) {
        if self.is_stopped() {
            resume_unwind(Box::new(Stopped));
        }
    }

    /// Runs work that checks; `None` where it was broken off.
    pub(crate) fn around<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        // Whatever the work had begun is its own, and goes with it.
        match catch_unwind(AssertUnwindSafe(work)) {
            Ok(done) => Some(done),
            Err(payload) if payload.is::<Stopped>() => None,
            Err(payload) => resume_unwind(payload),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_cases::reference;
    use crate::{Options, advise, advise_until, first_answer, first_answer_until};

    const OPTIONS: Options = Options::new(7, 1024);

    #[test]
    fn what_nobody_waits_for_is_broken_off() {
        let stop = Stop::default();
        stop.stop();
        assert_eq!(first_answer_until(&reference(), &OPTIONS, &stop), None);
        assert_eq!(advise_until(&reference(), &OPTIONS, &|_| {}, &stop), None);
    }

    #[test]
    fn what_is_stopped_half_way_is_broken_off() {
        let stop = Stop::default();
        let halfway = |share: f64| {
            if share >= 0.5 {
                stop.stop();
            }
        };
        assert_eq!(advise_until(&reference(), &OPTIONS, &halfway, &stop), None);
    }

    #[test]
    fn what_is_not_stopped_is_the_same() {
        let stop = Stop::default();
        assert_eq!(first_answer_until(&reference(), &OPTIONS, &stop), Some(first_answer(&reference(), &OPTIONS)));
        assert_eq!(advise_until(&reference(), &OPTIONS, &|_| {}, &stop), Some(advise(&reference(), &OPTIONS, &|_| {})));
    }
}
