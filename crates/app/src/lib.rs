//! What the record, the store and the engine do together: the use cases of the desk. None of the three knows another;
//! the only bridge from record to case is here.
//!
//! Start at [`Desk`]. Time is an argument throughout; ids and secrets are drawn from the operating system.

mod accounts;
mod advising;
pub mod book;
mod bridge;
mod desk;
mod error;
mod guard;
mod looks;
pub mod numbers;
mod packages;
mod portable;
mod precedent;
mod sample;
mod secret;
mod visiting;
mod what_if;
pub mod written;

pub use accounts::{Accounts, Issued, Principal};
pub use advising::{Changes, FIRST_SAMPLES, First, PlanValue, SAMPLES, SEED, Standing, Step, Taken};
pub use argon2::Params;
pub use book::{CalendarKept, Kept, Source};
pub use bridge::{Missing, case_of};
pub use desk::{Desk, Done, Seen};
pub use error::Error;
pub use guard::check_words;
pub use numbers::Numbers;
pub use portable::{Imported, NotRecorded, Portable, PortableNegotiation};
pub use precedent::{Line, Precedent, ThisTime};
pub use sample::Sample;
pub use secret::one_time_token;
pub use visiting::{NewVisit, VisitSeen};
pub use what_if::Slider;
