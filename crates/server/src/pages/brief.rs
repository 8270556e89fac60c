//! The brief: one page for the boss, current, the decision first.

use axum::extract::{Path, State};
use axum::response::Response;
use maud::html;
use report::phrases::capital;

use super::failure::{Failure, to};
use super::guidance::columns;
use super::negotiation::exact;
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::Context;

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let now = context.now();
    let negotiation = context.desk().look_privileged(&who, &id, "the brief", now).await.map_err(to(&who))?;
    let brief = negotiation::brief::brief(&negotiation, now);
    let exact = exact(&negotiation);
    let title = negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
    let price = |recorded: &Option<negotiation::Recorded>| {
        recorded.as_ref().map_or_else(|| "none yet".to_owned(), |recorded| exact(recorded.offer.package.price))
    };
    let content = html! {
        section.narrow {
            p.facts { "Brief · private to your side · current as of entry " (brief.knows) }
            h1 { (title) }
            @for decision in &brief.decisions {
                section {
                    h2 { "To decide" @if decision.overdue { ", overdue" } }
                    (columns(&negotiation, decision))
                    p { strong { "Recommended: " } (decision.question.recommendation) }
                    p.quiet { "Without an answer: " (decision.question.otherwise) }
                }
            }
            @if brief.decisions.is_empty() { p.lead { "Nothing is to be decided by you now." } }
            @else { p { a.button href="/guidance" { "Answer" } } }
            dl.facts {
                dt { "our last offer" } dd { (price(&brief.ours)) }
                dt { "theirs" } dd { (price(&brief.theirs)) }
                dt { "mandate" } dd { (brief.mandate.as_ref().map_or_else(|| "none in force".to_owned(), |granted| exact(granted.mandate.price))) }
                @if !brief.theirs_outside.is_empty() {
                    dt { "their offer" } dd { (brief.theirs_outside.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) }
                }
                @if let Some(how) = &brief.impasse { dt { "impasse" } dd { (how) } }
                @if let Some(advice) = &brief.advice { dt { "advice" } dd { (advice) } }
            }
            h2 { "What has been tried" }
            ul { @for trial in &brief.ladder.below {
                li { b { (capital(&trial.rung.to_string())) } ": " (if trial.tried { "tried" } else { "untried" }) ", " (trial.evidence) }
            } }
            p { a href={ "/negotiations/" (id) } { "The negotiation" } }
        }
    };
    Ok(page(&who, "Brief", Place::Guidance, content))
}
