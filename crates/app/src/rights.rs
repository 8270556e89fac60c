//! What somebody may do in a negotiation: as far as their part in it and what they came in with both reach. The one place
//! where that is judged.

use negotiation::Negotiation;
use negotiation::access::{Act, allows, within};
use negotiation::party::{Part, Participant};
use store::Listed;
use terms::Scope;

use crate::accounts::Principal;

/// The rights of somebody in a negotiation; none where they take no part in it.
#[derive(Clone, Debug)]
pub struct Rights {
    participant: Option<Participant>,
    scopes: Vec<Scope>,
}

impl Rights {
    /// What `who` may do in a negotiation.
    pub fn of(negotiation: &Negotiation, who: &Principal) -> Self {
        Self { participant: negotiation.participants.get(&who.user).cloned(), scopes: who.scopes.clone() }
    }

    /// Whether they take part at all.
    pub fn takes_part(&self) -> bool {
        self.participant.is_some()
    }

    /// Whether they may do this.
    pub fn may(&self, act: Act) -> bool {
        let part = self.participant.as_ref().is_some_and(|one| allows(one.part, one.privy, act));
        part && within(&self.scopes, act)
    }

    /// Whether they take part as a boss.
    pub fn is_boss(&self) -> bool {
        self.participant.as_ref().is_some_and(|one| one.part == Part::Boss)
    }
}

/// Whether somebody takes part in a negotiation that is listed as a boss.
pub fn is_boss_of(one: &Listed, who: &Principal) -> bool {
    one.summary.participants.iter().any(|one| one.user == who.user && one.part == Part::Boss)
}

/// Whether somebody sees all of a negotiation that is listed.
pub(crate) fn sees_all(one: &Listed, who: &Principal) -> bool {
    one.summary.participants.iter().any(|one| one.user == who.user && one.sees_privileged())
}
