//! NegoLog JSON: a profile a party, which names the domain's issues and options as well.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::named::Named;
use super::{FormatFault, Profile};
use bargain::domain::{Domain, Issue, short};
use bargain::scoring::Scoring;

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    #[serde(default)]
    reservation_value: Option<f64>,
    issue_weights: Named<f64>,
    issues: Named<Named<f64>>,
}

fn read(text: &str) -> Result<Written, FormatFault> {
    serde_json::from_str(text)
        .map_err(|fault| FormatFault::Form { place: format!("line {}", fault.line()), why: fault.to_string() })
}

/// Reads the domain of a profile: its issues in the order of the text.
pub fn domain(text: &str) -> Result<Domain, FormatFault> {
    let issue = |(name, options): (String, Named<f64>)| {
        let mut seen = HashSet::new();
        let labels = options.0.into_iter().map(|(option, _)| option);
        Issue::named(name, labels.filter(|label| seen.insert(label.clone())).collect::<Vec<_>>())
    };
    Ok(Domain::new("", read(text)?.issues.0.into_iter().map(issue).collect())?)
}

/// Reads the profile of one party.
pub fn profile(text: &str, domain: &Domain) -> Result<Profile, FormatFault> {
    let written = read(text)?;
    let missing = |what: String| FormatFault::Missing { what };
    let (issues, weights) = (written.issues.by_name(), written.issue_weights.by_name());
    let row = |Issue { name, options, .. }: &Issue| {
        let quoted = short(name);
        let values = issues.get(name.as_str()).ok_or_else(|| missing(format!("issue {quoted:?}")))?.by_name();
        let weight = weights.get(name.as_str()).ok_or_else(|| missing(format!("the weight of issue {quoted:?}")))?;
        let value = |option| {
            let label = options.label(option);
            let value = values.get(label.as_str());
            let value = value.ok_or_else(|| missing(format!("option {:?} of issue {quoted:?}", short(&label))))?;
            Ok(**weight * **value)
        };
        (0..options.len()).map(value).collect::<Result<Vec<f64>, FormatFault>>()
    };
    let parts = domain.issues().iter().map(row).collect::<Result<_, _>>()?;
    let scoring = Scoring::additive(domain, parts)?.with_reservation(written.reservation_value.unwrap_or(0.0));
    Ok(Profile { name: String::new(), scoring })
}

/// Writes the profile of one party: weights of 1, and values as they are.
pub fn write(domain: &Domain, scoring: &Scoring) -> Result<String, FormatFault> {
    if !scoring.is_additive() || scoring.parts().iter().flatten().any(|value| !value.is_finite()) {
        return Err(FormatFault::Unsupported {
            what: "NegoLog has no place for interactions and deal-breakers: leave them out".to_owned(),
        });
    }
    let issues = domain.issues().iter().zip(scoring.parts()).map(|(issue, row)| {
        let options = row.iter().enumerate().map(|(option, value)| (issue.options.label(option), *value));
        (issue.name.clone(), Named(options.collect()))
    });
    let written = Written {
        reservation_value: Some(if scoring.reservation.is_finite() { scoring.reservation } else { 0.0 }),
        issue_weights: Named(domain.issues().iter().map(|issue| (issue.name.clone(), 1.0)).collect()),
        issues: Named(issues.collect()),
    };
    Ok(serde_json::to_string_pretty(&written).expect("names and numbers are JSON"))
}
