//! Exact Shapley values: a total shared out over the parts that made it, each paid its average contribution.

#[cfg(test)]
mod ishigami;
#[cfg(test)]
mod tests;

/// The most players that [`shapley`] takes.
pub const MAX_PLAYERS: u32 = 16;

/// The Shapley value of each player: its contribution to a coalition, averaged over every order in which the
/// players may join. Shapley 1953.
///
/// `values[mask]` is the worth of the coalition whose members are the set bits of `mask`; player 0 is the lowest bit.
/// The answers sum to `values[all] - values[0]`, and a player that never changes a value gets exactly 0.
/// Takes n 2^(n - 1) steps. A table whose length isn't 2^n for some n up to [`MAX_PLAYERS`] is no game: nobody gets
/// anything, and the answer is empty.
pub fn shapley(values: &[f64]) -> Vec<f64> {
    let players = values.len().trailing_zeros();
    if !values.len().is_power_of_two() || players > MAX_PLAYERS {
        return Vec::new();
    }
    let weights = weights(players);
    let share = |player: u32| -> f64 {
        let bit = 1_usize << player;
        let without = (0..values.len()).filter(|mask| mask & bit == 0);
        without.map(|mask| weights[mask.count_ones() as usize] * (values[mask | bit] - values[mask])).sum()
    };
    (0..players).map(share).collect()
}

/// By the size of the coalition joined: the share of orders in which just its members come before the player,
/// `size! (n - size - 1)! / n!`, that is one over `n (n - 1 choose size)`.
fn weights(players: u32) -> Vec<f64> {
    let mut orders = f64::from(players);
    let mut weights = Vec::with_capacity(players as usize);
    for size in 0..players {
        weights.push(1.0 / orders);
        // Every step is a whole number far below 2^53, so nothing is rounded but the division above.
        orders = orders * f64::from(players - 1 - size) / f64::from(size + 1);
    }
    weights
}
