//! The brief (P12): one page for the boss, always current. The decision first, then where it stands.

use jiff::Timestamp;

use schemars::JsonSchema;
use serde::Serialize;
use terms::{Amount, Rung, Side};

use crate::Version;
use crate::guidance::{Point, Question, Request};
use crate::ladder::{Gate, gate};
use crate::mandate::{Granted, Mandate, Outside};
use crate::offer::{Term, same};
use crate::state::{Negotiation, Recorded};

/// One page.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Brief {
    /// The last entry that it knows.
    pub knows: Version,
    /// What is to be decided, the most pressing first.
    pub decisions: Vec<Decision>,
    /// Our last offer.
    pub ours: Option<Recorded>,
    /// Theirs.
    pub theirs: Option<Recorded>,
    /// The mandate in force.
    pub mandate: Option<Granted>,
    /// Why their offer can't be taken unasked, if it can't.
    pub theirs_outside: Vec<Outside>,
    /// How it is stuck.
    pub impasse: Option<String>,
    /// What has been tried, up to the boss in the room.
    pub ladder: Gate,
    /// What the last advice said.
    pub advice: Option<String>,
    /// They have called for the boss, unanswered.
    pub boss_called: bool,
}

/// A question with its columns: what is proposed, how it was before, how it would be after.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Decision {
    /// The question, by the version of its entry.
    pub request: Version,
    /// The question.
    pub question: Question,
    /// Its row.
    pub row: Row,
    /// Time is up.
    pub overdue: bool,
}

/// A row of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Row {
    /// What it is about.
    pub what: String,
    /// What is proposed.
    pub proposal: Cell,
    /// What the limit is now.
    pub before: Cell,
    /// What it would be once approved.
    pub after: Cell,
}

/// A cell of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// An amount of money.
    Money(Amount),
    /// Anything else.
    Words(String),
    /// No limit, or none known.
    Open,
}

/// The brief at a moment.
pub fn brief(negotiation: &Negotiation, now: Timestamp) -> Brief {
    let mandate = negotiation.mandate_at(now);
    let limits = negotiation.authority_at(now).limits();
    let open = negotiation.requests.iter().filter(|request| request.is_open());
    let mut decisions: Vec<Decision> = open.map(|request| decision(request, limits.as_ref(), now)).collect();
    decisions.sort_by_key(|decision| decision.question.needed_by);
    let theirs = negotiation.standing(Side::Them);
    Brief {
        knows: negotiation.version,
        decisions,
        ours: negotiation.standing(Side::Us).cloned(),
        theirs: theirs.cloned(),
        mandate: mandate.cloned(),
        theirs_outside: theirs.map(|recorded| negotiation.outside(&recorded.offer.package, now)).unwrap_or_default(),
        impasse: negotiation.impasse.clone(),
        ladder: gate(negotiation, Rung::Boss, now),
        advice: negotiation.advice.as_ref().map(|(_, advice)| advice.sentence.clone()),
        boss_called: negotiation.boss_called,
    }
}

fn decision(request: &Request, limits: Option<&Mandate>, now: Timestamp) -> Decision {
    let question = &request.question;
    let row = match &question.point {
        Point::Price { to } => Row {
            what: "price".to_owned(),
            proposal: Cell::Money(*to),
            before: limits.map_or(Cell::Open, |limits| Cell::Money(limits.price)),
            after: Cell::Money(*to),
        },
        Point::Term { name, to } => Row {
            what: name.clone(),
            proposal: term(to),
            before: limits
                .and_then(|limits| limits.terms.iter().find(|limit| same(&limit.term, name)))
                .map_or(Cell::Open, |limit| Cell::Words(crate::words::allowed(&limit.allowed))),
            after: term(to),
        },
    };
    Decision { request: request.id, question: question.clone(), row, overdue: now >= question.needed_by }
}

fn term(term: &Term) -> Cell {
    match term {
        Term::Number(number) => Cell::Words(number.to_string()),
        Term::Words(words) => Cell::Words(words.clone()),
    }
}
