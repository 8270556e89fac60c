//! What somebody may do in a negotiation: as far as their part in it and what they came in with both reach, as
//! [`negotiation::access::judged`] says.

use negotiation::Negotiation;
use negotiation::access::{Act, Denied, Standing, judged};
use negotiation::party::Part;
use store::Listed;
use terms::Scope;

use crate::accounts::Principal;

/// The rights of somebody in a negotiation; none where they take no part in it.
#[derive(Clone, Debug)]
pub struct Rights {
    standing: Standing,
    scopes: Vec<Scope>,
}

impl Rights {
    /// What `who` may do in a negotiation.
    pub fn of(negotiation: &Negotiation, who: &Principal) -> Self {
        Self { standing: Standing::of(negotiation, &who.user), scopes: who.scopes.clone() }
    }

    /// That they may do this, or why not.
    pub fn judged(&self, act: Act) -> Result<(), Denied> {
        judged(self.standing, &self.scopes, act)
    }

    /// Whether they may do this.
    pub fn may(&self, act: Act) -> bool {
        self.judged(act).is_ok()
    }

    /// Whether they take part as a boss.
    pub fn is_boss(&self) -> bool {
        self.standing.part == Some(Part::Boss)
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
