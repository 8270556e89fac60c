//! Who may do what goes further than others of its kind: by their part, by what they came in with, and as things stand. Judged by
//! [`access`](crate::access), as everything is.

use super::Desk;
use crate::access::{Act, Denied, Standing, judged};
use crate::party::User;
use crate::rejection::Rejection;
use crate::state::Negotiation;

impl Desk<'_> {
    /// That whoever acts may do this too, as far as their part and what they came in with reach.
    pub(super) fn may(&self, act: Act, what: &'static str) -> Result<(), Rejection> {
        self.judged(self.negotiation, act).map_err(|denied| denied_as(denied, what))
    }

    pub(super) fn judged(&self, negotiation: &Negotiation, act: Act) -> Result<(), Denied> {
        judged(Standing::of(negotiation, self.hand.user), self.hand.scopes, act)
    }

    pub(super) fn boss_lets_bosses_go(&self, user: &User) -> Result<(), Rejection> {
        if self.negotiation.is_boss(user) { self.may(Act::NameBoss, "changing a boss's part") } else { Ok(()) }
    }

    /// What a boss said is recorded by the negotiator only where no boss takes part: else they answer for themselves.
    pub(super) fn may_be_told(&self, told: bool) -> Result<(), Rejection> {
        match (told, self.record.has_boss()) {
            (false, _) => Ok(()),
            (true, true) => Err(Rejection::BossAlone("answering where they take part")),
            (true, false) => self.may_now(Act::Tell, "writing down what the boss said"),
        }
    }

    /// Once a boss takes part, what they are said to have said is theirs to take back.
    pub(super) fn taken_back_by_whom(&self) -> Result<(), Rejection> {
        self.may_now(Act::Tell, "taking back what the boss is said to have said")
    }

    /// The same of how the record stands, whatever day it is put on.
    pub(super) fn may_now(&self, act: Act, what: &'static str) -> Result<(), Rejection> {
        self.judged(self.record, act).map_err(|denied| denied_as(denied, what))
    }
}

/// Why a wish that goes further than others of its kind is not granted.
pub(super) fn denied_as(denied: Denied, what: &'static str) -> Rejection {
    match denied {
        Denied::Reach(scope) => Rejection::OutOfReach { what, scope },
        Denied::Part | Denied::Outside => Rejection::BossAlone(what),
    }
}
