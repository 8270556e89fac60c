//! The points that bargaining theory picks from a frontier, each accurate to about the last bit.
//!
//! Each is the zero of a condition that falls along the frontier, found by halving, so nothing has to be tuned
//! and nothing can fail to converge.

use crate::bisection::last_positive;
use crate::frontier::{Frontier, Payoffs};

#[cfg(test)]
mod tests;

/// Why a frontier and a disagreement point have no solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSolution {
    /// The range of the frontier ends before or where it begins.
    #[error("the frontier's range is empty: its start must be less than its end")]
    EmptyRange,
    /// The range, the disagreement point, or the frontier at a point needed has no finite value.
    #[error("the range, the disagreement point or the frontier isn't finite")]
    NotFinite,
    /// No outcome gives both parties more than disagreement.
    #[error("no outcome gives both parties more than disagreement")]
    NoGain,
    /// A weight is negative or not finite, or both are zero.
    #[error("weights must be finite and not negative, one of them at least above zero")]
    Weights,
}

/// The outcome that maximises `(u1 - d1)^w1 (u2 - d2)^w2`. `weights` are the parties' bargaining powers; only their
/// ratio counts, and `[1.0, 1.0]` is the symmetric solution. Nash 1950; Harsanyi and Selten 1972 for the weights.
pub fn nash(frontier: &impl Frontier, disagreement: Payoffs, weights: [f64; 2]) -> Result<Payoffs, NoSolution> {
    let [first, second] = normalised(weights)?;
    let gains = Gains::over(frontier, disagreement)?;
    // The derivative of the product's logarithm, times both gains.
    gains.last_positive(|outcome| {
        first * (outcome.second - disagreement.second)
            + second * (outcome.first - disagreement.first) * frontier.slope(outcome.first)
    })
}

/// The outcome where both parties get the same share of their ideal gain: what each would gain if the other got
/// no more than disagreement. Kalai and Smorodinsky 1975.
pub fn kalai_smorodinsky(frontier: &impl Frontier, disagreement: Payoffs) -> Result<Payoffs, NoSolution> {
    let gains = Gains::over(frontier, disagreement)?;
    let ideal_first = gains.ideal.first - disagreement.first;
    let ideal_second = gains.ideal.second - disagreement.second;
    gains.last_positive(|outcome| {
        (outcome.second - disagreement.second) / ideal_second - (outcome.first - disagreement.first) / ideal_first
    })
}

/// The outcome where both parties gain the same, in units that the caller holds comparable. Where the frontier ends
/// before the gains are equal, its end. Kalai 1977.
pub fn egalitarian(frontier: &impl Frontier, disagreement: Payoffs) -> Result<Payoffs, NoSolution> {
    let gains = Gains::over(frontier, disagreement)?;
    gains.last_positive(|outcome| (outcome.second - disagreement.second) - (outcome.first - disagreement.first))
}

/// The weights as shares of their sum.
fn normalised(weights: [f64; 2]) -> Result<[f64; 2], NoSolution> {
    let largest = weights[0].max(weights[1]);
    if weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0) && largest > 0.0 {
        // Dividing by the larger first keeps the sum of two huge weights finite.
        let [first, second] = weights.map(|weight| weight / largest);
        Ok([first / (first + second), second / (first + second)])
    } else {
        Err(NoSolution::Weights)
    }
}

/// The part of a frontier that is no worse than disagreement for either party.
struct Gains<'a, F> {
    frontier: &'a F,
    /// The first party's least payoff on this part. Its greatest is the ideal.
    least_first: f64,
    /// The most that each party can get here.
    ideal: Payoffs,
}

impl<'a, F: Frontier> Gains<'a, F> {
    fn over(frontier: &'a F, disagreement: Payoffs) -> Result<Self, NoSolution> {
        let (low, high) = frontier.range().into_inner();
        if ![low, high, disagreement.first, disagreement.second].iter().all(|value| value.is_finite()) {
            return Err(NoSolution::NotFinite);
        }
        if low >= high {
            return Err(NoSolution::EmptyRange);
        }
        let least_first = low.max(disagreement.first);
        if least_first >= high {
            return Err(NoSolution::NoGain);
        }
        let ideal_second = finite(frontier.second(least_first))?;
        let ideal_first = last_positive(least_first, high, |first| frontier.second(first) - disagreement.second)
            .ok_or(NoSolution::NotFinite)?;
        if ideal_second <= disagreement.second || ideal_first <= disagreement.first {
            return Err(NoSolution::NoGain);
        }
        Ok(Self { frontier, least_first, ideal: Payoffs { first: ideal_first, second: ideal_second } })
    }

    /// The last outcome on this part where `condition`, which must fall along it, is positive.
    fn last_positive(&self, condition: impl Fn(Payoffs) -> f64) -> Result<Payoffs, NoSolution> {
        let outcome = |first| Payoffs { first, second: self.frontier.second(first) };
        let first = last_positive(self.least_first, self.ideal.first, |first| condition(outcome(first)))
            .ok_or(NoSolution::NotFinite)?;
        finite(self.frontier.second(first)).map(|second| Payoffs { first, second })
    }
}

fn finite(value: f64) -> Result<f64, NoSolution> {
    if value.is_finite() { Ok(value) } else { Err(NoSolution::NotFinite) }
}
