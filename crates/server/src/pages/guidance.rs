//! The boss's inbox: every call for the boss and every question that waits, with the decision in columns and an answer a tap
//! away. Made for a phone, and live.

use app::{Error, Principal};
use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::Negotiation;
use negotiation::access::Act;
use negotiation::brief::{Cell, Decision, brief};
use negotiation::guidance::Point;
use report::phrases::capital;

use super::answering::{Answering, Back, plain};
use super::called::Call;
use super::failure::{Failure, to};
use super::glance::glance;
use super::live::newest;
use super::negotiation::exact;
use super::reader::Reader;
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::Context;

/// Questions shown at once.
const SHOWN: u32 = 50;
/// Negotiations looked through for calls for the boss.
const LOOKED_THROUGH: u32 = 500;
/// Calls shown at once: what each costs is computed anew.
const CALLS: usize = 5;

pub(super) async fn show(State(context): State<Context>, Visitor(who): Visitor) -> Result<Response, Failure> {
    let now = context.now();
    let newest = newest(&context, &who).await.map_err(to(&who))?;
    let calls = calls(&context, &who).await.map_err(to(&who))?;
    let waiting = waiting(&context, &who).await.map_err(to(&who))?;
    let answers = |negotiation: &Negotiation| Reader::of(negotiation, &who).may(Act::Authorize);
    let boss = waiting.iter().any(|(_, negotiation)| answers(negotiation));
    let content = html! {
        h1 { "Guidance" }
        div #live hx-sse:connect={ "/events?newest=" (newest) } {}
        div #inbox data-live="keep" hx-get="/guidance" hx-trigger="changed from:#live" hx-select="#inbox" hx-swap="outerHTML" {
            @for call in &calls { (call.markup(&who)) }
            @if waiting.is_empty() && calls.is_empty() {
                p.lead { "Nothing waits for an answer." }
                p.quiet { "Here a negotiator asks the boss in private, on one point, with what they recommend. An answer takes a minute \
                    and the counterpart never sees it; silence accepts nothing." }
            } @else if boss {
                p.quiet { "The counterpart never sees a question or its answer. Silence accepts nothing." }
            }
            @for (id, negotiation) in &waiting {
                @for decision in brief(negotiation, now).decisions {
                    article.question {
                        (heading(id, negotiation))
                        (question(negotiation, &decision, now))
                        p.quiet { a href={ "/negotiations/" (id) "/brief" } { "The brief" } }
                        @if answers(negotiation) {
                            (Answering { id, negotiation, decision: &decision, back: Back::Inbox, now }.form())
                        }
                    }
                }
            }
        }
    };
    Ok(page(&who, "Guidance", Place::Guidance, content))
}

/// The calls for the boss that wait for an answer, where whoever looks sees what they cost.
async fn calls(context: &Context, who: &Principal) -> Result<Vec<Call>, Error> {
    let mut calls = Vec::new();
    for listed in context.desk().calls(who, LOOKED_THROUGH).await?.into_iter().take(CALLS) {
        let negotiation = glance(context, who, &listed.id, "the inbox").await?;
        calls.push(Call::of(context, who, &listed.id, negotiation).await?);
    }
    Ok(calls)
}

/// The negotiations with questions that wait, the most pressing first, where whoever looks sees everything.
async fn waiting(context: &Context, who: &Principal) -> Result<Vec<(String, Negotiation)>, Error> {
    let mut waiting = Vec::new();
    for listed in context.desk().store.waiting(&who.user.0, SHOWN).await? {
        if listed.summary.participants.iter().any(|one| one.user == who.user && one.sees_privileged()) {
            let negotiation = glance(context, who, &listed.id, "the inbox").await?;
            waiting.push((listed.id, negotiation));
        }
    }
    Ok(waiting)
}

fn heading(id: &str, negotiation: &Negotiation) -> Markup {
    let (title, counterpart) =
        negotiation.opening.as_ref().map_or(("", ""), |opening| (opening.title.as_str(), opening.counterpart.as_str()));
    html! { h2 { a href={ "/negotiations/" (id) } { (title) } small { (counterpart) } } }
}

/// A question with all that an answer takes: the columns, what is recommended and what else there is, by when, and what
/// happens without one.
pub(super) fn question(negotiation: &Negotiation, decision: &Decision, now: Timestamp) -> Markup {
    let question = &decision.question;
    let left = question.needed_by.duration_since(now).as_hours();
    html! {
        (columns(negotiation, decision))
        p { strong { "Recommended: " } (question.recommendation) }
        @if !question.options.is_empty() {
            p { strong { "Or: " } (question.options.join("; ")) }
        }
        @if let Some(trade_off) = trade_off(negotiation, decision) { p { strong { "The trade-off: " } (trade_off) } }
        p.quiet {
            @if decision.overdue { strong.against { "Overdue since " (moment(question.needed_by)) ". " } }
            @else { "Answer within " (hours(left)) ", by " (moment(question.needed_by)) ". " }
            "Without one: " (question.otherwise)
        }
    }
}

/// A moment as people write it.
pub(super) fn moment(at: Timestamp) -> String {
    at.strftime("%-d %b %Y, %H:%M UTC").to_string()
}

fn hours(left: i64) -> String {
    match left {
        ..=0 => "the hour".to_owned(),
        1..=47 => format!("{left} h"),
        _ => format!("{} days", left / 24),
    }
}

/// What a yes gives up and what a no leaves, as far as the record tells.
fn trade_off(negotiation: &Negotiation, decision: &Decision) -> Option<String> {
    let exact = exact(negotiation);
    let theirs = negotiation.standing(terms::Side::Them)?.offer.package.price;
    match (&decision.question.point, &decision.row.before) {
        (Point::Price { to }, Cell::Money(before)) => {
            let gives = (to.0 - before.0).abs();
            let gap = (theirs.0 - to.0).abs();
            let closes = if gap.is_zero() {
                "which is what they offer".to_owned()
            } else {
                format!("and leaves {} to their offer of {}", exact(terms::Amount(gap)), exact(theirs))
            };
            Some(format!(
                "a yes lets go of up to {} beyond the present limit, {closes}; a no keeps the limit, and the talks where they are.",
                exact(terms::Amount(gives))
            ))
        }
        (Point::Term { name, .. }, _) => Some(format!(
            "a yes moves {} and no other point; a no leaves their offer of {} as it stands.",
            plain(name),
            exact(theirs)
        )),
        _ => None,
    }
}

/// The decision: proposal, before, after.
fn columns(negotiation: &Negotiation, decision: &Decision) -> Markup {
    let exact = exact(negotiation);
    let cell = |cell: &Cell| match cell {
        Cell::Money(amount) => exact(*amount),
        Cell::Words(words) => words.clone(),
        Cell::Open => "no limit".to_owned(),
    };
    let row = &decision.row;
    html! {
        table.columns {
            thead { tr { th scope="col" { span.hidden { "point" } } th scope="col" { "proposal" } th scope="col" { "before" } th scope="col" { "after" } } }
            tbody { tr {
                th scope="row" { (capital(&plain(&row.what))) }
                td { (cell(&row.proposal)) } td { (cell(&row.before)) } td { (cell(&row.after)) }
            } }
        }
    }
}
