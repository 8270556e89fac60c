//! One visit: the brief that the visitor reads, and what became of it.

use app::{Principal, written};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use report::phrases::capital;
use visits::{Brief, State as Held};

use super::failure::{Failure, to};
use super::field::Fields;
use super::shell::{Place, page};
use super::ties;
use super::visitor::Visitor;
use super::warnings::warnings;
use super::words::counterpart_address;
use crate::context::Context;
use crate::problem::Problem;

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    visit(&context, &who, &id, None).await
}

async fn visit(context: &Context, who: &Principal, id: &str, wrong: Option<&str>) -> Result<Response, Failure> {
    let brief = context.desk().visit_brief(who, id, context.now()).await.map_err(to(who))?;
    let title = format!("{} visits {}", brief.visit.visitor, brief.visit.counterpart);
    Ok(page(who, &title, Place::Visits, content(&brief, &title, wrong, context)))
}

fn content(brief: &Brief, title: &str, wrong: Option<&str>, context: &Context) -> Markup {
    let visit = &brief.visit;
    html! {
        section.narrow {
            p.facts { (visit.on.strftime("%A, %-d %B %Y")) " · " (visit.place) " · " span.private { "private to your side" } }
            h1 { (capital(title)) }
            @if let Some(wrong) = wrong { p.wrong role="alert" { (capital(wrong)) "." } }
            (standing(&visit.state))
            @if visit.is_planned() { (warnings(&brief.warnings)) }
            h2 { "Talk about" }
            @if visit.topics.is_empty() { p.quiet { "No topics are written down." } }
            @else { ul { @for topic in &visit.topics { li { (topic) } } } }
            @if visit.is_planned() && !brief.do_not_discuss.is_empty() {
                h2 { "Do not discuss" }
                ul.never { @for one in &brief.do_not_discuss { li { b { (capital(&one.what)) } br; small { (one.why) } } } }
                h2 { "If terms come up" }
                blockquote { (brief.if_terms_come_up) }
            }
            h2 { "Whom to meet" }
            (ties::map(&brief.ties))
            p { a href=(counterpart_address(&visit.counterpart)) { "All about " (visit.counterpart) } }
            @if visit.is_planned() {
                h2 { "An agenda that you may send" }
                pre { (brief.agenda) }
                p.quiet { "No amount of yours was found on it, nor anything that is sure to give you away." }
            }
            (acts(brief, context))
        }
    }
}

fn standing(state: &Held) -> Markup {
    html! {
        @match state {
            Held::Planned => {},
            Held::CalledOff => p.notice { "Called off." },
            Held::Held { on, touched_terms } | Held::Debriefed { on, touched_terms, .. } => p.notice {
                "Held on " (on.strftime("%-d %B %Y")) "."
                @if *touched_terms { " Terms came up: record in the negotiation that the boss came in, and hand the channel back." }
            },
        }
        @if let Held::Debriefed { met, notes, .. } = state {
            h2 { "What it brought" }
            @if !met.is_empty() { p { "Met: " (met.join(", ")) "." } }
            p.message { (notes) }
        }
    }
}

fn acts(brief: &Brief, context: &Context) -> Markup {
    let here = format!("/visits/{}", brief.visit.id);
    let today = context.now().strftime("%Y-%m-%d").to_string();
    html! {
        div.acts {
            @match &brief.visit.state {
                Held::Planned => {
                    details.act {
                        summary { "It took place" }
                        form method="post" action={ (here) "/hold" } {
                            label { "On" input type="date" name="on" value=(today) required; }
                            label.choice { input type="checkbox" name="touched_terms" value="yes"; "terms came up all the same" }
                            button type="submit" { "Record it" }
                        }
                    }
                    form method="post" action={ (here) "/call-off" } { button.quiet type="submit" { "Call it off" } }
                },
                Held::Held { .. } | Held::Debriefed { .. } => details.act open[matches!(brief.visit.state, Held::Held { .. })] {
                    summary { "Debrief" }
                    form method="post" action={ (here) "/debrief" } {
                        @let people: Vec<&str> = brief.ties.rows.iter().flat_map(|row| &row.theirs).map(|person| person.name.as_str()).collect();
                        @if !people.is_empty() {
                            fieldset { legend { "Whom did you meet?" }
                                @for (index, name) in people.iter().enumerate() {
                                    label.choice { input type="checkbox" name={ "met" (index) } value=(name); (name) }
                                }
                            }
                        }
                        label { "What it brought" small { "private to your side" } textarea name="notes" rows="5" {} }
                        button type="submit" { "Write it down" }
                    }
                },
                Held::CalledOff => {},
            }
        }
    }
}

async fn done(
    context: &Context,
    who: &Principal,
    id: &str,
    done: Result<visits::Visit, app::Error>,
) -> Result<Response, Failure> {
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/visits/{id}")).into_response()),
        Err(app::Error::NotFound) => Err(to(who)(app::Error::NotFound)),
        Err(error) => visit(context, who, id, Some(&Problem::from(error).message)).await,
    }
}

pub(super) async fn hold(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let on = match fields.read("on", written::day) {
        Ok(on) => on,
        Err(why) => return visit(&context, &who, &id, Some(&why)).await,
    };
    let held = context.desk().hold_visit(&who, &id, on, fields.ticked("touched_terms"), context.now()).await;
    done(&context, &who, &id, held).await
}

pub(super) async fn call_off(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let off = context.desk().call_visit_off(&who, &id, context.now()).await;
    done(&context, &who, &id, off).await
}

pub(super) async fn debrief(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let met = fields.0.iter().filter(|(name, _)| name.starts_with("met")).map(|(_, who)| who.clone()).collect();
    let notes = fields.0.get("notes").cloned().unwrap_or_default();
    let debriefed = context.desk().debrief_visit(&who, &id, met, notes, context.now()).await;
    done(&context, &who, &id, debriefed).await
}

/// Somebody's visits as a calendar, to whoever has the address.
pub(super) async fn feed(State(context): State<Context>, Path(secret): Path<String>) -> Result<Response, Failure> {
    let now = context.now();
    let gone = |error| Failure::of(None, error);
    let owner = context.desk().accounts.feed_owner(&secret, now).await.map_err(gone)?;
    let text = context.desk().visit_feed(&owner, now).await.map_err(gone)?;
    Ok(([(axum::http::header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}
