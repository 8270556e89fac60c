//! What can still be reached in a branch: the most of each party, and the most of several weighted sums of their values.
//!
//! The most of a party counts every interaction that is still possible. That two of them may exclude each other, or that what
//! is good for one party is bad for the other, only the sums see: an interaction's amount is shared out evenly over its issues,
//! so that an open issue adds the most that one of its options brings, and not the best of each.

use crate::scoring::{Interaction, Scoring};

/// Weights of the parties' values.
pub(crate) type Direction = Vec<f64>;

/// How many directions lie between the two that count one party only.
const BETWEEN: usize = 7;

/// What can be reached.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reach {
    /// The most that each party can have.
    pub most: Vec<f64>,
    /// The most of the weighted sum in each direction.
    pub sums: Vec<f64>,
    /// The most of each party before it is scaled and capped.
    bound: Vec<f64>,
    /// What each party has for certain, an interaction that is not broken by as many shares as it has issues decided.
    collected: Vec<f64>,
}

impl Reach {
    /// An amount that a party gets from an issue.
    pub fn collect(&mut self, party: usize, share: f64) {
        self.collected[party] += share;
    }

    /// What is lost with an interaction: of the most, and of what counted already.
    pub fn lose(&mut self, party: usize, of_most: f64, of_collected: f64) {
        self.bound[party] -= of_most;
        self.collected[party] -= of_collected;
    }
}

/// What stays the same over a search.
pub(crate) struct Slopes {
    pub directions: Vec<Direction>,
    /// The directions in what values are made of.
    raw: Vec<Direction>,
    /// For each issue the most of each party.
    best: Vec<Vec<f64>>,
    /// For each place in the order and each direction, the most that issues from there on add.
    rest: Vec<Vec<f64>>,
    /// One over the number of issues of each interaction.
    shares: Vec<f64>,
    /// For each place in the order and each interaction, the part of its issues decided before.
    decided: Vec<Vec<f64>>,
}

impl Slopes {
    pub fn of(parties: &[&Scoring], order: &[usize], all: &[(usize, &Interaction)]) -> Self {
        let shares: Vec<f64> = all.iter().map(|(_, one)| 1.0 / one.within.len().max(1) as f64).collect();
        let directions = directions(parties);
        let scale = |party: usize| parties[party].scaled_down(1.0);
        let raw: Vec<Direction> = directions
            .iter()
            .map(|direction| direction.iter().enumerate().map(|(party, weight)| weight * scale(party)).collect())
            .collect();
        let decided = |depth: usize| {
            let part = |one: &Interaction| one.within.iter().filter(|(i, _)| order[..depth].contains(i)).count() as f64;
            all.iter().zip(&shares).map(|((_, one), share)| share * part(one)).collect()
        };
        let most = |row: &Vec<f64>| row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let best = (0..order.len()).map(|issue| parties.iter().map(|party| most(&party.parts()[issue])).collect());
        let mut rest = vec![vec![0.0; raw.len()]];
        for &issue in order.iter().rev() {
            let after = rest.last().expect("there is a last");
            let adds = adds(parties, &raw, issue, all, &shares);
            rest.push(after.iter().zip(adds).map(|(after, adds)| after + adds).collect());
        }
        rest.reverse();
        let decided = (0..order.len()).map(decided).collect();
        Self { best: best.collect(), directions, raw, rest, shares, decided }
    }

    /// Before anything is decided.
    pub fn everything(&self, parties: &[&Scoring]) -> Reach {
        let gains = |party: &Scoring| party.interactions().iter().map(|one| one.amount.max(0.0)).sum::<f64>();
        let bound = parties
            .iter()
            .enumerate()
            .map(|(place, party)| party.base() + self.best.iter().map(|best| best[place]).sum::<f64>() + gains(party));
        // An interaction about no issue always holds, and is no issue's to collect.
        let always = |party: &Scoring| {
            let empty = party.interactions().iter().filter(|one| one.within.is_empty());
            empty.map(|one| one.amount.max(0.0)).sum::<f64>()
        };
        let collected = parties.iter().map(|party| party.base() + always(party)).collect();
        let begun = Reach { most: Vec::new(), sums: Vec::new(), bound: bound.collect(), collected };
        self.measured(0, parties, begun)
    }

    /// An option chosen, interactions apart.
    pub fn step(&self, _depth: usize, issue: usize, option: usize, parties: &[&Scoring], before: &Reach) -> Reach {
        let part = |party: usize| parties[party].parts()[issue][option];
        let count = 0..parties.len();
        Reach {
            most: Vec::new(),
            sums: Vec::new(),
            bound: count.clone().map(|p| before.bound[p] - self.best[issue][p] + part(p)).collect(),
            collected: count.map(|p| before.collected[p] + part(p)).collect(),
        }
    }

    pub fn share(&self, interaction: usize) -> f64 {
        self.shares[interaction]
    }

    /// The part of an interaction that was collected before the issue at this place of the order.
    pub fn collected(&self, depth: usize, interaction: usize) -> f64 {
        self.decided[depth][interaction]
    }

    /// The reach once the issue at this place is decided.
    pub fn finish(&self, depth: usize, parties: &[&Scoring], reach: Reach) -> Reach {
        self.measured(depth + 1, parties, reach)
    }

    fn measured(&self, depth: usize, parties: &[&Scoring], mut reach: Reach) -> Reach {
        reach.most = parties.iter().zip(&reach.bound).map(|(party, bound)| party.finish(*bound)).collect();
        let sum = |raw: &Direction| raw.iter().zip(&reach.collected).map(|(weight, c)| weight * c).sum::<f64>();
        reach.sums = self.raw.iter().zip(&self.rest[depth]).map(|(raw, rest)| sum(raw) + rest).collect();
        reach
    }
}

/// What the best option of an issue adds in each direction.
fn adds(
    parties: &[&Scoring],
    raw: &[Direction],
    issue: usize,
    all: &[(usize, &Interaction)],
    shares: &[f64],
) -> Vec<f64> {
    let mut gains = vec![vec![0.0; parties.len()]; parties[0].parts()[issue].len()];
    for ((party, interaction), share) in all.iter().zip(shares).filter(|((_, one), _)| one.amount > 0.0) {
        for (_, options) in interaction.within.iter().filter(|(other, _)| *other == issue) {
            for (gain, _) in gains.iter_mut().zip(options).filter(|(_, inside)| **inside) {
                gain[*party] += interaction.amount * share;
            }
        }
    }
    let of = |raw: &Direction, option: usize| -> f64 {
        let value = |party: usize| parties[party].parts()[issue][option] + gains[option][party];
        // No weight makes a number of a deal-breaker.
        if (0..parties.len()).any(|party| value(party) == f64::NEG_INFINITY) {
            return f64::NEG_INFINITY;
        }
        raw.iter().enumerate().map(|(party, weight)| weight * value(party)).sum()
    };
    raw.iter().map(|raw| (0..gains.len()).map(|option| of(raw, option)).fold(f64::NEG_INFINITY, f64::max)).collect()
}

/// Each party alone; and between two, sums in which what each has at stake counts more or less.
fn directions(parties: &[&Scoring]) -> Vec<Direction> {
    let count = parties.len();
    let alone = |party: usize| (0..count).map(|other| if other == party { 1.0 } else { 0.0 }).collect();
    let mut directions: Vec<Direction> = (0..count).map(alone).collect();
    if count == 2 {
        let per_stake = |party: usize| {
            let stake = stake(parties[party]);
            if stake > 0.0 { 1.0 / stake } else { 1.0 }
        };
        directions.extend((1..=BETWEEN).map(|step| {
            let share = step as f64 / (BETWEEN + 1) as f64;
            vec![share * per_stake(0), (1.0 - share) * per_stake(1)]
        }));
    }
    directions
}

/// By how much a party's values can differ at most.
fn stake(party: &Scoring) -> f64 {
    let span = |row: &Vec<f64>| {
        let finite = || row.iter().copied().filter(|value| value.is_finite());
        finite().fold(f64::NEG_INFINITY, f64::max) - finite().fold(f64::INFINITY, f64::min)
    };
    let together = party.interactions().iter().map(|one| one.amount).filter(|amount| amount.is_finite());
    party.scaled_down(party.parts().iter().map(span).sum::<f64>() + together.map(f64::abs).sum::<f64>())
}
