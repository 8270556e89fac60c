//! How two people bargain over a price, fitted on real negotiations, and where one of theirs is heading.
//!
//! A [`Manner`] is what has been fitted on one kind of negotiation: what follows a quote (it is taken, answered, bettered
//! by whoever made it, or nothing comes of it), how far the next quote goes, and where people open. A [`Table`] is what lies
//! before both at a moment. A [`Forecaster`] reads a negotiation event by event and says after each how likely a deal is and
//! at what price. Nobody's boss is in it: it is what people do at their own level.
//!
//! Prices are counted in spans, so that tenfold prices give tenfold forecasts; a span is what the kind of negotiation
//! says it is (for goods, three tenths of the list price; for a case, the distance from walk-away to target).

mod choice;
mod forecaster;
mod manner;
pub mod of_case;
mod play;
mod state;
mod table;
mod trees;

pub use choice::Choice;
pub use forecaster::{Forecaster, Outlook, PRICE_SEEN, Setting, quantile};
pub use manner::{Atom, Base, DeadCalls, Manner, Opening, Steps, Warp, log_odds, spread_out};
pub use play::{Ends, QUANTILES, level};
pub use state::{DEAD_UNDER, Motion, Reason, Standing};
pub use table::{Event, Follow, SEEN, Table, index};
pub use trees::{Question, Tree, Trees};
