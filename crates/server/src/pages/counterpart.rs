//! A counterpart: what our boss's appearances led to, what answering their call would cost this time, and the reply that
//! hands the channel back.

use std::collections::BTreeMap;

use app::Precedent;
use axum::extract::{Path, Query, State};
use axum::response::{Redirect, Response};
use maud::{Markup, html};
use negotiation::Negotiation;
use negotiation::precedent::Event;
use negotiation::summary::counterpart_key;

use super::called::{costs, money};
use super::failure::{Failure, to};
use super::reader::Reader;
use super::shell::{Place, page};
use super::visitor::Visitor;
use super::words::{LOOKED_THROUGH, counterpart_address, day, number};
use crate::context::Context;

/// What is known of one counterpart, over one's own negotiations.
#[derive(Default)]
struct Dealings {
    name: String,
    negotiations: u32,
    appearances: u32,
    calls: u32,
}

/// A counterpart's name to be looked for.
#[derive(serde::Deserialize)]
pub(super) struct Named {
    name: String,
}

/// To the page of a counterpart named in a form.
pub(super) async fn find(Visitor(_): Visitor, Query(named): Query<Named>) -> Redirect {
    Redirect::to(&counterpart_address(named.name.trim()))
}

pub(super) async fn list(State(context): State<Context>, Visitor(who): Visitor) -> Result<Response, Failure> {
    let (listed, more) = context.desk().list(&who, None, LOOKED_THROUGH).await.map_err(to(&who))?;
    let mut counterparts: BTreeMap<String, Dealings> = BTreeMap::new();
    for one in listed {
        let known = counterparts.entry(counterpart_key(&one.summary.counterpart)).or_default();
        known.name = one.summary.counterpart;
        known.negotiations += 1;
        known.appearances += one.summary.appearances;
        known.calls += one.summary.calls;
    }
    for kept in context.desk().counterparts(&who).await.map_err(to(&who))? {
        let key = counterpart_key(&kept.page.name);
        counterparts.entry(key).or_default().name = kept.page.name;
    }
    let content = html! {
        h1 { "Counterparts" }
        @if counterparts.is_empty() {
            p.quiet { "Those with whom you negotiate appear here, with every time that your boss came in and what it led to." }
        } @else {
            table {
                thead { tr {
                    th scope="col" { "counterpart" } th scope="col" { "negotiations" }
                    th scope="col" { "boss came in" } th scope="col" { "boss called for" }
                } }
                tbody { @for known in counterparts.values() { tr {
                    th scope="row" { a href=(counterpart_address(&known.name)) { (known.name) } }
                    td { (known.negotiations) } td { (known.appearances) } td { (known.calls) }
                } } }
            }
        }
        form.inline method="get" action="/counterpart" {
            label { "Write of another" input name="name" required maxlength="200"; }
            button.quiet type="submit" { "Go on" }
        }
        @if more.is_some() { p.quiet { "Of your " (LOOKED_THROUGH) " latest negotiations." } }
    };
    Ok(page(&who, "Counterparts", Place::Counterparts, content))
}

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let now = context.now();
    let precedent = context.desk().precedent(&who, &id, now).await.map_err(to(&who))?;
    let negotiation = context.desk().look_privileged(&who, &id, "the counterpart", now).await.map_err(to(&who))?;
    let reader = Reader::of(&negotiation, &who);
    let content = html! {
        section.narrow {
            p.facts { "Counterpart · private to your side" }
            h1 { (precedent.counterpart) }
            @if negotiation.boss_called { p.notice { "They have called for " (reader.boss()) ", and wait for an answer." } }
            (costs(&precedent, &reader))
            (reply(&id, &precedent, &negotiation, &reader))
            h2 { "How to hand the channel back" }
            ol { @for step in &precedent.hand_back_plan { li { (step) } } }
            (ledger(&precedent))
            p { a href={ "/negotiations/" (id) } { "The negotiation" } }
            p { a href=(counterpart_address(&precedent.counterpart)) { "Their people, ties and visits" } }
        }
    };
    Ok(page(&who, &precedent.counterpart, Place::Counterparts, content))
}

/// The reply, with the button that records that it went out.
fn reply(id: &str, precedent: &Precedent, negotiation: &Negotiation, reader: &Reader) -> Markup {
    let act = match (negotiation.boss_in, negotiation.boss_called) {
        (true, _) => Some(("hand-back", "Record that the channel is handed back".to_owned())),
        (false, true) => Some(("decline", format!("Record that {}, with this reply", reader.boss_declines()))),
        (false, false) => None,
    };
    html! {
        h2 { "The reply" }
        @match act {
            Some((act, button)) => form method="post" action={ "/negotiations/" (id) "/acts/" (act) } {
                label { (if reader.is_boss() { "In your name; edit it" } else { "In your boss's name; edit it" }) textarea name="reply" rows="4" required { (precedent.hand_back_reply) } }
                button type="submit" { (button) }
            },
            None => pre { (precedent.hand_back_reply) },
        }
    }
}

fn ledger(precedent: &Precedent) -> Markup {
    html! {
        h2 { "What happened before" }
        @if precedent.lines.is_empty() {
            p.quiet { "Your boss never came in with them, and they never called for one." }
        } @else {
            table.words {
                thead { tr { th scope="col" { "when" } th scope="col" { "what" } th scope="col" { "cost of the precedent" } } }
                tbody { @for line in &precedent.lines { tr {
                    th scope="row" { (day(line.at)) }
                    td { (words(&line.event)) }
                    td { @if let Event::Appeared { cost: Some(cost) } = &line.event {
                        (money(precedent).amount(number(*cost)))
                    } @else { "–" } }
                } } }
            }
        }
    }
}

fn words(event: &Event) -> &'static str {
    match event {
        Event::Appeared { .. } => "your boss came in",
        Event::BothAppeared => "both bosses met",
        Event::AskedFor => "they asked for your boss",
        Event::Contacted => "they went to your boss directly",
        Event::Declined => "your boss declined",
        Event::HandedBack => "the channel was handed back",
    }
}
