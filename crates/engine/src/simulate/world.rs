//! What is true on one path: the counterpart, and the value of every assumption.

use crate::assumption::Name;
use crate::belief::{Motion, Particle};
use crate::counterpart::{Counterpart, Mind};
use crate::future;
use crate::prior::{Prior, Values};
use crate::random::Stream;

use super::Stage;

/// Chance that a negotiation under the reference conditions comes to its last word unsettled although a deal would
/// suit both; `docs/model.md` says how it was found, and a test finds it again.
pub(crate) const UNSETTLED_AT_LAST: f64 = 0.45;

/// What is true on one path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct World {
    /// Every assumption, in shares.
    pub values: Values,
    /// The counterpart.
    pub counterpart: Counterpart,
    /// What they have in mind as the path begins.
    pub mind: Mind,
    /// Whether they begin moving, stalled or frozen.
    pub motion: Motion,
    /// What visits have left of the chance of a freeze.
    pub freeze_factor: f64,
    /// Their offer on the table.
    pub theirs: f64,
    /// Our ask on the table.
    pub ours: f64,
    /// Our walk-away.
    pub walk_away: f64,
    /// The least we may accept unasked.
    pub floor: f64,
    /// The least we may accept with our boss's leave.
    pub boss_floor: f64,
    /// Where our asks are heading. Widened authority is used to accept, not to ask.
    pub ask_floor: f64,
    /// Chance that they stretch to our ask at the end.
    pub stretch_chance: f64,
    /// What one appearance of weight 1 costs later.
    pub precedent_loss: f64,
    /// Everyone brings their boss.
    pub boss_expected: bool,
}

impl World {
    /// A path on which the counterpart is `particle`, the other assumptions drawn afresh from `stream`.
    pub fn draw(stage: &Stage, prior: &Prior, particle: &Particle, stream: &mut Stream) -> Self {
        let mut values = *prior.medians();
        for &name in prior.free() {
            values[name] = prior.distribution(name).at_probability(stream.uniform());
        }
        Self::at(stage, prior, particle, values)
    }

    fn at(stage: &Stage, prior: &Prior, particle: &Particle, mut values: Values) -> Self {
        let counterpart = particle.counterpart;
        values[Name::CounterpartLimit] = counterpart.limit;
        let walk_away = values[Name::WalkAway];
        let authority = values[Name::Authority].max(walk_away);
        let boss_floor = values[Name::BossLimit].max(walk_away).min(authority);
        let opening = values[Name::OurOpening].max(authority + 0.25);
        let ours = stage.ours.unwrap_or(opening);
        let boss_expected = prior.boss_expected();
        Self {
            counterpart,
            mind: particle.mind,
            motion: particle.motion,
            freeze_factor: particle.motion.freeze_factor,
            theirs: particle.offer,
            ours,
            walk_away,
            floor: authority.min(ours),
            boss_floor: boss_floor.min(ours),
            ask_floor: authority.min(ours),
            stretch_chance: (1.0 - values[Name::ImpasseDespiteZopa] / UNSETTLED_AT_LAST).clamp(0.0, 1.0),
            precedent_loss: future::precedent_loss(&values),
            boss_expected,
            values,
        }
    }

    /// Whether our boss's coming frees their negotiator to go to the limit.
    pub fn released_by_boss(&self) -> bool {
        self.counterpart.release_draw < self.values[Name::BossReleases]
    }
}
