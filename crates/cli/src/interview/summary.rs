//! What was understood, to be looked over before the advice.

use engine::assumption::Name;
use engine::case::Case;

use super::question::money;
use super::sided::sided;
use super::{chance, skill};
use report::money::Money;
use report::names::percent;
use terms::{Quantity, Side};

/// What is shown for what nobody knows.
const NOT_KNOWN: &str = "not known, so assumed";

/// The answers as they were understood: what, and its value.
pub fn summary(case: &Case) -> Vec<(String, String)> {
    let money = money(case);
    let price = |quantity: Quantity<f64>| range(quantity, |value| money.exact(value));
    let or = |quantity: Option<Quantity<f64>>, without: &str| quantity.map_or_else(|| without.to_owned(), price);
    let mut lines = vec![
        ("negotiation", format!("{} ({})", case.title, case.currency)),
        (sided(case, "the least you would take", "the most you would pay"), price(case.value.walk_away)),
        ("the price you hope for", price(case.value.target)),
        ("your own limit", or(case.value.authority, "none")),
    ];
    if case.value.authority.is_some() {
        lines.push(("your boss's limit", or(case.value.boss_limit, "as far as you would go at all")));
    }
    lines.extend([
        (sided(case, "the most they would pay", "the least they would take"), price(case.counterpart.limit)),
        ("they can agree alone", can_sign(case)),
        ("offers so far", offers(case, &money)),
        ("rounds left", rounds(case, &money)),
        ("later deals", later(case, &money)),
        ("your boss bargains", boss(case)),
        ("your boss's time", or(case.boss.time_cost, NOT_KNOWN)),
        ("everyone brings their boss", if case.boss.already_expected { "yes" } else { "no" }.to_owned()),
    ]);
    lines.into_iter().map(|(what, value)| (what.to_owned(), value)).collect()
}

fn range(quantity: Quantity<f64>, show: impl Fn(f64) -> String) -> String {
    match quantity {
        Quantity::Known(value) => show(value),
        Quantity::Range { low, likely, high } => format!("{}, from {} to {}", show(likely), show(low), show(high)),
    }
}

fn can_sign(case: &Case) -> String {
    let Some(&said) = case.assumptions.get(&Name::FullAuthorityChance) else { return NOT_KNOWN.to_owned() };
    let share = range(said, percent);
    chance::phrase(said).map_or_else(|| share.clone(), |phrase| format!("{phrase} ({share})"))
}

fn offers(case: &Case, money: &Money) -> String {
    let one = |offer: &engine::case::Offer| {
        let by = match offer.by {
            Side::Us => "us",
            Side::Them => "them",
        };
        format!("{by} {}", money.exact(offer.amount))
    };
    let all: Vec<String> = case.offers.iter().map(one).collect();
    if all.is_empty() { "none".to_owned() } else { all.join(", ") }
}

fn rounds(case: &Case, money: &Money) -> String {
    let rounds = case.time.rounds_left.unwrap_or(0);
    match case.time.cost_of_delay_per_round {
        Some(cost) => format!("{rounds}; each costs {}", range(cost, |value| money.exact(value))),
        None => format!("{rounds}; waiting costs nothing"),
    }
}

fn later(case: &Case, money: &Money) -> String {
    let Some(deals) = case.future.later_deals else { return "none".to_owned() };
    let deals = range(deals, |value| format!("{value}"));
    match case.future.value_per_deal {
        Some(each) => format!("{deals}; each brings {}", range(each, |value| money.exact(value))),
        None => deals,
    }
}

fn boss(case: &Case) -> String {
    let said = case.boss.skill.and_then(skill::phrase).unwrap_or(NOT_KNOWN);
    said.replace("as me", "as you")
}
