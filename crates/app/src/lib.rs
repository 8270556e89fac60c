//! What the record, the store and the engine do together: the use cases of the desk. None of the three knows another;
//! the only bridge from record to case is here.
//!
//! Start at [`Desk`]. Time is an argument throughout; ids and secrets are drawn from the operating system.

mod accounts;
mod acting;
mod advising;
mod answers;
mod bell;
pub mod book;
mod bridge;
mod changing;
mod checking;
mod computing;
mod copying;
pub mod custody;
mod desk;
mod error;
pub mod follow;
mod guard;
pub mod history;
mod intake;
mod latest;
mod lists;
mod managing;
mod next;
pub mod numbers;
mod outage;
mod packages;
mod passwords;
mod portable;
mod portfolio;
mod precedent;
mod pricing;
mod proof;
mod reading;
mod reminding;
mod rights;
mod sample;
mod secret;
mod starting;
mod visiting;
mod what_if;
pub mod wire;
pub mod written;

pub use accounts::{Accounts, Issued, Principal, is_name};
pub use acting::Wish;
pub use advising::Taken;
pub use answers::{FIRST_SAMPLES, First, PlanValue, SAMPLES, SEED};
pub use argon2::Params;
pub use bell::{Bell, Changed};
pub use book::{CalendarKept, CalendarState, Kept, Source};
pub use bridge::{Missing, case_of};
pub use changing::{Changes, Standing};
pub use computing::Computing;
pub use custody::Custody;
pub use desk::{Desk, Done, Seen};
pub use error::{Error, ErrorClass};
pub use guard::check_words;
pub use intake::{TakenIn, counterpart_of};
pub use latest::AdviceAtHand;
pub use managing::NewToken;
pub use next::Next;
pub use numbers::Numbers;
pub use outage::Outage;
pub use portable::{Given, Imported, NotRecorded, Portable, PortableNegotiation};
pub use portfolio::{InList, Known, acts_meanwhile};
pub use precedent::{Line, Precedent, ThisTime};
pub use pricing::Step;
pub use proof::{Dated, Held, KeptHash, kept_as};
pub use rights::{Rights, is_boss_of};
pub use sample::{SAMPLE_BOSS, Sample};
pub use secret::{one_time_token, request_id};
pub use starting::Start;
pub use store::{
    Account, AccountRole, Backlog, Cursor, Error as StoreError, Examined, Key, KeyKind, Listed, Location, Logged,
    Moment, Verified,
};
pub use visiting::{NewVisit, VisitSeen};
pub use what_if::Slider;
