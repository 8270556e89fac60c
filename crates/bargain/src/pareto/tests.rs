//! Frontiers against plain enumeration of small spaces.

use proptest::prelude::*;

use super::points::{Convention, pick};
use super::*;
use crate::domain::Issue;
use crate::scoring::Interaction;
use crate::space::Odometer;

type Rows = Vec<Vec<f64>>;

/// Values in 32nds, so that ties happen and sums are exact.
fn value() -> impl Strategy<Value = f64> {
    (-8_i32..32).prop_map(|value| f64::from(value) / 32.0)
}

fn scored(parties: usize) -> impl Strategy<Value = (Domain, Vec<Scoring>)> {
    prop::collection::vec(1_usize..5, 1..5).prop_flat_map(move |sizes| {
        let rows = |sizes: &[usize]| sizes.iter().map(|&size| prop::collection::vec(value(), size)).collect::<Vec<_>>();
        let box_of =
            sizes.iter().map(|&size| prop::option::of(prop::collection::vec(any::<bool>(), size))).collect::<Vec<_>>();
        let boxes = prop::collection::vec((box_of, value()), 0..6);
        prop::collection::vec((rows(&sizes), boxes), parties).prop_map(move |parties| {
            let issues =
                sizes.iter().enumerate().map(|(i, &n)| Issue::named(i.to_string(), (0..n).map(|o| o.to_string())));
            let domain = Domain::new("d", issues.collect()).unwrap();
            let scorings = parties.into_iter().map(|(rows, boxes)| scoring(&domain, rows, boxes)).collect();
            (domain, scorings)
        })
    })
}

fn scoring(domain: &Domain, rows: Rows, boxes: Vec<(Vec<Option<Vec<bool>>>, f64)>) -> Scoring {
    let interactions = boxes.into_iter().map(|(options, amount)| Interaction {
        within: options.into_iter().enumerate().filter_map(|(issue, options)| Some((issue, options?))).collect(),
        amount,
    });
    Scoring::additive(domain, rows).unwrap().with_interactions(interactions.collect()).unwrap()
}

/// The frontier read off the whole list.
fn listed(domain: &Domain, parties: &[&Scoring]) -> Vec<Vec<f64>> {
    let mut all: Vec<Vec<f64>> = Vec::new();
    let mut odometer = Odometer::new(&domain.sizes());
    while let Some(package) = odometer.next() {
        all.push(parties.iter().map(|party| party.value(package)).collect());
    }
    let mut kept: Vec<Vec<f64>> =
        all.iter().filter(|a| !all.iter().any(|b| covers(b, a) && b != *a)).cloned().collect();
    kept.sort_by(|a, b| by_welfare(a, b));
    kept.dedup();
    kept
}

fn check(domain: &Domain, scorings: &[Scoring]) -> Result<(), TestCaseError> {
    let parties: Vec<&Scoring> = scorings.iter().collect();
    let pareto = Pareto::of(domain, &parties).unwrap();
    prop_assert_eq!(
        pareto.points.iter().map(|point| point.values.clone()).collect::<Vec<_>>(),
        listed(domain, &parties)
    );
    let mut odometer = Odometer::new(&domain.sizes());
    let mut ends = vec![(f64::NEG_INFINITY, f64::INFINITY); parties.len()];
    while let Some(package) = odometer.next() {
        for (end, party) in ends.iter_mut().zip(&parties) {
            *end = (end.0.max(party.value(package)), end.1.min(party.value(package)));
        }
    }
    let found: Vec<(f64, f64)> = parties.iter().map(|party| super::ends(domain, party).unwrap().extremes).collect();
    prop_assert_eq!(found, ends);
    for point in &pareto.points {
        let values: Vec<f64> = parties.iter().map(|party| party.value(&point.package)).collect();
        prop_assert_eq!(&values, &point.values);
        prop_assert_eq!(pareto.distance(&values), Some(0.0));
    }
    Ok(())
}

proptest! {
    #[test]
    fn frontiers_with_interactions_are_what_listing_finds((domain, scorings) in scored(2)) {
        check(&domain, &scorings)?;
    }

    #[test]
    fn frontiers_of_sums_are_what_listing_finds((domain, scorings) in scored(2)) {
        let sums: Vec<Scoring> = scorings.iter().map(|s| Scoring::additive(&domain, s.parts().to_vec()).unwrap()).collect();
        check(&domain, &sums)?;
    }

    #[test]
    fn frontiers_of_three_parties_are_what_listing_finds((domain, scorings) in scored(3)) {
        check(&domain, &scorings)?;
        let sums: Vec<Scoring> = scorings.iter().map(|s| Scoring::additive(&domain, s.parts().to_vec()).unwrap()).collect();
        check(&domain, &sums)?;
    }
}

/// Ten pieces of pie, each party wanting all: every split is on the frontier.
fn pie() -> (Domain, Vec<Scoring>) {
    let domain = Domain::new("pie", vec![Issue::named("mine", (0..=10).map(|n| n.to_string()))]).unwrap();
    let row = |slope: f64, offset: f64| vec![(0..=10).map(|n| offset + slope * f64::from(n)).collect::<Vec<f64>>()];
    let first = Scoring::additive(&domain, row(1.0, 0.0)).unwrap().with_reservation(2.0);
    let second = Scoring::additive(&domain, row(-1.0, 10.0)).unwrap().with_reservation(0.0);
    (domain, vec![first, second])
}

#[test]
fn each_convention_picks_what_it_means() {
    let (domain, scorings) = pie();
    let parties: Vec<&Scoring> = scorings.iter().collect();
    let all = Pareto::of(&domain, &parties).unwrap();
    assert_eq!(all.points.len(), 11);
    let pareto = all.acceptable(&parties);
    assert_eq!(pareto.points.len(), 9);
    let extremes: Vec<(f64, f64)> = parties.iter().map(|party| party.extremes().unwrap()).collect();
    let values = |point: Option<&Point>| point.unwrap().values.clone();
    let negmas = pick(&pareto, &parties, &extremes, Convention::Negmas);
    // Walk-aways of 2 and 0 leave 8 to share: each gains 4. Shares of ideal gains of 8 and 10 are 4/9 at 5.56: the nearest.
    assert_eq!([values(negmas.nash), values(negmas.egalitarian)], [vec![6.0, 4.0], vec![6.0, 4.0]]);
    assert_eq!(values(negmas.kalai_smorodinsky), [6.0, 4.0]);
    let genius = pick(&pareto, &parties, &extremes, Convention::Genius);
    assert_eq!(values(genius.nash), [6.0, 4.0]);
    assert_eq!([values(genius.kalai_smorodinsky), values(genius.egalitarian)], [vec![5.0, 5.0], vec![5.0, 5.0]]);
    let negolog = pick(&pareto, &parties, &extremes, Convention::Negolog);
    assert_eq!(values(negolog.nash), [5.0, 5.0]);
}

#[test]
fn a_long_frontier_is_thinned_and_says_by_how_much() {
    // Powers of two are all different sums, and what one party gains the other loses: all 2^20 are on the frontier.
    let domain =
        Domain::new("d", (0..20).map(|i| Issue::named(i.to_string(), ["no", "yes"])).collect::<Vec<_>>()).unwrap();
    let rows = |sign: f64| (0..20).map(|i| vec![0.0, sign * f64::from(1 << i)]).collect::<Vec<_>>();
    let first = Scoring::additive(&domain, rows(1.0)).unwrap();
    let second = Scoring::additive(&domain, rows(-1.0)).unwrap();
    let pareto = Pareto::of(&domain, &[&first, &second]).unwrap();
    assert!(pareto.gap > 0.0 && pareto.gap < 40.0, "{}", pareto.gap);
    let mut firsts: Vec<f64> = pareto.points.iter().map(|point| point.values[0]).collect();
    firsts.sort_by(f64::total_cmp);
    let widest = firsts.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f64::max);
    assert!(widest <= pareto.gap + 1.0, "points lie {widest} apart where {} was said", pareto.gap);
}

/// To the last digit .1 + .2 is more than .3, and a package that gives up nothing else for it would stand beside a better one.
#[test]
fn what_differs_by_rounding_is_the_same() {
    let domain = Domain::new("d", ["a", "b", "c"].map(|name| Issue::named(name, ["no", "yes"])).to_vec()).unwrap();
    let rows = |values: [f64; 3]| values.map(|value| vec![0.0, value]).to_vec();
    for together in [false, true] {
        let bonus = Interaction { within: vec![(0, vec![false, true])], amount: 0.5 };
        let of = |values: [f64; 3]| {
            let scoring = Scoring::additive(&domain, rows(values)).unwrap();
            scoring.with_interactions(if together { vec![bonus.clone()] } else { vec![] }).unwrap()
        };
        let parties = [of([-0.7, 0.2, 0.3]), of([0.1, -0.5, -0.5]), of([0.1, 0.2, -1.0])];
        let pareto = Pareto::of(&domain, &[&parties[0], &parties[1], &parties[2]]).unwrap();
        for a in &pareto.points {
            let worse =
                pareto.points.iter().filter(|b| crate::rounding::dominates(&pareto.roundings, &a.values, &b.values));
            assert_eq!(worse.count(), 0, "{pareto:?}");
        }
    }
    let ours = Scoring::additive(&domain, rows([0.1, 0.2, 0.3])).unwrap();
    let theirs = Scoring::additive(&domain, rows([-1.0, -1.0, -1.5])).unwrap();
    let pareto = Pareto::of(&domain, &[&ours, &theirs]).unwrap();
    // .1 and .2 together cost 2 and bring what .3 alone brings for 1.5; .1 and .3 together bring more than both.
    let found: Vec<Package> = pareto.points.iter().map(|point| point.package.clone()).collect();
    assert!(found.contains(&vec![0, 0, 1]) && !found.contains(&vec![1, 1, 0]), "{found:?}");
}
