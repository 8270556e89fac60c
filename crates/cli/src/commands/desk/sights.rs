//! What can be seen of negotiations.

use app::Wish;
use negotiation::Settling;
use negotiation::party::User;
use terms::Rung;

use super::acts::{Id, priced};
use super::table::Offered;
use super::{Session, show};
use crate::error::Error;

/// Which to list.
#[derive(Debug, clap::Args)]
pub struct List {
    /// Those put away too.
    #[arg(long)]
    all: bool,
}

/// Lists negotiations.
pub async fn list(session: &Session, wish: List) -> Result<(), Error> {
    show::list(session, wish.all).await
}

/// A negotiation to be shown.
#[derive(Debug, clap::Args)]
pub struct Show {
    #[command(flatten)]
    id: Id,
}

/// Shows a negotiation with its record.
pub async fn show(session: &Session, wish: Show) -> Result<(), Error> {
    let id = show::id(session, wish.id.as_str()).await?;
    let seen = session.desk.look(&session.who, &id, "the record", session.now).await?;
    show::record(session, &id, &seen).await
}

/// A package to be checked.
#[derive(Debug, clap::Args)]
pub struct Check {
    #[command(flatten)]
    id: Id,
    #[command(flatten)]
    package: Offered,
}

/// Checks a package against the mandate.
pub async fn check(session: &Session, wish: Check) -> Result<(), Error> {
    let (id, currency) = priced(session, wish.id.as_str()).await?;
    let package = wish.package.package(currency)?;
    let Settling { outside, conditions, lapsed } =
        session.desk.settling(&session.who, &id, &package, session.now).await?;
    let mut because: Vec<String> = outside.iter().map(ToString::to_string).collect();
    because.extend(lapsed.iter().map(ToString::to_string));
    if session.json {
        let inside = outside.is_empty();
        return show::json(&serde_json::json!({
            "inside": inside, "outside": outside, "because": because, "conditions": conditions,
            "lapsed": lapsed,
        }));
    }
    show::lines(&if because.is_empty() && conditions.is_empty() {
        vec!["Inside what you may sign: settle it yourself.".to_owned()]
    } else if because.is_empty() {
        vec![format!("Inside by your boss's leave, on a condition: {}.", conditions.join("; "))]
    } else {
        vec![format!("Outside: {}.", because.join("; ")), "Ask guidance on that one point.".to_owned()]
    })
}

/// The brief.
#[derive(Debug, clap::Args)]
pub struct Brief {
    #[command(flatten)]
    id: Id,
    /// Record that it was sent to this user.
    #[arg(long, value_name = "NAME")]
    send: Option<String>,
}

/// Shows the brief, or records that it was sent.
pub async fn brief(session: &Session, wish: Brief) -> Result<(), Error> {
    let id = show::id(session, wish.id.as_str()).await?;
    if let Some(to) = wish.send {
        let command = negotiation::Command::SendBrief { to: User(to) };
        session.desk.act(&session.who, &id, Wish::new(&command, session.now)).await?;
    }
    show::brief(session, &id).await
}

/// The ladder.
#[derive(Debug, clap::Args)]
pub struct Ladder {
    #[command(flatten)]
    id: Id,
}

/// Shows what was tried.
pub async fn ladder(session: &Session, wish: Ladder) -> Result<(), Error> {
    let id = show::id(session, wish.id.as_str()).await?;
    let gate = session.desk.gate(&session.who, &id, Rung::Boss, session.now).await?;
    if session.json { show::json(&gate) } else { show::ladder(&gate) }
}

/// The precedent ledger.
#[derive(Debug, clap::Args)]
pub struct Precedent {
    #[command(flatten)]
    id: Id,
}

/// Shows the precedent ledger.
pub async fn precedent(session: &Session, wish: Precedent) -> Result<(), Error> {
    let id = show::id(session, wish.id.as_str()).await?;
    show::precedent(session, &id).await
}

/// What changed.
#[derive(Debug, clap::Args)]
pub struct Changes {
    #[command(flatten)]
    id: Id,
}

/// Shows what changed since the last advice.
pub async fn changes(session: &Session, wish: Changes) -> Result<(), Error> {
    let id = show::id(session, wish.id.as_str()).await?;
    show::changes(session, &id).await
}

/// Views.
#[derive(Debug, clap::Args)]
pub struct Views {
    #[command(flatten)]
    id: Id,
    /// At most so many, the last first.
    #[arg(long, default_value_t = 50)]
    limit: u32,
}

/// Shows who saw what, and who imported it.
pub async fn views(session: &Session, wish: Views) -> Result<(), Error> {
    let id = show::id(session, wish.id.as_str()).await?;
    let mut logged = session.desk.views(&session.who, &id, wish.limit).await?;
    // That it was recorded elsewhere is told however much was seen since.
    let imported = session.desk.imported_by(&session.who, &id).await?;
    logged.extend(imported.filter(|line| !logged.contains(line)));
    if session.json {
        let views = logged.iter().map(|line| serde_json::json!({ "at": line.at, "who": line.who, "what": line.what }));
        return show::json(&views.collect::<Vec<_>>());
    }
    show::lines(
        &logged
            .iter()
            .map(|line| format!("  {}  {:<12}  {}", negotiation::words::moment(line.at), line.who, line.what))
            .collect::<Vec<_>>(),
    )
}
