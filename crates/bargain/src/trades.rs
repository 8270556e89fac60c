//! Packages worth trying: trades from where we stand, offers worth the same to us, and the best there is.
//!
//! Nothing here lists the space. The best packages come from the frontier, with the gap that it states. The best trade is
//! searched for as exactly; beside it stand those that change a few issues only, which people can say in a sentence.

use crate::domain::{Domain, Package};
use crate::pareto::{Effort, NoFrontier, Pareto, Point};
use crate::rounding::{Rounding, covers, is_more};
use crate::scoring::Scoring;

mod at_once;
pub(crate) mod best;
mod merit;
mod short;

pub use at_once::{AtOnce, equivalent_offers};
pub use best::Start;
pub use merit::{Merit, merit};

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
    /// How good it is: see [`merit()`].
    pub merit: f64,
}

/// Trades from a package.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trades {
    /// Those found, by falling merit: the best there is, however many issues it changes, and the best of each set of at most
    /// three issues.
    pub found: Vec<Trade>,
    /// No trade is better than this, in the measure of [`merit()`]; where the first found is as good it is the best.
    pub bound: f64,
    /// Sets of at most three issues that were not tried, because they have too many options.
    pub skipped: usize,
}

/// The values with options that aren't allowed made deal-breakers.
#[must_use]
pub fn within(scoring: &Scoring, allowed: &[Vec<bool>]) -> Scoring {
    scoring.restricted(allowed)
}

/// Trades from a package that bring either side at least what `start` says and one of them something; each issue that changes
/// is needed.
pub fn trades(
    domain: &Domain,
    ours: &Scoring,
    theirs: &Scoring,
    from: &[u32],
    start: &Start<'_>,
    effort: Effort,
) -> Result<Trades, NoFrontier> {
    let parties = [ours, theirs];
    let roundings = parties.map(Rounding::of);
    let not = [&[from.to_vec()], start.not].concat();
    let lowered = |side: usize| roundings[side].lowered(start.worth[side] + start.least[side]) - start.worth[side];
    let start = &Start { least: [lowered(0), lowered(1)], not: &not, ..*start };
    let best = best::best(domain, parties, start, effort)?;
    let mut from_here = short::Trying::new(domain, parties, from, start, effort.steps);
    from_here.run();
    let (mut found, skipped) = (from_here.found, from_here.skipped);
    let whole = best.package.map(|package| needed(parties, from, start, package));
    // A short trade that changes more than it need is there without as well.
    found.retain(|trade| whole.as_ref().is_none_or(|whole| whole.package != trade.package));
    found.extend(whole);
    found.retain(|trade| roundings[0].exceeds(trade.ours, 0.0) || roundings[1].exceeds(trade.theirs, 0.0));
    found.sort_by(|a, b| b.merit.total_cmp(&a.merit).then(a.changed.len().cmp(&b.changed.len())));
    Ok(Trades { bound: best.bound.max(found.first().map_or(0.0, |first| first.merit)), found, skipped })
}

/// A trade to a package without the changes that bring neither side anything.
fn needed(parties: [&Scoring; 2], from: &[u32], start: &Start<'_>, mut package: Package) -> Trade {
    let values = |package: &[u32]| parties.map(|party| party.value(package));
    let roundings = parties.map(Rounding::of);
    let wanted = values(&package);
    for issue in 0..package.len() {
        let option = std::mem::replace(&mut package[issue], from[issue]);
        let now = values(&package);
        if !covers(&roundings, &now, &wanted) || start.not.contains(&package) {
            package[issue] = option;
        }
    }
    trade(from, start, values(&package), &package)
}

fn trade(from: &[u32], start: &Start<'_>, values: [f64; 2], package: &[u32]) -> Trade {
    let (ours, theirs) = ((values[0] - start.worth[0]).max(0.0), (values[1] - start.worth[1]).max(0.0));
    let changed = (0..from.len()).filter(|&issue| from[issue] != package[issue]).collect();
    Trade { package: package.to_vec(), changed, ours, theirs, merit: merit(ours, theirs) }
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
    best(frontier, [1, 0], at_least)
}

/// Of a frontier, what is best for us and worth at least so much to them.
pub fn best_for_us(frontier: &Pareto, at_least: f64) -> Option<&Point> {
    best(frontier, [0, 1], at_least)
}

/// Of a frontier, what is best for one side and worth at least so much to the other.
fn best(frontier: &Pareto, [side, other]: [usize; 2], at_least: f64) -> Option<&Point> {
    let rounding = *frontier.roundings.get(other)?;
    let enough = frontier.points.iter().filter(|point| rounding.reaches(point.values[other], at_least));
    enough.max_by(|a, b| a.values[side].total_cmp(&b.values[side]).then(a.values[other].total_cmp(&b.values[other])))
}

/// The greatest product of gains over both reservation values (Nash 1950), of equal ones what is best for us; `None` where
/// nothing suits both.
pub fn nash(frontier: &Pareto, ours: f64, theirs: f64) -> Option<&Point> {
    let least = [ours, theirs];
    let suits = |point: &&Point| {
        let mut each = frontier.roundings.iter().zip(point.values.iter().zip(least));
        each.all(|(rounding, (value, least))| rounding.reaches(*value, least))
    };
    let product = |point: &Point| (point.values[0] - ours).max(0.0) * (point.values[1] - theirs).max(0.0);
    frontier.points.iter().filter(suits).reduce(|best, point| {
        let (now, most) = (product(point), product(best));
        let is_better = is_more(now, most) || (!is_more(most, now) && point.values[0] > best.values[0]);
        if is_better { point } else { best }
    })
}

#[cfg(test)]
mod tests;
