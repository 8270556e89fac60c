//! Bringing the boss in: the price first, what is untried, and only then the button.

use app::{Error, Step};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use negotiation::Command;
use negotiation::amount::Amount;
use negotiation::fact::PriceShown;
use negotiation::ladder::{Rung, gate};
use report::money::Money;
use report::phrases::capital;

use super::failure::{Failure, to};
use super::field::Fields;
use super::portfolio::number;
use super::shell::{Page, Place, page};
use super::visitor::Visitor;
use crate::{Context, latest};

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let now = context.now();
    let negotiation = context.desk().look_privileged(&who, &id, "the price", now).await.map_err(to(&who))?;
    let price = context.desk().price(&who, &id, Step::Joins, now).await.map_err(to(&who))?;
    context.changes().tell(&id);
    let code = negotiation.opening.as_ref().map_or("", |opening| opening.currency.as_str());
    let (against_best, precedent) = (number(price.against_best), number(price.precedent));
    // Rounded as the prices are: what is simulated is not known to the dollar.
    let scale = negotiation.preparation.walk_away.map_or(1.0, |estimate| number(estimate.points()[1]));
    let money = Money::new(code, scale.abs());
    let title = negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
    let gate = gate(&negotiation, Rung::Boss, now);
    let content = html! {
        section.narrow {
            p.facts { b { (title) } " · private to your side" }
            h1 {
                @if against_best < 0.0 { "Bringing your boss in now costs " (money.amount(-against_best)) "." }
                @else { "Bringing your boss in now is worth " (money.amount(against_best)) " more than any plan without." }
            }
            p.lead {
                "Against the best plan that keeps them out. The precedent alone is " (money.amount(precedent))
                " over later deals. It signals that your authority ends, that there is trouble and that the deal matters; it can't be undone."
            }
            @if !gate.is_open() {
                h2 { "Not tried yet" }
                ul { @for trial in gate.below.iter().filter(|trial| !trial.tried) {
                    li { b { (trial.rung.to_string()) } ": " (trial.evidence) }
                } }
            }
            (form(&id, &price, !gate.is_open()))
            p { a href={ "/negotiations/" (id) } { "Stay at your own level" } }
        }
    };
    Ok(page(&who, "The price of a step up", Place::Negotiations, content))
}

fn form(id: &str, price: &PriceShown, needs_reason: bool) -> Markup {
    html! {
        form method="post" action={ "/negotiations/" (id) "/join" } {
            input type="hidden" name="against_best" value=(price.against_best);
            input type="hidden" name="precedent" value=(price.precedent);
            input type="hidden" name="advice" value=(price.advice);
            @if needs_reason { label { "Why all the same" small { "recorded with what is untried" } input name="despite" required; } }
            button.danger type="submit" { "The boss is in, at this price" }
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
    match context.desk().act(&who, &id, &command, None, now).await {
        Ok(done) => {
            latest::refresh(&context, done.id, done.negotiation, now);
            Ok(Redirect::to(&format!("/negotiations/{id}")).into_response())
        }
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
