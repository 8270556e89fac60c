//! Amounts: finite, in order, and within what makes sense.

use terms::Quantity;

use crate::assumption::{Name, Unit};
use crate::case::Case;
use crate::scale::Scale;

use super::Fault;

/// Beyond this an amount is taken for a slip.
const LARGEST: f64 = 1e15;
/// A scale smaller than this share of the amounts leaves no figures to compute with.
const SMALLEST_SCALE: f64 = 1e-9;

pub(super) fn check(case: &Case, faults: &mut Vec<Fault>) {
    let before = faults.len();
    for name in Name::all() {
        if let Some(quantity) = case.said(name) {
            check_quantity(name, &path_of(case, name), quantity, faults);
        }
    }
    if case.value.leave.is_some_and(|leave| !leave.is_finite() || leave.abs() > LARGEST) {
        faults.push(Fault::new("value.leave", "is no price", "Give the price to which your boss lets you go."));
    }
    if faults.len() == before {
        check_order(case, faults);
    }
}

/// Where the case says an assumption.
fn path_of(case: &Case, name: Name) -> String {
    let weekly = name == Name::DelayCostPerRound && case.time.cost_of_delay_per_round.is_none();
    match name.spec().case_key {
        _ if case.assumptions.contains_key(&name) => format!("assumptions.{name}"),
        Some(_) if weekly => "time.cost_of_delay_per_week".to_owned(),
        Some(key) => key.to_owned(),
        None => format!("assumptions.{name}"),
    }
}

fn check_quantity(name: Name, path: &str, quantity: Quantity<f64>, faults: &mut Vec<Fault>) {
    let points = [quantity.low(), quantity.likely(), quantity.high()];
    let mut fault = |problem: &str, mend: &str| faults.push(Fault::new(path, problem, mend));
    if !points.iter().all(|point| point.is_finite()) {
        fault("is not a finite number", "Give a plain number, or { low, likely, high }.");
    } else if points.iter().any(|point| point.abs() > LARGEST) {
        fault("is absurdly large", "Check the number; amounts go up to a thousand million million.");
    } else if !(points[0] <= points[1] && points[1] <= points[2]) {
        fault("has its limits crossed", "Expected low <= likely <= high.");
    } else {
        let spec = name.spec();
        let (low, high) = spec.bounds;
        let outside = points.iter().any(|point| *point < low || *point > high);
        if outside && spec.unit != Unit::Price {
            let expected = match (low.is_finite(), high.is_finite()) {
                (true, true) => format!("Expected a number from {low} to {high}."),
                (true, false) => format!("Expected a number of {low} or more."),
                _ => format!("Expected a number of {high} or less."),
            };
            fault("is out of bounds", &expected);
        }
    }
}

/// Better to worse for us: target, walk-away; and the boss may go at least as far as the negotiator.
fn check_order(case: &Case, faults: &mut Vec<Fault>) {
    let (walk_away, target) = (case.value.walk_away.likely(), case.value.target.likely());
    let (side, better) = match case.role {
        terms::Role::Seller => ("seller", "below"),
        terms::Role::Buyer => ("buyer", "above"),
    };
    let wrong_way = match case.role {
        terms::Role::Seller => walk_away >= target,
        terms::Role::Buyer => walk_away <= target,
    };
    if wrong_way {
        let mend =
            format!("A {side}'s walk-away lies {better} the target; check role, value.walk_away and value.target.");
        faults.push(Fault::new("value.walk_away", "lies at or beyond the target", &mend));
        return;
    }
    if (target - walk_away).abs() < SMALLEST_SCALE * target.abs().max(walk_away.abs()) {
        let mend = "Target and walk-away are so close that nothing is left to negotiate; check both.";
        faults.push(Fault::new("value.target", "is all but the walk-away", mend));
        return;
    }
    let scale = Scale::of(case);
    let share =
        |quantity: Option<Quantity<f64>>| quantity.map_or(0.0, |quantity| scale.share_of_price(quantity.likely()));
    if share(case.value.boss_limit) > share(case.value.authority) {
        let mend = "The boss may go at least as far as the negotiator; check value.authority and value.boss_limit.";
        let path = if case.value.boss_limit.is_some() { "value.boss_limit" } else { "value.authority" };
        faults.push(Fault::new(path, "leaves the boss less room than the negotiator", mend));
    }
}
