//! Visits: those to come, those that the bosses' trips make possible, and where one's own trips come from.

use app::book::Source;
use app::{CalendarKept, NewVisit, Principal, VisitSeen, written};
use axum::Form;
use axum::extract::{Multipart, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use report::phrases::capital;
use visits::{Colleague, State as Held, Suggestion, Tier};

use super::failure::{Failure, to};
use super::field::Fields;
use super::shell::{Place, page};
use super::visitor::Visitor;
use super::warnings::warnings;
use super::words::{counterpart_address, day};
use crate::context::Context;
use crate::problem::Problem;

/// Suggestions shown.
const SHOWN: usize = 20;

/// Something to say above the visits.
pub(super) enum Said {
    Nothing,
    Wrong(String),
    /// The address of a feed, shown this once.
    Feed(String),
}

pub(super) async fn show(State(context): State<Context>, Visitor(who): Visitor) -> Result<Response, Failure> {
    visits(&context, &who, &Said::Nothing).await
}

async fn visits(context: &Context, who: &Principal, said: &Said) -> Result<Response, Failure> {
    let (desk, now) = (context.desk(), context.now());
    let suggestions = desk.visit_suggestions(who, now).await.map_err(to(who))?;
    let all = desk.visits(who).await.map_err(to(who))?;
    let calendar = desk.calendar(who).await.map_err(to(who))?;
    let colleagues = desk.colleagues(who).await.map_err(to(who))?;
    let colleagues: Vec<Colleague> = colleagues.into_iter().map(|kept| kept.page).collect();
    let (planned, over): (Vec<&VisitSeen>, Vec<&VisitSeen>) = all.iter().partition(|seen| seen.visit.is_planned());
    let content = html! {
        h1 { "Visits" }
        p.lead { "A visit by the boss builds ties at a level that yours does not reach. It settles no terms." }
        @match said {
            Said::Nothing => {},
            Said::Wrong(why) => p.wrong role="alert" { (capital(why)) "." },
            Said::Feed(address) => div.notice role="status" {
                p { "Subscribe to this address in your calendar. It is shown this once; end it in the settings." }
                pre tabindex="0" { code { (address) } }
            },
        }
        @if !planned.is_empty() {
            section aria-labelledby="coming" { h2 #coming { "To come" } (listed(&planned)) }
        }
        (suggested(&suggestions))
        section aria-labelledby="sources" {
            h2 #sources { "Where your trips come from" }
            (own_calendar(calendar.as_ref()))
            (feed())
        }
        (in_charge(&colleagues))
        @if !over.is_empty() {
            section aria-labelledby="over" { h2 #over { "Those that were" } (listed(&over)) }
        }
    };
    Ok(page(who, "Visits", Place::Visits, content))
}

fn listed(visits: &[&VisitSeen]) -> Markup {
    html! {
        table.stacked.words {
            thead { tr { th scope="col" { "visit" } th scope="col" { "when" } th scope="col" { "where" } th scope="col" { span.hidden { "standing" } } } }
            tbody { @for VisitSeen { visit, own } in visits { tr {
                th scope="row" {
                    @if *own { a href={ "/visits/" (visit.id) } { (visit.visitor) " to " (visit.counterpart) } }
                    @else { (visit.visitor) " to " (visit.counterpart) }
                }
                td data-label="when" { (visit.on.strftime("%-d %b %Y")) }
                td data-label="where" { (visit.place) }
                td { @match &visit.state {
                    Held::Planned => {},
                    Held::CalledOff => "called off",
                    Held::Held { touched_terms: true, .. } => "terms came up",
                    Held::Held { .. } => @if *own { "not debriefed yet" } @else { "held" },
                    Held::Debriefed { .. } => "debriefed",
                } }
            } } }
        }
    }
}

fn suggested(suggestions: &[Suggestion]) -> Markup {
    html! {
        section aria-labelledby="possible" {
            h2 #possible { "Worth a visit" }
            @if suggestions.is_empty() {
                p.quiet {
                    "Nobody's trip leads past a counterpart. Trips come from your people's calendars, below; where counterparts are, \
                     and whom you know there, you write on "
                    a href="/counterparts" { "their pages" } "."
                }
            }
            @for one in suggestions.iter().take(SHOWN) { (suggestion(one)) }
            @if suggestions.len() > SHOWN { p.quiet { "And " (suggestions.len() - SHOWN) " more, further down the order." } }
        }
    }
}

fn suggestion(one: &Suggestion) -> Markup {
    let days = if one.trip.from == one.trip.to {
        one.trip.from.strftime("%-d %b").to_string()
    } else {
        format!("{} to {}", one.trip.from.strftime("%-d %b"), one.trip.to.strftime("%-d %b"))
    };
    html! {
        article.question {
            h3 { (one.visitor) ", " (days) ": " a href=(counterpart_address(&one.counterpart)) { (one.counterpart) } }
            ul.plain {
                li { "in " (one.trip.location) " anyway" }
                @if one.in_charge_of.is_empty() { li { "in charge of nothing that is between you and them" } }
                @else { li { "in charge of " (one.in_charge_of.join(", ")) } }
                @match one.fills_gap {
                    Some(tier) => li { b { "nobody of yours has met their " (tier.words()) " this year: " (one.visitor) " could" } },
                    None if !one.gaps.is_empty() => li {
                        "nobody of yours has met this year: their " (one.gaps.iter().map(|tier| tier.words()).collect::<Vec<_>>().join(", "))
                    },
                    None => {},
                }
                li { @match one.last_visit { Some(on) => { "last visited " (on.strftime("%-d %b %Y")) }, None => "never visited, as far as is written here" } }
            }
            (warnings(&one.warnings))
            details.act {
                summary aria-label={ "Plan " (one.visitor) "'s visit to " (one.counterpart) } { @if one.is_grave() { "Plan it all the same" } @else { "Plan it" } }
                form method="post" action="/visits" {
                    input type="hidden" name="visitor" value=(one.visitor);
                    input type="hidden" name="counterpart" value=(one.counterpart);
                    label { "Day" input type="date" name="on" value=(one.trip.from) min=(one.trip.from) max=(one.trip.to) required; }
                    label { "Place" input name="place" value=(one.trip.location); }
                    label { "Topics, a line each" small { "no terms: those stay with the negotiator" } textarea name="topics" rows="3" {} }
                    button type="submit" { "Plan the visit" }
                }
            }
        }
    }
}

fn own_calendar(kept: Option<&CalendarKept>) -> Markup {
    html! {
        @match kept {
            None => p { "Give your calendar, and trips past a counterpart show up above. Only days and places are kept of it; nothing that \
                         an event is called." },
            Some(kept) => {
                p {
                    "Your calendar, " @match &kept.source { Source::File => "from a file", Source::Address(_) => "read from its address every six hours" }
                    ", last on " (day(kept.read_at)) ": " (count(kept.calendar.trips.len(), "trip")) " in the year ahead, "
                    (count(kept.calendar.without_location, "event")) " without a place."
                    @if kept.calendar.unread > 0 { " " (count(kept.calendar.unread, "event")) " could not be read, or not to their end." }
                }
                @if !kept.calendar.not_read.is_empty() {
                    details {
                        summary { "What was not read" }
                        ul {
                            @for one in &kept.calendar.not_read {
                                li {
                                    "Line " (one.line) @if !one.location.is_empty() { ", " (one.location) }
                                    @if let Some(from) = one.from { ", " (from) } ": " (one.why) "."
                                }
                            }
                        }
                    }
                }
                @if let Some(trouble) = &kept.trouble { p.wrong role="status" { "The last try failed: " (trouble) "." } }
                form method="post" action="/visits/calendar/forget" { button.quiet type="submit" { "Forget my calendar" } }
            },
        }
        div.acts {
            details.act {
                summary { "Give the address of a calendar" }
                form method="post" action="/visits/calendar/address" {
                    label { "Its private address in iCal format" small { "https:// or webcal://; kept for reading again, and shown to nobody" }
                        input name="address" inputmode="url" autocomplete="off" required; }
                    button type="submit" { "Read it" }
                }
            }
            details.act {
                summary { "Give a calendar file" }
                form method="post" action="/visits/calendar/file" enctype="multipart/form-data" {
                    label { "An .ics file" input type="file" name="calendar" accept=".ics,text/calendar" required; }
                    button type="submit" { "Read it" }
                }
            }
        }
    }
}

fn feed() -> Markup {
    html! {
        form method="post" action="/visits/feed" {
            p { "Planned visits can appear in your own calendar, by an address that opens nothing else." }
            button.quiet type="submit" { "Make me such an address" }
        }
    }
}

fn in_charge(colleagues: &[Colleague]) -> Markup {
    html! {
        section aria-labelledby="charge" {
            h2 #charge { "Who is in charge of what" }
            @if colleagues.is_empty() { p.quiet { "Say how high your people stand and which product lines are theirs: then the right one is suggested." } }
            @else {
                table.stacked.words {
                    thead { tr { th scope="col" { "who" } th scope="col" { "stands with" } th scope="col" { "in charge of" } } }
                    tbody { @for one in colleagues { tr {
                        th scope="row" { (one.user) }
                        td data-label="stands with" { (one.tier.words()) }
                        td data-label="in charge of" { (one.product_lines.join(", ")) }
                    } } }
                }
            }
            details.act {
                summary { "Write of a colleague" }
                form method="post" action="/visits/colleagues" {
                    label { "Who, by account" input name="user" autocapitalize="none" autocomplete="off" required; }
                    fieldset {
                        legend { "Stands with" }
                        @for tier in Tier::ALL {
                            label.choice { input type="radio" name="tier" value=(tier.key()) checked[tier == Tier::Director]; (tier.words()) }
                        }
                    }
                    label { "Product lines in charge of, a line each" textarea name="product_lines" rows="3" {} }
                    button type="submit" { "Write it" }
                }
            }
        }
    }
}

/// The visits again, where something was not done, with why.
async fn again(context: &Context, who: &Principal, why: String) -> Result<Response, Failure> {
    visits(context, who, &Said::Wrong(why)).await
}

async fn done(context: &Context, who: &Principal, done: Result<(), app::Error>) -> Result<Response, Failure> {
    match done {
        Ok(()) => Ok(Redirect::to("/visits").into_response()),
        Err(error) => again(context, who, Problem::from(error).message).await,
    }
}

pub(super) async fn plan(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let on = match fields.read("on", written::day) {
        Ok(on) => on,
        Err(why) => return again(&context, &who, why).await,
    };
    let new = NewVisit {
        visitor: fields.text("visitor").to_owned(),
        counterpart: fields.text("counterpart").to_owned(),
        on,
        place: fields.text("place").to_owned(),
        topics: fields.lines("topics"),
    };
    match context.desk().plan_visit(&who, new, context.now()).await {
        Ok(visit) => Ok(Redirect::to(&format!("/visits/{}", visit.id)).into_response()),
        Err(error) => again(&context, &who, Problem::from(error).message).await,
    }
}

pub(super) async fn address(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let address = fields.text("address").to_owned();
    match context.fetch(address.clone()).await {
        Ok(text) => {
            let kept = context.desk().keep_calendar(&who, Source::Address(address), &text, context.now()).await;
            done(&context, &who, kept.map(drop)).await
        }
        Err(why) => again(&context, &who, why).await,
    }
}

pub(super) async fn file(
    State(context): State<Context>,
    Visitor(who): Visitor,
    mut form: Multipart,
) -> Result<Response, Failure> {
    let text = match form.next_field().await {
        Ok(Some(field)) => field.bytes().await.ok(),
        _ => None,
    };
    let Some(bytes) = text else {
        return again(&context, &who, "the file did not arrive; choose one of at most 4 MiB".to_owned()).await;
    };
    let Ok(text) = terms::text_of(&bytes) else {
        return again(&context, &who, "the file is no text; export the calendar again, as .ics".to_owned()).await;
    };
    let kept = context.desk().keep_calendar(&who, Source::File, &text, context.now()).await;
    done(&context, &who, kept.map(drop)).await
}

pub(super) async fn forget(State(context): State<Context>, Visitor(who): Visitor) -> Result<Response, Failure> {
    let forgotten = context.desk().forget_calendar(&who, context.now()).await;
    done(&context, &who, forgotten).await
}

pub(super) async fn make_feed(
    State(context): State<Context>,
    Visitor(who): Visitor,
    headers: axum::http::HeaderMap,
) -> Result<Response, Failure> {
    let issued = context.desk().make_feed(&who, context.now()).await.map_err(to(&who))?;
    let host = headers.get(axum::http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    let behind = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    let scheme = if behind || context.secure_cookies() { "https" } else { "http" };
    let address = format!("{scheme}://{host}/feeds/{}/visits.ics", issued.secret);
    visits(&context, &who, &Said::Feed(address)).await
}

pub(super) async fn colleague(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let tier = match fields.read("tier", written::tier) {
        Ok(tier) => tier,
        Err(why) => return again(&context, &who, why).await,
    };
    let user = fields.text("user").to_owned();
    let colleague = Colleague { user, tier, product_lines: fields.lines("product_lines") };
    let kept = context.desk().keep_colleague(&who, &colleague, context.now()).await;
    done(&context, &who, kept).await
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
