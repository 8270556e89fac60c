//! What can go wrong with the records and the desk, with its exit codes.

use std::net::SocketAddr;
use std::path::PathBuf;

use app::StoreError;

use super::{ALTERED, FILE, OURS, REFUSED, UNAVAILABLE, USAGE, WRONG_INPUT};

/// Why the desk did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The desk said no.
    #[error("{0}.")]
    Desk(app::Error),
    /// A file holds no backup.
    #[error("{}: holds no backup of ours. Name a file that `upstairs backup` wrote.", .0.display())]
    NoBackup(PathBuf),
    /// A backup can't be taken in.
    #[error("{}: {}.", .0.display(), .1)]
    Backup(PathBuf, StoreError),
    /// Negotiations in a file are here with other entries: which.
    #[error("{}: {} are here with other entries, and were left as they are. Import them where they are not.", .0.display(), .1.join(", "))]
    Differing(PathBuf, Vec<String>),
    /// Nothing was recorded of late that could be taken back.
    #[error(
        "You recorded nothing within the last ten minutes that can be taken back. Strike an entry out with `upstairs strike`."
    )]
    NothingToUndo,
    /// What was kept elsewhere differs from what is here: since when.
    #[error(
        "The records are not what they were when that hash was kept: they differ {0}. Restore a backup from before, or find out who wrote there."
    )]
    Differs(String),
    /// Somebody asked the program to stop.
    #[error("Stopped; what was written so far is taken away again.")]
    Stopped,
    /// An address can't be answered on.
    #[error("{0} can't be answered on: {1}. Choose another with --listen.")]
    Listen(SocketAddr, std::io::Error),
}

impl Failure {
    /// What to log of it, where it is no fault of whoever asked.
    pub(super) fn fault(&self) -> Option<String> {
        match self {
            Self::Desk(cause) => cause.fault(),
            Self::Backup(_, cause) => cause.fault(),
            // What was asked for is the matter, or all there is to know is said.
            Self::NoBackup(_)
            | Self::Differing(..)
            | Self::NothingToUndo
            | Self::Differs(_)
            | Self::Stopped
            | Self::Listen(..) => None,
        }
    }

    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Desk(cause) => desk_code(cause),
            Self::Backup(_, cause) => store_code(cause),
            Self::Differs(_) => ALTERED,
            Self::Differing(..) | Self::NothingToUndo | Self::Stopped => REFUSED,
            Self::Listen(..) => UNAVAILABLE,
            Self::NoBackup(_) => FILE,
        }
    }
}

impl From<app::Error> for super::Error {
    fn from(cause: app::Error) -> Self {
        Failure::Desk(cause).into()
    }
}

/// Altered records are told from refusals, and both from a database that fails.
fn desk_code(cause: &app::Error) -> u8 {
    match cause {
        app::Error::Store(cause) => store_code(cause),
        app::Error::Import(_) | app::Error::Calendar(_) | app::Error::Page(_) => WRONG_INPUT,
        app::Error::Name(_) | app::Error::ShortPassword | app::Error::GuessedPassword => USAGE,
        app::Error::Ours(_) => OURS,
        _ => REFUSED,
    }
}

fn store_code(cause: &StoreError) -> u8 {
    use StoreError as Error;
    match cause {
        Error::Broken { .. } | Error::Format { .. } | Error::Listing | Error::Newer => ALTERED,
        Error::NotEmpty | Error::Taken | Error::Unknown | Error::Older => REFUSED,
        Error::Nothing(_) | Error::Unopened(_) => FILE,
        Error::NotFollowing => OURS,
        Error::Conflict { .. } | Error::Gap | Error::Full | Error::Database(_) | Error::Migration(_) => UNAVAILABLE,
    }
}
