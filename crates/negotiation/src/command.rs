//! What people want to put on record. [`decide`](crate::decide) turns a wish into facts, or says why not.

use bargain::sheet::Sheet;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::Version;
use crate::access::Act;
use crate::fact::{AdviceTaken, Fact, Opening, Preparation, PriceShown};
use crate::guidance::{Answer, Question};
use crate::mandate::Mandate;
use crate::offer::{Offer, Package};
use crate::party::{Participant, User};
use crate::proposal::Outcome;

/// A wish. `despite` is the reason for going on where a gate or the mandate says no; `told`, that the negotiator records what a
/// boss who takes no part here has said.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of the facts that they lead to")]
pub enum Command {
    /// Open a negotiation; whoever does becomes its negotiator.
    Open { opening: Opening },
    /// Name who takes part, and as what.
    Name { participant: Participant },
    /// Let somebody go.
    Remove { user: User },
    /// Write down what is known and wanted.
    Prepare { preparation: Box<Preparation> },
    /// Write down the issues, and what they are worth to either side.
    PrepareIssues { sheet: Box<Sheet> },
    /// Grant a mandate, or change it.
    GrantMandate { mandate: Mandate, told: bool },
    /// End the mandate.
    EndMandate { reason: String },
    /// Record an offer, made or received.
    Offer { offer: Offer, despite: Option<String> },
    /// Ask guidance on one point.
    Ask { question: Question },
    /// Remind the boss.
    Remind { request: Version },
    /// Answer a question.
    Answer { request: Version, answer: Answer, until: Option<Timestamp>, told: bool },
    /// Send the brief.
    SendBrief { to: User },
    /// Note that it is stuck.
    NoteImpasse { how: String },
    /// Note that it moves again.
    ResolveImpasse,
    /// Let oneself be named in a proposal.
    Consent { until: Option<Timestamp>, told: bool },
    /// Take that back.
    WithdrawConsent,
    /// Propose to take it to both bosses.
    Propose { wording: String, answer_by: Timestamp, despite: Option<String> },
    /// Record what came of it.
    ProposalAnswered { outcome: Outcome },
    /// Record that they asked for the boss.
    BossAskedFor { how: String },
    /// Record that they went to the boss directly.
    BossContacted { how: String },
    /// The boss joins.
    BringBoss { price: Option<PriceShown>, despite: Option<String> },
    /// The boss declines to join.
    Decline { reply: String },
    /// The boss hands the channel back.
    HandBack { reply: String },
    /// Hand the negotiation over to the boss.
    HandOver { price: Option<PriceShown>, despite: Option<String> },
    /// Plan a visit, terms off the table.
    PlanVisit { on: Date, topics: Vec<String> },
    /// Record a visit.
    HoldVisit { on: Date, touched_terms: bool },
    /// Record what a visit brought.
    DebriefVisit { notes: String },
    /// Record that a message was checked.
    CheckMessage { findings: Vec<String> },
    /// Record an advice.
    TakeAdvice { advice: Box<AdviceTaken> },
    /// Agree.
    Agree { package: Package, despite: Option<String> },
    /// Give up.
    WalkAway { reason: String },
    /// Leave it without a result.
    Close { reason: String },
    /// Go on after an end.
    Reopen { reason: String },
    /// Put it away.
    Archive,
    /// Take it out again.
    Restore,
    /// Take back what was recorded a moment ago, with all that came of it.
    Undo { version: Version },
    /// Look back.
    Review { notes: String },
    /// Correct an earlier entry.
    Correct { version: Version, instead: Option<Box<Fact>>, reason: String, despite: Option<String> },
}

impl Command {
    /// Whether it may have happened on another day than it is recorded. Who takes part, what is known and where it is kept are as
    /// of now.
    pub fn takes_a_day(&self) -> bool {
        !matches!(
            self,
            Self::Name { .. }
                | Self::Remove { .. }
                | Self::Prepare { .. }
                | Self::PrepareIssues { .. }
                | Self::Remind { .. }
                | Self::SendBrief { .. }
                | Self::CheckMessage { .. }
                | Self::TakeAdvice { .. }
                | Self::Archive
                | Self::Restore
                | Self::Undo { .. }
        )
    }

    /// What kind of act it is; `None` for opening, which anybody may who has an account.
    pub fn act(&self) -> Option<Act> {
        Some(match self {
            Self::Open { .. } => return None,
            Self::Name { .. } | Self::Remove { .. } => Act::Name,
            Self::Ask { .. } | Self::Remind { .. } => Act::Ask,
            Self::GrantMandate { told: true, .. }
            | Self::Answer { told: true, .. }
            | Self::Consent { told: true, .. } => Act::Negotiate,
            Self::GrantMandate { .. } | Self::EndMandate { .. } | Self::Answer { .. } => Act::Authorize,
            Self::Consent { .. } | Self::WithdrawConsent => Act::ActAsBoss,
            Self::BossAskedFor { .. }
            | Self::BossContacted { .. }
            | Self::BringBoss { .. }
            | Self::Decline { .. }
            | Self::HandBack { .. }
            | Self::HandOver { .. } => Act::RecordBoss,
            Self::Prepare { .. }
            | Self::PrepareIssues { .. }
            | Self::Offer { .. }
            | Self::SendBrief { .. }
            | Self::NoteImpasse { .. }
            | Self::ResolveImpasse
            | Self::Propose { .. }
            | Self::ProposalAnswered { .. }
            | Self::PlanVisit { .. }
            | Self::HoldVisit { .. }
            | Self::DebriefVisit { .. }
            | Self::CheckMessage { .. }
            | Self::TakeAdvice { .. }
            | Self::Agree { .. }
            | Self::WalkAway { .. }
            | Self::Close { .. }
            | Self::Reopen { .. }
            | Self::Archive
            | Self::Undo { .. }
            | Self::Restore
            | Self::Review { .. }
            | Self::Correct { .. } => Act::Negotiate,
        })
    }
}
