//! The boss's card: the most pressing question first, with an answer a tap away; then what else waits. Made for a phone, and live.

use app::{Error, Principal};
use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use negotiation::Negotiation;
use negotiation::brief::{Decision, brief};
use report::page::View;

use super::answering::{Answering, Back};
use super::called::Call;
use super::failure::{Failure, to};
use super::glance::glance;
use super::question::Card;
use super::reader::Reader;
use super::receipt::receipt;
use super::shell::{Place, page};
use super::visitor::Visitor;
use super::words::time_local;
use crate::context::Context;
use crate::cursor::newest;

/// Questions shown at once.
const SHOWN: u32 = 50;
/// Negotiations looked through for calls for the boss.
const LOOKED_THROUGH: u32 = 500;
/// Calls shown at once: what each costs is computed anew.
const CALLS: usize = 5;

/// Which question is looked at, and what was just answered.
#[derive(Default, serde::Deserialize)]
pub(super) struct Chosen {
    /// The negotiation of the question.
    on: Option<String>,
    /// The question, by its number.
    question: Option<u64>,
    /// The negotiation in which one was answered.
    answered: Option<String>,
    /// The entry of the answer.
    entry: Option<u64>,
}

impl Chosen {
    fn is(&self, id: &str, decision: &Decision) -> bool {
        self.on.as_deref() == Some(id) && self.question == Some(decision.request)
    }

    /// The address of the same.
    fn address(&self) -> String {
        match (&self.on, self.question) {
            (Some(id), Some(question)) => address(id, question),
            _ => "/guidance".to_owned(),
        }
    }
}

/// A question that waits, with its negotiation.
struct Waiting {
    id: String,
    negotiation: Negotiation,
    decision: Decision,
}

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Failure> {
    let now = context.now();
    let newest = newest(&context, &who).await.map_err(to(&who))?;
    let calls = calls(&context, &who).await.map_err(to(&who))?;
    let mut waiting = waiting(&context, &who).await.map_err(to(&who))?;
    if let Some(place) = waiting.iter().position(|one| chosen.is(&one.id, &one.decision)) {
        waiting[..=place].rotate_right(1);
    }
    let receipt = match (&chosen.answered, chosen.entry) {
        (Some(id), Some(entry)) => {
            let negotiation = glance(&context, &who, id, "the inbox").await.map_err(to(&who))?;
            receipt(&negotiation, id, entry, &who, now)
        }
        _ => None,
    };
    let (first, others) = match waiting.split_first() {
        Some((first, others)) => (Some(first), others),
        None => (None, &[][..]),
    };
    let advice = match first {
        // What can't be worked out is left out: the question stands all the same.
        Some(first) => {
            context.desk().known(&first.negotiation, &first.id, now).await.ok().and_then(|known| known.whole)
        }
        None => None,
    };
    let has_title = first.is_some() && receipt.is_none();
    let title = if has_title { "A question waits" } else { "Guidance" };
    let content = html! {
        div #live data-here=(chosen.address()) hx-sse:connect={ "/events?newest=" (newest) } {}
        @if !has_title { h1 { "Guidance" } }
        @if let Some(receipt) = &receipt { div #receipt data-live="acts" { (receipt) } }
        div #inbox data-live="keep" {
            @for call in &calls { (call.markup(&who)) }
            @if let Some(first) = first {
                div.cols {
                    div { (shown(first, advice.clone(), &who, has_title, now)) }
                    aside.aside aria-label="Background" { div {
                        @if let Some(advice) = &advice { section { h2 { "Offers so far" } (View::beside_a_record(advice).offers_aside()) } }
                        section { h2 { "The negotiation" }
                            p { a href={ "/negotiations/" (first.id) } { (title_of(&first.negotiation)) } }
                            p { a href={ "/negotiations/" (first.id) "/brief" } { "The brief" } }
                            p.quiet { "They never see a question or its answer. Silence accepts nothing." }
                        }
                        (next(others))
                    } }
                }
            } @else if calls.is_empty() {
                p.lead { "Nothing waits for an answer." }
                p.quiet { "Here a negotiator asks the boss in private, on one point, with what they recommend. An answer takes a minute \
                    and the counterpart never sees it; silence accepts nothing." }
            }
        }
    };
    Ok(page(&who, title, Place::Guidance, content))
}

fn shown(
    one: &Waiting,
    advice: Option<std::sync::Arc<engine::advice::Advice>>,
    who: &Principal,
    is_title: bool,
    now: jiff::Timestamp,
) -> Markup {
    let answers = Reader::of(&one.negotiation, who).answers(&one.negotiation);
    let card = Card { negotiation: &one.negotiation, decision: &one.decision, advice, answers, now };
    html! {
        article.card {
            (card.markup(is_title))
            @if let Some(answers) = answers { (Answering { id: &one.id, card: &card, back: Back::Inbox, answers }.form()) }
        }
    }
}

/// What waits after it.
fn next(others: &[Waiting]) -> Markup {
    html! {
        @if !others.is_empty() {
            section aria-labelledby="next-questions" {
                h2 #next-questions { @if others.len() == 1 { "Next question" } @else { "Next questions" } }
                @for one in others {
                    @let card = Card { negotiation: &one.negotiation, decision: &one.decision, advice: None, answers: None, now: jiff::Timestamp::UNIX_EPOCH };
                    p { a href=(address(&one.id, one.decision.request)) { (title_of(&one.negotiation)) ": " (card.ask()) } br;
                        small { "by " (time_local(one.decision.question.needed_by)) } }
                }
            }
        }
    }
}

fn address(id: &str, question: u64) -> String {
    format!("/guidance?on={id}&question={question}")
}

fn title_of(negotiation: &Negotiation) -> &str {
    negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str())
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

/// The questions that wait, the most pressing first, where whoever looks sees everything.
async fn waiting(context: &Context, who: &Principal) -> Result<Vec<Waiting>, Error> {
    let mut waiting = Vec::new();
    for id in context.desk().waiting(who, SHOWN).await? {
        let negotiation = glance(context, who, &id, "the inbox").await?;
        for decision in brief(&negotiation, context.now()).decisions {
            waiting.push(Waiting { id: id.clone(), negotiation: negotiation.clone(), decision });
        }
    }
    Ok(waiting)
}
