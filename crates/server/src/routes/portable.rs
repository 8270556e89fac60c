//! Records carried elsewhere and taken in, and who saw what.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use app::{Imported, Portable};
use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::shared::Id;
use crate::body::{Json as Body, Path};
use crate::caller::Caller;
use crate::context::Context;
use crate::problem::Problem;

/// The largest file taken in, in bytes.
const IMPORT_BYTES: usize = 64 << 20;

pub(crate) fn routes() -> ApiRouter<Context> {
    ApiRouter::new()
        .api_route(
            "/negotiations/{id}/views",
            get_with(views, |op| op.id("list_views").summary("Who saw what is privileged, the last first")),
        )
        .api_route(
            "/negotiations/{id}/export",
            get_with(export, |op| op.id("export").summary("The whole record, to carry elsewhere")),
        )
        .api_route(
            "/export",
            get_with(export_all, |op| {
                op.id("export_all").summary("All records that one sees the whole of, to carry elsewhere")
            }),
        )
        .api_route(
            "/import",
            post_with(import, |op| op.id("import").summary("Take in records exported elsewhere (admins)"))
                .layer(DefaultBodyLimit::max(IMPORT_BYTES)),
        )
}

/// A view of what is privileged.
#[derive(Serialize, JsonSchema)]
struct View {
    at: Timestamp,
    who: String,
    what: String,
}

async fn views(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<Vec<View>>, Problem> {
    let logged = context.desk().views(&who, &id, 200).await?;
    Ok(Json(logged.into_iter().map(|line| View { at: line.at, who: line.who, what: line.what }).collect()))
}

async fn export(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<Portable>, Problem> {
    Ok(Json(context.desk().export(&who, &id, context.now()).await?))
}

async fn export_all(State(context): State<Context>, Caller(who): Caller) -> Result<Json<Portable>, Problem> {
    Ok(Json(context.desk().export_all(&who, context.now()).await?))
}

async fn import(
    State(context): State<Context>,
    Caller(who): Caller,
    Body(portable): Body<Portable>,
) -> Result<Json<Imported>, Problem> {
    if !who.administers() {
        return Err(app::Error::Forbidden.into());
    }
    Ok(Json(context.desk().import(&who, portable, context.now()).await?))
}
