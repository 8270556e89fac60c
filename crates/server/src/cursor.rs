//! Where a list goes on, as it is sent and taken back.

use app::{Cursor, Principal};

use crate::context::Context;
use crate::problem::{Code, Problem};

/// A cursor as it is sent.
pub(crate) fn cursor_text(cursor: &Cursor) -> String {
    format!("{}.{}", cursor.changed_at, cursor.id)
}

/// A cursor as it was sent.
pub(crate) fn cursor_from(text: &str) -> Result<Cursor, Problem> {
    let wrong = || Problem::of(Code::Malformed, "query", "`after` is wrong; send the `next` of the page before");
    let (changed_at, id) = text.split_once('.').ok_or_else(wrong)?;
    if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(wrong());
    }
    Ok(Cursor { changed_at: changed_at.parse().map_err(|_| wrong())?, id: id.to_owned() })
}

/// What the list of somebody's negotiations begins with: another text whenever any of them has changed.
pub(crate) async fn newest(context: &Context, who: &Principal) -> Result<String, app::Error> {
    Ok(context.desk().newest(who).await?.as_ref().map(cursor_text).unwrap_or_default())
}
