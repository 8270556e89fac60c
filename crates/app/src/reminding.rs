//! Reminders: a question whose time has come is put to its boss again, once.

use std::collections::BTreeMap;

use jiff::Timestamp;
use negotiation::party::User;
use negotiation::{Command, Version};
use terms::Scope;

use crate::accounts::Principal;
use crate::desk::Desk;
use crate::error::Error;

/// Who reminds: no account can have that name.
const ITSELF: &str = "the desk";

/// What came of looking for reminders.
#[derive(Debug, Default)]
pub(crate) struct Reminded {
    /// Questions that bosses were reminded of.
    pub count: usize,
    /// What failed, by negotiation.
    pub failed: BTreeMap<String, Error>,
}

impl Desk {
    /// Reminds bosses of the questions whose reminders are due. What fails in one negotiation keeps none of the others waiting.
    pub(crate) async fn remind(&self, now: Timestamp) -> Result<Reminded, Error> {
        let mut reminded = Reminded::default();
        for listed in self.store.due(now, 1000).await? {
            match self.remind_in(&listed.id, now).await {
                Ok(count) => reminded.count += count,
                // It would be the same in all of them.
                Err(error) if error.passes() => return Err(error),
                Err(error) => drop(reminded.failed.insert(listed.id, error)),
            }
        }
        Ok(reminded)
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
            issuer: None,
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

#[cfg(test)]
mod tests {
    use argon2::Params;
    use negotiation::fact::{Fact, Opening};
    use negotiation::{Entry, Negotiation, Summary};
    use store::{Location, Store};
    use terms::{Currency, Role};

    use super::*;

    fn at() -> Timestamp {
        "2026-03-02T09:00:00Z".parse().unwrap()
    }

    /// A negotiation that is listed as one where a reminder is due, under an id by which none is read.
    async fn listed(desk: &Desk, id: &str) {
        let opening = Opening {
            title: "Renewal".to_owned(),
            role: Role::Seller,
            currency: Currency::USD,
            counterpart: "Northwind".to_owned(),
        };
        let entry = Entry { version: 1, at: at(), on: None, by: User::from("nora"), fact: Fact::Opened(opening) };
        let mut summary = Summary::of(&Negotiation::of([entry.clone()])).unwrap();
        summary.privileged.get_or_insert_default().due = Some(at());
        desk.store.append(id, 0, &[entry], &summary).await.unwrap();
    }

    #[tokio::test]
    async fn each_of_several_failures_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Location::File(folder.path().join("upstairs.db"))).await.unwrap();
        let desk = Desk::new(store, Params::new(8, 1, 1, None).unwrap());
        listed(&desk, "a-1").await;
        listed(&desk, "a-2").await;
        let reminded = desk.remind(at()).await.unwrap();
        assert_eq!(reminded.failed.keys().collect::<Vec<_>>(), ["a-1", "a-2"]);
        assert_eq!(reminded.count, 0);
    }
}
