//! Packages worth trying: trades from where we stand, offers worth the same to us, and the best there is.
//!
//! Nothing here lists the space. The best packages come from the frontier, with the gap that it states; trades change a few
//! issues of a package and are found by trying these.

use crate::domain::{Domain, Package};
use crate::pareto::{NoFrontier, Pareto, Point};
use crate::scoring::Scoring;

/// A change of some issues of a package.
#[derive(Clone, Debug, PartialEq)]
pub struct Trade {
    /// The package that it leads to.
    pub package: Package,
    /// The issues that change.
    pub changed: Vec<usize>,
    /// What it brings us.
    pub ours: f64,
    /// What it brings them.
    pub theirs: f64,
}

/// Issues changed at once at most: more is no trade that one can say in a sentence.
const MOST_CHANGED: usize = 3;
/// Differences this small, as a share of a value, are rounding.
const ROUNDING: f64 = 1e-9;

/// The values with options that aren't allowed made deal-breakers.
#[must_use]
pub fn within(scoring: &Scoring, allowed: &[Vec<bool>]) -> Scoring {
    scoring.restricted(allowed)
}

/// Trades from a package that lose neither side anything and bring one something, each issue that changes needed: best
/// first by the product of what they bring each side and a hundredth of what they bring both. One for each set of issues, at
/// most `count`.
pub fn trades(domain: &Domain, ours: &Scoring, theirs: &Scoring, from: &[u32], count: usize) -> Vec<Trade> {
    let sizes = domain.sizes();
    let base = (ours.value(from), theirs.value(from));
    let tolerance = ROUNDING * (1.0 + base.0.abs() + base.1.abs());
    let mut found: Vec<Trade> = Vec::new();
    let mut left = MOST_TRIED;
    for changed in subsets(sizes.len()) {
        // Long lists of options three at a time would take minutes; what changes fewer issues comes first.
        let tries: usize = changed.iter().map(|&issue| sizes[issue]).product();
        if tries > left {
            continue;
        }
        left -= tries;
        let mut best: Option<(f64, Trade)> = None;
        let mut package = from.to_vec();
        try_options(&sizes, &changed, from, &mut package, &mut |package| {
            let (us, them) = (ours.value(package) - base.0, theirs.value(package) - base.1);
            if us >= -tolerance && them >= -tolerance && us + them > tolerance {
                let (us, them) = (us.max(0.0), them.max(0.0));
                let merit = us * them + 0.01 * (us + them) * (us + them);
                if best.as_ref().is_none_or(|(most, _)| merit > *most) {
                    let changed = changed.clone();
                    best = Some((merit, Trade { package: package.to_vec(), changed, ours: us, theirs: them }));
                }
            }
        });
        found.extend(best.map(|(_, trade)| trade));
    }
    let merit = |trade: &Trade| {
        let sum = trade.ours + trade.theirs;
        trade.ours * trade.theirs + 0.01 * sum * sum
    };
    found.sort_by(|a, b| merit(b).total_cmp(&merit(a)).then(a.changed.len().cmp(&b.changed.len())));
    found.truncate(count);
    found
}

/// Combinations of options tried at most.
const MOST_TRIED: usize = 2_000_000;

/// Sets of issues, small ones first.
fn subsets(issues: usize) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = vec![vec![]];
    let mut from = 0;
    for _ in 0..MOST_CHANGED.min(issues) {
        let until = sets.len();
        for at in from..until {
            let next = sets[at].last().map_or(0, |last| last + 1);
            for issue in next..issues {
                sets.push([&sets[at][..], &[issue]].concat());
            }
        }
        from = until;
    }
    sets.split_off(1)
}

/// Every package that differs from one in each of some issues.
fn try_options(sizes: &[usize], changed: &[usize], from: &[u32], package: &mut Package, take: &mut impl FnMut(&[u32])) {
    let Some((&issue, rest)) = changed.split_first() else { return take(package) };
    for option in (0..sizes[issue] as u32).filter(|&option| option != from[issue]) {
        package[issue] = option;
        try_options(sizes, rest, from, package, take);
    }
    package[issue] = from[issue];
}

/// The frontier of what is allowed us and no deal-breaker to either.
pub fn frontier(
    domain: &Domain,
    ours: &Scoring,
    theirs: &Scoring,
    allowed: &[Vec<bool>],
) -> Result<Pareto, NoFrontier> {
    Pareto::of(domain, &[&within(ours, allowed), theirs])
}

/// Of a frontier, what is best for them and worth at least so much to us.
pub fn best_for_them(frontier: &Pareto, at_least: f64) -> Option<&Point> {
    let tolerance = ROUNDING * (1.0 + at_least.abs());
    let enough = frontier.points.iter().filter(|point| point.values[0] >= at_least - tolerance);
    enough.max_by(|a, b| a.values[1].total_cmp(&b.values[1]).then(a.values[0].total_cmp(&b.values[0])))
}

/// Of a frontier, what is best for us and worth at least so much to them.
pub fn best_for_us(frontier: &Pareto, at_least: f64) -> Option<&Point> {
    let tolerance = ROUNDING * (1.0 + at_least.abs());
    let enough = frontier.points.iter().filter(|point| point.values[1] >= at_least - tolerance);
    enough.max_by(|a, b| a.values[0].total_cmp(&b.values[0]).then(a.values[1].total_cmp(&b.values[1])))
}

/// The greatest product of gains over both reservation values (Nash 1950); `None` where nothing suits both.
pub fn nash<'a>(frontier: &'a Pareto, ours: f64, theirs: f64) -> Option<&'a Point> {
    let gains = |point: &&'a Point| (point.values[0] - ours, point.values[1] - theirs);
    let suits = frontier.points.iter().filter(|point| gains(point).0 >= 0.0 && gains(point).1 >= 0.0);
    let product = |point: &&'a Point| gains(point).0 * gains(point).1;
    suits.max_by(|a, b| product(a).total_cmp(&product(b)).then(a.values[0].total_cmp(&b.values[0])))
}

/// Several packages to offer at once, each worth at least `at_least` to us: which of them they like best tells what they
/// value. Each is the best for them under some of the values that they may have; those are kept of which the best one is
/// worth most to them on average. `theirs` are draws, each as likely.
pub fn equivalent_offers(
    domain: &Domain,
    ours: &Scoring,
    theirs: &[Scoring],
    allowed: &[Vec<bool>],
    at_least: f64,
    count: usize,
) -> Result<Vec<Package>, NoFrontier> {
    let ours = within(ours, allowed);
    let mut candidates: Vec<Package> = Vec::new();
    for values in theirs {
        let pareto = Pareto::thinned(domain, &[&ours, values], COARSE)?;
        if let Some(best) = best_for_them(&pareto, at_least)
            && !candidates.contains(&best.package)
        {
            candidates.push(best.package.clone());
        }
    }
    let worth: Vec<Vec<f64>> =
        candidates.iter().map(|package| theirs.iter().map(|values| values.value(package)).collect()).collect();
    let mut best_so_far = vec![f64::NEG_INFINITY; theirs.len()];
    let mut kept: Vec<usize> = Vec::new();
    while kept.len() < count.min(candidates.len()) {
        let mean_of_best = |at: usize| -> f64 { worth[at].iter().zip(&best_so_far).map(|(a, b)| a.max(*b)).sum() };
        let next = (0..candidates.len())
            .filter(|at| !kept.contains(at))
            .max_by(|&a, &b| mean_of_best(a).total_cmp(&mean_of_best(b)).then(b.cmp(&a)));
        let Some(next) = next else { break };
        best_so_far.iter_mut().zip(&worth[next]).for_each(|(best, worth)| *best = best.max(*worth));
        kept.push(next);
    }
    Ok(kept.into_iter().map(|at| candidates[at].clone()).collect())
}

/// Points of a frontier kept where many frontiers are needed.
pub(crate) const COARSE: usize = 2_000;

#[cfg(test)]
mod tests;
