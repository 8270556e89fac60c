//! Reading scenarios, with all that Python's `json` writes: infinities, an `id` of any kind, whole numbers with a point.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::Value;

use super::number::number;
use super::{Party, Scenario, ScenarioFault, settings};
use bargain::domain::{Domain, Issue, Options};
use bargain::scoring::Scoring;

#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    id: Option<Value>,
    #[serde(deserialize_with = "rounds")]
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
    weights: Option<Vec<Number>>,
    values: Vec<Vec<Number>>,
    #[serde(default)]
    bias: Option<Number>,
    #[serde(default)]
    reserved: Option<Number>,
    #[serde(default, alias = "discount_factor")]
    discount: Option<Number>,
    strategy: Value,
}

/// A number, which may be infinite: then it is written as Python does, or as a text.
#[derive(Clone, Copy)]
struct Number(f64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        number(&value).map(Self).ok_or_else(|| D::Error::custom(format!("{value} is no number")))
    }
}

/// Rounds of a session at most: each takes two offers' room.
pub const MOST_ROUNDS: u32 = 1_000_000;

fn rounds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let value = Value::deserialize(deserializer)?;
    match value.as_f64().filter(|number| number.fract() == 0.0 && *number >= 0.0) {
        Some(number) if number <= f64::from(MOST_ROUNDS) => Ok(number as u32),
        Some(_) => Err(D::Error::custom(format!("`n_steps` is {value}: at most {MOST_ROUNDS} rounds are played"))),
        None => Err(D::Error::custom(format!(
            "`n_steps` is {value}: a whole number of rounds is expected, for without one nothing ends a negotiation"
        ))),
    }
}

impl Scenario {
    /// Reads a scenario, or what is under `scenario`. Unknown keys are passed over: scenarios carry notes.
    pub fn read(text: &str) -> Result<Self, ScenarioFault> {
        let value = serde_json::from_str(&loose(text));
        value.map_err(|fault| ScenarioFault::Form(format!("not JSON: {fault}"))).and_then(Self::from_value)
    }

    /// Takes a scenario out of JSON already read: the value itself, or what is under `scenario`.
    pub fn from_value(value: Value) -> Result<Self, ScenarioFault> {
        let inner = match value {
            Value::Object(mut object) if object.contains_key("scenario") => {
                object.remove("scenario").unwrap_or_default()
            }
            other => other,
        };
        serde_json::from_value(inner).map_err(|fault| ScenarioFault::Form(fault.to_string())).and_then(scenario)
    }
}

fn scenario(written: Written) -> Result<Scenario, ScenarioFault> {
    if written.parties.len() < 2 {
        return Err(ScenarioFault::TooFewParties);
    }
    let label = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let issues = written.issues.iter().map(|issue| Issue {
        name: issue.name.clone(),
        options: Options::Named(issue.values.iter().map(label).collect()),
        unit: None,
    });
    let name = written.id.as_ref().map(label).unwrap_or_default();
    let domain = Domain::new(name, issues.collect()).map_err(ScenarioFault::Domain)?;
    let parties = written.parties.into_iter().enumerate().map(|(place, written)| party(written, &domain, place));
    let parties = parties.collect::<Result<_, _>>()?;
    let texts = written.issues.iter().all(|issue| issue.values.iter().all(Value::is_string));
    let options = (!texts).then(|| written.issues.into_iter().map(|issue| issue.values).collect());
    Ok(Scenario { id: written.id, rounds: written.n_steps, parties, domain, written: options })
}

fn party(written: WrittenParty, domain: &Domain, party: usize) -> Result<Party, ScenarioFault> {
    let weights = written.weights.unwrap_or_else(|| vec![Number(1.0); written.values.len()]);
    if weights.len() != written.values.len() {
        return Err(ScenarioFault::Weights { party });
    }
    let parts = written.values.into_iter().zip(&weights);
    let parts = parts.map(|(row, weight)| row.into_iter().map(|value| weight.0 * value.0).collect());
    let reservation = written.reserved.map_or(f64::NEG_INFINITY, |number| number.0);
    if reservation.is_nan() {
        return Err(ScenarioFault::Number { party, key: "reserved" });
    }
    let bias = written.bias.map_or(0.0, |number| number.0);
    if !bias.is_finite() {
        return Err(ScenarioFault::Number { party, key: "bias" });
    }
    let discount = written.discount.map_or(1.0, |number| number.0);
    if !discount.is_finite() {
        return Err(ScenarioFault::Number { party, key: "discount" });
    }
    let scoring = Scoring::additive(domain, parts.collect())
        .map_err(|fault| ScenarioFault::Party { party, fault })?
        .with_base(bias)
        .with_reservation(reservation)
        .with_discount(discount);
    let strategy = settings::strategy(&written.strategy).map_err(|why| ScenarioFault::Strategy {
        party,
        named: written.strategy.to_string(),
        why,
    })?;
    Ok(Party { name: written.name, scoring, strategy })
}

/// The `id` in a text that may be no scenario, so that a fault can name it.
pub fn id_of(text: &str) -> Value {
    let value: Value = serde_json::from_str(&loose(text)).unwrap_or_default();
    let inner = value.get("scenario").and_then(|scenario| scenario.get("id"));
    inner.or_else(|| value.get("id")).cloned().unwrap_or_default()
}

/// Python's words for infinite numbers and for no number, which JSON doesn't have.
const WORDS: [&str; 3] = ["Infinity", "NaN", "-Infinity"];

/// A text in which Python's words for numbers are texts, as JSON has it; without the mark that some programs put before it.
pub fn loose(text: &str) -> Cow<'_, str> {
    let text = text.trim_start_matches('\u{feff}');
    if !WORDS.iter().any(|word| text.contains(word)) {
        return Cow::Borrowed(text);
    }
    let mut told = String::with_capacity(text.len() + 16);
    let (mut within, mut escaped) = (false, false);
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if !within && let Some(word) = WORDS.iter().find(|word| rest.starts_with(**word)) {
            told.extend(["\"", word, "\""]);
            rest = &rest[word.len()..];
            continue;
        }
        match next {
            '"' if !escaped => within = !within,
            _ => {}
        }
        escaped = next == '\\' && !escaped;
        told.push(next);
        rest = &rest[next.len_utf8()..];
    }
    Cow::Owned(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = r#"{"id": 7, "n_steps": 10.0, "issues": [{"name": "Infinity", "values": [2.5, true, "x\"NaN"]}],
        "parties": [{"values": [[0, 1, 2]], "reserved": -Infinity, "strategy": "linear"},
                    {"values": [[2, 1, 0]], "reserved": "-inf", "strategy": {"type": "TimeBasedConcedingNegotiator"}}]}"#;

    #[test]
    fn what_python_writes_is_read() {
        let scenario = Scenario::read(&format!("\u{feff}{PLAIN}")).unwrap();
        assert_eq!((scenario.id.clone(), scenario.rounds), (Some(Value::from(7)), 10));
        assert_eq!(scenario.domain.issues()[0].name, "Infinity");
        assert!(scenario.parties.iter().all(|party| party.scoring.reservation == f64::NEG_INFINITY));
        let report = scenario.report(&scenario.play().unwrap(), true);
        assert_eq!(report["id"], 7);
        assert_eq!(report["agreement"], serde_json::json!([true]));
        assert_eq!(report["offers"][0][2], serde_json::json!(["x\"NaN"]));
    }

    #[test]
    fn a_discount_is_said_to_be_ignored() {
        let told = |text: &str| {
            let scenario = Scenario::read(text).unwrap();
            scenario.report(&scenario.play().unwrap(), false)
        };
        assert!(told(PLAIN).get("ignored").is_none());
        let discounted = PLAIN.replacen("\"strategy\"", "\"name\": \"A\", \"discount\": 0.9, \"strategy\"", 1);
        assert!(told(&discounted)["ignored"][0].as_str().unwrap().starts_with("the discount of A, 0.9, is ignored"));
    }

    #[test]
    fn what_is_no_scenario_is_refused_in_clear_words() {
        let refused = |from: &str, to: &str| Scenario::read(&PLAIN.replace(from, to)).unwrap_err().to_string();
        assert!(refused("10.0", "null").contains("`n_steps` is null: a whole number of rounds"));
        assert!(refused("10.0", "2.5").contains("`n_steps` is 2.5: a whole number"));
        assert!(refused("10.0", "1e12").contains("at most 1000000 rounds are played"));
        assert!(refused("10.0", "-1").contains("a whole number of rounds is expected"));
        assert!(refused("-Infinity", "NaN").contains("party 1: `reserved` must be a number"));
        assert!(refused("[0, 1, 2]", "[0, NaN, 2]").contains("party 1: every value"));
        assert!(refused("[0, 1, 2]", "[0, \"high\", 2]").contains("\"high\" is no number"));
        let named = refused("\"linear\"", r#"{"type": "tb", "exponnent": 3}"#);
        assert!(named.contains("party 1") && named.contains("exponnent"), "{named}");
        assert!(refused("\"linear\"", r#"{"type": "tb", "e": true}"#).contains("`e`"));
        assert!(refused("\"linear\"", r#"{"type": "tb", "max": "much"}"#).contains("`max`"));
        assert!(refused("\"linear\"", "\"genius\"").contains("isn't known"));
        assert_eq!(id_of(r#"{"id": [1], "n_steps": Infinity}"#), serde_json::json!([1]));
    }
}
