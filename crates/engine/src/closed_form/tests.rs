//! Printed figures, limits, and sums done the long way.

use proptest::prelude::*;

use super::Precedent;
use super::reference::{polynomial_concession, posterior, value_of_information};

#[track_caller]
fn assert_near(found: f64, truth: f64) {
    assert!((found - truth).abs() < 1e-9, "found {found}, expected {truth}");
}

const PRECEDENT: Precedent = Precedent { weight: 1.0, call_rate: 0.5, cost_of_call: 4.0, discount: 0.9, fade: 0.2 };

#[test]
fn zeng_sycara_update() {
    let found = posterior(&[0.5, 0.5], &[0.30, 0.05]).unwrap();
    assert_near(found[0], 0.857_142_857_1);
    assert_near(found[1], 1.0 / 7.0);
}

#[test]
fn an_update_without_meaning_is_refused() {
    assert_eq!(posterior(&[0.5, 0.5], &[0.0, 0.0]), None);
    assert_eq!(posterior(&[1.0, 0.0], &[0.0, 1.0]), None);
    assert_eq!(posterior(&[0.5, 0.5], &[0.1]), None);
    assert_eq!(posterior(&[-0.5, 1.5], &[0.1, 0.1]), None);
    assert_eq!(posterior(&[0.5, f64::NAN], &[0.1, 0.1]), None);
    assert_eq!(posterior(&[0.5, 0.5], &[f64::INFINITY, 0.1]), None);
    assert_eq!(posterior(&[], &[]), None);
}

#[test]
fn faratin_polynomial() {
    for (shape, share) in [(0.2, 0.128_125), (1.0, 0.55), (5.0, 0.883_495_507_0)] {
        assert_near(polynomial_concession(0.1, 0.5, shape), share);
        assert_near(polynomial_concession(0.1, 0.0, shape), 0.1);
        assert_near(polynomial_concession(0.1, 1.0, shape), 1.0);
    }
}

#[test]
fn precedent_without_end() {
    assert_near(Precedent { fade: 0.0, ..PRECEDENT }.loss(f64::INFINITY), 18.0);
    assert_near(PRECEDENT.loss(f64::INFINITY), 6.428_571_428_6);
}

#[test]
fn precedent_at_its_limits() {
    let lasting = Precedent { discount: 1.0, fade: 0.0, ..PRECEDENT };
    assert_near(lasting.loss(7.0), 14.0);
    assert_eq!(lasting.loss(f64::INFINITY), f64::INFINITY);
    assert_eq!(Precedent { call_rate: 0.0, ..lasting }.loss(f64::INFINITY), 0.0);
    assert_eq!(PRECEDENT.loss(0.0), 0.0);
    assert_near(Precedent { fade: 1.0, ..PRECEDENT }.loss(5.0), 1.8);
    assert_eq!(Precedent { discount: 0.0, ..PRECEDENT }.loss(f64::INFINITY), 0.0);
    // So near to 1 that the plain formula would keep no more than four digits.
    let nearly = Precedent { discount: 1.0 - 1e-12, fade: 0.0, ..PRECEDENT };
    assert_near(nearly.loss(7.0), 14.0);
}

#[test]
fn value_of_perfect_and_partial_information() {
    assert_near(value_of_information(1.0, 2.0), 0.395_593_114_8);
    assert_near(value_of_information(1.0, 1.5), 0.226_679_470_7);
}

#[test]
fn nothing_to_learn_is_worth_nothing() {
    assert_eq!(value_of_information(1.0, 0.0), 0.0);
    assert_eq!(value_of_information(0.0, 0.0), 0.0);
    assert_eq!(value_of_information(1e300, 1e-300), 0.0);
    assert_near(value_of_information(0.0, 1.0), 1.0 / (2.0 * std::f64::consts::PI).sqrt());
}

proptest! {
    #[test]
    fn chances_after_an_observation_sum_to_one(
        weights in prop::collection::vec((0.001..1.0, 0.001..1.0), 1..9)
    ) {
        let (prior, likelihood): (Vec<f64>, Vec<f64>) = weights.into_iter().unzip();
        let found = posterior(&prior, &likelihood).unwrap();
        prop_assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        for at in 1..found.len() {
            let odds = prior[at] * likelihood[at] / (prior[0] * likelihood[0]);
            prop_assert!((found[at] / found[0] / odds - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn precedent_is_the_sum_over_the_later_deals(
        (discount, fade) in (0.0..=1.0, 0.0..=1.0), (weight, call_rate) in (0.0..2.0, 0.0..1.0), deals in 0_i32..60,
    ) {
        let precedent = Precedent { weight, call_rate, cost_of_call: 4.0, discount, fade };
        let long_way: f64 = (1..=deals)
            .map(|deal| weight * call_rate * 4.0 * discount.powi(deal) * (1.0 - fade).powi(deal - 1))
            .sum();
        prop_assert!((precedent.loss(f64::from(deals)) - long_way).abs() < 1e-9);
    }

    #[test]
    fn a_lasting_precedent_costs_more(fade in 0.001..1.0, deals in 2.0..60.0) {
        let loss = |fade, deals| Precedent { fade, ..PRECEDENT }.loss(deals);
        prop_assert!(loss(0.0, deals) > loss(fade, deals));
        prop_assert!(loss(fade, f64::INFINITY) >= loss(fade, deals));
    }

    #[test]
    fn information_is_worth_more_the_less_is_known(mean in -3.0..3.0, (one, other) in (0.01..3.0, 0.01..3.0)) {
        let (less, more): (f64, f64) = if one < other { (one, other) } else { (other, one) };
        let (part, all) = (value_of_information(mean, less), value_of_information(mean, more));
        prop_assert!(0.0 <= part && part <= all);
        prop_assert_eq!(all, value_of_information(-mean, more));
    }
}
