//! Tells an open page that what it shows has changed: by this desk at once, by another program within seconds.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use negotiation::Version;
use negotiation::view::Sight;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout};

use super::failure::{Failure, to};
use super::visitor::Visitor;
use crate::Context;

/// How often the store is asked what another program has recorded.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long a stream lasts; the browser then comes again, and is asked again who it is.
const LASTS: Duration = Duration::from_secs(600);

/// What the page shows.
#[derive(serde::Deserialize)]
pub(super) struct Known {
    version: Version,
}

pub(super) async fn events(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Query(known): Query<Known>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let heard = context.changes().hear();
    context.desk().pulse(&who, &id).await.map_err(to(&who))?;
    let ends = Instant::now() + LASTS;
    let state = (context, who, id, known.version, heard, false);
    let events = stream::unfold(state, move |(context, who, id, version, mut heard, mut told)| async move {
        loop {
            // Whoever takes part no more hears no more.
            let (sight, last) = context.desk().pulse(&who, &id).await.ok()?;
            // A change that leaves the record as it was is the advice's.
            if last != version || (told && sight == Sight::All) {
                let event = Event::default().event("changed").id(last.to_string()).data("");
                return Some((Ok(event), (context, who, id, last, heard, false)));
            }
            if Instant::now() > ends {
                return None;
            }
            told = match timeout(LOOK_EVERY, heard.recv()).await {
                Ok(Ok(changed)) => changed.id == id,
                Ok(Err(RecvError::Lagged(_))) => true,
                Ok(Err(RecvError::Closed)) => return None,
                Err(_) => false,
            };
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}
