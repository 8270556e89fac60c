//! A ladder of attempts, each tried at most once: Weitzman's (1979) search among alternatives, and what a doubt that
//! all rungs share does to it.
//!
//! An attempt costs, and succeeds or not; success pays and ends the search; stopping is worth nothing. Where there may
//! be no ZOPA at all, each failure makes that likelier, and the order of the indices need not be the best.

use super::decision::{Branch, Game, solve};

/// One attempt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    /// Chance that it succeeds, if a deal is possible at all.
    pub chance: f64,
    /// What success pays.
    pub prize: f64,
    /// What trying costs.
    pub cost: f64,
}

impl Rung {
    /// The prize for certain that would be as good as the chance to try it: `prize - cost / chance` (Weitzman 1979).
    pub fn index(&self) -> f64 {
        self.prize - self.cost / self.chance
    }
}

/// Rungs to be tried in any order, and the chance that any can succeed.
#[derive(Clone, Debug, PartialEq)]
pub struct Pandora {
    /// The rungs; at most 16.
    pub rungs: Vec<Rung>,
    /// Chance of a ZOPA, which all of them need.
    pub zopa: f64,
}

impl Pandora {
    /// The value of the best search.
    pub fn value(&self) -> f64 {
        solve(self, &0, &self.belief()).value
    }

    /// The rungs in the order in which the best search tries them, while all fail.
    pub fn order(&self) -> Vec<usize> {
        let (mut tried, mut order, mut hope) = (0, Vec::new(), self.zopa);
        while let Some(Some(rung)) = solve(self, &tried, &[hope, 1.0 - hope]).act {
            order.push(rung);
            tried |= 1 << rung;
            let failure = 1.0 - self.rungs[rung].chance;
            hope = hope * failure / (hope * failure + 1.0 - hope);
        }
        order
    }

    fn belief(&self) -> [f64; 2] {
        [self.zopa, 1.0 - self.zopa]
    }
}

impl Game for Pandora {
    /// The rungs tried, as bits.
    type Seen = u32;
    /// The rung to try; `None` stops.
    type Act = Option<usize>;

    fn acts(&self, &tried: &u32) -> Vec<Option<usize>> {
        let left = (0..self.rungs.len()).filter(|rung| tried & (1 << rung) == 0).map(Some);
        std::iter::once(None).chain(left).collect()
    }

    fn branches(&self, &tried: &u32, hidden: usize, act: Option<usize>) -> Vec<Branch<u32>> {
        let Some(rung) = act else { return vec![Branch { chance: 1.0, reward: 0.0, next: None }] };
        let Rung { chance, prize, cost } = self.rungs[rung];
        let chance = if hidden == 0 { chance } else { 0.0 };
        vec![
            Branch { chance, reward: prize - cost, next: None },
            Branch { chance: 1.0 - chance, reward: -cost, next: Some((tried | 1 << rung, hidden)) },
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::exact::decision::by_enumeration;

    fn ladder(zopa: f64) -> Pandora {
        let rungs = [(0.25, 30.0, 1.0), (0.35, 30.0, 1.5), (0.3, 29.0, 3.0), (0.4, 28.0, 5.0), (0.6, 22.0, 6.0)];
        let rungs = rungs.map(|(chance, prize, cost)| Rung { chance, prize, cost }).to_vec();
        Pandora { rungs, zopa }
    }

    #[test]
    fn the_indices_order_a_ladder_without_doubt() {
        let ladder = ladder(1.0);
        let indices: Vec<f64> = ladder.rungs.iter().map(Rung::index).collect();
        for (found, want) in indices.iter().zip([26.0, 25.714_285_714_285_715, 19.0, 15.5, 12.0]) {
            assert!((found - want).abs() < 1e-9);
        }
        assert!((ladder.value() - 19.6187).abs() < 1e-9, "{}", ladder.value());
        assert_eq!(ladder.order(), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_shared_doubt_skips_the_fourth_rung() {
        let ladder = ladder(0.8);
        assert!((ladder.value() - 12.4886).abs() < 1e-9, "{}", ladder.value());
        assert_eq!(ladder.order(), [0, 1, 2, 4]);
    }

    fn rungs(most: usize) -> impl Strategy<Value = Vec<Rung>> {
        let rung = (0.05..0.95_f64, 1.0..40.0_f64, 0.1..8.0_f64);
        prop::collection::vec(rung.prop_map(|(chance, prize, cost)| Rung { chance, prize, cost }), 1..=most)
    }

    proptest! {
        #[test]
        fn the_order_of_the_indices_is_best_without_doubt(rungs in rungs(6)) {
            // By Weitzman's rule: down the indices, while they are positive.
            let mut order = rungs.clone();
            order.sort_by(|a, b| b.index().total_cmp(&a.index()));
            let (mut value, mut reached) = (0.0, 1.0);
            for rung in order.iter().filter(|rung| rung.index() > 0.0) {
                value += reached * (rung.chance * rung.prize - rung.cost);
                reached *= 1.0 - rung.chance;
            }
            let found = Pandora { rungs, zopa: 1.0 }.value();
            prop_assert!((found - value).abs() < 1e-9 * (1.0 + value));
        }

        #[test]
        fn a_search_is_worth_what_its_best_order_is(rungs in rungs(3), zopa in 0.1..1.0_f64) {
            let pandora = Pandora { rungs, zopa };
            let tried = by_enumeration(&pandora, &0, &pandora.belief(), 1_000_000).unwrap();
            prop_assert!((tried - pandora.value()).abs() < 1e-9);
        }
    }
}
