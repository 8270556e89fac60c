//! The desk over HTTP: a JSON API under `/api/v1`, with its own description at `/api/openapi.json`, and pages for browsers
//! beside it.
//!
//! [`serve`] answers on a listener until it is told to stop. A route or page does three things: says who calls, hands on to
//! the desk, and shapes the answer. None decides who may do what.

mod amounts;
mod body;
mod caller;
mod headers;
mod latest;
mod limit;
mod pages;
mod problem;
mod routes;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use aide::axum::ApiRouter;
use aide::openapi::{Info, OpenApi};
use app::{Desk, Issued};
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use calendar_source::Fetcher;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::latest::{Changes, Latest};
use crate::limit::{Attempts, Looks};
use crate::problem::{Code, Problem};

/// The largest body taken, imports apart.
const BODY_BYTES: usize = 256 * 1024;
/// The longest that a caller waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often reminders are looked for.
const REMINDERS_EVERY: Duration = Duration::from_secs(5);

/// How often calendars are looked for that are due to be read again.
const CALENDARS_EVERY: Duration = Duration::from_secs(60);

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
    looks: Looks,
    welcome: Option<String>,
    secure_cookies: bool,
    fetcher: Fetcher,
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

    /// Which looks were logged of late.
    pub fn looks(&self) -> &Looks {
        &self.0.looks
    }

    /// Signs in by password, unless it was tried too often. Tries whose address is not known count together.
    pub async fn sign_in(&self, name: &str, password: &str) -> Result<Issued, app::Error> {
        self.sign_in_from(None, name, password).await
    }

    /// Signs in by password from an address, unless it was tried too often.
    pub async fn sign_in_from(
        &self,
        address: Option<IpAddr>,
        name: &str,
        password: &str,
    ) -> Result<Issued, app::Error> {
        let now = self.now();
        self.0.attempts.another(name, address, now)?;
        let issued = self.desk().accounts.sign_in(name, password, now).await?;
        self.0.attempts.forget(name, address);
        Ok(issued)
    }

    /// What a calendar at an address says, or why it can't be read.
    pub async fn fetch(&self, address: String) -> Result<String, String> {
        let fetcher = self.0.fetcher.clone();
        let fetched = tokio::task::spawn_blocking(move || fetcher.fetch(&address)).await;
        fetched.map_err(|_| "the calendar's host can't be reached".to_owned())?.map_err(|refused| refused.to_string())
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

/// Whoever is not signed in is told so wherever they knock under the API: what is there is not theirs to know. Elsewhere
/// people look, who are answered with a page.
async fn nothing_here(caller: Result<caller::Caller, Problem>, uri: Uri) -> Response {
    match caller {
        caller if !is_api(&uri) => pages::nothing_here(caller.ok().map(|caller| caller.0).as_ref()),
        Err(problem) if uri.path().starts_with("/api/v1") => problem.into_response(),
        _ => Problem::of(Code::NotFound, "nothing_here", "there is nothing here; /api/openapi.json tells what is")
            .into_response(),
    }
}

async fn not_so(caller: Result<caller::Caller, Problem>, uri: Uri) -> Response {
    match caller {
        caller if !is_api(&uri) => pages::not_so(caller.ok().map(|caller| caller.0).as_ref()),
        Err(problem) => problem.into_response(),
        Ok(_) => {
            Problem::of(Code::Method, "method", "it can't be asked for so; /api/openapi.json tells how").into_response()
        }
    }
}

fn is_api(uri: &Uri) -> bool {
    uri.path() == "/api" || uri.path().starts_with("/api/")
}

/// What a desk over HTTP is made of.
pub struct Setup {
    /// The desk.
    pub desk: Desk,
    /// What tells the time.
    pub clock: Clock,
    /// The token with which the first account is made, where there is none yet.
    pub welcome: Option<String>,
    /// What fetches calendars.
    pub fetcher: Fetcher,
}

/// Answers on `listener` until `stop` is done; meanwhile reminds bosses and reads calendars again. What is under way is
/// finished first.
pub async fn serve(
    setup: Setup,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let is_loopback = listener.local_addr()?.ip().is_loopback();
    let context = Context(Arc::new(Inner {
        desk: setup.desk,
        clock: setup.clock,
        latest: Latest::default(),
        changes: Changes::default(),
        attempts: Attempts::default(),
        looks: Looks::default(),
        welcome: setup.welcome,
        secure_cookies: !is_loopback,
        fetcher: setup.fetcher,
    }));
    let (reminding, reading) = (tokio::spawn(remind(context.clone())), tokio::spawn(reread(context.clone())));
    let service = router(context).into_make_service_with_connect_info::<SocketAddr>();
    let done = axum::serve(listener, service).with_graceful_shutdown(stop).await;
    reminding.abort();
    reading.abort();
    done
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
