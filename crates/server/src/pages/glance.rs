//! Looks at what is privileged: each leaves a line in the log, but for those that a page takes again as things change.

use app::{Error, Listed, Principal, Seen};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use negotiation::Negotiation;
use negotiation::view::Sight;

use crate::context::Context;

/// Whether a page asks for itself again, by its script: because something changed, not because somebody came.
pub(super) struct Again(pub bool);

impl<S: Send + Sync> FromRequestParts<S> for Again {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.headers.contains_key("hx-request")))
    }
}

/// The negotiation as far as `who` sees it. A look that is taken again is not logged again.
pub(super) async fn look(
    context: &Context,
    who: &Principal,
    id: &str,
    what: &'static str,
    Again(again): Again,
) -> Result<Seen, Error> {
    let (desk, now) = (context.desk(), context.now());
    if again && context.looks().lately(&who.user.0, id, what, now) {
        return desk.look_again(who, id).await;
    }
    let seen = desk.look(who, id, what, now).await?;
    if seen.sight == Sight::All {
        context.looks().logged(&who.user.0, id, what, now);
    }
    Ok(seen)
}

/// The whole negotiation, for those who see all of it; one line in the log for many looks at a page.
pub(super) async fn glance(
    context: &Context,
    who: &Principal,
    id: &str,
    what: &'static str,
) -> Result<Negotiation, Error> {
    let (desk, now) = (context.desk(), context.now());
    if context.looks().lately(&who.user.0, id, what, now) {
        let seen = desk.look_again(who, id).await?;
        return if seen.sight == Sight::All { Ok(seen.negotiation) } else { Err(Error::Forbidden) };
    }
    let negotiation = desk.look_privileged(who, id, what, now).await?;
    context.looks().logged(&who.user.0, id, what, now);
    Ok(negotiation)
}

/// Logs that a list showed what is privileged of these, where it did and was not logged of late.
pub(super) async fn listed(context: &Context, who: &Principal, shown: &[&Listed]) -> Result<(), Error> {
    const WHAT: &str = "the list";
    let now = context.now();
    for one in shown.iter().filter(|one| tells(one)) {
        if !context.looks().lately(&who.user.0, &one.id, WHAT, now) {
            context.desk().log_listed(who, &one.id, now).await?;
            context.looks().logged(&who.user.0, &one.id, WHAT, now);
        }
    }
    Ok(())
}

/// Whether the row of a negotiation holds anything that is ours alone: advice, limits and questions, of any that is seen whole.
fn tells(one: &Listed) -> bool {
    one.summary.privileged.is_some()
}
