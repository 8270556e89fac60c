//! Acts at the table: offers, impasses, and how it ends.

use app::written::{self, Spelled};
use negotiation::offer::{self, Channel, Package, Term};
use negotiation::{Command, Version};
use terms::{Amount, Currency, Level, Side};

use super::Session;
use super::acts::{Despite, Happened, Id, act, act_on, priced, read};
use crate::error::Error;

/// A package.
#[derive(Debug, clap::Args)]
pub struct Offered {
    /// The price.
    #[arg(value_parser = |text: &str| Spelled::of(text, written::amount), allow_negative_numbers = true)]
    price: Spelled<Amount>,
    /// A term besides, NAME=VALUE; as often as needed.
    #[arg(long = "term", value_parser = |text: &str| Spelled::of(text, written::term))]
    terms: Vec<Spelled<(String, Term)>>,
}

impl Offered {
    /// As the record has it.
    pub fn package(&self, currency: Option<Currency>) -> Result<Package, Error> {
        let price = read(&self.price, "PRICE", currency)?;
        let terms = self.terms.iter().map(|term| read(term, "--term", currency)).collect::<Result<_, _>>()?;
        Ok(Package { price, terms })
    }
}

/// An offer.
#[derive(Debug, clap::Args)]
pub struct Offer {
    #[command(flatten)]
    id: Happened,
    /// Whose: us or them.
    #[arg(value_parser = str::parse::<Side>)]
    by: Side,
    #[command(flatten)]
    package: Offered,
    /// At which level: negotiator or boss.
    #[arg(long, value_parser = str::parse::<Level>, default_value = "negotiator")]
    level: Level,
    /// It binds once accepted.
    #[arg(long)]
    binding: bool,
    /// What it depends on.
    #[arg(long)]
    condition: Option<String>,
    /// Anything worth remembering; yours alone.
    #[arg(long)]
    note: Option<String>,
    #[command(flatten)]
    despite: Despite,
}

/// Records an offer.
pub async fn offer(session: &Session, new: Offer) -> Result<(), Error> {
    let (id, currency) = priced(session, new.id.as_str()).await?;
    let offer = offer::Offer {
        by: new.by,
        package: new.package.package(currency)?,
        level: new.level,
        channel: Channel::default(),
        binding: new.binding,
        condition: new.condition,
        note: new.note,
    };
    act_on(session, &id, new.id.manner, Command::Offer { offer, despite: new.despite.reason }).await
}

/// An impasse.
#[derive(Debug, clap::Args)]
pub struct Impasse {
    #[command(flatten)]
    id: Happened,
    /// How it shows.
    #[arg(required_unless_present = "over")]
    how: Option<String>,
    /// It moves again.
    #[arg(long, conflicts_with = "how")]
    over: bool,
}

/// Notes an impasse, or its end.
pub async fn impasse(session: &Session, impasse: Impasse) -> Result<(), Error> {
    let command = match impasse.how {
        Some(how) => Command::NoteImpasse { how },
        None => Command::ResolveImpasse,
    };
    act_on(session, impasse.id.as_str(), impasse.id.manner, command).await
}

/// An agreement.
#[derive(Debug, clap::Args)]
pub struct Agree {
    #[command(flatten)]
    id: Happened,
    #[command(flatten)]
    package: Offered,
    #[command(flatten)]
    despite: Despite,
}

/// Records an agreement.
pub async fn agree(session: &Session, agree: Agree) -> Result<(), Error> {
    let (id, currency) = priced(session, agree.id.as_str()).await?;
    let command = Command::Agree { package: agree.package.package(currency)?, despite: agree.despite.reason };
    act_on(session, &id, agree.id.manner, command).await
}

/// Giving up.
#[derive(Debug, clap::Args)]
pub struct WalkAway {
    #[command(flatten)]
    id: Happened,
    /// Why.
    reason: String,
}

/// Records that one walked away.
pub async fn walk_away(session: &Session, walk_away: WalkAway) -> Result<(), Error> {
    let command = Command::WalkAway { reason: walk_away.reason };
    act_on(session, walk_away.id.as_str(), walk_away.id.manner, command).await
}

/// Looking back.
#[derive(Debug, clap::Args)]
pub struct Review {
    #[command(flatten)]
    id: Id,
    /// What was learnt.
    notes: String,
}

/// Records what was learnt.
pub async fn review(session: &Session, review: Review) -> Result<(), Error> {
    act(session, review.id.as_str(), Command::Review { notes: review.notes }).await
}

/// An entry recorded by mistake.
#[derive(Debug, clap::Args)]
pub struct Strike {
    #[command(flatten)]
    id: Id,
    /// The entry's number, as `upstairs show` gives it.
    entry: Version,
    /// Why.
    reason: String,
}

/// Strikes an entry out.
pub async fn strike(session: &Session, strike: Strike) -> Result<(), Error> {
    let command = Command::Correct { version: strike.entry, instead: None, reason: strike.reason, despite: None };
    act(session, strike.id.as_str(), command).await
}
