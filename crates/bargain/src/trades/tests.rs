//! Trades and best packages against plain enumeration of small spaces, and on one far too large for that.

use proptest::prelude::*;

use super::*;
use crate::domain::Issue;
use crate::scoring::Interaction;
use crate::space::Odometer;

const SIZES: [usize; 3] = [4, 3, 5];

fn domain(sizes: &[usize]) -> Domain {
    let issue = |(place, size): (usize, &usize)| Issue::named(place.to_string(), (0..*size).map(|o| o.to_string()));
    Domain::new("d", sizes.iter().enumerate().map(issue).collect()).unwrap()
}

fn rows(sizes: &[usize], mut values: impl FnMut() -> f64) -> Vec<Vec<f64>> {
    sizes.iter().map(|&size| (0..size).map(|_| values()).collect()).collect()
}

fn scoring() -> impl Strategy<Value = Scoring> {
    // Whole numbers make for ties.
    let values = prop::collection::vec(-9..10_i32, 12);
    (values, any::<bool>()).prop_map(|(values, together)| {
        let mut values = values.into_iter().map(f64::from);
        let scoring = Scoring::additive(&domain(&SIZES), rows(&SIZES, || values.next().unwrap())).unwrap();
        let bonus = Interaction { within: vec![(0, vec![true, false, true, false]), (2, vec![true; 5])], amount: 4.0 };
        scoring.with_interactions(if together { vec![bonus] } else { vec![] }).unwrap()
    })
}

fn everything() -> Vec<Package> {
    let mut odometer = Odometer::new(&SIZES);
    let mut all = Vec::new();
    while let Some(package) = odometer.next() {
        all.push(package.to_vec());
    }
    all
}

fn allowed() -> impl Strategy<Value = Vec<Vec<bool>>> {
    let row = |size: usize| {
        prop::collection::vec(any::<bool>(), size).prop_map(|mut row| {
            row[0] = true;
            row
        })
    };
    (row(4), row(3), row(5)).prop_map(|(a, b, c)| vec![a, b, c])
}

proptest! {
    #[test]
    fn the_best_packages_are_those_of_enumeration(ours in scoring(), theirs in scoring(), allowed in allowed(), least in -12..12_i32) {
        let least = f64::from(least);
        let frontier = frontier(&domain(&SIZES), &ours, &theirs, &allowed).unwrap();
        prop_assert_eq!(frontier.gap, 0.0);
        let inside = |package: &Package| package.iter().zip(&allowed).all(|(&option, row)| row[option as usize]);
        let all: Vec<Package> = everything().into_iter().filter(inside).collect();
        let best = |of: &Scoring, enough: &Scoring| {
            all.iter().filter(|package| enough.value(package) >= least).map(|package| of.value(package)).max_by(f64::total_cmp)
        };
        prop_assert_eq!(best_for_them(&frontier, least).map(|point| point.values[1]), best(&theirs, &ours));
        prop_assert_eq!(best_for_us(&frontier, least).map(|point| point.values[0]), best(&ours, &theirs));
        let product = |package: &Package| (ours.value(package) - least, theirs.value(package) - least);
        let greatest = all.iter().map(product).filter(|(a, b)| *a >= 0.0 && *b >= 0.0).map(|(a, b)| a * b).max_by(f64::total_cmp);
        let found = nash(&frontier, least, least).map(|point| (point.values[0] - least) * (point.values[1] - least));
        prop_assert_eq!(found, greatest);
    }

    #[test]
    fn trades_miss_nothing_and_lose_nobody_anything(ours in scoring(), theirs in scoring(), from in 0..60_usize) {
        let from = &everything()[from];
        let found = trades(&domain(&SIZES), &ours, &theirs, from, 100);
        for trade in &found {
            prop_assert_eq!(ours.value(&trade.package) - ours.value(from), trade.ours);
            prop_assert_eq!(theirs.value(&trade.package) - theirs.value(from), trade.theirs);
            let changed: Vec<usize> = (0..3).filter(|&issue| trade.package[issue] != from[issue]).collect();
            prop_assert_eq!(&changed, &trade.changed);
        }
        // Three issues: a package that is better for one and no worse for the other is a trade.
        let gains = |package: &Package| (ours.value(package) - ours.value(from), theirs.value(package) - theirs.value(from));
        let improves = everything().iter().map(gains).any(|(us, them)| us >= 0.0 && them >= 0.0 && us + them > 0.0);
        prop_assert_eq!(improves, !found.is_empty());
    }

    #[test]
    fn equivalent_offers_are_worth_as_much_and_allowed(ours in scoring(), theirs in prop::collection::vec(scoring(), 1..6), allowed in allowed(), least in -12..12_i32) {
        let offers = equivalent_offers(&domain(&SIZES), &ours, &theirs, &allowed, f64::from(least), 3).unwrap();
        for (place, offer) in offers.iter().enumerate() {
            prop_assert!(ours.value(offer) >= f64::from(least));
            prop_assert!(offer.iter().zip(&allowed).all(|(&option, row)| row[option as usize]));
            prop_assert!(!offers[..place].contains(offer));
        }
        // With as many offers as draws each draw has its own best among them.
        let all = equivalent_offers(&domain(&SIZES), &ours, &theirs, &allowed, f64::from(least), 6).unwrap();
        for values in &theirs {
            let best = best_for_them(&frontier(&domain(&SIZES), &ours, values, &allowed).unwrap(), f64::from(least)).map(|p| p.values[1]);
            prop_assert_eq!(all.iter().map(|offer| values.value(offer)).max_by(f64::total_cmp), best);
        }
    }
}

/// Twelve issues of ten options: 10^12 packages. Nothing is listed; no package found by climbing beats the answer by more than
/// the gap that is stated.
#[test]
fn a_space_of_a_million_million_packages_has_its_best_trade() {
    let sizes = [10; 12];
    let domain = domain(&sizes);
    assert_eq!(domain.outcomes(), 1_000_000_000_000);
    let mut state = 20_261_124_u64;
    let mut uniform = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let ours = Scoring::additive(&domain, rows(&sizes, &mut uniform)).unwrap();
    let theirs = Scoring::additive(&domain, rows(&sizes, &mut uniform)).unwrap();
    let everything = vec![vec![true; 10]; 12];
    let frontier = frontier(&domain, &ours, &theirs, &everything).unwrap();
    assert!(frontier.gap < 0.001, "{}", frontier.gap);
    for _ in 0..200 {
        // From a package at random, climb by single options while both weighed together gain.
        let weight = uniform();
        let joint = |package: &Package| weight * ours.value(package) + (1.0 - weight) * theirs.value(package);
        let mut package: Package = (0..12).map(|_| (uniform() * 10.0) as u32).collect();
        for issue in 0..12 {
            let best = (0..10).max_by(|&a, &b| {
                let at = |option: u32| joint(&[&package[..issue], &[option], &package[issue + 1..]].concat());
                at(a).total_cmp(&at(b))
            });
            package[issue] = best.unwrap();
        }
        let best = best_for_us(&frontier, theirs.value(&package)).unwrap();
        assert!(best.values[0] >= ours.value(&package) - frontier.gap - 1e-9);
        assert_eq!(ours.value(&best.package), best.values[0]);
    }
    let from = vec![0; 12];
    let step = &trades(&domain, &ours, &theirs, &from, 1)[0];
    assert!(step.ours >= 0.0 && step.theirs >= 0.0);
    let best = best_for_us(&frontier, theirs.value(&from)).unwrap();
    assert!(best.values[0] + frontier.gap >= ours.value(&step.package));
}
