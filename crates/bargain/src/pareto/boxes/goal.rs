//! What a search is after: when a branch can't add to it, what it keeps, and what it may have missed.

use super::{Direction, Reach};
use crate::pareto::{Point, covers};
use crate::rounding::SLIP;

/// What a search is after.
pub(crate) trait Goal {
    /// Learns the directions in which sums are bounded.
    fn begin(&mut self, _directions: &[Direction]) {}

    /// Whether nothing within reach adds to what is found.
    fn is_hopeless(&self, reach: &Reach) -> bool;

    /// The most promising branch is tried first.
    fn hope(&self, reach: &Reach) -> f64 {
        reach.sums.last().copied().unwrap_or(0.0)
    }

    /// A package found.
    fn take(&mut self, values: &[f64], package: &[u32]);

    /// Takes down what is left untried.
    fn leave(&mut self, reach: &Reach);
}

/// So much of a value is rounding.
fn slack(value: f64) -> f64 {
    SLIP * (1.0 + value.abs())
}

/// The frontier of any number of parties.
#[derive(Default)]
pub(super) struct List {
    pub found: Vec<Point>,
    left: Vec<Vec<f64>>,
}

impl List {
    /// How far what was left exceeds a point found for every party.
    pub fn gap(&self) -> f64 {
        let exceeds = |most: &[f64], point: &Point| {
            most.iter().zip(&point.values).map(|(most, value)| most - value).fold(0.0, f64::max)
        };
        let gap = |most: &Vec<f64>| self.found.iter().map(|p| exceeds(most, p)).fold(f64::INFINITY, f64::min);
        self.left.iter().map(gap).fold(0.0, f64::max)
    }
}

impl Goal for List {
    fn is_hopeless(&self, reach: &Reach) -> bool {
        let is_enough =
            |point: &Point| point.values.iter().zip(&reach.most).all(|(value, most)| *value >= most - slack(*most));
        reach.most.contains(&f64::NEG_INFINITY) || self.found.iter().any(is_enough)
    }

    fn hope(&self, reach: &Reach) -> f64 {
        reach.most.iter().sum()
    }

    fn take(&mut self, values: &[f64], package: &[u32]) {
        if !self.found.iter().any(|point| covers(&point.values, values)) {
            self.found.retain(|point| !covers(values, &point.values));
            self.found.push(Point { values: values.to_vec(), package: package.to_vec() });
        }
    }

    fn leave(&mut self, reach: &Reach) {
        self.left.push(reach.most.clone());
    }
}

/// The best package in one direction.
pub(super) struct Alone {
    direction: usize,
    weights: Direction,
    /// What was found, the best last.
    pub found: Vec<Point>,
    best: f64,
    left: f64,
}

impl Alone {
    pub fn new(direction: usize, directions: &[Direction]) -> Self {
        let weights = directions[direction].clone();
        Self { direction, weights, found: Vec::new(), best: f64::NEG_INFINITY, left: f64::NEG_INFINITY }
    }

    pub fn best(&self) -> f64 {
        self.best
    }

    pub fn gap(&self) -> f64 {
        (self.left - self.best).max(0.0)
    }

    /// The most of the sum, by what bounds the parties and by what bounds the sum.
    fn most(&self, reach: &Reach) -> f64 {
        self.sum(&reach.most).min(reach.sums[self.direction])
    }

    fn sum(&self, values: &[f64]) -> f64 {
        let counted = self.weights.iter().zip(values).filter(|(weight, _)| **weight != 0.0);
        counted.map(|(weight, value)| weight * value).sum()
    }
}

impl Goal for Alone {
    fn is_hopeless(&self, reach: &Reach) -> bool {
        let most = self.most(reach);
        most == f64::NEG_INFINITY || self.best >= most - slack(most)
    }

    fn hope(&self, reach: &Reach) -> f64 {
        self.most(reach)
    }

    fn take(&mut self, values: &[f64], package: &[u32]) {
        let sum = self.sum(values);
        if sum > self.best {
            self.best = sum;
            self.found.push(Point { values: values.to_vec(), package: package.to_vec() });
        }
    }

    fn leave(&mut self, reach: &Reach) {
        self.left = self.left.max(self.most(reach));
    }
}

/// The frontier of two parties: by falling value of the first, so that the second's rises.
pub(super) struct Staircase {
    directions: Vec<Direction>,
    pub found: Vec<Point>,
    left: Vec<Reach>,
}

impl Staircase {
    pub fn new(directions: Vec<Direction>) -> Self {
        Self { directions, found: Vec::new(), left: Vec::new() }
    }

    pub fn add(&mut self, point: Point) {
        let at = self.found.partition_point(|other| other.values[0] > point.values[0]);
        let covered = |other: &Point| covers(&other.values, &point.values);
        if at > 0 && covered(&self.found[at - 1]) || self.found.get(at).is_some_and(covered) {
            return;
        }
        let until = at + self.found[at..].partition_point(|other| other.values[1] <= point.values[1]);
        self.found.splice(at..until, [point]);
    }

    /// The inner corners: whatever is better than a corner for both is covered by no point. Corners beyond what the parties can
    /// have at most are left out.
    fn corners(&self, reach: &Reach) -> impl Iterator<Item = [f64; 2]> {
        let from = self.found.partition_point(|point| point.values[0] >= reach.most[0] - slack(reach.most[0]));
        let until = self.found.partition_point(|point| point.values[1] < reach.most[1] - slack(reach.most[1]));
        let corner = |at: usize| {
            let right = self.found.get(at).map_or(f64::NEG_INFINITY, |point| point.values[0]);
            let below = at.checked_sub(1).map_or(f64::NEG_INFINITY, |before| self.found[before].values[1]);
            [right, below]
        };
        (from..until + 1).map(corner)
    }

    /// How far what is within reach may exceed a corner for both; no more than nothing where it doesn't.
    fn exceeds(&self, reach: &Reach, corner: [f64; 2]) -> f64 {
        let mut least = f64::INFINITY;
        for (most, at) in reach.most.iter().zip(corner) {
            least = least.min(most - at - slack(*most));
        }
        for (direction, most) in self.directions.iter().zip(&reach.sums) {
            // Nothing of an endless corner is endless, not no number.
            let counted = direction.iter().zip(corner).filter(|(weight, _)| **weight != 0.0);
            let at: f64 = counted.map(|(weight, at)| weight * at).sum();
            if at > f64::NEG_INFINITY {
                least = least.min((most - at - slack(*most)) / (direction[0] + direction[1]));
            }
        }
        least
    }

    /// How far what was left exceeds a point found for both parties.
    pub fn gap(&self) -> f64 {
        let gap = |reach: &Reach| self.corners(reach).map(|corner| self.exceeds(reach, corner)).fold(0.0, f64::max);
        self.left.iter().map(gap).fold(0.0, f64::max)
    }
}

impl Goal for Staircase {
    fn is_hopeless(&self, reach: &Reach) -> bool {
        reach.most.contains(&f64::NEG_INFINITY)
            || reach.sums.contains(&f64::NEG_INFINITY)
            || self.corners(reach).all(|corner| self.exceeds(reach, corner) <= 0.0)
    }

    fn hope(&self, reach: &Reach) -> f64 {
        reach.sums[self.directions.len() / 2 + 1]
    }

    fn take(&mut self, values: &[f64], package: &[u32]) {
        self.add(Point { values: values.to_vec(), package: package.to_vec() });
    }

    fn leave(&mut self, reach: &Reach) {
        self.left.push(reach.clone());
    }
}
