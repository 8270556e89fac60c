//! Scenarios as JSON: a domain, the parties with their values and strategies, and the number of rounds; and what came of
//! playing one.

mod number;
mod read;
mod settings;

use serde_json::{Value, json};

pub(crate) use number::number;
pub use read::{id_of, loose};
pub use settings::strategy;

use crate::format::Profile;
use crate::session::{self, Ending, Negotiator, Session};
use crate::strategy::Strategy;
use bargain::domain::{Domain, DomainFault, Issue};
use bargain::order::TooLarge;
use bargain::scoring::{Scoring, ScoringFault};

/// A negotiation to play.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// By what it is known, as it came.
    pub id: Option<Value>,
    /// Rounds at most.
    pub rounds: u32,
    /// What is negotiated.
    pub domain: Domain,
    /// Who negotiates, in the order in which they act.
    pub parties: Vec<Party>,
    /// The options as they were written, where some are no texts.
    written: Option<Vec<Vec<Value>>>,
}

/// One party.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// By what it is known.
    pub name: String,
    /// What packages are worth to it.
    pub scoring: Scoring,
    /// How it plays.
    pub strategy: Strategy,
}

/// What is wrong with a scenario.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScenarioFault {
    /// It isn't JSON of the right form.
    #[error("not a scenario: {0}")]
    Form(String),
    /// A number that a party's values can't have: its walk-away or its bias.
    #[error("party {}: `{key}` must be a number", party + 1)]
    Number {
        /// The party's place, from 0.
        party: usize,
        /// Which.
        key: &'static str,
    },
    /// Its domain.
    #[error(transparent)]
    Domain(DomainFault),
    /// A party's values.
    #[error("party {}: {fault}", party + 1)]
    Party {
        /// The party's place, from 0.
        party: usize,
        /// What is wrong.
        fault: ScoringFault,
    },
    /// A party's weights.
    #[error("party {}: `weights` needs one number an issue", party + 1)]
    Weights {
        /// The party's place, from 0.
        party: usize,
    },
    /// A strategy that isn't known.
    #[error("party {}: strategy {named}: {why}", party + 1)]
    Strategy {
        /// The party's place, from 0.
        party: usize,
        /// As it was named.
        named: String,
        /// What is wrong with it.
        why: String,
    },
    /// Fewer than two parties.
    #[error("a negotiation takes two parties at least")]
    TooFewParties,
    /// The space can't be searched.
    #[error(transparent)]
    TooLarge(TooLarge),
}

/// That discounts are not used, a sentence a party that has one.
pub fn discounts<'a>(parties: impl Iterator<Item = (&'a str, &'a Scoring)>) -> Vec<String> {
    let discounted = parties.filter(|(_, scoring)| scoring.discount != 1.0);
    let told = |(name, scoring): (&str, &Scoring)| {
        format!("the discount of {name}, {}, is ignored: a package is worth the same in every round", scoring.discount)
    };
    discounted.map(told).collect()
}

impl From<TooLarge> for ScenarioFault {
    fn from(fault: TooLarge) -> Self {
        Self::TooLarge(fault)
    }
}

impl Scenario {
    /// A scenario as JSON, every party playing `strategy`; [`Scenario::read`] gives the same. `None` where a party's values are
    /// no plain sums, which scenarios have no place for.
    pub fn write(domain: &Domain, profiles: &[Profile], rounds: u32, strategy: &str) -> Option<Value> {
        let issue = |issue: &Issue| {
            let labels: Vec<String> = (0..issue.options.len()).map(|option| issue.options.label(option)).collect();
            json!({"name": issue.name, "values": labels})
        };
        let party = |profile: &Profile| {
            let scoring = &profile.scoring;
            let plain = scoring.is_additive() && scoring.parts().iter().flatten().all(|value| value.is_finite());
            plain.then(|| {
                let reserved = Some(scoring.reservation).filter(|value| value.is_finite());
                json!({
                    "name": profile.name, "values": scoring.parts(), "bias": scoring.base(), "reserved": reserved,
                    "strategy": strategy,
                })
            })
        };
        let parties = profiles.iter().map(party).collect::<Option<Vec<Value>>>()?;
        let issues: Vec<Value> = domain.issues().iter().map(issue).collect();
        Some(json!({"n_steps": rounds, "issues": issues, "parties": parties}))
    }

    /// Plays it, preparation included.
    pub fn play(&self) -> Result<Session, TooLarge> {
        let mut seats = self
            .parties
            .iter()
            .map(|party| party.strategy.seat(&self.domain, &party.scoring))
            .collect::<Result<Vec<_>, _>>()?;
        let mut seats: Vec<&mut dyn Negotiator> =
            seats.iter_mut().map(|seat| &mut **seat as &mut dyn Negotiator).collect();
        Ok(session::play(&mut seats, self.rounds))
    }

    /// What the scenario says and this does not use, a sentence each.
    pub fn ignored(&self) -> Vec<String> {
        discounts(self.parties.iter().map(|party| (party.name.as_str(), &party.scoring)))
    }

    /// What a package is worth to each.
    pub fn utilities(&self, package: &[u32]) -> Vec<f64> {
        self.parties.iter().map(|party| party.scoring.value(package)).collect()
    }

    /// The options of a package as they were written.
    fn options(&self, package: &[u32]) -> Value {
        match &self.written {
            Some(rows) => rows.iter().zip(package).map(|(row, &option)| row[option as usize].clone()).collect(),
            None => json!(self.domain.labels(package)),
        }
    }

    /// A session as JSON: `agreement` and `utilities` (null without), `step`, `timedout`, `broken`, who walked away, how many
    /// offers; and with `trace` each of them as round, party, package and utilities.
    pub fn report(&self, session: &Session, trace: bool) -> Value {
        let walked_away = match session.ending {
            Ending::WalkedAway { party } => Some(party),
            Ending::Agreed(_) | Ending::TimedOut => None,
        };
        let mut report = json!({
            "agreement": session.agreement().map(|package| self.options(package)),
            "step": session.rounds,
            "timedout": session.ending == Ending::TimedOut,
            "broken": walked_away.is_some(),
            "walked_away": walked_away,
            "utilities": session.agreement().map(|package| self.utilities(package)),
            "n_offers": session.offers().len(),
        });
        if let Some(id) = &self.id {
            report["id"] = id.clone();
        }
        let ignored = self.ignored();
        if !ignored.is_empty() {
            report["ignored"] = json!(ignored);
        }
        if trace {
            let offers = session.offers().map(|offer| {
                json!([offer.round, offer.party, self.options(offer.package), self.utilities(offer.package)])
            });
            report["offers"] = offers.collect();
        }
        report
    }
}
