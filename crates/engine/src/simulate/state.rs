//! Where a simulated negotiation stands.

use crate::counterpart::Mind;
use crate::record::Guidance;

use super::{Luck, Stage, World};
use crate::assumption::Name;

/// Where a path stands. Amounts are shares.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    /// Our ask on the table.
    pub ours: f64,
    /// Their offer on the table.
    pub theirs: f64,
    /// The least we may accept now.
    pub floor: f64,
    /// What they have in mind.
    pub mind: Mind,
    /// The relationship is frozen.
    pub frozen: bool,
    /// Chance a round that it freezes.
    pub freeze_chance: f64,
    /// We did not move in our last ask.
    pub stood_still: bool,
    /// Rounds in a row without movement of theirs.
    pub stalled_rounds: u32,
    /// Size of their last step.
    pub last_concession: f64,
    /// Somebody has said that it is stuck.
    pub impasse_noted: bool,
    /// What came of asking our boss.
    pub guidance: Guidance,
    /// The step at which our boss's answer is due.
    pub answer_due: u32,
    /// An offer of theirs has been taken subject to our boss's approval.
    pub approval_asked: bool,
    /// Share of what a boss in the room says of our ability that they have been shown.
    pub ability_shown: f64,
    /// Both bosses have been proposed.
    pub proposed: bool,
    /// Our boss is in the room.
    pub boss_in: bool,
    /// With theirs.
    pub both_in: bool,
    /// Our boss came in on this path.
    pub boss_came: bool,
    /// Rounds played when our boss came.
    pub boss_came_after: u32,
    /// Share of the first gap that was left when our boss came.
    pub left_when_boss_came: f64,
    /// Cost of acts.
    pub cost: f64,
    /// Weight of the precedents set.
    pub precedent: f64,
    /// Rounds played.
    pub rounds: u32,
}

impl State {
    /// Where the record leaves a path.
    pub fn at(stage: &Stage, world: &World, luck: &Luck) -> Self {
        let opened = stage.floor_was_opened(world, luck);
        Self {
            ours: world.ours,
            theirs: world.theirs,
            floor: stage.by_leave(if opened { world.floor.min(world.boss_floor) } else { world.floor }, world),
            mind: world.mind,
            frozen: luck.initial_motion >= 1.0 - world.motion.frozen,
            freeze_chance: world.freeze_chance(&world.mind),
            stood_still: stage.stood_still,
            stalled_rounds: stage.stalled_rounds,
            last_concession: stage.last_concession,
            impasse_noted: stage.impasse_noted,
            guidance: match stage.guidance {
                Guidance::Asked if luck.guidance_grant < world.values[Name::GuidanceGranted] => Guidance::Granted,
                Guidance::Asked => Guidance::Refused,
                known => known,
            },
            answer_due: 0,
            approval_asked: false,
            ability_shown: 0.0,
            proposed: stage.proposed,
            boss_in: stage.boss_in,
            both_in: stage.both_in,
            boss_came: false,
            boss_came_after: 0,
            left_when_boss_came: stage.left_when_boss_came,
            cost: 0.0,
            precedent: 0.0,
            rounds: 0,
        }
    }

    /// A proposal is open to us once, and not with the boss in the room.
    pub fn may_propose(&self) -> bool {
        !self.proposed && !self.boss_in
    }

    /// Takes note of how far they moved.
    pub fn note_their_move(&mut self, moved: f64, none: f64) {
        self.last_concession = moved;
        self.stalled_rounds = if moved < none { self.stalled_rounds + 1 } else { 0 };
    }
}
