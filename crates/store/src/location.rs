//! Where records are kept.

use std::fmt;
use std::path::PathBuf;

use percent_encoding::{NON_ALPHANUMERIC, percent_encode};

/// A file of our own, or a server.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// An SQLite file.
    File(PathBuf),
    /// A PostgreSQL server, by a URL `postgres://user:password@host:port/database`.
    Postgres(String),
}

/// Hides the URL, which may hold a password.
impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Postgres(_) => f.write_str("Postgres(..)"),
        }
    }
}

/// The path, or host and name of the database: neither user nor password.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Postgres(url) => {
                let place = url.split_once("://").map_or("", |(_, rest)| rest);
                let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
                write!(f, "postgres://{}", place.split('?').next().unwrap_or_default())
            }
        }
    }
}

/// How an SQLite file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// To write, and made where there is none.
    Make,
    /// To write.
    Write,
    /// To read.
    Read,
    /// To read, from where nobody writes and nothing beside the file can be made.
    Frozen,
}

impl Location {
    /// For a driver that takes nothing but URLs.
    pub(crate) fn url(&self, mode: Mode) -> String {
        match self {
            Self::File(path) => {
                // Every letter that could mean something in a URL or to SQLite is spelled out, slashes too: the path is taken
                // as it is.
                let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
                let path = percent_encode(path.as_os_str().as_encoded_bytes(), NON_ALPHANUMERIC);
                let options = match mode {
                    Mode::Make => "mode=rwc",
                    Mode::Write => "mode=rw",
                    Mode::Read => "mode=ro",
                    Mode::Frozen => "mode=ro&immutable=1",
                };
                format!("sqlite:{path}?{options}")
            }
            Self::Postgres(url) => url.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_without_who_may_enter() {
        let place = Location::Postgres("postgres://nora:se@cret@db.example:5432/desk?password=secret".to_owned());
        assert_eq!(place.to_string(), "postgres://db.example:5432/desk");
        assert_eq!(format!("{place:?}"), "Postgres(..)");
        assert_eq!(Location::Postgres("postgresql:///desk".to_owned()).to_string(), "postgres:///desk");
    }
}
