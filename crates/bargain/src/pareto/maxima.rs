//! Of rows of values, those that no other row is at least as good as in every column.
//!
//! Two and three columns take a sort and a sweep (Kung, Luccio and Preparata 1975): what the rows so far leave open is a
//! staircase over the other columns. More are compared one by one.

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Rows compared with one another at most, where that is the only way: some seconds.
const MOST_COMPARED: usize = 3_000_000_000;

/// The places of the undominated rows, of equal ones the first; `None` where there are more than `most`, or too many to compare. `values` has `columns`
/// numbers a row, none of them NaN.
pub(super) fn undominated(values: &[f64], columns: usize, most: usize) -> Option<Vec<u32>> {
    let rows = values.len() / columns;
    let row = |at: u32| &values[at as usize * columns..(at as usize + 1) * columns];
    let mut order: Vec<u32> = (0..rows as u32).collect();
    let mut kept = Vec::new();
    let mut keep = |at: u32| {
        kept.push(at);
        kept.len() <= most
    };
    match columns {
        2 => {
            order.sort_unstable_by(|&a, &b| falling(row(a), row(b)).then(a.cmp(&b)));
            let mut best = f64::NEG_INFINITY;
            let mut begun = false;
            for at in order {
                let second = row(at)[1];
                if !begun || second > best {
                    (best, begun) = (second, true);
                    if !keep(at) {
                        return None;
                    }
                }
            }
        }
        3 => {
            order.sort_unstable_by(|&a, &b| falling(row(a), row(b)).then(a.cmp(&b)));
            let mut stairs = Staircase::default();
            for at in order {
                if stairs.add(row(at)[1], row(at)[2]) && !keep(at) {
                    return None;
                }
            }
        }
        _ => {
            // By falling sum, so that what dominates much comes early.
            let sums: Vec<f64> = (0..rows as u32).map(|at| row(at).iter().sum()).collect();
            order.sort_unstable_by(|&a, &b| {
                let by_sum = sums[b as usize].total_cmp(&sums[a as usize]);
                by_sum.then_with(|| falling(row(a), row(b))).then(a.cmp(&b))
            });
            let mut front: Vec<f64> = Vec::new();
            let mut compared = 0;
            for at in order {
                compared += front.len() / columns;
                if compared > MOST_COMPARED {
                    return None;
                }
                let is_covered = |kept: &[f64]| kept.iter().zip(row(at)).all(|(kept, value)| kept >= value);
                if !front.chunks_exact(columns).any(is_covered) {
                    front.extend_from_slice(row(at));
                    if !keep(at) {
                        return None;
                    }
                }
            }
        }
    }
    Some(kept)
}

/// By falling first value, then second, and so on.
fn falling(a: &[f64], b: &[f64]) -> Ordering {
    b.iter().zip(a).map(|(b, a)| (b + 0.0).total_cmp(&(a + 0.0))).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// Pairs of which none is at least as good as another: along it the first rises and the second falls.
#[derive(Default)]
struct Staircase(BTreeMap<u64, f64>);

impl Staircase {
    /// Adds a pair and takes out those that it covers; `false` where one covers it.
    fn add(&mut self, first: f64, second: f64) -> bool {
        let key = ordered(first);
        // Of the pairs no worse in the first the next one up has the best second.
        if self.0.range(key..).next().is_some_and(|(_, best)| *best >= second) {
            return false;
        }
        while let Some((&below, _)) = self.0.range(..=key).next_back().filter(|(_, value)| **value <= second) {
            self.0.remove(&below);
        }
        self.0.insert(key, second);
        true
    }
}

/// A number's bits, so that they order as numbers do; both zeros are one.
fn ordered(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | (1 << 63) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_kept_is_what_comparing_all_pairs_keeps(columns in 2_usize..6, numbers in prop::collection::vec(-4_i32..5, 0..240)) {
            let values: Vec<f64> = numbers.iter().take(numbers.len() / columns * columns).map(|n| f64::from(*n) / 4.0).collect();
            let rows: Vec<&[f64]> = values.chunks_exact(columns).collect();
            let covers = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| a >= b);
            let is_kept = |at: usize| !rows.iter().enumerate().any(|(other, row)| {
                covers(row, rows[at]) && (*row != rows[at] || other < at)
            });
            let mut kept = undominated(&values, columns, usize::MAX).unwrap();
            kept.sort_unstable();
            prop_assert_eq!(&kept, &(0..rows.len()).filter(|at| is_kept(*at)).map(|at| at as u32).collect::<Vec<_>>());
            prop_assert_eq!(undominated(&values, columns, kept.len().saturating_sub(1)).is_none(), !kept.is_empty());
        }
    }
}
