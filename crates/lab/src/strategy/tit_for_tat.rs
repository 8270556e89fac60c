//! Tit-for-tat as NegMAS 0.16.0 plays it: no concession on its first turn, the smallest step down on its second and third, and
//! from then on it asks for so much less than all as the standing offer is worth to itself, both as shares of its range. It keeps
//! no account of what the other side gave up before; [`super::in_kind`] does.

use super::SLACK;
use crate::session::Negotiator;
use bargain::domain::Package;
use bargain::order::{Order, Pick};

/// A party that answers the standing offer in kind.
#[derive(Clone, Debug)]
pub struct TitForTat<'a> {
    order: Order<'a>,
    kindness: f64,
    best: f64,
    worst: f64,
    /// Its turn, from 0, and the time of it: every turn has another.
    turn: Option<(u32, f64)>,
    /// The offer that it answers.
    answered: Option<Package>,
    /// The last package on its way down, once it has begun.
    down: Way,
    package: Package,
}

/// How far a party has come down its packages.
#[derive(Clone, Copy, Debug)]
enum Way {
    Top,
    At(Pick),
    Bottom,
}

/// From this turn on it answers what it hears.
const ANSWERS_FROM: u32 = 3;
/// Added to the smallest step, so that the package below is within it.
const BEYOND: f64 = 1e-12;
/// Concessions outside these count as none.
const CONCESSIONS: std::ops::RangeInclusive<f64> = -1e-6..=1.000_000_1;
/// A range narrower than this is none.
const NARROWEST: f64 = 1e-5;

impl<'a> TitForTat<'a> {
    /// A party whose packages are in this order, and which concedes `kindness`, as a share of its range, more than it is asked to.
    pub fn new(order: Order<'a>, kindness: f64) -> Self {
        let (best, worst) = order.extremes();
        Self { order, kindness, best, worst, turn: None, answered: None, down: Way::Top, package: Package::new() }
    }

    /// The turn at a time.
    fn turn(&mut self, time: f64) -> u32 {
        let turn = match self.turn {
            Some((turn, at)) if at == time => turn,
            Some((turn, _)) => turn + 1,
            None => 0,
        };
        self.turn = Some((turn, time));
        turn
    }

    /// What an offer is worth as a share of the range above the walk-away.
    fn share(&self, offer: &[u32]) -> f64 {
        let reservation = self.order.scoring().reservation;
        let least = self.worst.max(reservation);
        if self.best < reservation {
            return f64::NAN;
        }
        let range = self.best - least;
        if range < NARROWEST { 1.0 } else { (self.order.scoring().value(offer) - least) * (1.0 / range) }
    }

    /// The share of its range that it concedes on a turn.
    fn concession(&mut self, turn: u32) -> f64 {
        if turn == 0 {
            return 0.0;
        }
        let concession = if turn < ANSWERS_FROM {
            let (high, low) = (self.step_down(), self.step_down());
            (high - low + BEYOND) / (self.best - self.worst)
        } else {
            // What it gets is what the other side is taken to have given up.
            let given = self.answered.as_ref().map_or(0.0, |offer| 1.0 - (1.0 - self.share(offer)));
            given.max(0.0) + self.kindness
        };
        if CONCESSIONS.contains(&concession) { concession } else { 0.0 }
    }

    /// What the next package down is worth; past the last what no deal is worth.
    fn step_down(&mut self) -> f64 {
        let next = match self.down {
            Way::Top => self.order.next(None),
            Way::At(last) => self.order.next(Some(last)),
            Way::Bottom => None,
        };
        self.down = next.map_or(Way::Bottom, Way::At);
        next.map_or(self.order.scoring().reservation, |pick| pick.value)
    }
}

impl Negotiator for TitForTat<'_> {
    fn accepts(&mut self, offer: &[u32], time: f64) -> bool {
        let turn = self.turn(time);
        self.answered = Some(offer.to_vec());
        let concession = self.concession(turn);
        self.share(offer) >= 1.0 - concession && self.order.scoring().value(offer) >= self.order.scoring().floor()
    }

    fn offer(&mut self, time: f64) -> Option<&[u32]> {
        let turn = self.turn(time);
        let target = 1.0 - self.concession(turn);
        let wanted = self.worst + target * (self.best - self.worst);
        let found = self.order.nearest(wanted, SLACK, self.order.floor())?;
        self.order.write(found.pick, &mut self.package);
        Some(&self.package)
    }
}
