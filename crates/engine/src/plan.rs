//! Plans: policies over the ladder, which see only what a negotiator sees.

use terms::{Cause, PlanId};

mod availability;
mod causes;
mod observation;
mod search;

pub use availability::unavailable_because;
pub(crate) use causes::Diagnosis;
pub(crate) use observation::Observation;
pub(crate) use search::{Chosen, choose};

/// When to take a rung.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum When {
    /// Not at all.
    #[default]
    Never,
    /// At our next move.
    Now,
    /// When it looks like an impasse.
    AtImpasse(Impasse),
    /// When this cause has become at least so likely, to go by what can be seen, and they have stalled.
    Diagnosed(Cause, f64),
}

/// What is taken for an impasse: they have stalled for so long, or so few rounds are left; and the gap is small
/// enough for the rung to close it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Impasse {
    /// Rounds in a row without movement of theirs.
    pub stalled_rounds: u32,
    /// Or this many rounds left, whatever they do.
    pub last_rounds: u32,
    /// Gap between the offers, in shares of the scale, beyond which the rung is left alone.
    pub gap_at_most: f64,
    /// Only while their offer is short of what we may accept.
    pub only_if_short: bool,
}

/// A plan: when to take which rung.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Policy {
    /// Take their standing offer at once.
    pub accept_now: bool,
    /// Hand the channel back to the negotiator at once, where our boss is in the room.
    pub hand_back: bool,
    /// Ask our boss in private.
    pub guidance: When,
    /// Propose to take it to both bosses.
    pub proposal: When,
    /// Our boss joins.
    pub boss: When,
    /// The boss, joining, takes over.
    pub takes_over: bool,
    /// The boss comes only once both bosses have been proposed.
    pub boss_last: bool,
}

impl When {
    /// An impasse of two rounds or more, whatever the gap and whatever they offer.
    fn is_plain_impasse(&self) -> bool {
        matches!(self, Self::AtImpasse(impasse) if impasse.stalled_rounds > 1 && impasse.gap_at_most.is_infinite() && !impasse.only_if_short)
    }

    /// Whether the moment has come.
    #[inline]
    pub(crate) fn has_come(&self, seen: &Observation<'_>) -> bool {
        match *self {
            Self::Never => false,
            Self::Now => true,
            Self::AtImpasse(impasse) => {
                (seen.stalled_rounds >= impasse.stalled_rounds || seen.rounds_left <= impasse.last_rounds)
                    && seen.gap <= impasse.gap_at_most
                    && !(impasse.only_if_short && seen.acceptable)
            }
            Self::Diagnosed(cause, at_least) => seen.stalled_rounds > 0 && seen.chance_of(cause) >= at_least,
        }
    }
}

impl Policy {
    /// The shape of a named plan, with `impasse` wherever one is waited for; `None` for plans that are no path
    /// over the ladder.
    pub(crate) fn named(plan: PlanId, guidance: When, proposal: When, boss: When) -> Option<Self> {
        let own_level = Self::default();
        Some(match plan {
            PlanId::WalkAway | PlanId::BestFound => return None,
            PlanId::OwnLevel => own_level,
            PlanId::Guidance => Self { guidance, ..own_level },
            PlanId::BothBosses => Self { guidance, proposal, ..own_level },
            PlanId::Ladder => Self { guidance, proposal, boss, boss_last: true, ..own_level },
            PlanId::BossAtImpasse => Self { guidance, boss, ..own_level },
            PlanId::BossAtOutset => Self { boss: When::Now, ..own_level },
            PlanId::HandOver => Self { boss: When::Now, takes_over: true, ..own_level },
        })
    }

    /// The named plan that goes by the same rungs, whenever it takes them.
    pub(crate) fn rungs(&self) -> PlanId {
        let [asks, proposes] = [self.guidance, self.proposal].map(|when| when != When::Never);
        match self.boss {
            _ if self.accept_now => PlanId::OwnLevel,
            When::Now if !self.boss_last && self.takes_over => PlanId::HandOver,
            When::Now if !self.boss_last => PlanId::BossAtOutset,
            When::Never if proposes => PlanId::BothBosses,
            When::Never if asks => PlanId::Guidance,
            When::Never => PlanId::OwnLevel,
            _ if proposes => PlanId::Ladder,
            _ => PlanId::BossAtImpasse,
        }
    }

    /// Whether our boss may end up in the room.
    pub(crate) fn may_bring_boss(&self) -> bool {
        self.boss != When::Never || self.proposal != When::Never
    }
}
