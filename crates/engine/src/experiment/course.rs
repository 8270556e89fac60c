//! Offers so far, played by the simulator: both sides at their own level, and no deal yet.

use terms::{Level, Side};

use crate::case::{Case, Offer};
use crate::compare::Prepared;
use crate::plan::Policy;
use crate::random::Purpose;
use crate::record::NO_MOVEMENT;
use crate::scale::Scale;
use crate::simulate::{Luck, Rules, run};
use crate::{Options, Refusal};

/// How often a negotiation that settled too soon is played anew.
const ATTEMPTS: usize = 64;
/// Paths asked for only to make the case ready.
const PATHS: u32 = 1024;

/// The offers so far, ours first in every round.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The offers, ours and theirs in turn.
    pub offers: Vec<Offer>,
    /// Rounds in a row at the end without movement of theirs.
    pub stalled_rounds: u32,
}

/// The first `rounds` rounds of a negotiation of `case`, which has no offers yet and whose rounds left are those that
/// will be left after them. Where every attempt settles sooner, the longest of them.
pub fn course(case: &Case, rounds: u32, seed: u64) -> Result<Course, Refusal> {
    let mut longest: Vec<[f64; 2]> = Vec::new();
    if rounds > 0 {
        let mut whole = case.clone();
        whole.time.rounds_left = case.time.rounds_left.map(|left| left + rounds - 1);
        let options = Options::new(seed, PATHS);
        let prepared = Prepared::new(&whole, &options)?;
        for attempt in 0..ATTEMPTS {
            let played = play(&prepared, attempt, rounds as usize);
            if played.len() > longest.len() {
                longest = played;
            }
            if longest.len() == rounds as usize {
                break;
            }
        }
        let price = |share: f64| prepared.scale.price(share);
        longest.iter_mut().flatten().for_each(|amount| *amount = price(*amount));
    }
    Ok(Course {
        stalled_rounds: stalled(case, &longest),
        offers: longest.iter().flat_map(|&pair| in_turn(pair)).collect(),
    })
}

/// Our ask and their offer on the table at the end of each of the first rounds, in shares.
fn play(prepared: &Prepared, attempt: usize, rounds: usize) -> Vec<[f64; 2]> {
    let mut luck = Luck::new();
    let world = prepared.problem().set_up(Purpose::Study, attempt, &mut luck);
    let mut tables = Vec::new();
    run(&prepared.stage, &world, &mut luck, &Policy::default(), Rules::ALL, |state, _| {
        tables.push([state.ours, state.theirs]);
    });
    tables.truncate(rounds);
    tables
}

/// An offer by a negotiator.
pub(super) fn offer(by: Side, amount: f64) -> Offer {
    Offer { by, amount, date: None, level: Level::Negotiator, binding: false, note: None }
}

fn in_turn([ours, theirs]: [f64; 2]) -> [Offer; 2] {
    [offer(Side::Us, ours), offer(Side::Them, theirs)]
}

fn stalled(case: &Case, tables: &[[f64; 2]]) -> u32 {
    let scale = Scale::of(case);
    let steps = tables.windows(2).rev();
    let still = |pair: &&[[f64; 2]]| scale.share_of_price(pair[1][1]) - scale.share_of_price(pair[0][1]) < NO_MOVEMENT;
    steps.take_while(still).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_cases::reference;

    #[test]
    fn offers_come_in_turn_and_neither_cross_nor_are_settled() {
        for seed in 0..50 {
            let Course { offers, stalled_rounds } = course(&reference(), 4, seed).unwrap();
            assert_eq!(offers.len(), 8);
            for round in offers.chunks(2) {
                assert_eq!((round[0].by, round[1].by), (Side::Us, Side::Them));
                assert!(round[0].amount > round[1].amount);
            }
            assert!(stalled_rounds < 4);
            let case = Case { offers, ..reference() };
            assert_eq!(case.check(), []);
        }
    }

    #[test]
    fn some_records_stall_and_some_move() {
        let stalled: Vec<u32> = (0..200).map(|seed| course(&reference(), 4, seed).unwrap().stalled_rounds).collect();
        assert!(stalled.contains(&0) && stalled.contains(&1) && stalled.contains(&2));
    }
}
