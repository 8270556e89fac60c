//! What is open to us at our next move, to go by the record: which rungs a plan takes, and how far we may settle.

use terms::NextActKind;

use crate::assumption::Name;
use crate::plan::{Diagnosis, Observation, Policy, When};
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
        let open = matches!(self.stage.guidance, Guidance::NotAsked | Guidance::Granted) && !policy.spares_leave;
        let room = self.prior.medians().boss_floor() < self.problem().own_limit();
        policy.approval != When::Never && open && room && !self.stage.boss_in && !self.stage.boss_was_in
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

    /// The rungs that are due at our next move, lowest first, by the record and by a diagnosis where one is at hand. A proposal
    /// is given its round before the boss comes.
    pub fn rungs_due(
        &self,
        policy: &Policy,
        diagnosis: Option<&Diagnosis>,
    ) -> impl Iterator<Item = NextActKind> + use<> {
        let is_due = |when| self.has_come(when, diagnosis);
        let asks = self.may_ask(policy) && is_due(policy.guidance);
        let proposes = self.may_propose(policy) && is_due(policy.proposal);
        let in_turn = !proposes && (!policy.boss_last || self.stage.proposed);
        let comes = in_turn && self.boss_comes(policy) && is_due(policy.boss);
        let boss = if policy.takes_over { NextActKind::HandOver } else { NextActKind::BringBoss };
        let rungs = [(asks, NextActKind::AskBoss), (proposes, NextActKind::ProposeBothBosses), (comes, boss)];
        rungs.into_iter().filter_map(|(due, rung)| due.then_some(rung))
    }

    /// Whether our boss comes at our next move.
    pub fn boss_is_due(&self, policy: &Policy) -> bool {
        self.rungs_due(policy, None).any(|rung| matches!(rung, NextActKind::BringBoss | NextActKind::HandOver))
    }

    /// Whether the moment has come already, by the record alone.
    pub fn is_due(&self, when: When) -> bool {
        self.has_come(when, None)
    }

    fn has_come(&self, when: When, diagnosis: Option<&Diagnosis>) -> bool {
        match when {
            // Nothing needs to be seen for these.
            When::Never => false,
            When::Now => true,
            When::AtImpasse(_) | When::Diagnosed(..) => {
                self.first_look(diagnosis).is_some_and(|seen| when.has_come(&seen))
            }
        }
    }

    /// What we see before our next move, where it is our turn. There is nothing to diagnose until both have spoken.
    fn first_look<'d>(&self, diagnosis: Option<&'d Diagnosis>) -> Option<Observation<'d>> {
        let (stage, standing) = (&self.stage, &self.record.standing);
        let apart = standing.ours.zip(standing.theirs).map(|(ours, theirs)| ours - theirs);
        (!stage.reply_pending).then(|| Observation {
            rounds_left: stage.rounds_left(),
            stalled_rounds: stage.stalled_rounds,
            gap: apart.unwrap_or(f64::INFINITY),
            acceptable: self.problem().offer_is_acceptable(),
            last_concession: stage.last_concession,
            time: stage.time(stage.steps_done),
            diagnosis: diagnosis.filter(|_| apart.is_some()),
        })
    }

    /// The least that we may settle for today, by what is likeliest of each limit: unasked, by leave, or as far as our boss
    /// goes where that is open to us; never less than no deal. In shares.
    pub fn least_now(&self) -> f64 {
        let (stage, medians) = (&self.stage, self.prior.medians());
        let own = medians.own_floor();
        let opened = stage.boss_was_in || (stage.guidance == Guidance::Granted && stage.leave.is_none());
        let least = if opened { medians.boss_floor().min(own) } else { own };
        stage.leave.map_or(least, |leave| least.min(leave.max(medians[Name::WalkAway])))
    }
}
