//! A request from its arrival to its answer: it is given an id, which is in every line of the log that it leads to and in the
//! header of its answer; and where it fails by a fault of ours the answer says under which id the log tells the cause.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use app::Principal;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::{Instrument as _, Span};

use crate::context::Context;
use crate::proxy::{Proxy, is_ours};

/// Where a request's id is told, and where a proxy says which it gave.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Letters of an id of a proxy's: 32 of a random number in hexadecimal digits, or 36 with the dashes of a UUID.
const PROXY_LETTERS: [usize; 2] = [32, 36];
/// The id of a request for which the system gave no random number: it is answered all the same.
const NO_ID: &str = "none";

/// What goes with an answer that is a fault of ours: how to write it anew with the request's id in it. Only this module
/// knows the id, and only whoever answers knows whether a program or a person reads.
#[derive(Clone)]
pub(crate) struct Told(Arc<dyn Fn(&str) -> Response + Send + Sync>);

impl Told {
    /// The answer as it is written for an id.
    pub fn by(written: impl Fn(&str) -> Response + Send + Sync + 'static) -> Self {
        Self(Arc::new(written))
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Told(..)")
    }
}

/// Goes with an answer whose fault was told of already, and whose text is to stay as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Complete;

/// Follows a request to its answer.
///
/// The log has the route's template: a path may hold a secret or a counterpart's name. Of the query and the headers it has
/// nothing.
pub(crate) async fn follow(State(context): State<Context>, request: Request, next: Next) -> Response {
    let id = id_of(&request, context.proxies());
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let span =
        tracing::error_span!("request", id, method = name_of(request.method()), route, who = tracing::field::Empty);
    let began = Instant::now();
    async move {
        let mut response = next.run(request).await;
        if response.status().is_server_error() {
            response = failed(response, &id);
        }
        let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(status = response.status().as_u16(), milliseconds, "answered");
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(HEADER, id);
        }
        response
    }
    .instrument(span)
    .await
}

/// Says in the log who makes the request that is under way.
pub(crate) fn made_by(who: &Principal) {
    Span::current().record("who", who.user.0.as_str());
}

/// The answer with the id in it. What nobody told of before is told here.
fn failed(mut response: Response, id: &str) -> Response {
    let extensions = response.extensions_mut();
    let told = extensions.remove::<Told>();
    if let Some(Told(written)) = told {
        return written(id);
    }
    if extensions.remove::<Complete>().is_none() {
        tracing::error!(status = response.status().as_u16(), cause = "none was given", "a request failed");
    }
    response
}

/// A proxy's id where one of ours gave one that is a random number by its form; else one of our own. Anything
/// else that callers send would let them write into the log.
fn id_of(request: &Request, proxies: &[Proxy]) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_near = peer.is_some_and(|ConnectInfo(peer)| is_ours(proxies, peer.ip()));
    let given = given(request.headers()).filter(|_| is_near).map(str::to_owned);
    given.unwrap_or_else(|| app::request_id().unwrap_or_else(|_| NO_ID.to_owned()))
}

fn given(headers: &HeaderMap) -> Option<&str> {
    let given = headers.get(HEADER)?.to_str().ok()?;
    let is_random = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    (PROXY_LETTERS.contains(&given.len()) && given.bytes().all(is_random)).then_some(given)
}

/// Methods that a caller made up are not repeated.
fn name_of(method: &Method) -> &'static str {
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    let names = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    known.iter().zip(names).find(|(known, _)| *known == method).map_or("other", |(_, name)| name)
}

/// An answer with what it takes to write it with an id.
pub(crate) fn with_id(written: impl Fn(Option<&str>) -> Response + Send + Sync + 'static) -> Response {
    let mut response = written(None).into_response();
    if response.status().is_server_error() {
        response.extensions_mut().insert(Told::by(move |id| written(Some(id))));
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn id(peer: &str, given: &str) -> String {
        let mut request = Request::builder().header(HEADER, given).body(Body::empty()).unwrap();
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        id_of(&request, &["127.0.0.1".parse().unwrap(), "::1".parse().unwrap()])
    }

    #[test]
    fn a_proxy_of_ours_may_give_a_random_number_and_nothing_else() {
        let (hex, uuid) = ("0123456789abcdef0123456789abcdef", "67e55044-10b1-426f-9247-bb680e5fe0c8");
        assert_eq!(id("127.0.0.1:80", hex), hex);
        assert_eq!(id("[::1]:80", uuid), uuid);
        assert_ne!(id("192.0.2.1:80", hex), hex);
        for other in ["1150000", "our walk-away is 1057001", "", "0123456789abcdef0123456789abcdeg", &hex.repeat(2)] {
            let id = id("127.0.0.1:80", other);
            assert!(id != other && id.len() == 16, "{other:?}: {id}");
        }
    }

    #[test]
    fn every_request_has_another() {
        assert_ne!(id("127.0.0.1:80", ""), id("127.0.0.1:80", ""));
    }

    #[test]
    fn a_method_that_was_made_up_is_not_repeated() {
        assert_eq!(name_of(&Method::PATCH), "PATCH");
        assert_eq!(name_of(&Method::from_bytes(b"W1057001").unwrap()), "other");
    }
}
