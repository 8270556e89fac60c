//! Games with known answers, and the four axioms that leave only one answer.

use proptest::prelude::*;

use super::{MAX_PLAYERS, shapley};

#[track_caller]
fn assert_shares(found: &[f64], truth: &[f64]) {
    assert_eq!(found.len(), truth.len());
    for (found, truth) in found.iter().zip(truth) {
        assert!((found - truth).abs() < 1e-9, "found {found}, expected {truth}");
    }
}

/// The values of a game over `players` given as a function of who is in.
fn game(players: u32, worth: impl Fn(&dyn Fn(u32) -> bool) -> f64) -> Vec<f64> {
    (0_u32..1 << players).map(|mask| worth(&|player| mask >> player & 1 == 1)).collect()
}

#[test]
fn glove_game() {
    let values = game(3, |holds| if holds(0) && (holds(1) || holds(2)) { 1.0 } else { 0.0 });
    assert_shares(&shapley(&values), &[2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]);
}

#[test]
fn airport_game() {
    let runway = [1.0_f64, 2.0, 4.0];
    let values =
        game(3, |lands| (0..3).filter(|at| lands(*at)).fold(0.0, |cost: f64, at| cost.max(runway[at as usize])));
    assert_shares(&shapley(&values), &[1.0 / 3.0, 5.0 / 6.0, 17.0 / 6.0]);
}

#[test]
fn majority_of_the_largest_table_is_shared_evenly() {
    let values = game(MAX_PLAYERS, |votes| f64::from((0..MAX_PLAYERS).filter(|at| votes(*at)).count() > 8));
    assert_shares(&shapley(&values), &[1.0 / 16.0; 16]);
}

#[test]
fn a_table_of_another_length_shares_nothing() {
    assert!(shapley(&[]).is_empty());
    assert!(shapley(&[0.0; 3]).is_empty());
    assert!(shapley(&vec![0.0; 1 << 17]).is_empty());
    assert!(shapley(&[5.0]).is_empty());
    assert_eq!(shapley(&[5.0, 7.0]), [2.0]);
}

/// A random game of 1 to 8 players.
fn any_game() -> impl Strategy<Value = Vec<f64>> {
    (1_u32..=8).prop_flat_map(|players| prop::collection::vec(-100.0..100.0, 1_usize << players))
}

/// Two random games of as many players.
fn any_pair() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    (1_u32..=8).prop_flat_map(|players| {
        let table = || prop::collection::vec(-100.0..100.0, 1_usize << players);
        (table(), table())
    })
}

/// The average over every order of joining, player by player.
fn over_all_orders(values: &[f64]) -> Vec<f64> {
    let players = values.len().ilog2() as usize;
    let mut totals = vec![0.0; players];
    let mut count = 0.0;
    join(values, 0, &mut Vec::new(), &mut totals, &mut count);
    totals.into_iter().map(|total| total / count).collect()
}

fn join(values: &[f64], mask: usize, order: &mut Vec<usize>, totals: &mut [f64], count: &mut f64) {
    if order.len() == totals.len() {
        *count += 1.0;
        let mut mask = 0;
        for player in order {
            totals[*player] += values[mask | 1 << *player] - values[mask];
            mask |= 1 << *player;
        }
        return;
    }
    for player in 0..totals.len() {
        if mask >> player & 1 == 0 {
            order.push(player);
            join(values, mask | 1 << player, order, totals, count);
            order.pop();
        }
    }
}

proptest! {
    #[test]
    fn shares_are_averages_over_orders(values in (1_u32..=5).prop_flat_map(|players| {
        prop::collection::vec(-100.0..100.0, 1_usize << players)
    })) {
        for (found, truth) in shapley(&values).into_iter().zip(over_all_orders(&values)) {
            prop_assert!((found - truth).abs() < 1e-9);
        }
    }

    #[test]
    fn everything_is_shared_out(values in any_game()) {
        let total: f64 = shapley(&values).iter().sum();
        prop_assert!((total - (values[values.len() - 1] - values[0])).abs() < 1e-9);
    }

    #[test]
    fn players_who_contribute_alike_get_alike(values in any_game()) {
        // Coalitions that differ only by having player 0 in place of the last are given the same value.
        let last = values.len() >> 1;
        let exchanged = |mask: usize| if mask & 1 == 1 && mask & last == 0 { mask ^ 1 ^ last } else { mask };
        let alike: Vec<f64> = (0..values.len()).map(|mask| values[exchanged(mask)]).collect();
        let shares = shapley(&alike);
        prop_assert!((shares[0] - shares[shares.len() - 1]).abs() < 1e-9);
    }

    #[test]
    fn a_player_who_changes_nothing_gets_nothing(values in any_game(), which in 0_u32..8) {
        let bit = 1 << (which % values.len().ilog2());
        let null: Vec<f64> = (0..values.len()).map(|mask| values[mask & !bit]).collect();
        prop_assert_eq!(shapley(&null)[bit.ilog2() as usize], 0.0);
    }

    #[test]
    fn shares_of_a_sum_are_sums_of_shares((one, other) in any_pair()) {
        let both: Vec<f64> = one.iter().zip(&other).map(|(one, other)| one + other).collect();
        let apart = shapley(&one).into_iter().zip(shapley(&other));
        for (together, (one, other)) in shapley(&both).into_iter().zip(apart) {
            prop_assert!((together - (one + other)).abs() < 1e-9);
        }
    }
}
