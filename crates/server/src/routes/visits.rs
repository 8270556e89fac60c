//! Visits, and the book that they are planned from: counterparts, colleagues and one's own calendar.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use app::book::Source;
use app::{CalendarKept, Kept, NewVisit, VisitSeen};
use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use visits::{Brief, Colleague, Counterpart, NotRead, Suggestion, TieMap, Trip, Visit};

use super::shared::{Ended, Id};
use crate::body::{Json as Body, Path};
use crate::caller::Caller;
use crate::context::Context;
use crate::problem::{Code, Problem};

/// The largest calendar taken.
const CALENDAR_BYTES: usize = 5 * 1024 * 1024;

pub(crate) fn routes() -> ApiRouter<Context> {
    ApiRouter::new()
        .api_route(
            "/visits",
            get_with(list, |op| op.id("list_visits").summary("All visits: those to come first"))
                .post_with(plan, |op| op.id("plan_visit").summary("Plan a visit, terms off the table")),
        )
        .api_route(
            "/visits/suggestions",
            get_with(suggestions, |op| {
                op.id("suggest_visits")
                    .summary("Visits that your people's trips make possible, with where they touch terms")
            }),
        )
        .api_route(
            "/visits/{id}",
            get_with(brief, |op| {
                op.id("visit_brief").summary("What the visitor reads: topics, ties, what not to discuss")
            }),
        )
        .api_route("/visits/{id}/hold", post_with(hold, |op| op.id("hold_visit").summary("A visit took place")))
        .api_route("/visits/{id}/call-off", post_with(call_off, |op| op.id("call_visit_off").summary("It does not")))
        .api_route("/visits/{id}/debrief", post_with(debrief, |op| op.id("debrief_visit").summary("What it brought")))
        .merge(book())
}

fn book() -> ApiRouter<Context> {
    ApiRouter::new()
        .api_route(
            "/calendar",
            get_with(calendar, |op| op.id("calendar").summary("One's own trips, as far as they are known"))
                .put_with(keep_calendar, |op| {
                    op.id("keep_calendar").summary("Give one's calendar: a text, or an address")
                })
                .delete_with(forget_calendar, |op| op.id("forget_calendar").summary("Take it away"))
                .layer(DefaultBodyLimit::max(CALENDAR_BYTES)),
        )
        .api_route(
            "/calendar/feed",
            post_with(make_feed, |op| {
                op.id("make_feed").summary("A calendar of one's visits to subscribe to; its key is ended like a token")
            }),
        )
        .api_route(
            "/counterparts",
            get_with(counterparts, |op| op.id("list_counterparts").summary("Whom we deal with"))
                .put_with(keep_counterpart, |op| op.id("keep_counterpart").summary("Write what we know of one")),
        )
        .api_route(
            "/counterparts/{name}",
            get_with(counterpart, |op| op.id("counterpart").summary("One of them, with who knows whom")),
        )
        .api_route(
            "/colleagues",
            get_with(colleagues, |op| op.id("list_colleagues").summary("Our people, and what they are in charge of"))
                .put_with(keep_colleague, |op| op.id("keep_colleague").summary("Write of one of our people")),
        )
}

/// The name in the path.
#[derive(Deserialize, JsonSchema)]
struct Named {
    /// What the counterpart is called.
    name: String,
}

/// A visit in a list.
#[derive(Serialize, JsonSchema)]
struct VisitShown {
    /// Whether it is one's own to hold, call off and debrief; else its topics and notes are not shown.
    own: bool,
    #[serde(flatten)]
    visit: Visit,
}

async fn list(State(context): State<Context>, Caller(who): Caller) -> Result<Json<Vec<VisitShown>>, Problem> {
    let visits = context.desk().visits(&who).await?;
    Ok(Json(visits.into_iter().map(|VisitSeen { visit, own }| VisitShown { own, visit }).collect()))
}

async fn plan(
    State(context): State<Context>,
    Caller(who): Caller,
    Body(new): Body<NewVisit>,
) -> Result<Json<Visit>, Problem> {
    Ok(Json(context.desk().plan_visit(&who, new, context.now()).await?))
}

async fn suggestions(State(context): State<Context>, Caller(who): Caller) -> Result<Json<Vec<Suggestion>>, Problem> {
    Ok(Json(context.desk().visit_suggestions(&who, context.now()).await?))
}

async fn brief(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<Brief>, Problem> {
    Ok(Json(context.desk().visit_brief(&who, &id, context.now()).await?))
}

/// That a visit took place.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct HeldVisit {
    /// When.
    on: Date,
    /// Terms came up all the same.
    #[serde(default)]
    touched_terms: bool,
}

async fn hold(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
    Body(held): Body<HeldVisit>,
) -> Result<Json<Visit>, Problem> {
    Ok(Json(context.desk().hold_visit(&who, &id, held.on, held.touched_terms, context.now()).await?))
}

async fn call_off(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Json<Visit>, Problem> {
    Ok(Json(context.desk().call_visit_off(&who, &id, context.now()).await?))
}

/// What a visit brought.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Debrief {
    /// Whom of theirs the visitor met, by name.
    #[serde(default)]
    #[schemars(length(max = 200), inner(regex(pattern = r"^[^\x00-\x1f\x7f-\x9f]{0,200}$")))]
    met: Vec<String>,
    /// In words.
    #[serde(default)]
    notes: String,
}

async fn debrief(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Id { id }): Path<Id>,
    Body(said): Body<Debrief>,
) -> Result<Json<Visit>, Problem> {
    Ok(Json(context.desk().debrief_visit(&who, &id, said.met, said.notes, context.now()).await?))
}

/// One's own calendar, as far as it is kept.
#[derive(Serialize, JsonSchema)]
struct CalendarShown {
    /// It is read again from its address, which is shown to nobody.
    from_address: bool,
    /// When it was last read.
    read_at: Timestamp,
    /// Why it could not be read the last time that it was tried, if so.
    trouble: Option<String>,
    /// Trips in the year ahead.
    trips: Vec<Trip>,
    /// Events without a place.
    without_location: usize,
    /// Events that could not be read, or not to their end.
    unread: usize,
    /// Which those are; at most 100 of them.
    not_read: Vec<NotRead>,
}

impl From<CalendarKept> for CalendarShown {
    fn from(kept: CalendarKept) -> Self {
        Self {
            from_address: matches!(kept.source, Source::Address(_)),
            read_at: kept.read_at,
            trouble: kept.trouble,
            trips: kept.calendar.trips,
            without_location: kept.calendar.without_location,
            unread: kept.calendar.unread,
            not_read: kept.calendar.not_read,
        }
    }
}

async fn calendar(State(context): State<Context>, Caller(who): Caller) -> Result<Json<CalendarShown>, Problem> {
    let kept = context.desk().calendar(&who).await?.ok_or(app::Error::NotFound)?;
    Ok(Json(kept.into()))
}

/// A calendar.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum NewCalendar {
    /// Its text, in the iCalendar form (RFC 5545).
    Text(String),
    /// Its private address: https or webcal. It is read again every six hours.
    Address(
        #[schemars(regex(pattern = r"^(https|webcal)://.+$"))]
        String,
    ),
}

async fn keep_calendar(
    State(context): State<Context>,
    Caller(who): Caller,
    Body(new): Body<NewCalendar>,
) -> Result<Json<CalendarShown>, Problem> {
    app::book::writes(&who)?;
    let (source, text) = match new {
        NewCalendar::Text(text) => (Source::File, text),
        NewCalendar::Address(address) => {
            let fetched = context.fetch(address.clone()).await;
            (Source::Address(address), fetched.map_err(|why| Problem::of(Code::Unfit, "bad_calendar", &why))?)
        }
    };
    Ok(Json(context.desk().keep_calendar(&who, source, &text, context.now()).await?.into()))
}

async fn forget_calendar(State(context): State<Context>, Caller(who): Caller) -> Result<Json<Ended>, Problem> {
    context.desk().forget_calendar(&who, context.now()).await?;
    Ok(Json(Ended { ended: true }))
}

/// A calendar of one's visits to subscribe to.
#[derive(Serialize, JsonSchema)]
struct Feed {
    /// The id of its key: ending that ends the feed.
    id: String,
    /// Its address on this host, shown this once.
    path: String,
}

async fn make_feed(State(context): State<Context>, Caller(who): Caller) -> Result<Json<Feed>, Problem> {
    let issued = context.desk().make_feed(&who, context.now()).await?;
    Ok(Json(Feed { id: issued.id, path: format!("/feeds/{}/visits.ics", issued.secret) }))
}

async fn counterparts(
    State(context): State<Context>,
    Caller(who): Caller,
) -> Result<Json<Vec<Kept<Counterpart>>>, Problem> {
    Ok(Json(context.desk().counterparts(&who).await?))
}

/// A counterpart with its map.
#[derive(Serialize, JsonSchema)]
struct CounterpartShown {
    #[serde(flatten)]
    counterpart: Kept<Counterpart>,
    /// Who knows whom, level by level.
    map: TieMap,
}

async fn counterpart(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(Named { name }): Path<Named>,
) -> Result<Json<CounterpartShown>, Problem> {
    let desk = context.desk();
    let counterpart = desk.counterpart(&who, &name).await?;
    if counterpart.revision == 0 {
        return Err(app::Error::NotFound.into());
    }
    let colleagues: Vec<Colleague> = desk.colleagues(&who).await?.into_iter().map(|kept| kept.page).collect();
    let today = context.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let map = visits::tie_map(&counterpart.page, &colleagues, today);
    Ok(Json(CounterpartShown { counterpart, map }))
}

/// What we know of a counterpart.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCounterpart {
    /// The revision that this follows; 0 for the first.
    #[schemars(range(max = 4_294_967_295_u64))]
    revision: u64,
    /// All of it.
    counterpart: Counterpart,
}

async fn keep_counterpart(
    State(context): State<Context>,
    Caller(who): Caller,
    Body(new): Body<NewCounterpart>,
) -> Result<Json<Kept<Counterpart>>, Problem> {
    Ok(Json(context.desk().keep_counterpart(&who, &new.counterpart, new.revision, context.now()).await?))
}

async fn colleagues(
    State(context): State<Context>,
    Caller(who): Caller,
) -> Result<Json<Vec<Kept<Colleague>>>, Problem> {
    Ok(Json(context.desk().colleagues(&who).await?))
}

async fn keep_colleague(
    State(context): State<Context>,
    Caller(who): Caller,
    Body(colleague): Body<Colleague>,
) -> Result<Json<Colleague>, Problem> {
    context.desk().keep_colleague(&who, &colleague, context.now()).await?;
    Ok(Json(colleague))
}
