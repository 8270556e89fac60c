//! Format 1, the stored form of every fact so far. None of it is ever changed: bytes out there have it. A fact that says
//! something new gets a new kind or a field that may be missing; anything else is a format 2 beside this one, with a way up.
//!
//! The words and numbers of `terms` (amounts, quantities, roles, sides, levels, rungs, plans, next acts) are stored as they write
//! themselves, which is frozen likewise: `tests.rs` has every word.

pub mod advice;
pub mod fact;
pub mod guidance;
pub mod mandate;
pub mod offer;
pub mod people;
pub mod preparation;
pub mod proposal;
pub mod sheet;
pub mod summary;
