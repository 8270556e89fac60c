//! Why a use case did not do as asked. No text repeats an amount, a reason or a secret.

use std::fmt;

use engine::case::Fault;
use negotiation::{Rejection, Version};

use visits::{CalendarError, Refused};

use crate::bridge::Missing;

/// Why not.
#[derive(Debug)]
pub enum Error {
    /// There is no such thing, or none that whoever asks may know of.
    NotFound,
    /// Whoever asks may not do this.
    Forbidden,
    /// Whoever asks is nobody known here.
    Unknown,
    /// Name or password is wrong.
    SignIn,
    /// A password was tried too often of late.
    TooOften,
    /// A name can't be one.
    Name(&'static str),
    /// The one named has no account here.
    NoAccount,
    /// A password is too short.
    ShortPassword,
    /// The record does not let it be done.
    Rejected(Rejection),
    /// The price of it was not shown, or not as things stand now.
    PriceNotShown,
    /// The record went on meanwhile.
    Conflict {
        /// The version that was to be followed.
        expected: Version,
        /// The last version there is.
        found: Version,
    },
    /// What an advice can't do without is not on record.
    Missing(Vec<Missing>),
    /// The record makes no case that can be advised on.
    Faulty(Vec<Fault>),
    /// No advice was taken yet.
    NoAdvice,
    /// There is no issue sheet on record.
    NoSheet,
    /// A term is no issue of the sheet, or no option of its issue.
    NoOption,
    /// The best packages were not found.
    Search(bargain::pareto::NoFrontier),
    /// What is to be imported is wrong.
    Import(String),
    /// A visit is not so far, or farther.
    Visit(Refused),
    /// What should be a calendar is none.
    Calendar(CalendarError),
    /// A text for the counterpart gives away what is ours alone.
    GivesAway {
        /// What the text is.
        what: &'static str,
        /// What it gives away, by kind.
        kinds: Vec<&'static str>,
    },
    /// A page of the book can't be so.
    Page(&'static str),
    /// The store did not do as asked.
    Store(store::Error),
    /// A fault of the program.
    Ours(&'static str),
}

impl From<store::Error> for Error {
    fn from(cause: store::Error) -> Self {
        match cause {
            store::Error::Conflict { expected, found } => Self::Conflict { expected, found },
            cause => Self::Store(cause),
        }
    }
}

impl From<Rejection> for Error {
    fn from(cause: Rejection) -> Self {
        Self::Rejected(cause)
    }
}

impl From<Refused> for Error {
    fn from(cause: Refused) -> Self {
        Self::Visit(cause)
    }
}

impl From<CalendarError> for Error {
    fn from(cause: CalendarError) -> Self {
        Self::Calendar(cause)
    }
}

impl Error {
    /// A word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Forbidden => "forbidden",
            Self::Unknown => "not_signed_in",
            Self::SignIn => "wrong_name_or_password",
            Self::TooOften => "too_often",
            Self::Name(_) => "bad_name",
            Self::NoAccount => "no_account",
            Self::ShortPassword => "short_password",
            Self::Rejected(rejection) => rejection.code(),
            Self::PriceNotShown => "price_not_shown",
            Self::Conflict { .. } => "conflict",
            Self::Missing(_) => "not_prepared",
            Self::Faulty(_) => "faulty_case",
            Self::NoAdvice => "no_advice",
            Self::NoSheet => "no_sheet",
            Self::NoOption => "no_option",
            Self::Search(_) => "not_found_in_time",
            Self::Import(_) => "bad_import",
            Self::Visit(_) => "visit",
            Self::Calendar(_) => "bad_calendar",
            Self::GivesAway { .. } => "gives_away",
            Self::Page(_) => "unfit",
            Self::Store(store::Error::Full) => "disk_full",
            Self::Store(store::Error::Taken) => "taken",
            Self::Store(store::Error::Unknown) => "not_found",
            Self::Store(_) => "store",
            Self::Ours(_) => "fault",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => write!(f, "there is no such thing, or you take no part in it; check the name"),
            Self::Forbidden => {
                write!(f, "your part in this negotiation, or your token, does not reach so far; ask who may do it")
            }
            Self::Unknown => write!(f, "nobody is signed in; sign in, or send a token that is in force"),
            Self::SignIn => write!(f, "name or password is wrong; try again, or have an admin set another password"),
            Self::TooOften => write!(f, "the password was tried too often; wait five minutes"),
            Self::Name(what) => {
                write!(f, "{what} can't be so; use 1 to 64 lower-case letters, digits, dots, dashes and underscores")
            }
            Self::NoAccount => write!(f, "there is no open account of that name; have an admin make one"),
            Self::ShortPassword => write!(f, "the password is too short; take at least 12 characters"),
            Self::Rejected(rejection) => rejection.fmt(f),
            Self::PriceNotShown => {
                write!(
                    f,
                    "what bringing the boss in costs was not shown as things stand; ask for the price, then confirm it"
                )
            }
            Self::Conflict { expected, found } => {
                write!(f, "version {found} is the last, not {expected}: somebody else was first; read it and try again")
            }
            Self::Missing(what) => {
                let what: Vec<String> = what.iter().map(ToString::to_string).collect();
                write!(f, "{}", what.join("; "))
            }
            Self::Faulty(faults) => {
                let faults: Vec<String> =
                    faults.iter().map(|fault| format!("{} {}. {}", fault.path, fault.problem, fault.mend)).collect();
                write!(f, "the record makes no case to advise on: {}", faults.join(" "))
            }
            Self::NoAdvice => write!(f, "no advice was taken yet; take one first"),
            Self::NoSheet => write!(f, "there is no issue sheet on record; write one down first"),
            Self::NoOption => {
                write!(f, "a term is none of the sheet's issues, or none of its options; take those of the sheet")
            }
            Self::Search(cause) => cause.fmt(f),
            Self::Import(what) => write!(f, "{what}"),
            Self::Visit(refused) => refused.fmt(f),
            Self::Calendar(cause) => cause.fmt(f),
            Self::GivesAway { what, kinds } => {
                let kinds = kinds.join(", ");
                write!(f, "{what} gives away ({kinds}); check it as a message to see where, and put it otherwise")
            }
            Self::Page(what) => write!(f, "{what}"),
            Self::Store(cause) => cause.fmt(f),
            Self::Ours(what) => write!(f, "a fault of ours: {what}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(cause) => Some(cause),
            Self::Rejected(cause) => Some(cause),
            _ => None,
        }
    }
}
