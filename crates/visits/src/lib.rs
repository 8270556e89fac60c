//! Visits (P10): where the bosses travel, which counterparts are there, which ties they would build, and what they must
//! leave alone. A visit builds ties at several levels; it settles no terms.
//!
//! Pure: calendars come in as text, today as an argument. Start at [`suggest`]; [`brief`] is what a visitor reads.

mod book;
mod brief;
mod calendar;
mod feed;
mod place;
mod suggest;
mod tie_map;
mod visit;

pub use book::{Colleague, Counterpart, Person, Strength, Tie, Tier};
pub use brief::{Brief, NeverDiscuss, brief};
pub use calendar::{Calendar, CalendarError, NotRead, Trip, read};
pub use feed::feed;
pub use place::is_at;
pub use suggest::{Bearings, OpenNegotiation, Risk, Suggestion, Warning, suggest, warnings};
pub use tie_map::{Row, TieMap, tie_map};
pub use visit::{Refused, State, Visit};
