//! Corrections: an entry struck out, or another of its kind in its place. What could not have been recorded can't come in so.

use super::{Desk, said};
use crate::access::Act;
use crate::fact::{Entry, Fact};
use crate::happening::Placed;
use crate::rejection::Rejection;
use crate::{Stamp, Version};

impl Desk<'_> {
    pub(super) fn correct(
        &self,
        version: Version,
        instead: Option<Box<Fact>>,
        reason: &str,
        despite: Option<&str>,
    ) -> Result<Vec<Fact>, Rejection> {
        said(reason, "the reason")?;
        let known = self.negotiation.as_corrected().into_iter().find(|placed| placed.entry.version == version);
        let Placed { entry, says, .. } = known.ok_or(Rejection::NoSuchEntry(version))?;
        let fits = |instead: &Fact| {
            std::mem::discriminant(instead) == std::mem::discriminant(&entry.fact) && may_be_replaced(instead)
        };
        if !entry.fact.can_be_struck() || !instead.as_deref().is_none_or(fits) {
            return Err(Rejection::NoSuchEntry(version));
        }
        let brings_boss = |fact: Option<&Fact>| fact.is_some_and(Fact::brings_boss);
        let bosses = brings_boss(says) || brings_boss(instead.as_deref());
        if bosses {
            self.may(Act::CorrectBoss, "correcting that the boss came in")?;
        }
        if entry.fact.is_told() {
            self.taken_back_by_whom()?;
        }
        if let Some(on) = self.stamp.on {
            let stamp = Stamp::new(entry.at, Some(on));
            if stamp.is_ahead() {
                return Err(Rejection::AfterRecording);
            }
            if instead.as_deref().is_some_and(Fact::is_an_end) {
                self.is_the_last_at(stamp.happened(version), Some(version))?;
            }
        }
        if instead.is_none() && self.stamp.on.is_some() {
            return Err(Rejection::Impossible("a day for an entry that is struck out"));
        }
        let beyond = instead.as_deref().map_or(Ok(None), |fact| self.beyond(entry, fact, despite))?;
        if let Some(instead) = instead.as_deref() {
            self.sound(instead)?;
        }
        let corrected = Fact::Corrected { version, instead, reason: reason.to_owned() };
        // Guidance that was asked on what they offer is void where that was another offer, or none.
        let voided = self.void_after(corrected.clone());
        Ok(std::iter::once(corrected).chain(beyond).chain(voided).collect())
    }

    /// An offer of ours or an agreement is held to the rules of one that is made now, whoever made the one that it replaces: it
    /// goes beyond what the negotiator might settle for a reason of its own, or not at all.
    fn beyond(&self, entry: &Entry, instead: &Fact, despite: Option<&str>) -> Result<Option<Fact>, Rejection> {
        let package = match instead {
            Fact::Offered(offer) if self.is_held_to_limits(offer, self.at) => &offer.package,
            Fact::Agreed { package } => package,
            // Only these two settle anything, or offer to.
            _ => return Ok(None),
        };
        let was_on = self.record.day_of(entry.version);
        // It is held against both days: the one that it stood on, and the one that it is put on.
        for on in [was_on, self.stamp.on.or(was_on)] {
            let moment = Stamp::new(entry.at, on).happened(entry.version);
            let beyond = self.beyond_mandate(entry.version, package, moment, despite.map(str::to_owned))?;
            if beyond.is_some() {
                return Ok(beyond);
            }
        }
        Ok(None)
    }
}

/// What was asked is struck and asked anew, for the answer was to that; so is a step up, which has its gate and its price, and
/// what a boss is said to have said.
fn may_be_replaced(fact: &Fact) -> bool {
    match fact {
        Fact::GuidanceAsked { .. }
        | Fact::GuidanceReminded { .. }
        | Fact::BriefSent { .. }
        | Fact::BossJoined { .. }
        | Fact::HandedOver { .. }
        | Fact::MandateGranted { .. }
        | Fact::GuidanceAnswered { .. }
        | Fact::BossConsented { .. }
        | Fact::MessageChecked { .. } => false,
        Fact::Opened(_)
        | Fact::Joined(_)
        | Fact::Left { .. }
        | Fact::Prepared(_)
        | Fact::IssuesPrepared { .. }
        | Fact::MandateEnded { .. }
        | Fact::Offered(_)
        | Fact::MandateExceeded { .. }
        | Fact::GuidanceVoided { .. }
        | Fact::ImpasseNoted { .. }
        | Fact::ImpasseResolved
        | Fact::ConsentWithdrawn
        | Fact::BothBossesProposed { .. }
        | Fact::BothBossesAnswered { .. }
        | Fact::BossAskedFor { .. }
        | Fact::BossContacted { .. }
        | Fact::BossDeclined { .. }
        | Fact::BossHandedBack { .. }
        | Fact::VisitPlanned { .. }
        | Fact::VisitHeld { .. }
        | Fact::VisitDebriefed { .. }
        | Fact::AdviceTaken(_)
        | Fact::Agreed { .. }
        | Fact::WalkedAway { .. }
        | Fact::Closed { .. }
        | Fact::Reopened { .. }
        | Fact::Archived
        | Fact::Restored
        | Fact::Reviewed { .. }
        | Fact::Corrected { .. } => fact.can_be_struck(),
    }
}
