//! Reminders follow: a question whose time has come is put to its boss again.
//!
//! They follow the clock as well as facts, and so what is due is read off the list that the store keeps beside the record, in
//! the transaction of the fact that made it so. That is as lasting as a follower's place. That a question is reminded of once
//! is the record's doing: a reminder comes after the very version by which it was due, or not at all.

use std::time::Duration;

use jiff::Timestamp;

use crate::desk::Desk;
use crate::outage::Outage;

/// How often reminders are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Reminds for ever. A store that fails is asked again the next time.
pub async fn keep_reminding(desk: &Desk, clock: &(dyn Fn() -> Timestamp + Send + Sync)) {
    let mut outage = Outage::of("reminding bosses");
    loop {
        outage.hear(desk.remind(clock()).await);
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
