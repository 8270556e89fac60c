//! How a path ended, and what that is worth.

use terms::Mechanism;

use crate::assumption::Name;
use crate::future;

use super::{State, Switches, World};

/// The end of a path. Amounts are shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Outcome {
    /// The amount agreed, before what the boss wins or gives away.
    pub amount: Option<f64>,
    /// The least we might have accepted.
    floor: f64,
    /// The most they might have given.
    room: f64,
    /// Rounds played.
    pub rounds: u32,
    /// Our boss was in the room, without theirs.
    boss_alone: bool,
    /// Our boss was in the room.
    pub boss_in: bool,
    /// Rounds played when our boss came in on this path.
    pub boss_came_after: Option<u32>,
    /// Share of the first gap that was left when our boss came.
    left: f64,
    cost: f64,
    precedent: f64,
    trouble: f64,
}

impl Outcome {
    /// A deal at `amount`, pulled to within `floor`, the least that we take, and the most that they may give; none
    /// where these leave no room.
    pub fn deal(state: &State, world: &World, floor: f64, amount: f64) -> Self {
        let room = state.mind.authority.min(world.counterpart.limit);
        let amount = (floor <= room).then(|| amount.clamp(floor, room));
        Self { amount, floor, room, ..Self::none(state) }
    }

    /// No deal.
    pub fn none(state: &State) -> Self {
        Self {
            amount: None,
            floor: state.floor,
            room: state.floor,
            rounds: state.rounds,
            boss_alone: state.boss_in && !state.both_in,
            boss_in: state.boss_in || state.boss_came,
            boss_came_after: state.boss_came.then_some(state.boss_came_after),
            left: state.left_when_boss_came,
            cost: state.cost,
            precedent: state.precedent,
            trouble: state.mind.trouble.shift_of_room(),
        }
    }

    /// The amount agreed in the end: within the least we might accept and the most they might give.
    pub fn settlement(&self, world: &World, switches: Switches) -> Option<f64> {
        let amount = self.amount?;
        if !self.boss_alone {
            return Some(amount);
        }
        let part = |mechanism, name| if switches.contains(mechanism) { world.values[name] } else { 0.0 };
        // To give away takes one sentence, however late; to win takes something left to win.
        let won = part(Mechanism::Skill, Name::BossSkill) * self.in_time(world);
        let share = won - part(Mechanism::Giveaway, Name::Giveaway);
        Some((amount + share * (self.room - amount)).clamp(self.floor, self.room))
    }

    /// What coming when they did leaves of what our boss wins.
    fn in_time(&self, world: &World) -> f64 {
        1.0 - world.values[Name::SkillNeedsTime] * (1.0 - self.left)
    }

    /// What the path was worth to us, beyond walking away.
    pub fn value(&self, world: &World, switches: Switches) -> f64 {
        let values = &world.values;
        let on = |mechanism| switches.contains(mechanism);
        let mut value = 0.0;
        if let Some(settlement) = self.settlement(world, switches) {
            value += settlement - world.walk_away;
            if self.boss_alone && on(Mechanism::CrossDeal) {
                let gain = values[Name::CrossDealGain] * future::weight_of_later_deals(values);
                value += gain * self.in_time(world);
            }
            if on(Mechanism::Trouble) {
                value -= values[Name::JointGainsAtRisk] * self.trouble;
            }
        }
        if on(Mechanism::TimeAndCost) {
            value -= self.cost + values[Name::DelayCostPerRound] * f64::from(self.rounds);
        }
        if on(Mechanism::Precedent) {
            value -= self.precedent * world.precedent_loss;
        }
        value
    }
}
