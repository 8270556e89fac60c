//! Whether they take our ask: what a refusal tells, and how likely a deal at our ask was.

use super::likelihood::{Setting, Track};
use crate::assumption::Name;
#[cfg(feature = "experiment")]
use crate::effort;
use crate::proposal::logistic;

impl Setting<'_> {
    /// Chance that they do not take our ask as it stands: the less, the smaller the gap.
    pub(super) fn refusal_chance(&self, track: &Track) -> f64 {
        let Some(ask) = track.ours else { return 1.0 };
        if ask > track.mind.authority {
            return 1.0;
        }
        let wide = (ask - track.offer()) / self.medians[Name::AcceptanceNoise] - self.near_odds;
        logistic(wide.clamp(-40.0, 40.0))
    }
}

#[cfg(feature = "experiment")]
impl Setting<'_> {
    /// Chance that they take our ask in `step`, whatever kind of move they would else have made.
    pub fn taken_chance(&self, track: &Track, step: u32) -> f64 {
        let mut track = *track;
        let from = track.offer();
        self.predict_motion(&mut track);
        let free = 1.0 - track.motion.frozen;
        let waiting = track.mind.ability.shift().clamp(0.0, 1.0);
        let matched = if track.stood_still { self.medians[Name::StandstillMatched].min(1.0 - waiting) } else { 0.0 };
        let still = self.takes_at(&track, from);
        let stalled = (1.0 - waiting) * still * track.motion.stalled;
        let moving = matched * still + (1.0 - waiting - matched) * self.takes_on_the_move(&track, step, from);
        stalled + moving * (free - track.motion.stalled)
    }

    fn takes_at(&self, track: &Track, next: f64) -> f64 {
        if track.ours.is_some_and(|ask| ask <= next) { 1.0 } else { 1.0 - self.refusal_chance(track) }
    }

    fn takes_on_the_move(&self, track: &Track, step: u32, from: f64) -> f64 {
        let Some(ask) = track.ours else { return 0.0 };
        let retract = self.medians[Name::RetractionChance];
        let split = self.split_chance(track, from);
        let way = self.way(track, step, from);
        let step_taken = |effort: &f64| self.takes_at(track, from + way.length * -libm::expm1(effort * way.log_rest));
        let steps = effort::points().iter().map(step_taken).sum::<f64>() / effort::POINTS as f64;
        retract * self.takes_at(track, from - super::RETRACTION_SIZE)
            + split * self.takes_at(track, from.max(0.5 * (from + ask)))
            + (1.0 - retract - split) * steps
    }
}
