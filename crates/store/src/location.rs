//! Where records are kept.

use std::path::PathBuf;

/// A file of our own, or a server.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// An SQLite file; made where there is none.
    File(PathBuf),
    /// A PostgreSQL server, by a URL `postgres://user:password@host:port/database`.
    Postgres(String),
}

/// Hides the URL, which may hold a password.
impl std::fmt::Debug for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Postgres(_) => f.write_str("Postgres(..)"),
        }
    }
}

impl Location {
    pub(crate) fn url(&self) -> String {
        match self {
            Self::File(path) => format!("sqlite://{}?mode=rwc", path.display()),
            Self::Postgres(url) => url.clone(),
        }
    }
}
