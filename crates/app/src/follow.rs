//! What follows a fact, in one place. Whoever records does that and nothing more: the store keeps, in the same transaction, the
//! news of it for every [`Follower`] until that one has followed it up.
//!
//! A follower has a name and, in the store, a place up to which all is settled. News that were not settled, because the
//! program was killed or the database went away, are given again: everything follows at least once. To do once what is
//! seen from outside is the follower's part, and the position of the news is what to tell a second time by.
//!
//! Mail, webhooks and whatever else must happen later are followers beside those here. A program of somebody else's follows under
//! a name with a colon, `program:what`, and is left alone; all other names are the desk's, and the desk lets go of those that it
//! has given up.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use store::{News, NewsKind};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::desk::Desk;
use crate::error::Error;
use crate::outage::Outage;

mod advice;
mod pages;
mod reminders;

pub use pages::tell_pages;
pub use reminders::keep_reminding;

/// How often the store is looked into for what another program has recorded.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long a follower rests after what it did: facts that come in meanwhile are followed up and settled together.
const REST: Duration = Duration::from_millis(200);
/// News followed up at a time.
const AT_A_TIME: u32 = 256;

/// What a follower does, while it does it.
pub type Following<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// Somebody who sees to something that follows facts.
pub trait Follower: Send + Sync {
    /// The name under which the store keeps how far they have come. It stays the same over all versions, and has no colon.
    fn name(&self) -> &'static str;

    /// Follows up the news of one negotiation. They may be given again: what was done already must not be seen twice from
    /// outside. Several news of a negotiation that come together are given as one, from the first version to the last.
    fn follow_up<'a>(&'a self, desk: &'a Desk, news: &'a News, now: Timestamp) -> Following<'a>;
}

/// All who follow the record of a desk that serves.
pub fn followers() -> Vec<Arc<dyn Follower>> {
    vec![Arc::new(advice::Advice)]
}

/// Who follows under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A follower of this desk's.
    Ours,
    /// One that a desk of another version had.
    GivenUp,
    /// Another program.
    Elsewhere,
}

impl Named {
    /// Who that is.
    pub fn of(name: &str) -> Self {
        match name {
            ours if followers().iter().any(|follower| follower.name() == ours) => Self::Ours,
            elsewhere if elsewhere.contains(':') => Self::Elsewhere,
            _ => Self::GivenUp,
        }
    }
}

impl Desk {
    /// Lets go of followers that this version has no more, for which the store would keep all news for ever.
    pub async fn let_go_of_given_up(&self) -> Result<(), Error> {
        for backlog in self.store.backlogs().await? {
            if Named::of(&backlog.follower) == Named::GivenUp {
                self.store.unfollow(&backlog.follower).await?;
            }
        }
        Ok(())
    }

    /// Has the store keep news for a follower from now on; one who follows already goes on where they were.
    pub async fn begin_to_follow(&self, follower: &dyn Follower) -> Result<(), Error> {
        self.store.follow(follower.name()).await?;
        Ok(())
    }
}

/// Lets go of followers that this version has no more, once. A store that fails is asked again.
pub async fn let_go(desk: &Desk) {
    let mut outage = Outage::of("letting go of who follows no more");
    while outage.hear(desk.let_go_of_given_up().await).is_none() {
        sleep(LOOK_EVERY).await;
    }
}

/// Follows the record for ever. A store that fails is asked again.
pub async fn follow(desk: &Desk, follower: &dyn Follower, clock: &(dyn Fn() -> Timestamp + Send + Sync)) {
    let mut facts = desk.bell.facts();
    let mut outage = Outage::of("following the record");
    let mut follows = false;
    loop {
        if !follows {
            follows = outage.hear(desk.begin_to_follow(follower).await).is_some();
        }
        let caught_up = if follows { outage.hear(catch_up(desk, follower, clock()).await) } else { None };
        match caught_up {
            // More may be waiting.
            Some(true) => sleep(REST).await,
            Some(false) => wake(&mut facts).await,
            // What it was about is still there to be given again; unless a desk of another version let go of this follower.
            None => {
                follows = false;
                sleep(LOOK_EVERY).await;
            }
        }
    }
}

/// Waits until something was recorded here, or for as long as something may go unseen that was recorded elsewhere.
async fn wake(facts: &mut watch::Receiver<u64>) {
    // That nothing came in time is no matter; the bell lasts as long as the desk.
    let _ = timeout(LOOK_EVERY, facts.changed()).await;
}

/// Follows up what is pending, as much as is done at a time; whether there was any.
pub async fn catch_up(desk: &Desk, follower: &dyn Follower, now: Timestamp) -> Result<bool, Error> {
    let pending = desk.store.pending(follower.name(), AT_A_TIME).await?;
    let Some(last) = pending.last().map(|news| news.position) else { return Ok(false) };
    for news in by_negotiation(pending) {
        match follower.follow_up(desk, &news, now).await {
            Err(error) if error.passes() => return Err(error),
            // What fails by itself would fail again, and keep everything after it waiting.
            Err(error) => error.log("following up a fact"),
            Ok(()) => {}
        }
    }
    desk.store.settle(follower.name(), last).await?;
    Ok(true)
}

/// The news of each negotiation together, in the order of the last; what was imported apart from what was recorded here.
fn by_negotiation(news: Vec<News>) -> Vec<News> {
    let mut together: BTreeMap<(String, bool), News> = BTreeMap::new();
    for one in news {
        let key = (one.negotiation.clone(), one.kind == NewsKind::Imported);
        let first = together.get(&key).map_or(one.first, |before| before.first);
        together.insert(key, News { first, ..one });
    }
    let mut together: Vec<News> = together.into_values().collect();
    together.sort_by_key(|news| news.position);
    together
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_imported_is_given_apart_from_what_was_recorded_since() {
        let at: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
        let news = |position, id: &str, (first, last), kind| News {
            position,
            negotiation: id.to_owned(),
            first,
            last,
            kind,
            at,
        };
        let (imported, recorded) = (NewsKind::Imported, NewsKind::Recorded);
        let given = vec![
            news(3, "a", (1, 3), imported),
            news(4, "a", (4, 4), recorded),
            news(5, "b", (1, 1), recorded),
            news(7, "a", (5, 6), recorded),
        ];
        let together = [news(3, "a", (1, 3), imported), news(5, "b", (1, 1), recorded), news(7, "a", (4, 6), recorded)];
        assert_eq!(by_negotiation(given), together);
        assert_eq!(by_negotiation(Vec::new()), []);
    }
}
