//! Packages: the issue sheet, what packages are worth, and what to try next.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use axum::Json;
use axum::extract::State;
use bargain::findings::{Findings, Valued};
use bargain::sheet::Sheet;
use negotiation::offer::Package;

use super::shared::Id;
use crate::body::{Path, Unread};
use crate::caller::Caller;
use crate::context::Context;
use crate::problem::Problem;

pub(crate) fn routes() -> ApiRouter<Context> {
    ApiRouter::new()
        .api_route(
            "/negotiations/{id}/sheet",
            get_with(sheet, |op| {
                op.id("sheet").summary("The issue sheet; `prepare_issues` is the act that records one")
            }),
        )
        .api_route(
            "/negotiations/{id}/packages",
            get_with(findings, |op| {
                op.id("packages").summary("Trades, several offers at once, priorities, and the limit to ask about")
            }),
        )
        .api_route(
            "/negotiations/{id}/packages/value",
            post_with(value, |op| op.id("package_value").summary("What a package is worth to us and likely to them")),
        )
}

async fn sheet(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<Sheet>, Problem> {
    let negotiation = context.desk().look_privileged(&who, &id, "the issue sheet", context.now()).await?;
    negotiation.sheet.map(Json).ok_or_else(|| app::Error::NoSheet.into())
}

async fn findings(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<Findings>, Problem> {
    let now = context.now();
    let negotiation = context.desk().look_privileged(&who, &id, "the packages", now).await?;
    Ok(Json(context.desk().findings(&negotiation, &id, now).await?))
}

async fn value(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
    body: Unread<Package>,
) -> Result<Json<Valued>, Problem> {
    let now = context.now();
    let negotiation = context.desk().look_privileged(&who, &id, "a package's value", now).await?;
    let package = body.read(negotiation.currency())?;
    Ok(Json(context.desk().value(&negotiation, &id, &package, now).await?))
}
