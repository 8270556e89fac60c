//! What the record says of ladder, mandate, brief, proposal and precedent.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use app::Precedent;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use negotiation::brief::Brief;
use negotiation::ladder::{Gate, gate};
use negotiation::mandate::{Granted, Outside};
use negotiation::offer::Package;
use negotiation::{Lapse, Settling};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::Rung;

use super::shared::Id;
use crate::body::{Path, Query, Unread};
use crate::caller::Caller;
use crate::context::Context;
use crate::problem::{Code, Problem};

pub(crate) fn routes() -> ApiRouter<Context> {
    ApiRouter::new()
        .api_route(
            "/negotiations/{id}/ladder",
            get_with(ladder, |op| op.id("ladder").summary("The gate before each rung, with the evidence")),
        )
        .api_route(
            "/negotiations/{id}/mandate",
            get_with(mandate, |op| op.id("mandate").summary("The mandate in force, now or at a past moment")),
        )
        .api_route(
            "/negotiations/{id}/mandate/check",
            post_with(check, |op| {
                op.id("check_package").summary("Whether a package lies inside the mandate, and why not")
            }),
        )
        .api_route(
            "/negotiations/{id}/brief",
            get_with(brief, |op| op.id("brief").summary("The brief for the boss, as it stands")),
        )
        .api_route(
            "/negotiations/{id}/proposal-wording",
            get_with(wording, |op| {
                op.id("proposal_wording").summary("Neutral words for taking it to both bosses, to be edited")
            }),
        )
        .api_route(
            "/negotiations/{id}/precedent",
            get_with(precedent, |op| {
                op.id("precedent").summary("What our boss's appearances led to with this counterpart")
            }),
        )
}

async fn ladder(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<Vec<Gate>>, Problem> {
    let now = context.now();
    let negotiation = context.desk().look_privileged(&who, &id, "the ladder", now).await?;
    Ok(Json(Rung::ALL.iter().map(|&rung| gate(&negotiation, rung, now)).collect()))
}

/// A moment.
#[derive(Deserialize, JsonSchema)]
struct At {
    /// Now, where not said.
    at: Option<Timestamp>,
    /// By what was on record then; by all that is on record now, where not said.
    known: Option<Timestamp>,
}

/// The mandate at a moment.
#[derive(Serialize, JsonSchema)]
struct InForce {
    /// Null where none was in force.
    mandate: Option<Granted>,
}

async fn mandate(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
    Query(moment): Query<At>,
) -> Result<Json<InForce>, Problem> {
    let now = context.now();
    let mandate = context.desk().mandate_at(&who, &id, (moment.at.unwrap_or(now), moment.known), now).await?;
    Ok(Json(InForce { mandate }))
}

/// Whether a package can be settled unasked.
#[derive(Serialize, JsonSchema)]
struct Checked {
    /// It can.
    inside: bool,
    /// Every way in which it is outside.
    outside: Vec<Outside>,
    /// The same in words.
    because: Vec<String>,
    /// On what the boss's leave depends, where it takes that to be inside.
    conditions: Vec<String>,
    /// Leave that was given for it and counts no more.
    lapsed: Vec<Lapse>,
}

async fn check(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
    body: Unread<Package>,
) -> Result<Json<Checked>, Problem> {
    let package = body.read(context.desk().currency(&who, &id).await?)?;
    let Settling { outside, conditions, lapsed } = context.desk().settling(&who, &id, &package, context.now()).await?;
    let because = outside.iter().map(ToString::to_string);
    let because = because.chain(lapsed.iter().map(ToString::to_string)).collect();
    Ok(Json(Checked { inside: outside.is_empty(), outside, because, conditions, lapsed }))
}

async fn brief(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<Brief>, Problem> {
    Ok(Json(context.desk().brief(&who, &id, context.now()).await?))
}

/// How long both sides would have.
#[derive(Deserialize, JsonSchema)]
struct Days {
    /// Days until the two meet again; 7 where not said.
    #[schemars(range(min = 1, max = 3650))]
    days: Option<u32>,
}

/// Words for a proposal.
#[derive(Serialize, JsonSchema)]
struct Wording {
    /// To be edited.
    wording: String,
}

async fn wording(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
    Query(days): Query<Days>,
) -> Result<Json<Wording>, Problem> {
    let days = days.days.unwrap_or(7);
    if !(1..=3650).contains(&days) {
        return Err(Problem::of(Code::Malformed, "query", "the days can't be so; give 1 to 3650"));
    }
    let wording = context.desk().proposal_wording(&who, &id, days, context.now()).await?;
    Ok(Json(Wording { wording }))
}

async fn precedent(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<Precedent>, Problem> {
    Ok(Json(context.desk().precedent(&who, &id, context.now()).await?))
}
