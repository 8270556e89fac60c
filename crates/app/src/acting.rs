//! Acts: opening a negotiation, and all that is done in one.

use jiff::Timestamp;
use negotiation::access::{Act, within};
use negotiation::doubt::doubts;
use negotiation::fact::Opening;
use negotiation::{Command, Fact, Negotiation, Stamp, Version};

use crate::accounts::Principal;
use crate::desk::{Desk, Done, again};
use crate::error::Error;
use crate::guard::outward;
use crate::pricing::Step;
use crate::secret;

/// What is wished in a negotiation, and how.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// What.
    pub command: &'a Command,
    /// When it happened.
    pub stamp: Stamp,
    /// After which version it is meant to come, where that is said.
    pub after: Option<Version>,
    /// It is meant, though it breaks the pattern; else such an entry is asked about.
    pub sure: bool,
}

impl<'a> Wish<'a> {
    /// After whatever is on record, and asked about where it breaks the pattern.
    pub fn new(command: &'a Command, stamp: impl Into<Stamp>) -> Self {
        Self { command, stamp: stamp.into(), after: None, sure: false }
    }

    /// Asks about what breaks the pattern of a negotiation, unless it is meant.
    pub(crate) fn is_meant(&self, negotiation: &Negotiation) -> Result<(), Error> {
        let doubts = if self.sure { Vec::new() } else { doubts(negotiation, self.command, self.stamp) };
        if doubts.is_empty() { Ok(()) } else { Err(Error::Doubtful(doubts)) }
    }
}

impl Desk {
    /// Opens a negotiation; whoever does becomes its negotiator.
    pub async fn open(&self, who: &Principal, opening: Opening, stamp: impl Into<Stamp>) -> Result<Done, Error> {
        let stamp = stamp.into();
        if !within(&who.scopes, Act::Negotiate) {
            return Err(Error::Forbidden);
        }
        let command = Command::Open { opening };
        loop {
            let id = secret::id()?;
            match self.record(who, &id, Negotiation::default(), &command, stamp).await {
                Err(Error::Conflict { .. }) => {}
                done => return done,
            }
        }
    }

    /// Does what is wished in a negotiation.
    pub async fn act(&self, who: &Principal, id: &str, wish: Wish<'_>) -> Result<Done, Error> {
        let Wish { command, stamp, after, .. } = wish;
        // An advice comes from the engine alone, and a message's findings from the guard.
        let forged = matches!(command, Command::TakeAdvice { .. } | Command::CheckMessage { .. });
        let act = command.act().filter(|_| !forged).ok_or(Error::Forbidden)?;
        let mut tries = 0;
        loop {
            let negotiation = self.allowed(who, id, act).await?;
            wish.is_meant(&negotiation)?;
            if let Some(expected) = after.filter(|&expected| expected != negotiation.version) {
                return Err(Error::Conflict { expected, found: negotiation.version });
            }
            self.check(&negotiation, id, command, stamp.at).await?;
            tries += 1;
            match self.record(who, id, negotiation, command, stamp).await {
                Err(Error::Conflict { .. }) if after.is_none() && again(tries).await => {}
                done => return done,
            }
        }
    }

    /// What the record by itself can't tell: that those named have accounts, that no text for the counterpart gives us away, and
    /// that the price was shown.
    async fn check(&self, negotiation: &Negotiation, id: &str, command: &Command, now: Timestamp) -> Result<(), Error> {
        match command {
            Command::Name { participant } => self.accounts.can_be_named(&participant.user.0).await,
            Command::Propose { wording, .. } => outward(negotiation, wording, "the wording", now),
            Command::Decline { reply } | Command::HandBack { reply } => outward(negotiation, reply, "the reply", now),
            Command::Correct { instead, .. } => match instead.as_deref().and_then(Fact::wording) {
                Some(text) => outward(negotiation, text, "the text", now),
                None => Ok(()),
            },
            Command::BringBoss { price, .. } => {
                self.price_was_shown(negotiation, id, price.as_ref(), Step::Joins, now).await
            }
            Command::HandOver { price, .. } => {
                self.price_was_shown(negotiation, id, price.as_ref(), Step::TakesOver, now).await
            }
            Command::Open { .. }
            | Command::Remove { .. }
            | Command::Prepare { .. }
            | Command::PrepareIssues { .. }
            | Command::GrantMandate { .. }
            | Command::EndMandate { .. }
            | Command::Offer { .. }
            | Command::Ask { .. }
            | Command::Remind { .. }
            | Command::Answer { .. }
            | Command::SendBrief { .. }
            | Command::NoteImpasse { .. }
            | Command::ResolveImpasse
            | Command::Consent { .. }
            | Command::WithdrawConsent
            | Command::ProposalAnswered { .. }
            | Command::BossAskedFor { .. }
            | Command::BossContacted { .. }
            | Command::PlanVisit { .. }
            | Command::HoldVisit { .. }
            | Command::DebriefVisit { .. }
            | Command::CheckMessage { .. }
            | Command::TakeAdvice { .. }
            | Command::Agree { .. }
            | Command::WalkAway { .. }
            | Command::Close { .. }
            | Command::Reopen { .. }
            | Command::Archive
            | Command::Restore
            | Command::Undo { .. }
            | Command::Review { .. } => Ok(()),
        }
    }
}
