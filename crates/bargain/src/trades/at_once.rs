//! Several packages to offer at once that are worth about the same to us: which of them they like best tells what they value.

use super::within;
use crate::domain::{Domain, Package};
use crate::pareto::{Effort, NoFrontier, Pareto};
use crate::rounding::{Rounding, covers};
use crate::scoring::Scoring;

/// Packages to offer at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AtOnce {
    /// The packages, the one that is best for them on average first.
    pub packages: Vec<Package>,
    /// By how much they differ in worth to us.
    pub apart: f64,
}

/// Points of each frontier kept on the way.
const LONGEST: usize = 1_000;
/// Of each draw's frontier, points tried.
const NEAREST: usize = 4;

/// A package that may be offered: what it is worth to us first, and then to them in each draw.
struct Candidate {
    package: Package,
    values: Vec<f64>,
}

impl Candidate {
    fn ours(&self) -> f64 {
        self.values[0]
    }

    fn theirs(&self) -> &[f64] {
        &self.values[1..]
    }
}

/// Several packages to offer at once, worth at least `at_least` to us and, where there are enough, at most `band` more; else
/// those that are nearest above. None is worse than another for both sides. Each is on the frontier under some of the values
/// that they may have; those are kept of which the best one is worth most to them on average. `theirs` are draws, each as
/// likely.
pub fn equivalent_offers(
    domain: &Domain,
    ours: &Scoring,
    theirs: &[Scoring],
    allowed: &[Vec<bool>],
    (at_least, band): (f64, f64),
    count: usize,
    steps: u64,
) -> Result<AtOnce, NoFrontier> {
    let ours = within(ours, allowed);
    let effort = Effort { longest: LONGEST, steps: steps / theirs.len().max(1) as u64 };
    let parties: Vec<&Scoring> = std::iter::once(&ours).chain(theirs).collect();
    let roundings: Vec<Rounding> = parties.iter().map(|party| Rounding::of(party)).collect();
    let mut found: Vec<Candidate> = Vec::new();
    for values in theirs {
        let mut points = Pareto::with(domain, &[&ours, values], effort)?.points;
        points.retain(|point| roundings[0].reaches(point.values[0], at_least));
        points.sort_by(|a, b| a.values[0].total_cmp(&b.values[0]));
        for point in points.into_iter().take(NEAREST) {
            if !found.iter().any(|other| other.package == point.package) {
                let values = parties.iter().map(|party| party.value(&point.package)).collect();
                found.push(Candidate { values, package: point.package });
            }
        }
    }
    let mut kept: Vec<Candidate> = Vec::new();
    for one in found {
        // Of two that are the same in all of this the first stays.
        if !kept.iter().any(|other| covers(&roundings, &other.values, &one.values)) {
            kept.retain(|other| !covers(&roundings, &one.values, &other.values));
            kept.push(one);
        }
    }
    let mut found = kept;
    found.sort_by(|a, b| a.ours().total_cmp(&b.ours()));
    let near = found.partition_point(|one| !roundings[0].exceeds(one.ours(), at_least + band));
    found.truncate(near.max(count.min(found.len())));
    Ok(chosen(&found, count))
}

/// Of candidates, those of which the best is worth most to them on average.
fn chosen(found: &[Candidate], count: usize) -> AtOnce {
    let draws = found.first().map_or(0, |one| one.theirs().len());
    let mut best_so_far = vec![f64::NEG_INFINITY; draws];
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < count.min(found.len()) {
        let sum_of_best =
            |at: usize| -> f64 { found[at].theirs().iter().zip(&best_so_far).map(|(a, b)| a.max(*b)).sum() };
        let next = (0..found.len())
            .filter(|at| !chosen.contains(at))
            .max_by(|&a, &b| sum_of_best(a).total_cmp(&sum_of_best(b)).then(b.cmp(&a)));
        let Some(next) = next else { break };
        best_so_far.iter_mut().zip(found[next].theirs()).for_each(|(best, worth)| *best = best.max(*worth));
        chosen.push(next);
    }
    let worth = chosen.iter().map(|&at| found[at].ours());
    let (low, high) = worth.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    AtOnce { apart: (high - low).max(0.0), packages: chosen.iter().map(|&at| found[at].package.clone()).collect() }
}
