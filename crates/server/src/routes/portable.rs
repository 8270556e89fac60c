//! Records carried elsewhere and taken in, and who saw what.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use app::{Imported, Portable, counterpart_of};
use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use jiff::Timestamp;
use negotiation::Version;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::shared::Id;
use crate::body::{Json as Body, Path};
use crate::caller::Caller;
use crate::context::Context;
use crate::problem::{Code, Problem};

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
            "/cases",
            post_with(from_case, |op| {
                op.id("open_from_case").summary("Open a negotiation from a case, with its offers and acts")
            }),
        )
        .api_route(
            "/import",
            post_with(import, |op| op.id("import").summary("Take in records exported elsewhere (admins)"))
                .layer(DefaultBodyLimit::max(IMPORT_BYTES)),
        )
}

/// A case to make a negotiation of.
#[derive(Deserialize, JsonSchema)]
struct CaseSent {
    /// The case, as `upstairs advise` reads it.
    toml: String,
    /// With whom; what its title says after "with" where left out.
    counterpart: Option<String>,
}

/// A negotiation made of a case.
#[derive(Serialize, JsonSchema)]
struct Opened {
    id: String,
    /// The last version.
    version: Version,
    counterpart: String,
    /// What the record has no place for, or holds otherwise, a sentence each.
    left_out: Vec<String>,
}

async fn from_case(
    State(context): State<Context>,
    Caller(who): Caller,
    Body(sent): Body<CaseSent>,
) -> Result<Json<Opened>, Problem> {
    let work = move |_: &_| case_file::read(sent.toml.as_bytes());
    let case = context.desk().computing().run(&who.user.0, work).await?.map_err(|problems| {
        let told = problems.iter().map(|one| format!("line {}: {} {}. {}", one.line, one.key, one.problem, one.mend));
        Problem::of(Code::Unfit, "bad_case", &told.collect::<Vec<_>>().join(" "))
    })?;
    let counterpart = sent.counterpart.unwrap_or_else(|| counterpart_of(&case.title).to_owned());
    let taken = context.desk().take_in_case(&who, &case, &counterpart, context.now()).await?;
    let (id, version) = (taken.done.id, taken.done.negotiation.version);
    Ok(Json(Opened { id, version, counterpart, left_out: taken.left_out }))
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
