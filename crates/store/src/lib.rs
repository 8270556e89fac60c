//! Keeps the records of negotiations: append-only, in one hash chain, on SQLite or PostgreSQL, alike on both.
//!
//! No entry is ever changed or removed. An append names the version that it follows, and is refused when another came
//! first; once acknowledged it is on disk. [`Store::verify`] proves that no stored byte was altered since. Accounts and
//! the [book](Page) of calendars, counterparts and visits are kept beside the record; they may change, and are sealed.

mod accounts;
mod beside;
mod book;
mod chain;
mod codec;
mod entries;
mod error;
mod examine;
mod fault;
mod file;
mod hash;
mod listing;
mod location;
mod log;
mod migrations;
mod moments;
mod opening;
mod outbox;
mod row;
mod schema;
mod sealed;
mod store;
mod tally;
mod transfer;
mod verify;
mod writing;

pub use accounts::{Account, AccountRole, Key, KeyKind};
pub use book::{Page, Shelf};
pub use codec::StoredEntry;
pub use error::{Error, Spot};
pub use examine::Examined;
pub use listing::{Cursor, Listed};
pub use location::Location;
pub use log::{Logged, Note};
pub use moments::Moment;
pub use outbox::{Backlog, Heard, News, NewsKind};
pub use store::Store;
pub use verify::Verified;
