//! The cookie that keeps a browser's session.

use axum_extra::extract::cookie::{Cookie, SameSite};

use crate::context::Context;
use crate::proxy::Way;

/// What it is called.
pub(crate) const COOKIE: &str = "upstairs_session";

/// The cookie with the secret of a session.
pub(crate) fn cookie(context: &Context, way: Way, secret: String) -> Cookie<'static> {
    let secure = context.secure_cookies() || way.by_tls;
    let cookie = Cookie::build((COOKIE, secret)).path("/").http_only(true).secure(secure);
    cookie.same_site(SameSite::Strict).build()
}
