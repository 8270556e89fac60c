//! What holds of a fact by its kind. Every kind is named, so that a new one is thought of in each question.

use terms::Side;

use super::{Fact, Opening};
use crate::party::User;
use crate::proposal::Outcome;

impl Fact {
    /// Whether it may be struck out. Who takes part, was granted, answered, consented and what was advised stand as they are: a
    /// new fact follows, none is rewritten. What the negotiator wrote down of a boss's word is the negotiator's own.
    pub fn can_be_struck(&self) -> bool {
        match self {
            Self::MandateGranted { told: true, .. }
            | Self::GuidanceAnswered { told: true, .. }
            | Self::BossConsented { told: true, .. } => true,
            Self::Opened(_)
            | Self::Joined(_)
            | Self::Left { .. }
            | Self::MandateGranted { .. }
            | Self::MandateEnded { .. }
            | Self::MandateExceeded { .. }
            | Self::GuidanceAnswered { .. }
            | Self::GuidanceVoided { .. }
            | Self::BossConsented { .. }
            | Self::ConsentWithdrawn
            | Self::AdviceTaken(_)
            | Self::Archived
            | Self::Restored
            | Self::Corrected { .. } => false,
            Self::Prepared(_)
            | Self::IssuesPrepared { .. }
            | Self::Offered(_)
            | Self::GuidanceAsked { .. }
            | Self::GuidanceReminded { .. }
            | Self::BriefSent { .. }
            | Self::ImpasseNoted { .. }
            | Self::ImpasseResolved
            | Self::BothBossesProposed { .. }
            | Self::BothBossesAnswered { .. }
            | Self::BossAskedFor { .. }
            | Self::BossContacted { .. }
            | Self::BossJoined { .. }
            | Self::BossDeclined { .. }
            | Self::BossHandedBack { .. }
            | Self::HandedOver { .. }
            | Self::VisitPlanned { .. }
            | Self::VisitHeld { .. }
            | Self::VisitDebriefed { .. }
            | Self::MessageChecked { .. }
            | Self::Agreed { .. }
            | Self::WalkedAway { .. }
            | Self::Closed { .. }
            | Self::Reopened { .. }
            | Self::Reviewed { .. } => true,
        }
    }

    /// Whether it brings our boss in: only the boss strikes that out.
    pub fn brings_boss(&self) -> bool {
        match self {
            Self::BossJoined { .. } | Self::HandedOver { .. } => true,
            Self::BothBossesAnswered { outcome } => *outcome == Outcome::Accepted,
            Self::Opened(_)
            | Self::Joined(_)
            | Self::Left { .. }
            | Self::Prepared(_)
            | Self::IssuesPrepared { .. }
            | Self::MandateGranted { .. }
            | Self::MandateEnded { .. }
            | Self::Offered(_)
            | Self::MandateExceeded { .. }
            | Self::GuidanceAsked { .. }
            | Self::GuidanceReminded { .. }
            | Self::GuidanceAnswered { .. }
            | Self::GuidanceVoided { .. }
            | Self::BriefSent { .. }
            | Self::ImpasseNoted { .. }
            | Self::ImpasseResolved
            | Self::BossConsented { .. }
            | Self::ConsentWithdrawn
            | Self::BothBossesProposed { .. }
            | Self::BossAskedFor { .. }
            | Self::BossContacted { .. }
            | Self::BossDeclined { .. }
            | Self::BossHandedBack { .. }
            | Self::VisitPlanned { .. }
            | Self::VisitHeld { .. }
            | Self::VisitDebriefed { .. }
            | Self::MessageChecked { .. }
            | Self::AdviceTaken(_)
            | Self::Agreed { .. }
            | Self::WalkedAway { .. }
            | Self::Closed { .. }
            | Self::Reopened { .. }
            | Self::Archived
            | Self::Restored
            | Self::Reviewed { .. }
            | Self::Corrected { .. } => false,
        }
    }

    /// The words in it that went to the counterpart as they stand.
    pub fn wording(&self) -> Option<&str> {
        match self {
            Self::BothBossesProposed { wording, .. } => Some(wording),
            Self::BossDeclined { reply } | Self::BossHandedBack { reply } => Some(reply),
            Self::Opened(_)
            | Self::Joined(_)
            | Self::Left { .. }
            | Self::Prepared(_)
            | Self::IssuesPrepared { .. }
            | Self::MandateGranted { .. }
            | Self::MandateEnded { .. }
            | Self::Offered(_)
            | Self::MandateExceeded { .. }
            | Self::GuidanceAsked { .. }
            | Self::GuidanceReminded { .. }
            | Self::GuidanceAnswered { .. }
            | Self::GuidanceVoided { .. }
            | Self::BriefSent { .. }
            | Self::ImpasseNoted { .. }
            | Self::ImpasseResolved
            | Self::BossConsented { .. }
            | Self::ConsentWithdrawn
            | Self::BothBossesAnswered { .. }
            | Self::BossAskedFor { .. }
            | Self::BossContacted { .. }
            | Self::BossJoined { .. }
            | Self::HandedOver { .. }
            | Self::VisitPlanned { .. }
            | Self::VisitHeld { .. }
            | Self::VisitDebriefed { .. }
            | Self::MessageChecked { .. }
            | Self::AdviceTaken(_)
            | Self::Agreed { .. }
            | Self::WalkedAway { .. }
            | Self::Closed { .. }
            | Self::Reopened { .. }
            | Self::Archived
            | Self::Restored
            | Self::Reviewed { .. }
            | Self::Corrected { .. } => None,
        }
    }

    /// Whom of our people it names, besides who recorded it.
    pub fn names(&self) -> Option<&User> {
        match self {
            Self::Joined(participant) => Some(&participant.user),
            Self::Left { user } | Self::BriefSent { to: user } => Some(user),
            Self::Corrected { instead, .. } => instead.as_deref().and_then(Self::names),
            Self::Opened(_)
            | Self::Prepared(_)
            | Self::IssuesPrepared { .. }
            | Self::MandateGranted { .. }
            | Self::MandateEnded { .. }
            | Self::Offered(_)
            | Self::MandateExceeded { .. }
            | Self::GuidanceAsked { .. }
            | Self::GuidanceReminded { .. }
            | Self::GuidanceAnswered { .. }
            | Self::GuidanceVoided { .. }
            | Self::ImpasseNoted { .. }
            | Self::ImpasseResolved
            | Self::BossConsented { .. }
            | Self::ConsentWithdrawn
            | Self::BothBossesProposed { .. }
            | Self::BothBossesAnswered { .. }
            | Self::BossAskedFor { .. }
            | Self::BossContacted { .. }
            | Self::BossJoined { .. }
            | Self::BossDeclined { .. }
            | Self::BossHandedBack { .. }
            | Self::HandedOver { .. }
            | Self::VisitPlanned { .. }
            | Self::VisitHeld { .. }
            | Self::VisitDebriefed { .. }
            | Self::MessageChecked { .. }
            | Self::AdviceTaken(_)
            | Self::Agreed { .. }
            | Self::WalkedAway { .. }
            | Self::Closed { .. }
            | Self::Reopened { .. }
            | Self::Archived
            | Self::Restored
            | Self::Reviewed { .. } => None,
        }
    }

    /// How it says that the negotiation was opened.
    pub fn opening(&self) -> Option<&Opening> {
        match self {
            Self::Opened(opening) => Some(opening),
            Self::Corrected { instead, .. } => instead.as_deref().and_then(Self::opening),
            // No other kind opens anything.
            _ => None,
        }
    }

    /// Whether the counterpart saw it or did it: then it is no secret from those who look on. All else is privileged.
    pub fn is_at_the_table(&self) -> bool {
        match self {
            Self::Offered(_)
            | Self::BothBossesProposed { .. }
            | Self::BothBossesAnswered { .. }
            | Self::BossAskedFor { .. }
            | Self::BossContacted { .. }
            | Self::BossJoined { .. }
            | Self::BossDeclined { .. }
            | Self::BossHandedBack { .. }
            | Self::HandedOver { .. }
            | Self::VisitHeld { .. }
            | Self::Agreed { .. }
            | Self::WalkedAway { .. }
            | Self::Closed { .. }
            | Self::Reopened { .. }
            | Self::Opened(_)
            | Self::Joined(_)
            | Self::Left { .. } => true,
            Self::Prepared(_)
            | Self::IssuesPrepared { .. }
            | Self::MandateGranted { .. }
            | Self::MandateEnded { .. }
            | Self::MandateExceeded { .. }
            | Self::GuidanceAsked { .. }
            | Self::GuidanceReminded { .. }
            | Self::GuidanceAnswered { .. }
            | Self::GuidanceVoided { .. }
            | Self::BriefSent { .. }
            | Self::ImpasseNoted { .. }
            | Self::ImpasseResolved
            | Self::BossConsented { .. }
            | Self::ConsentWithdrawn
            | Self::VisitPlanned { .. }
            | Self::VisitDebriefed { .. }
            | Self::MessageChecked { .. }
            | Self::AdviceTaken(_)
            | Self::Archived
            | Self::Restored
            | Self::Reviewed { .. }
            | Self::Corrected { .. } => false,
        }
    }
    /// Whether it is a move at the table, after which no earlier end can stand.
    pub fn is_a_move(&self) -> bool {
        let frame = matches!(self, Self::Opened(_) | Self::Joined(_) | Self::Left { .. } | Self::VisitHeld { .. });
        self.is_at_the_table() && !frame
    }
    /// Whether it is an offer of a side.
    pub fn is_offer_of(&self, side: Side) -> bool {
        matches!(self, Self::Offered(offer) if offer.by == side)
    }
    /// Whether whoever recorded it may take it back for a while. Who takes part, what was advised and what was corrected stand.
    pub fn can_be_undone(&self) -> bool {
        !matches!(
            self,
            Self::Opened(_) | Self::Joined(_) | Self::Left { .. } | Self::AdviceTaken(_) | Self::Corrected { .. }
        )
    }

    /// Whether it lets the negotiator settle what they could not settle before.
    pub fn gives_leave(&self) -> bool {
        matches!(self, Self::MandateGranted { .. } | Self::GuidanceAnswered { .. })
    }
    /// Whether the negotiator was told it by a boss who takes no part here.
    pub fn is_told(&self) -> bool {
        matches!(
            self,
            Self::MandateGranted { told: true, .. }
                | Self::GuidanceAnswered { told: true, .. }
                | Self::BossConsented { told: true, .. }
        )
    }

    /// Whether it ends a negotiation.
    pub fn is_an_end(&self) -> bool {
        matches!(self, Self::Agreed { .. } | Self::WalkedAway { .. } | Self::Closed { .. })
    }
}
