//! The desk over HTTP: a JSON API under `/api/v1`, with its own description at `/api/openapi.json`.
//!
//! and pages for browsers beside it. [`serve`] answers on a listener until it is told to stop. A route or page does three
//! things: says who calls, hands on to the desk, and shapes the answer. None decides who may do what.

mod body;
mod caller;
mod headers;
mod latest;
mod limit;
mod pages;
mod problem;
mod routes;

use std::sync::Arc;
use std::time::Duration;

use aide::axum::ApiRouter;
use aide::openapi::{Info, OpenApi};
use app::{Desk, Issued};
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use jiff::Timestamp;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::latest::{Changes, Latest};
use crate::limit::Attempts;
use crate::problem::{Code, Problem};

/// The largest body taken, imports apart.
const BODY_BYTES: usize = 256 * 1024;
/// The longest that a caller waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often reminders are looked for.
const REMINDERS_EVERY: Duration = Duration::from_secs(5);

/// What tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What every route is handed.
#[derive(Clone)]
pub(crate) struct Context(Arc<Inner>);

struct Inner {
    desk: Desk,
    clock: Clock,
    latest: Latest,
    changes: Changes,
    attempts: Attempts,
    welcome: Option<String>,
    secure_cookies: bool,
}

impl Context {
    pub fn desk(&self) -> &Desk {
        &self.0.desk
    }

    pub fn now(&self) -> Timestamp {
        (self.0.clock)()
    }

    pub fn latest(&self) -> &Latest {
        &self.0.latest
    }

    /// Where it is told what has changed.
    pub fn changes(&self) -> &Changes {
        &self.0.changes
    }

    /// The token with which the first account is made.
    pub fn welcome(&self) -> Option<&str> {
        self.0.welcome.as_deref()
    }

    /// Signs in by password, unless it was tried too often.
    pub async fn sign_in(&self, name: &str, password: &str) -> Result<Issued, app::Error> {
        let now = self.now();
        self.0.attempts.another(name, now)?;
        let issued = self.desk().accounts.sign_in(name, password, now).await?;
        self.0.attempts.forget(name);
        Ok(issued)
    }

    pub fn secure_cookies(&self) -> bool {
        self.0.secure_cookies
    }
}

fn router(context: Context) -> Router {
    let mut api = OpenApi::default();
    let described = described().finish_api_with(&mut api, |api| api.security_scheme("token", bearer()));
    describe(&mut api);
    described
        .merge(pages::routes())
        .route("/healthz", get(healthz))
        .route("/api/openapi.json", get(openapi_json))
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_so)
        .layer(Extension(Arc::new(api)))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(CsrfLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CatchPanicLayer::custom(|_| Problem::ours().into_response()))
        .layer(axum::middleware::map_response(headers::guard))
        .with_state(context)
}

fn described() -> ApiRouter<Context> {
    aide::generate::extract_schemas(true);
    aide::generate::infer_responses(true);
    ApiRouter::new().nest("/api/v1", routes::routes())
}

fn bearer() -> aide::openapi::SecurityScheme {
    aide::openapi::SecurityScheme::Http {
        scheme: "bearer".to_owned(),
        bearer_format: None,
        description: Some("A token, or the session that signing in gives.".to_owned()),
        extensions: Default::default(),
    }
}

fn describe(api: &mut OpenApi) {
    api.info = Info {
        title: "Upstairs".to_owned(),
        description: Some("The record of negotiations, the ladder, and the advice on it.".to_owned()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..Info::default()
    };
}

/// The description of the API, as `/api/openapi.json` gives it.
pub fn openapi() -> OpenApi {
    let mut api = OpenApi::default();
    let _: Router<Context> = described().finish_api_with(&mut api, |api| api.security_scheme("token", bearer()));
    describe(&mut api);
    api
}

async fn openapi_json(Extension(api): Extension<Arc<OpenApi>>) -> Response {
    Json(&*api).into_response()
}

/// 200 when the database answers.
async fn healthz(axum::extract::State(context): axum::extract::State<Context>) -> Response {
    match context.desk().store.ping().await {
        Ok(()) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

/// Whoever is not signed in is told so wherever they knock under the API: what is there is not theirs to know.
async fn nothing_here(caller: Result<caller::Caller, Problem>, uri: axum::http::Uri) -> Problem {
    match caller {
        Err(problem) if uri.path().starts_with("/api/v1") => problem,
        _ => Problem::of(Code::NotFound, "nothing_here", "there is nothing here; /api/openapi.json tells what is"),
    }
}

async fn not_so(caller: Result<caller::Caller, Problem>) -> Problem {
    match caller {
        Err(problem) => problem,
        Ok(_) => Problem::of(Code::Method, "method", "it can't be asked for so; /api/openapi.json tells how"),
    }
}

/// Answers on `listener`, the first account being made with the token `welcome`, until `stop` is done, and reminds bosses meanwhile. What is under way is finished first.
pub async fn serve(
    desk: Desk,
    clock: Clock,
    welcome: Option<String>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let is_loopback = listener.local_addr()?.ip().is_loopback();
    let context = Context(Arc::new(Inner {
        desk,
        clock,
        latest: Latest::default(),
        changes: Changes::default(),
        attempts: Attempts::default(),
        welcome,
        secure_cookies: !is_loopback,
    }));
    let reminding = tokio::spawn(remind(context.clone()));
    let done = axum::serve(listener, router(context)).with_graceful_shutdown(stop).await;
    reminding.abort();
    done
}

/// Looks for reminders that are due, for ever. A store that fails is asked again the next time.
async fn remind(context: Context) {
    let mut ticks = tokio::time::interval(REMINDERS_EVERY);
    loop {
        ticks.tick().await;
        let _ = context.desk().remind(context.now()).await;
    }
}
