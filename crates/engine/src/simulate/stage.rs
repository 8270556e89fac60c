//! What is the same on every path of a case: how long there is, and what has been done.

use crate::assumption::Name;
use crate::prior::Values;
use crate::record::{Guidance, Record};
use crate::walk::Walk;

use super::{Luck, World, our_shares};

/// The stage on which all paths of a case play.
#[derive(Clone, Debug)]
pub(crate) struct Stage {
    /// Steps of concession done.
    pub steps_done: u32,
    /// Steps in all.
    pub steps_total: u32,
    /// One step as a share of them all.
    per_step: f64,
    /// Rounds begun.
    rounds_begun: u32,
    /// How they walk their way over time.
    pub walk: Walk,
    our_shares: Vec<f64>,
    /// Our last offer.
    pub ours: Option<f64>,
    /// Our first offer.
    pub our_first: Option<f64>,
    /// They have made an offer.
    pub theirs_on_table: bool,
    /// Their offer can't be withdrawn.
    pub theirs_binding: bool,
    /// They have yet to answer our last offer.
    pub reply_pending: bool,
    /// We did not move in our last offer.
    pub stood_still: bool,
    /// Their last steps without movement.
    pub stalled_rounds: u32,
    /// Size of their last step.
    pub last_concession: f64,
    /// Somebody has said that it is stuck.
    pub impasse_noted: bool,
    /// How far our boss lets us go, in private, beyond what we may do unasked; in shares.
    pub leave: Option<f64>,
    /// What came of asking our boss.
    pub guidance: Guidance,
    /// Both bosses have been proposed.
    pub proposed: bool,
    /// Our boss is in the room.
    pub boss_in: bool,
    /// With theirs.
    pub both_in: bool,
    /// Our boss has been in the room.
    pub boss_was_in: bool,
    /// Share of the first gap that was left when our boss last came in.
    pub left_when_boss_came: f64,
    /// Our boss has taken over.
    pub handed_over: bool,
    /// What we ask at our next move, whatever the plan says, rather than take what they offer; in shares.
    pub next_ask: Option<f64>,
}

impl Stage {
    /// The stage as the record leaves it.
    pub fn of(record: &Record, medians: &Values, leave: Option<f64>) -> Self {
        let standing = record.standing;
        let walk = Walk::new(record.steps_total);
        Self {
            steps_done: record.steps_done,
            steps_total: record.steps_total,
            per_step: 1.0 / f64::from(record.steps_total),
            rounds_begun: record.rounds_begun,
            our_shares: our_shares(&walk, medians[Name::OurConcessionExponent]),
            walk,
            ours: standing.ours,
            our_first: standing.our_first,
            theirs_on_table: standing.theirs.is_some(),
            theirs_binding: standing.theirs_binding,
            reply_pending: standing.reply_pending,
            stood_still: standing.stood_still,
            stalled_rounds: if standing.impasse_stands {
                standing.stalled_rounds.max(2)
            } else {
                standing.stalled_rounds
            },
            last_concession: standing.last_concession,
            impasse_noted: standing.impasse_noted,
            leave,
            guidance: standing.guidance,
            proposed: standing.proposed,
            boss_in: standing.boss_in,
            both_in: standing.both_in,
            boss_was_in: standing.boss_was_in,
            left_when_boss_came: standing.left_when_boss_came,
            handed_over: standing.handed_over,
            next_ask: None,
        }
    }

    /// The same where our boss lets us go as far as `limit`, in private.
    pub fn with_leave(&self, limit: f64) -> Self {
        Self { leave: Some(limit), ..self.clone() }
    }

    /// The same where our next ask is settled.
    pub fn with_next_ask(&self, ask: f64) -> Self {
        Self { next_ask: Some(ask), ..self.clone() }
    }

    /// What we ask in `step`, where that is settled.
    pub fn ask_settled(&self, step: u32) -> Option<f64> {
        self.next_ask.filter(|_| step == self.steps_done)
    }

    /// The least we may accept by leave, where it is lower than `floor`; it is for accepting, not for asking.
    pub fn by_leave(&self, floor: f64, world: &World) -> f64 {
        self.leave.map_or(floor, |leave| floor.min(leave.max(world.walk_away)))
    }

    /// Share of the steps done before `step`.
    pub fn time(&self, step: u32) -> f64 {
        f64::from(step) * self.per_step
    }

    /// Our share of the rest of our way in `step`.
    pub fn our_share(&self, step: u32) -> f64 {
        self.our_shares[step as usize]
    }

    /// Exchanges made before our move in `step`.
    pub fn exchanges(&self, step: u32) -> u32 {
        self.rounds_begun + (step - self.steps_done)
    }

    /// The first step whose luck is drawn.
    pub fn first_step(&self) -> u32 {
        self.steps_done - u32::from(self.reply_pending)
    }

    /// Rounds from now to the end.
    pub fn rounds_left(&self) -> u32 {
        self.steps_total - self.steps_done
    }

    /// Whether what our boss allows is already ours: by guidance granted, or because the boss has been in.
    pub fn floor_was_opened(&self, world: &World, luck: &Luck) -> bool {
        self.boss_was_in
            || match self.guidance {
                // Where it is known how far, that is how far.
                Guidance::Granted => self.leave.is_none(),
                Guidance::Asked => luck.guidance_grant < world.values[Name::GuidanceGranted],
                Guidance::NotAsked | Guidance::Refused => false,
            }
    }
}
