//! Trades and best packages against plain enumeration of small spaces, and on one far too large for that.

use proptest::prelude::*;

use super::*;
use crate::domain::Issue;
use crate::scoring::Interaction;
use crate::space::Odometer;

const SIZES: [usize; 3] = [4, 3, 5];

fn start(worth: [f64; 2]) -> Start<'static> {
    Start { worth, least: [0.0; 2], not: &[], merit: Merit::TRADE }
}

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
    fn trades_lose_nobody_anything(ours in scoring(), theirs in scoring(), from in 0..60_usize) {
        let from = &everything()[from];
        let worth = [ours.value(from), theirs.value(from)];
        let found = trades(&domain(&SIZES), &ours, &theirs, from, &start(worth), Effort::FULL).unwrap();
        for trade in &found.found {
            prop_assert_eq!(ours.value(&trade.package) - worth[0], trade.ours);
            prop_assert_eq!(theirs.value(&trade.package) - worth[1], trade.theirs);
            let changed: Vec<usize> = (0..3).filter(|&issue| trade.package[issue] != from[issue]).collect();
            prop_assert_eq!(&changed, &trade.changed);
        }
    }

    #[test]
    fn equivalent_offers_are_worth_as_much_and_allowed(ours in scoring(), theirs in prop::collection::vec(scoring(), 1..6), allowed in allowed(), least in -12..12_i32) {
        let offers = equivalent_offers(&domain(&SIZES), &ours, &theirs, &allowed, (f64::from(least), 1.0), 3, 1_000_000).unwrap();
        for (place, offer) in offers.packages.iter().enumerate() {
            prop_assert!(ours.value(offer) >= f64::from(least));
            prop_assert!(offer.iter().zip(&allowed).all(|(&option, row)| row[option as usize]));
            for other in &offers.packages[..place] {
                prop_assert!(offer != other && (ours.value(offer) - ours.value(other)).abs() <= offers.apart);
                let no_worse = |a: &Package, b: &Package| {
                    ours.value(a) >= ours.value(b) && theirs.iter().all(|values| values.value(a) >= values.value(b))
                };
                prop_assert!(!no_worse(offer, other) && !no_worse(other, offer), "one is worse for both");
            }
        }
        // Somebody's best is among them, if anything is worth so much to us.
        let any = everything().iter().any(|package| {
            package.iter().zip(&allowed).all(|(&option, row)| row[option as usize]) && ours.value(package) >= f64::from(least)
        });
        prop_assert_eq!(any, !offers.packages.is_empty());
    }
}

const LARGER: [usize; 6] = [4, 2, 3, 3, 2, 4];

/// Values over six issues, in sums of thirds that floats can't write, and boxes of options that bring something together.
fn over_six_issues() -> impl Strategy<Value = Scoring> {
    let values = prop::collection::vec(-20..30_i32, LARGER.iter().sum::<usize>());
    let a_box = prop::collection::vec(prop::option::of(any::<u8>()), LARGER.len());
    (values, prop::collection::vec((a_box, -30..40_i32), 0..5)).prop_map(|(values, boxes)| {
        let mut values = values.into_iter().map(|value| f64::from(value) / 3.0);
        let scoring = Scoring::additive(&domain(&LARGER), rows(&LARGER, || values.next().unwrap())).unwrap();
        let boxes = boxes.into_iter().map(|(bits, amount)| {
            let options = |bits: u8, size: usize| (0..size).map(|option| bits >> option & 1 == 1).collect();
            let within =
                bits.iter().zip(LARGER).enumerate().filter_map(|(i, (b, size))| Some((i, options((*b)?, size))));
            Interaction { within: within.collect(), amount: f64::from(amount) }
        });
        scoring.with_interactions(boxes.collect()).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_best_trade_is_that_of_enumeration(ours in over_six_issues(), theirs in over_six_issues(), from in 0..576_u32, least in 0..5_i32) {
        let mut package = vec![0; 6];
        crate::space::write_place(&LARGER, from, &mut package);
        let worth = [ours.value(&package), theirs.value(&package)];
        let start = Start { least: [0.0, f64::from(least)], ..start(worth) };
        let mut odometer = Odometer::new(&LARGER);
        let mut best = 0.0_f64;
        while let Some(other) = odometer.next() {
            let gains = [ours.value(other) - worth[0], theirs.value(other) - worth[1]];
            if gains[0] >= -1e-9 && gains[1] >= f64::from(least) - 1e-9 {
                best = best.max(merit(gains[0], gains[1]));
            }
        }
        let found = trades(&domain(&LARGER), &ours, &theirs, &package, &start, Effort::FULL).unwrap();
        let first = found.found.first().map_or(0.0, |first| first.merit);
        prop_assert!((first - best).abs() < 1e-7, "{first} for {best}");
        prop_assert!((found.bound - best).abs() < 1e-7, "{} said for {best}", found.bound);
        prop_assert_eq!(found.skipped, 0);
        // With next to no effort the best is no longer known for sure, and that is said.
        let effort = Effort { longest: 5, steps: 40 };
        let hurried = trades(&domain(&LARGER), &ours, &theirs, &package, &start, effort).unwrap();
        prop_assert!(hurried.bound >= best - 1e-7, "{} said for {best}", hurried.bound);
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
    let worth = [ours.value(&from), theirs.value(&from)];
    let found = trades(&domain, &ours, &theirs, &from, &start(worth), Effort::FULL).unwrap();
    let (first, bound) = (&found.found[0], found.bound);
    assert!(first.ours >= 0.0 && first.theirs >= 0.0);
    assert!(bound - first.merit <= 0.001 * bound, "{} for at most {bound}", first.merit);
    // The bound by sums: no weighted sum of both gains exceeds what its best option on each issue brings.
    for step in 1..60 {
        let weights = [f64::from(step) / 60.0, 1.0 - f64::from(step) / 60.0];
        let joint = |issue: usize, option: usize| {
            weights[0] * ours.parts()[issue][option] + weights[1] * theirs.parts()[issue][option]
        };
        let most: f64 = (0..12).map(|i| (0..10).map(|o| joint(i, o)).fold(f64::MIN, f64::max)).sum();
        let most = most - weights[0] * worth[0] - weights[1] * worth[1];
        assert!(weights[0] * first.ours + weights[1] * first.theirs <= most + 1e-9);
        let checked = Merit::TRADE.most(weights, most, [0.0; 2], [12.0; 2]);
        assert!(first.merit <= checked + 1e-9);
    }
    // No package on the frontier is a better trade than is said.
    for point in &frontier.points {
        let gains = [point.values[0] - worth[0], point.values[1] - worth[1]];
        assert!(gains[0] < 0.0 || gains[1] < 0.0 || merit(gains[0], gains[1]) <= bound + 1e-9);
    }
    // Short trades stand beside it, and none is better.
    assert!(found.found.iter().any(|trade| trade.changed.len() <= 3));
    assert!(found.found.iter().all(|trade| trade.merit <= first.merit));
}
