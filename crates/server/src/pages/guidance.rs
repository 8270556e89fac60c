//! The boss's inbox: every question that waits, with the decision in columns and an answer a tap away. Made for a phone.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::Negotiation;
use negotiation::access::{Act, allows};
use negotiation::brief::{Cell, Decision, brief};

use super::failure::{Failure, to};
use super::negotiation::exact;
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::Context;

/// Questions shown at once.
const SHOWN: u32 = 50;

pub(super) async fn show(State(context): State<Context>, Visitor(who): Visitor) -> Result<Response, Failure> {
    let now = context.now();
    let waiting = context.desk().questions(&who, SHOWN, now).await.map_err(to(&who))?;
    let content = html! {
        h1 { "Guidance" }
        @if waiting.is_empty() {
            p.lead { "Nothing waits for an answer." }
            p.quiet { "Here a negotiator asks the boss in private, on one point, with what they recommend. An answer takes a minute \
                and the counterpart never sees it; silence accepts nothing." }
        }
        @for (id, negotiation) in &waiting {
            @let answers = negotiation.participants.get(&who.user).is_some_and(|one| allows(one.part, one.privy, Act::Authorize));
            @for decision in brief(negotiation, now).decisions {
                (question(id, negotiation, &decision, answers, now))
            }
        }
    };
    Ok(page(&who, "Guidance", Place::Guidance, content))
}

fn question(id: &str, negotiation: &Negotiation, decision: &Decision, answers: bool, now: Timestamp) -> Markup {
    let (title, counterpart) =
        negotiation.opening.as_ref().map_or(("", ""), |opening| (opening.title.as_str(), opening.counterpart.as_str()));
    let left = decision.question.needed_by.duration_since(now).as_hours();
    html! {
        article.question {
            h2 { a href={ "/negotiations/" (id) } { (title) } small { (counterpart) } }
            (columns(negotiation, decision))
            p { strong { "Recommended: " } (decision.question.recommendation) }
            @if !decision.question.options.is_empty() {
                p { "Or: " (decision.question.options.join("; ")) }
            }
            p.quiet {
                @if decision.overdue { strong.against { "Overdue. " } } @else { "Answer within " (hours(left)) ". " }
                "Without one: " (decision.question.otherwise)
                " " a href={ "/negotiations/" (id) "/brief" } { "The brief" }
            }
            @if answers { (answer(id, decision)) }
        }
    }
}

fn hours(left: i64) -> String {
    match left {
        ..=0 => "the hour".to_owned(),
        1..=47 => format!("{left} h"),
        _ => format!("{} days", left / 24),
    }
}

/// The decision: proposal, before, after.
pub(super) fn columns(negotiation: &Negotiation, decision: &Decision) -> Markup {
    let exact = exact(negotiation);
    let cell = |cell: &Cell| match cell {
        Cell::Money(amount) => exact(*amount),
        Cell::Words(words) => words.clone(),
        Cell::Open => "no limit".to_owned(),
    };
    let row = &decision.row;
    html! {
        table.columns {
            thead { tr { th scope="col" { "" } th scope="col" { "proposal" } th scope="col" { "before" } th scope="col" { "after" } } }
            tbody { tr {
                th scope="row" { (row.what) }
                td { (cell(&row.proposal)) } td { (cell(&row.before)) } td { (cell(&row.after)) }
            } }
        }
    }
}

fn answer(id: &str, decision: &Decision) -> Markup {
    let request = decision.request;
    html! {
        div.answers {
            form method="post" action={ "/negotiations/" (id) "/acts/answer" } {
                input type="hidden" name="question" value=(request);
                button type="submit" name="answer" value="approve" { "Approve" }
                button.quiet type="submit" name="answer" value="call_me" { "Call me" }
            }
            (worded(id, request, "approve_if", "Approve, if", "words", "The conditions"))
            (worded(id, request, "change_limit", "Another limit", "price", "You may settle at"))
            (worded(id, request, "refuse", "Refuse", "words", "Why"))
        }
    }
}

fn worded(id: &str, request: u64, answer: &str, name: &str, field: &str, label: &str) -> Markup {
    html! {
        details.act {
            summary { (name) }
            form method="post" action={ "/negotiations/" (id) "/acts/answer" } {
                input type="hidden" name="question" value=(request);
                input type="hidden" name="answer" value=(answer);
                label { (label) input name=(field) required autocomplete="off"; }
                button type="submit" { (name) }
            }
        }
    }
}
