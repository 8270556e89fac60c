//! What a visitor reads before a visit: whom to meet, what to talk about, and what to leave alone.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::book::{Colleague, Counterpart, Tier};
use crate::suggest::{OpenNegotiation, Warning, warnings};
use crate::tie_map::{TieMap, tie_map};
use crate::visit::Visit;

/// A visit's brief. Ours alone; what their side may see is the [`agenda`](Brief::agenda).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Brief {
    /// The visit.
    pub visit: Visit,
    /// Who knows whom there.
    pub ties: TieMap,
    /// Tiers at which we know nobody there, or nobody any more.
    pub gaps: Vec<Tier>,
    /// Negotiations that it could touch, the gravest first.
    pub warnings: Vec<Warning>,
    /// What to leave alone.
    pub do_not_discuss: Vec<NeverDiscuss>,
    /// What to say where terms come up all the same.
    pub if_terms_come_up: String,
    /// An agenda that may be sent to their side: nothing that is ours alone is in it.
    pub agenda: String,
}

/// What to leave alone, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NeverDiscuss {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
}

/// The brief of a visit on a day, with the counterpart's open negotiations as far as whoever reads it may know of them.
pub fn brief(
    visit: &Visit,
    counterpart: &Counterpart,
    colleagues: &[Colleague],
    open: &[OpenNegotiation],
    today: Date,
) -> Brief {
    let ties = tie_map(counterpart, colleagues, today);
    Brief {
        gaps: ties.gaps(),
        ties,
        warnings: warnings(open, &visit.visitor, visit.on),
        do_not_discuss: do_not_discuss(open),
        if_terms_come_up: reply(open, &visit.visitor),
        agenda: agenda(visit),
        visit: visit.clone(),
    }
}

fn do_not_discuss(open: &[OpenNegotiation]) -> Vec<NeverDiscuss> {
    let mut list = Vec::new();
    for negotiation in open {
        let named = |title: &String| format!("“{title}”: prices and offers, theirs and ours");
        let whose = negotiation.negotiators.join(", ");
        list.push(NeverDiscuss {
            what: negotiation.title.as_ref().map_or_else(|| "whatever is being negotiated".to_owned(), named),
            why: format!("{whose} negotiates this; what you say of it counts as the boss stepping in"),
        });
        if !negotiation.points.is_empty() {
            let points: Vec<String> = negotiation.points.iter().map(|point| point.replace('_', " ")).collect();
            list.push(NeverDiscuss {
                what: format!("its points: {}", points.join(", ")),
                why: "a word of goodwill on one of them is a concession".to_owned(),
            });
        }
    }
    let always = [
        ("how much the deal matters to us", "it widens the range that they perceive, against us"),
        ("how far the negotiator may go, or whether you would approve", "it tells them that the limit lies higher up"),
        ("when we must be done", "they can wait for it"),
        ("our other suppliers, customers or plans for the case of no deal", "it tells them how well we do without"),
    ];
    if !open.is_empty() {
        list.extend(always.map(|(what, why)| NeverDiscuss { what: what.to_owned(), why: why.to_owned() }));
    }
    list
}

/// A reply that leaves the terms where they are.
fn reply(open: &[OpenNegotiation], visitor: &str) -> String {
    let others: Vec<&str> =
        open.iter().flat_map(|one| &one.negotiators).map(String::as_str).filter(|name| *name != visitor).collect();
    match others.first() {
        Some(name) => format!(
            "“I came to see you, not to negotiate. {name} has our full confidence and settles that with you; I would only get \
             in the way.”"
        ),
        None => "“I came to see you, not to negotiate. Our team has our full confidence and settles that with yours.”"
            .to_owned(),
    }
}

fn agenda(visit: &Visit) -> String {
    let mut lines = vec![format!("Visit on {}, {}", visit.on.strftime("%-d %B %Y"), visit.place)];
    lines.extend(visit.topics.iter().map(|topic| format!("- {topic}")));
    lines.join("\n")
}
