//! Over what an assumption is moved.

use crate::assumption::Name;

/// How far from a flip its two sides are tried, as a share of the range.
const BESIDE: f64 = 0.02;

/// The range of one assumption, in the unit in which it is shown.
pub(super) struct Range {
    pub name: Name,
    pub ends: [f64; 2],
    pub now: f64,
    pub uncertain: bool,
}

impl Range {
    pub fn at(&self, position: f64) -> f64 {
        let [from, to] = self.ends;
        let value = from + position * (to - from);
        if self.name == Name::RoundsLeft { value.round() } else { value }
    }

    /// The two sides of a flip, going away from now; `None` where one of them is out of the range.
    pub fn beside(&self, position: f64, away: f64) -> Option<[f64; 2]> {
        let [from, to] = self.ends;
        let sides = if self.name == Name::RoundsLeft {
            // Rounds come whole: the last that does not flip, and the first that does.
            let beyond = away * (away * self.at(position)).ceil();
            [beyond - away, beyond].map(|value| (value - from) / (to - from))
        } else {
            [position - away * BESIDE, position + away * BESIDE]
        };
        sides.iter().all(|side| (0.0..=1.0).contains(side)).then_some(sides)
    }

    pub fn now_at(&self) -> f64 {
        let [from, to] = self.ends;
        if to > from { ((self.now - from) / (to - from)).clamp(0.0, 1.0) } else { 0.5 }
    }
}
