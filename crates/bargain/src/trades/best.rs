//! The best package there is for both sides by what they gain, however many issues it changes, without listing the space.
//!
//! Where values are sums, issues are decided one after the other, and of what is decided so far only that is kept which nothing
//! dominates and which can still beat what is known: by what the open issues can add to weighted sums of both sides' values. With
//! options that are worth something together it is branch and bound. Either may give up on a part; then it says how good that
//! part could have been at most.

use super::merit::Merit;
use crate::domain::{Domain, Package};
use crate::pareto::boxes::goal::Goal;
use crate::pareto::boxes::{self, Direction, Reach};
use crate::pareto::{Effort, NoFrontier};
use crate::rounding::SLIP;
use crate::scoring::Scoring;

/// What trades start from.
#[derive(Clone, Debug)]
pub struct Start<'a> {
    /// What counts as no gain, to us and to them.
    pub worth: [f64; 2],
    /// The gains that a trade must bring us and them.
    pub least: [f64; 2],
    /// Packages that don't count.
    pub not: &'a [Package],
    /// How good it is to gain so much.
    pub merit: Merit,
}

/// The best package found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Best {
    pub package: Option<Package>,
    /// None is better than this.
    pub bound: f64,
}

/// Directions between the sides in which sums are bounded.
const DIRECTIONS: usize = 24;
/// Kept on a first pass, which gives the second something to beat.
const FIRST: usize = 400;
/// Kept at least, however little effort is wanted.
const LEAST: usize = 4;

pub(crate) fn best(
    domain: &Domain,
    parties: [&Scoring; 2],
    start: &Start<'_>,
    effort: Effort,
) -> Result<Best, NoFrontier> {
    if parties.iter().any(|party| !party.is_additive()) {
        return together(domain, parties, start, effort);
    }
    let mut search = Sums::new(parties, start);
    let each: usize = domain.sizes().iter().sum();
    let longest = effort.longest.min(usize::try_from(effort.steps).unwrap_or(usize::MAX) / each.max(1)).max(LEAST);
    search.run(FIRST.min(longest));
    if search.left > search.known && longest > FIRST {
        search.run(longest);
    }
    Ok(Best { bound: search.left.max(search.known), package: search.found })
}

/// What is decided so far.
#[derive(Clone, Copy)]
struct Partial {
    gains: [f64; 2],
    /// No trade that comes of it is better.
    bound: f64,
    from: u32,
    option: u32,
}

struct Sums<'a> {
    parties: [&'a Scoring; 2],
    start: &'a Start<'a>,
    directions: Vec<[f64; 2]>,
    /// For each issue, the most that it and those after it add: to each side, and in each direction.
    alone: Vec<[f64; 2]>,
    rest: Vec<Vec<f64>>,
    found: Option<Package>,
    /// How good the best is that is known.
    known: f64,
    /// How good at most what was given up.
    left: f64,
}

impl<'a> Sums<'a> {
    fn new(parties: [&'a Scoring; 2], start: &'a Start<'a>) -> Self {
        let directions = directions(parties);
        let issues = parties[0].parts().len();
        let (mut alone, mut rest) = (vec![[0.0; 2]], vec![vec![0.0; directions.len()]]);
        for issue in (0..issues).rev() {
            let most = |of: &dyn Fn([f64; 2]) -> f64| {
                options(parties, issue).map(|(_, v)| of(v)).fold(f64::NEG_INFINITY, f64::max)
            };
            let after = alone[alone.len() - 1];
            alone.push([after[0] + most(&|values| values[0]), after[1] + most(&|values| values[1])]);
            let sums = directions.iter().map(|[a, b]| most(&|values| a * values[0] + b * values[1]));
            let sums = sums.zip(&rest[rest.len() - 1]).map(|(adds, after)| adds + after).collect();
            rest.push(sums);
        }
        alone.reverse();
        rest.reverse();
        Self { parties, start, directions, alone, rest, found: None, known: 0.0, left: 0.0 }
    }

    /// The best trade that can come of gains before an issue; minus infinity where none can.
    fn bound(&self, issue: usize, gains: [f64; 2]) -> f64 {
        let upto = [gains[0] + self.alone[issue][0], gains[1] + self.alone[issue][1]];
        let mut bound = f64::INFINITY;
        for (weights, rest) in self.directions.iter().zip(&self.rest[issue]) {
            let sum = weights[0] * gains[0] + weights[1] * gains[1] + rest;
            let sum = sum + SLIP * (1.0 + sum.abs());
            bound = bound.min(self.start.merit.most(*weights, sum, self.start.least, upto));
            if bound <= self.known {
                break;
            }
        }
        bound
    }

    fn run(&mut self, longest: usize) {
        self.left = 0.0;
        let base = |party: usize| self.parties[party].base() - self.start.worth[party];
        let begun = Partial { gains: [base(0), base(1)], bound: f64::INFINITY, from: 0, option: 0 };
        let mut layers = vec![vec![begun]];
        for issue in 0..self.parties[0].parts().len() {
            let next = self.next(issue, &layers[issue], longest);
            layers.push(next);
        }
        let ends = layers.last().expect("there is a first layer");
        for (at, end) in ends.iter().enumerate() {
            let good = self.start.merit.of(end.gains[0], end.gains[1]);
            if good > self.known || (self.found.is_none() && good >= self.known) {
                let package = trace(&layers, at);
                if self.start.not.contains(&package) {
                    self.left = self.left.max(good);
                } else {
                    (self.known, self.found) = (good, Some(package));
                }
            }
        }
    }

    fn next(&mut self, issue: usize, last: &[Partial], longest: usize) -> Vec<Partial> {
        let mut sums = Vec::new();
        for (option, adds) in options(self.parties, issue) {
            for (from, before) in last.iter().enumerate() {
                let gains = [before.gains[0] + adds[0], before.gains[1] + adds[1]];
                let bound = self.bound(issue + 1, gains);
                if bound > self.known || (self.found.is_none() && bound >= self.known) {
                    sums.push(Partial { gains, bound, from: from as u32, option });
                }
            }
        }
        sums.sort_by(|a, b| b.gains[0].total_cmp(&a.gains[0]).then(b.gains[1].total_cmp(&a.gains[1])));
        let mut most = f64::NEG_INFINITY;
        sums.retain(|sum| {
            let kept = sum.gains[1] > most;
            most = most.max(sum.gains[1]);
            kept
        });
        if sums.len() > longest {
            sums.sort_by(|a, b| b.bound.total_cmp(&a.bound));
            self.left = self.left.max(sums[longest].bound);
            sums.truncate(longest);
        }
        sums
    }
}

/// The options on an issue that neither side refuses, with what they bring.
fn options(parties: [&Scoring; 2], issue: usize) -> impl Iterator<Item = (u32, [f64; 2])> {
    let [ours, theirs] = parties.map(|party| &party.parts()[issue]);
    let pairs = ours.iter().zip(theirs).enumerate().map(|(option, (&ours, &theirs))| (option as u32, [ours, theirs]));
    pairs.filter(|(_, values)| values.iter().all(|value| value.is_finite()))
}

fn trace(layers: &[Vec<Partial>], mut at: usize) -> Package {
    let mut package = Vec::with_capacity(layers.len() - 1);
    for layer in layers[1..].iter().rev() {
        package.push(layer[at].option);
        at = layer[at].from as usize;
    }
    package.reverse();
    package
}

/// Weights of both sides, from nearly all ours to nearly all theirs, by what each has at stake.
fn directions(parties: [&Scoring; 2]) -> Vec<[f64; 2]> {
    let stake = |party: &Scoring| {
        let span = |row: &Vec<f64>| {
            let finite = || row.iter().copied().filter(|value| value.is_finite());
            let span = finite().fold(f64::NEG_INFINITY, f64::max) - finite().fold(f64::INFINITY, f64::min);
            span.max(0.0)
        };
        let stake = party.parts().iter().map(span).sum::<f64>();
        if stake > 0.0 { stake } else { 1.0 }
    };
    let stakes = parties.map(stake);
    let between = |step: usize| {
        // More of them where one side counts for little: there the best trades lie from a package that is good for one.
        let angle = std::f64::consts::FRAC_PI_2 * step as f64 / (DIRECTIONS + 1) as f64;
        [libm::cos(angle) / stakes[0], libm::sin(angle) / stakes[1]]
    };
    // From the middle outwards: the middle bounds most.
    let middle = DIRECTIONS.div_ceil(2);
    let mut steps: Vec<usize> = (1..=DIRECTIONS).collect();
    steps.sort_by_key(|step| step.abs_diff(middle));
    steps.into_iter().map(between).collect()
}

/// The same where options are worth something together.
fn together(domain: &Domain, parties: [&Scoring; 2], start: &Start<'_>, effort: Effort) -> Result<Best, NoFrontier> {
    let mut goal = Trading { start, directions: Vec::new(), found: None, known: 0.0, left: 0.0 };
    boxes::search(domain, &parties, &mut goal, effort.steps)?;
    Ok(Best { bound: goal.left.max(goal.known), package: goal.found })
}

/// A search for a trade by branch and bound.
struct Trading<'a> {
    start: &'a Start<'a>,
    directions: Vec<Direction>,
    found: Option<Package>,
    known: f64,
    left: f64,
}

impl Trading<'_> {
    fn gains(&self, values: &[f64]) -> [f64; 2] {
        [values[0] - self.start.worth[0], values[1] - self.start.worth[1]]
    }

    fn bound(&self, reach: &Reach) -> f64 {
        let (least, upto) = (self.start.least, self.gains(&reach.most));
        if upto[0] < least[0] || upto[1] < least[1] {
            return f64::NEG_INFINITY;
        }
        let mut bound = self.start.merit.of(upto[0], upto[1]);
        for (weights, most_of_sum) in self.directions.iter().zip(&reach.sums) {
            if let [a, b] = weights[..]
                && a > 0.0
                && b > 0.0
            {
                let sum = most_of_sum - a * self.start.worth[0] - b * self.start.worth[1];
                let sum = sum + SLIP * (1.0 + sum.abs());
                bound = bound.min(self.start.merit.most([a, b], sum, least, upto));
            }
        }
        bound
    }
}

impl Goal for Trading<'_> {
    fn begin(&mut self, directions: &[Direction]) {
        self.directions = directions.to_vec();
    }

    fn is_hopeless(&self, reach: &Reach) -> bool {
        let bound = self.bound(reach);
        bound == f64::NEG_INFINITY || (bound <= self.known * (1.0 + SLIP) && self.found.is_some())
    }

    fn hope(&self, reach: &Reach) -> f64 {
        self.bound(reach)
    }

    fn take(&mut self, values: &[f64], package: &[u32]) {
        let gains = self.gains(values);
        if gains[0] < self.start.least[0] || gains[1] < self.start.least[1] {
            return;
        }
        let good = self.start.merit.of(gains[0], gains[1]);
        if good > self.known || (self.found.is_none() && good >= self.known) {
            if self.start.not.iter().any(|other| other == package) {
                self.left = self.left.max(good);
            } else {
                (self.known, self.found) = (good, Some(package.to_vec()));
            }
        }
    }

    fn leave(&mut self, reach: &Reach) {
        self.left = self.left.max(self.bound(reach));
    }
}
