//! The points that bargaining theory picks from a frontier of packages, by the name that each program gives them.

use super::{Pareto, Point};
use crate::scoring::Scoring;

/// What utilities, which lie about 1, differ by when their sums are only rounded differently.
const ROUNDING: f64 = 1e-9;

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
    /// The frontier that it means. NegMAS leaves out what a party would rather walk away from and compares to the last bit;
    /// the others' published counts keep the former and take what differs by rounding for one.
    #[must_use]
    pub fn frontier(self, pareto: Pareto, parties: &[&Scoring]) -> Pareto {
        match self {
            Self::Negmas => pareto.acceptable(parties),
            Self::Genius | Self::Negolog => pareto.distinct(ROUNDING),
        }
    }
}

/// The points picked; `None` where the frontier is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picked<'a> {
    /// The greatest product of gains (Nash 1950).
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
            let gains = gains(point);
            if gains.iter().any(|gain| *gain < 0.0) { f64::NEG_INFINITY } else { gains.iter().product() }
        }),
        egalitarian: greatest(pareto, |point| match convention {
            Convention::Negmas => gains(point).into_iter().fold(f64::INFINITY, f64::min),
            Convention::Genius | Convention::Negolog => point.values.iter().copied().fold(f64::INFINITY, f64::min),
        }),
        kalai_smorodinsky: greatest(pareto, |point| match convention {
            Convention::Genius => -differences(&point.values),
            Convention::Negmas => -share(point),
            Convention::Negolog => sum(point),
        }),
        utilitarian: greatest(pareto, sum),
    }
}

/// The first point of the greatest measure.
fn greatest(pareto: &Pareto, measure: impl Fn(&Point) -> f64) -> Option<&Point> {
    let mut best: Option<(f64, &Point)> = None;
    for point in &pareto.points {
        let value = measure(point);
        if best.is_none_or(|(most, _)| value > most) {
            best = Some((value, point));
        }
    }
    best.map(|(_, point)| point)
}
