//! Bargaining over one point or several.
//!
//! Pure: no I/O, no clock; randomness only from a seed handed in. A newcomer starts at [`domain`], what is negotiated, and
//! [`scoring`], what it is worth to a party. [`order`] finds packages by their worth; [`strategy`] and [`session`] play a
//! negotiation out. [`frontier`] and [`solution`] are the theory of what two parties can reach where it is a curve.

pub mod analysis;
pub mod beliefs;
mod bisection;
pub mod concession;
pub mod domain;
pub mod findings;
pub mod format;
pub mod frontier;
pub mod limits;
pub mod opponent;
pub mod order;
pub mod pareto;
pub mod prior;
pub mod scenario;
pub mod scoring;
pub mod session;
pub mod sheet;
pub mod solution;
pub mod space;
pub mod strategy;
pub mod tournament;
pub mod trades;

pub use domain::{Domain, Issue, Options, Package};
pub use frontier::{Curve, Frontier, Payoffs};
pub use scoring::Scoring;
pub use solution::{NoSolution, egalitarian, kalai_smorodinsky, nash};
