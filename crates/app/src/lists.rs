//! Lists of negotiations: whose they are, what waits in them, and what is looked for.

use jiff::Timestamp;
use negotiation::access::{Act, within};
use negotiation::view::Sight;
use negotiation::{Phase, Version};
use store::{Cursor, Listed};

use crate::accounts::Principal;
use crate::desk::Desk;
use crate::error::Error;
use crate::rights::{is_boss_of, sees_all};

impl Desk {
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
            // The version would tell how much goes on behind.
            if !sees_all(one, who) {
                (one.summary.privileged, one.summary.version) = (None, 0);
            }
        }
        Ok((listed, next))
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

    /// The open negotiations of which `who` sees everything and in which bringing the boss in was worth anything when advice
    /// was last taken, the most first: where the boss's time is worth most.
    pub async fn worth_most(&self, who: &Principal, limit: u32) -> Result<Vec<Listed>, Error> {
        if !within(&who.scopes, Act::SeePrivileged) {
            return Err(Error::Forbidden);
        }
        let mut listed = self.store.worth_most(&who.user.0, limit).await?;
        listed.retain(|one| sees_all(one, who));
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

    /// The negotiations of which `who` sees everything and that wait for a boss's answer, by id, the most pressing first; at
    /// most `limit`.
    pub async fn waiting(&self, who: &Principal, limit: u32) -> Result<Vec<String>, Error> {
        if !within(&who.scopes, Act::SeePrivileged) {
            return Err(Error::Forbidden);
        }
        let mut waiting = self.store.waiting(&who.user.0, limit).await?;
        waiting.retain(|one| sees_all(one, who));
        Ok(waiting.into_iter().map(|one| one.id).collect())
    }

    /// How many answers `who` owes as a boss: questions, and calls of counterparts, among the `limit` most pressing negotiations of each.
    pub async fn owed(&self, who: &Principal, limit: u32) -> Result<usize, Error> {
        if !within(&who.scopes, Act::SeePrivileged) {
            return Ok(0);
        }
        let waiting = self.store.waiting(&who.user.0, limit).await?;
        let asked = waiting.iter().filter(|one| is_boss_of(one, who));
        let questions = |one: &Listed| one.summary.privileged.as_ref().map_or(0, |privileged| privileged.questions);
        let asked: u32 = asked.map(questions).sum();
        let called = self.calls(who, limit).await?.iter().filter(|one| is_boss_of(one, who)).count();
        Ok(asked as usize + called)
    }

    /// Logs that `who` saw in a list what is privileged of a negotiation.
    pub async fn log_listed(&self, who: &Principal, id: &str, now: Timestamp) -> Result<(), Error> {
        self.log_view(who, id, "the list of negotiations", now).await
    }

    /// What the list of somebody's negotiations begins with: another cursor whenever any of them has changed.
    pub async fn newest(&self, who: &Principal) -> Result<Option<Cursor>, Error> {
        let (listed, _) = self.list(who, None, 1).await?;
        Ok(listed.first().map(Listed::cursor))
    }

    /// How much of a negotiation `who` sees, and a number that grows with it: the last version, and to those who see the table
    /// alone how many entries that is, for versions would count what goes on behind. Shows nothing, and so logs no view.
    pub async fn pulse(&self, who: &Principal, id: &str) -> Result<(Sight, Version), Error> {
        let seen = self.look_again(who, id).await?;
        Ok((seen.sight, seen.pulse()))
    }
}
