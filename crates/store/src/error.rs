//! What can go wrong with stored records. No text repeats a fact or a URL.

use std::fmt;

use negotiation::Version;

/// Why the store did not do as asked.
#[derive(Debug)]
pub enum Error {
    /// Another entry came first.
    Conflict {
        /// The version that was to be followed.
        expected: Version,
        /// The last version there is.
        found: Version,
    },
    /// An entry to append does not carry the next version.
    Gap,
    /// A stored entry is not in a form that this program knows.
    Format {
        /// Its place in the chain.
        position: i64,
    },
    /// The chain is broken: a stored byte was altered, or entries are missing.
    Broken {
        /// The first place at which it shows.
        position: i64,
        /// What shows.
        what: &'static str,
    },
    /// What is listed of a negotiation can't be read.
    Listing,
    /// There is an account of that name already.
    Taken,
    /// There is nothing of that name.
    Unknown,
    /// What is to be moved into is not empty.
    NotEmpty,
    /// There is no room on the disk.
    Full,
    /// The database can't be reached, or failed.
    Database(sqlx::Error),
    /// The database could not be brought to this program's form.
    Migration(sqlx::migrate::MigrateError),
}

impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Self {
        if is_full(&cause) { Self::Full } else { Self::Database(cause) }
    }
}

/// SQLITE_FULL is 13; PostgreSQL's disk_full is 53100.
fn is_full(cause: &sqlx::Error) -> bool {
    let code = cause.as_database_error().and_then(sqlx::error::DatabaseError::code);
    matches!(code.as_deref(), Some("13" | "53100"))
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(cause: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError::{Execute, ExecuteMigration};
        match cause {
            Execute(cause) | ExecuteMigration(cause, _) if is_full(&cause) => Self::Full,
            cause => Self::Migration(cause),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict { expected, found } => {
                write!(f, "version {found} is the last, not {expected}: somebody else was first; read it and try again")
            }
            Self::Gap => write!(f, "the entries do not follow one another"),
            Self::Format { position } => {
                write!(f, "entry {position} is in a form that this version does not know; use a newer one")
            }
            Self::Broken { position, what } => {
                write!(f, "the chain is broken at entry {position}: {what}; restore a backup from before")
            }
            Self::Listing => write!(f, "what is listed of a negotiation can't be read; restore a backup from before"),
            Self::Taken => write!(f, "there is an account of that name already; choose another"),
            Self::Unknown => write!(f, "there is no account or key of that name"),
            Self::NotEmpty => write!(f, "there are records there already; name a place without any"),
            Self::Full => write!(f, "there is no room on the disk; nothing was recorded, make room and try again"),
            Self::Database(cause) => write!(f, "the database failed: {}", kind_of(cause)),
            Self::Migration(_) => write!(f, "the database could not be brought to the form of this version"),
        }
    }
}

/// What PostgreSQL says when it is stopped or restarted: admin_shutdown, crash_shutdown and cannot_connect_now.
const GOING_AWAY: [&str; 3] = ["57P01", "57P02", "57P03"];

/// What kind of failure it was, without what the driver quotes.
fn kind_of(cause: &sqlx::Error) -> &'static str {
    match cause {
        sqlx::Error::PoolTimedOut => "it did not answer in time; try again",
        sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => "it can't be reached; try again",
        sqlx::Error::Database(error) if error.code().is_some_and(|code| GOING_AWAY.contains(&code.as_ref())) => {
            "it can't be reached; try again"
        }
        sqlx::Error::Database(_) => "it refused; see its own log",
        _ => "see its own log",
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database(cause) => Some(cause),
            Self::Migration(cause) => Some(cause),
            _ => None,
        }
    }
}
