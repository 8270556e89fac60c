//! How the advice depends on what was assumed: who wins over the assumptions, what knowing more would be worth,
//! where the recommendation flips, and what moves it most.

mod break_even;
mod design;
mod information;
mod least_squares;

pub(crate) use break_even::{Probe, break_evens_and_tornado};
pub(crate) use design::Design;
pub(crate) use information::{Robustness, robustness, value_of_information};

/// Paths that regressions run on, the first of those reported.
pub(crate) const REGRESSION_PATHS: usize = 16_384;
