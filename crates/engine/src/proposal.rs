//! What comes of a proposal to take it to both bosses.

use crate::assumption::Name;
use crate::prior::Values;

/// The logistic function.
#[inline]
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// Chance that the proposal alone gets them moving, with `gap` left between the offers and what going upstairs
/// costs their negotiator, both in shares. It turns on how much is still demanded, hardly on the threat.
pub fn unlock_chance(values: &Values, gap: f64, their_cost: f64) -> f64 {
    logistic(values[Name::UnlockBase] - values[Name::UnlockGap] * gap.max(0.0) + values[Name::UnlockCost] * their_cost)
}

/// Chance that a proposal which does not unlock is taken as a threat, at `time` as a share of the steps.
pub fn backlash_chance(values: &Values, time: f64) -> f64 {
    let (early, late) = (values[Name::BacklashEarly], values[Name::BacklashLate]);
    early + (late - early) * time
}
