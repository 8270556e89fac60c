//! What the desk does by itself while it answers: calendars read again, and what follows facts.

use std::time::Duration;

use tokio::task::JoinSet;

use crate::context::Context;

/// How often reminders are looked for.
const REMINDERS_EVERY: Duration = Duration::from_secs(5);
/// How often calendars are looked for that are due to be read again.
const CALENDARS_EVERY: Duration = Duration::from_secs(60);

/// Begins all of it; it ends when what is given back is let go.
pub(crate) fn begin(context: &Context) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(remind(context.clone()));
    tasks.spawn(reread(context.clone()));
    tasks
}

/// Reads calendars again that are due, for ever.
async fn reread(context: Context) {
    let mut ticks = tokio::time::interval(CALENDARS_EVERY);
    loop {
        ticks.tick().await;
        for (owner, address) in context.desk().calendars_due(context.now()).await.unwrap_or_default() {
            let text = context.fetch(address).await;
            let _ = context.desk().reread_calendar(&owner, text, context.now()).await;
        }
    }
}

/// Looks for reminders that are due, for ever. A store that fails is asked again the next time.
async fn remind(context: Context) {
    let mut ticks = tokio::time::interval(REMINDERS_EVERY);
    loop {
        ticks.tick().await;
        let _ = context.desk().remind(context.now()).await;
    }
}
