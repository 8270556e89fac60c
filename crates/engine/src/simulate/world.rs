//! What is true on one path: the counterpart, and the value of every assumption.

use crate::assumption::Name;
use crate::belief::{Motion, Particle};
use crate::counterpart::{Counterpart, Mind};
use crate::future;
use crate::people::log_odds;
use crate::prior::{Prior, Values};
use crate::random::Stream;

use super::Stage;

/// Chance that a negotiation comes to its last word unsettled although a deal would suit both, under the reference
/// conditions: ten rounds, both sides with the authority they need, no freezes. A test finds it again.
pub(crate) const UNSETTLED_AT_LAST: f64 = 0.152;
/// The same where they leave the table for certain, in a round that may be any of those left, unless there is a deal before.
const MISSED_BY_LEAVING: f64 = 0.790;

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
    /// Our first ask less their first offer.
    pub first_gap: f64,
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
    /// Chance that they leave the table before the end: what impasse there is beyond what time alone explains.
    pub leave_chance: f64,
    /// Log-odds that they take an ask that leaves hardly a gap.
    pub near_odds: f64,
    /// How much the log-odds fall with the gap.
    pub per_noise: f64,
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
        let authority = values.own_floor();
        let boss_floor = values.boss_floor().min(authority);
        let ours = stage.ours.unwrap_or_else(|| values.opening());
        let boss_expected = prior.boss_expected();
        Self {
            counterpart,
            mind: particle.mind,
            motion: particle.motion,
            freeze_factor: particle.motion.freeze_factor,
            theirs: particle.offer,
            ours,
            first_gap: stage.our_first.unwrap_or(ours) - counterpart.opening,
            walk_away,
            floor: authority.min(ours),
            boss_floor: boss_floor.min(ours),
            ask_floor: authority.min(ours),
            stretch_chance: (1.0 - values[Name::ImpasseDespiteZopa] / UNSETTLED_AT_LAST).clamp(0.0, 1.0),
            leave_chance: ((values[Name::ImpasseDespiteZopa] - UNSETTLED_AT_LAST)
                / (MISSED_BY_LEAVING - UNSETTLED_AT_LAST))
                .clamp(0.0, 1.0),
            near_odds: log_odds(values[Name::NearAskTaken]),
            per_noise: 1.0 / values[Name::AcceptanceNoise],
            precedent_loss: future::precedent_loss(&values),
            boss_expected,
            values,
        }
    }

    /// Chance a round that the relationship freezes, the likelier the more it seems in trouble.
    pub fn freeze_chance(&self, mind: &Mind) -> f64 {
        self.values[Name::FreezeChance] * self.freeze_factor * mind.trouble.ratio()
    }

    /// Whether our boss's coming frees their negotiator to go to the limit.
    pub fn released_by_boss(&self) -> bool {
        self.counterpart.release_draw < self.values[Name::BossReleases]
    }
}

#[cfg(test)]
mod tests {
    use super::{MISSED_BY_LEAVING, UNSETTLED_AT_LAST};
    use crate::assumption::Name;
    use crate::compare::Prepared;
    use crate::plan::Policy;
    use crate::random::Purpose;
    use crate::simulate::{Rules, run};
    use crate::test_cases::reference;
    use terms::Quantity;

    /// Share of the negotiations with a deal to be had that end without one.
    fn missed(impasse_despite_zopa: f64) -> f64 {
        let mut case = reference();
        case.assumptions.insert(Name::FullAuthorityChance, Quantity::Known(1.0));
        case.assumptions.insert(Name::FreezeChance, Quantity::Known(0.0));
        case.assumptions.insert(Name::ImpasseDespiteZopa, Quantity::Known(impasse_despite_zopa));
        let options = crate::Options::new(3, 65_536);
        let prepared = Prepared::new(&case, &options).unwrap();
        let (mut possible, mut none) = (0.0, 0.0);
        let parts = prepared.problem().chunks(Purpose::Report, 65_536, |mut chunk| {
            let (mut possible, mut none) = (0.0, 0.0);
            while let Some((world, luck)) = chunk.next_path() {
                if world.counterpart.limit >= world.floor {
                    possible += 1.0;
                    let end = run(&prepared.stage, world, luck, &Policy::default(), Rules::ALL, |_, _| {});
                    none += f64::from(end.amount.is_none());
                }
            }
            (possible, none)
        });
        for (p, n) in parts {
            possible += p;
            none += n;
        }
        none / possible
    }

    #[test]
    fn a_deal_good_for_both_is_missed_as_often_as_assumed() {
        // With no stretching at all, and with all of them leaving, which is what the constants stand for; then as assumed.
        let all = [UNSETTLED_AT_LAST, MISSED_BY_LEAVING, 0.35, 0.22, 0.12, 0.05].map(|chance| (chance, missed(chance)));
        println!("{all:?}");
        for (chance, found) in all {
            assert!((found - chance).abs() < 0.006, "{chance} became {found}");
        }
    }
}
