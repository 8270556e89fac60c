//! Open pages follow: whatever is recorded, here or by another program on the same store, is told to them.
//!
//! They are no [`Follower`](super::Follower): a page that is not open has nothing to catch up on, so there is no place to
//! keep beyond the life of this process, and every process must tell its own.

use tokio::time::sleep;

use super::{LOOK_EVERY, wake};
use crate::desk::Desk;
use crate::error::Error;

/// Entries looked at in one go.
const AT_A_TIME: u32 = 1000;

/// Rings the bell for every negotiation in which something is recorded, for ever.
pub async fn tell_pages(desk: &Desk) {
    let mut facts = desk.bell.facts();
    let mut place = loop {
        match desk.store.end().await {
            Ok(end) => break end,
            Err(_) => sleep(LOOK_EVERY).await,
        }
    };
    loop {
        match tell(desk, place).await {
            Ok(Some(next)) => place = next,
            Ok(None) => wake(&mut facts).await,
            // The place is kept, and looked at again.
            Err(_) => sleep(LOOK_EVERY).await,
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
