//! The ladder (P14): own level, guidance, the proposal to take it to both bosses, the boss in the room; and what has to
//! have been tried before each.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use terms::{Rung, Side};

use crate::guidance::Request;
use crate::packages::Table;
use crate::proposal::Outcome;
use crate::state::Negotiation;

/// How far a rung has been tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Trial {
    /// Which rung.
    pub rung: Rung,
    /// Whether it counts as tried.
    pub tried: bool,
    /// What shows it, or what is missing.
    pub evidence: String,
}

/// Whether a rung may be taken, with the evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Gate {
    /// The rung asked about.
    pub rung: Rung,
    /// The rungs below it.
    pub below: Vec<Trial>,
}

impl Gate {
    /// Whether all rungs below were tried.
    pub fn is_open(&self) -> bool {
        self.below.iter().all(|trial| trial.tried)
    }

    /// The rungs below that were not.
    pub fn untried(&self) -> Vec<Rung> {
        self.below.iter().filter(|trial| !trial.tried).map(|trial| trial.rung).collect()
    }
}

/// Offers of ours it takes, besides an impasse and one of theirs, for one's own level to count as tried.
const OFFERS_TRIED: usize = 2;

/// The gate before a rung at a moment.
pub fn gate(negotiation: &Negotiation, rung: Rung, now: Timestamp) -> Gate {
    let below = Rung::ALL.iter().copied().filter(|&below| below < rung);
    Gate { rung, below: below.map(|below| trial(negotiation, below, now)).collect() }
}

fn trial(negotiation: &Negotiation, rung: Rung, now: Timestamp) -> Trial {
    let (tried, evidence) = match rung {
        Rung::OwnLevel => own_level(negotiation, now),
        Rung::Guidance => guidance(negotiation, now),
        Rung::BothBosses => both_bosses(negotiation, now),
        Rung::Boss => (negotiation.boss_in, "the boss is in the room".to_owned()),
    };
    Trial { rung, tried, evidence }
}

fn own_level(negotiation: &Negotiation, now: Timestamp) -> (bool, String) {
    let count = |side| negotiation.offers.iter().filter(|standing| standing.offer.by == side).count();
    let (ours, theirs) = (count(Side::Us), count(Side::Them));
    let untried = Table::of(negotiation, now).map_or(0, |table| table.untried());
    let offers = format!("{ours} of our offers and {theirs} of theirs");
    match &negotiation.impasse {
        _ if ours < OFFERS_TRIED || theirs == 0 => {
            (false, format!("{offers} on record; make at least {OFFERS_TRIED} and hear one"))
        }
        None => (false, format!("{offers}, and no impasse noted; while it moves, go on{}", packages(untried))),
        Some(how) => (untried == 0, format!("{offers}; impasse: {how}{}", packages(untried))),
    }
}

fn packages(untried: usize) -> String {
    let packages = match untried {
        0 => return String::new(),
        1 => "1 package".to_owned(),
        more => format!("{more} packages"),
    };
    format!("; {packages} untried that would cost us nothing and likely bring them something")
}

/// A question that leaves the boss less time than this to answer is none that silence answers.
const LEAST_TIME: SignedDuration = SignedDuration::from_hours(1);

fn guidance(negotiation: &Negotiation, now: Timestamp) -> (bool, String) {
    let in_earnest = |request: &Request| request.question.needed_by.duration_since(request.at) >= LEAST_TIME;
    let answered = negotiation.requests.iter().filter(|request| request.answer.is_some()).count();
    let waiting = negotiation.requests.iter().find(|request| request.is_open());
    match waiting {
        _ if answered > 0 => (true, format!("{answered} of {} questions answered", negotiation.requests.len())),
        Some(request) if now >= request.question.needed_by && !in_earnest(request) => {
            (false, "asked, with no time to answer; ask again with an hour at least".to_owned())
        }
        Some(request) if now >= request.question.needed_by => (true, "asked, and not answered in time".to_owned()),
        Some(_) => (false, "asked; the answer is not due yet".to_owned()),
        None => (false, "not asked; ask on one point, in private".to_owned()),
    }
}

fn both_bosses(negotiation: &Negotiation, now: Timestamp) -> (bool, String) {
    match negotiation.proposal() {
        None => (false, "not proposed".to_owned()),
        Some(proposed) => match proposed.outcome {
            Some((Outcome::Unlocked, _)) => (false, "proposed, and they moved; go on at your own level".to_owned()),
            Some((outcome, _)) => (true, format!("proposed: {}", word(outcome))),
            None if now >= proposed.answer_by => (true, "proposed, and not answered in time".to_owned()),
            None => (false, "proposed; the answer is not due yet".to_owned()),
        },
    }
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Unlocked => "unlocked",
        Outcome::Accepted => "accepted",
        Outcome::Declined => "declined",
        Outcome::Ignored => "ignored",
        Outcome::Backlash => "taken as a threat",
    }
}
