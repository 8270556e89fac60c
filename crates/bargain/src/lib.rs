//! Bargaining theory over what two parties can reach together.
//!
//! Pure: no I/O, no clock, no randomness. A newcomer starts at [`frontier`], the best outcomes that two parties can
//! reach, then [`solution`], the points on it that the theory picks.

mod bisection;
pub mod frontier;
pub mod solution;

pub use frontier::{Curve, Frontier, Payoffs};
pub use solution::{NoSolution, egalitarian, kalai_smorodinsky, nash};
