//! Experiments: what is advised in many ordinary cases, and how strategies and models of the other side do on the domains
//! of the field. Nothing here is needed to advise on one negotiation or to keep its record.
//!
//! Pure but for threads: no files, no clock, and randomness only from a seed handed in. [`study`] draws cases and sums up
//! what is advised in them. [`strategy`] and [`session`] play a negotiation out, [`tournament`] many of them; [`scenario`]
//! and [`format`] read domains as other programs write them. [`frontier`] and [`solution`] are the theory of what two
//! parties can reach where it is a curve. [`human`] is what real negotiations tell. [`parallel`] works through jobs on several threads, [`plot`] draws.

pub mod analysis;
pub mod bearing;
mod bisection;
pub mod format;
pub mod frontier;
pub mod human;
pub mod opponent;
pub mod parallel;
pub mod plot;
pub mod scenario;
pub mod session;
pub mod solution;
pub mod strategy;
pub mod study;
pub mod tournament;
