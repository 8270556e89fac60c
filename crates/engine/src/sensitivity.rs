//! How the advice depends on what was assumed: who wins over the assumptions, what knowing more would be worth,
//! where the recommendation flips, what moves it most, and how sure it is.

mod break_even;
mod design;
mod information;
mod least_squares;
mod verdict;
mod worlds;

pub(crate) use break_even::{Probe, break_evens_and_tornado};
pub(crate) use design::Design;
pub(crate) use information::value_of_information;
pub(crate) use verdict::verdict;
pub(crate) use worlds::Robustness;

/// Paths that regressions run on, the first of those reported.
pub(crate) const REGRESSION_PATHS: usize = 16_384;
