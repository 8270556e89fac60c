//! NegMAS's own scenario folders, in YAML or JSON: a file with the outcome space, and one for each party's utility function.
//!
//! Utility functions that are sums over the issues are read: tables, and straight lines over numbers. One that is discounted is
//! read without its discount, which is kept beside it. An issue of real numbers has as many options as its levels, as NegMAS
//! cuts it.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::yaml::{self, label};
use super::{FormatFault, Profile};
use crate::scenario::{loose, number};
use bargain::domain::{Domain, Issue, Options, short};
use bargain::scoring::Scoring;

/// Levels of an issue of real numbers that doesn't say how many.
const LEVELS: f64 = 10.0;
/// Discounts inside one another at most.
const MOST_WRAPPED: usize = 8;

/// Whether a text is a file of such a folder.
pub(super) fn is(text: &str) -> bool {
    is_domain(text) || is_profile(text)
}

/// Whether a text is an outcome space.
pub fn is_domain(text: &str) -> bool {
    kind_of(text).is_some_and(|kind| kind.ends_with("OutcomeSpace"))
}

/// Whether a text is a utility function.
pub fn is_profile(text: &str) -> bool {
    kind_of(text).is_some_and(|kind| kind.to_lowercase().contains("fun"))
}

/// What stands after `type` on the outermost level.
fn kind_of(text: &str) -> Option<String> {
    // Most other files are told apart before they are read as a whole.
    if !text.contains("type") || !(text.contains("OutcomeSpace") || text.contains("Fun")) {
        return None;
    }
    let value = read(text).ok()?;
    value.get("type").and_then(Value::as_str).map(last_word)
}

/// The class of a full name in Python.
fn last_word(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_owned()
}

fn read(text: &str) -> Result<Value, FormatFault> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(&loose(text))
            .map_err(|fault| FormatFault::Form { place: format!("line {}", fault.line()), why: fault.to_string() });
    }
    yaml::read(text)
}

fn form(place: &str, why: impl Into<String>) -> FormatFault {
    FormatFault::Form { place: place.to_owned(), why: why.into() }
}

fn missing(what: impl Into<String>) -> FormatFault {
    FormatFault::Missing { what: what.into() }
}

fn list<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>, FormatFault> {
    value.get(key).and_then(Value::as_array).ok_or_else(|| missing(format!("the list `{key}`")))
}

fn class(value: &Value) -> String {
    value.get("type").and_then(Value::as_str).map(last_word).unwrap_or_default()
}

/// Reads the outcome space.
pub fn domain(text: &str) -> Result<Domain, FormatFault> {
    let value = read(text)?;
    let name = value.get("name").and_then(Value::as_str).unwrap_or("");
    let issues = list(&value, "issues")?.iter().enumerate().map(|(at, written)| issue(at, written));
    Ok(Domain::new(name, issues.collect::<Result<_, _>>()?)?)
}

fn issue(at: usize, written: &Value) -> Result<Issue, FormatFault> {
    let name = written.get("name").map_or_else(|| format!("issue{at}"), label);
    let quoted = format!("issue {:?}", short(&name));
    let values = written.get("values").ok_or_else(|| missing(format!("`values` of {quoted}")))?;
    let ends = || -> Option<[&Value; 2]> { values.as_array()?.iter().collect::<Vec<_>>().try_into().ok() };
    let options = match class(written).as_str() {
        "ContiguousIssue" => {
            let whole = |value: &Value| number(value).filter(|number| number.fract() == 0.0 && number.abs() < 9e15);
            let ends = match (ends(), values.as_i64()) {
                (Some([first, last]), _) => whole(first).zip(whole(last)),
                (None, Some(count)) => Some((0.0, count as f64 - 1.0)),
                (None, None) => None,
            };
            let (first, last) = ends.ok_or_else(|| form(&quoted, "two whole numbers are expected as its `values`"))?;
            Options::Integers { first: first as i64, last: last as i64, step: 1 }
        }
        "ContinuousIssue" => {
            let ends = ends().and_then(|[first, last]| number(first).zip(number(last)));
            let (first, last) = ends.ok_or_else(|| form(&quoted, "two numbers are expected as its `values`"))?;
            let levels = written.get("n_levels").and_then(number).filter(|levels| *levels >= 2.0).unwrap_or(LEVELS);
            Options::Reals { first, last, step: (last - first) / (levels.floor() - 1.0) }
        }
        _ => match (values, values.as_i64()) {
            (Value::Array(values), _) => Options::Named(values.iter().map(label).collect()),
            (_, Some(count)) => Options::Integers { first: 0, last: count.saturating_sub(1), step: 1 },
            _ => return Err(form(&quoted, "a list is expected as its `values`")),
        },
    };
    Ok(Issue { name, options, unit: None })
}

/// Reads the utility function of one party.
pub fn profile(text: &str, domain: &Domain) -> Result<Profile, FormatFault> {
    let mut value = read(text)?;
    let name = value.get("name").map_or_else(String::new, label);
    let mut discount = 1.0;
    for _ in 0..MOST_WRAPPED {
        let Some(inner) = value.get("ufun").cloned() else { break };
        discount *= value.get("discount").and_then(number).unwrap_or(1.0);
        value = inner;
    }
    let scoring = match class(&value).as_str() {
        "LinearAdditiveUtilityFunction" | "LinearUtilityAggregationFunction" => sums(&value, domain)?,
        other => {
            let what = format!(
                "a utility function of type {:?} isn't supported: write it as a LinearAdditiveUtilityFunction",
                short(other)
            );
            return Err(FormatFault::Unsupported { what });
        }
    };
    let reserved = value.get("reserved_value").filter(|value| !value.is_null());
    let reservation = match reserved {
        None => f64::NEG_INFINITY,
        Some(value) => {
            let read = number(value).filter(|number| !number.is_nan());
            read.ok_or_else(|| form("reserved_value", "a number is expected"))?
        }
    };
    Ok(Profile { name, scoring: scoring.with_reservation(reservation).with_discount(discount) })
}

fn sums(value: &Value, domain: &Domain) -> Result<Scoring, FormatFault> {
    let count = domain.issues().len();
    let of_issue = |key: &str, at: usize| -> Result<Option<&Value>, FormatFault> {
        match value.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Array(list)) if list.len() == count => Ok(list.get(at)),
            Some(Value::Object(object)) => Ok(object.get(&domain.issues()[at].name)),
            Some(_) => Err(form(key, format!("{count} are expected, one for each issue"))),
        }
    };
    let mut parts = Vec::with_capacity(count);
    for (at, issue) in domain.issues().iter().enumerate() {
        let quoted = format!("issue {:?}", short(&issue.name));
        let weight = match of_issue("weights", at)? {
            None => 1.0,
            Some(weight) => number(weight).ok_or_else(|| form(&quoted, "its weight is no number"))?,
        };
        let function = of_issue("values", at)?.ok_or_else(|| missing(format!("what {quoted} is worth")))?;
        parts.push(row(function, &issue.options, &quoted)?.into_iter().map(|value| weight * value).collect());
    }
    let bias = value.get("bias").and_then(number).filter(|bias| bias.is_finite()).unwrap_or(0.0);
    Ok(Scoring::additive(domain, parts)?.with_base(bias))
}

/// What a function of one issue makes of each option.
fn row(function: &Value, options: &Options, quoted: &str) -> Result<Vec<f64>, FormatFault> {
    let setting = |key: &str, otherwise: Option<f64>| {
        function.get(key).and_then(number).or(otherwise).ok_or_else(|| form(quoted, format!("`{key}` is missing")))
    };
    let line = |slope: f64, bias: f64| -> Result<Vec<f64>, FormatFault> {
        let at = |option| {
            let number = options.number(option).or_else(|| options.label(option).parse().ok());
            let number = number.ok_or_else(|| form(quoted, "a straight line takes options that are numbers"))?;
            Ok(number * slope + bias)
        };
        (0..options.len()).map(at).collect()
    };
    match (function, class(function).as_str()) {
        (_, "TableFun") => table(function.get("mapping").unwrap_or(&Value::Null), options, quoted),
        (_, "LinearFun") => line(setting("slope", None)?, 0.0),
        (_, "AffineFun") => line(setting("slope", None)?, setting("bias", Some(0.0))?),
        (_, "IdentityFun") => line(1.0, 0.0),
        (_, "ConstFun") => Ok(vec![setting("bias", None)?; options.len()]),
        (Value::Object(_), "") => table(function, options, quoted),
        (Value::Array(values), _) if values.len() == options.len() => {
            let values = values.iter().map(|value| number(value).ok_or_else(|| form(quoted, "a value is no number")));
            values.collect()
        }
        (_, other) => Err(FormatFault::Unsupported {
            what: format!("{quoted}: functions of type {:?} aren't supported: write it as a TableFun", short(other)),
        }),
    }
}

fn table(mapping: &Value, options: &Options, quoted: &str) -> Result<Vec<f64>, FormatFault> {
    let mapping = mapping.as_object().ok_or_else(|| form(quoted, "its `mapping` is missing"))?;
    // 1 and 1.0 are one option to Python.
    let numbers = mapping.iter().filter_map(|(key, value)| Some((key.parse::<f64>().ok()?.to_bits(), value)));
    let by_number: HashMap<u64, &Value> = numbers.collect();
    let value = |option| {
        let name = options.label(option);
        let by_name = mapping.get(&name).or_else(|| by_number.get(&name.parse::<f64>().ok()?.to_bits()).copied());
        let value = by_name.ok_or_else(|| missing(format!("option {:?} of {quoted}", short(&name))))?;
        number(value).ok_or_else(|| form(quoted, format!("what {:?} is worth is no number", short(&name))))
    };
    (0..options.len()).map(value).collect()
}

/// A way to write a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// YAML.
    Yaml,
    /// JSON as Python writes it.
    Json,
}

impl Text {
    fn write(self, value: &Value) -> String {
        let (written, infinite) = match self {
            Self::Yaml => (yaml::write(value), "-.inf"),
            Self::Json => (format!("{value:#}\n"), "-Infinity"),
        };
        written.replace(&json!(INFINITE).to_string(), infinite)
    }
}

/// Where minus infinity goes, which JSON has no word for. No name has a NUL.
const INFINITE: &str = "\0minus infinity";

fn finite(value: f64) -> Value {
    if value.is_finite() { json!(value) } else { json!(INFINITE) }
}

/// Writes the outcome space. Numbers are written as names, as keys of a table in JSON are.
pub fn write_domain(domain: &Domain, text: Text) -> String {
    let issue = |issue: &Issue| {
        let labels: Vec<String> = (0..issue.options.len()).map(|option| issue.options.label(option)).collect();
        json!({"name": issue.name, "type": "CategoricalIssue", "values": labels})
    };
    let issues: Vec<Value> = domain.issues().iter().map(issue).collect();
    let name = if domain.name().is_empty() { "domain" } else { domain.name() };
    text.write(&json!({"name": name, "type": "CartesianOutcomeSpace", "issues": issues}))
}

/// Writes the utility function of one party: weights of 1 and a table an issue, so that its sums are the same to the last digit.
/// There is no place for a discount that a party's own clock runs down.
pub fn write_profile(domain: &Domain, profile: &Profile, text: Text) -> Result<String, FormatFault> {
    let scoring = &profile.scoring;
    if !scoring.is_additive() {
        let what = "a folder of NegMAS has no place for interactions and scales here: leave them out";
        return Err(FormatFault::Unsupported { what: what.to_owned() });
    }
    let function = |(at, issue): (usize, &Issue)| {
        // What is there before the first issue comes with it: NegMAS drops a bias when it saves.
        let base = if at == 0 { scoring.base() } else { 0.0 };
        let row = &scoring.parts()[at];
        let entry = |(option, value): (usize, &f64)| (issue.options.label(option), finite(base + value));
        let mapping: Map<String, Value> = row.iter().enumerate().map(entry).collect();
        json!({"type": "TableFun", "mapping": mapping})
    };
    let values: Vec<Value> = domain.issues().iter().enumerate().map(function).collect();
    Ok(text.write(&json!({
        "name": profile.name,
        "type": "LinearAdditiveUtilityFunction",
        "reserved_value": finite(scoring.reservation),
        "weights": vec![1.0; values.len()],
        "values": values,
    })))
}
