//! Authority: the mandate, and guidance asked and answered in private.

use app::written::{self, Spelled};
use negotiation::guidance::{self, Point, Question};
use negotiation::mandate::{self, TermLimit};
use negotiation::offer::Term;
use negotiation::{Command, Version};
use terms::Amount;

use super::acts::{Happened, act_on, priced, read};
use super::{Session, show};
use crate::error::Error;

/// The mandate: shown, granted or ended.
#[derive(Debug, clap::Args)]
pub struct Mandate {
    #[command(flatten)]
    id: Happened,
    /// Grant, as the boss: the worst price.
    #[arg(long, value_parser = |text: &str| Spelled::of(text, written::amount), conflicts_with_all = ["end", "at"])]
    price: Option<Spelled<Amount>>,
    /// Grant a limit on a term too: payment_days<=60, volume>=100, warranty=one year|two, exclusivity=never.
    #[arg(long = "limit", value_parser = |text: &str| Spelled::of(text, written::limit), requires = "price")]
    limits: Vec<Spelled<TermLimit>>,
    /// Until when it is granted.
    #[arg(long, value_parser = written::when, requires = "price")]
    until: Option<written::When>,
    /// End it, as the boss, for this reason.
    #[arg(long, value_name = "REASON", conflicts_with = "at")]
    end: Option<String>,
    /// A boss who takes no part here said so; it is marked as told by you.
    #[arg(long, requires = "price")]
    told: bool,
    /// Show the one that was in force then.
    #[arg(long, value_parser = written::when, conflicts_with = "on")]
    at: Option<written::When>,
    /// By what was on record then: what anybody could know of it at that time.
    #[arg(long, value_parser = written::when, conflicts_with_all = ["price", "end"])]
    known: Option<written::When>,
}

/// Shows, grants or ends the mandate.
pub async fn mandate(session: &Session, wish: Mandate) -> Result<(), Error> {
    match (wish.price, wish.end) {
        (Some(price), _) => {
            let (id, currency) = priced(session, wish.id.as_str()).await?;
            let until = wish.until.map(|until| until.from(session.now));
            let terms = wish.limits.iter().map(|limit| read(limit, "--limit", currency)).collect::<Result<_, _>>()?;
            let mandate = mandate::Mandate { price: read(&price, "--price", currency)?, terms, until };
            act_on(session, &id, wish.id.manner, Command::GrantMandate { mandate, told: wish.told }).await
        }
        (None, Some(reason)) => act_on(session, wish.id.as_str(), wish.id.manner, Command::EndMandate { reason }).await,
        (None, None) => {
            let at = wish.at.map_or(session.now, |at| at.from(session.now));
            let known = wish.known.map(|known| known.from(session.now));
            show::mandate(session, wish.id.as_str(), at, known).await
        }
    }
}

/// A question: a price to settle at, or a term to agree to.
#[derive(Debug, clap::Args)]
#[group(id = "point", required = true, multiple = false, args = ["price", "term"])]
pub struct Ask {
    #[command(flatten)]
    id: Happened,
    /// Leave to settle at this price.
    #[arg(long, value_parser = |text: &str| Spelled::of(text, written::amount))]
    price: Option<Spelled<Amount>>,
    /// Leave to agree to this term, NAME=VALUE.
    #[arg(long, value_parser = |text: &str| Spelled::of(text, written::term))]
    term: Option<Spelled<(String, Term)>>,
    /// What you recommend, and why.
    #[arg(long)]
    recommend: String,
    /// Another option; as often as needed.
    #[arg(long = "option")]
    options: Vec<String>,
    /// By when an answer is needed.
    #[arg(long, value_parser = written::when, default_value = "2d")]
    by: written::When,
    /// What you do without an answer; never an acceptance.
    #[arg(long, default_value = "We stay within the present limits.")]
    otherwise: String,
}

/// Asks guidance.
pub async fn ask(session: &Session, ask: Ask) -> Result<(), Error> {
    let (id, currency) = priced(session, ask.id.as_str()).await?;
    let point = match (ask.price, ask.term) {
        (Some(to), _) => Point::Price { to: read(&to, "--price", currency)? },
        (None, Some(term)) => {
            let (name, to) = read(&term, "--term", currency)?;
            Point::Term { name, to }
        }
        (None, None) => return Err(Error::Ours("a question without a point".to_owned())),
    };
    let question = Question {
        point,
        recommendation: ask.recommend,
        options: ask.options,
        needed_by: ask.by.from(session.now),
        otherwise: ask.otherwise,
    };
    act_on(session, &id, ask.id.manner, Command::Ask { question }).await
}

/// An answer.
#[derive(Debug, clap::Args)]
#[group(id = "verdict", required = true, multiple = false, args = ["approve", "approve_if", "limit", "refuse", "call_me"])]
pub struct Answer {
    #[command(flatten)]
    id: Happened,
    /// The question's number, as the brief shows it.
    question: Version,
    /// Go ahead.
    #[arg(long)]
    approve: bool,
    /// Go ahead if.
    #[arg(long, value_name = "CONDITIONS")]
    approve_if: Option<String>,
    /// Another mandate: up to this price.
    #[arg(long, value_name = "PRICE", value_parser = |text: &str| Spelled::of(text, written::amount))]
    limit: Option<Spelled<Amount>>,
    /// No, for this reason.
    #[arg(long, value_name = "REASON")]
    refuse: Option<String>,
    /// Let us talk first.
    #[arg(long)]
    call_me: bool,
    /// Until when an approval counts.
    #[arg(long, value_parser = written::when)]
    until: Option<written::When>,
    /// A boss who takes no part here said so; it is marked as told by you.
    #[arg(long)]
    told: bool,
}

/// Answers a question.
pub async fn answer(session: &Session, answer: Answer) -> Result<(), Error> {
    let (id, currency) = priced(session, answer.id.as_str()).await?;
    let verdict = if let Some(conditions) = answer.approve_if {
        guidance::Answer::ApproveIf { conditions }
    } else if let Some(price) = answer.limit {
        let price = read(&price, "--limit", currency)?;
        // Another price under the same limits on terms: a boss who moves the price has not freed the rest.
        let standing = session.desk.mandate_at(&session.who, &id, (session.now, None), session.now).await?;
        let mandate = match standing {
            Some(granted) => mandate::Mandate { price, ..granted.mandate },
            None => mandate::Mandate::to(price),
        };
        guidance::Answer::ChangeLimit { mandate }
    } else if let Some(reason) = answer.refuse {
        guidance::Answer::Refuse { reason }
    } else if answer.call_me {
        guidance::Answer::CallMe
    } else {
        guidance::Answer::Approve
    };
    let until = answer.until.map(|until| until.from(session.now));
    let command = Command::Answer { request: answer.question, answer: verdict, until, told: answer.told };
    act_on(session, &id, answer.id.manner, command).await
}
