//! The ordered packages against plain enumeration of small spaces.

use proptest::prelude::*;

use super::*;
use crate::domain::Issue;

/// A space of up to four issues with up to five options each, and values in 32nds: ties happen, and sums are exact.
fn scored() -> impl Strategy<Value = (Domain, Scoring)> {
    let row = prop::collection::vec((0_i32..40).prop_map(|value| f64::from(value) / 32.0), 1..6);
    prop::collection::vec(row, 1..5).prop_map(|rows| {
        let issues =
            rows.iter().enumerate().map(|(i, row)| Issue::named(i.to_string(), (0..row.len()).map(|o| o.to_string())));
        let domain = Domain::new("d", issues.collect()).unwrap();
        let scoring = Scoring::additive(&domain, rows).unwrap();
        (domain, scoring)
    })
}

/// Every package with its value, in the order of the space.
fn listed(domain: &Domain, scoring: &Scoring) -> Vec<(f64, Package)> {
    let mut odometer = Odometer::new(&domain.sizes());
    let mut list = Vec::new();
    while let Some(package) = odometer.next() {
        list.push((scoring.value(package), package.to_vec()));
    }
    list
}

/// The rule of `nearest`, read off the list.
fn nearest_listed(list: &[(f64, Package)], wanted: f64, slack: f64, floor: f64) -> Option<(f64, Package)> {
    let open = || list.iter().filter(|(value, _)| *value >= floor);
    let first = |best: Option<(f64, Package)>, next: &(f64, Package), better: fn(f64, f64) -> bool| match best {
        Some(best) if !better(next.0, best.0) => Some(best),
        _ => Some(next.clone()),
    };
    let above = open().filter(|(v, _)| *v >= wanted).fold(None, |best, next| first(best, next, |a, b| a < b));
    let below = open()
        .filter(|(v, _)| *v < wanted && *v >= wanted - slack)
        .fold(None, |best, next| first(best, next, |a, b| a > b));
    match (above, below) {
        (Some(above), Some(below)) if wanted - below.0 < above.0 - wanted => Some(below),
        (Some(above), _) => Some(above),
        (None, Some(below)) => Some(below),
        (None, None) => open().fold(None, |best, next| first(best, next, |a, b| a > b)),
    }
}

/// Values in tenths and weights that floats can't write: sums that are equal on paper differ in their last bits.
fn nearly_tied() -> impl Strategy<Value = (Domain, Scoring)> {
    let row = (1_u32..8, prop::collection::vec(-3_i32..11, 1..7));
    prop::collection::vec(row, 1..6).prop_map(|rows| {
        let issue = |(i, (_, row)): (usize, &(u32, Vec<i32>))| {
            Issue::named(i.to_string(), (0..row.len()).map(|o| o.to_string()))
        };
        let domain = Domain::new("d", rows.iter().enumerate().map(issue).collect()).unwrap();
        let value = |weight: u32, value: i32| f64::from(weight) * 0.1 * (f64::from(value) / 10.0);
        let parts = rows.iter().map(|(weight, row)| row.iter().map(|v| value(*weight, *v)).collect());
        let scoring = Scoring::additive(&domain, parts.collect()).unwrap();
        (domain, scoring)
    })
}

proptest! {
    #[test]
    fn nearest_of_near_ties_is_what_listing_finds_to_the_last_bit((domain, scoring) in nearly_tied(), place in 0.0..1.0, off in prop_oneof![Just(0.0), -1e-4..1e-4]) {
        let list = listed(&domain, &scoring);
        // Ask for a value that there is, or nearly.
        let wanted = list[((list.len() - 1) as f64 * place) as usize].0 + off;
        let order = Order::new(&domain, &scoring).unwrap();
        let found = order.nearest(wanted, 1e-6, f64::MIN);
        prop_assert_eq!(found.map(|n| (n.pick.value, order.package(n.pick))), nearest_listed(&list, wanted, 1e-6, f64::MIN));
    }

    #[test]
    fn nearest_is_what_listing_finds((domain, scoring) in scored(), wanted in -0.2..3.0, slack in prop_oneof![Just(1e-6), Just(0.05)], floor in -0.5..2.0) {
        let list = listed(&domain, &scoring);
        let order = Order::new(&domain, &scoring).unwrap();
        let by_list = Order { lists: all(&domain.sizes(), &scoring).unwrap(), ..order.clone() };
        let expected = nearest_listed(&list, wanted, slack, floor);
        for order in [&order, &by_list] {
            let found = order.nearest(wanted, slack, floor);
            prop_assert_eq!(found.map(|n| (n.pick.value, order.package(n.pick))), expected.clone());
            if let Some(found) = found {
                for step in 1..8 {
                    let same = found.same_above + (found.pick.value - found.same_above) * f64::from(step) / 8.0;
                    if same > found.same_above && same <= found.pick.value {
                        let again = nearest_listed(&list, same, slack, floor);
                        prop_assert_eq!(again.map(|a| a.0), Some(found.pick.value), "asked {} again for {}", wanted, same);
                    }
                }
            }
        }
    }

    #[test]
    fn going_down_meets_every_package_once((domain, scoring) in scored()) {
        let mut list = listed(&domain, &scoring);
        list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let order = Order::new(&domain, &scoring).unwrap();
        let by_list = Order { lists: all(&domain.sizes(), &scoring).unwrap(), ..order.clone() };
        for order in [&order, &by_list] {
            let mut last = None;
            for expected in &list {
                last = order.next(last);
                prop_assert_eq!(last.map(|pick| (pick.value, order.package(pick))), Some(expected.clone()));
            }
            prop_assert_eq!(order.next(last), None);
        }
    }
}

#[test]
fn deal_breakers_never_come() {
    let domain = Domain::new("d", vec![Issue::named("a", ["x", "y"]), Issue::named("b", ["x", "y"])]).unwrap();
    let scoring = Scoring::additive(&domain, vec![vec![f64::NEG_INFINITY, 1.0], vec![0.0, 2.0]]).unwrap();
    let order = Order::new(&domain, &scoring).unwrap();
    let best = order.best().unwrap();
    let second = order.next(Some(best)).unwrap();
    assert_eq!([order.package(best), order.package(second)], [vec![1, 1], vec![1, 0]]);
    assert_eq!(order.next(Some(second)), None);
}

#[test]
fn a_space_of_ten_to_the_twelve_is_searched_and_a_larger_one_refused() {
    let rows = |issues: usize| {
        (0..issues).map(|i| (0..10).map(|o| f64::from(o) * (i as f64 + 1.0) / 450.0).collect()).collect()
    };
    let domain = |issues: usize| {
        Domain::new("d", (0..issues).map(|i| Issue::named(i.to_string(), (0..10).map(|o| o.to_string()))).collect())
            .unwrap()
    };
    let (large, larger) = (domain(12), domain(14));
    let scoring = Scoring::additive(&large, rows(12)).unwrap();
    let found = Order::new(&large, &scoring).unwrap().nearest(0.777, 1e-6, f64::NEG_INFINITY).unwrap();
    assert!((found.pick.value - 0.777).abs() < 3e-3, "{}", found.pick.value);
    let scoring = Scoring::additive(&larger, rows(14)).unwrap();
    assert_eq!(Order::new(&larger, &scoring).unwrap_err(), TooLarge { wanted: 10_000_000, limit: LONGEST_LIST });
}
