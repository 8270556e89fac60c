//! What pages load: the style sheet, the icon, two scripts of others (htmx and its event stream) and one of ours, all in
//! the program.

use std::io::Write;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;

static STYLE: LazyLock<String> =
    LazyLock::new(|| [report::page::STYLE, include_str!("../../assets/desk.css")].concat());
/// The larger ones as they are sent where a browser unpacks them: the same for everybody, so that nothing shows in their length.
static PACKED: LazyLock<[Vec<u8>; 4]> = LazyLock::new(|| [STYLE.as_str(), HTMX, EVENTS, DESK].map(packed));
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
    let accepts = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let unpacks = accepts.flat_map(|value| value.split(',')).any(|one| matches!(one.trim(), "gzip" | "*"));
    let place = ["desk.css", "htmx.js", "events.js", "desk.js"].iter().position(|one| *one == name);
    let tag = format!("\"{}-{}\"", env!("CARGO_PKG_VERSION"), content.len());
    let caching = [(CACHE_CONTROL, "private, no-cache".to_owned()), (ETAG, tag.clone())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    match place.filter(|_| unpacks).map(|place| PACKED[place].as_slice()).filter(|packed| !packed.is_empty()) {
        Some(packed) => {
            (caching, [(CONTENT_TYPE, kind), (CONTENT_ENCODING, "gzip"), (VARY, "accept-encoding")], packed)
                .into_response()
        }
        None => (caching, [(CONTENT_TYPE, kind), (VARY, "accept-encoding")], content).into_response(),
    }
}

/// A text packed; nothing where that fails, and it is sent as it is.
fn packed(text: &str) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    let done = packer.write_all(text.as_bytes()).and_then(|()| packer.finish());
    done.unwrap_or_default()
}
