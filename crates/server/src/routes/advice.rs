//! The advice on the record: at once, refined, taken, and what changed; and the price of a step up.

use std::sync::Arc;

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use app::{AdviceAtHand, Changes, First, SAMPLES, SEED, Step};
use axum::Json;
use axum::extract::State;
use engine::advice::Advice;
use negotiation::Version;
use negotiation::fact::PriceShown;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::shared::Id;
use crate::body::{Json as Body, Path};
use crate::caller::Caller;
use crate::context::Context;
use crate::problem::{Code, Problem};

pub(crate) fn routes() -> ApiRouter<Context> {
    ApiRouter::new()
        .api_route(
            "/negotiations/{id}/advice",
            get_with(show, |op| op.id("advice").summary("The advice as things stand: at once, then refined"))
                .post_with(take, |op| op.id("take_advice").summary("Take the advice: compute and record it")),
        )
        .api_route(
            "/negotiations/{id}/advice/changes",
            get_with(changes, |op| {
                op.id("advice_changes").summary("What changed since the last advice, and which fact did it")
            }),
        )
        .api_route(
            "/negotiations/{id}/price",
            post_with(price, |op| {
                op.id("price").summary("What bringing the boss in costs as things stand; recorded, to be confirmed")
            }),
        )
        .api_route(
            "/negotiations/{id}/check-message",
            post_with(check_message, |op| {
                op.id("check_message")
                    .summary("What a message to the counterpart would give away, with the words and why")
            }),
        )
        .api_route(
            "/negotiations/{id}/case",
            get_with(case, |op| op.id("export_case").summary("The case that the record makes, as TOML")),
        )
}

/// The advice as things stand.
#[derive(Serialize, JsonSchema)]
struct Standing {
    /// The first answer.
    first: First,
    /// The whole advice; null while it is being computed.
    whole: Option<Arc<Advice>>,
}

async fn show(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<Standing>, Problem> {
    let now = context.now();
    let negotiation = context.desk().look_privileged(&who, &id, "the advice", now).await?;
    let AdviceAtHand { first, whole } = context.desk().known(&negotiation, &id, now).await?;
    Ok(Json(Standing { first, whole }))
}

/// How an advice is to be computed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct How {
    /// The seed of the random numbers; 1 where not said.
    seed: Option<u64>,
    /// Simulated paths a plan, 1,024 to 65,536; 65,536 where not said.
    #[schemars(range(min = 1024, max = 65_536))]
    samples: Option<u32>,
}

/// An advice taken.
#[derive(Serialize, JsonSchema)]
struct Taken {
    /// The version of its entry.
    version: Version,
    /// The advice.
    advice: Advice,
}

async fn take(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
    Body(how): Body<How>,
) -> Result<Json<Taken>, Problem> {
    let samples = how.samples.unwrap_or(SAMPLES);
    if !(1024..=SAMPLES).contains(&samples) {
        let message = "the samples can't be so; give 1,024 to 65,536";
        return Err(Problem::of(Code::Unfit, "impossible", message));
    }
    let taken = context.desk().take_advice(&who, &id, how.seed.unwrap_or(SEED), samples, context.now()).await?;
    Ok(Json(Taken { version: taken.version, advice: taken.advice }))
}

async fn changes(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<Changes>, Problem> {
    Ok(Json(context.desk().changes(&who, &id, context.now()).await?))
}

/// A step up.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Which.
    step: Step,
}

async fn price(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
    Body(asked): Body<Asked>,
) -> Result<Json<PriceShown>, Problem> {
    Ok(Json(context.desk().price(&who, &id, asked.step, context.now()).await?))
}

/// A message that has not gone out yet.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Message {
    /// Its words. They are not kept.
    text: String,
}

/// A message as it was checked.
#[derive(Serialize, JsonSchema)]
struct CheckedMessage {
    /// What it gives away, in the order of its words.
    findings: Vec<Finding>,
    /// What was not read, or not in full, in sentences: for its language or its length.
    reservations: Vec<String>,
}

/// Words of a message that give something away.
#[derive(Serialize, JsonSchema)]
struct Finding {
    /// What is given away: `importance`, `authority`, `walk_away`, `deadline`, `alternative`, `number` or `boss`.
    kind: String,
    /// How sure that is: `certain`, `likely` or `look`.
    severity: String,
    /// Where the words begin and end in the message, in characters.
    chars: [usize; 2],
    /// The words.
    excerpt: String,
    /// Why, in a sentence.
    why: String,
    /// What might be said in their place.
    instead: Option<String>,
    /// The words to leave out so that it is no longer said: a part of a sentence, or a sentence.
    leave_out: String,
    /// The rule that found it.
    rule: String,
}

async fn check_message(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
    Body(message): Body<Message>,
) -> Result<Json<CheckedMessage>, Problem> {
    let checked = context.desk().check_message(&who, &id, &message.text, context.now()).await?;
    let reservations = checked.reservations();
    let findings = checked.findings.into_iter().map(|finding| Finding {
        kind: finding.kind.key().to_owned(),
        severity: finding.severity.key().to_owned(),
        chars: [finding.chars.start, finding.chars.end],
        excerpt: finding.excerpt,
        why: finding.why,
        instead: finding.instead,
        leave_out: finding.leave_out.words,
        rule: finding.rule,
    });
    Ok(Json(CheckedMessage { findings: findings.collect(), reservations }))
}

/// A case.
#[derive(Serialize, JsonSchema)]
struct CaseShown {
    /// As `upstairs advise` reads it.
    toml: String,
}

async fn case(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<CaseShown>, Problem> {
    let case = context.desk().export_case(&who, &id, context.now()).await?;
    Ok(Json(CaseShown { toml: case_file::write(&case) }))
}
