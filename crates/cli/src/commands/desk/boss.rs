//! The upper rungs: the both-bosses proposal, calls for the boss, and the boss in the room.

use app::written;
use std::path::PathBuf;

use app::{Error as DeskError, Step};
use negotiation::fact::PriceShown;
use negotiation::{Command, Stamp, proposal};

use super::acts::{Despite, Happened, act_on};
use super::{Session, show};
use crate::error::Error;
use crate::files;

/// The boss's consent.
#[derive(Debug, clap::Args)]
pub struct Consent {
    #[command(flatten)]
    id: Happened,
    /// Until when.
    #[arg(long, value_parser = written::when)]
    until: Option<written::When>,
    /// A boss who takes no part here said so; it is marked as told by you.
    #[arg(long)]
    told: bool,
    /// Take it back.
    #[arg(long, conflicts_with_all = ["until", "told"])]
    withdraw: bool,
}

/// Gives or takes back the consent to be named.
pub async fn consent(session: &Session, consent: Consent) -> Result<(), Error> {
    let command = if consent.withdraw {
        Command::WithdrawConsent
    } else {
        Command::Consent { until: consent.until.map(|until| until.from(session.now)), told: consent.told }
    };
    act_on(session, consent.id.as_str(), consent.id.manner, command).await
}

/// A proposal to take it to both bosses.
#[derive(Debug, clap::Args)]
pub struct Propose {
    #[command(flatten)]
    id: Happened,
    /// The words to send, in a file; neutral ones of ours without it. {title}, {counterpart} and {days} are filled in.
    #[arg(long, value_name = "FILE")]
    wording: Option<PathBuf>,
    /// In how many days the two would meet again, which is also when their answer is due.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=365))]
    days: u32,
    /// Show the words only.
    #[arg(long)]
    draft: bool,
    #[command(flatten)]
    despite: Despite,
}

/// The largest template read, in bytes.
const TEMPLATE_BYTES: u64 = 64 * 1024;

/// Proposes to take it to both bosses.
pub async fn propose(session: &Session, propose: Propose) -> Result<(), Error> {
    let id = show::id(session, propose.id.as_str()).await?;
    let wording = match &propose.wording {
        None => session.desk.proposal_wording(&session.who, &id, propose.days, session.now).await?,
        Some(path) => {
            let text = String::from_utf8(files::read(path, TEMPLATE_BYTES)?).map_err(|_| {
                let mend = "Save it as plain UTF-8 text.".to_owned();
                Error::Advice(path.clone(), "is no text".to_owned(), mend)
            })?;
            let seen = session.desk.look(&session.who, &id, "the wording of a proposal", session.now).await?;
            let opening = seen.negotiation.opening.ok_or(DeskError::NotFound)?;
            proposal::filled(&text, &opening.title, &opening.counterpart, i64::from(propose.days))
        }
    };
    if propose.draft {
        return super::super::print(&format!("{}\n", wording.trim_end()));
    }
    let made = Stamp::new(session.now, propose.id.manner.on).happened(0);
    let answer_by = written::When::In(jiff::SignedDuration::from_hours(24 * i64::from(propose.days))).from(made);
    let command = Command::Propose { wording, answer_by, despite: propose.despite.reason };
    act_on(session, &id, propose.id.manner, command).await
}

/// What came of it.
#[derive(Debug, clap::Args)]
pub struct Outcome {
    #[command(flatten)]
    id: Happened,
    /// What: unlocked, accepted, declined, ignored or backlash.
    #[arg(value_parser = written::outcome)]
    outcome: proposal::Outcome,
}

/// Records what came of the proposal.
pub async fn outcome(session: &Session, outcome: Outcome) -> Result<(), Error> {
    let command = Command::ProposalAnswered { outcome: outcome.outcome };
    act_on(session, outcome.id.as_str(), outcome.id.manner, command).await
}

/// A call for the boss.
#[derive(Debug, clap::Args)]
pub struct Called {
    #[command(flatten)]
    id: Happened,
    /// How.
    how: String,
    /// They went to the boss directly.
    #[arg(long)]
    direct: bool,
}

/// Records a call for the boss.
pub async fn called(session: &Session, called: Called) -> Result<(), Error> {
    let how = called.how;
    let command = if called.direct { Command::BossContacted { how } } else { Command::BossAskedFor { how } };
    act_on(session, called.id.as_str(), called.id.manner, command).await
}

/// The boss in the room.
#[derive(Debug, clap::Args)]
pub struct Join {
    #[command(flatten)]
    id: Happened,
    /// The boss takes the negotiation over.
    #[arg(long)]
    take_over: bool,
    /// Do it, at the price shown. Without this, the price is shown and nothing is done.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    despite: Despite,
}

/// Shows the price, and brings the boss in where that is confirmed.
pub async fn join(session: &Session, join: Join) -> Result<(), Error> {
    let id = show::id(session, join.id.as_str()).await?;
    let step = if join.take_over { Step::TakesOver } else { Step::Joins };
    let price = match session.desk.price(&session.who, &id, step, session.now).await {
        Ok(price) => Ok(price),
        Err(why @ (DeskError::Missing(_) | DeskError::Faulty(_))) => Err(why.to_string()),
        Err(other) => return Err(other.into()),
    };
    if !join.yes || !session.json {
        show::price(session, &id, price.as_ref(), join.yes).await?;
    }
    if !join.yes {
        return Ok(());
    }
    act_on(session, &id, join.id.manner, bring(join.take_over, price.ok(), join.despite.reason)).await
}

fn bring(takes_over: bool, price: Option<PriceShown>, despite: Option<String>) -> Command {
    if takes_over { Command::HandOver { price, despite } } else { Command::BringBoss { price, despite } }
}

/// A reply.
#[derive(Debug, clap::Args)]
pub struct Reply {
    #[command(flatten)]
    id: Happened,
    /// The reply sent; three lines of ours without it.
    #[arg(long)]
    reply: Option<String>,
}

impl Reply {
    async fn words(self, session: &Session, id: &str) -> Result<String, Error> {
        match self.reply {
            Some(reply) => Ok(reply),
            None => Ok(session.desk.hand_back_reply(&session.who, id).await?),
        }
    }
}

/// The boss declines.
pub async fn decline(session: &Session, reply: Reply) -> Result<(), Error> {
    let id = show::id(session, reply.id.as_str()).await?;
    let (manner, reply) = (reply.id.manner, reply.words(session, &id).await?);
    act_on(session, &id, manner, Command::Decline { reply }).await
}

/// The boss hands the channel back.
pub async fn hand_back(session: &Session, reply: Reply) -> Result<(), Error> {
    let id = show::id(session, reply.id.as_str()).await?;
    let (manner, reply) = (reply.id.manner, reply.words(session, &id).await?);
    act_on(session, &id, manner, Command::HandBack { reply }).await
}
