//! GeniusWeb JSON: domains, and profiles whose values are sums over the issues.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::named::Named;
use super::{FormatFault, Profile};
use bargain::domain::{Domain, Issue, Options, short};
use bargain::scoring::Scoring;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WrittenDomain {
    #[serde(default)]
    name: String,
    issues_values: Named<WrittenOptions>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenOptions {
    Discrete { values: Vec<Value> },
    Range { range: WrittenRange },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenRange {
    Named { low: Number, high: Number, step: Number },
    List([Number; 3]),
}

/// A number, which GeniusWeb may write as a text to keep its digits.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "Value")]
struct Number(f64);

impl TryFrom<Value> for Number {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        let number = match &value {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_f64(),
        };
        number.filter(|number: &f64| number.is_finite()).map(Self).ok_or_else(|| format!("{value} is no number"))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WrittenProfile {
    #[serde(default)]
    name: String,
    issue_utilities: Named<WrittenValues>,
    issue_weights: Named<Number>,
    domain: WrittenDomain,
    #[serde(default)]
    reservation_bid: Option<WrittenBid>,
}

#[derive(Deserialize)]
enum WrittenValues {
    #[serde(rename = "discreteutils", alias = "DiscreteValueSetUtilities")]
    Discrete {
        #[serde(rename = "valueUtilities")]
        values: Named<Number>,
    },
    #[serde(rename = "numberutils", alias = "NumberValueSetUtilities", rename_all = "camelCase")]
    Numbers { low_value: Number, low_utility: Number, high_value: Number, high_utility: Number },
}

#[derive(Deserialize)]
struct WrittenBid {
    #[serde(alias = "issueValues", rename = "issuevalues")]
    values: Named<Value>,
}

fn form(fault: &serde_json::Error) -> FormatFault {
    FormatFault::Form { place: format!("line {}", fault.line()), why: fault.to_string() }
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Reads a domain, or the domain of a profile.
pub fn domain(text: &str) -> Result<Domain, FormatFault> {
    if text.contains("\"LinearAdditiveUtilitySpace\"") {
        return to_domain(&profile_of(text)?.domain);
    }
    to_domain(&serde_json::from_str(text).map_err(|fault| form(&fault))?)
}

fn to_domain(written: &WrittenDomain) -> Result<Domain, FormatFault> {
    let issues = written.issues_values.0.iter().map(|(name, options)| Issue {
        name: name.clone(),
        options: match options {
            WrittenOptions::Discrete { values } => Options::Named(values.iter().map(word).collect()),
            WrittenOptions::Range {
                range: WrittenRange::Named { low, high, step } | WrittenRange::List([low, high, step]),
            } => Options::Reals { first: low.0, last: high.0, step: step.0 },
        },
        unit: None,
    });
    Ok(Domain::new(written.name.clone(), issues.collect())?)
}

fn profile_of(text: &str) -> Result<WrittenProfile, FormatFault> {
    let mut kinds: Named<WrittenProfile> = serde_json::from_str(text).map_err(|fault| form(&fault))?;
    match kinds.0.pop() {
        Some((kind, profile)) if kind == "LinearAdditiveUtilitySpace" => Ok(profile),
        _ => Err(FormatFault::Unsupported {
            what: "only profiles of type LinearAdditiveUtilitySpace are supported".to_owned(),
        }),
    }
}

/// Reads the profile of one party. Its reservation value is what its reservation bid is worth to it.
pub fn profile(text: &str, domain: &Domain) -> Result<Profile, FormatFault> {
    let written = profile_of(text)?;
    let missing = |what: String| FormatFault::Missing { what };
    let (utilities, weights) = (written.issue_utilities.by_name(), written.issue_weights.by_name());
    let row = |issue: &Issue| {
        let quoted = short(&issue.name);
        let values = utilities.get(issue.name.as_str());
        let values = values.ok_or_else(|| missing(format!("issue {quoted:?} in issueUtilities")))?;
        let weight = weights.get(issue.name.as_str());
        let weight = weight.ok_or_else(|| missing(format!("issue {quoted:?} in issueWeights")))?;
        let values = utilities_of(values, issue)?;
        Ok(values.into_iter().map(|value| weight.0 * value).collect::<Vec<f64>>())
    };
    let parts = domain.issues().iter().map(row).collect::<Result<_, FormatFault>>()?;
    let scoring = Scoring::additive(domain, parts)?;
    let reservation = written.reservation_bid.map_or(0.0, |bid| {
        let chosen = bid.values.by_name();
        let part = |(issue, row): (&Issue, &Vec<f64>)| {
            let option = issue.options.find(&word(chosen.get(issue.name.as_str())?))?;
            row.get(option).copied()
        };
        domain.issues().iter().zip(scoring.parts()).filter_map(part).sum()
    });
    Ok(Profile { name: written.name, scoring: scoring.with_reservation(reservation) })
}

/// What each option of an issue is worth before its weight. GeniusWeb counts an option without a value as nothing.
fn utilities_of(values: &WrittenValues, issue: &Issue) -> Result<Vec<f64>, FormatFault> {
    match values {
        WrittenValues::Discrete { values } => {
            let values = values.by_name();
            let value = |option| values.get(issue.options.label(option).as_str()).map_or(0.0, |number| number.0);
            Ok((0..issue.options.len()).map(value).collect())
        }
        WrittenValues::Numbers { low_value, low_utility, high_value, high_utility } => {
            let span = high_value.0 - low_value.0;
            let value = |option| {
                let number = issue.options.number(option);
                let number = number.ok_or_else(|| FormatFault::Missing {
                    what: format!("a range of numbers for issue {:?}", short(&issue.name)),
                })?;
                let share = if span == 0.0 { 0.0 } else { (number - low_value.0) / span };
                Ok(low_utility.0 + share * (high_utility.0 - low_utility.0))
            };
            (0..issue.options.len()).map(value).collect()
        }
    }
}

/// Writes a domain.
pub fn write_domain(domain: &Domain) -> String {
    pretty(&domain_json(domain))
}

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("names and numbers are JSON")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DomainOut {
    name: String,
    issues_values: Named<Value>,
}

fn domain_json(domain: &Domain) -> DomainOut {
    let labels = |options: &Options| (0..options.len()).map(|option| options.label(option)).collect::<Vec<_>>();
    let issues = domain.issues().iter().map(|issue| (issue.name.clone(), json!({"values": labels(&issue.options)})));
    DomainOut { name: domain.name().to_owned(), issues_values: Named(issues.collect()) }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProfileOut {
    name: String,
    issue_utilities: Named<Value>,
    issue_weights: Named<f64>,
    domain: DomainOut,
}

/// Writes the profile of one party: each issue's weight is what its options differ by at most, as a share of the sum, as the
/// format wants weights that sum to 1 and values from 0 to 1. So values change in unit; their order does not.
pub fn write_profile(domain: &Domain, profile: &Profile) -> Result<String, FormatFault> {
    let scoring = &profile.scoring;
    if !scoring.is_additive() || scoring.parts().iter().flatten().any(|value| !value.is_finite()) {
        return Err(FormatFault::Unsupported {
            what: "GeniusWeb's linear profiles have no place for interactions and deal-breakers: leave them out"
                .to_owned(),
        });
    }
    let ends: Vec<(f64, f64)> = scoring
        .parts()
        .iter()
        .map(|row| row.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(*v), high.max(*v))))
        .collect();
    let total: f64 = ends.iter().map(|(low, high)| high - low).sum();
    let share = |value: f64, of: f64| if of > 0.0 { value / of } else { 0.0 };
    let (mut utilities, mut weights) = (Vec::new(), Vec::new());
    for ((issue, row), (low, high)) in domain.issues().iter().zip(scoring.parts()).zip(ends) {
        let values =
            row.iter().enumerate().map(|(option, value)| (issue.options.label(option), share(value - low, high - low)));
        utilities.push((
            issue.name.clone(),
            json!({"discreteutils": {"valueUtilities": Named(values.collect::<Vec<_>>())}}),
        ));
        weights.push((issue.name.clone(), share(high - low, total)));
    }
    let profile = ProfileOut {
        name: profile.name.clone(),
        issue_utilities: Named(utilities),
        issue_weights: Named(weights),
        domain: domain_json(domain),
    };
    Ok(pretty(&Named(vec![("LinearAdditiveUtilitySpace".to_owned(), profile)])))
}
