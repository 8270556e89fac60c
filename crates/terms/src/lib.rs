//! The ground words of a negotiation, each in one place: amounts and quantities, who sits on which side, and the keys of
//! plans, mechanisms, rungs and scopes.
//!
//! Every crate may use it and it uses none. A newcomer starts at [`Amount`].

mod amount;
mod currency;
mod encoded;
mod key;
mod ladder;
mod party;
mod plan;
mod quantity;
mod written;

pub use amount::{Amount, NotAnAmount};
pub use currency::{Currency, NoCurrency, recorded};
pub use encoded::{NotText, has_control, text_of};
pub use key::NoSuchKey;
pub use ladder::{Rung, Scope};
pub use party::{Level, Role, Side};
pub use plan::{Beyond, Cause, FirstStep, LeaveAsked, Mechanism, NextActKind, Pace, PlanId, Verdict};
pub use quantity::Quantity;
pub use written::{Doubt, Mark, Misread, Readings, Settling, mark_of, point_of, readings_of_figures, scale_of, scales};
