//! The use cases: what somebody may see of a negotiation, and do in it. Every one asks first who it is.

use std::time::Duration;

use jiff::Timestamp;
use negotiation::access::{Act, allows, within};
use negotiation::brief::{Brief, brief};
use negotiation::fact::Opening;
use negotiation::ladder::{Gate, gate};
use negotiation::mandate::Granted;
use negotiation::offer::Package;
use negotiation::party::User;
use negotiation::view::{Sight, entries, sight};
use negotiation::{Command, Entry, Fact, Negotiation, Settling, Summary, Version, decide, proposal};
use store::{Cursor, Listed, Logged, Note, Store};
use terms::{Currency, Rung, Scope};

use crate::accounts::{Accounts, Principal};
use crate::error::Error;
use crate::guard::outward;
use crate::{advising, secret};

/// How often a wish is tried again where somebody else was first, each time after a longer while: a second or two in all.
const TRIES: u32 = 24;
const WHILE: Duration = Duration::from_millis(5);

/// Waits for another turn after so many tries; false where that were too many.
pub(crate) async fn again(tries: u32) -> bool {
    tokio::time::sleep(WHILE * tries).await;
    tries < TRIES
}

/// Who reminds: no account can have that name.
const ITSELF: &str = "the desk";

/// The desk: the store, and what is done with it.
#[derive(Debug)]
pub struct Desk {
    /// Where records are kept.
    pub store: Store,
    /// Who may come in.
    pub accounts: Accounts,
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

impl Desk {
    /// Opens a negotiation; whoever does becomes its negotiator.
    pub async fn open(&self, who: &Principal, opening: Opening, now: Timestamp) -> Result<Done, Error> {
        if !within(&who.scopes, Act::Negotiate) {
            return Err(Error::Forbidden);
        }
        let command = Command::Open { opening };
        loop {
            let id = secret::id()?;
            match self.record(who, &id, Negotiation::default(), &command, now).await {
                Err(Error::Conflict { .. }) => {}
                done => return done,
            }
        }
    }

    /// Does what is wished in a negotiation, after version `expected` where that is said.
    pub async fn act(
        &self,
        who: &Principal,
        id: &str,
        command: &Command,
        expected: Option<Version>,
        now: Timestamp,
    ) -> Result<Done, Error> {
        // An advice comes from the engine alone, and a message's findings from the guard.
        let forged = matches!(command, Command::TakeAdvice { .. } | Command::CheckMessage { .. });
        let act = command.act().filter(|_| !forged).ok_or(Error::Forbidden)?;
        let mut tries = 0;
        loop {
            let negotiation = self.allowed(who, id, act).await?;
            if let Some(expected) = expected.filter(|&expected| expected != negotiation.version) {
                return Err(Error::Conflict { expected, found: negotiation.version });
            }
            self.check(&negotiation, id, command, now).await?;
            tries += 1;
            match self.record(who, id, negotiation, command, now).await {
                Err(Error::Conflict { .. }) if expected.is_none() && again(tries).await => {}
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
            Command::Correct { instead: Some(instead), .. } => match instead.as_ref() {
                Fact::BothBossesProposed { wording: text, .. }
                | Fact::BossDeclined { reply: text }
                | Fact::BossHandedBack { reply: text } => outward(negotiation, text, "the text", now),
                _ => Ok(()),
            },
            Command::BringBoss { price, .. } => {
                self.price_was_shown(negotiation, id, price.as_ref(), advising::Step::Joins, now).await
            }
            Command::HandOver { price, .. } => {
                self.price_was_shown(negotiation, id, price.as_ref(), advising::Step::TakesOver, now).await
            }
            _ => Ok(()),
        }
    }

    /// Decides, and records what comes of it.
    pub(crate) async fn record(
        &self,
        who: &Principal,
        id: &str,
        mut negotiation: Negotiation,
        command: &Command,
        now: Timestamp,
    ) -> Result<Done, Error> {
        let facts = decide(&negotiation, command, now, &who.user)?;
        let expected = negotiation.version;
        let numbered = (expected + 1..).zip(facts);
        let entries: Vec<Entry> =
            numbered.map(|(version, fact)| Entry { version, at: now, by: who.user.clone(), fact }).collect();
        for entry in &entries {
            negotiation.apply(entry.clone());
        }
        let summary = Summary::of(&negotiation).ok_or(Error::Ours("a record without an opening"))?;
        self.store.append(id, expected, &entries, &summary).await?;
        Ok(Done { id: id.to_owned(), entries, negotiation })
    }

    /// The negotiation, where `who` takes part in it and may do `act`.
    pub(crate) async fn allowed(&self, who: &Principal, id: &str, act: Act) -> Result<Negotiation, Error> {
        let negotiation = self.read(id).await?;
        let participant = negotiation.participants.get(&who.user).ok_or(Error::NotFound)?;
        if !allows(participant.part, participant.privy, act) || !within(&who.scopes, act) {
            return Err(Error::Forbidden);
        }
        Ok(negotiation)
    }

    /// The currency of a negotiation that `who` takes part in, by which amounts are read. Shows nothing else, and so logs no view.
    pub async fn currency(&self, who: &Principal, id: &str) -> Result<Option<Currency>, Error> {
        Ok(self.allowed(who, id, Act::See).await?.currency())
    }

    async fn read(&self, id: &str) -> Result<Negotiation, Error> {
        let fits = (1..=32).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let entries = if fits { self.store.read(id).await? } else { Vec::new() };
        if entries.is_empty() { Err(Error::NotFound) } else { Ok(Negotiation::of(entries)) }
    }

    /// The negotiation as far as `who` sees it. Where that is all of it, the view is logged as `what`.
    pub async fn look(&self, who: &Principal, id: &str, what: &str, now: Timestamp) -> Result<Seen, Error> {
        let negotiation = self.allowed(who, id, Act::See).await?;
        match sight(&negotiation, &who.user) {
            Sight::Nothing => Err(Error::NotFound),
            Sight::Table => {
                let negotiation = Negotiation::of(entries(&negotiation, Sight::Table));
                Ok(Seen { sight: Sight::Table, negotiation })
            }
            Sight::All => {
                self.log_view(who, id, what, now).await?;
                Ok(Seen { sight: Sight::All, negotiation })
            }
        }
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

    /// How much of a negotiation `who` sees, and the last version of that. Shows nothing, and so logs no view.
    pub async fn pulse(&self, who: &Principal, id: &str) -> Result<(Sight, Version), Error> {
        let negotiation = self.allowed(who, id, Act::See).await?;
        let sight = sight(&negotiation, &who.user);
        let last = match sight {
            Sight::All => negotiation.version,
            sight => entries(&negotiation, sight).last().map_or(0, |entry| entry.version),
        };
        Ok((sight, last))
    }

    /// The negotiations of which `who` sees everything and that wait for a boss's answer, the most pressing first; at
    /// most `limit`.
    pub async fn questions(
        &self,
        who: &Principal,
        limit: u32,
        now: Timestamp,
    ) -> Result<Vec<(String, Negotiation)>, Error> {
        if !within(&who.scopes, Act::SeePrivileged) {
            return Err(Error::Forbidden);
        }
        let mut waiting = Vec::new();
        for listed in self.store.waiting(&who.user.0, limit).await? {
            let sees = listed.summary.participants.iter().any(|one| one.user == who.user && one.sees_privileged());
            if sees {
                let negotiation = self.look_privileged(who, &listed.id, "the inbox", now).await?;
                waiting.push((listed.id, negotiation));
            }
        }
        Ok(waiting)
    }

    pub(crate) async fn log_view(&self, who: &Principal, id: &str, what: &str, now: Timestamp) -> Result<(), Error> {
        let what = format!("saw {what}");
        Ok(self.store.log(&Note { at: now, who: &who.user.0, what: &what, negotiation: id }).await?)
    }

    /// The negotiations in which `who` takes part, the last changed first, with the cursor to the next page.
    pub async fn list(
        &self,
        who: &Principal,
        after: Option<&Cursor>,
        limit: u32,
    ) -> Result<(Vec<Listed>, Option<Cursor>), Error> {
        if !within(&who.scopes, Act::See) {
            return Err(Error::Forbidden);
        }
        let mut listed = self.store.of_participant(&who.user.0, after, limit).await?;
        let next = listed.last().filter(|_| listed.len() == limit as usize).map(Listed::cursor);
        for one in &mut listed {
            let sees_all = one.summary.participants.iter().any(|p| p.user == who.user && p.sees_privileged());
            // The version would tell how much goes on behind.
            if !sees_all {
                (one.summary.privileged, one.summary.version) = (None, 0);
            }
        }
        Ok((listed, next))
    }

    /// The open negotiations of which `who` sees everything and in which bringing the boss in was worth anything when advice
    /// was last taken, the most first: where the boss's time is worth most.
    pub async fn worth_most(&self, who: &Principal, limit: u32) -> Result<Vec<Listed>, Error> {
        if !within(&who.scopes, Act::SeePrivileged) {
            return Err(Error::Forbidden);
        }
        let mut listed = self.store.worth_most(&who.user.0, limit).await?;
        listed.retain(|one| one.summary.participants.iter().any(|p| p.user == who.user && p.sees_privileged()));
        Ok(listed)
    }

    /// The gate before a rung, with the evidence.
    pub async fn gate(&self, who: &Principal, id: &str, rung: Rung, now: Timestamp) -> Result<Gate, Error> {
        let negotiation = self.look_privileged(who, id, "the ladder", now).await?;
        Ok(gate(&negotiation, rung, now))
    }

    /// The brief, as it stands.
    pub async fn brief(&self, who: &Principal, id: &str, now: Timestamp) -> Result<Brief, Error> {
        let negotiation = self.look_privileged(who, id, "the brief", now).await?;
        Ok(brief(&negotiation, now))
    }

    /// The mandate in force at a moment, past or present, with who granted it.
    pub async fn mandate_at(
        &self,
        who: &Principal,
        id: &str,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Granted>, Error> {
        let negotiation = self.look_privileged(who, id, "the mandate", now).await?;
        Ok(negotiation.mandate_at(at).cloned())
    }

    /// Whether the negotiator may settle a package of ours now, and if not, in what ways it is outside.
    pub async fn settling(
        &self,
        who: &Principal,
        id: &str,
        package: &Package,
        now: Timestamp,
    ) -> Result<Settling, Error> {
        let negotiation = self.look_privileged(who, id, "the mandate", now).await?;
        Ok(negotiation.settling(package, now))
    }

    /// The neutral wording of a proposal to take it to both bosses, filled in, to be edited.
    pub async fn proposal_wording(
        &self,
        who: &Principal,
        id: &str,
        days: u32,
        now: Timestamp,
    ) -> Result<String, Error> {
        let seen = self.look(who, id, "the wording of a proposal", now).await?;
        let opening = seen.negotiation.opening.ok_or(Error::NotFound)?;
        let days = i64::from(days);
        Ok(proposal::filled(proposal::NEUTRAL_WORDING, &opening.title, &opening.counterpart, days))
    }

    /// Who saw what of a negotiation, the last first.
    pub async fn views(&self, who: &Principal, id: &str, limit: u32) -> Result<Vec<Logged>, Error> {
        self.allowed(who, id, Act::SeePrivileged).await?;
        Ok(self.store.logged(id, limit).await?)
    }

    /// Reminds bosses of the questions whose reminders are due, and tells how many.
    pub async fn remind(&self, now: Timestamp) -> Result<usize, Error> {
        let mut reminded = 0;
        for listed in self.store.due(now, 1000).await? {
            reminded += self.remind_in(&listed.id, now).await?;
        }
        Ok(reminded)
    }

    async fn remind_in(&self, id: &str, now: Timestamp) -> Result<usize, Error> {
        let negotiation = self.read(id).await?;
        let due: Vec<Version> =
            negotiation.requests.iter().filter(|request| request.reminder_due(now)).map(|request| request.id).collect();
        let mut reminded = 0;
        for request in due {
            let itself = Principal {
                user: User::from(ITSELF),
                role: store::AccountRole::Member,
                scopes: vec![Scope::Write],
                key: None,
            };
            // Somebody may have answered meanwhile: then no reminder is due, which is as well.
            match self.record(&itself, id, self.read(id).await?, &Command::Remind { request }, now).await {
                Ok(_) => reminded += 1,
                Err(Error::Conflict { .. } | Error::Rejected(_)) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(reminded)
    }
}
