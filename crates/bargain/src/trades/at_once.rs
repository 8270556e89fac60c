//! Several packages to offer at once that are worth about the same to us: which of them they like best tells what they value.

use super::{ROUNDING, within};
use crate::domain::{Domain, Package};
use crate::pareto::{Effort, NoFrontier, Pareto};
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

/// A package that may be offered: what it is worth to us, and to them in each draw.
struct Candidate {
    package: Package,
    ours: f64,
    theirs: Vec<f64>,
}

impl Candidate {
    fn is_covered_by(&self, other: &Self) -> bool {
        let no_worse = other.ours >= self.ours && other.theirs.iter().zip(&self.theirs).all(|(a, b)| a >= b);
        no_worse && other.package != self.package
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
    let tolerance = ROUNDING * (1.0 + at_least.abs());
    let mut found: Vec<Candidate> = Vec::new();
    for values in theirs {
        let mut points = Pareto::with(domain, &[&ours, values], effort)?.points;
        points.retain(|point| point.values[0] >= at_least - tolerance);
        points.sort_by(|a, b| a.values[0].total_cmp(&b.values[0]));
        for point in points.into_iter().take(NEAREST) {
            if !found.iter().any(|other| other.package == point.package) {
                let theirs = theirs.iter().map(|values| values.value(&point.package)).collect();
                found.push(Candidate { ours: point.values[0], theirs, package: point.package });
            }
        }
    }
    let kept: Vec<bool> = found.iter().map(|one| !found.iter().any(|other| one.is_covered_by(other))).collect();
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next() == Some(true));
    found.sort_by(|a, b| a.ours.total_cmp(&b.ours));
    let near = found.partition_point(|one| one.ours <= at_least + band + tolerance);
    found.truncate(near.max(count.min(found.len())));
    Ok(chosen(&found, count))
}

/// Of candidates, those of which the best is worth most to them on average.
fn chosen(found: &[Candidate], count: usize) -> AtOnce {
    let draws = found.first().map_or(0, |one| one.theirs.len());
    let mut best_so_far = vec![f64::NEG_INFINITY; draws];
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < count.min(found.len()) {
        let sum_of_best =
            |at: usize| -> f64 { found[at].theirs.iter().zip(&best_so_far).map(|(a, b)| a.max(*b)).sum() };
        let next = (0..found.len())
            .filter(|at| !chosen.contains(at))
            .max_by(|&a, &b| sum_of_best(a).total_cmp(&sum_of_best(b)).then(b.cmp(&a)));
        let Some(next) = next else { break };
        best_so_far.iter_mut().zip(&found[next].theirs).for_each(|(best, worth)| *best = best.max(*worth));
        chosen.push(next);
    }
    let worth = chosen.iter().map(|&at| found[at].ours);
    let (low, high) = worth.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    AtOnce { apart: (high - low).max(0.0), packages: chosen.iter().map(|&at| found[at].package.clone()).collect() }
}
