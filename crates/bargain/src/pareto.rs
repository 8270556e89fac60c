//! The packages that leave no party anything to gain without another losing, and those that theory picks among them.
//!
//! Where issues count by themselves the frontier is built issue by issue: what is dominated in part stays dominated, so most
//! packages are never formed (Nemhauser and Ullmann 1969). What options bring together is searched by branch and bound.
//! Neither lists the space; both are exact, unless a frontier is so long that it is thinned or a search takes too many steps, and
//! then by how much it may be off is said.

pub(crate) mod boxes;
mod maxima;
mod merge;
pub mod points;

use std::cmp::Ordering;

use crate::domain::{Domain, Package};
use crate::rounding::{Rounding, ranks};
use crate::scoring::Scoring;

/// A package and what it is worth to each party.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What it is worth, a value a party.
    pub values: Vec<f64>,
    /// One package that is worth so much; others may be.
    pub package: Package,
}

/// The best packages for all together.
#[derive(Clone, Debug, PartialEq)]
pub struct Pareto {
    /// Each different combination of values, by falling sum. None is as good as another for every party, rounding apart.
    pub points: Vec<Point>,
    /// How far at most a point left out exceeds one that is kept, for any party: 0 where the frontier is exact.
    pub gap: f64,
    /// How each party's values are compared.
    pub roundings: Vec<Rounding>,
}

/// What came of a search: the points found, compared to the last digit, and how far at most what was left exceeds one of them.
struct Searched {
    points: Vec<Point>,
    gap: f64,
}

/// How much a search may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Combinations of two parties' values kept on the way, where values are sums.
    pub longest: usize,
    /// Branches looked at, where options bring something together.
    pub steps: u64,
}

impl Effort {
    /// As much as an analysis that stands by itself may take: some seconds.
    pub const FULL: Self = Self { longest: merge::LONGEST, steps: boxes::MOST_STEPS };
}

/// Why a frontier can't be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFrontier {
    /// It takes two parties at least.
    #[error("a frontier takes the values of two parties at least")]
    TooFewParties,
    /// More than so many combinations would have to be kept at once.
    #[error("the frontier has more than {limit} combinations: compare fewer parties at a time")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// More interactions than can be told apart.
    #[error("there are more than {limit} interactions: that many can't be searched")]
    TooManyInteractions {
        /// The limit.
        limit: usize,
    },
}

impl Pareto {
    /// The frontier of all packages that no party finds unacceptable. Reservation values don't count here; see
    /// [`Pareto::acceptable`].
    pub fn of(domain: &Domain, parties: &[&Scoring]) -> Result<Self, NoFrontier> {
        Self::with(domain, parties, Effort::FULL)
    }

    /// The same with less effort, so that many frontiers can be had quickly; [`Pareto::gap`] says what that may cost.
    pub fn with(domain: &Domain, parties: &[&Scoring], effort: Effort) -> Result<Self, NoFrontier> {
        if parties.len() < 2 {
            return Err(NoFrontier::TooFewParties);
        }
        let found = if parties.iter().all(|party| party.is_additive()) {
            merge::frontier(domain, parties, effort.longest)?
        } else {
            boxes::frontier(domain, parties, effort.steps)?
        };
        let roundings = parties.iter().map(|party| Rounding::of(party)).collect();
        Ok(Self { points: found.points, gap: found.gap, roundings }.distinct())
    }

    /// The points that no party would rather walk away from.
    #[must_use]
    pub fn acceptable(mut self, parties: &[&Scoring]) -> Self {
        let roundings = &self.roundings;
        let suits = |point: &Point| {
            let mut each = point.values.iter().zip(parties).zip(roundings);
            each.all(|((value, party), rounding)| rounding.reaches(*value, party.reservation))
        };
        self.points.retain(suits);
        self
    }

    /// The points without those that are as good as another but for rounding; of the same ones that of the greatest sum stays.
    fn distinct(mut self) -> Self {
        self.points.sort_by(|a, b| by_welfare(&a.values, &b.values));
        let count = self.roundings.len();
        let mut ranked = vec![0.0; self.points.len() * count];
        for (party, rounding) in self.roundings.iter().enumerate() {
            let values: Vec<f64> = self.points.iter().map(|point| point.values[party]).collect();
            for (at, rank) in ranks(&values, *rounding).into_iter().enumerate() {
                ranked[at * count + party] = f64::from(rank);
            }
        }
        if let Some(kept) = maxima::undominated(&ranked, count, usize::MAX) {
            let mut stays = vec![false; self.points.len()];
            kept.into_iter().for_each(|at| stays[at as usize] = true);
            let mut stays = stays.into_iter();
            self.points.retain(|_| stays.next() == Some(true));
        }
        self
    }

    /// How far values lie from the nearest point: 0 on the frontier. `None` without points.
    pub fn distance(&self, values: &[f64]) -> Option<f64> {
        let square = |point: &Point| point.values.iter().zip(values).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
        self.points.iter().map(square).min_by(f64::total_cmp).map(f64::sqrt)
    }
}

/// The ends of a party's values, deal-breakers aside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ends {
    /// The best and the worst.
    pub extremes: (f64, f64),
    /// By how much at most the true ones are further out: 0 where they are exact.
    pub gap: f64,
}

/// A party's best and worst value.
pub fn ends(domain: &Domain, party: &Scoring) -> Result<Ends, NoFrontier> {
    if let Some(extremes) = party.extremes() {
        return Ok(Ends { extremes, gap: 0.0 });
    }
    let (best, above) = boxes::best(domain, party, boxes::MOST_STEPS)?;
    let (worst, below) = boxes::best(domain, &party.reversed(), boxes::MOST_STEPS)?;
    Ok(Ends { extremes: (best, party.finish(-worst)), gap: above.max(party.scaled_down(below)) })
}

/// By falling sum, then by falling value of the first party.
fn by_welfare(a: &[f64], b: &[f64]) -> Ordering {
    let sum = |values: &[f64]| values.iter().sum::<f64>();
    sum(b)
        .total_cmp(&sum(a))
        .then_with(|| b.iter().zip(a).map(|(b, a)| b.total_cmp(a)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal))
}

/// Whether `a` is at least as good as `b` for every party, to the last digit: what a search may leave out.
fn covers(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| a >= b)
}

#[cfg(test)]
mod tests;
