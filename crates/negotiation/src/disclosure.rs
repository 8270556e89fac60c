//! Numbers that are ours alone, so that no text of ours that goes to the counterpart names one.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::amount::{Amount, Estimate};
use crate::fact::{Fact, Preparation};
use crate::guidance::{Answer, Point};
use crate::offer::{Package, Term};
use crate::state::Negotiation;

/// Below this a number is a day, a round or a percentage as often as an amount, and is let through.
const LEAST: i64 = 100;
/// Groups of digits read as one number at most.
const GROUPS: usize = 6;
/// Words after a number that multiply it.
const MULTIPLES: [(&str, i64); 9] = [
    ("thousand", 1000),
    ("k", 1000),
    ("million", 1_000_000),
    ("mio", 1_000_000),
    ("mn", 1_000_000),
    ("m", 1_000_000),
    ("billion", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("b", 1_000_000_000),
];

/// Whether `text` names an amount that is ours alone and has not been at the table. Amounts under 100 are not looked
/// for.
pub fn gives_away(negotiation: &Negotiation, text: &str) -> bool {
    let ours = ours_alone(negotiation);
    !ours.is_empty() && numbers(text).iter().any(|number| ours.contains(number))
}

/// Every amount of at least 100 that was ever on record as ours, less those that were offered by either side.
pub fn ours_alone(negotiation: &Negotiation) -> BTreeSet<Decimal> {
    let (mut ours, mut exchanged) = (BTreeSet::new(), BTreeSet::new());
    for (index, entry) in negotiation.history.iter().enumerate() {
        collect(&entry.fact, &mut ours, &mut exchanged);
        // What a correction says instead counts as much.
        if let Some(fact) = negotiation.says(index) {
            collect(&fact, &mut ours, &mut exchanged);
        }
    }
    ours.retain(|amount| *amount >= Decimal::from(LEAST) && !exchanged.contains(amount));
    ours
}

fn collect(fact: &Fact, ours: &mut BTreeSet<Decimal>, exchanged: &mut BTreeSet<Decimal>) {
    let mut keep = |amount: Amount| ours.insert(amount.0.abs().normalize());
    match fact {
        Fact::Prepared(preparation) => prepared(preparation).for_each(|amount| {
            keep(amount);
        }),
        Fact::IssuesPrepared { sheet } => crate::packages::amounts(sheet).into_iter().for_each(|amount| {
            keep(amount);
        }),
        Fact::MandateGranted { mandate } => {
            keep(mandate.price);
        }
        Fact::GuidanceAsked { question, .. } => {
            if let Point::Price { to } = question.point {
                keep(to);
            }
        }
        Fact::GuidanceAnswered { answer: Answer::ChangeLimit { mandate }, .. } => {
            keep(mandate.price);
        }
        Fact::AdviceTaken(advice) => {
            for amount in advice.values.values().copied().chain([advice.precedent]) {
                keep(amount);
            }
        }
        Fact::Offered(offer) => exchange(&offer.package, exchanged),
        Fact::Agreed { package } => exchange(package, exchanged),
        _ => {}
    }
}

fn prepared(preparation: &Preparation) -> impl Iterator<Item = Amount> {
    let known = [
        preparation.walk_away,
        preparation.target,
        preparation.boss_limit,
        preparation.counterpart_limit,
        preparation.cost_of_delay_per_week,
        preparation.cost_of_escalating,
        preparation.value_per_deal,
        preparation.boss_time_cost,
    ];
    known.into_iter().flatten().flat_map(Estimate::points)
}

fn exchange(package: &Package, exchanged: &mut BTreeSet<Decimal>) {
    exchanged.insert(package.price.0.abs().normalize());
    let numbers = package.terms.values().filter_map(|term| match term {
        Term::Number(number) => Some(number.0.abs().normalize()),
        Term::Words(_) => None,
    });
    exchanged.extend(numbers);
}

/// Every number that `text` may be read as naming, however its digits are grouped. A reading too many costs the writer
/// another wording, one too few a secret.
fn numbers(text: &str) -> BTreeSet<Decimal> {
    let mut found = BTreeSet::new();
    let groups = groups(text);
    for first in 0..groups.len() {
        let mut digits = String::new();
        for (nth, group) in groups[first..].iter().take(GROUPS).enumerate() {
            if nth > 0 && !group.continues {
                break;
            }
            let decimal = (nth > 0).then(|| format!("{digits}.{}", group.digits));
            digits.push_str(group.digits);
            for reading in decimal.iter().chain([&digits]) {
                let Ok(number) = reading.parse::<Decimal>() else { continue };
                found.insert(number.normalize());
                let multiples = MULTIPLES.iter().filter(|(word, _)| group.after.starts_with(word));
                found.extend(
                    multiples.filter_map(|(_, times)| number.checked_mul(Decimal::from(*times))).map(|n| n.normalize()),
                );
            }
        }
    }
    found
}

/// A run of digits.
struct Group<'a> {
    digits: &'a str,
    /// One separator and nothing else stands between it and the run before.
    continues: bool,
    /// What follows, in lower case, without blanks and hyphens before it.
    after: String,
}

fn groups(text: &str) -> Vec<Group<'_>> {
    let mut groups = Vec::new();
    let mut rest = text;
    let mut continues = false;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = &rest[start..];
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let after = from[end..].trim_start_matches(|c: char| c.is_whitespace() || c == '-');
        let after: String = after.chars().take(8).flat_map(char::to_lowercase).collect();
        groups.push(Group { digits: &from[..end], continues, after });
        rest = &from[end..];
        let mut next = rest.chars();
        let separated = next.next().is_some_and(|c| c.is_whitespace() || ".,'’_·".contains(c));
        continues = separated && next.next().is_some_and(|c| c.is_ascii_digit());
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_written() {
        let wanted = Decimal::from(1_050_000);
        for text in [
            "1050000",
            "at $1,050,000.",
            "1.050.000 EUR",
            "1 050 000",
            "1’050’000.00",
            "1.05M",
            "1,05 Mio",
            "USD 1.05 million",
            "1.05-million",
            "1050k",
            "1 050 thousand",
            "in 2026, 1,050,000 or so",
        ] {
            assert!(numbers(text).contains(&wanted), "{text}");
        }
        for text in ["1,050,001", "105000", "10.5k", "", "meet within 7 days"] {
            assert!(!numbers(text).contains(&wanted), "{text}");
        }
    }
}
