//! A plan for giving way: what to offer in each round, worth less to us step by step and as much to them as that allows.

use crate::domain::Package;
use crate::pareto::Pareto;
use crate::trades::best_for_them;

/// One round's offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is offered.
    pub package: Package,
    /// What it is worth to us, in the frontier's values.
    pub ours: f64,
    /// What it is likely worth to them.
    pub theirs: f64,
}

/// Offers for so many rounds from what is worth `from` to us down to `to`, each the best for them on the frontier. Steps
/// shrink, each round's part of what is left falling with the square: small last steps say that there is little more to have
/// (Raiffa 1982 describes the pattern; that it is wise is a judgement). A round that would only repeat the one before is kept.
pub fn plan(frontier: &Pareto, from: f64, to: f64, rounds: u32) -> Vec<Step> {
    let left = |round: u32| {
        let share = 1.0 - f64::from(round) / f64::from(rounds.max(2) - 1);
        share * share
    };
    let steps = (0..rounds).map(|round| to + (from - to) * left(round));
    let found = steps.filter_map(|value| best_for_them(frontier, value.min(highest(frontier))));
    found.map(|point| Step { package: point.package.clone(), ours: point.values[0], theirs: point.values[1] }).collect()
}

fn highest(frontier: &Pareto) -> f64 {
    frontier.points.iter().map(|point| point.values[0]).fold(f64::NEG_INFINITY, f64::max)
}
