//! Which rungs a plan takes at our next move, to go by the record.

use crate::assumption::Name;
use crate::plan::{Policy, When};
use crate::record::Guidance;

use super::Prepared;
use super::choice::Beginning;

impl Prepared {
    /// What a plan begins with; `None` is walking away.
    pub fn beginning(&self, policy: Option<&Policy>) -> Beginning {
        match policy {
            None => Beginning::Leaves,
            Some(policy) if policy.hand_back => Beginning::HandsBack,
            Some(policy) if !self.stage.boss_in && !policy.accept_now && self.boss_is_due(policy) => {
                Beginning::BringsBoss
            }
            Some(_) => Beginning::Open,
        }
    }

    /// Whether the plan asks our boss in private, and there is something to ask.
    pub fn may_ask(&self, policy: &Policy) -> bool {
        let stage = &self.stage;
        let medians = self.prior.medians();
        let room = medians[Name::BossLimit] < medians[Name::Authority];
        policy.guidance != When::Never && stage.guidance == Guidance::NotAsked && !stage.boss_in && room
    }

    /// Whether the plan settles subject to our boss's approval, and there is something to approve.
    pub fn may_settle_subject(&self, policy: &Policy) -> bool {
        let medians = self.prior.medians();
        let open = matches!(self.stage.guidance, Guidance::NotAsked | Guidance::Granted) && !policy.spares_leave;
        let room = medians[Name::BossLimit].max(medians[Name::WalkAway]) < self.own_limit();
        policy.approval != When::Never && open && room && !self.stage.boss_in && !self.stage.boss_was_in
    }

    /// What we may sign now without asking, in shares.
    pub fn own_limit(&self) -> f64 {
        let authority = self.prior.medians()[Name::Authority];
        self.stage.leave.map_or(authority, |leave| leave.min(authority))
    }

    /// Whether the plan takes their offer subject to approval at our next move.
    pub fn settles_subject_now(&self, policy: &Policy) -> bool {
        let walk_away = self.prior.medians()[Name::WalkAway];
        let short = |theirs: f64| theirs >= walk_away && !self.problem().offer_is_acceptable();
        self.may_settle_subject(policy)
            && self.is_due(policy.approval)
            && !self.stage.reply_pending
            && self.record.standing.theirs.is_some_and(short)
    }

    /// Whether the plan proposes to take it to both bosses, and that is still open.
    pub fn may_propose(&self, policy: &Policy) -> bool {
        policy.proposal != When::Never && !self.stage.proposed && !self.stage.boss_in
    }

    /// Whether the plan brings our boss in, or has a boss who is in take over.
    pub fn boss_comes(&self, policy: &Policy) -> bool {
        policy.boss != When::Never && (!self.stage.boss_in || policy.takes_over) && !self.stage.handed_over
    }

    /// Whether our boss comes at our next move: a proposal that is due has its round first.
    pub fn boss_is_due(&self, policy: &Policy) -> bool {
        let in_turn = !policy.boss_last || self.stage.proposed;
        in_turn && self.boss_comes(policy) && self.is_due(policy.boss) && !self.proposal_is_due(policy)
    }

    /// Whether the proposal comes at our next move.
    pub fn proposal_is_due(&self, policy: &Policy) -> bool {
        self.may_propose(policy) && self.is_due(policy.proposal)
    }

    /// Whether the moment has come already.
    pub fn is_due(&self, when: When) -> bool {
        let (stage, standing) = (&self.stage, &self.record.standing);
        match when {
            When::Never | When::Diagnosed(..) => false,
            When::Now => true,
            When::AtImpasse(impasse) => {
                let gap = standing.ours.zip(standing.theirs).map_or(f64::INFINITY, |(ours, theirs)| ours - theirs);
                !stage.reply_pending
                    && (stage.stalled_rounds >= impasse.stalled_rounds || stage.rounds_left() <= impasse.last_rounds)
                    && gap <= impasse.gap_at_most
                    && !(impasse.only_if_short && self.problem().offer_is_acceptable())
            }
        }
    }
}
