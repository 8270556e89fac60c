//! Bargaining over one point or several.
//!
//! Pure: no I/O, no clock; randomness only from a seed handed in. A newcomer starts at [`domain`], what is negotiated, and
//! [`scoring`], what it is worth to a party. [`order`] and [`pareto`] find packages by their worth, [`rounding`] says what is the same worth; [`findings`] is what
//! they tell whoever wrote an issue sheet. Strategies, tournaments and the formats of other programs are in the crate `lab`.

pub mod beliefs;
pub mod concession;
pub mod domain;
pub mod findings;
pub mod limits;
pub mod opponent;
pub mod order;
pub mod pareto;
pub mod prior;
pub mod rounding;
pub mod scoring;
pub mod sheet;
pub mod space;
pub mod trades;

pub use domain::{Domain, Issue, Options, Package};
pub use scoring::Scoring;
