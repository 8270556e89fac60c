//! The boss's inbox: every call for the boss and every question that waits, with the decision in columns and an answer a tap
//! away. Made for a phone, and live.

use app::{Error, Principal};
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use negotiation::Negotiation;
use negotiation::brief::brief;

use super::answering::{Answering, Back};
use super::called::Call;
use super::failure::{Failure, to};
use super::glance::glance;
use super::question::question;
use super::reader::Reader;
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::context::Context;
use crate::cursor::newest;

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
    let answers = |negotiation: &Negotiation| Reader::of(negotiation, &who).answers(negotiation);
    let boss = waiting.iter().any(|(_, negotiation)| answers(negotiation).is_some());
    let content = html! {
        h1 { "Guidance" }
        div #live hx-sse:connect={ "/events?newest=" (newest) } {}
        div #inbox data-live="keep" {
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
                        @if let Some(answers) = answers(negotiation) {
                            (Answering { id, negotiation, decision: &decision, back: Back::Inbox, answers, now }.form())
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
    for id in context.desk().waiting(who, SHOWN).await? {
        let negotiation = glance(context, who, &id, "the inbox").await?;
        waiting.push((id, negotiation));
    }
    Ok(waiting)
}

fn heading(id: &str, negotiation: &Negotiation) -> Markup {
    let (title, counterpart) =
        negotiation.opening.as_ref().map_or(("", ""), |opening| (opening.title.as_str(), opening.counterpart.as_str()));
    html! { h2 { a href={ "/negotiations/" (id) } { (title) } small { (counterpart) } } }
}
