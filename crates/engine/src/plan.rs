//! Plans: policies over the ladder, which see only what a negotiator sees.

use terms::{Cause, LeaveAsked, Pace, PlanId};

mod availability;
mod causes;
mod heat;
mod observation;
mod options;
mod search;

pub use availability::unavailable_because;
pub(crate) use causes::{Diagnosis, diagnose};
pub(crate) use observation::Observation;
pub(crate) use search::{Chosen, Effort, Repertoire, Tuned, choose};

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

impl Impasse {
    /// Rounds in a row that never come: no stall is taken for an impasse, only that it gets late.
    pub const NO_STALL: u32 = u32::MAX;
}

/// How far our boss is asked to let us go.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Leave {
    /// As far as our boss would go.
    #[default]
    Whole,
    /// This share of the way there, over 0 and under 1.
    Part(f64),
    /// All the way, if they take a condition.
    OnCondition,
}

impl Leave {
    /// Its word.
    pub(crate) fn asked(self) -> LeaveAsked {
        match self {
            Self::Whole => LeaveAsked::Whole,
            Self::Part(_) => LeaveAsked::InPart,
            Self::OnCondition => LeaveAsked::OnCondition,
        }
    }
}

/// A plan: when to take which rung.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Policy {
    /// How we concede.
    pub pace: Pace,
    /// The offer of theirs that we take even short of our own next ask, in shares.
    pub accept_at: Option<f64>,
    /// Make no use of leave that our boss has given.
    pub spares_leave: bool,
    /// Take their standing offer at once.
    pub accept_now: bool,
    /// Hand the channel back to the negotiator at once, where our boss is in the room.
    pub hand_back: bool,
    /// Ask our boss in private.
    pub guidance: When,
    /// For what.
    pub leave: Leave,
    /// Take their offer subject to our boss's approval, where it is short of what we may sign.
    pub approval: When,
    /// Propose to take it to both bosses.
    pub proposal: When,
    /// Our boss joins.
    pub boss: When,
    /// The boss, joining, takes over.
    pub takes_over: bool,
    /// The boss comes only once both bosses have been proposed.
    pub boss_last: bool,
}

/// A part of a policy that it may have or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Asking our boss in private, for one kind of leave.
    Guidance,
    /// Settling subject to our boss's approval.
    Approval,
    /// Proposing to take it to both bosses.
    Proposal,
    /// Our boss joining.
    Boss,
    /// Taking an offer of theirs short of our next ask.
    Acceptance,
}

impl Part {
    const ALL: [Self; 5] = [Self::Guidance, Self::Approval, Self::Proposal, Self::Boss, Self::Acceptance];
}

impl When {
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
    /// The named plan that goes by the same rungs, whenever it takes them.
    pub(crate) fn rungs(&self) -> PlanId {
        // Whoever settles subject to approval asks the same boss the same thing, in private and a little later.
        let asks = self.has(Part::Guidance) || self.has(Part::Approval);
        let proposes = self.has(Part::Proposal);
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

    /// The same without a part.
    pub(crate) fn without(&self, part: Part) -> Self {
        match part {
            Part::Guidance => Self { guidance: When::Never, leave: Leave::Whole, ..*self },
            Part::Approval => Self { approval: When::Never, ..*self },
            Part::Proposal => Self { proposal: When::Never, ..*self },
            Part::Boss => Self { boss: When::Never, boss_last: false, ..*self },
            Part::Acceptance => Self { accept_at: None, ..*self },
        }
    }

    /// Whether it has a part.
    pub(crate) fn has(&self, part: Part) -> bool {
        match part {
            Part::Guidance => self.guidance != When::Never,
            Part::Approval => self.approval != When::Never,
            Part::Proposal => self.proposal != When::Never,
            Part::Boss => self.boss != When::Never,
            Part::Acceptance => self.accept_at.is_some(),
        }
    }

    /// The parts that it has beyond `other`, which is the same without them; `None` where the two differ otherwise. Who asks for
    /// less leave goes like who asks for the whole until they ask, so that asking is a part beyond that.
    pub(crate) fn beyond(&self, other: &Self) -> Option<Vec<Part>> {
        let same = |part| match part {
            Part::Guidance => (self.guidance, self.leave) == (other.guidance, other.leave),
            Part::Approval => self.approval == other.approval,
            Part::Proposal => self.proposal == other.proposal,
            Part::Boss => {
                (self.boss, self.boss_last, self.takes_over) == (other.boss, other.boss_last, other.takes_over)
            }
            Part::Acceptance => self.accept_at == other.accept_at,
        };
        let start = |policy: &Self| (policy.pace, policy.spares_leave, policy.accept_now, policy.hand_back);
        let less = self.guidance == other.guidance && self.leave != Leave::Whole && other.leave == Leave::Whole;
        let lacks = |part| !other.has(part) || (part == Part::Guidance && less);
        let extends = Part::ALL.into_iter().all(|part| lacks(part) || same(part));
        let own = Part::ALL.into_iter().filter(|&part| self.has(part) && lacks(part));
        (extends && start(self) == start(other)).then(|| own.collect())
    }

    /// Whether our boss may end up in the room.
    pub(crate) fn may_bring_boss(&self) -> bool {
        self.boss != When::Never || self.proposal != When::Never
    }
}
