//! How good it is for both sides to gain so much: the geometric mean of what each gains, and a little for the sum.
//!
//! In full `√(ours · theirs + weight · (ours + theirs)²)`, which is in the unit of the values and grows evenly: twice the gains
//! are twice as good. It is concave, so that a bound on a weighted sum of both gains bounds it.

/// A measure of both sides' gains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Merit {
    /// The weight of the sum, squared.
    sum: f64,
}

/// How good a trade is: a tenth of the sum, so that a trade which helps one side only counts for something.
pub fn merit(ours: f64, theirs: f64) -> f64 {
    Merit::TRADE.of(ours, theirs)
}

impl Merit {
    /// Of a trade.
    pub const TRADE: Self = Self { sum: 0.01 };
    /// Of a bargain: the product of gains (Nash 1950), and the sum only between those where one side gains nothing.
    pub const BARGAIN: Self = Self { sum: 1e-12 };

    /// How good it is to gain so much.
    pub fn of(self, ours: f64, theirs: f64) -> f64 {
        let (ours, theirs) = (ours.max(0.0), theirs.max(0.0));
        let sum = ours + theirs;
        libm::sqrt(ours * theirs + self.sum * sum * sum)
    }

    /// The best that gains of at least `least` and at most `most` can be whose sum weighted with `weights` is at most `sum`; minus
    /// infinity where there are none.
    pub(crate) fn most(self, weights: [f64; 2], sum: f64, least: [f64; 2], most: [f64; 2]) -> f64 {
        let [a, b] = weights;
        if a * least[0] + b * least[1] > sum || least[0] > most[0] || least[1] > most[1] {
            return f64::NEG_INFINITY;
        }
        if a * most[0] + b * most[1] <= sum {
            return self.of(most[0], most[1]);
        }
        // Along the line where the sum is reached the merit is concave: the best of the whole line, moved into bounds.
        let (x, y) = ((0.5 + self.sum) * b - self.sum * a, (0.5 + self.sum) * a - self.sum * b);
        let along = if x <= 0.0 {
            least[0]
        } else if y <= 0.0 {
            sum / a
        } else {
            x * sum / (a * x + b * y)
        };
        let lowest = least[0].max((sum - b * most[1]) / a);
        let highest = most[0].min((sum - b * least[1]) / a);
        let ours = along.max(lowest).min(highest);
        self.of(ours, (sum - a * ours) / b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_the_best_of_a_fine_grid() {
        let cases =
            [([1.0, 1.0], 10.0), ([0.1, 2.0], 7.0), ([3.0, 0.01], 5.0), ([1.0, 60.0], 30.0), ([60.0, 1.0], 30.0)];
        for (weights, sum) in cases {
            for (least, upto) in [([0.0, 0.0], [9.0, 9.0]), ([1.0, 0.2], [4.0, 30.0]), ([0.0, 0.3], [0.5, 2.0])] {
                let bound = Merit::TRADE.most(weights, sum, least, upto);
                let mut best = f64::NEG_INFINITY;
                for step in 0..=4_000 {
                    let x = least[0] + (upto[0] - least[0]) * f64::from(step) / 4_000.0;
                    let y = ((sum - weights[0] * x) / weights[1]).min(upto[1]);
                    if y >= least[1] {
                        best = best.max(merit(x, y));
                    }
                }
                assert!(
                    bound == best || (bound >= best - 1e-9 && bound < best + 0.02),
                    "{weights:?} {least:?}: {bound} for {best}"
                );
            }
        }
    }
}
