//! A choice among a few things by what is seen: a multinomial logit.

use serde::{Deserialize, Serialize};

/// Coefficients, a row a thing that may be chosen, in the order of what is seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Choice(pub Vec<Vec<f64>>);

impl Choice {
    /// How many things there are to choose from.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Nothing was fitted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The chances by what is `seen`, written over `chances`; they sum to 1.
    pub fn chances<'a>(&self, seen: &[f64], chances: &'a mut [f64]) -> &'a mut [f64] {
        let chances = &mut chances[..self.0.len()];
        let mut top = f64::NEG_INFINITY;
        for (chance, row) in chances.iter_mut().zip(&self.0) {
            *chance = row.iter().zip(seen).map(|(a, b)| a * b).sum();
            top = top.max(*chance);
        }
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
        let choice = Choice(vec![vec![0.0, 0.0], vec![libm::log(2.0), 0.0], vec![0.0, libm::log(3.0)]]);
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
