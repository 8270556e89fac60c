//! Strategies as scenarios name them: a word, or an object with settings. The words are NegMAS's and this product's own.

use serde_json::{Map, Value, json};

use super::number::number;
use crate::strategy::time_based::{Aspiration, Curve};
use crate::strategy::{Acceptance, Strategy};

/// A strategy as a scenario names it; or why it is none.
pub fn strategy(value: &Value) -> Result<Strategy, String> {
    match value {
        Value::String(name) => named(&name.to_lowercase()),
        Value::Object(settings) => Settings(settings).strategy(),
        _ => Err("a word or an object is expected".to_owned()),
    }
}

fn unknown() -> String {
    "isn't known: use \"boulware\", \"linear\", \"conceder\", \"hardheaded\", \"tit_for_tat\", \"in_kind\", \"micro\", or an object such as \
     {\"type\": \"aspiration\", \"e\": 2.5}"
        .to_owned()
}

fn named(name: &str) -> Result<Strategy, String> {
    Ok(match name {
        "boulware" | "boulwaretbnegotiator" => Strategy::time_based(Curve::BOULWARE),
        "linear" | "lineartbnegotiator" => Strategy::time_based(Curve::LINEAR),
        "conceder" | "concedertbnegotiator" => Strategy::time_based(Curve::CONCEDER),
        "hardheaded" => Strategy::time_based(Curve::HARDHEADED),
        _ => return strategy(&json!({"type": name})),
    })
}

/// The exponent of a curve, by name or number.
fn exponent(value: &Value) -> Option<f64> {
    match value {
        Value::String(name) => match name.to_lowercase().as_str() {
            "boulware" => Some(4.0),
            "linear" => Some(1.0),
            "conceder" => Some(0.25),
            "hardheaded" => Some(f64::INFINITY),
            _ => number(value),
        },
        other => other.as_f64(),
    }
    .filter(|exponent| *exponent > 0.0)
}

/// An object that names a strategy.
struct Settings<'a>(&'a Map<String, Value>);

/// Other names for a setting.
const EXPONENT: [&str; 4] = ["e", "exponent", "aspiration_type", "offering_curve"];
const MOST: [&str; 2] = ["max", "max_aspiration"];
const TOLERANCE: [&str; 2] = ["tolerance", "eps"];
const RECIPROCITY: [&str; 2] = ["reciprocity", "kappa"];

impl Settings<'_> {
    fn strategy(&self) -> Result<Strategy, String> {
        let kind = match self.0.get("type") {
            None => "time_based".to_owned(),
            Some(Value::String(kind)) => kind.to_lowercase(),
            Some(other) => return Err(format!("`type` is {other}: a word is expected")),
        };
        if self.0.get("stochastic").is_some_and(|stochastic| *stochastic != Value::Bool(false)) {
            return Err("`stochastic` strategies draw their offers and are not played".to_owned());
        }
        match kind.as_str() {
            "tit_for_tat" | "tft" | "naivetitfortatnegotiator" | "simpletitfortatnegotiator" => {
                self.only(&[&["kindness"]])?;
                Ok(Strategy::TitForTat { kindness: self.number(&["kindness"])?.unwrap_or(0.0) })
            }
            "in_kind" => {
                self.only(&[&RECIPROCITY])?;
                Ok(Strategy::InKind { reciprocity: self.number(&RECIPROCITY)?.unwrap_or(1.0) })
            }
            "micro" | "micronegotiator" => self.only(&[]).map(|()| Strategy::Micro),
            // NegMAS's AspirationNegotiator has a wider band than its other strategies by the clock.
            "aspiration" | "aspirationnegotiator" => self.by_the_clock(Curve::BOULWARE, 1e-3),
            "time_based" | "timebased" | "tb" | "timebasedconcedingnegotiator" => {
                self.by_the_clock(Curve::BOULWARE, 1e-4)
            }
            "boulware" | "boulwaretbnegotiator" => self.by_the_clock(Curve::BOULWARE, 1e-4),
            "linear" | "lineartbnegotiator" => self.by_the_clock(Curve::LINEAR, 1e-4),
            "conceder" | "concedertbnegotiator" => self.by_the_clock(Curve::CONCEDER, 1e-4),
            "hardheaded" => self.by_the_clock(Curve::HARDHEADED, 1e-4),
            _ => Err(unknown()),
        }
    }

    fn by_the_clock(&self, curve: Curve, tolerance: f64) -> Result<Strategy, String> {
        self.only(&[&EXPONENT, &MOST, &TOLERANCE, &["curve", "acceptance"]])?;
        let exponential = match self.word("curve")? {
            None | Some("polynomial") => false,
            Some("exponential") => true,
            Some(other) => return Err(format!("`curve` {other:?} isn't known: use polynomial or exponential")),
        };
        let curve = match self.one_of(&EXPONENT)? {
            None if exponential => return Err("an exponential `curve` needs its exponent `e`".to_owned()),
            None => curve,
            Some((key, value)) => {
                let exponent = exponent(value).ok_or_else(|| {
                    format!(
                        "`{key}` is {value}: a number above 0, or boulware, linear, conceder or hardheaded, is expected"
                    )
                })?;
                if exponential { Curve::Exponential(exponent) } else { Curve::Polynomial(exponent) }
            }
        };
        let acceptance = match self.word("acceptance")? {
            Some("ac_next" | "next") => Acceptance::Next,
            None | Some("aspiration") => Acceptance::Aspiration,
            Some(other) => return Err(format!("`acceptance` {other:?} isn't known: use aspiration or ac_next")),
        };
        let most = self.number(&MOST)?.unwrap_or(1.0);
        let tolerance = self.number(&TOLERANCE)?.unwrap_or(tolerance);
        Ok(Strategy::TimeBased { aspiration: Aspiration { curve, most, tolerance }, acceptance })
    }

    /// That there is no other setting.
    fn only(&self, known: &[&[&str]]) -> Result<(), String> {
        let is_known = |key: &str| ["type", "name", "stochastic"].contains(&key) || known.concat().contains(&key);
        match self.0.keys().find(|key| !is_known(key)) {
            Some(key) => Err(format!("`{key}` is no setting of it")),
            None => Ok(()),
        }
    }

    /// A setting by any of its names.
    fn one_of<'a>(&self, keys: &[&'a str]) -> Result<Option<(&'a str, &Value)>, String> {
        let mut given = keys.iter().filter_map(|key| Some((*key, self.0.get(*key)?)));
        match (given.next(), given.next()) {
            (Some((one, _)), Some((other, _))) => Err(format!("`{one}` and `{other}` are the same: leave one out")),
            (one, _) => Ok(one),
        }
    }

    fn number(&self, keys: &[&str]) -> Result<Option<f64>, String> {
        let Some((key, value)) = self.one_of(keys)? else { return Ok(None) };
        match value.as_f64().filter(|number| number.is_finite()) {
            Some(number) => Ok(Some(number)),
            None => Err(format!("`{key}` is {value}: a number is expected")),
        }
    }

    fn word(&self, key: &str) -> Result<Option<&str>, String> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(word)) => Ok(Some(word)),
            Some(other) => Err(format!("`{key}` is {other}: a word is expected")),
        }
    }
}
