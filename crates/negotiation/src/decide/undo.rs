//! Taking back what was recorded a moment ago, with all that came of it: one's own slip, before anybody has built on it.

use jiff::SignedDuration;
use jiff::Timestamp;

use super::Desk;
use crate::Version;
use crate::fact::{Entry, Fact};
use crate::party::User;
use crate::rejection::Rejection;
use crate::state::Negotiation;

/// How long an entry can be undone.
pub const UNDONE_WITHIN: SignedDuration = SignedDuration::from_mins(10);

impl Desk<'_> {
    /// Strikes out the entries that one act led to, those of `version` among them.
    pub(super) fn undo(&self, version: Version) -> Result<Vec<Fact>, Rejection> {
        let undone = undoable(self.record, version, self.hand.user, self.stamp.at);
        let told = |one: &Entry| undone.contains(&one.version) && one.fact.is_told();
        if self.record.history.iter().any(told) {
            self.taken_back_by_whom()?;
        }
        if undone.is_empty() {
            return Err(Rejection::NotUndone(version));
        }
        let struck = |version| Fact::Corrected { version, instead: None, reason: "undone".to_owned() };
        Ok(undone.into_iter().map(struck).collect())
    }
}

/// The entries that would be undone with one: all that the same act led to, where `by` recorded them within the last minutes,
/// none of them is struck out, and nobody has acted on an answer among them. Nothing where it can't be undone any more.
pub fn undoable(negotiation: &Negotiation, version: Version, by: &User, at: Timestamp) -> Vec<Version> {
    let history = &negotiation.history;
    let recent = |entry: &&Entry| entry.by == *by && at.duration_since(entry.at) <= UNDONE_WITHIN;
    let Some(entry) = history.iter().find(|entry| entry.version == version).filter(recent) else { return Vec::new() };
    let mut act = negotiation.as_corrected();
    act.retain(|one| one.entry.at == entry.at && one.entry.by == entry.by);
    let settles = |fact: &Fact| matches!(fact, Fact::Agreed { .. }) || fact.is_offer_of(terms::Side::Us);
    let acted_on = act.iter().any(|one| one.entry.fact.gives_leave())
        && history.iter().any(|later| later.version > version && settles(&later.fact) && later.at > entry.at);
    let stand = act.iter().all(|one| one.entry.fact.can_be_undone() && one.says.is_some());
    if acted_on || !stand { Vec::new() } else { act.into_iter().map(|one| one.entry.version).collect() }
}
