//! Open pages follow: whatever is recorded, here or by another program on the same store, is told to them.
//!
//! They are no [`Follower`](super::Follower): a page that is not open has nothing to catch up on, so there is no place to
//! keep beyond the life of this process, and every process must tell its own.

use tokio::time::sleep;

use super::{LOOK_EVERY, wake};
use crate::desk::Desk;
use crate::error::Error;
use crate::outage::Outage;

/// Entries looked at in one go.
const AT_A_TIME: u32 = 1000;

/// Rings the bell for every negotiation in which something is recorded, for ever.
pub async fn tell_pages(desk: &Desk) {
    let mut facts = desk.bell.facts();
    let mut outage = Outage::of("telling open pages what has changed");
    let mut place = loop {
        match outage.hear(desk.store.end().await.map_err(Error::from)) {
            Some(end) => break end,
            None => sleep(LOOK_EVERY).await,
        }
    };
    loop {
        match outage.hear(tell(desk, place).await) {
            Some(Some(next)) => place = next,
            Some(None) => wake(&mut facts).await,
            // The place is kept, and looked at again.
            None => sleep(LOOK_EVERY).await,
        }
    }
}

/// Tells what was recorded after a place; the place after that, where there was anything.
async fn tell(desk: &Desk, place: i64) -> Result<Option<i64>, Error> {
    let heard = desk.store.heard_after(place, AT_A_TIME).await?;
    let mut changed: Vec<&str> = heard.iter().map(|one| one.negotiation.as_str()).collect();
    changed.sort_unstable();
    changed.dedup();
    for id in changed {
        desk.bell.ring(id);
    }
    Ok(heard.last().map(|one| one.position))
}
