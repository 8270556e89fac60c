//! Tells an open page that what it shows has changed: by this desk at once, by another program within seconds.

use std::convert::Infallible;
use std::time::Duration;

use app::{Changed, Principal};
use axum::extract::{Path, Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum_extra::extract::cookie::CookieJar;
use futures_util::stream::{self, Stream};
use negotiation::Version;
use negotiation::view::Sight;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::{Instant, sleep, timeout_at};

use super::failure::{Failure, to};
use super::visitor::Visitor;
use crate::context::Context;
use crate::cookie::COOKIE;
use crate::cursor;

/// How often it is asked whether whoever listens is still signed in, where nothing changes meanwhile. What was recorded is not asked
/// for here: the desk looks into the store once for all who listen, and rings.
const LOOK_EVERY: Duration = Duration::from_secs(6);
/// How long a list rests after a change: many at once are one.
const REST: Duration = Duration::from_millis(500);
/// How long a stream lasts; the browser then comes again, and is asked again who it is.
const LASTS: Duration = Duration::from_secs(600);

/// Whoever listens: by which session, and until when.
struct Listener {
    context: Context,
    who: Principal,
    session: String,
    changes: Receiver<Changed>,
    ends: Instant,
}

/// What was heard.
enum Heard {
    /// What is listened for has changed, or its advice has.
    Change,
    /// Nothing for a while.
    Nothing,
}

/// What the desk says, or nothing where it can't: then the stream ends, the browser comes again, and the log has the reason.
fn heard<T>(said: Result<T, app::Error>) -> Option<T> {
    said.inspect_err(|error| error.log("telling an open page what has changed")).ok()
}

impl Listener {
    fn new(context: Context, who: Principal, cookies: &CookieJar) -> Self {
        let session = cookies.get(COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
        let changes = context.desk().bell().hear();
        Self { context, who, session, changes, ends: Instant::now() + LASTS }
    }

    /// Whether they may still hear: their session was not ended meanwhile, and their time is not up.
    async fn may_hear(&self) -> bool {
        let known = self.context.desk().accounts.principal(&self.session, self.context.now()).await;
        heard(known).is_some() && Instant::now() < self.ends
    }

    /// Waits until a negotiation changes, any where none is named, or for a while; `None` where nothing will change any more.
    async fn hear(&mut self, id: Option<&str>) -> Option<Heard> {
        let until = Instant::now() + LOOK_EVERY;
        loop {
            match timeout_at(until, self.changes.recv()).await {
                Ok(Ok(changed)) if id.is_none_or(|id| id == changed.id) => return Some(Heard::Change),
                Ok(Ok(_)) => {}
                // So much that some of it was missed.
                Ok(Err(RecvError::Lagged(_))) => return Some(Heard::Change),
                Ok(Err(RecvError::Closed)) => return None,
                Err(_) => return Some(Heard::Nothing),
            }
        }
    }

    /// Lets a while pass, and takes all that was heard meanwhile as one.
    async fn rest(&mut self) {
        sleep(REST).await;
        while !matches!(self.changes.try_recv(), Err(TryRecvError::Empty | TryRecvError::Closed)) {}
    }

    /// The last version of a negotiation that they see, and how much of it; `None` once they take no part in it.
    async fn pulse(&self, id: &str) -> Option<(Sight, Version)> {
        heard(self.context.desk().pulse(&self.who, id).await)
    }

    /// What their list of negotiations begins with.
    async fn newest(&self) -> Option<String> {
        heard(cursor::newest(&self.context, &self.who).await)
    }
}

fn changed(id: String) -> Event {
    Event::default().event("changed").id(id).data("")
}

/// What the page shows.
#[derive(serde::Deserialize)]
pub(super) struct VersionShown {
    version: Version,
}

/// Of one negotiation.
pub(super) async fn events(
    State(context): State<Context>,
    Visitor(who): Visitor,
    cookies: CookieJar,
    Path(id): Path<String>,
    Query(known): Query<VersionShown>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    context.desk().pulse(&who, &id).await.map_err(to(&who))?;
    let state = (Listener::new(context, who, &cookies), id, known.version);
    let events = stream::unfold(state, |(mut listener, id, version)| async move {
        // The first look is for what changed before anybody listened.
        let (mut looks, mut told) = (true, false);
        while listener.may_hear().await {
            if looks {
                // Whoever takes part no more hears no more.
                let (sight, last) = listener.pulse(&id).await?;
                // A change that leaves the record as it was is the advice's.
                if last != version || (told && sight == Sight::All) {
                    return Some((Ok(changed(last.to_string())), (listener, id, last)));
                }
            }
            told = matches!(listener.hear(Some(&id)).await?, Heard::Change);
            looks = told;
        }
        None
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// What a list shows.
#[derive(serde::Deserialize)]
pub(super) struct KnownList {
    #[serde(default)]
    newest: String,
}

/// Of all negotiations of whoever listens: for the list of them, and for the inbox.
pub(super) async fn all_events(
    State(context): State<Context>,
    Visitor(who): Visitor,
    cookies: CookieJar,
    Query(known): Query<KnownList>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let state = (Listener::new(context, who, &cookies), known.newest);
    let events = stream::unfold(state, |(mut listener, known)| async move {
        let mut looks = true;
        while listener.may_hear().await {
            if looks {
                let newest = listener.newest().await?;
                if newest != known {
                    return Some((Ok(changed(newest.clone())), (listener, newest)));
                }
            }
            looks = matches!(listener.hear(None).await?, Heard::Change);
            if looks {
                listener.rest().await;
            }
        }
        None
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
