//! Who calls: by a token or session in the `Authorization` header, or by a browser's session cookie.

use std::net::{IpAddr, SocketAddr};

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::Operation;
use app::Principal;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum_extra::extract::cookie::CookieJar;

use crate::context::Context;
use crate::cookie::COOKIE;
use crate::problem::Problem;
use crate::request;

/// Somebody who is signed in.
pub(crate) struct Caller(pub Principal);

impl FromRequestParts<Context> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        let secret = secret(parts).ok_or(app::Error::Unknown)?;
        let who = context.desk().accounts.principal(&secret, context.now()).await?;
        request::made_by(&who);
        Ok(Self(who))
    }
}

fn secret(parts: &Parts) -> Option<String> {
    match parts.headers.get(AUTHORIZATION) {
        Some(header) => {
            let (scheme, secret) = header.to_str().ok()?.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim().to_owned())
        }
        None => CookieJar::from_headers(&parts.headers).get(COOKIE).map(|cookie| cookie.value().to_owned()),
    }
}

impl OperationInput for Caller {
    fn operation_input(_: &mut GenContext, operation: &mut Operation) {
        operation.security = vec![[("token".to_owned(), Vec::new())].into_iter().collect()];
    }
}

/// Where a request came from.
pub(crate) struct Address(pub IpAddr);

impl FromRequestParts<Context> for Address {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, context).await;
        let ConnectInfo(peer) = peer.map_err(|_| Problem::ours())?;
        Ok(Self(address_of(peer, &parts.headers)))
    }
}

impl OperationInput for Address {}

/// Where a request came from: a proxy on this machine says whom it speaks for, anybody else speaks for themselves.
fn address_of(peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let told =
        headers.get("x-forwarded-for").and_then(|told| told.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    told.filter(|_| peer.ip().to_canonical().is_loopback()).unwrap_or(peer.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_on_this_machine_speaks_for_others() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "203.0.113.9, 198.51.100.7".parse().unwrap());
        let of = |peer: &str, headers: &HeaderMap| address_of(peer.parse().unwrap(), headers).to_string();
        assert_eq!(of("127.0.0.1:80", &headers), "198.51.100.7");
        assert_eq!(of("192.0.2.1:80", &headers), "192.0.2.1");
        assert_eq!(of("127.0.0.1:80", &HeaderMap::new()), "127.0.0.1");
    }
}
