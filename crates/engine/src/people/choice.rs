//! A choice among a few things by what is seen: a multinomial logit.

use serde::{Deserialize, Serialize};

/// Coefficients, a row a thing that may be chosen, in the order of what is seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Vec<f64>>", into = "Vec<Vec<f64>>")]
pub struct Choice {
    things: usize,
    wide: usize,
    /// A block of [`BLOCK`] things after the other; in it, a row of their coefficients a thing seen, so that sums run side by side.
    blocks: Vec<[f64; BLOCK]>,
}

/// Things whose sums run side by side.
const BLOCK: usize = 8;

impl From<Vec<Vec<f64>>> for Choice {
    fn from(rows: Vec<Vec<f64>>) -> Self {
        let wide = rows.iter().map(Vec::len).max().unwrap_or_default();
        let block = |rows: &[Vec<f64>]| -> Vec<[f64; BLOCK]> {
            let of = |seen: usize| {
                std::array::from_fn(|at| rows.get(at).and_then(|row| row.get(seen)).copied().unwrap_or_default())
            };
            (0..wide).map(of).collect()
        };
        Self { things: rows.len(), wide, blocks: rows.chunks(BLOCK).flat_map(block).collect() }
    }
}

impl From<Choice> for Vec<Vec<f64>> {
    fn from(choice: Choice) -> Self {
        let of = |thing: usize| {
            let block = &choice.blocks[thing / BLOCK * choice.wide..][..choice.wide];
            block.iter().map(|row| row[thing % BLOCK]).collect()
        };
        (0..choice.things).map(of).collect()
    }
}

impl Choice {
    /// How many things there are to choose from.
    pub fn len(&self) -> usize {
        self.things
    }

    /// Nothing was fitted.
    pub fn is_empty(&self) -> bool {
        self.things == 0
    }

    /// The chances by what is `seen`, written over `chances`; they sum to 1.
    pub fn chances<'a>(&self, seen: &[f64], chances: &'a mut [f64]) -> &'a mut [f64] {
        let chances = &mut chances[..self.things];
        for (chances, block) in chances.chunks_mut(BLOCK).zip(self.blocks.chunks_exact(self.wide.max(1))) {
            let mut sums = [0.0; BLOCK];
            for (row, seen) in block.iter().zip(seen) {
                for (sum, coefficient) in sums.iter_mut().zip(row) {
                    *sum += coefficient * seen;
                }
            }
            chances.copy_from_slice(&sums[..chances.len()]);
        }
        let top = chances.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut sum = 0.0;
        for chance in chances.iter_mut() {
            *chance = libm::exp(*chance - top);
            sum += *chance;
        }
        for chance in chances.iter_mut() {
            *chance /= sum;
        }
        chances
    }
}

/// The first of `chances` up to which they sum to more than `draw`, and how far into it the draw lies, from 0 to 1.
pub(super) fn pick(chances: &[f64], draw: f64) -> (usize, f64) {
    let mut rest = draw;
    let last = chances.len().saturating_sub(1);
    for (index, &chance) in chances.iter().enumerate() {
        if rest < chance || index == last {
            return (index, if chance > 0.0 { (rest / chance).clamp(0.0, 1.0) } else { 0.5 });
        }
        rest -= chance;
    }
    (last, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_those_of_the_logit() {
        let choice = Choice::from(vec![vec![0.0, 0.0], vec![libm::log(2.0), 0.0], vec![0.0, libm::log(3.0)]]);
        let mut room = [0.0; 4];
        let chances = choice.chances(&[1.0, 1.0], &mut room);
        for (chance, want) in chances.iter().zip([1.0 / 6.0, 2.0 / 6.0, 3.0 / 6.0]) {
            assert!((chance - want).abs() < 1e-12);
        }
        assert_eq!(pick(&[0.25, 0.75], 0.125), (0, 0.5));
        assert_eq!(pick(&[0.25, 0.75], 0.625), (1, 0.5));
        assert_eq!(pick(&[0.25, 0.75], 1.0), (1, 1.0));
    }
}
