//! A negotiation: what to do, the ladder, the acts, the offers with where they are heading, and what happened so far.

use std::sync::Arc;

use app::{Principal, Seen};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use engine::advice::Advice;
use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::access::{Act, allows};
use negotiation::amount::Amount;
use negotiation::ladder::{Rung, gate};
use negotiation::packages::Table;
use negotiation::view::Sight;
use negotiation::{Negotiation, Phase, words};
use report::money::Money;
use report::page::View;
use report::phrases::capital;

use super::failure::{Failure, to};
use super::portfolio::{number, phase};
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::{Context, latest};

mod forms;
mod mandate;

/// Which form is open.
#[derive(serde::Deserialize)]
pub(super) struct Opened {
    #[serde(default)]
    act: String,
}

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Query(opened): Query<Opened>,
) -> Result<Response, Failure> {
    let now = context.now();
    let Seen { sight, negotiation } = context.desk().look(&who, &id, "the page", now).await.map_err(to(&who))?;
    let advised = if sight == Sight::All && negotiation.phase == Phase::Open {
        advised(&context, &id, &negotiation, now).await
    } else {
        Advised::NotHere
    };
    let shown = Shown { id: &id, who: &who, negotiation: &negotiation, sight, now, opened: &opened.act };
    let title = negotiation.opening.as_ref().map_or("Negotiation", |opening| opening.title.as_str());
    Ok(page(&who, title, Place::Negotiations, shown.markup(&advised)))
}

/// How far the advice has come.
enum Advised {
    /// There is none for whoever looks, or none is due.
    NotHere,
    /// Why there is none.
    Lacks(String),
    /// A first answer, while the whole is being computed.
    First(app::First),
    /// All of it.
    Whole(Arc<Advice>),
}

async fn advised(context: &Context, id: &str, negotiation: &Negotiation, now: Timestamp) -> Advised {
    let known = match latest::known(context, id, negotiation, now).await {
        Ok(known) => known,
        Err(why) => return Advised::Lacks(why.to_string()),
    };
    match known.whole {
        Some(whole) => Advised::Whole(whole),
        None => {
            latest::refine_soon(context, id.to_owned(), negotiation.clone(), now);
            Advised::First(known.first)
        }
    }
}

/// Writes amounts in the currency of a negotiation.
pub(super) fn exact(negotiation: &Negotiation) -> impl Fn(Amount) -> String + use<> {
    let code = negotiation.opening.as_ref().map_or("", |opening| opening.currency.as_str());
    let money = Money::new(code, 1.0);
    move |amount| money.exact(number(amount))
}

/// A negotiation as somebody sees it.
pub(super) struct Shown<'a> {
    pub id: &'a str,
    pub who: &'a Principal,
    pub negotiation: &'a Negotiation,
    pub sight: Sight,
    pub now: Timestamp,
    pub opened: &'a str,
}

impl Shown<'_> {
    fn markup(&self, advised: &Advised) -> Markup {
        let here = format!("/negotiations/{}", self.id);
        html! {
            div #live hx-sse:connect={ (here) "/events?version=" (self.negotiation.version) } {}
            div #standing hx-get=(here) hx-trigger="changed from:#live" hx-select="#standing" hx-swap="outerHTML" {
                (self.head(advised))
                (self.called())
                @if self.sight == Sight::All && self.negotiation.phase == Phase::Open { (self.rungs(advised)) }
            }
            (self.acts())
            div #figures hx-get=(here) hx-trigger="changed from:#live" hx-select="#figures" hx-swap="outerHTML" {
                @if let Advised::Whole(advice) = advised { (figures(advice)) } @else { (self.offers()) }
                @if self.sight == Sight::All { (self.mandate()) }
                (self.so_far())
            }
            @if self.sight == Sight::All { (self.more()) }
        }
    }

    fn head(&self, advised: &Advised) -> Markup {
        let Some(opening) = &self.negotiation.opening else { return html! {} };
        let facts = html! {
            p.facts {
                b { (opening.title) } " · " (opening.counterpart) " · " (phase(self.negotiation.phase)) " · " (opening.currency)
                @if self.sight == Sight::All { " · " span.private { "private to your side" } }
            }
        };
        match advised {
            Advised::Whole(advice) => View::new(advice, "").answer(),
            Advised::First(first) => html! {
                (facts)
                h1 { "A first look: " (report::names::plan(first.plan, self.negotiation.boss_in)) "." }
                p.lead role="status" { "Working out the rest; it appears here by itself in a second or two." }
            },
            Advised::Lacks(why) => html! {
                (facts)
                h1 { (opening.title) }
                p.lead { "No advice yet: " (why) "." }
                p { a.button href={ "/negotiations/" (self.id) "/prepare" } { "Prepare" } }
            },
            Advised::NotHere => html! { (facts) h1 { (opening.title) } (self.ended()) },
        }
    }

    fn ended(&self) -> Markup {
        let exact = exact(self.negotiation);
        html! {
            @match (self.negotiation.phase, &self.negotiation.agreed) {
                (Phase::Agreed, Some(package)) => p.lead { "Agreed at " strong { (exact(package.price)) } "." },
                (Phase::WalkedAway, _) => p.lead { "You walked away." },
                _ => p.lead { "You look on: offers and what was done at the table." },
            }
        }
    }

    /// They have called for our boss: what coming and declining cost is a page away.
    fn called(&self) -> Markup {
        let waits = self.negotiation.boss_called && self.sight == Sight::All;
        html! {
            @if waits {
                p.notice role="status" {
                    "They have called for your boss. "
                    a href={ "/negotiations/" (self.id) "/counterpart" } { "See what joining and declining cost, and the reply that hands the channel back" }
                }
            }
        }
    }

    fn rungs(&self, advised: &Advised) -> Markup {
        let gate = gate(self.negotiation, Rung::Boss, self.now);
        let untried = Table::of(self.negotiation, self.now).map_or(0, |table| table.untried());
        html! {
            @if let Advised::Whole(advice) = advised { (View::new(advice, "").ladder()) }
            @if untried > 0 {
                p { a href={ "/negotiations/" (self.id) "/packages" } {
                    (untried) @if untried == 1 { " package is" } @else { " packages are" } " untried at your own level"
                } ": they would cost you nothing and likely bring them something." }
            }
            details.tried {
                summary { "What has been tried" }
                ul {
                    @for trial in &gate.below {
                        li { b { (trial.rung.to_string()) } ": " (if trial.tried { "tried" } else { "untried" }) ", " (trial.evidence) }
                    }
                }
            }
        }
    }

    /// The offers in a table, where no chart can be drawn.
    fn offers(&self) -> Markup {
        let exact = exact(self.negotiation);
        html! {
            section aria-labelledby="offers" {
                h2 #offers { "Offers" }
                @if self.negotiation.offers.is_empty() {
                    p.quiet { "None yet. Record the first, yours or theirs: every offer sharpens the advice." }
                } @else {
                    table {
                        thead { tr { th scope="col" { "day" } th scope="col" { "you" } th scope="col" { "they" } } }
                        tbody {
                            @for recorded in &self.negotiation.offers {
                                @let ours = recorded.offer.by == negotiation::party::Side::Us;
                                @let price = exact(recorded.offer.package.price);
                                tr {
                                    th scope="row" { (super::portfolio::day(recorded.at)) }
                                    td { @if ours { (price) } }
                                    td { @if !ours { (price) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn so_far(&self) -> Markup {
        let exact = exact(self.negotiation);
        html! {
            section aria-labelledby="so-far" {
                h2 #so-far { "So far" }
                ol.timeline {
                    @for entry in self.negotiation.history.iter().rev() {
                        li {
                            time datetime=(entry.at) { (entry.at.strftime("%-d %b, %H:%M")) }
                            span {
                                (capital(&words::line(&entry.fact, &exact)))
                                small { (entry.by.0) @if self.sight == Sight::All && !entry.fact.is_at_the_table() { " " span.private { "private" } } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn more(&self) -> Markup {
        let here = format!("/negotiations/{}", self.id);
        html! {
            nav.more aria-label="More of this negotiation" {
                a href={ (here) "/prepare" } { "Prepare" }
                a href={ (here) "/packages" } { "Packages" }
                a href={ (here) "/message" } { "Check a message" }
                a href={ (here) "/what-if" } { "What if" }
                a href={ (here) "/brief" } { "Brief for the boss" }
                a href={ (here) "/counterpart" } { "Precedent with them" }
                a href={ (here) "/views" } { "Who saw what" }
            }
        }
    }

    /// Whether whoever looks may do an act here.
    fn may(&self, act: Act) -> bool {
        let participant = self.negotiation.participants.get(&self.who.user);
        participant.is_some_and(|one| allows(one.part, one.privy, act))
    }
}

/// Charts and tables of an advice, as its page has them.
fn figures(advice: &Advice) -> Markup {
    let view = View::new(advice, "");
    html! { (view.offers()) (view.ledger()) (view.plans()) (view.flips()) (view.find_out()) }
}
