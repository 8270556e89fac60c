//! Leaving a negotiation, coming back to it, and taking back what was recorded a moment ago.

use negotiation::{Command, Version, undoable};

use super::acts::{Happened, Id, act, act_on, told};
use super::{Session, show};
use crate::error::{Error, Failure};

/// Leaving it without a result.
#[derive(Debug, clap::Args)]
pub struct Close {
    #[command(flatten)]
    id: Happened,
    /// Why.
    reason: String,
}

/// Leaves a negotiation without a result.
pub async fn close(session: &Session, close: Close) -> Result<(), Error> {
    act_on(session, close.id.as_str(), close.id.manner, Command::Close { reason: close.reason }).await
}

/// Going on after an end.
#[derive(Debug, clap::Args)]
pub struct Reopen {
    #[command(flatten)]
    id: Happened,
    /// Why.
    reason: String,
}

/// Goes on after an end.
pub async fn reopen(session: &Session, reopen: Reopen) -> Result<(), Error> {
    act_on(session, reopen.id.as_str(), reopen.id.manner, Command::Reopen { reason: reopen.reason }).await
}

/// Putting it away.
#[derive(Debug, clap::Args)]
pub struct Archive {
    #[command(flatten)]
    id: Id,
    /// Take it out again.
    #[arg(long)]
    restore: bool,
}

/// Puts a negotiation away, or takes it out again.
pub async fn archive(session: &Session, archive: Archive) -> Result<(), Error> {
    let command = if archive.restore { Command::Restore } else { Command::Archive };
    act(session, archive.id.as_str(), command).await
}

/// What to take back.
#[derive(Debug, clap::Args)]
pub struct Undo {
    #[command(flatten)]
    id: Id,
    /// The entry's number; the last that you recorded without it.
    entry: Option<Version>,
}

/// Takes back what was recorded within the last ten minutes, with all that came of it.
pub async fn undo(session: &Session, undo: Undo) -> Result<(), Error> {
    let id = show::id(session, undo.id.as_str()).await?;
    let version = match undo.entry {
        Some(version) => version,
        None => {
            let negotiation = session.desk.look_privileged(&session.who, &id, "the record", session.now).await?;
            let mut latest = negotiation.history.iter().rev().map(|entry| entry.version);
            let can_be =
                |version: &Version| !undoable(&negotiation, *version, &session.who.user, session.now).is_empty();
            latest.find(can_be).ok_or(Failure::NothingToUndo)?
        }
    };
    act(session, &id, Command::Undo { version }).await
}

/// A negotiation to be the template of another.
#[derive(Debug, clap::Args)]
pub struct Copy {
    #[command(flatten)]
    id: Id,
    /// What the new one is called; as this one is without it.
    #[arg(long)]
    title: Option<String>,
    /// With whom it is; as this one is without it.
    #[arg(long, value_name = "COUNTERPART")]
    with: Option<String>,
}

/// Opens a negotiation prepared as another is.
pub async fn copy(session: &Session, copy: Copy) -> Result<(), Error> {
    let id = show::id(session, copy.id.as_str()).await?;
    let done = session.desk.copy(&session.who, &id, copy.title, copy.with, session.now).await?;
    told(session, &done).await
}
