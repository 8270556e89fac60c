//! What two parties can reach together at best.

use std::ops::RangeInclusive;

/// What each of the two parties gets, in units of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payoffs {
    /// The first party's payoff.
    pub first: f64,
    /// The second party's payoff.
    pub second: f64,
}

/// The outcomes that leave neither party anything to gain without the other losing: the second party's payoff as
/// a decreasing, concave function of the first's.
///
/// Everything below the frontier is within reach as well. Neither property can be checked from outside; without
/// them a solution is a number without meaning.
pub trait Frontier {
    /// The first party's payoffs that the frontier runs over.
    fn range(&self) -> RangeInclusive<f64>;

    /// The most that the second party can get when the first gets `first`.
    fn second(&self, first: f64) -> f64;

    /// How [`second`](Self::second) changes with `first`: zero or less, and never rising. At a kink, any value
    /// between the slopes on its two sides; minus infinity where the frontier drops vertically.
    fn slope(&self, first: f64) -> f64;
}

/// A frontier from two closures.
#[derive(Clone, Debug)]
pub struct Curve<F, S> {
    range: RangeInclusive<f64>,
    second: F,
    slope: S,
}

impl<F: Fn(f64) -> f64, S: Fn(f64) -> f64> Curve<F, S> {
    /// The frontier over `range` with the second party's payoff and its slope as functions of the first's.
    pub fn new(range: RangeInclusive<f64>, second: F, slope: S) -> Self {
        Self { range, second, slope }
    }
}

impl<F: Fn(f64) -> f64, S: Fn(f64) -> f64> Frontier for Curve<F, S> {
    fn range(&self) -> RangeInclusive<f64> {
        self.range.clone()
    }

    fn second(&self, first: f64) -> f64 {
        (self.second)(first)
    }

    fn slope(&self, first: f64) -> f64 {
        (self.slope)(first)
    }
}
