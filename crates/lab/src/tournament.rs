//! Strategies against each other: every pair, each at either seat, in every arena.
//!
//! A match depends on nothing but itself, so that matches may be played at once in any number and the standings are the same.

use crate::analysis::Analysis;
use crate::session::{self, Negotiator};
use crate::strategy::Strategy;
use bargain::domain::Domain;
use bargain::order::TooLarge;
use bargain::pareto::NoFrontier;
use bargain::pareto::points::Convention;
use bargain::scoring::Scoring;

/// A domain with two parties' values, in which strategies meet.
#[derive(Clone, Debug)]
pub struct Arena {
    /// By what it is known.
    pub name: String,
    /// What is negotiated.
    pub domain: Domain,
    /// What packages are worth at each seat.
    pub scorings: [Scoring; 2],
    analysis: Analysis,
}

impl Arena {
    /// An arena, its frontier computed.
    pub fn new(name: impl Into<String>, domain: Domain, scorings: [Scoring; 2]) -> Result<Self, NoFrontier> {
        let analysis = Analysis::of(&domain, &[&scorings[0], &scorings[1]], Convention::Negmas)?;
        Ok(Self { name: name.into(), domain, scorings, analysis })
    }
}

/// Who meets whom where: places in lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The arena.
    pub arena: usize,
    /// The strategy at each seat.
    pub seats: [usize; 2],
}

/// What came of a match.
#[derive(Clone, Debug, PartialEq)]
pub struct Played {
    /// Which.
    pub of: Match,
    /// Whether they agreed.
    pub agreed: bool,
    /// Rounds begun.
    pub rounds: u32,
    /// What each seat got, as a share of its range from its walk-away, or its worst where that is better, to its best.
    pub shares: [f64; 2],
    /// How far the agreement lies from the frontier, in the arena's units.
    pub from_frontier: Option<f64>,
}

/// Every match there is: in every arena, every strategy at the first seat against every one at the second, itself included.
pub fn matches(arenas: usize, strategies: usize) -> Vec<Match> {
    let pairs = move || (0..strategies).flat_map(move |first| (0..strategies).map(move |second| [first, second]));
    (0..arenas).flat_map(|arena| pairs().map(move |seats| Match { arena, seats })).collect()
}

/// Plays a match of at most `rounds` rounds.
pub fn play(of: Match, arena: &Arena, strategies: &[Strategy], rounds: u32) -> Result<Played, TooLarge> {
    let mut first = strategies[of.seats[0]].seat(&arena.domain, &arena.scorings[0])?;
    let mut second = strategies[of.seats[1]].seat(&arena.domain, &arena.scorings[1])?;
    let seats: &mut [&mut dyn Negotiator] = &mut [&mut *first, &mut *second];
    let session = session::play(seats, rounds);
    let values = session.agreement().map(|package| [0, 1].map(|seat| arena.scorings[seat].value(package)));
    let share = |seat: usize| {
        let (best, worst) = arena.analysis.extremes[seat];
        let least = worst.max(arena.scorings[seat].reservation);
        let value = values.map_or(least, |values| values[seat]);
        if best > least { (value - least) / (best - least) } else { 0.0 }
    };
    Ok(Played {
        of,
        agreed: values.is_some(),
        rounds: session.rounds,
        shares: [share(0), share(1)],
        from_frontier: values.and_then(|values| arena.analysis.pareto.distance(&values)),
    })
}

/// How a strategy did over all its matches, at either seat.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Its place in the list of strategies.
    pub strategy: usize,
    /// Seats taken.
    pub seats: usize,
    /// Mean share of its range that it got.
    pub mean: f64,
    /// The mean's standard error, over seats.
    pub standard_error: f64,
    /// Mean share that those opposite got.
    pub opposite: f64,
    /// Share of its matches that ended in agreement.
    pub agreed: f64,
    /// Mean rounds.
    pub rounds: f64,
    /// Mean distance of its agreements from the frontier.
    pub from_frontier: f64,
}

/// The standings, best first.
pub fn standings(played: &[Played], strategies: usize) -> Vec<Standing> {
    let mut standings: Vec<Standing> = (0..strategies).filter_map(|strategy| standing(played, strategy)).collect();
    standings.sort_by(|a, b| b.mean.total_cmp(&a.mean).then(a.strategy.cmp(&b.strategy)));
    standings
}

fn standing(played: &[Played], strategy: usize) -> Option<Standing> {
    let seats: Vec<(&Played, usize)> = played
        .iter()
        .flat_map(|one| (0..2).filter(|&seat| one.of.seats[seat] == strategy).map(move |seat| (one, seat)))
        .collect();
    let count = seats.len() as f64;
    let mean = |of: &dyn Fn(&Played, usize) -> f64| seats.iter().map(|(one, seat)| of(one, *seat)).sum::<f64>() / count;
    let got = mean(&|one, seat| one.shares[seat]);
    let variance =
        seats.iter().map(|(one, seat)| (one.shares[*seat] - got).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
    let distances: Vec<f64> = seats.iter().filter_map(|(one, _)| one.from_frontier).collect();
    (!seats.is_empty()).then(|| Standing {
        strategy,
        seats: seats.len(),
        mean: got,
        standard_error: (variance / count).sqrt(),
        opposite: mean(&|one, seat| one.shares[1 - seat]),
        agreed: mean(&|one, _| f64::from(u8::from(one.agreed))),
        rounds: mean(&|one, _| f64::from(one.rounds)),
        from_frontier: distances.iter().sum::<f64>() / distances.len().max(1) as f64,
    })
}
