//! Bringing the boss in: the price first, what is untried, and only then the button.
//!
//! Opening the page writes nothing. The price comes of an advice that is put on record, so it is shown in answer to a form.

use app::{Error, Principal, Step, Wish};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use negotiation::fact::PriceShown;
use negotiation::ladder::gate;
use negotiation::{Command, Negotiation};
use report::phrases::capital;
use terms::{Amount, Rung};

use super::failure::{Failure, to};
use super::field::Fields;
use super::reader::Reader;
use super::shell::{Page, Place, page};
use super::visitor::Visitor;
use super::words::{estimates, number};
use crate::context::Context;

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let negotiation = context.desk().look_privileged(&who, &id, "a step up", context.now()).await.map_err(to(&who))?;
    let boss_comes = if Reader::of(&negotiation, &who).is_boss() { "Your coming in" } else { "Bringing your boss in" };
    let content = html! {
        h1 { (boss_comes) " has a price." }
        p.lead {
            "It is worked out on the record as it stands, and that advice is put on record with it, so that it can be seen later what was \
             known when the step was taken. Nothing is done by looking."
        }
        (untried(&negotiation, &context))
        form method="post" action={ "/negotiations/" (id) "/price" } { button type="submit" { "Show the price" } }
    };
    Ok(stepping(&who, &id, &negotiation, &content))
}

/// What both pages have about them.
fn stepping(who: &Principal, id: &str, negotiation: &Negotiation, content: &Markup) -> Response {
    let title = negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
    let stay = if Reader::of(negotiation, who).is_boss() { "Stay out" } else { "Stay at your own level" };
    let content = html! {
        section.narrow {
            p.facts { b { (title) } " · private to your side" }
            (content)
            p { a href={ "/negotiations/" (id) } { (stay) } }
        }
    };
    page(who, "The price of a step up", Place::Negotiations, content)
}

fn untried(negotiation: &Negotiation, context: &Context) -> Markup {
    let gate = gate(negotiation, Rung::Boss, context.now());
    html! {
        @if !gate.is_open() {
            h2 { "Not tried yet" }
            ul { @for trial in gate.below.iter().filter(|trial| !trial.tried) {
                li { b { (trial.rung.to_string()) } ": " (trial.evidence) }
            } }
        }
    }
}

/// Shows the price, and the button that takes the step at that price.
pub(super) async fn price(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let now = context.now();
    let price = context.desk().price(&who, &id, Step::Joins, now).await.map_err(to(&who))?;
    let negotiation = context.desk().look_privileged(&who, &id, "the price", now).await.map_err(to(&who))?;
    let (against_best, precedent) = (number(price.against_best), number(price.precedent));
    let money = estimates(&negotiation);
    let reader = Reader::of(&negotiation, &who);
    let boss_comes = if reader.is_boss() { "Your coming in now" } else { "Bringing your boss in now" };
    let ends = if reader.is_boss() { "that the negotiator's authority ends" } else { "that your authority ends" };
    let content = html! {
        h1 {
            @if against_best < 0.0 { (boss_comes) " costs " (money.amount(-against_best)) "." }
            @else { (boss_comes) " is worth " (money.amount(against_best)) " more than any plan without." }
        }
        p.lead {
            "Against the best plan that leaves the boss out for now. The precedent alone is " (money.amount(precedent))
            " over later deals. It signals " (ends) ", that there is trouble and that the deal matters; it can't be undone."
        }
        (untried(&negotiation, &context))
        (form(&id, &price, !gate(&negotiation, Rung::Boss, now).is_open(), &reader))
    };
    Ok(stepping(&who, &id, &negotiation, &content))
}

fn form(id: &str, price: &PriceShown, needs_reason: bool, reader: &Reader) -> Markup {
    html! {
        form method="post" action={ "/negotiations/" (id) "/join" } {
            input type="hidden" name="against_best" value=(price.against_best);
            input type="hidden" name="precedent" value=(price.precedent);
            input type="hidden" name="advice" value=(price.advice);
            @if needs_reason { label { "Why all the same" small { "recorded with what is untried" } input name="despite" required; } }
            button.danger type="submit" { @if reader.is_boss() { "I am in, at this price" } @else { "The boss is in, at this price" } }
        }
    }
}

pub(super) async fn join(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let now = context.now();
    let amount = |name: &str| fields.text(name).parse::<Amount>().ok();
    let advice = fields.text("advice").parse().ok();
    let price = match (amount("against_best"), amount("precedent"), advice) {
        (Some(against_best), Some(precedent), Some(advice)) => Some(PriceShown { against_best, precedent, advice }),
        _ => None,
    };
    let command = Command::BringBoss { price, despite: fields.maybe("despite") };
    match context.desk().act(&who, &id, Wish::new(&command, now)).await {
        Ok(_) => Ok(Redirect::to(&format!("/negotiations/{id}")).into_response()),
        Err(error @ (Error::Rejected(_) | Error::PriceNotShown)) => {
            let content = html! {
                section.narrow {
                    h1 { "Not recorded" }
                    p role="alert" { (capital(&error.to_string())) "." }
                    p { a href={ "/negotiations/" (id) "/join" } { "See the price as things stand" } }
                }
            };
            let page = Page { title: "Not recorded", place: Place::Negotiations, who: Some(&who), content };
            Ok(page.respond(StatusCode::CONFLICT))
        }
        Err(error) => Err(to(&who)(error)),
    }
}
