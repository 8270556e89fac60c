//! How likely each entry of the record is for one counterpart, and what it does to them.

use crate::advice::Cause;
use crate::assumption::Name;
use crate::case::Answer;
use crate::counterpart::{Counterpart, Mind, Scores, importance_ratio};
use crate::pace::Pace;
use crate::prior::{Prior, Values};
use crate::proposal;
use crate::record::{Event, NO_MOVEMENT, Record};

use super::{IMPOSSIBLE, Particle};

/// Density, per scale, of an offer that no part of the model explains: the record is never quite impossible.
const BACKGROUND: f64 = 0.01;
/// Spread of what counts as an offer in the exact middle.
const MIDPOINT_SPREAD: f64 = 0.01;
/// Mean size of a retraction.
pub(crate) const RETRACTION_SIZE: f64 = 0.05;
/// How far past a particle's authority an offer may lie before it is impossible for it.
const SHOULDER: f64 = 0.01;

/// Everything about the record that is the same for all particles.
pub(crate) struct Setting<'a> {
    pub record: &'a Record,
    pub prior: &'a Prior,
    pub pace: Pace,
    medians: Values,
    opening: Option<f64>,
    authority_seen: f64,
    /// Chance, before the record, that their limit lies below what they have offered.
    pub limit_floor_probability: f64,
}

/// Chances that their next step moves, is withheld by a stall, or by a freeze.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Motion {
    /// Chance that they have stalled.
    pub stalled: f64,
    /// Chance that the relationship is frozen.
    pub frozen: f64,
    /// What visits have left of the chance of a freeze.
    pub freeze_factor: f64,
}

/// One particle on its way through the record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Track {
    pub scores: Scores,
    pub counterpart: Counterpart,
    pub mind: Mind,
    pub motion: Motion,
    pub log_likelihood: f64,
    offer: Option<f64>,
    ours: Option<f64>,
}

impl Track {
    pub fn particle(&self) -> Particle {
        Particle {
            scores: self.scores,
            counterpart: self.counterpart,
            mind: self.mind,
            motion: self.motion,
            offer: self.offer.unwrap_or(self.counterpart.opening),
        }
    }
}

impl<'a> Setting<'a> {
    pub fn new(record: &'a Record, prior: &'a Prior) -> Self {
        let offers = || {
            record.events.iter().filter_map(|event| match event {
                Event::Theirs { amount, .. } => Some(*amount),
                _ => None,
            })
        };
        let highest = offers().fold(f64::NEG_INFINITY, f64::max);
        let medians = *prior.medians();
        Self {
            record,
            prior,
            pace: Pace::new(record.steps_total),
            opening: offers().next(),
            authority_seen: medians[Name::Authority].max(0.0),
            limit_floor_probability: probability_below(prior, highest),
            medians,
        }
    }

    /// Before the first entry.
    pub fn begin(&self, scores: Scores) -> Track {
        let counterpart = Counterpart::at(&scores, self.prior, self.opening);
        Track {
            scores,
            mind: Mind::at_start(&counterpart, self.authority_seen, &self.medians),
            counterpart,
            motion: Motion { stalled: 0.0, frozen: 0.0, freeze_factor: 1.0 },
            log_likelihood: 0.0,
            offer: None,
            ours: None,
        }
    }

    /// Takes a particle past one entry; returns the log-likelihood of that entry, never below [`IMPOSSIBLE`].
    pub fn advance(&self, track: &mut Track, event: &Event) -> f64 {
        let log = match *event {
            Event::Ours { amount } => {
                track.ours = Some(amount);
                0.0
            }
            Event::Theirs { step, amount, by_boss } => self.theirs(track, step, amount, by_boss),
            Event::Silence { step } => self.step(track, step, track.offer.unwrap_or(track.counterpart.opening)),
            Event::BossJoins { takes_over, exchanges, time, impasse } => {
                let counterpart = &track.counterpart;
                let ability = self.medians[Name::AbilityRatio];
                let mind = &mut track.mind;
                if !self.prior.boss_expected() {
                    mind.importance.update(importance_ratio(counterpart.log_importance, exchanges, time, impasse));
                    mind.trouble.update(counterpart.trouble_ratio);
                    mind.ability.update(if takes_over { ability * ability } else { ability });
                }
                mind.shield = 0.0;
                if track.counterpart.release_draw < self.medians[Name::BossReleases] {
                    mind.authority = track.counterpart.limit;
                }
                track.motion.frozen *= 1.0 - self.medians[Name::BossThaws];
                0.0
            }
            Event::Proposal { answer, time } => answer.map_or(0.0, |answer| self.proposal(track, answer, time)),
            Event::Visit => {
                track.motion.freeze_factor *= self.medians[Name::VisitFreezeFactor];
                0.0
            }
        };
        let log = log.max(IMPOSSIBLE);
        track.log_likelihood += log;
        log
    }

    fn theirs(&self, track: &mut Track, step: u32, amount: f64, by_boss: bool) -> f64 {
        if by_boss {
            track.mind.authority = track.counterpart.limit;
        }
        let beyond = amount - track.mind.authority;
        let within = if beyond > 0.0 { -0.5 * (beyond / SHOULDER) * (beyond / SHOULDER) } else { 0.0 };
        let log = within + if track.offer.is_some() { self.step(track, step, amount) } else { 0.0 };
        track.offer = Some(amount);
        log
    }

    /// One step of theirs, from their offer on the table to `amount`, our ask refused on the way.
    fn step(&self, track: &mut Track, step: u32, amount: f64) -> f64 {
        let from = track.offer.unwrap_or(track.counterpart.opening);
        let moved = amount - from;
        self.predict_motion(track);
        let Motion { stalled, frozen, .. } = track.motion;
        let moving = 1.0 - stalled - frozen;
        let expected = self.expected_step(track, step, from);
        let still = moved.abs() < NO_MOVEMENT;
        let chance = if still {
            let settled_in = if expected <= NO_MOVEMENT { moving } else { 0.0 };
            let chance = stalled + frozen + settled_in;
            track.motion.stalled = (stalled + settled_in) / chance;
            track.motion.frozen = frozen / chance;
            chance
        } else {
            track.motion.stalled = 0.0;
            track.motion.frozen = 0.0;
            moving * self.step_density(track, from, moved, expected) + BACKGROUND * (1.0 - moving)
        };
        libm::log(chance.max(1e-30)) + self.refusal(track, amount)
    }

    /// The chain of moving, stalled and frozen, one round on.
    fn predict_motion(&self, track: &mut Track) {
        let m = &self.medians;
        let Motion { stalled, frozen, freeze_factor } = track.motion;
        let freeze = (m[Name::FreezeChance] * freeze_factor * track.mind.trouble.ratio()).min(1.0);
        let moving = 1.0 - stalled - frozen;
        let thawed = frozen * m[Name::ThawChance];
        let stall = moving * m[Name::StallStart] + stalled * m[Name::StallStay];
        track.motion.stalled = stall * (1.0 - freeze);
        track.motion.frozen = frozen - thawed + (moving + stalled) * freeze;
    }

    fn expected_step(&self, track: &Track, step: u32, from: f64) -> f64 {
        let inverse = track.counterpart.inverse_exponent;
        let before = self.pace.conceded(step.saturating_sub(1), inverse);
        let after = self.pace.conceded(step, inverse);
        Pace::share_of_rest(before, after) * (track.mind.aim(&track.counterpart) - from).max(0.0)
    }

    /// Density of a movement, per scale, given that they move.
    fn step_density(&self, track: &Track, from: f64, moved: f64, expected: f64) -> f64 {
        let retract = self.medians[Name::RetractionChance];
        if moved < 0.0 {
            return retract * libm::exp(moved / RETRACTION_SIZE) / RETRACTION_SIZE + BACKGROUND;
        }
        let split = if track.ours.is_some() { track.counterpart.split_chance * (1.0 - retract) } else { 0.0 };
        let middle = track.ours.map_or(0.0, |ours| {
            let z = (from + moved - 0.5 * (from + ours)) / MIDPOINT_SPREAD;
            if z.abs() > 6.0 {
                0.0
            } else {
                libm::exp(-0.5 * z * z) / (MIDPOINT_SPREAD * (2.0 * std::f64::consts::PI).sqrt())
            }
        });
        let step = if expected > 1e-6 { gamma_density(moved / expected) / expected } else { 0.0 };
        split * middle + (1.0 - retract - split) * step + BACKGROUND
    }

    /// They did not take our ask: the less likely, the nearer it was to their own next offer.
    fn refusal(&self, track: &Track, their_next: f64) -> f64 {
        let Some(ask) = track.ours else { return 0.0 };
        if ask > track.mind.authority {
            return 0.0;
        }
        let odds = (ask - their_next) / self.medians[Name::AcceptanceNoise];
        -libm::log1p(libm::exp(-odds.clamp(-40.0, 40.0)))
    }

    fn proposal(&self, track: &mut Track, answer: Answer, time: f64) -> f64 {
        let m = &self.medians;
        let from = track.offer.unwrap_or(track.counterpart.opening);
        let gap = track.ours.unwrap_or(1.0) - from;
        let unlock = proposal::unlock_chance(m, gap, track.counterpart.escalation_cost);
        let backlash = proposal::backlash_chance(m, time);
        let accept = m[Name::ProposalAccepted];
        let rest = 1.0 - unlock;
        let (chance, limit) = (&mut track.mind, track.counterpart.limit);
        match answer {
            Answer::Unlocked => {
                chance.authority = limit;
                chance.kept *= m[Name::UnlockedKeptFactor];
                track.motion.frozen = 0.0;
                libm::log(unlock)
            }
            Answer::Accepted => {
                chance.authority = limit;
                chance.shield = 0.0;
                track.motion.frozen = 0.0;
                libm::log(rest * (1.0 - backlash) * accept)
            }
            Answer::Backlash => {
                track.motion.frozen = 1.0;
                track.motion.stalled = 0.0;
                libm::log(rest * backlash)
            }
            _ => libm::log(rest * (1.0 - backlash) * (1.0 - accept)),
        }
    }
}

/// Density of the multiplier of a step: gamma with mean 1 and shape 3, as drawn in simulation.
fn gamma_density(ratio: f64) -> f64 {
    13.5 * ratio * ratio * libm::exp(-3.0 * ratio)
}

/// Chance before the record that their limit lies below `amount`, by bisection on the quantile function; at most
/// 1 - 1e-6, so that a record beyond all that was thought possible can still be carried on with.
fn probability_below(prior: &Prior, amount: f64) -> f64 {
    let limit = prior.distribution(Name::CounterpartLimit);
    if limit.is_fixed() || amount == f64::NEG_INFINITY {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0 - 1e-6);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if limit.at_probability(f64::max(middle, 1e-12)) < amount { low = middle } else { high = middle }
    }
    low
}

/// The causes in the order in which they are reported.
pub(crate) const CAUSES: [Cause; 4] =
    [Cause::HoldingOut, Cause::OutOfAuthority, Cause::AtTheirLimit, Cause::Relationship];
