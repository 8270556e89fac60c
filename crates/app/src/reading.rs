//! What is read off one negotiation: its gates, its brief, its mandates, and who saw it.

use jiff::Timestamp;
use negotiation::access::Act;
use negotiation::brief::{Brief, brief};
use negotiation::ladder::{Gate, gate};
use negotiation::mandate::Granted;
use negotiation::offer::Package;
use negotiation::{Settling, proposal};
use store::Logged;
use terms::Rung;

use crate::accounts::Principal;
use crate::desk::Desk;
use crate::error::Error;

impl Desk {
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

    /// The mandate in force at a moment, past or present, with who granted it; as far as was on record by `known`, where that is
    /// said. So what held on a day, and what anybody could know of it on another, stay apart.
    pub async fn mandate_at(
        &self,
        who: &Principal,
        id: &str,
        (at, known): (Timestamp, Option<Timestamp>),
        now: Timestamp,
    ) -> Result<Option<Granted>, Error> {
        let negotiation = self.look_privileged(who, id, "the mandate", now).await?;
        Ok(match known {
            Some(known) => negotiation.as_recorded(known).mandate_at(at).cloned(),
            None => negotiation.mandate_at(at).cloned(),
        })
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

    /// Who imported a negotiation, where it was recorded elsewhere.
    pub async fn imported_by(&self, who: &Principal, id: &str) -> Result<Option<Logged>, Error> {
        self.allowed(who, id, Act::SeePrivileged).await?;
        Ok(self.store.first_logged(id).await?.filter(|line| line.what.starts_with("imported ")))
    }
}
