//! What is sent: the forms of facts, wishes and summaries in the API's JSON and in `--json`.
//!
//! A fact has three forms, so that each may change by itself: the record's own ([`negotiation::Fact`]), the stored one
//! ([`store::StoredEntry`]), which is for ever, and this one, which others program against: `schema/openapi.json` is what they are
//! promised. What a fact is made of (an offer, a mandate, a question) is sent as the record has it.

mod command;
mod fact;
mod summary;

pub use command::{Act, Command};
pub use fact::{Entry, Fact};
pub use summary::{Privileged, Summary};
