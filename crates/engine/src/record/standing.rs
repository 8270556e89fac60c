//! Where the record leaves us: what we see, as against what we infer.

/// What came of asking our boss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Guidance {
    /// Not asked.
    #[default]
    NotAsked,
    /// Asked; the case does not say what came of it.
    Asked,
    /// Granted.
    Granted,
    /// Refused.
    Refused,
}

/// Where the record leaves us: what we see, as against what we infer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Our offer on the table, in shares.
    pub ours: Option<f64>,
    /// Our first offer, in shares.
    pub our_first: Option<f64>,
    /// Their first offer, in shares.
    pub their_first: Option<f64>,
    /// Their offer on the table, in shares.
    pub theirs: Option<f64>,
    /// We did not move in our last offer.
    pub stood_still: bool,
    /// Whether their last offer can't be withdrawn.
    pub theirs_binding: bool,
    /// They have yet to answer our last offer.
    pub reply_pending: bool,
    /// Their last steps without movement.
    pub stalled_rounds: u32,
    /// Size of their last step, in shares.
    pub last_concession: f64,
    /// What came of asking our boss.
    pub guidance: Guidance,
    /// A proposal to take it to both bosses has been made.
    pub proposed: bool,
    /// Our boss is in the room.
    pub boss_in: bool,
    /// Both bosses are in the room.
    pub both_in: bool,
    /// Our boss has been in the room before.
    pub boss_was_in: bool,
    /// Share of the first gap that was left when our boss last came in; the whole before.
    pub left_when_boss_came: f64,
    /// Our boss has taken over.
    pub handed_over: bool,
    /// Somebody said that it is stuck.
    pub impasse_noted: bool,
    /// Somebody said so, and they have not moved since.
    pub impasse_stands: bool,
    /// How often they called for our boss or went to our boss directly.
    pub calls_for_boss: u32,
}

impl Default for Standing {
    /// Before the first entry.
    fn default() -> Self {
        Self {
            ours: None,
            our_first: None,
            their_first: None,
            theirs: None,
            stood_still: false,
            theirs_binding: false,
            reply_pending: false,
            stalled_rounds: 0,
            last_concession: 0.0,
            guidance: Guidance::NotAsked,
            proposed: false,
            boss_in: false,
            both_in: false,
            boss_was_in: false,
            left_when_boss_came: 1.0,
            handed_over: false,
            impasse_noted: false,
            impasse_stands: false,
            calls_for_boss: 0,
        }
    }
}

impl Standing {
    /// Whether something is stuck, as far as can be seen: they have stopped moving, or somebody said so and nothing has
    /// moved since.
    pub fn is_stuck(&self) -> bool {
        self.impasse_stands || (self.theirs.is_some() && self.stalled_rounds > 0)
    }

    /// What the table leaves of the first gap: all of it until both have spoken.
    pub(super) fn share_left(&self) -> f64 {
        let gap = |[ours, theirs]: [Option<f64>; 2]| ours.zip(theirs).map(|(ours, theirs)| ours - theirs);
        match [[self.ours, self.theirs], [self.our_first, self.their_first]].map(gap) {
            [Some(now), Some(first)] => share_left(now, first),
            _ => 1.0,
        }
    }
}

/// Movement under this share of the scale is none.
pub const NO_MOVEMENT: f64 = 0.002;

/// What a gap leaves of the first one, from 0 to 1; all where there was none.
pub fn share_left(gap: f64, first_gap: f64) -> f64 {
    if first_gap > 0.0 { (gap / first_gap).clamp(0.0, 1.0) } else { 1.0 }
}
