//! Cases for tests.

use std::collections::BTreeMap;

use terms::{Currency, Level, Quantity, Role, Side};

use crate::case::{Boss, Case, Counterpart, Future, Horizon, Offer, Stakes};

/// A range of three points.
pub(crate) fn range(low: f64, likely: f64, high: f64) -> Quantity<f64> {
    Quantity::Range { low, likely, high }
}

/// The reference negotiation: ten rounds to go and nothing said yet; our authority stops at .4 of the way from
/// walk-away to target, their limit lies about .6 of it.
pub(crate) fn reference() -> Case {
    Case {
        title: "reference".to_owned(),
        role: Role::Seller,
        currency: Currency::USD,
        value: Stakes {
            walk_away: Quantity::Known(0.0),
            target: Quantity::Known(100.0),
            authority: Some(Quantity::Known(40.0)),
            boss_limit: Some(Quantity::Known(10.0)),
            leave: None,
        },
        counterpart: Counterpart { limit: range(25.0, 60.0, 95.0), cost_of_escalating: None },
        time: Horizon {
            rounds_left: Some(10),
            deadline: None,
            counted_from: None,
            days_per_round: None,
            cost_of_delay_per_round: None,
            cost_of_delay_per_week: None,
        },
        future: Future::default(),
        boss: Boss::default(),
        offers: Vec::new(),
        acts: Vec::new(),
        assumptions: BTreeMap::new(),
        role_priors: false,
    }
}

/// An offer by a negotiator.
pub(crate) fn offer(by: Side, amount: f64) -> Offer {
    Offer { by, amount, date: None, level: Level::Negotiator, binding: false, note: None }
}

/// Offers in turn, ours first.
pub(crate) fn in_turn(amounts: &[f64]) -> Vec<Offer> {
    let party = |index: usize| if index.is_multiple_of(2) { Side::Us } else { Side::Them };
    amounts.iter().enumerate().map(|(index, &amount)| offer(party(index), amount)).collect()
}
