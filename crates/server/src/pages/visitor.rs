//! Who visits a page: by the browser's session alone, and sent to sign in where there is none.

use app::Principal;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;

use super::failure::Failure;
use super::owed;
use crate::context::Context;
use crate::cookie::COOKIE;
use crate::request;

/// Somebody signed in, at a browser.
pub(super) struct Visitor(pub Principal);

impl FromRequestParts<Context> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Response> {
        let cookies = CookieJar::from_headers(&parts.headers);
        let known = match cookies.get(COOKIE) {
            Some(cookie) => context.desk().accounts.principal(cookie.value(), context.now()).await,
            None => Err(app::Error::Unknown),
        };
        match known {
            Ok(who) => {
                request::made_by(&who);
                owed::count(context, &who).await;
                Ok(Self(who))
            }
            // A page that listens tries again, ever more seldom; the one to sign in at would be taken for news.
            Err(app::Error::Unknown) if parts.uri.path().ends_with("/events") => {
                Err(StatusCode::UNAUTHORIZED.into_response())
            }
            Err(app::Error::Unknown) => Err(Redirect::to(&sign_in(parts)).into_response()),
            Err(other) => Err(Failure::of(None, other).into_response()),
        }
    }
}

/// Back to where they wanted, where that was only to look.
fn sign_in(parts: &Parts) -> String {
    let path = parts.uri.path();
    let looks = parts.method == axum::http::Method::GET && path != "/";
    if looks { format!("/sign-in?next={path}") } else { "/sign-in".to_owned() }
}
