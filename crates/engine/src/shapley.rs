//! Exact Shapley values from a table of coalition values.

/// Shapley values of a game of n players from its 2^n coalition values.
pub fn shapley(values: &[f64]) -> Vec<f64> {
    let n = values.len().trailing_zeros() as usize;
    let mut weights = vec![0.0; n.max(1)];
    for (size, weight) in weights.iter_mut().enumerate() {
        let mut w = 1.0 / n as f64;
        for k in 0..size {
            w *= (k + 1) as f64 / (n - 1 - k) as f64;
        }
        *weight = w;
    }
    (0..n)
        .map(|player| {
            let bit = 1 << player;
            (0..values.len())
                .filter(|set| set & bit == 0)
                .map(|set| weights[set.count_ones() as usize] * (values[set | bit] - values[set]))
                .sum()
        })
        .collect()
}
