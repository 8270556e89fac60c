//! Scenarios as JSON: a domain, the parties with their values and strategies, and the number of rounds; and what came of
//! playing one.

use std::fmt;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::domain::{Domain, DomainFault, Issue, Options};
use crate::format::Profile;
use crate::order::TooLarge;
use crate::scoring::{Scoring, ScoringFault};
use crate::session::{self, Ending, Negotiator, Session};
use crate::strategy::time_based::{Aspiration, Curve};
use crate::strategy::{Acceptance, Strategy};

/// A negotiation to play.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// By what it is known.
    pub id: Option<String>,
    /// Rounds at most.
    pub rounds: u32,
    /// What is negotiated.
    pub domain: Domain,
    /// Who negotiates, in the order in which they act.
    pub parties: Vec<Party>,
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
#[derive(Clone, Debug, PartialEq)]
pub enum ScenarioFault {
    /// It isn't JSON of the right form.
    Form(String),
    /// Its domain.
    Domain(DomainFault),
    /// A party's values.
    Party {
        /// The party's place, from 0.
        party: usize,
        /// What is wrong.
        fault: ScoringFault,
    },
    /// A party's weights.
    Weights {
        /// The party's place, from 0.
        party: usize,
    },
    /// A strategy that isn't known.
    Strategy {
        /// The party's place, from 0.
        party: usize,
        /// As it was named.
        named: String,
    },
    /// Fewer than two parties.
    TooFewParties,
    /// The space can't be searched.
    TooLarge(TooLarge),
}

impl fmt::Display for ScenarioFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(fault) => write!(f, "not a scenario: {fault}"),
            Self::Domain(fault) => fault.fmt(f),
            Self::Party { party, fault } => write!(f, "party {}: {fault}", party + 1),
            Self::Weights { party } => write!(f, "party {}: `weights` needs one number an issue", party + 1),
            Self::Strategy { party, named } => write!(
                f,
                "party {}: strategy {named} isn't known: use \"boulware\", \"linear\", \"conceder\", \"hardheaded\", \
                 \"tit_for_tat\", \"micro\", or an object such as {{\"type\": \"aspiration\", \"e\": 2.5}}",
                party + 1
            ),
            Self::TooFewParties => write!(f, "a negotiation takes two parties at least"),
            Self::TooLarge(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for ScenarioFault {}

impl From<TooLarge> for ScenarioFault {
    fn from(fault: TooLarge) -> Self {
        Self::TooLarge(fault)
    }
}

#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    id: Option<String>,
    n_steps: u32,
    issues: Vec<WrittenIssue>,
    parties: Vec<WrittenParty>,
}

#[derive(Deserialize)]
struct WrittenIssue {
    name: String,
    values: Vec<Value>,
}

#[derive(Deserialize)]
struct WrittenParty {
    #[serde(default)]
    name: String,
    #[serde(default)]
    weights: Option<Vec<f64>>,
    values: Vec<Vec<f64>>,
    #[serde(default)]
    bias: f64,
    #[serde(default)]
    reserved: Option<f64>,
    strategy: Value,
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

    /// Reads a scenario. Unknown keys are passed over: scenarios carry notes.
    pub fn read(text: &str) -> Result<Self, ScenarioFault> {
        serde_json::from_str(text).map_err(|fault| ScenarioFault::Form(fault.to_string())).and_then(Self::from_written)
    }

    /// Takes a scenario out of JSON already read: the value itself, or what is under `scenario`.
    pub fn from_value(value: Value) -> Result<Self, ScenarioFault> {
        let inner = match value {
            Value::Object(mut object) if object.contains_key("scenario") => {
                object.remove("scenario").unwrap_or_default()
            }
            other => other,
        };
        serde_json::from_value(inner)
            .map_err(|fault| ScenarioFault::Form(fault.to_string()))
            .and_then(Self::from_written)
    }

    fn from_written(written: Written) -> Result<Self, ScenarioFault> {
        if written.parties.len() < 2 {
            return Err(ScenarioFault::TooFewParties);
        }
        let label = |value: Value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let issues = written.issues.into_iter().map(|issue| Issue {
            name: issue.name,
            options: Options::Named(issue.values.into_iter().map(label).collect()),
            unit: None,
        });
        let domain =
            Domain::new(written.id.clone().unwrap_or_default(), issues.collect()).map_err(ScenarioFault::Domain)?;
        let parties = written.parties.into_iter().enumerate().map(|(party, p)| p.party(&domain, party));
        Ok(Self { id: written.id, rounds: written.n_steps, parties: parties.collect::<Result<_, _>>()?, domain })
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

    /// What a package is worth to each.
    pub fn utilities(&self, package: &[u32]) -> Vec<f64> {
        self.parties.iter().map(|party| party.scoring.value(package)).collect()
    }

    /// A session as JSON: `agreement` and `utilities` (null without), `step`, `timedout`, `broken`, who walked away, how many
    /// offers; and with `trace` each of them as round, party, package and utilities.
    pub fn report(&self, session: &Session, trace: bool) -> Value {
        let walked_away = match session.ending {
            Ending::WalkedAway { party } => Some(party),
            Ending::Agreed(_) | Ending::TimedOut => None,
        };
        let mut report = json!({
            "agreement": session.agreement().map(|package| self.domain.labels(package)),
            "step": session.rounds,
            "timedout": session.ending == Ending::TimedOut,
            "broken": walked_away.is_some(),
            "walked_away": walked_away,
            "utilities": session.agreement().map(|package| self.utilities(package)),
            "n_offers": session.offers().len(),
        });
        if let Some(id) = &self.id {
            report["id"] = json!(id);
        }
        if trace {
            let offers = session.offers().map(|offer| {
                json!([offer.round, offer.party, self.domain.labels(offer.package), self.utilities(offer.package)])
            });
            report["offers"] = offers.collect();
        }
        report
    }
}

impl WrittenParty {
    fn party(self, domain: &Domain, place: usize) -> Result<Party, ScenarioFault> {
        let weights = self.weights.unwrap_or_else(|| vec![1.0; self.values.len()]);
        if weights.len() != self.values.len() {
            return Err(ScenarioFault::Weights { party: place });
        }
        let parts =
            self.values.into_iter().zip(&weights).map(|(row, weight)| row.into_iter().map(|v| weight * v).collect());
        let scoring = Scoring::additive(domain, parts.collect())
            .map_err(|fault| ScenarioFault::Party { party: place, fault })?
            .with_base(self.bias)
            .with_reservation(self.reserved.unwrap_or(f64::NEG_INFINITY));
        let strategy = strategy(&self.strategy)
            .ok_or_else(|| ScenarioFault::Strategy { party: place, named: self.strategy.to_string() })?;
        Ok(Party { name: self.name, scoring, strategy })
    }
}

/// The exponent of a curve, by name or number.
fn exponent(value: &Value) -> Option<f64> {
    match value {
        Value::String(name) => match name.as_str() {
            "boulware" => Some(4.0),
            "linear" => Some(1.0),
            "conceder" => Some(0.25),
            "hardheaded" | "inf" | "infinity" => Some(f64::INFINITY),
            number => number.parse().ok(),
        },
        other => other.as_f64(),
    }
    .filter(|exponent| *exponent > 0.0)
}

/// A strategy as a scenario names it: a word, or an object with `type` and its settings. `None` where it isn't known.
pub fn strategy(value: &Value) -> Option<Strategy> {
    if let Value::String(name) = value {
        return match name.to_lowercase().as_str() {
            "boulware" | "boulwaretbnegotiator" => Some(Strategy::time_based(Curve::BOULWARE)),
            "linear" | "lineartbnegotiator" => Some(Strategy::time_based(Curve::LINEAR)),
            "conceder" | "concedertbnegotiator" => Some(Strategy::time_based(Curve::CONCEDER)),
            "hardheaded" => Some(Strategy::time_based(Curve::HARDHEADED)),
            "tit_for_tat" | "tft" | "naivetitfortatnegotiator" => Some(Strategy::TitForTat { reciprocity: 1.0 }),
            "micro" | "micronegotiator" => Some(Strategy::Micro),
            "aspiration" | "aspirationnegotiator" => strategy(&json!({"type": "aspiration"})),
            _ => None,
        };
    }
    let settings = value.as_object()?;
    let number = |key: &str| settings.get(key).and_then(Value::as_f64);
    let kind = settings.get("type").and_then(Value::as_str).unwrap_or("time_based").to_lowercase();
    let default = match kind.as_str() {
        "tit_for_tat" | "tft" => {
            return Some(Strategy::TitForTat { reciprocity: number("reciprocity").or(number("kappa")).unwrap_or(1.0) });
        }
        "micro" => return Some(Strategy::Micro),
        // NegMAS's AspirationNegotiator has a wider band than its other strategies by the clock.
        "aspiration" => Aspiration { curve: Curve::BOULWARE, most: 1.0, tolerance: 1e-3 },
        "time_based" | "timebased" | "tb" => Aspiration::new(Curve::BOULWARE),
        "boulware" | "linear" | "conceder" | "hardheaded" => {
            Aspiration::new(Curve::Polynomial(exponent(&json!(kind))?))
        }
        _ => return None,
    };
    let curve = match settings.get("e").or_else(|| settings.get("exponent")) {
        Some(value) if settings.get("curve").and_then(Value::as_str) == Some("exponential") => {
            Curve::Exponential(exponent(value)?)
        }
        Some(value) => Curve::Polynomial(exponent(value)?),
        None => default.curve,
    };
    let acceptance = match settings.get("acceptance").and_then(Value::as_str) {
        Some("ac_next" | "next") => Acceptance::Next,
        None | Some("aspiration") => Acceptance::Aspiration,
        Some(_) => return None,
    };
    let aspiration = Aspiration {
        curve,
        most: number("max").or(number("max_aspiration")).unwrap_or(default.most),
        tolerance: number("tolerance").or(number("eps")).unwrap_or(default.tolerance),
    };
    Some(Strategy::TimeBased { aspiration, acceptance })
}
