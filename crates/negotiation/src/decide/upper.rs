//! The upper rungs: the proposal to take it to both bosses, and the boss in the room; each through its gate.

use jiff::Timestamp;
use terms::Rung;

use super::Desk;
use crate::fact::{Fact, Override, PriceShown};
use crate::ladder::gate;
use crate::proposal::{Outcome, Proposed};
use crate::rejection::Rejection;

impl Desk<'_> {
    pub(super) fn propose(
        &self,
        wording: String,
        answer_by: Timestamp,
        despite: Option<String>,
    ) -> Result<Vec<Fact>, Rejection> {
        self.ahead(Some(answer_by), "the time by which an answer is due")?;
        if self.negotiation.boss_in {
            return Err(Rejection::BossIn);
        }
        if self.pending_proposal().is_some() {
            return Err(Rejection::ProposalPending);
        }
        // No reason overrides this one: without the boss's consent the proposal would be a bluff.
        if !self.negotiation.consent.is_some_and(|consent| consent.holds(self.at)) {
            return Err(Rejection::NoConsent);
        }
        let overriding = self.pass(Rung::BothBosses, despite)?;
        Ok(vec![Fact::BothBossesProposed { wording, answer_by, overriding }])
    }

    /// The last proposal, where it waited for its answer then and still does.
    fn pending_proposal(&self) -> Option<&Proposed> {
        let waits = |proposal: &&Proposed| proposal.outcome.is_none();
        let last = self.negotiation.proposal().filter(waits)?;
        self.record.proposals.iter().filter(waits).find(|proposal| proposal.id == last.id)
    }

    pub(super) fn proposal_answered(&self, outcome: Outcome) -> Result<Vec<Fact>, Rejection> {
        self.pending_proposal().ok_or(Rejection::NoProposal)?;
        Ok(vec![Fact::BothBossesAnswered { outcome }])
    }

    pub(super) fn bring_boss(
        &self,
        price: Option<PriceShown>,
        despite: Option<String>,
        takes_over: bool,
    ) -> Result<Vec<Fact>, Rejection> {
        let standing = self.negotiation;
        let nothing_new = standing.handed_over || !takes_over;
        if standing.boss_in && nothing_new {
            return Err(Rejection::BossIn);
        }
        let overriding = if standing.boss_in { None } else { self.pass(Rung::Boss, despite)? };
        Ok(vec![if takes_over {
            Fact::HandedOver { price, overriding }
        } else {
            Fact::BossJoined { price, overriding }
        }])
    }

    /// Through the gate before a rung: by the evidence, or by a reason.
    fn pass(&self, rung: Rung, despite: Option<String>) -> Result<Option<Override>, Rejection> {
        let gate = gate(self.negotiation, rung, self.at);
        if gate.is_open() {
            return Ok(None);
        }
        match despite.filter(|reason| !reason.trim().is_empty()) {
            Some(reason) => Ok(Some(Override { reason, untried: gate.untried() })),
            None => Err(Rejection::Untried(gate)),
        }
    }
}
