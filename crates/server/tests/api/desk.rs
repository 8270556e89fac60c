//! A desk that answers on a real port, with a clock that the test sets, and people who call it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::{Desk, Params};
use calendar_source::Fetcher;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use server::Setup;
use store::{AccountRole, Location, Store};
use terms::Scope;
use tokio::net::TcpListener;

pub const PASSWORD: &str = "correct horse battery";

/// Seconds since 1970 when a test begins: 2 March 2026, 9 o'clock.
const START: i64 = 1_772_442_000;

/// A clock that shows as many seconds since 1970 as it is set to.
type Hands = Arc<AtomicI64>;

fn shown(hands: &Hands) -> Timestamp {
    Timestamp::from_second(hands.load(Ordering::SeqCst)).expect("a time")
}

/// A desk with accounts for nora, bea, olga, zoe and ada, who administers.
pub struct Served {
    pub address: String,
    tokens: Vec<(&'static str, String)>,
    agent: ureq::Agent,
    hands: Hands,
    _runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

/// What was answered.
pub struct Answered {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: Value,
}

impl Answered {
    /// The body of an answer that must be good.
    #[track_caller]
    pub fn good(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body
    }

    /// Status and code of a refusal.
    pub fn refused(&self) -> (u16, &str) {
        (self.status, self.body["code"].as_str().unwrap_or_default())
    }
}

impl Served {
    pub fn start() -> Self {
        Self::fetching(Fetcher::default())
    }

    /// One that fetches calendars so.
    pub fn fetching(fetcher: Fetcher) -> Self {
        let hands = Hands::new(AtomicI64::new(START));
        let now = {
            let hands = hands.clone();
            move || shown(&hands)
        };
        let folder = tempfile::tempdir().expect("a folder");
        let runtime = tokio::runtime::Runtime::new().expect("threads");
        let location = Location::File(folder.path().join("upstairs.db"));
        let (address, tokens) = runtime.block_on(async {
            let store = Store::open(&location).await.expect("a store");
            // The weakest parameters that there are: how strong they must be is no matter here.
            let desk = Desk::new(store, Params::new(8, 1, 1, None).expect("parameters"));
            let accounts = &desk.accounts;
            let mut tokens = Vec::new();
            for name in ["nora", "bea", "olga", "zoe", "ada"] {
                let role = if name == "ada" { AccountRole::Admin } else { AccountRole::Member };
                accounts.create("test", name, role, PASSWORD, now()).await.expect("an account");
                let issued = accounts.issue_token(name, name, "all", Scope::ALL, None, now()).await;
                tokens.push((name, issued.expect("a token").secret));
            }
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let address = format!("http://{}", listener.local_addr().expect("an address"));
            let setup = Setup { desk, clock: Arc::new(now), welcome: None, fetcher, proxies: Vec::new() };
            tokio::spawn(server::serve(setup, listener, std::future::pending()));
            (address, tokens)
        });
        // A refusal before the body was read ends the connection, so that none is used twice.
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_idle_connections(0).build().into();
        Self { address, tokens, agent, hands, _runtime: runtime, _folder: folder }
    }

    pub fn token(&self, name: &str) -> &str {
        &self.tokens.iter().find(|(other, _)| *other == name).expect("an account").1
    }

    /// Calls without a body, with the headers given.
    pub fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Answered {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.header("content-type", "application/json");
        let text = body.map(Value::to_string).unwrap_or_default();
        let mut response = self.agent.run(request.body(text).expect("a request")).expect("an answer");
        let bytes = response.body_mut().read_to_vec().expect("a body");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answered { status: response.status().as_u16(), headers: response.headers().clone(), body }
    }

    /// What a form in a browser sends, with the cookie of somebody's session.
    pub fn form(&self, cookie: &str, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let escaped = |text: &str| -> String {
            text.bytes()
                .map(
                    |byte| {
                        if byte.is_ascii_alphanumeric() { (byte as char).to_string() } else { format!("%{byte:02X}") }
                    },
                )
                .collect()
        };
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let request = ureq::http::Request::builder().method("POST").uri(format!("{}{path}", self.address));
        let request = request.header("cookie", cookie).header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("sec-fetch-site", "same-origin");
        let mut response = self.agent.run(request.body(body.join("&")).expect("a request")).expect("an answer");
        (response.status().as_u16(), response.body_mut().read_to_string().expect("text"))
    }

    pub fn call(&self, who: &str, method: &str, path: &str, body: Option<&Value>) -> Answered {
        let bearer = format!("Bearer {}", self.token(who));
        self.raw(method, &format!("/api/v1{path}"), &[("authorization", &bearer)], body)
    }

    pub fn get(&self, who: &str, path: &str) -> Answered {
        self.call(who, "GET", path, None)
    }

    pub fn post(&self, who: &str, path: &str, body: &Value) -> Answered {
        self.call(who, "POST", path, Some(body))
    }

    /// Does something in a negotiation.
    pub fn act(&self, who: &str, id: &str, command: &Value) -> Answered {
        self.hands.fetch_add(60, Ordering::SeqCst);
        self.post(who, &format!("/negotiations/{id}/acts"), command)
    }

    /// Lets time pass.
    pub fn wait(&self, hours: i64) {
        self.hands.fetch_add(hours * 3600, Ordering::SeqCst);
    }

    /// A moment ahead.
    pub fn ahead(&self, hours: i64) -> String {
        (shown(&self.hands) + SignedDuration::from_hours(hours)).to_string()
    }

    /// A negotiation of nora's, with bea as her boss and olga looking on, prepared, with offers on the table.
    pub fn negotiation(&self) -> String {
        let opening = json!({
            "title": "Renewal", "role": "seller", "currency": "USD", "counterpart": "Northwind",
        });
        let opened = self.post("nora", "/negotiations", &opening).good();
        let id = opened["id"].as_str().expect("an id").to_owned();
        let named = |user: &str, part: &str| {
            let participant = json!({ "user": user, "part": part, "privy": false });
            self.act("nora", &id, &json!({ "do": "name", "participant": participant })).good();
        };
        named("bea", "boss");
        named("olga", "observer");
        let preparation = json!({
            "walk_away": "1057001", "target": "1397002", "boss_limit": "1117003", "rounds_left": 6,
            "counterpart_limit": { "low": "1077004", "likely": "1187005", "high": "1297006" },
            "cost_of_delay_per_week": "2008",
            "boss_time_cost": "7009", "days_per_round": 4, "later_deals": "2", "value_per_deal": "60011",
        });
        self.act("nora", &id, &json!({ "do": "prepare", "preparation": preparation })).good();
        self.act("bea", &id, &json!({ "do": "grant_mandate", "mandate": { "price": "1187012" } })).good();
        for (by, price) in [("us", "1380000"), ("them", "1050000"), ("us", "1330000"), ("them", "1080000")] {
            self.act("nora", &id, &offer(by, price)).good();
        }
        id
    }
}

/// An offer of a price alone.
pub fn offer(by: &str, price: &str) -> Value {
    json!({ "do": "offer", "offer": { "by": by, "package": { "price": price } } })
}
