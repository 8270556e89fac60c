//! The points that bargaining theory picks from a frontier of packages, by the name that each program gives them.

use super::{Pareto, Point};
use crate::rounding::is_more;
use crate::scoring::Scoring;

/// Whose names and rules are meant, for they differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Convention {
    /// GENIUS: gains over the reservation value; "Kalai-Smorodinsky" is the point where values, not gains, differ least.
    Genius,
    /// NegMAS and the theory: gains over the reservation value, or over the worst package where that is better.
    #[default]
    Negmas,
    /// NegoLog: reservation values don't count; "Kalai" is the point of the greatest sum.
    Negolog,
}

impl Convention {
    /// The frontier that it means: NegMAS leaves out what a party would rather walk away from, the others keep it.
    #[must_use]
    pub fn frontier(self, pareto: Pareto, parties: &[&Scoring]) -> Pareto {
        match self {
            Self::Negmas => pareto.acceptable(parties),
            Self::Genius | Self::Negolog => pareto,
        }
    }
}

/// The points picked; `None` where the frontier is empty, or no point is what is meant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picked<'a> {
    /// The greatest product of gains (Nash 1950); none where no point suits every party.
    pub nash: Option<&'a Point>,
    /// The greatest least gain (Kalai 1977).
    pub egalitarian: Option<&'a Point>,
    /// The most equal shares of what each could gain (Kalai and Smorodinsky 1975), or what the convention calls so.
    pub kalai_smorodinsky: Option<&'a Point>,
    /// The greatest sum.
    pub utilitarian: Option<&'a Point>,
}

/// The points of a frontier that a convention picks. `worst` and `best` are each party's extremes over all packages. Of
/// equals the one with the greatest sum.
pub fn pick<'a>(
    pareto: &'a Pareto,
    parties: &[&Scoring],
    extremes: &[(f64, f64)],
    convention: Convention,
) -> Picked<'a> {
    let finite = |value: f64| if value == f64::NEG_INFINITY { 0.0 } else { value };
    let disagreement: Vec<f64> = parties
        .iter()
        .zip(extremes)
        .map(|(party, (_, worst))| match convention {
            Convention::Genius => finite(party.reservation),
            Convention::Negmas => party.reservation.max(*worst),
            Convention::Negolog => 0.0,
        })
        .collect();
    let gain = |point: &Point, party: usize| point.values[party] - disagreement[party];
    let gains = |point: &Point| (0..parties.len()).map(|party| gain(point, party)).collect::<Vec<f64>>();
    let spread = |values: &[f64]| {
        values.iter().copied().fold(f64::NEG_INFINITY, f64::max) - values.iter().copied().fold(f64::INFINITY, f64::min)
    };
    let differences = |values: &[f64]| -> f64 {
        values.iter().enumerate().flat_map(|(i, a)| values[..i].iter().map(move |b| (a - b).abs())).sum()
    };
    let share = |point: &Point| {
        let shares: Vec<f64> =
            (0..parties.len()).map(|party| gain(point, party) / (extremes[party].0 - disagreement[party])).collect();
        spread(&shares)
    };
    let sum = |point: &Point| point.values.iter().sum::<f64>();
    Picked {
        // Two losses have a product above zero and are no bargain.
        nash: greatest(pareto, |point| {
            let suits = |party: usize| pareto.roundings[party].reaches(point.values[party], disagreement[party]);
            let is_bargain = (0..parties.len()).all(suits);
            is_bargain.then(|| gains(point).into_iter().map(|gain| gain.max(0.0)).product())
        }),
        egalitarian: greatest(pareto, |point| {
            Some(match convention {
                Convention::Negmas => gains(point).into_iter().fold(f64::INFINITY, f64::min),
                Convention::Genius | Convention::Negolog => point.values.iter().copied().fold(f64::INFINITY, f64::min),
            })
        }),
        kalai_smorodinsky: greatest(pareto, |point| {
            Some(match convention {
                Convention::Genius => -differences(&point.values),
                Convention::Negmas => -share(point),
                Convention::Negolog => sum(point),
            })
        }),
        utilitarian: greatest(pareto, |point| Some(sum(point))),
    }
}

/// The first point of the greatest measure, rounding apart, of those that have one.
fn greatest(pareto: &Pareto, measure: impl Fn(&Point) -> Option<f64>) -> Option<&Point> {
    let mut best: Option<(f64, &Point)> = None;
    for point in &pareto.points {
        let Some(value) = measure(point) else { continue };
        if best.is_none_or(|(most, _)| is_more(value, most)) {
            best = Some((value, point));
        }
    }
    best.map(|(_, point)| point)
}
