//! A client of the API that tells an answer from silence, and an answer in time from one that is late.

use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::Agent;
use ureq::http::Response;
use ureq::{Body, Error};

/// A caller may be kept waiting for the store's patience, and a little for everything else.
const LATEST_ANSWER: Duration = Duration::from_secs(12);
/// When the client stops listening; an answer this late would be a fault of its own.
const HANGING: Duration = Duration::from_secs(40);

/// What came of a call.
#[derive(Clone, Debug)]
pub enum Answer {
    /// 2xx, with the body.
    Done(Value),
    /// Any other status, with the problem that the body tells of.
    Refused(Problem),
    /// The connection broke before there was an answer: it may have been done, or not.
    Silence,
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub status: u16,
    pub code: String,
    pub message: String,
}

/// One caller, with a token.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    root: String,
    token: String,
}

impl Client {
    pub fn new(root: &str, token: &str) -> Self {
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(HANGING)).build();
        Self { agent: config.into(), root: root.to_owned(), token: token.to_owned() }
    }

    /// Asks for what is under a path of the API.
    pub fn get(&self, path: &str) -> Answer {
        let url = format!("{}/api/v1{path}", self.root);
        in_time(path, || self.agent.get(url).header("Authorization", self.bearer()).call())
    }

    /// Sends something to a path of the API.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        let url = format!("{}/api/v1{path}", self.root);
        in_time(path, || self.agent.post(url).header("Authorization", self.bearer()).send_json(body))
    }

    /// What must be there.
    pub fn read(&self, path: &str) -> Value {
        match self.get(path) {
            Answer::Done(body) => body,
            other => panic!("{path} can't be read: {other:?}"),
        }
    }

    /// The status of `/healthz`.
    pub fn health(&self) -> Option<u16> {
        let began = Instant::now();
        let answer = self.agent.get(format!("{}/healthz", self.root)).call();
        assert!(began.elapsed() < LATEST_ANSWER, "/healthz took {:?}", began.elapsed());
        answer.ok().map(|answer| answer.status().as_u16())
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

fn in_time(path: &str, call: impl FnOnce() -> Result<Response<Body>, Error>) -> Answer {
    let began = Instant::now();
    let answer = call();
    let took = began.elapsed();
    assert!(took < LATEST_ANSWER, "{path} kept its caller for {took:?}: {answer:?}");
    let Ok(mut answer) = answer else { return Answer::Silence };
    // A body that breaks off is no answer: its caller has been told nothing.
    let Ok(text) = answer.body_mut().read_to_string() else { return Answer::Silence };
    let status = answer.status();
    let body: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{path}: {status} without JSON: {text:?}"));
    if status.is_success() {
        return Answer::Done(body);
    }
    let word = |key: &str| body[key].as_str().unwrap_or_else(|| panic!("{path}: {status} without a {key}")).to_owned();
    Answer::Refused(Problem { status: status.as_u16(), code: word("code"), message: word("message") })
}
