//! Opening a negotiation, who takes part, and preparing it; and what all acts share.

use std::io::{IsTerminal, stderr, stdin};

use app::written::{self, Spelled};
use app::{Done, Error as DeskError, Wish, wire};
use jiff::civil::Date;
use negotiation::authority::Stated;
use negotiation::doubt::Doubt;
use negotiation::fact::{Days, Opening, Preparation};
use negotiation::party::{Part, Participant, User};
use negotiation::{Command, Stamp};
use report::phrases::capital;
use terms::{Amount, Currency, Quantity, Role};

use super::{Session, show};
use crate::error::Error;

/// Which negotiation.
#[derive(Debug, clap::Args)]
pub struct Id {
    /// The negotiation: its id, or as many of its first letters as tell it from others.
    id: String,
}

impl Id {
    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.id
    }
}

/// Which negotiation, and the day on which it happened there.
#[derive(Debug, clap::Args)]
pub struct Happened {
    #[command(flatten)]
    id: Id,
    #[command(flatten)]
    pub manner: Manner,
}

/// How something is recorded.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Manner {
    /// The day on which it happened; today without it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = written::day)]
    pub on: Option<Date>,
    /// It is meant, though it breaks the pattern: without this such an entry is asked about.
    #[arg(long)]
    pub sure: bool,
}

impl Happened {
    /// The negotiation as it was written.
    pub fn as_str(&self) -> &str {
        self.id.as_str()
    }
}

/// A reason to go on where a gate or the mandate says no.
#[derive(Debug, clap::Args)]
pub struct Despite {
    /// Go on though the mandate or the ladder says no; the reason is recorded.
    #[arg(long = "despite", value_name = "REASON")]
    pub reason: Option<String>,
}

/// Does it, and says what was recorded.
pub(super) async fn act(session: &Session, id: &str, command: Command) -> Result<(), Error> {
    act_on(session, id, Manner::default(), command).await
}

/// Does what happened on a day, and says what was recorded. What breaks the pattern is asked about first.
pub(super) async fn act_on(session: &Session, id: &str, manner: Manner, command: Command) -> Result<(), Error> {
    let id = show::id(session, id).await?;
    let (desk, who, stamp) = (&session.desk, &session.who, Stamp::new(session.now, manner.on));
    let wish = Wish { sure: manner.sure, ..Wish::new(&command, stamp) };
    let done = match desk.act(who, &id, wish).await {
        Err(DeskError::Doubtful(doubts)) if is_meant(session, &doubts)? => {
            desk.act(who, &id, Wish { sure: true, ..wish }).await?
        }
        done => done?,
    };
    told(session, &done).await
}

/// Asks on the terminal whether an entry is meant; whoever can't be asked says so with `--sure`.
fn is_meant(session: &Session, doubts: &[Doubt]) -> Result<bool, Error> {
    if session.json || !(stdin().is_terminal() && stderr().is_terminal()) {
        return Ok(false);
    }
    for doubt in doubts {
        let meant = doubt.meant.map(|meant| format!(" Did you mean {meant}?"));
        anstream::eprintln!("  {}.{}", capital(&doubt.to_string()), meant.unwrap_or_default());
    }
    anstream::eprint!("  Record it as it is? [y/N] ");
    let mut answer = String::new();
    stdin().read_line(&mut answer).map_err(Error::Write)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// The whole id of a negotiation, and the currency of its amounts.
pub(super) async fn priced(session: &Session, id: &str) -> Result<(String, Option<Currency>), Error> {
    let id = show::id(session, id).await?;
    let currency = session.desk.currency(&session.who, &id).await?;
    Ok((id, currency))
}

/// What was written for an argument or option, in the currency of the negotiation.
pub(super) fn read<T>(spelled: &Spelled<T>, named: &str, currency: Option<Currency>) -> Result<T, Error> {
    spelled.read(currency).map_err(|fault| match fault {
        written::Fault::Amount(misread) => Error::Option(named.to_owned(), misread.problem(), misread.mend()),
        written::Fault::Form(what) => {
            Error::Option(named.to_owned(), "is not as expected".to_owned(), format!("{what}."))
        }
    })
}

pub(super) async fn told(session: &Session, done: &Done) -> Result<(), Error> {
    if session.json {
        let entries: Vec<_> = done.entries.iter().cloned().map(wire::Entry::from).collect();
        return show::json(&serde_json::json!({
            "id": done.id, "version": done.negotiation.version, "entries": entries,
        }));
    }
    show::done(session, done).await
}

/// What to open.
#[derive(Debug, clap::Args)]
pub struct Open {
    /// What it is called.
    title: String,
    /// With whom.
    #[arg(long, value_name = "COUNTERPART")]
    with: String,
    /// What you do: seller or buyer.
    #[arg(long, value_parser = str::parse::<Role>)]
    role: Role,
    /// ISO 4217 code, such as EUR.
    #[arg(long)]
    currency: Currency,
    /// Your boss in it, where they have an account; nobody needs one but you.
    #[arg(long, value_name = "NAME")]
    boss: Option<String>,
    /// The day on which it began; today without it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = written::day)]
    on: Option<Date>,
}

/// Opens a negotiation.
pub async fn open(session: &Session, open: Open) -> Result<(), Error> {
    let opening = Opening { title: open.title, role: open.role, currency: open.currency, counterpart: open.with };
    let stamp = Stamp::new(session.now, open.on);
    let mut done = session.desk.open(&session.who, opening, stamp).await?;
    if let Some(boss) = open.boss {
        let participant = Participant { user: User(boss), part: Part::Boss, privy: true };
        let named = Command::Name { participant };
        let after = session.desk.act(&session.who, &done.id, Wish::new(&named, session.now)).await?;
        done.entries.extend(after.entries);
        done.negotiation = after.negotiation;
    }
    told(session, &done).await
}

/// Whom to name.
#[derive(Debug, clap::Args)]
pub struct Name {
    #[command(flatten)]
    id: Id,
    /// Who.
    user: String,
    /// As what: negotiator, boss or observer.
    #[arg(value_parser = written::part)]
    part: Part,
    /// An observer who may see what is privileged.
    #[arg(long)]
    privy: bool,
}

/// Names who takes part.
pub async fn name(session: &Session, name: Name) -> Result<(), Error> {
    let participant = Participant { user: User(name.user), part: name.part, privy: name.privy };
    act(session, &name.id.id, Command::Name { participant }).await
}

/// Whom to let go.
#[derive(Debug, clap::Args)]
pub struct Remove {
    #[command(flatten)]
    id: Id,
    /// Who.
    user: String,
}

/// Lets somebody go.
pub async fn remove(session: &Session, remove: Remove) -> Result<(), Error> {
    act(session, &remove.id.id, Command::Remove { user: User(remove.user) }).await
}

/// What is known and wanted. A number, or a range low..likely..high. What is not given stays as it was.
#[derive(Debug, clap::Args)]
pub struct Prepare {
    #[command(flatten)]
    id: Id,
    /// The price at which no deal is as good.
    #[arg(long, value_parser = |text: &str| Spelled::of(text, written::quantity))]
    walk_away: Option<Spelled<Quantity<Amount>>>,
    /// The price aimed for.
    #[arg(long, value_parser = |text: &str| Spelled::of(text, written::quantity))]
    target: Option<Spelled<Quantity<Amount>>>,
    /// What you may sign unasked: a price, none, or unlimited. A mandate that the boss grants takes its place.
    #[arg(long, value_name = "AMOUNT|none|unlimited", value_parser = |text: &str| Spelled::of(text, written::authority))]
    authority: Option<Spelled<Stated>>,
    /// The worst price that the boss would agree to.
    #[arg(long, value_parser = |text: &str| Spelled::of(text, written::quantity))]
    boss_limit: Option<Spelled<Quantity<Amount>>>,
    /// What you think their limit is.
    #[arg(long, value_parser = |text: &str| Spelled::of(text, written::quantity))]
    their_limit: Option<Spelled<Quantity<Amount>>>,
    /// Rounds of offers left.
    #[arg(long)]
    rounds_left: Option<u32>,
    /// When it must be done.
    #[arg(long, value_parser = written::day)]
    deadline: Option<Date>,
    /// Days a round takes.
    #[arg(long, value_name = "DAYS", value_parser = str::parse::<Days>)]
    days_per_round: Option<Days>,
    /// What a week of delay costs.
    #[arg(long, value_parser = |text: &str| Spelled::of(text, written::quantity))]
    cost_of_delay_per_week: Option<Spelled<Quantity<Amount>>>,
    /// What going upstairs costs their negotiator.
    #[arg(long, value_parser = |text: &str| Spelled::of(text, written::quantity))]
    cost_of_escalating: Option<Spelled<Quantity<Amount>>>,
    /// Later deals expected with them.
    #[arg(long, value_parser = |text: &str| Spelled::of(text, written::quantity))]
    later_deals: Option<Spelled<Quantity<Amount>>>,
    /// What one of them brings you.
    #[arg(long, value_parser = |text: &str| Spelled::of(text, written::quantity))]
    value_per_deal: Option<Spelled<Quantity<Amount>>>,
    /// What the boss's time costs, once.
    #[arg(long, value_parser = |text: &str| Spelled::of(text, written::quantity))]
    boss_time_cost: Option<Spelled<Quantity<Amount>>>,
    /// Everybody brings their boss here.
    #[arg(long)]
    boss_expected: Option<bool>,
    /// Your best alternative, in words.
    #[arg(long)]
    our_alternative: Option<String>,
    /// Theirs.
    #[arg(long)]
    their_alternative: Option<String>,
    /// It is meant, though it breaks the pattern: without this such an entry is asked about.
    #[arg(long)]
    sure: bool,
    /// Take what your closed negotiations make of the defaults in their place; `lab calibrate --own` shows it.
    #[arg(long)]
    own_history: bool,
    /// Take what one kind of negotiation says by itself of the defaults that were fitted on several, such as `goods_buyers`;
    /// `assumptions --like KIND` shows it.
    #[arg(long, value_name = "KIND")]
    like: Option<String>,
    /// Another value for an assumption, NAME=VALUE; as often as needed.
    #[arg(long = "assume", value_parser = |text: &str| Spelled::of(text, written::assumption))]
    assumptions: Vec<Spelled<(String, Quantity<Amount>)>>,
}

/// Writes down what is known and wanted, over what was known before.
pub async fn prepare(session: &Session, new: Prepare) -> Result<(), Error> {
    let id = show::id(session, &new.id.id).await?;
    let negotiation = session.desk.look_privileged(&session.who, &id, "the preparation", session.now).await?;
    let currency = negotiation.currency();
    let rounds_left = negotiation.rounds_left();
    let old = negotiation.preparation;
    let mut assumptions = old.assumptions.clone();
    if let Some(kind) = &new.like {
        assumptions.extend(app::history::to_record(crate::commands::assumptions::like(kind)?));
    }
    if new.own_history {
        assumptions.extend(session.desk.own_assumptions(&session.who, session.now).await?);
    }
    for spelled in &new.assumptions {
        let (name, value) = read(spelled, "--assume", currency)?;
        assumptions.insert(name, value);
    }
    let quantity = |option: &str, given: &Option<Spelled<Quantity<Amount>>>, known| match given {
        Some(spelled) => read(spelled, option, currency).map(Some),
        None => Ok(known),
    };
    let timed = new.rounds_left.is_some() || new.deadline.is_some();
    let preparation = Preparation {
        walk_away: quantity("--walk-away", &new.walk_away, old.walk_away)?,
        target: quantity("--target", &new.target, old.target)?,
        authority: match &new.authority {
            Some(spelled) => Some(read(spelled, "--authority", currency)?),
            None => old.authority,
        },
        boss_limit: quantity("--boss-limit", &new.boss_limit, old.boss_limit)?,
        counterpart_limit: quantity("--their-limit", &new.their_limit, old.counterpart_limit)?,
        our_alternative: new.our_alternative.or(old.our_alternative),
        their_alternative: new.their_alternative.or(old.their_alternative),
        // The time is told in one way: the other is forgotten.
        rounds_left: if timed { new.rounds_left } else { rounds_left },
        deadline: if timed { new.deadline } else { old.deadline },
        days_per_round: new.days_per_round.or(old.days_per_round),
        cost_of_delay_per_week: quantity(
            "--cost-of-delay-per-week",
            &new.cost_of_delay_per_week,
            old.cost_of_delay_per_week,
        )?,
        cost_of_escalating: quantity("--cost-of-escalating", &new.cost_of_escalating, old.cost_of_escalating)?,
        later_deals: quantity("--later-deals", &new.later_deals, old.later_deals)?,
        value_per_deal: quantity("--value-per-deal", &new.value_per_deal, old.value_per_deal)?,
        boss_time_cost: quantity("--boss-time-cost", &new.boss_time_cost, old.boss_time_cost)?,
        boss_expected: new.boss_expected.unwrap_or(old.boss_expected),
        assumptions,
        ..old
    };
    let manner = Manner { sure: new.sure, on: None };
    act_on(session, &id, manner, Command::Prepare { preparation: Box::new(preparation) }).await
}
