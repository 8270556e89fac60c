//! What pages load: the style sheet, the icon, two scripts of others (htmx and its event stream) and one of ours, all in
//! the program.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

static STYLE: LazyLock<String> =
    LazyLock::new(|| [report::page::STYLE, include_str!("../../assets/desk.css")].concat());
const HTMX: &str = include_str!("../../assets/htmx.min.js");
const EVENTS: &str = include_str!("../../assets/hx-sse.min.js");
const DESK: &str = include_str!("../../assets/desk.js");
const ICON: &str = include_str!("../../assets/icon.svg");

/// An asset by its name. It is asked about on every page and sent again only where it has changed.
pub(super) async fn show(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let (kind, content) = match name.as_str() {
        "desk.css" => ("text/css; charset=utf-8", STYLE.as_str()),
        "htmx.js" => ("text/javascript; charset=utf-8", HTMX),
        "events.js" => ("text/javascript; charset=utf-8", EVENTS),
        "desk.js" => ("text/javascript; charset=utf-8", DESK),
        "icon.svg" => ("image/svg+xml", ICON),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let tag = format!("\"{}-{}\"", env!("CARGO_PKG_VERSION"), content.len());
    let caching = [(CACHE_CONTROL, "private, no-cache".to_owned()), (ETAG, tag.clone())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (caching, [(CONTENT_TYPE, kind)], content.to_owned()).into_response()
}
