//! Looks at many negotiations at once, and looks that are logged elsewhere.

use jiff::Timestamp;
use negotiation::access::Act;
use negotiation::view::{Sight, entries, sight};
use negotiation::{Negotiation, Phase};
use store::Listed;

use crate::accounts::Principal;
use crate::desk::{Desk, Seen};
use crate::error::Error;

impl Desk {
    /// The negotiation as far as `who` sees it, where a look at the same page was logged a moment ago: logs none.
    pub async fn look_again(&self, who: &Principal, id: &str) -> Result<Seen, Error> {
        let negotiation = self.allowed(who, id, Act::See).await?;
        match sight(&negotiation, &who.user) {
            Sight::Nothing => Err(Error::NotFound),
            Sight::Table => {
                let negotiation = Negotiation::of(entries(&negotiation, Sight::Table));
                Ok(Seen { sight: Sight::Table, negotiation })
            }
            Sight::All => Ok(Seen { sight: Sight::All, negotiation }),
        }
    }

    /// Logs that `who` saw in a list what is privileged of a negotiation.
    pub async fn log_listed(&self, who: &Principal, id: &str, now: Timestamp) -> Result<(), Error> {
        self.log_view(who, id, "the list of negotiations", now).await
    }

    /// The last negotiations in which `who` takes part whose title or counterpart holds `text`, of their last `limit`.
    pub async fn find(&self, who: &Principal, text: &str, limit: u32) -> Result<Vec<Listed>, Error> {
        let sought = text.to_lowercase();
        let holds = |one: &Listed| {
            let summary = &one.summary;
            [&summary.title, &summary.counterpart].iter().any(|field| field.to_lowercase().contains(&sought))
        };
        let (mut listed, _) = self.list(who, None, limit).await?;
        listed.retain(holds);
        Ok(listed)
    }

    /// The open negotiations of which `who` sees everything and whose counterpart waits for the boss, of their last `limit`.
    pub async fn calls(&self, who: &Principal, limit: u32) -> Result<Vec<Listed>, Error> {
        let (mut listed, _) = self.list(who, None, limit).await?;
        let waits = |one: &Listed| {
            let summary = &one.summary;
            summary.privileged.is_some() && summary.boss_called && summary.phase == Phase::Open
        };
        listed.retain(waits);
        Ok(listed)
    }
}
