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
        let undone = undoable(self.record, version, self.by, self.stamp.at);
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
    let Some(entry) = negotiation.history.iter().find(|entry| entry.version == version) else { return Vec::new() };
    let same = |other: &&Entry| other.at == entry.at && other.by == entry.by;
    let act: Vec<&Entry> = negotiation.history.iter().filter(same).collect();
    let recent = entry.by == *by && at.duration_since(entry.at) <= UNDONE_WITHIN;
    let stands = |one: &&Entry| negotiation.happenings().iter().any(|happening| happening.version == one.version);
    let settles = |fact: &Fact| matches!(fact, Fact::Agreed { .. }) || fact.is_offer_of(terms::Side::Us);
    let acted_on = act.iter().any(|one| one.fact.gives_leave())
        && negotiation
            .history
            .iter()
            .any(|later| later.version > version && settles(&later.fact) && later.at > entry.at);
    if !recent || acted_on || !act.iter().all(|one| one.fact.can_be_undone()) || !act.iter().all(stands) {
        return Vec::new();
    }
    act.into_iter().map(|one| one.version).collect()
}
