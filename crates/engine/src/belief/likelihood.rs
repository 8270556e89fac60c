//! How likely each entry of the record is for one counterpart, and what it does to them.

use terms::Cause;

use crate::assumption::Name;
use crate::case::Answer;
use crate::counterpart::{Counterpart, Mind, Scores, importance_ratio};
use crate::effort;
use crate::people::log_odds;
use crate::prior::{Prior, Values};
use crate::proposal;
use crate::record::{Event, NO_MOVEMENT, Record};
use crate::walk::Walk;

use super::{IMPOSSIBLE, Particle, cause_of, needed};

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
    pub walk: Walk,
    pub(super) medians: Values,
    /// Log-odds that they take an ask that leaves hardly a gap.
    pub(super) near_odds: f64,
    opening: Option<f64>,
    authority_seen: f64,
    /// Chance, before the record, that their limit lies below what they have offered.
    pub limit_floor_probability: f64,
}

/// Chances of what holds their steps back: a stall, a freeze, or both; moving is the rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Motion {
    /// Chance that they have stalled, in a relationship that is not frozen.
    pub stalled: f64,
    /// Chance that the relationship is frozen.
    pub frozen: f64,
    /// The part of it in which they have stalled too, and would not move once it thawed.
    pub frozen_stalled: f64,
    /// What visits have left of the chance of a freeze.
    pub freeze_factor: f64,
}

impl Motion {
    const AT_START: Self = Self { stalled: 0.0, frozen: 0.0, frozen_stalled: 0.0, freeze_factor: 1.0 };

    fn thaw(&mut self, chance: f64) {
        self.stalled += self.frozen_stalled * chance;
        self.frozen *= 1.0 - chance;
        self.frozen_stalled *= 1.0 - chance;
    }

    fn freeze(&mut self) {
        self.frozen_stalled += self.stalled;
        self.stalled = 0.0;
        self.frozen = 1.0;
    }
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
    pub(super) ours: Option<f64>,
    /// We have not moved since their last step.
    pub(super) stood_still: bool,
}

impl Track {
    pub fn particle(&self) -> Particle {
        Particle {
            scores: self.scores,
            counterpart: self.counterpart,
            mind: self.mind,
            motion: self.motion,
            offer: self.offer(),
        }
    }

    /// Their offer on the table, or else where they would open.
    pub fn offer(&self) -> f64 {
        self.offer.unwrap_or(self.counterpart.opening)
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
            walk: Walk::new(record.steps_total),
            opening: offers().next(),
            authority_seen: medians[Name::Authority].max(0.0),
            limit_floor_probability: probability_below(prior, highest),
            near_odds: log_odds(medians[Name::NearAskTaken]),
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
            motion: Motion::AT_START,
            log_likelihood: 0.0,
            offer: None,
            ours: None,
            stood_still: false,
        }
    }

    /// Takes a particle past one entry; returns the log-likelihood of that entry, never below [`IMPOSSIBLE`].
    pub fn advance(&self, track: &mut Track, event: &Event) -> f64 {
        let log = match *event {
            Event::Ours { amount } => {
                track.stood_still &= track.ours.is_some_and(|before| before - amount < NO_MOVEMENT);
                track.ours = Some(amount);
                0.0
            }
            Event::Theirs { step, amount, by_boss } => self.theirs(track, step, amount, by_boss),
            Event::Silence { step } => self.step(track, step, track.offer()),
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
                track.motion.thaw(self.medians[Name::BossThaws]);
                0.0
            }
            Event::Proposal { answer, time } => answer.map_or(0.0, |answer| self.proposal(track, answer, time)),
            Event::ImpasseNoted { opened } => self.impasse_noted(track, opened),
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

    /// One step of theirs, from their offer on the table to `amount`, our ask refused on the way. Frozen, or waiting
    /// for our boss's word, they neither move nor weigh our ask.
    fn step(&self, track: &mut Track, step: u32, amount: f64) -> f64 {
        let from = track.offer();
        let moved = amount - from;
        self.predict_motion(track);
        let moving = 1.0 - track.motion.stalled - track.motion.frozen;
        let way = self.way(track, step, from);
        let waiting = track.mind.ability.shift().clamp(0.0, 1.0);
        let matched = if track.stood_still { self.medians[Name::StandstillMatched].min(1.0 - waiting) } else { 0.0 };
        track.stood_still = track.ours.is_some();
        let refusal = self.refusal_chance(track);
        let steps = (1.0 - waiting - matched) * refusal;
        if moved.abs() < NO_MOVEMENT {
            let still = moving * (waiting + matched * refusal + steps * self.no_step_chance(track, from, way));
            let stalled = track.motion.stalled * (waiting + (1.0 - waiting) * refusal);
            let chance = still + stalled + track.motion.frozen;
            track.motion.stalled = stalled / chance;
            track.motion.frozen /= chance;
            track.motion.frozen_stalled /= chance;
            libm::log(chance.max(1e-30))
        } else {
            track.motion = Motion { freeze_factor: track.motion.freeze_factor, ..Motion::AT_START };
            let chance = moving * steps * self.step_density(track, from, moved, way);
            libm::log(chance + BACKGROUND * refusal)
        }
    }

    /// One round on: the chain of moving and stalled runs whether or not the relationship is frozen.
    pub(super) fn predict_motion(&self, track: &mut Track) {
        let m = &self.medians;
        let Motion { stalled, frozen, frozen_stalled, freeze_factor } = track.motion;
        let freeze = (m[Name::FreezeChance] * freeze_factor * track.mind.trouble.ratio()).min(1.0);
        let thaw = m[Name::ThawChance];
        let own = &track.counterpart;
        let stall = |stalled: f64, moving: f64| stalled * own.stall_stay + moving * own.stall_start;
        let free = stall(stalled, 1.0 - stalled - frozen);
        let held = stall(frozen_stalled, frozen - frozen_stalled);
        track.motion.stalled = free * (1.0 - freeze) + held * thaw;
        track.motion.frozen = frozen * (1.0 - thaw) + (1.0 - frozen) * freeze;
        track.motion.frozen_stalled = held * (1.0 - thaw) + free * freeze;
    }

    /// The way still before them, and the share of it that an even walk makes in this step.
    pub(super) fn way(&self, track: &Track, step: u32, from: f64) -> Way {
        let inverse = track.counterpart.inverse_exponent;
        let before = self.walk.conceded(step.saturating_sub(1), inverse);
        let after = self.walk.conceded(step, inverse);
        let length = (track.mind.aim(&track.counterpart) - from).max(0.0);
        Way { length, log_rest: libm::log(1.0 - Walk::share_of_rest(before, after)) }
    }

    /// Chance of a step too small to tell, given that they move.
    fn no_step_chance(&self, track: &Track, from: f64, way: Way) -> f64 {
        let retract = self.medians[Name::RetractionChance];
        let split = self.split_chance(track, from);
        (1.0 - retract - split) * way.chance_below(NO_MOVEMENT)
            + retract * effort::chance_below(NO_MOVEMENT / RETRACTION_SIZE, effort::SHAPE)
    }

    /// Density of a movement, per scale, given that they move.
    fn step_density(&self, track: &Track, from: f64, moved: f64, way: Way) -> f64 {
        let retract = self.medians[Name::RetractionChance];
        if moved < 0.0 {
            return retract * effort::density(-moved / RETRACTION_SIZE, effort::SHAPE) / RETRACTION_SIZE;
        }
        let split = self.split_chance(track, from);
        let middle = track.ours.map_or(0.0, |ours| {
            let z = (from + moved - 0.5 * (from + ours)) / MIDPOINT_SPREAD;
            if z.abs() > 6.0 {
                0.0
            } else {
                libm::exp(-0.5 * z * z) / (MIDPOINT_SPREAD * (2.0 * std::f64::consts::PI).sqrt())
            }
        });
        split * middle + (1.0 - retract - split) * way.density(moved)
    }

    /// Chance that they split the difference, given that they move: none where they may not go so far.
    pub(super) fn split_chance(&self, track: &Track, from: f64) -> f64 {
        let reach = track.ours.is_some_and(|ours| 0.5 * (from + ours) <= track.mind.authority);
        let retract = self.medians[Name::RetractionChance];
        if reach { track.counterpart.split_chance * (1.0 - retract) } else { 0.0 }
    }

    /// That it is stuck is said for certain where something is in the way, and the less often where nothing is.
    fn impasse_noted(&self, track: &mut Track, opened: bool) -> f64 {
        let mistaken = 1.0 / self.medians[Name::ImpasseNotedRatio];
        let needed = needed(&self.medians, opened, track.ours);
        let stuck = cause_of(&track.counterpart, &track.mind, false, needed).is_some();
        let unfrozen = if stuck { 1.0 } else { mistaken };
        let motion = &mut track.motion;
        let chance = motion.frozen + (1.0 - motion.frozen) * unfrozen;
        motion.stalled *= unfrozen / chance;
        motion.frozen /= chance;
        motion.frozen_stalled /= chance;
        libm::log(chance)
    }

    fn proposal(&self, track: &mut Track, answer: Answer, time: f64) -> f64 {
        let m = &self.medians;
        let from = track.offer();
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
                track.motion.thaw(1.0);
                libm::log(unlock)
            }
            Answer::Accepted => {
                chance.authority = limit;
                chance.shield = 0.0;
                track.motion.thaw(1.0);
                libm::log(rest * (1.0 - backlash) * accept)
            }
            Answer::Backlash => {
                track.motion.freeze();
                libm::log(rest * backlash)
            }
            _ => libm::log(rest * (1.0 - backlash) * (1.0 - accept)),
        }
    }
}

/// What lies before them in one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// From their offer to their aim.
    pub length: f64,
    /// Logarithm of the share of it that an even walk leaves; minus infinity in the last step.
    pub log_rest: f64,
}

impl Way {
    /// The effort that takes them so far; infinite at the end of the way.
    fn effort(self, moved: f64) -> f64 {
        if moved >= self.length { f64::INFINITY } else { libm::log1p(-moved / self.length) / self.log_rest }
    }

    /// Density of a movement, per scale.
    fn density(self, moved: f64) -> f64 {
        let effort = self.effort(moved);
        if effort.is_infinite() || self.log_rest.is_infinite() || self.log_rest == 0.0 {
            return 0.0;
        }
        effort::density(effort, effort::SHAPE) / ((self.length - moved) * -self.log_rest)
    }

    /// Chance of a movement shorter than `bound`.
    fn chance_below(self, bound: f64) -> f64 {
        // So early in a long wait that the step due is none at all.
        if self.length <= bound || self.log_rest == 0.0 {
            1.0
        } else if self.log_rest.is_infinite() {
            0.0
        } else {
            effort::chance_below(self.effort(bound), effort::SHAPE)
        }
    }
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
