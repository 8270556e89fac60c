//! What the log may have of a failure: its kind and its causes, short of what a database quotes.

use sqlx::error::{DatabaseError, ErrorKind};

use crate::error::{Error, GOING_AWAY};

impl Error {
    /// What failed and every cause behind it, for the log. `None` where it is no failure but an answer: somebody else was first, or
    /// a name is taken.
    pub fn fault(&self) -> Option<String> {
        match self {
            Self::Conflict { .. } | Self::Taken | Self::Unknown | Self::NotEmpty => None,
            Self::Database(cause) => Some(format!("the database failed: {}", told(cause))),
            Self::Migration(cause) => Some(format!("{self}: {}", told(cause))),
            Self::Gap
            | Self::Format { .. }
            | Self::Broken { .. }
            | Self::Listing
            | Self::NotFollowing
            | Self::Full
            | Self::Nothing(_)
            | Self::Unopened(_)
            | Self::Older
            | Self::Newer => Some(self.to_string()),
        }
    }
}

impl Error {
    /// How to mend that a database does not answer or let us in.
    pub fn mend(&self) -> &'static str {
        let Self::Database(cause) = self else { return "Name the records with --data or --database." };
        let code = cause.as_database_error().and_then(DatabaseError::code);
        match (cause, code.as_deref()) {
            (_, Some("28P01" | "28000")) => {
                "Correct user and password in the URL, or what the server lets in (pg_hba.conf)."
            }
            (_, Some("42501")) => "Let the user of the URL own the database, or grant it all rights in it.",
            (_, Some(code)) if GOING_AWAY.contains(&code) => "Wait until the server has started, and try again.",
            (sqlx::Error::Tls(_), _) => "Correct sslmode in the URL, or the server's certificate.",
            (sqlx::Error::Configuration(_), _) => "Write the URL as postgres://user:password@host:port/name.",
            (sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut, _) => {
                "Start the server, or correct host and port in the URL; a firewall may be between."
            }
            _ => "See the log of the database server.",
        }
    }
}

/// What the driver says of a failure, as far as it can't quote a value, a statement or a URL.
fn told(cause: &sqlx::Error) -> String {
    match cause {
        sqlx::Error::Database(refused) => refusal(refused.as_ref()),
        sqlx::Error::Io(cause) => cause.to_string(),
        sqlx::Error::Tls(_) => {
            "no secure connection could be made; check sslmode and the server's certificate".to_owned()
        }
        sqlx::Error::Configuration(_) => "the URL of the database can't be read".to_owned(),
        sqlx::Error::Protocol(_) => "the database answered in a way that the driver does not know".to_owned(),
        sqlx::Error::PoolTimedOut => "no connection could be had in time: it is away, or all are in use".to_owned(),
        sqlx::Error::PoolClosed => "the connections are closed".to_owned(),
        sqlx::Error::WorkerCrashed => "the driver's own thread broke off".to_owned(),
        sqlx::Error::RowNotFound => "a row is missing".to_owned(),
        _ => "the driver failed in a way that may quote what is stored".to_owned(),
    }
}

/// PostgreSQL says in an error of class 22 or 23 which value it could not take; SQLite's and all other texts name tables,
/// files and settings.
fn refusal(refused: &dyn DatabaseError) -> String {
    let code = refused.code().unwrap_or_default();
    let quotes = !matches!(refused.kind(), ErrorKind::Other) || code.starts_with("22") || code.starts_with("23");
    match (quotes, refused.constraint()) {
        (false, _) => format!("{} (code {code})", refused.message()),
        (true, Some(constraint)) => format!("it holds against {constraint} (code {code})"),
        (true, None) => format!("a value does not fit (code {code})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_no_faults() {
        for answer in [Error::Conflict { expected: 1, found: 2 }, Error::Taken, Error::Unknown, Error::NotEmpty] {
            assert_eq!(answer.fault(), None, "{answer:?}");
        }
        assert!(Error::Full.fault().is_some());
    }

    #[test]
    fn the_system_is_repeated_and_an_url_is_not() {
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        let fault = Error::from(sqlx::Error::Io(refused)).fault().unwrap();
        assert!(fault.contains("connection refused"), "{fault}");
        let wrong = sqlx::Error::Configuration("postgres://nora:secret@db: invalid port".into());
        let fault = Error::from(wrong).fault().unwrap();
        assert!(!fault.contains("secret"), "{fault}");
    }
}
