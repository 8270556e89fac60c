//! What a domain and its parties' values make possible, in one piece.

use bargain::domain::Domain;
use bargain::pareto::points::{Convention, pick};
use bargain::pareto::{NoFrontier, Pareto, Point, ends};
use bargain::scoring::Scoring;

/// The figures of a domain.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// How many packages there are; `u128::MAX` where there are more.
    pub outcomes: u128,
    /// The frontier, as the convention means it.
    pub pareto: Pareto,
    /// The point with the greatest product of gains.
    pub nash: Option<Point>,
    /// The point with the greatest least gain.
    pub egalitarian: Option<Point>,
    /// The point with the most equal shares of what each could gain, or what the convention calls so.
    pub kalai_smorodinsky: Option<Point>,
    /// The point with the greatest sum.
    pub utilitarian: Option<Point>,
    /// Each party's best and worst value.
    pub extremes: Vec<(f64, f64)>,
    /// By how much at most these are not far enough out.
    pub extremes_gap: f64,
}

impl Analysis {
    /// Analyses a domain for two parties or more.
    pub fn of(domain: &Domain, parties: &[&Scoring], convention: Convention) -> Result<Self, NoFrontier> {
        let pareto = convention.frontier(Pareto::of(domain, parties)?, parties);
        let ends = parties.iter().map(|party| ends(domain, party)).collect::<Result<Vec<_>, _>>()?;
        let extremes: Vec<(f64, f64)> = ends.iter().map(|ends| ends.extremes).collect();
        let extremes_gap = ends.iter().map(|ends| ends.gap).fold(0.0, f64::max);
        let picked = pick(&pareto, parties, &extremes, convention);
        let [nash, egalitarian, kalai_smorodinsky, utilitarian] =
            [picked.nash, picked.egalitarian, picked.kalai_smorodinsky, picked.utilitarian]
                .map(Option::<&Point>::cloned);
        let outcomes = domain.outcomes();
        Ok(Self { outcomes, pareto, nash, egalitarian, kalai_smorodinsky, utilitarian, extremes, extremes_gap })
    }
}
