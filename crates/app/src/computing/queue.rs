//! Turns at a few places, fair between those who wait.
//!
//! Our own: a semaphore lets callers in as they come, so that one who asks for much goes before all others; and it has no
//! end to its queue.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::error::Error;

/// Places, and who waits for them.
#[derive(Debug)]
pub(super) struct Queue {
    places: usize,
    /// How many may wait, in all and each.
    depth: usize,
    depth_each: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    taken: usize,
    /// Those who wait, in the order of their next turn; each with what they wait for.
    waiting: VecDeque<(String, VecDeque<oneshot::Sender<Turn>>)>,
}

impl State {
    /// Forgets who has left.
    fn tidy(&mut self) {
        for (_, all) in &mut self.waiting {
            all.retain(|one| !one.is_closed());
        }
        self.waiting.retain(|(_, all)| !all.is_empty());
    }

    /// The next in turn: one of each who wait, round and round.
    fn next(&mut self) -> Option<oneshot::Sender<Turn>> {
        let (whose, mut all) = self.waiting.pop_front()?;
        let next = all.pop_front();
        if !all.is_empty() {
            self.waiting.push_back((whose, all));
        }
        next
    }
}

/// A place, until it is let go.
#[derive(Debug)]
pub(super) struct Turn(Arc<Queue>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.pass_on();
    }
}

impl Queue {
    pub fn new(places: usize, depth: usize, depth_each: usize) -> Arc<Self> {
        Arc::new(Self { places, depth, depth_each, state: Mutex::default() })
    }

    /// Waits for a place. Refused where too many wait already, or too many of `whose`.
    pub async fn turn(self: &Arc<Self>, whose: &str) -> Result<Turn, Error> {
        let waits = self.place(whose)?;
        // It is sent on for as long as there is somebody with a place.
        waits.await.map_err(|_| Error::Ours("a queue that came to nothing"))
    }

    fn place(self: &Arc<Self>, whose: &str) -> Result<oneshot::Receiver<Turn>, Error> {
        let (sender, receiver) = oneshot::channel();
        let mut state = self.state();
        if state.taken < self.places {
            state.taken += 1;
            drop(state);
            // The other end is in our hands.
            let _ = sender.send(Turn(self.clone()));
            return Ok(receiver);
        }
        state.tidy();
        let waiting: usize = state.waiting.iter().map(|(_, all)| all.len()).sum();
        let own = state.waiting.iter_mut().find(|(name, _)| name == whose);
        if waiting >= self.depth || own.as_ref().is_some_and(|(_, all)| all.len() >= self.depth_each) {
            return Err(Error::Busy);
        }
        match own {
            Some((_, all)) => all.push_back(sender),
            None => state.waiting.push_back((whose.to_owned(), [sender].into())),
        }
        Ok(receiver)
    }

    /// Gives a place that is free to the next in turn. Where that one has left, the place comes back and is passed on again.
    fn pass_on(self: &Arc<Self>) {
        let next = {
            let mut state = self.state();
            state.tidy();
            let next = state.next();
            if next.is_none() {
                state.taken -= 1;
            }
            next
        };
        if let Some(next) = next {
            drop(next.send(Turn(self.clone())));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_turn(waits: &mut oneshot::Receiver<Turn>) -> Option<Turn> {
        waits.try_recv().ok()
    }

    #[test]
    fn one_who_asks_for_much_does_not_go_before_the_others() {
        let queue = Queue::new(1, 8, 4);
        let mut first = queue.place("one").expect("a place");
        let taken = in_turn(&mut first);
        let mut others = ["one", "one", "one", "two"].map(|whose| queue.place(whose).expect("room"));
        drop(taken);
        let taken = in_turn(&mut others[0]);
        assert!(taken.is_some());
        drop(taken);
        let taken = in_turn(&mut others[3]);
        assert!(taken.is_some() && in_turn(&mut others[1]).is_none());
        drop(taken);
        assert!(in_turn(&mut others[1]).is_some());
    }

    #[test]
    fn there_is_an_end_to_the_queue() {
        let queue = Queue::new(1, 3, 2);
        let _taken = queue.place("one").expect("a place").try_recv();
        let waiting: Vec<_> = ["one", "one", "two"].into_iter().map(|whose| queue.place(whose)).collect();
        assert!(waiting.iter().all(Result::is_ok));
        assert!(matches!(queue.place("three"), Err(Error::Busy)));
        drop(waiting);
        assert!(queue.place("three").is_ok());
        let _waiting: Vec<_> = ["one", "one"].into_iter().map(|whose| queue.place(whose)).collect();
        assert!(matches!(queue.place("one"), Err(Error::Busy)));
    }

    #[test]
    fn a_place_comes_back_from_those_who_left() {
        let queue = Queue::new(1, 3, 3);
        let mut first = queue.place("one").expect("a place");
        let taken = in_turn(&mut first);
        let second = queue.place("two").expect("room");
        drop(taken);
        // Sent, and never taken.
        drop(second);
        assert!(in_turn(&mut queue.place("three").expect("a place")).is_some());
    }
}
