//! The routes under `/api/v1`, a file a subject.

use aide::axum::ApiRouter;

use crate::context::Context;

mod accounts;
mod advice;
mod ladder;
mod negotiations;
mod offers;
mod packages;
mod portable;
mod session;
mod shared;
mod visits;

pub(crate) fn routes() -> ApiRouter<Context> {
    ApiRouter::new()
        .merge(session::routes())
        .merge(accounts::routes())
        .merge(negotiations::routes())
        .merge(ladder::routes())
        .merge(advice::routes())
        .merge(packages::routes())
        .merge(portable::routes())
        .merge(offers::routes())
        .merge(visits::routes())
}
