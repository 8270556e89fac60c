//! One simulated continuation of a negotiation, from where the record leaves it to its end.
//!
//! [`run`] is the whole of it: round by round, first our half, then theirs. All plans run on the same [`Luck`],
//! so that they differ only by what they do.

use terms::{Mechanism, Pace};

use crate::assumption::Name;
use crate::counterpart::importance_ratio;
use crate::plan::{Diagnosis, Observation, Part, Policy};
use crate::proposal;
use crate::record::{NO_MOVEMENT, share_left};
use crate::walk::Walk;

mod luck;
mod outcome;
mod private;
mod stage;
mod state;
mod switches;
mod trunk;
mod world;

pub(crate) use luck::Luck;
pub(crate) use outcome::Outcome;
use private::Approval;
pub(crate) use stage::Stage;
pub(crate) use state::State;
pub(crate) use switches::Switches;
pub(crate) use trunk::{Scene, Trunk};
#[cfg(test)]
pub(crate) use world::UNSETTLED_AT_LAST;
pub(crate) use world::World;

/// Runs one continuation under `policy`. `watch` sees the state after each of our looks, before we act.
pub(crate) fn run(
    stage: &Stage,
    world: &World,
    luck: &mut Luck,
    policy: &Policy,
    rules: Rules<'_>,
    watch: impl FnMut(&State, &Observation<'_>),
) -> Outcome {
    let mut path = Path { stage, world, rules, state: State::at(stage, world, luck) };
    start(&mut path, policy).unwrap_or_else(|| path.play(stage.first_step(), policy, luck, watch))
}

/// What a policy does before anything else; its outcome, where that is the end.
fn start(path: &mut Path<'_>, policy: &Policy) -> Option<Outcome> {
    if policy.spares_leave {
        path.state.floor = path.state.floor.max(path.world.floor);
    }
    if policy.hand_back {
        path.state.boss_in = false;
        path.state.both_in = false;
    }
    let accepts = policy.accept_now && path.stage.theirs_on_table && path.state.theirs >= path.floor();
    accepts.then(|| path.settle(path.state.theirs))
}

/// What is the same for all paths of one comparison.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules<'a> {
    /// Mechanisms in force; all of them, but for the ledger.
    pub switches: Switches,
    /// What sights have meant, for plans that go by a cause.
    pub diagnosis: Option<&'a Diagnosis>,
}

impl Rules<'_> {
    /// Everything in force, nothing diagnosed.
    pub const ALL: Self = Rules { switches: Switches::ALL, diagnosis: None };
}

struct Path<'a> {
    stage: &'a Stage,
    world: &'a World,
    rules: Rules<'a>,
    state: State,
}

impl<'a> Path<'a> {
    /// Plays from `first` to the end.
    fn play(
        mut self,
        first: u32,
        policy: &Policy,
        luck: &mut Luck,
        mut watch: impl FnMut(&State, &Observation<'_>),
    ) -> Outcome {
        for step in first..self.stage.steps_total {
            let reply_only = step < self.stage.steps_done;
            if !reply_only {
                let seen = self.look(step);
                watch(&self.state, &seen);
                let stays = !self.act(policy, luck, step, &seen);
                let settles = stays && policy.has(Part::Approval) && self.settles_subject(policy, &seen);
                let answer = if settles { self.settle_subject(luck, step) } else { Approval::NOT_ASKED };
                if let Some(end) = answer.deal.or_else(|| self.our_half(policy, step)) {
                    return end;
                }
                if answer.late {
                    continue;
                }
            }
            if let Some(end) = self.their_half(luck, step) {
                return end;
            }
            self.state.rounds += u32::from(!reply_only);
        }
        self.last_word(luck)
    }

    fn look(&self, step: u32) -> Observation<'a> {
        Observation {
            rounds_left: self.stage.steps_total - step,
            stalled_rounds: self.state.stalled_rounds,
            gap: self.state.ours - self.state.theirs,
            acceptable: self.state.theirs >= self.floor(),
            last_concession: self.state.last_concession,
            time: self.stage.time(step),
            diagnosis: self.rules.diagnosis,
        }
    }

    fn boss_may_come(&self, policy: &Policy) -> bool {
        !self.state.boss_in && (self.state.proposed || !policy.boss_last)
    }

    /// Takes whatever rungs the plan says are due, lowest first; whether they saw one of them. A proposal is given its round
    /// before the boss comes.
    fn act(&mut self, policy: &Policy, luck: &Luck, step: u32, seen: &Observation<'_>) -> bool {
        if self.may_ask() && policy.guidance.has_come(seen) {
            self.ask_guidance(luck, step);
        }
        self.hear_guidance(policy.leave, luck, step);
        if self.state.may_propose() && policy.proposal.has_come(seen) {
            self.propose(luck, step);
            return true;
        }
        let comes = self.boss_may_come(policy) && policy.boss.has_come(seen);
        if comes {
            self.bring_boss(luck, step, policy.takes_over);
        }
        comes
    }

    fn propose(&mut self, luck: &Luck, step: u32) {
        self.state.proposed = true;
        let (values, time) = (&self.world.values, self.stage.time(step));
        let gap = self.state.ours - self.state.theirs;
        let unlock = proposal::unlock_chance(values, gap, self.world.counterpart.escalation_cost);
        if luck.unlock < unlock {
            if self.on(Mechanism::Unlock) {
                self.state.mind.authority = self.world.counterpart.limit;
                self.state.mind.kept *= values[Name::UnlockedKeptFactor];
            }
            self.thaw();
        } else if luck.backlash < proposal::backlash_chance(values, time) {
            self.state.frozen |= self.on(Mechanism::Trouble);
        } else if luck.accepted < values[Name::ProposalAccepted] {
            self.both_bosses_meet();
        }
    }

    fn both_bosses_meet(&mut self) {
        self.state.boss_in = true;
        self.state.both_in = true;
        self.enter_room(self.world.values[Name::ProposalPrecedent]);
        if self.on(Mechanism::Unlock) {
            self.state.mind.authority = self.world.counterpart.limit;
        }
        self.thaw();
    }

    fn bring_boss(&mut self, luck: &Luck, step: u32, takes_over: bool) {
        self.state.boss_in = true;
        self.state.left_when_boss_came = share_left(self.state.ours - self.state.theirs, self.world.first_gap);
        self.enter_room(1.0);
        if !self.world.boss_expected {
            self.signal(step, takes_over);
        }
        if self.on(Mechanism::Unlock) && self.world.released_by_boss() {
            self.state.mind.authority = self.world.counterpart.limit;
        }
        if luck.thaw < self.world.values[Name::BossThaws] {
            self.thaw();
        }
    }

    /// What an appearance does whoever else is there: opens our authority, ends the shield, costs time, sets a
    /// precedent.
    fn enter_room(&mut self, precedent: f64) {
        self.state.boss_came = true;
        self.state.boss_came_after = self.state.rounds;
        if self.on(Mechanism::Authority) {
            self.state.floor = self.state.floor.min(self.world.boss_floor);
        }
        if self.on(Mechanism::Commitment) {
            self.state.mind.shield = 0.0;
        }
        self.state.cost += self.world.values[Name::BossTimeCost];
        if !self.world.boss_expected {
            self.state.precedent += precedent;
        }
    }

    fn signal(&mut self, step: u32, takes_over: bool) {
        let counterpart = &self.world.counterpart;
        let impasse = self.state.impasse_noted || self.state.stalled_rounds >= 2;
        if self.on(Mechanism::Importance) {
            let exchanges = self.stage.exchanges(step);
            let ratio = importance_ratio(counterpart.log_importance, exchanges, self.stage.time(step), impasse);
            self.state.mind.importance.update(ratio);
        }
        if self.on(Mechanism::Trouble) {
            self.state.mind.trouble.update(counterpart.trouble_ratio);
            self.state.freeze_chance = self.world.freeze_chance(&self.state.mind);
        }
        if self.on(Mechanism::Ability) {
            let ratio = self.world.values[Name::AbilityRatio];
            // What an approval has told them already is no news.
            let shown = self.state.ability_shown;
            let news = if shown > 0.0 { libm::pow(ratio, 1.0 - shown) } else { ratio };
            self.state.mind.ability.update(if takes_over { ratio * news } else { news });
        }
    }

    fn thaw(&mut self) {
        self.state.frozen &= !self.on(Mechanism::Thaw);
    }

    /// We take their standing offer if it is as good as our next ask, the saved round's delay counted, or as what the
    /// plan takes; else we ask.
    fn our_half(&mut self, policy: &Policy, step: u32) -> Option<Outcome> {
        let settled = self.stage.ask_settled(step);
        let next = settled.unwrap_or_else(|| self.next_ask(policy.pace, step));
        let theirs = self.state.theirs;
        let enough = policy.accept_at.map_or(next, |enough| enough.min(next));
        if settled.is_none() && theirs >= self.floor() && theirs + self.world.values[Name::DelayCostPerRound] >= enough
        {
            return Some(self.settle(theirs));
        }
        self.state.stood_still = self.state.ours - next < NO_MOVEMENT;
        self.state.ours = next;
        None
    }

    fn next_ask(&self, pace: Pace, step: u32) -> f64 {
        let ours = self.state.ours;
        let way = (ours - self.world.ask_floor).max(0.0);
        ours - step_of_ours(pace, way, self.stage.our_share(step), self.state.last_concession)
    }

    /// They move, or not; they take our ask, or make their next offer. A deal is at the ask that is taken: people hardly
    /// ever settle in between what both were about to say.
    fn their_half(&mut self, luck: &mut Luck, step: u32) -> Option<Outcome> {
        if self.they_leave(luck, step) {
            return Some(Outcome::none(&self.state));
        }
        let turn = luck.turn(step, self.world, &self.stage.walk);
        self.freeze_or_thaw(turn.freeze);
        let waits_for_boss = turn.withhold < self.state.mind.ability.shift();
        let before = self.state.theirs;
        let matches = self.state.stood_still && turn.withhold >= 1.0 - self.world.values[Name::StandstillMatched];
        let next = if self.state.frozen || waits_for_boss || matches { before } else { self.their_next(&turn) };
        if !self.state.frozen && !waits_for_boss {
            let ask = self.state.ours;
            let room = self.state.mind.authority.min(self.world.counterpart.limit);
            if ask <= next {
                return Some(self.settle(ask));
            }
            let dearer = (ask - before) * self.world.per_noise - self.world.near_odds;
            if ask <= room && turn.takes(dearer) {
                return Some(self.settle(ask));
            }
        }
        self.state.note_their_move(next - before, NO_MOVEMENT);
        self.state.theirs = next;
        None
    }

    /// Whether they leave the table in this step or before: those who do, do so in any of the rounds left.
    fn they_leave(&self, luck: &Luck, step: u32) -> bool {
        let (u, chance) = (luck.departure, self.world.leave_chance);
        let rounds = f64::from(self.stage.steps_total - self.stage.first_step());
        u < chance && f64::from(step - self.stage.first_step()) >= (u / chance * rounds).floor()
    }

    fn freeze_or_thaw(&mut self, draw: f64) {
        let values = &self.world.values;
        if self.state.frozen {
            self.state.frozen = draw >= values[Name::ThawChance];
        } else {
            self.state.frozen = draw < self.state.freeze_chance;
        }
    }

    /// Their next offer, if nothing holds them back: a step toward their aim, part of the last one back, or the
    /// difference split. Never beyond their authority, and never back for an aim that has fallen behind.
    fn their_next(&self, turn: &luck::Turn) -> f64 {
        let now = self.state.theirs;
        match turn.kind {
            luck::Move::Stall => now,
            luck::Move::Retract(size) => {
                if self.stage.theirs_binding {
                    now
                } else {
                    now - size
                }
            }
            luck::Move::Split { or_step } => {
                let middle = 0.5 * (now + self.state.ours);
                if middle <= self.state.mind.authority { now.max(middle) } else { self.their_step(or_step) }
            }
            luck::Move::Step(share) => self.their_step(share),
        }
    }

    fn their_step(&self, share: f64) -> f64 {
        let now = self.state.theirs;
        now + share * (self.state.mind.aim(&self.world.counterpart) - now).max(0.0)
    }

    /// The last round is over: we take anything that we may; else they may stretch to our ask.
    fn last_word(&self, luck: &Luck) -> Outcome {
        let state = &self.state;
        if state.theirs >= self.floor() {
            return self.settle(state.theirs);
        }
        let room = state.mind.authority.min(self.world.counterpart.limit);
        let eager = 1.0 + self.world.values[Name::ClosingBonus] * state.mind.importance.shift_of_room();
        if !state.frozen && state.ours <= room && luck.stretch < self.world.stretch_chance * eager {
            return self.settle(state.ours);
        }
        Outcome::none(state)
    }

    fn settle(&self, amount: f64) -> Outcome {
        Outcome::deal(&self.state, self.world, self.floor(), amount)
    }

    /// The least that we take now: what we may, and never less than no deal. What the delay has cost is spent either
    /// way, so that it raises no floor.
    fn floor(&self) -> f64 {
        self.state.floor.max(self.world.walk_away)
    }

    fn on(&self, mechanism: Mechanism) -> bool {
        self.rules.switches.contains(mechanism)
    }
}

/// Whether we would take their standing offer at our next move, but for any rung that is due.
pub(crate) fn would_accept(stage: &Stage, world: &World, luck: &Luck, policy: &Policy) -> bool {
    let mut path = Path { stage, world, rules: Rules::ALL, state: State::at(stage, world, luck) };
    stage.theirs_on_table && path.our_half(policy, stage.steps_done).is_some()
}

/// How far we move at a pace: `way` is left to go, of which `share` is planned for now, and they moved by
/// `their_concession` last.
pub(crate) fn step_of_ours(pace: Pace, way: f64, share: f64, their_concession: f64) -> f64 {
    match pace {
        Pace::AsPlanned => share * way,
        Pace::Faster => share * (2.0 - share) * way,
        Pace::WaitForTheirs => their_concession.clamp(0.0, way),
        Pace::HoldFirm => 0.0,
    }
}

/// Our share of the rest of the way, step by step.
pub(crate) fn our_shares(walk: &Walk, exponent: f64) -> Vec<f64> {
    let conceded = |step| walk.conceded(step, 1.0 / exponent);
    (0..walk.steps()).map(|step| Walk::share_of_rest(conceded(step), conceded(step + 1))).collect()
}
