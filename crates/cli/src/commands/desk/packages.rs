//! The issue sheet on record, and what it says of packages.

use std::path::PathBuf;

use bargain::sheet::text;
use negotiation::Command;

use super::acts::{Id, act};
use super::{Session, show};
use crate::commands::packages::{Screen, read};
use crate::commands::print;
use crate::error::Error;

/// The issue sheet.
#[derive(Debug, clap::Args)]
pub struct Sheet {
    #[command(flatten)]
    id: Id,
    /// The sheet to record: TOML, CSV or XLSX. Without one, the sheet on record is printed as TOML.
    file: Option<PathBuf>,
}

/// Records an issue sheet, or prints the one on record.
pub async fn sheet(session: &Session, wish: Sheet) -> Result<(), Error> {
    let id = show::id(session, wish.id.as_str()).await?;
    if let Some(path) = &wish.file {
        let sheet = Box::new(read(path)?);
        return act(session, &id, Command::PrepareIssues { sheet }).await;
    }
    let negotiation = session.desk.look_privileged(&session.who, &id, "the issue sheet", session.now).await?;
    let sheet = negotiation.sheet.ok_or(app::Error::NoSheet)?;
    if session.json { show::json(&sheet) } else { print(&text::write(&sheet)) }
}

/// Trades and packages.
#[derive(Debug, clap::Args)]
pub struct Trades {
    #[command(flatten)]
    id: Id,
}

/// Shows trades to try, several offers at once, and the limit to ask about.
pub async fn trades(session: &Session, wish: Trades) -> Result<(), Error> {
    let id = show::id(session, wish.id.as_str()).await?;
    let negotiation = session.desk.look_privileged(&session.who, &id, "the packages", session.now).await?;
    let findings = session.desk.findings(&negotiation, &id, session.now).await?;
    if session.json {
        return show::json(&findings);
    }
    let sheet = negotiation.sheet.ok_or(app::Error::NoSheet)?;
    print(&Screen::of(&sheet, &findings).told(&findings, &[]))
}
