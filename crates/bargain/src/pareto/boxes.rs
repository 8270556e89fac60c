//! The frontier where options bring something together, by branch and bound.
//!
//! Issues are decided one after the other. What can still be reached is bounded by what each party has, the most that open
//! issues can add and every interaction that is still possible; a branch whose bound is dominated is cut. Of the options on
//! an issue only those are tried that no other one covers: it breaks no interaction that the other keeps, and gives no
//! party more.

use super::{NoFrontier, Point, dominates};
use crate::domain::{Domain, Package};
use crate::scoring::{Interaction, Scoring};

/// Interactions told apart at most, over all parties.
const MOST: usize = 64 * WORDS;
const WORDS: usize = 8;
/// Branches looked at before giving up: some minutes.
const MOST_STEPS: u64 = 400_000_000;

/// A set of interactions, by their numbers over all parties.
type Set = [u64; WORDS];

fn put(set: &mut Set, number: usize) {
    set[number / 64] |= 1 << (number % 64);
}

fn minus(a: &Set, b: &Set) -> Set {
    std::array::from_fn(|word| a[word] & !b[word])
}

fn both(a: &Set, b: &Set) -> Set {
    std::array::from_fn(|word| a[word] & b[word])
}

fn is_within(a: &Set, b: &Set) -> bool {
    a.iter().zip(b).all(|(a, b)| a & !b == 0)
}

fn members(set: &Set) -> impl Iterator<Item = usize> + '_ {
    set.iter().enumerate().flat_map(|(word, &bits)| {
        std::iter::successors((bits != 0).then_some(bits), |bits| {
            let rest = bits & (bits - 1);
            (rest != 0).then_some(rest)
        })
        .map(move |bits| word * 64 + bits.trailing_zeros() as usize)
    })
}

pub fn frontier(domain: &Domain, parties: &[&Scoring]) -> Result<Vec<Point>, NoFrontier> {
    let mut search = Search::new(domain, parties)?;
    let mut bound: Vec<f64> = parties
        .iter()
        .map(|party| {
            let parts: f64 =
                party.parts().iter().map(|row| row.iter().copied().fold(f64::NEG_INFINITY, f64::max)).sum();
            let gains: f64 = party.interactions().iter().map(|interaction| interaction.amount.max(0.0)).sum();
            party.base() + parts + gains
        })
        .collect();
    // A bound summed in another order must not fall short by rounding.
    for value in &mut bound {
        *value += value.abs() * 1e-12;
    }
    let open = search.all;
    search.descend(0, &open, &bound)?;
    Ok(search.found)
}

/// A party's best value, before it is scaled where the scoring is a reversed one.
pub fn best(domain: &Domain, party: &Scoring) -> Result<f64, NoFrontier> {
    Ok(frontier(domain, &[party])?.first().map_or(f64::NEG_INFINITY, |point| point.values[0]))
}

struct Search<'a> {
    parties: &'a [&'a Scoring],
    /// The issues in the order in which they are decided: those that most interactions are about come first.
    order: Vec<usize>,
    /// For each issue and option, the interactions that it breaks.
    broken: Vec<Vec<Set>>,
    /// The party and the amount of each interaction.
    amounts: Vec<(usize, f64)>,
    all: Set,
    gains: Set,
    /// Losses that are certain once the issue at this place of the order is decided.
    losses_settled: Vec<Set>,
    package: Package,
    found: Vec<Point>,
    steps: u64,
}

/// A way to go on from a branch.
struct Branch {
    option: u32,
    open: Set,
    bound: Vec<f64>,
    hope: f64,
}

impl<'a> Search<'a> {
    fn new(domain: &Domain, parties: &'a [&'a Scoring]) -> Result<Self, NoFrontier> {
        let all: Vec<(usize, &Interaction)> = parties
            .iter()
            .enumerate()
            .flat_map(|(party, scoring)| scoring.interactions().iter().map(move |interaction| (party, interaction)))
            .collect();
        if all.len() > MOST {
            return Err(NoFrontier::TooManyInteractions { limit: MOST });
        }
        let sizes = domain.sizes();
        let about =
            |issue: usize| all.iter().filter(|(_, i)| i.within.iter().any(|(other, _)| *other == issue)).count();
        let mut order: Vec<usize> = (0..sizes.len()).collect();
        order.sort_by_key(|&issue| std::cmp::Reverse(about(issue)));
        let mut broken: Vec<Vec<Set>> = sizes.iter().map(|&size| vec![[0; WORDS]; size]).collect();
        let (mut everything, mut gains) = ([0; WORDS], [0; WORDS]);
        let mut losses_settled = vec![[0; WORDS]; sizes.len()];
        for (number, (_, interaction)) in all.iter().enumerate() {
            put(&mut everything, number);
            if interaction.amount > 0.0 {
                put(&mut gains, number);
            } else {
                let last = order.iter().rposition(|issue| interaction.within.iter().any(|(other, _)| other == issue));
                put(&mut losses_settled[last.unwrap_or(0)], number);
            }
            for (issue, options) in &interaction.within {
                for (option, inside) in options.iter().enumerate() {
                    if !inside {
                        put(&mut broken[*issue][option], number);
                    }
                }
            }
        }
        Ok(Self {
            parties,
            order,
            broken,
            amounts: all.iter().map(|(party, interaction)| (*party, interaction.amount)).collect(),
            all: everything,
            gains,
            losses_settled,
            package: vec![0; sizes.len()],
            found: Vec::new(),
            steps: 0,
        })
    }

    fn descend(&mut self, depth: usize, open: &Set, bound: &[f64]) -> Result<(), NoFrontier> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Err(NoFrontier::TooHard { steps: MOST_STEPS });
        }
        let Some(&issue) = self.order.get(depth) else {
            self.keep();
            return Ok(());
        };
        let mut branches = self.branches(depth, issue, open, bound);
        branches.sort_by(|a, b| b.hope.total_cmp(&a.hope));
        for branch in branches {
            if !self.is_hopeless(&branch.bound) {
                self.package[issue] = branch.option;
                self.descend(depth + 1, &branch.open, &branch.bound)?;
            }
        }
        Ok(())
    }

    /// The options on an issue that are worth a try.
    fn branches(&self, depth: usize, issue: usize, open: &Set, bound: &[f64]) -> Vec<Branch> {
        let mut branches: Vec<Branch> = Vec::new();
        let best: Vec<f64> =
            self.parties.iter().map(|p| p.parts()[issue].iter().copied().fold(f64::NEG_INFINITY, f64::max)).collect();
        for option in 0..self.broken[issue].len() {
            let part = |party: usize| self.parties[party].parts()[issue][option];
            if (0..self.parties.len()).any(|party| part(party) == f64::NEG_INFINITY) {
                continue;
            }
            let now = minus(open, &self.broken[issue][option]);
            if branches.iter().any(|other| self.covers(issue, other, option, &now)) {
                continue;
            }
            let mut reach: Vec<f64> = bound.iter().enumerate().map(|(p, bound)| bound - best[p] + part(p)).collect();
            for number in members(&both(&minus(open, &now), &self.gains)) {
                let (party, amount) = self.amounts[number];
                reach[party] -= amount;
            }
            for number in members(&both(&now, &self.losses_settled[depth])) {
                let (party, amount) = self.amounts[number];
                reach[party] += amount;
            }
            branches.retain(|other| !self.covers_new(issue, option, &now, other));
            let hope = self.parties.iter().zip(&reach).map(|(party, reach)| party.finish(*reach)).sum();
            branches.push(Branch { option: option as u32, open: now, bound: reach, hope });
        }
        branches
    }

    /// Whether `other` is at least as good as `option` whatever follows.
    fn covers(&self, issue: usize, other: &Branch, option: usize, open: &Set) -> bool {
        self.is_at_least(issue, (other.option as usize, &other.open), (option, open))
    }

    fn covers_new(&self, issue: usize, option: usize, open: &Set, other: &Branch) -> bool {
        self.is_at_least(issue, (option, open), (other.option as usize, &other.open))
    }

    fn is_at_least(&self, issue: usize, (a, keeps): (usize, &Set), (b, than): (usize, &Set)) -> bool {
        is_within(&both(than, &self.gains), keeps)
            && is_within(&minus(keeps, &self.gains), than)
            && self.parties.iter().all(|party| party.parts()[issue][a] >= party.parts()[issue][b])
    }

    fn is_hopeless(&self, bound: &[f64]) -> bool {
        let reach: Vec<f64> = self.parties.iter().zip(bound).map(|(party, bound)| party.finish(*bound)).collect();
        reach.contains(&f64::NEG_INFINITY) || self.found.iter().any(|point| dominates(&point.values, &reach))
    }

    fn keep(&mut self) {
        let values: Vec<f64> = self.parties.iter().map(|party| party.value(&self.package)).collect();
        if values.contains(&f64::NEG_INFINITY) || self.found.iter().any(|point| dominates(&point.values, &values)) {
            return;
        }
        self.found.retain(|point| !dominates(&values, &point.values));
        self.found.push(Point { values, package: self.package.clone() });
    }
}
