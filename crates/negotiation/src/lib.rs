//! The record of a negotiation: the facts, what follows from them, and what may be done next.
//!
//! Pure: time, ids and who acts are arguments. A newcomer starts at [`fact`], what can be on record; [`decide`] says
//! what a wish leads to or why not, [`Negotiation::apply`] what a fact changes, and [`view`] who may see what.

pub mod access;
pub mod authority;
pub mod brief;
pub mod command;
mod decide;
pub mod disclosure;
pub mod doubt;
pub mod fact;
pub mod guidance;
mod happening;
pub mod ladder;
pub mod mandate;
pub mod offer;
pub mod packages;
pub mod party;
pub mod precedent;
pub mod proposal;
mod rejection;
pub mod stamp;
mod state;
pub mod summary;
pub mod view;
pub mod words;

pub use authority::{Authority, Lapse, Settling, Stated};
pub use command::Command;
pub use decide::{decide, undoable};
pub use fact::{Entry, Fact};
pub use happening::{Happening, Placed};
pub use rejection::Rejection;
pub use stamp::Stamp;
pub use state::{Negotiation, Phase, Recorded};
pub use summary::Summary;

/// Version of an entry within its negotiation, from 1.
pub type Version = u64;
