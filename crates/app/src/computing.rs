//! Where everything is computed that takes longer than an answer may: never on the threads that answer, never more at a
//! time than there are processors for, in fair turns, and not at all once nobody waits for it.

use std::num::NonZero;
use std::sync::{Arc, LazyLock};

use engine::Stop;

use crate::error::Error;

mod queue;

use queue::{Queue, Turn};

/// Computations at a time for which somebody waits, at least and at most: one fills the processors by itself, and a short
/// one should not wait behind it.
const AT_ONCE: (usize, usize) = (2, 8);
/// How many may wait for their turn before more are refused.
const QUEUED: usize = 64;
/// How many of those may be for one negotiation or caller.
const QUEUED_EACH: usize = 16;
/// Passwords hashed at a time, each in 19 MiB and some tens of milliseconds, and how many wait: signing in goes on while
/// advice is being computed.
pub(crate) const HASHERS: usize = 2;
/// How many computations may wait that nobody waits for: those go one at a time.
const QUEUED_BEHIND: usize = 256;

/// Threads for what nobody waits for: one processor stays free. None where they can't be had.
static BACKGROUND: LazyLock<Option<rayon::ThreadPool>> = LazyLock::new(|| {
    let threads = processors().saturating_sub(1).max(1);
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .inspect_err(|cause| {
            let cause = cause.to_string();
            tracing::warn!(cause, "no threads of its own for what nobody waits for; it shares those of everybody");
        })
        .ok()
});

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// What waits to be computed, by who waits for it.
#[derive(Clone, Debug)]
pub struct Computing {
    ahead: Arc<Queue>,
    hashing: Arc<Queue>,
    behind: Arc<Queue>,
}

impl Default for Computing {
    fn default() -> Self {
        Self {
            ahead: Queue::new(processors().clamp(AT_ONCE.0, AT_ONCE.1), QUEUED, QUEUED_EACH),
            hashing: Queue::new(HASHERS, QUEUED, QUEUED_EACH),
            behind: Queue::new(1, QUEUED_BEHIND, QUEUED_BEHIND),
        }
    }
}

impl Computing {
    /// Computes in turn; `whose` is the negotiation or the caller that it is for. Refused where too many wait already. Once
    /// this is dropped the work is told to stop, or not begun.
    pub async fn run<T: Send + 'static>(
        &self,
        whose: &str,
        work: impl FnOnce(&Stop) -> T + Send + 'static,
    ) -> Result<T, Error> {
        computed(self.ahead.turn(whose).await?, work).await
    }

    /// Hashes a password, in turn with others.
    pub(crate) async fn hash<T: Send + 'static>(
        &self,
        whose: &str,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        computed(self.hashing.turn(whose).await?, |_| work()).await
    }

    /// Computes what nobody waits for, on threads of its own, so that what somebody waits for does not queue behind it.
    pub(crate) async fn run_behind<T: Send + 'static>(
        &self,
        whose: &str,
        work: impl FnOnce(&Stop) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let work = |stop: &Stop| match &*BACKGROUND {
            Some(pool) => pool.install(|| work(stop)),
            None => work(stop),
        };
        computed(self.behind.turn(whose).await?, work).await
    }
}

/// Says stop when it is let go: whoever waited has left, or has their answer.
struct Waiting(Stop);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Computes on a thread for it. The turn is over when the work is, not when whoever waits leaves.
async fn computed<T: Send + 'static>(turn: Turn, work: impl FnOnce(&Stop) -> T + Send + 'static) -> Result<T, Error> {
    let waiting = Waiting(Stop::default());
    let stop = waiting.0.clone();
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work(&stop)
    });
    // Where it broke off was logged there, by its place.
    done.await.map_err(|_| Error::Ours("a computation broke off"))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    /// Work that says when it begins, and goes on until it is told to stop.
    fn endless(began: Sender<()>, ended: Sender<()>) -> impl FnOnce(&Stop) + Send + 'static {
        move |stop| {
            let _ = began.send(());
            while !stop.is_stopped() {
                std::thread::sleep(Duration::from_millis(1));
            }
            let _ = ended.send(());
        }
    }

    fn heard(of: &Receiver<()>) -> bool {
        of.recv_timeout(SOON).is_ok()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_nobody_waits_for_any_more_is_told_to_stop() {
        let computing = Computing::default();
        let (began, begins) = channel();
        let (ended, ends) = channel();
        let waits = tokio::spawn({
            let computing = computing.clone();
            async move { computing.run("one", endless(began, ended)).await }
        });
        assert!(heard(&begins));
        waits.abort();
        assert!(heard(&ends));
        assert!(timeout(SOON, computing.run("one", |_| ())).await.is_ok_and(|done| done.is_ok()));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_nobody_waits_for_any_more_is_not_begun() {
        let computing = Computing { ahead: Queue::new(1, 4, 4), ..Computing::default() };
        let (began, begins) = channel();
        let (ended, _ends) = channel();
        let first = tokio::spawn({
            let computing = computing.clone();
            async move { computing.run("one", endless(began, ended)).await }
        });
        assert!(heard(&begins));
        let begun = Arc::new(AtomicUsize::new(0));
        for _ in 0..100 {
            let begun = begun.clone();
            let queued = computing.run("two", move |_| begun.fetch_add(1, Ordering::SeqCst));
            // Whoever leaves makes room for the next: a hundred of them find four places.
            assert!(timeout(Duration::from_millis(1), queued).await.is_err());
        }
        first.abort();
        assert!(timeout(SOON, computing.run("three", |_| ())).await.is_ok_and(|done| done.is_ok()));
        assert_eq!(begun.load(Ordering::SeqCst), 0);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_panics_gives_its_turn_back() {
        let computing = Computing { ahead: Queue::new(1, 4, 4), ..Computing::default() };
        let broken = computing.run("one", |_| std::panic::resume_unwind(Box::new("broken"))).await;
        let broken: Result<(), Error> = broken;
        assert!(matches!(broken, Err(Error::Ours(_))));
        assert!(timeout(SOON, computing.run("one", |_| ())).await.is_ok_and(|done| done.is_ok()));
    }
}
