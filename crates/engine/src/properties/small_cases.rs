//! Small cases whose answer anyone can tell.

use jiff::civil::date;
use terms::{NextActKind, PlanId, Quantity, Role};

use crate::advice::Advice;
use crate::assumption::Name;
use crate::case::{Case, Horizon};
use crate::plan::Policy;
use crate::test_cases::{in_turn, range, reference};
use crate::{Options, advise};

use super::{assume, results};

fn advice(case: &Case) -> Advice {
    advise(case, &Options::new(1, 16_384), &|_| {}).unwrap()
}

fn value(advice: &Advice, plan: PlanId) -> f64 {
    advice.plans.iter().find(|report| report.id == plan).unwrap().value.mean
}

/// Full authority, and nothing said yet.
fn not_begun(limit: Quantity<f64>, rounds: u32) -> Case {
    let mut case = reference();
    case.value.authority = None;
    case.value.boss_limit = None;
    case.counterpart.limit = limit;
    case.time.rounds_left = Some(rounds);
    case
}

#[test]
fn a_chance_that_costs_nothing_is_not_walked_away_from() {
    let advice = advice(&not_begun(range(-60.0, -32.0, -5.0), 5));
    let own = value(&advice, PlanId::OwnLevel);
    assert!(own > 0.0 && own < 0.5, "a tie with walking away, and worth something: {own}");
    assert_eq!(advice.recommendation.plan, PlanId::OwnLevel);
    assert_ne!(advice.next_act.kind, NextActKind::WalkAway);
}

#[test]
fn where_no_deal_can_be_the_advice_is_to_walk_away() {
    let advice = advice(&not_begun(Quantity::Known(-20.0), 5));
    assert_eq!((advice.recommendation.plan, value(&advice, PlanId::BestFound)), (PlanId::WalkAway, 0.0));
}

#[test]
fn delay_is_paid_without_a_deal_too() {
    let mut case = not_begun(range(0.0, 25.0, 45.0), 9);
    case.time.cost_of_delay_per_round = Some(Quantity::Known(4.5));
    let paths = results(&case, Policy::default());
    let worst = paths.utilities.iter().copied().fold(f64::INFINITY, f64::min);
    assert!((worst + 9.0 * 0.045).abs() < 1e-12, "nine rounds for nothing: {worst}");
    let advice = advice(&case);
    let own = value(&advice, PlanId::OwnLevel);
    assert!(own < -5.0, "going on as planned costs more than it brings: {own}");
    assert_eq!(advice.recommendation.plan, PlanId::WalkAway);
    assert!(value(&advice, PlanId::BestFound).abs() < 1e-12);
}

#[test]
fn delay_that_is_spent_raises_no_floor() {
    // They can go to 10 and not beyond, which our floor lets us take; by then more than that has been spent.
    let mut case = not_begun(Quantity::Known(10.0), 8);
    case.time.cost_of_delay_per_round = Some(Quantity::Known(3.0));
    let dear = results(&case, Policy::default());
    case.time.cost_of_delay_per_round = Some(Quantity::Known(0.0));
    let free = results(&case, Policy::default());
    assert!(dear.deals >= free.deals && dear.deals > 0, "{} against {}", dear.deals, free.deals);
}

#[test]
fn one_later_deal_worth_a_dollar_moves_nothing() {
    let mut case = reference();
    // In dollars, the scale being two millions.
    let dollars = |share: f64| Quantity::Known(20_000.0 * share);
    case.value.target = dollars(100.0);
    case.value.authority = Some(dollars(35.0));
    case.value.boss_limit = Some(dollars(15.0));
    case.counterpart.limit = range(400_000.0, 1_000_000.0, 1_600_000.0);
    case.time.rounds_left = Some(7);
    case.offers = in_turn(&[2_100_000.0, -200_000.0]);
    let alone = advice(&case);
    case.future.later_deals = Some(Quantity::Known(1.0));
    case.future.value_per_deal = Some(Quantity::Known(1.0));
    let with = advice(&case);
    assert_eq!(alone.recommendation.plan, with.recommendation.plan);
    for (alone, with) in alone.plans.iter().zip(&with.plans) {
        let moved = with.value.mean - alone.value.mean;
        assert!(moved.abs() < 1.0, "{} moved by {moved}", alone.id);
    }
}

/// An office lease: the landlord asks for more than we may sign, and nothing has been said.
fn lease() -> Case {
    let mut case = reference();
    case.role = Role::Buyer;
    case.value.walk_away = Quantity::Known(420.0);
    case.value.target = Quantity::Known(350.0);
    case.value.authority = Some(Quantity::Known(380.0));
    case.value.boss_limit = Some(Quantity::Known(420.0));
    case.counterpart.limit = range(345.0, 372.0, 404.0);
    case.time.rounds_left = Some(6);
    case
}

#[test]
fn what_has_not_begun_is_not_stuck_and_heads_where_both_could_sign() {
    let advice = advice(&lease());
    assert_eq!((advice.stuck_probability, advice.stuck_because.len()), (0.0, 0));
    let price = advice.forecast.settlement.unwrap();
    let least = advice.forecast.counterpart_limit;
    // A buyer's shares turn round: their limit at its dearest is the 10th percentile.
    assert!(price.p50 < least.p10.max(least.p90), "{price:?} against {least:?}");
    assert!(price.p10.max(price.p90) <= 420.0 && price.p50 > least.p50, "{price:?}");
}

#[test]
fn an_offer_better_than_the_target_is_taken_or_held_at_our_own_level() {
    let mut case = assume(&lease(), &[(Name::LaterDeals, 3.0)]);
    case.offers = in_turn(&[340.0, 425.0, 344.0, 349.0]);
    case.time =
        Horizon { rounds_left: None, deadline: Some(date(2026, 12, 20)), days_per_round: Some(6.0), ..case.time };
    for (offer, day) in case.offers.iter_mut().zip([2, 9, 16, 23]) {
        offer.date = Some(date(2026, 11, day));
    }
    let advice = advice(&case);
    let chosen = advice.plans.iter().find(|plan| plan.id == advice.recommendation.plan).unwrap();
    assert!(
        matches!(advice.next_act.kind, NextActKind::Accept | NextActKind::Offer | NextActKind::Hold),
        "{:?}",
        advice.next_act
    );
    assert!(chosen.boss_joins_probability < 0.1, "{chosen:?}");
    let highest = advice.plans.iter().map(|plan| plan.value.mean).fold(0.0, f64::max);
    let own = value(&advice, PlanId::OwnLevel);
    assert!(own > 0.98 * highest, "the boss adds nothing that counts: {own} of {highest}");
}
