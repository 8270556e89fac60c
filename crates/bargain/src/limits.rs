//! What each limit of a mandate costs: its shadow price, and so the point on which guidance would pay most.
//!
//! A limit costs what we would gain without it. In each draw of values the deal is the Nash bargain between the walk-aways
//! (Nash 1950) over the packages that our limits allow, or none. That is a forecast and no promise: a limit can also bind
//! them, and then letting it go gains nothing.

use crate::beliefs::Beliefs;
use crate::domain::Package;
use crate::pareto::{Effort, NoFrontier};
use crate::rounding::is_more;
use crate::scoring::Scoring;
use crate::sheet::Values;
use crate::trades::best::best;
use crate::trades::{Merit, Start};

/// What it would bring to let a limit go as far as an option.
#[derive(Clone, Debug, PartialEq)]
pub struct Relief {
    /// The issue whose limit it is.
    pub issue: usize,
    /// The worst option that would be allowed.
    pub to: u32,
    /// The mean gain in what the deal is worth to us.
    pub gain: f64,
    /// The standard error of that mean.
    pub standard_error: f64,
    /// The share of draws in which there is a deal within the limits, as they are and so relaxed.
    pub chance: [f64; 2],
    /// The deal that comes of it most often.
    pub package: Option<Package>,
}

/// What the best relief of every limit brings, most first; nothing for issues without a limit. Draws are paired: the same
/// values with the limit and without. In about so many steps.
pub fn reliefs(
    values: &Values,
    beliefs: &Beliefs,
    allowed: &[Vec<bool>],
    steps: u64,
) -> Result<Vec<Relief>, NoFrontier> {
    let beyond: Vec<Vec<usize>> = (0..allowed.len()).map(|issue| beyond(values, issue, &allowed[issue])).collect();
    if beyond.iter().all(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let breadth = Breadth::of(values, &beyond, steps);
    let draws: Vec<(&Scoring, &Scoring)> = beliefs.ours.iter().zip(&beliefs.theirs).take(breadth.draws).collect();
    let deals = |allowed: &[Vec<bool>]| -> Result<Vec<Deal>, NoFrontier> {
        draws.iter().map(|draw| deal(values, *draw, allowed, breadth.each)).collect()
    };
    let before = deals(allowed)?;
    let mut found = Vec::new();
    for (issue, beyond) in beyond.iter().enumerate() {
        let mut best: Option<Relief> = None;
        for count in steps_to(beyond.len(), breadth.only_all) {
            let mut relaxed = allowed.to_vec();
            beyond[..count].iter().for_each(|&option| relaxed[issue][option] = true);
            let relief = relief(issue, beyond[count - 1] as u32, &before, &deals(&relaxed)?);
            if best.as_ref().is_none_or(|best| is_more(relief.gain, best.gain)) {
                best = Some(relief);
            }
        }
        found.extend(best);
    }
    found.sort_by(|a, b| b.gain.total_cmp(&a.gain).then(a.issue.cmp(&b.issue)));
    Ok(found)
}

/// Draws at most, and at least.
const DRAWS: [usize; 2] = [64, 8];
/// Steps in which a deal is found as a rule, for each option on the sheet.
const STEPS_AN_OPTION: u64 = 100;
/// Partial packages of a search kept on the way.
const LONGEST: usize = 4_000;

/// A deal and what it is worth above walking away; nothing and nothing where there is none.
type Deal = (f64, Option<Package>);

fn deal(
    values: &Values,
    (ours, theirs): (&Scoring, &Scoring),
    allowed: &[Vec<bool>],
    effort: Effort,
) -> Result<Deal, NoFrontier> {
    let limited = ours.restricted(allowed);
    let zero = if ours.reservation.is_finite() { ours.reservation } else { 0.0 };
    let theirs_least = if theirs.reservation.is_finite() { theirs.reservation } else { 0.0 };
    let start = Start { worth: [zero, theirs_least], least: [0.0; 2], not: &[], merit: Merit::BARGAIN };
    let package = best(&values.domain, [&limited, theirs], &start, effort)?.package;
    Ok(package.map_or((0.0, None), |package| (limited.value(&package) - zero, Some(package))))
}

/// The options that a limit bars and that are no deal-breakers to us, the least bad first.
fn beyond(values: &Values, issue: usize, allowed: &[bool]) -> Vec<usize> {
    let row = &values.ours.parts()[issue];
    let mut barred: Vec<usize> = (0..row.len()).filter(|&option| !allowed[option] && row[option].is_finite()).collect();
    barred.sort_by(|&a, &b| row[b].total_cmp(&row[a]).then(a.cmp(&b)));
    barred
}

/// How much is tried of all that could be, so that a long sheet is answered with fewer draws and not later.
struct Breadth {
    draws: usize,
    only_all: bool,
    each: Effort,
}

impl Breadth {
    fn of(values: &Values, beyond: &[Vec<usize>], steps: u64) -> Self {
        let a_deal = STEPS_AN_OPTION * values.domain.sizes().iter().sum::<usize>() as u64;
        let deals =
            |only_all| 1 + beyond.iter().map(|options| steps_to(options.len(), only_all).len() as u64).sum::<u64>();
        let draws = |only_all| (steps / (a_deal * deals(only_all)).max(1)) as usize;
        let only_all = draws(false) < DRAWS[1];
        let draws = draws(only_all).clamp(DRAWS[1], DRAWS[0]);
        let each = steps / (draws as u64 * deals(only_all)).max(1);
        Self { draws, only_all, each: Effort { longest: LONGEST, steps: each } }
    }
}

/// How many options more to try: one, two, four and so on, and all; or all alone.
fn steps_to(most: usize, only_all: bool) -> Vec<usize> {
    let first = if only_all { most } else { 1 };
    let doubled = std::iter::successors(Some(first), |count| Some(count * 2)).take_while(|count| *count < most);
    doubled.chain((most > 0).then_some(most)).collect()
}

fn relief(issue: usize, to: u32, before: &[Deal], after: &[Deal]) -> Relief {
    let count = before.len().max(1) as f64;
    let gains: Vec<f64> = before.iter().zip(after).map(|(before, after)| after.0 - before.0).collect();
    let gain = gains.iter().sum::<f64>() / count;
    let variance = gains.iter().map(|g| (g - gain) * (g - gain)).sum::<f64>() / (count - 1.0).max(1.0);
    let chance = |deals: &[Deal]| deals.iter().filter(|(_, package)| package.is_some()).count() as f64 / count;
    let mut often: Vec<(&Package, usize)> = Vec::new();
    for package in after.iter().filter_map(|(_, package)| package.as_ref()) {
        match often.iter_mut().find(|(other, _)| *other == package) {
            Some((_, times)) => *times += 1,
            None => often.push((package, 1)),
        }
    }
    // The first of equals: draws come in a fixed order.
    let package = often.iter().rev().max_by_key(|(_, times)| *times).map(|(package, _)| (*package).clone());
    Relief {
        issue,
        to,
        gain,
        standard_error: libm::sqrt(variance / count),
        chance: [chance(before), chance(after)],
        package,
    }
}
