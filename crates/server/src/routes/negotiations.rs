//! Negotiations: opening, listing, seeing and acting.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use app::wire::{Act, Entry, Summary};
use app::{Done, Seen, Wish};
use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use negotiation::fact::{AdviceTaken, Opening, Preparation};
use negotiation::guidance::Request;
use negotiation::mandate::Granted;
use negotiation::offer::Package;
use negotiation::party::Participant;
use negotiation::proposal::{Consent, Proposed};
use negotiation::view::{Sight, entries};
use negotiation::{Phase, Stamp, Version};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{Currency, Role};

use super::shared::Id;
use crate::body::{Json as Body, Path, Query, Unread};
use crate::caller::Caller;
use crate::context::Context;
use crate::cursor::{cursor_from, cursor_text};
use crate::problem::Problem;

/// Negotiations on a page of the list.
const PAGE: u32 = 100;

pub(crate) fn routes() -> ApiRouter<Context> {
    ApiRouter::new()
        .api_route(
            "/negotiations",
            get_with(list, |op| op.id("list_negotiations").summary("Those one takes part in, the last changed first"))
                .post_with(open, |op| op.id("open_negotiation").summary("Open one, as its negotiator")),
        )
        .api_route(
            "/negotiations/{id}",
            get_with(show, |op| op.id("show_negotiation").summary("Where it stands, as far as one may see")),
        )
        .api_route(
            "/negotiations/{id}/entries",
            get_with(history, |op| op.id("list_entries").summary("Its record, as far as one may see")),
        )
        .api_route(
            "/negotiations/{id}/acts",
            post_with(act, |op| op.id("act").summary("Offer, ask, answer, propose, join, hand back: any act")),
        )
}

/// A page of the list.
#[derive(Serialize, JsonSchema)]
struct Listing {
    /// The negotiations.
    negotiations: Vec<Listed>,
    /// To be sent as `after` for the next page; null on the last.
    next: Option<String>,
}

/// A negotiation in the list.
#[derive(Serialize, JsonSchema)]
struct Listed {
    /// Its id.
    id: String,
    /// Its summary. To those who only look on, `privileged` is null and `version` 0.
    summary: Summary,
}

/// Where the page begins.
#[derive(Deserialize, JsonSchema)]
struct After {
    /// The `next` of the page before.
    #[schemars(regex(pattern = r"^[0-9]{1,18}[.][0-9a-z]{1,32}$"))]
    after: Option<String>,
}

async fn list(
    State(context): State<Context>,
    Caller(who): Caller,
    Query(page): Query<After>,
) -> Result<Json<Listing>, Problem> {
    let after = page.after.as_deref().map(cursor_from).transpose()?;
    let (listed, next) = context.desk().list(&who, after.as_ref(), PAGE).await?;
    let negotiations = listed.into_iter().map(|one| Listed { id: one.id, summary: one.summary.into() }).collect();
    Ok(Json(Listing { negotiations, next: next.as_ref().map(cursor_text) }))
}

/// What an act led to.
#[derive(Serialize, JsonSchema)]
struct Recorded {
    /// The negotiation.
    id: String,
    /// Its last version now.
    version: Version,
    /// The entries that were recorded.
    entries: Vec<Entry>,
}

fn recorded(done: Done) -> Json<Recorded> {
    Json(Recorded {
        id: done.id,
        version: done.negotiation.version,
        entries: done.entries.into_iter().map(Entry::from).collect(),
    })
}

/// How a negotiation is opened, and when.
#[derive(Deserialize, JsonSchema)]
struct OpeningOn {
    #[serde(flatten)]
    opening: Opening,
    /// The day on which it began; today where left out.
    on: Option<Date>,
}

async fn open(
    State(context): State<Context>,
    Caller(who): Caller,
    Body(OpeningOn { opening, on }): Body<OpeningOn>,
) -> Result<Json<Recorded>, Problem> {
    Ok(recorded(context.desk().open(&who, opening, Stamp::new(context.now(), on)).await?))
}

/// After which version an act is meant to come.
#[derive(Deserialize, JsonSchema)]
struct Expected {
    /// The last version that the caller knows; the act is refused where another came since.
    #[schemars(range(min = 1, max = 1_000_000_000))]
    after_version: Option<Version>,
    /// It is meant, though it breaks the pattern: without this such an entry is asked about, with the code `doubtful`.
    #[serde(default)]
    sure: bool,
}

async fn act(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
    Query(expected): Query<Expected>,
    body: Unread<Act>,
) -> Result<Json<Recorded>, Problem> {
    let Act { command, on } = body.read(context.desk().currency(&who, &id).await?)?;
    let stamp = Stamp::new(context.now(), on);
    let wish = Wish { command: &command.into(), stamp, after: expected.after_version, sure: expected.sure };
    Ok(recorded(context.desk().act(&who, &id, wish).await?))
}

/// A negotiation as it stands.
#[derive(Serialize, JsonSchema)]
struct NegotiationAsSeen {
    id: String,
    title: String,
    counterpart: String,
    role: Role,
    /// ISO 4217 code.
    currency: Currency,
    phase: Phase,
    /// The last version that one sees.
    version: Version,
    participants: Vec<Participant>,
    /// Offers, oldest first: the last 1000 of them. The record has all.
    offers: Vec<negotiation::Recorded>,
    /// How many offers there are.
    offers_in_all: usize,
    /// The last proposal to take it to both bosses.
    proposal: Option<Proposed>,
    boss_in: bool,
    handed_over: bool,
    /// They called for our boss, and have no answer yet.
    boss_called: bool,
    agreed: Option<Package>,
    /// What is ours alone; null to those who only look on.
    privileged: Option<Privileged>,
}

/// What is ours alone.
#[derive(Serialize, JsonSchema)]
struct Privileged {
    preparation: Preparation,
    /// Every mandate that there was, oldest first.
    mandates: Vec<Granted>,
    /// The one in force.
    mandate: Option<Granted>,
    /// Questions to the boss, oldest first.
    requests: Vec<Request>,
    /// How it is stuck, while it is.
    impasse: Option<String>,
    /// Our boss's consent to be named in a proposal.
    consent: Option<Consent>,
    /// The last advice taken.
    advice: Option<AdviceTaken>,
}

async fn show(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<NegotiationAsSeen>, Problem> {
    let now = context.now();
    let Seen { sight, negotiation } = context.desk().look(&who, &id, "where it stands", now).await?;
    let mandate = negotiation.mandate_at(now).cloned();
    let opening = negotiation.opening.ok_or(app::Error::NotFound)?;
    let privileged = (sight == Sight::All).then_some(Privileged {
        preparation: negotiation.preparation,
        mandates: negotiation.mandates,
        mandate,
        requests: negotiation.requests,
        impasse: negotiation.impasse,
        consent: negotiation.consent,
        advice: negotiation.advice.map(|(_, advice)| advice),
    });
    Ok(Json(NegotiationAsSeen {
        id,
        title: opening.title,
        counterpart: opening.counterpart,
        role: opening.role,
        currency: opening.currency,
        phase: negotiation.phase,
        version: negotiation.version,
        participants: negotiation.participants.into_values().collect(),
        offers_in_all: negotiation.offers.len(),
        offers: last(negotiation.offers),
        proposal: negotiation.proposals.last().cloned(),
        boss_in: negotiation.boss_in,
        handed_over: negotiation.handed_over,
        boss_called: negotiation.boss_called,
        agreed: negotiation.agreed,
        privileged,
    }))
}

/// The last of many, as many as are given at a time.
fn last<T>(mut all: Vec<T>) -> Vec<T> {
    all.split_off(all.len().saturating_sub(usize::from(ENTRIES)))
}

async fn history(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
    Query(paged): Query<Paged>,
) -> Result<Json<Vec<Entry>>, Problem> {
    let seen = context.desk().look(&who, &id, "the record", context.now()).await?;
    // What was seen is folded from the entries that may be seen, so that all of them may be.
    let seen = entries(&seen.negotiation, Sight::All).into_iter();
    let after = seen.filter(|entry| entry.version > paged.after.unwrap_or(0));
    Ok(Json(after.take(usize::from(paged.limit.unwrap_or(ENTRIES).clamp(1, ENTRIES))).map(Entry::from).collect()))
}

/// Entries given at a time.
const ENTRIES: u16 = 1000;

/// Which part of a record.
#[derive(Deserialize, JsonSchema)]
struct Paged {
    /// Entries after this version; from the first where it is left out. Ask again with the last one's version until none come.
    #[schemars(range(min = 0, max = 1_000_000_000))]
    after: Option<Version>,
    /// At most so many, 1000 where it is left out and at most.
    #[schemars(range(min = 1, max = 1000))]
    limit: Option<u16>,
}
