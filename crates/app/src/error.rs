//! Why a use case did not do as asked. No text repeats an amount, a reason or a secret.

use engine::case::Fault;
use negotiation::doubt::Doubt;
use negotiation::{Rejection, Version};
use thiserror::Error as Thrown;
use visits::{CalendarError, Refused};

use crate::bridge::Missing;

/// Why not.
#[derive(Debug, Thrown)]
pub enum Error {
    /// There is no such thing, or none that whoever asks may know of.
    #[error("there is no such thing, or you take no part in it; check the name")]
    NotFound,
    /// Whoever asks may not do this.
    #[error("your part in this negotiation, or your token, does not reach so far; ask who may do it")]
    Forbidden,
    /// Whoever asks is nobody known here.
    #[error("nobody is signed in; sign in, or send a token that is in force")]
    Unknown,
    /// Name or password is wrong.
    #[error("name or password is wrong; try again, or have an admin set another password")]
    SignIn,
    /// A password was tried too often of late.
    #[error("the password was tried too often; wait five minutes")]
    TooOften,
    /// Too much waits to be computed already.
    #[error("too much is being worked out at the moment; try again in a few seconds")]
    Busy,
    /// A name can't be one.
    #[error("{0} can't be so; use 1 to 64 lower-case letters, digits, dots, dashes and underscores")]
    Name(&'static str),
    /// The one named has no account here.
    #[error("there is no open account of that name; have an admin make one")]
    NoAccount,
    /// A password is too short.
    #[error("the password is too short; take at least 12 characters")]
    ShortPassword,
    /// A password is among the first that are tried.
    #[error(
        "the password is a common one, or repeats or runs on; take one that nobody would try, such as four words that don't belong together"
    )]
    GuessedPassword,
    /// Whoever changes their own password did not say the one that they have.
    #[error("the present password is wrong or was not given; send it too (`present`), or have an admin set another")]
    PresentPassword,
    /// There is an account already.
    #[error("the first account is made; sign in")]
    NotTheFirst,
    /// The record does not let it be done.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// An entry breaks the pattern: it may be a slip.
    #[error("{}; put it right, or say that it is meant (--sure, or sure=true over HTTP)", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Doubtful(Vec<Doubt>),
    /// The price of it was not shown, or not as things stand now.
    #[error("what bringing the boss in costs was not shown as things stand; ask for the price, then confirm it")]
    PriceNotShown,
    /// The record went on meanwhile.
    #[error("version {found} is the last, not {expected}: somebody else was first; read it and try again")]
    Conflict {
        /// The version that was to be followed.
        expected: Version,
        /// The last version there is.
        found: Version,
    },
    /// What an advice can't do without is not on record.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Missing(Vec<Missing>),
    /// The record makes no case that can be advised on.
    #[error("the record makes no case to advise on: {}", told(.0))]
    Faulty(Vec<Fault>),
    /// No advice was taken yet.
    #[error("no advice was taken yet; take one first")]
    NoAdvice,
    /// There is no issue sheet on record.
    #[error("there is no issue sheet on record; write one down first")]
    NoSheet,
    /// A term is no issue of the sheet, or no option of its issue.
    #[error("a term is none of the sheet's issues, or none of its options; take those of the sheet")]
    NoOption,
    /// The best packages were not found.
    #[error("{0}")]
    Search(bargain::pareto::NoFrontier),
    /// What is to be imported is wrong.
    #[error("{0}")]
    Import(String),
    /// A visit is not so far, or farther.
    #[error("{0}")]
    Visit(Refused),
    /// What should be a calendar is none.
    #[error("{0}")]
    Calendar(#[from] CalendarError),
    /// A text for the counterpart gives away what is ours alone.
    #[error("{what} gives away ({}); check it as a message to see where, and put it otherwise", .kinds.join(", "))]
    GivesAway {
        /// What the text is.
        what: &'static str,
        /// What it gives away, by kind.
        kinds: Vec<&'static str>,
    },
    /// A page of the book can't be so.
    #[error("{0}")]
    Page(&'static str),
    /// The store did not do as asked.
    #[error(transparent)]
    Store(store::Error),
    /// A fault of the program.
    #[error("a fault of ours: {0}")]
    Ours(&'static str),
}

/// Faults of a case in sentences.
fn told(faults: &[Fault]) -> String {
    let told: Vec<String> =
        faults.iter().map(|fault| format!("{} {}. {}", fault.path, fault.problem, fault.mend)).collect();
    told.join(" ")
}

// Not an error by itself, so that there is no cause to name.
impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::Visit(refused)
    }
}

impl From<store::Error> for Error {
    fn from(cause: store::Error) -> Self {
        match cause {
            store::Error::Conflict { expected, found } => Self::Conflict { expected, found },
            cause => Self::Store(cause),
        }
    }
}

/// What an error is to whoever meets it, at whichever front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorClass {
    /// It is not known who asks.
    Unknown,
    /// They may not.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// What was sent can't be so.
    Unfit,
    /// As things stand it can't be done.
    Conflict,
    /// They asked too often.
    TooOften,
    /// Too much is asked of us at once.
    Busy,
    /// There is no room on the disk.
    Full,
    /// The database does not answer.
    Unavailable,
    /// A fault of ours.
    Ours,
}

impl Error {
    /// What it is to whoever meets it.
    pub fn class(&self) -> ErrorClass {
        match self {
            Self::NotFound | Self::Store(store::Error::Unknown) => ErrorClass::NotFound,
            Self::Forbidden
            | Self::PresentPassword
            | Self::NotTheFirst
            | Self::Rejected(Rejection::BossAlone(_) | Rejection::OutOfReach { .. }) => ErrorClass::Forbidden,
            Self::TooOften => ErrorClass::TooOften,
            Self::Busy => ErrorClass::Busy,
            Self::Unknown | Self::SignIn => ErrorClass::Unknown,
            Self::Name(_)
            | Self::NoAccount
            | Self::ShortPassword
            | Self::GuessedPassword
            | Self::Import(_)
            | Self::Calendar(_)
            | Self::Page(_)
            | Self::NoOption
            | Self::Visit(Refused::Empty | Refused::Ahead)
            | Self::Rejected(
                Rejection::Empty(_)
                | Rejection::Control
                | Rejection::Unordered(_)
                | Rejection::Impossible(_)
                | Rejection::TargetNotBetter(_)
                | Rejection::BossNarrower
                | Rejection::Ahead
                | Rejection::NoDay
                | Rejection::AfterRecording
                | Rejection::Past(_)
                | Rejection::UnsoundSheet(_),
            ) => ErrorClass::Unfit,
            Self::Rejected(_)
            | Self::Doubtful(_)
            | Self::GivesAway { .. }
            | Self::PriceNotShown
            | Self::Conflict { .. }
            | Self::Missing(_)
            | Self::Faulty(_)
            | Self::NoAdvice
            | Self::NoSheet
            | Self::Search(_)
            | Self::Visit(_)
            | Self::Store(store::Error::Taken) => ErrorClass::Conflict,
            Self::Store(store::Error::Full) => ErrorClass::Full,
            Self::Store(store::Error::Database(_)) => ErrorClass::Unavailable,
            Self::Store(_) | Self::Ours(_) => ErrorClass::Ours,
        }
    }

    /// Whether something else may come of it later, without anybody's doing.
    pub(crate) fn passes(&self) -> bool {
        match self.class() {
            ErrorClass::Busy | ErrorClass::Full | ErrorClass::Unavailable => true,
            ErrorClass::Unknown
            | ErrorClass::Forbidden
            | ErrorClass::NotFound
            | ErrorClass::Unfit
            | ErrorClass::Conflict
            | ErrorClass::TooOften
            | ErrorClass::Ours => false,
        }
    }

    /// What to log of a failure that is no fault of whoever asked: what failed, and every cause behind it as far as that can be
    /// told without repeating what is stored. `None` where whoever asked can mend it: they are told, and that is enough.
    pub fn fault(&self) -> Option<String> {
        match self {
            Self::Store(cause) => cause.fault(),
            Self::Ours(_) => Some(self.to_string()),
            _ => None,
        }
    }

    /// Logs a failure that nobody else is told of, unless it is none of ours.
    pub fn log(&self, doing: &'static str) {
        if let Some(cause) = self.fault() {
            tracing::error!(doing, cause, code = self.code(), "it failed");
        }
    }

    /// A word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Forbidden => "forbidden",
            Self::Unknown => "not_signed_in",
            Self::SignIn => "wrong_name_or_password",
            Self::TooOften => "too_often",
            Self::Busy => "busy",
            Self::Name(_) => "bad_name",
            Self::NoAccount => "no_account",
            Self::ShortPassword => "short_password",
            Self::GuessedPassword => "common_password",
            Self::PresentPassword => "present_password",
            Self::NotTheFirst => "not_the_first",
            Self::Rejected(rejection) => rejection.code(),
            Self::Doubtful(_) => "doubtful",
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
