//! The cookie that keeps a browser's session.

use axum_extra::extract::cookie::{Cookie, SameSite};

use crate::context::Context;

/// What it is called.
pub(crate) const COOKIE: &str = "upstairs_session";

/// The cookie with the secret of a session.
pub(crate) fn cookie(context: &Context, secret: String) -> Cookie<'static> {
    let cookie = Cookie::build((COOKIE, secret)).path("/").http_only(true).secure(context.secure_cookies());
    cookie.same_site(SameSite::Strict).build()
}
