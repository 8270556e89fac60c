//! How many answers whoever visits owes as a boss: counted once a request, and shown in the head of every page.

use std::cell::Cell;

use app::Principal;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use crate::context::Context;

/// Negotiations that are looked through.
const LOOKED_THROUGH: u32 = 50;

tokio::task_local! {
    static OWED: Cell<usize>;
}

/// Keeps the count while a page is made.
pub(super) async fn scope(request: Request, next: Next) -> Response {
    OWED.scope(Cell::new(0), next.run(request)).await
}

/// Counts for whoever visits, where a page is made.
pub(super) async fn count(context: &Context, who: &Principal) {
    if OWED.try_with(|_| ()).is_err() {
        return;
    }
    match context.desk().owed(who, LOOKED_THROUGH).await {
        Ok(owed) => drop(OWED.try_with(|known| known.set(owed))),
        // The page itself asks for the same, and logs why it could not be had: a failure is logged once.
        Err(error) => tracing::debug!(code = error.code(), "what waits was not counted"),
    }
}

/// How many it is.
pub(super) fn owed() -> usize {
    OWED.try_with(Cell::get).unwrap_or(0)
}
