//! What can go wrong with stored records. No text repeats a fact or a URL.

use std::fmt;

use negotiation::Version;
use thiserror::Error as ThisError;

/// Where in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// An entry of the record, counted from 1.
    Entry(i64),
    /// A line of the log, counted from 1.
    Line(i64),
    /// In neither chain: accounts, keys, lists and pages, or the form of the database.
    Beside,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(position) => write!(f, "entry {position} of the record"),
            Self::Line(position) => write!(f, "line {position} of the log"),
            Self::Beside => write!(f, "what is kept beside the record"),
        }
    }
}

/// Why the store did not do as asked.
#[derive(Debug, ThisError)]
pub enum Error {
    /// Another entry came first.
    #[error("version {found} is the last, not {expected}: somebody else was first; read it and try again")]
    Conflict {
        /// The version that was to be followed.
        expected: Version,
        /// The last version there is.
        found: Version,
    },
    /// An entry to append does not carry the next version, or there is none.
    #[error("the entries do not follow one another")]
    Gap,
    /// What is stored at a place is not in a form that this program knows.
    #[error("{at} is in a form that this version does not know; use a newer one")]
    Format {
        /// Where.
        at: Spot,
    },
    /// A stored byte was altered, or something is missing.
    #[error("{}{what}; restore a backup from before", broken_at(*at))]
    Broken {
        /// The first place at which it shows.
        at: Spot,
        /// What shows.
        what: &'static str,
    },
    /// What is listed of a negotiation can't be read.
    #[error("what is listed of a negotiation can't be read; restore a backup from before")]
    Listing,
    /// There is an account of that name already.
    #[error("there is an account of that name already; choose another")]
    Taken,
    /// There is nothing of that name.
    #[error("there is no account or key of that name")]
    Unknown,
    /// Whoever asks what is pending does not follow the record.
    #[error("nobody follows the record by that name; follow it first")]
    NotFollowing,
    /// What is to be moved into is not empty.
    #[error("there are records there already; name a place without any")]
    NotEmpty,
    /// There is no room on the disk.
    #[error("there is no room on the disk; nothing was recorded, make room and try again")]
    Full,
    /// The database can't be reached, or failed.
    #[error("the database failed: {}", kind_of(.0))]
    Database(#[source] sqlx::Error),
    /// There are no records where they should be: the place, without a password.
    #[error("there are no records at {0}; check the place, or begin some there with `upstairs open` or `restore`")]
    Nothing(String),
    /// A file can't be opened: which.
    #[error("{0} can't be opened; check that its folder is there and that you may read and write it")]
    Unopened(String),
    /// The records are in the form of an older version, and were to be read as they are.
    #[error(
        "the records are in the form of an older version, and nothing was changed; any other command, such as \
         `upstairs list`, brings them to the form of this one"
    )]
    Older,
    /// The records were written by a newer version.
    #[error("the records were written by a newer version, or their list of migrations was altered; use the newer one")]
    Newer,
    /// The database could not be brought to this program's form.
    #[error("the database could not be brought to the form of this version")]
    Migration(#[source] sqlx::Error),
}

/// What comes before the words on a break: the place, where it is in a chain.
fn broken_at(at: Spot) -> String {
    match at {
        Spot::Beside => String::new(),
        at => format!("the chain is broken at {at}: "),
    }
}

impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Self {
        match sqlite_code(&cause) {
            Some(SQLITE_CORRUPT) => DAMAGED,
            Some(SQLITE_NOTADB) => {
                Self::Broken { at: Spot::Beside, what: "the file is no database, or its head is damaged" }
            }
            _ if is_full(&cause) => Self::Full,
            _ if is_no_value_of_ours(&cause) => {
                Self::Broken { at: Spot::Beside, what: "something stored is not of its kind, and was altered" }
            }
            _ => Self::Database(cause),
        }
    }
}

/// What a file is that SQLite can't find its way in.
pub(crate) const DAMAGED: Error = Error::Broken { at: Spot::Beside, what: "the file of the database is damaged" };

/// What a list of migrations is that is not ours.
pub(crate) const MIGRATIONS: Error = Error::Broken { at: Spot::Beside, what: "the list of migrations was altered" };

const SQLITE_CORRUPT: u32 = 11;
const SQLITE_FULL: u32 = 13;
const SQLITE_CANTOPEN: u32 = 14;
const SQLITE_NOTADB: u32 = 26;

fn code(cause: &sqlx::Error) -> Option<std::borrow::Cow<'_, str>> {
    cause.as_database_error().and_then(sqlx::error::DatabaseError::code)
}

/// SQLite's own code; PostgreSQL's have five letters. What exceeds eight bits only tells more of the same.
pub(crate) fn sqlite_code(cause: &sqlx::Error) -> Option<u32> {
    code(cause).filter(|code| code.len() < 5)?.parse::<u32>().ok().map(|code| code & 0xff)
}

/// Whether a statement does not fit the form of the database: SQLite's general error, PostgreSQL's undefined_column.
pub(crate) fn misfits(cause: &sqlx::Error) -> bool {
    sqlite_code(cause) == Some(1) || code(cause).as_deref() == Some("42703")
}

/// Whether what was read is no text or number where one is due.
fn is_no_value_of_ours(cause: &sqlx::Error) -> bool {
    use sqlx::Error::{AnyDriverError, ColumnDecode, Decode};
    matches!(cause, Decode(_) | ColumnDecode { .. } | AnyDriverError(_))
}

/// PostgreSQL's disk_full is 53100.
fn is_full(cause: &sqlx::Error) -> bool {
    sqlite_code(cause) == Some(SQLITE_FULL) || code(cause).as_deref() == Some("53100")
}

/// Whether it is that SQLite can't open the file.
pub(crate) fn is_unopened(cause: &sqlx::Error) -> bool {
    sqlite_code(cause) == Some(SQLITE_CANTOPEN)
}

/// What PostgreSQL says when it is stopped or restarted: admin_shutdown, crash_shutdown and cannot_connect_now.
pub(crate) const GOING_AWAY: [&str; 3] = ["57P01", "57P02", "57P03"];

/// What kind of failure it was, without what the driver quotes.
fn kind_of(cause: &sqlx::Error) -> &'static str {
    match cause {
        sqlx::Error::PoolTimedOut => "it did not answer in time; try again",
        sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => "it can't be reached; try again",
        sqlx::Error::Database(error) if error.code().is_some_and(|code| GOING_AWAY.contains(&code.as_ref())) => {
            "it can't be reached; try again"
        }
        sqlx::Error::Database(_) => "it refused; the log says why",
        _ => "the log says how",
    }
}
