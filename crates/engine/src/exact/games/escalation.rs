//! Each side may go upstairs or hold: a game of chicken with private costs of an impasse.
//!
//! If both hold, each bears its own cost, private and evenly spread from 0 to `worst`; who goes up alone loses
//! `alone`, and the other wins 1; if both go up, each gets a half. In the symmetric equilibrium one holds below a cost.

/// The game.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chicken {
    /// What going up alone costs, at or above 0.
    pub alone: f64,
    /// The worst cost of an impasse.
    pub worst: f64,
}

impl Chicken {
    /// The cost of an impasse below which one holds, up to `worst`. `None` where a number is out of range.
    ///
    /// From the indifference `p (-c) + (1 - p) = -p alone + (1 - p) / 2` with `p = c / worst`, a quadratic in c.
    pub fn threshold(self) -> Option<f64> {
        let sound = self.alone.is_finite() && self.alone >= 0.0 && self.worst.is_finite() && self.worst > 0.0;
        let half = self.alone - 0.5;
        sound.then(|| (0.5 * (half + (half * half + 2.0 * self.worst).sqrt())).min(self.worst))
    }

    /// Chance that at least one goes up.
    pub fn unlocks(self) -> Option<f64> {
        let holds = self.threshold()? / self.worst;
        Some(1.0 - holds * holds)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn printed_values_are_met() {
        let game = Chicken { alone: 0.4, worst: 1.5 };
        assert!((game.threshold().unwrap() - 0.817_467_578_6).abs() < 1e-9);
        assert!((game.unlocks().unwrap() - 0.702_998_559_1).abs() < 1e-9);
        assert_eq!([f64::NAN, -1.0].map(|alone| Chicken { alone, worst: 1.0 }.threshold()), [None; 2]);
    }

    proptest! {
        #[test]
        fn one_holds_just_where_it_pays(alone in 0.0..2.0_f64, worst in 0.1..4.0_f64, cost in 0.0..1.0_f64) {
            let game = Chicken { alone, worst };
            let threshold = game.threshold().unwrap();
            let other_holds = threshold / worst;
            let hold = |cost: f64| (1.0 - other_holds) - other_holds * cost;
            let go_up = 0.5 * (1.0 - other_holds) - other_holds * alone;
            let cost = cost * worst;
            if cost < threshold {
                prop_assert!(hold(cost) >= go_up - 1e-12);
            } else {
                prop_assert!(hold(cost) <= go_up + 1e-12);
            }
            if threshold < worst {
                prop_assert!((hold(threshold) - go_up).abs() < 1e-9);
            }
        }
    }
}
