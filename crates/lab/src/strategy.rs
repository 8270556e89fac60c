//! Strategies by which a party offers and accepts, and how they are named.
//!
//! None ever offers or takes a package worth less than the party's reservation value. Where nothing reaches it, they walk
//! away: NegMAS offers its best outcome even then, and its tit-for-tat offers below its walk-away. That is the one difference meant.
//! What falls short by rounding alone is no reason to leave.

pub mod in_kind;
pub mod micro;
pub mod time_based;
pub mod tit_for_tat;

use crate::session::Negotiator;
use bargain::domain::Domain;
use bargain::order::{Order, TooLarge};
use bargain::scoring::Scoring;
use time_based::{Aspiration, Curve};

/// A strategy to play, as one names it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Strategy {
    /// Concedes by the clock.
    TimeBased {
        /// What it aspires to.
        aspiration: Aspiration,
        /// When it accepts.
        acceptance: Acceptance,
    },
    /// Answers the standing offer, as NegMAS's strategy of this name does.
    TitForTat {
        /// What it concedes beyond that, as a share of its range.
        kindness: f64,
    },
    /// Concedes as the other side did.
    InKind {
        /// What it gives for each unit that it is given, both in its own values.
        reciprocity: f64,
    },
    /// Concedes a step for each new offer of the other side (de Jonge 2022).
    Micro,
}

/// When a strategy that concedes by the clock accepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Acceptance {
    /// An offer within its band at the time.
    #[default]
    Aspiration,
    /// An offer at least as good as its own next one (AC-next, Baarslag et al. 2013).
    Next,
}

impl Strategy {
    /// A strategy by the clock, from the name of its curve.
    pub fn time_based(curve: Curve) -> Self {
        Self::TimeBased { aspiration: Aspiration::new(curve), acceptance: Acceptance::Aspiration }
    }

    /// A party that plays it.
    pub fn seat<'a>(&self, domain: &Domain, scoring: &'a Scoring) -> Result<Box<dyn Negotiator + 'a>, TooLarge> {
        let order = Order::new(domain, scoring)?;
        Ok(match *self {
            Self::TimeBased { aspiration, acceptance } => {
                Box::new(time_based::TimeBased::new(order, aspiration, acceptance))
            }
            Self::TitForTat { kindness } => Box::new(tit_for_tat::TitForTat::new(order, kindness)),
            Self::InKind { reciprocity } => Box::new(in_kind::InKind::new(order, reciprocity)),
            Self::Micro => Box::new(micro::Micro::new(order)),
        })
    }
}

/// How far below what it aspires to an offer may lie, where that is nearer than any above: NegMAS's own tolerance.
const SLACK: f64 = 1e-6;
