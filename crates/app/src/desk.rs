//! The desk: the one place that asks whether somebody may see a negotiation or do something in it, and the one that records.
//!
//! What can be done here stands in a file a use case, each an `impl Desk` above this one.

use std::time::Duration;

use argon2::Params;
use jiff::Timestamp;
use negotiation::access::{Act, Denied};
use negotiation::party::User;
use negotiation::view::{Sight, entries, sight};
use negotiation::{Command, Entry, Negotiation, Phase, Stamp, Summary, Version};
use store::{Note, Store};
use terms::Currency;

use crate::accounts::{Accounts, Principal};
use crate::bell::Bell;
use crate::computing::Computing;
use crate::error::Error;
use crate::latest::Latest;
use crate::rights::Rights;

/// How often a wish is tried again where somebody else was first, each time after a longer while: a second or two in all.
const TRIES: u32 = 24;
const WHILE: Duration = Duration::from_millis(5);

/// Waits for another turn after so many tries; false where that were too many.
pub(crate) async fn again(tries: u32) -> bool {
    tokio::time::sleep(WHILE * tries).await;
    tries < TRIES
}

/// The desk: the store, and what is done with it.
#[derive(Debug)]
pub struct Desk {
    /// Where records are kept. Nobody above reaches it: whoever did would pass by the question whether they may.
    pub(crate) store: Store,
    /// Who may come in.
    pub accounts: Accounts,
    pub(crate) computing: Computing,
    pub(crate) latest: Latest,
    pub(crate) bell: Bell,
}

/// What an act led to.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// The negotiation.
    pub id: String,
    /// The entries that were recorded.
    pub entries: Vec<Entry>,
    /// The negotiation with them.
    pub negotiation: Negotiation,
}

/// A negotiation as far as somebody sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// How far that is.
    pub sight: Sight,
    /// The negotiation as it follows from what they see.
    pub negotiation: Negotiation,
}

impl Seen {
    /// A negotiation as far as somebody sees it; `None` where they see nothing.
    pub(crate) fn of(negotiation: Negotiation, user: &User) -> Option<Self> {
        let sight = sight(&negotiation, user);
        let negotiation = match sight {
            Sight::Nothing => return None,
            Sight::Table => Negotiation::of(entries(&negotiation, Sight::Table)),
            Sight::All => negotiation,
        };
        Some(Self { sight, negotiation })
    }

    /// A number that grows with what is seen: the last version, and to those who see the table alone how many entries that is,
    /// for versions would count what goes on behind.
    pub fn pulse(&self) -> Version {
        match self.sight {
            Sight::All => self.negotiation.version,
            Sight::Nothing | Sight::Table => self.negotiation.history.len() as Version,
        }
    }
}

impl Desk {
    /// The desk on a store; with the cost of a password's hash, [`Params::DEFAULT`] but in tests.
    pub fn new(store: Store, params: Params) -> Self {
        let (computing, bell) = (Computing::default(), Bell::default());
        let accounts = Accounts::new(store.clone(), computing.clone(), params);
        Self { accounts, latest: Latest::new(computing.clone(), bell.clone()), computing, bell, store }
    }

    /// Whether the store answers.
    pub async fn ping(&self) -> Result<(), Error> {
        Ok(self.store.ping().await?)
    }

    /// Waits a while for what is under way, and closes the store.
    pub async fn close(&self) {
        self.store.close().await;
    }

    /// Where everything is computed that takes a while.
    pub fn computing(&self) -> &Computing {
        &self.computing
    }

    /// Where it is told what has changed.
    pub fn bell(&self) -> &Bell {
        &self.bell
    }

    /// Decides, and records what comes of it, as having happened when the stamp says.
    pub(crate) async fn record(
        &self,
        who: &Principal,
        id: &str,
        mut negotiation: Negotiation,
        command: &Command,
        stamp: impl Into<Stamp>,
    ) -> Result<Done, Error> {
        let expected = negotiation.version;
        let entries = negotiation.enact(command, stamp, who.hand())?;
        self.append(who, id, expected, &entries, &negotiation).await?;
        Ok(Done { id: id.to_owned(), entries, negotiation })
    }

    /// Records what was worked out meanwhile, after whatever others recorded. What is over by now is left as it is.
    pub(crate) async fn record_after(
        &self,
        who: &Principal,
        id: &str,
        command: &Command,
        now: Timestamp,
    ) -> Result<Option<Done>, Error> {
        let mut tries = 0;
        loop {
            let negotiation = self.allowed(who, id, Act::Negotiate).await?;
            if negotiation.phase != Phase::Open {
                return Ok(None);
            }
            tries += 1;
            match self.record(who, id, negotiation, command, now).await {
                Err(Error::Conflict { .. }) if again(tries).await => {}
                done => return Ok(Some(done?)),
            }
        }
    }

    /// Puts entries on record, after version `expected`; `negotiation` is as it stands with them. Every fact comes by here, but
    /// for those that were recorded elsewhere and are imported.
    pub(crate) async fn append(
        &self,
        who: &Principal,
        id: &str,
        expected: Version,
        entries: &[Entry],
        negotiation: &Negotiation,
    ) -> Result<(), Error> {
        let summary = Summary::of(negotiation).ok_or(Error::Ours("a record without an opening"))?;
        // An entry names whom it is by. With a token that somebody else made, the log names both.
        let (first, last) = (expected + 1, expected + entries.len() as u64);
        let what = who.issuer.as_ref().map(|_| who.logged(&format!("recorded entries {first} to {last}")));
        let at = entries.last().map(|entry| entry.at);
        let note = what.as_deref().zip(at).map(|(what, at)| Note { at, who: &who.user.0, what, negotiation: id });
        self.store.append_noted(id, expected, entries, &summary, note.as_ref()).await?;
        self.bell.recorded();
        Ok(())
    }

    /// The negotiation, where `who` takes part in it and may do `act`.
    pub(crate) async fn allowed(&self, who: &Principal, id: &str, act: Act) -> Result<Negotiation, Error> {
        let negotiation = self.read(id).await?;
        match Rights::of(&negotiation, who).judged(act) {
            Ok(()) => Ok(negotiation),
            Err(Denied::Part | Denied::Reach(_)) => Err(Error::Forbidden),
            Err(Denied::Outside) => Err(Error::NotFound),
        }
    }

    /// The currency of a negotiation that `who` takes part in, by which amounts are read. Shows nothing else, and so logs no view.
    pub async fn currency(&self, who: &Principal, id: &str) -> Result<Option<Currency>, Error> {
        Ok(self.allowed(who, id, Act::See).await?.currency())
    }

    /// The negotiation, whoever asks.
    pub(crate) async fn read(&self, id: &str) -> Result<Negotiation, Error> {
        let fits = (1..=32).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let entries = if fits { self.store.read(id).await? } else { Vec::new() };
        if entries.is_empty() { Err(Error::NotFound) } else { Ok(Negotiation::of(entries)) }
    }

    /// The negotiation as far as `who` sees it. Where that is all of it, the view is logged as `what`.
    pub async fn look(&self, who: &Principal, id: &str, what: &str, now: Timestamp) -> Result<Seen, Error> {
        let seen = self.look_again(who, id).await?;
        if seen.sight == Sight::All {
            self.log_view(who, id, what, now).await?;
        }
        Ok(seen)
    }

    /// The negotiation as far as `who` sees it, where a look at the same page was logged a moment ago: logs none.
    pub async fn look_again(&self, who: &Principal, id: &str) -> Result<Seen, Error> {
        let negotiation = self.allowed(who, id, Act::See).await?;
        Seen::of(negotiation, &who.user).ok_or(Error::NotFound)
    }

    /// The whole negotiation, for those who see all of it; the view is logged as `what`.
    pub async fn look_privileged(
        &self,
        who: &Principal,
        id: &str,
        what: &str,
        now: Timestamp,
    ) -> Result<Negotiation, Error> {
        let negotiation = self.allowed(who, id, Act::SeePrivileged).await?;
        self.log_view(who, id, what, now).await?;
        Ok(negotiation)
    }

    pub(crate) async fn log_view(&self, who: &Principal, id: &str, what: &str, now: Timestamp) -> Result<(), Error> {
        let what = who.logged(&format!("saw {what}"));
        Ok(self.store.log(&Note { at: now, who: &who.user.0, what: &what, negotiation: id }).await?)
    }
}
