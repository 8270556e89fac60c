//! Reminders: a question whose time has come is put to its boss again, once.

use jiff::Timestamp;
use negotiation::party::User;
use negotiation::{Command, Version};
use terms::Scope;

use crate::accounts::Principal;
use crate::desk::Desk;
use crate::error::Error;

/// Who reminds: no account can have that name.
const ITSELF: &str = "the desk";

impl Desk {
    /// Reminds bosses of the questions whose reminders are due, and tells how many.
    pub async fn remind(&self, now: Timestamp) -> Result<usize, Error> {
        let (mut reminded, mut failed) = (0, None);
        for listed in self.store.due(now, 1000).await? {
            match self.remind_in(&listed.id, now).await {
                Ok(count) => reminded += count,
                // The others are not to wait for this one.
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(reminded), Err)
    }

    async fn remind_in(&self, id: &str, now: Timestamp) -> Result<usize, Error> {
        let mut negotiation = self.read(id).await?;
        let due: Vec<Version> =
            negotiation.requests.iter().filter(|request| request.reminder_due(now)).map(|request| request.id).collect();
        let itself = Principal {
            user: User::from(ITSELF),
            role: store::AccountRole::Member,
            scopes: vec![Scope::Write],
            key: None,
        };
        let mut reminded = 0;
        for request in due {
            // Recorded after the very version by which it is due: where another desk on the same store reminded, or somebody
            // answered, that one was first, and this is not done.
            match self.record(&itself, id, negotiation.clone(), &Command::Remind { request }, now).await {
                Ok(done) => (negotiation, reminded) = (done.negotiation, reminded + 1),
                Err(Error::Rejected(_)) => {}
                Err(Error::Conflict { .. }) => break,
                Err(other) => return Err(other),
            }
        }
        Ok(reminded)
    }
}
