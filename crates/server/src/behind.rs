//! What the desk does by itself while it answers: what follows facts, and calendars read again.

use std::sync::Arc;
use std::time::Duration;

use app::Outage;
use app::follow::{self, Follower};
use tokio::task::JoinSet;

use crate::context::Context;

/// How often calendars are looked for that are due to be read again.
const CALENDARS_EVERY: Duration = Duration::from_secs(60);

/// Begins all of it; it ends when what is given back is let go.
pub(crate) fn begin(context: &Context) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(let_go(context.clone()));
    for follower in follow::followers() {
        tasks.spawn(follow(context.clone(), follower));
    }
    tasks.spawn(tell_pages(context.clone()));
    tasks.spawn(remind(context.clone()));
    tasks.spawn(reread(context.clone()));
    tasks
}

async fn let_go(context: Context) {
    follow::let_go(context.desk()).await;
}

async fn follow(context: Context, follower: Arc<dyn Follower>) {
    follow::follow(context.desk(), &*follower, &|| context.now()).await;
}

async fn tell_pages(context: Context) {
    follow::tell_pages(context.desk()).await;
}

async fn remind(context: Context) {
    follow::keep_reminding(context.desk(), &|| context.now()).await;
}

/// Reads calendars again that are due, for ever. A store that fails is asked again the next time.
async fn reread(context: Context) {
    let mut ticks = tokio::time::interval(CALENDARS_EVERY);
    let (mut looking, mut keeping) =
        (Outage::of("looking for calendars to read again"), Outage::of("keeping a calendar that was read again"));
    loop {
        ticks.tick().await;
        let due = looking.hear(context.desk().calendars_due(context.now()).await);
        for (owner, address) in due.unwrap_or_default() {
            let text = context.fetch(address).await;
            keeping.hear(context.desk().reread_calendar(&owner, text, context.now()).await);
        }
    }
}
