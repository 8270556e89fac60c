//! What a negotiator can see at a moment of a negotiation: all that a plan may act on.

use terms::Cause;

use super::Diagnosis;

/// What can be seen before our move. Holds nothing of what the counterpart hides.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Observation<'a> {
    /// Rounds left, this one included.
    pub rounds_left: u32,
    /// Rounds in a row without movement of theirs.
    pub stalled_rounds: u32,
    /// Our ask less their offer, in shares.
    pub gap: f64,
    /// Their offer is one that we may accept.
    pub acceptable: bool,
    /// Size of their last step, in shares.
    pub last_concession: f64,
    /// Share of the steps done.
    pub time: f64,
    /// What such sights have meant, where it has been fitted.
    pub diagnosis: Option<&'a Diagnosis>,
}

impl Observation<'_> {
    /// How likely `cause` is, to go by what can be seen; 0 where nothing has been fitted.
    pub fn chance_of(&self, cause: Cause) -> f64 {
        self.diagnosis.map_or(0.0, |diagnosis| diagnosis.chance_of(cause, self))
    }
}
