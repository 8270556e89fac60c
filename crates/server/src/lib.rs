//! The desk over HTTP: a JSON API under `/api/v1`, with its own description at `/api/openapi.json`, and pages for browsers
//! beside it.
//!
//! [`serve`] answers on a listener until it is told to stop. A route or page does three things: says who calls, hands on to
//! the desk, and shapes the answer. None decides who may do what.

mod amounts;
mod behind;
mod body;
mod caller;
mod context;
mod cookie;
mod cursor;
mod elsewhere;
mod headers;
mod limit;
mod openapi;
mod pages;
mod problem;
mod proxy;
mod request;
mod routes;
mod serving;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Router};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::context::Context;
use crate::problem::Problem;

pub use crate::context::{Clock, Setup};
pub use crate::openapi::openapi;
pub use crate::proxy::Proxy;
pub use crate::serving::listen;

/// The largest body taken, imports apart.
const BODY_BYTES: usize = 256 * 1024;
/// The longest that a caller waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

fn router(context: Context) -> Router {
    let (routes, api) = openapi::routes_and_description();
    routes
        .merge(pages::routes())
        .route("/healthz", get(elsewhere::healthz))
        .route("/api/openapi.json", get(elsewhere::openapi_json))
        .fallback(elsewhere::nothing_here)
        .method_not_allowed_fallback(elsewhere::not_so)
        .layer(Extension(Arc::new(api)))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(CsrfLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(axum::middleware::map_response(problem::in_time))
        // Where it broke off was logged there, by its place.
        .layer(CatchPanicLayer::custom(|_| Problem::ours().into_response()))
        .layer(axum::middleware::from_fn_with_state(context.clone(), request::follow))
        .layer(axum::middleware::map_response(headers::guard))
        .with_state(context)
}

/// Answers on `listener` until `stop` is done; meanwhile reminds bosses and reads calendars again. What is under way is
/// finished first, and the store is closed.
pub async fn serve(
    setup: Setup,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let is_loopback = listener.local_addr()?.ip().is_loopback();
    let context = Context::new(setup, !is_loopback);
    let behind = behind::begin(&context);
    serving::answer(&listener, &router(context.clone()), stop).await;
    drop(behind);
    context.desk().close().await;
    Ok(())
}
