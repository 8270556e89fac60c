//! Who calls: by a token or session in the `Authorization` header, or by a browser's session cookie.

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::Operation;
use app::Principal;
use axum::extract::FromRequestParts;
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
