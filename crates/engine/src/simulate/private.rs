//! Our boss in private: leave that is asked for, and an offer taken subject to approval.

use terms::Mechanism;

use crate::assumption::Name;
use crate::plan::{Leave, Observation, Policy};
use crate::prior::Values;
use crate::record::{Guidance, NO_MOVEMENT};

use super::{Luck, Outcome, Path};

/// What became of an offer taken subject to our boss's approval.
#[derive(Clone, Copy, Debug)]
pub(super) struct Approval {
    /// The deal, where our boss approves in time.
    pub deal: Option<Outcome>,
    /// The answer took the round: nobody moves in it.
    pub late: bool,
}

impl Approval {
    /// None was asked for.
    pub const NOT_ASKED: Self = Self { deal: None, late: false };
}

/// Chance that our boss grants a kind of leave: the less of it there is, and the more they get for it, the likelier.
fn grant_chance(leave: Leave, values: &Values) -> f64 {
    let whole = values[Name::GuidanceGranted];
    let gained = match leave {
        Leave::Whole => 0.0,
        Leave::Part(share) => (1.0 - share) * values[Name::PartialLeaveGain],
        Leave::OnCondition => values[Name::ConditionalLeaveGain],
    };
    whole + (1.0 - whole) * gained
}

impl Path<'_> {
    /// Asking is open to us once, and only where our boss could allow more than we may do.
    pub(super) fn may_ask(&self) -> bool {
        self.state.guidance == Guidance::NotAsked && self.world.boss_floor < self.state.floor
    }

    pub(super) fn ask_guidance(&mut self, luck: &Luck, step: u32) {
        self.state.guidance = Guidance::Asked;
        self.state.answer_due = step + u32::from(self.is_late(luck));
        self.state.cost += self.world.values[Name::GuidanceCost];
    }

    /// Leave on a condition that they don't take is of no use, and counts as refused.
    pub(super) fn hear_guidance(&mut self, leave: Leave, luck: &Luck, step: u32) {
        if self.state.guidance != Guidance::Asked || step < self.state.answer_due {
            return;
        }
        let (values, now) = (&self.world.values, self.state.floor);
        let of_use = leave != Leave::OnCondition || luck.condition < values[Name::ConditionTaken];
        let granted = of_use && luck.guidance_grant < grant_chance(leave, values);
        self.state.guidance = if granted { Guidance::Granted } else { Guidance::Refused };
        if granted && self.on(Mechanism::Authority) {
            let share = if let Leave::Part(share) = leave { share } else { 1.0 };
            self.state.floor = now.min(now + share * (self.world.boss_floor - now));
        }
    }

    /// Their offer can be taken subject to approval, once, where it is short of what we may sign and not of our walk-away,
    /// and our boss could allow more, is not in the room, owes us no answer and has refused none.
    fn may_settle_subject(&self, policy: &Policy) -> bool {
        let state = &self.state;
        let short = state.theirs < self.floor() && state.theirs >= self.world.walk_away;
        let open = matches!(state.guidance, Guidance::NotAsked | Guidance::Granted) && !state.approval_asked;
        // Whoever has leave and does not use it has nothing to have approved.
        short && open && !state.boss_in && !policy.spares_leave && self.world.boss_floor < state.floor
    }

    /// Whether it is taken so at this look.
    pub(super) fn settles_subject(&self, policy: &Policy, seen: &Observation<'_>) -> bool {
        self.may_settle_subject(policy) && policy.approval.has_come(seen)
    }

    /// We take their offer, if our boss approves. Where not, we go on with the ask that was next anyway: that our boss says
    /// no at their price says no less of what it takes than our yes says of what would do for us.
    pub(super) fn settle_subject(&mut self, luck: &Luck, step: u32) -> Approval {
        let (values, theirs) = (&self.world.values, self.state.theirs);
        self.state.approval_asked = true;
        self.state.cost += values[Name::GuidanceCost];
        self.show_limit();
        if !self.on(Mechanism::Approval) {
            return Approval::NOT_ASKED;
        }
        let late = self.is_late(luck);
        if late {
            self.state.rounds += 1;
            self.state.note_their_move(0.0, NO_MOVEMENT);
        }
        // An answer after the end is none, as with guidance.
        if late && step + 1 == self.stage.steps_total {
            return Approval { deal: None, late };
        }
        if theirs >= self.world.boss_floor && luck.ratified < values[Name::ApprovalRatified] {
            return Approval { deal: Some(Outcome::deal(&self.state, self.world, theirs, theirs)), late };
        }
        if self.state.guidance == Guidance::NotAsked {
            self.state.guidance = Guidance::Refused;
        }
        self.state.frozen |= self.on(Mechanism::Trouble) && luck.refusal < values[Name::RefusalFreezes];
        Approval { deal: None, late }
    }

    /// They see that we may not sign alone, though nobody has come: part of what a boss in the room would tell.
    fn show_limit(&mut self) {
        if self.world.boss_expected {
            return;
        }
        let values = &self.world.values;
        if self.on(Mechanism::Ability) {
            self.state.ability_shown = values[Name::ApprovalSignal];
            self.state.mind.ability.update(libm::pow(values[Name::AbilityRatio], self.state.ability_shown));
        }
        self.state.precedent += values[Name::ApprovalPrecedent];
    }

    fn is_late(&self, luck: &Luck) -> bool {
        luck.guidance_delay < self.world.values[Name::GuidanceDelay]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Prepared;
    use crate::test_cases::reference;

    #[test]
    fn the_less_is_asked_the_likelier_it_is_granted() {
        let prepared = Prepared::new(&reference(), &crate::Options::new(1, 1024)).unwrap();
        let values = prepared.prior.medians();
        let chance = |leave| grant_chance(leave, values);
        let whole = values[Name::GuidanceGranted];
        assert_eq!(chance(Leave::Whole), whole);
        assert!((chance(Leave::Part(0.5)) - (whole + (1.0 - whole) * 0.25)).abs() < 1e-12);
        assert!(chance(Leave::Part(0.25)) > chance(Leave::Part(0.75)));
        assert!((chance(Leave::OnCondition) - (whole + (1.0 - whole) * 0.5)).abs() < 1e-12);
    }
}
