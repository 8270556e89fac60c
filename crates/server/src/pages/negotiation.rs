//! A negotiation: what to do, the ladder, the acts, the offers with where they are heading, and what happened so far.

use std::sync::Arc;

use app::{SAMPLES, SEED, Seen};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use engine::advice::Advice;
use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::ladder::gate;
use negotiation::packages::Table;
use negotiation::view::Sight;
use negotiation::{Fact, Negotiation, Phase, Version, words};
use report::money::Money;
use report::page::View;
use report::phrases::capital;
use terms::{Amount, Quantity, Rung};

use super::failure::{Failure, to};
use super::glance::{Again, look};
use super::portfolio::number;
use super::reader::Reader;
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::{Context, latest};

mod forms;
mod headline;
mod mandate;
mod timeline;

/// Which form is open.
#[derive(serde::Deserialize)]
pub(super) struct Opened {
    #[serde(default)]
    act: String,
    /// The entry that is to be struck out.
    strike: Option<Version>,
}

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    again: Again,
    Path(id): Path<String>,
    Query(opened): Query<Opened>,
) -> Result<Response, Failure> {
    let now = context.now();
    let Seen { sight, negotiation } = look(&context, &who, &id, "the page", again).await.map_err(to(&who))?;
    let advised = if sight == Sight::All && negotiation.phase == Phase::Open {
        advised(&context, &id, &negotiation, now).await
    } else {
        Advised::NotHere
    };
    let reader = Reader::of(&negotiation, &who);
    let shown = Shown { id: &id, reader, negotiation: &negotiation, sight, now, opened: &opened };
    let title = negotiation.opening.as_ref().map_or("Negotiation", |opening| opening.title.as_str());
    Ok(page(&who, title, Place::Negotiations, shown.markup(&advised)))
}

/// Puts the advice on record as things stand: from then on it is what the list of negotiations goes by.
pub(super) async fn put_on_record(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    context.desk().take_advice(&who, &id, SEED, SAMPLES, context.now()).await.map_err(to(&who))?;
    context.changes().tell(&id);
    Ok(Redirect::to(&format!("/negotiations/{id}")).into_response())
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
    let code = negotiation.currency();
    let money = Money::new(code, 1.0);
    move |amount| money.exact(number(amount))
}

/// Writes estimates of a negotiation to as many figures as its advice has them: what is simulated is not known to the dollar.
pub(super) fn estimates(negotiation: &Negotiation) -> Money {
    let code = negotiation.currency();
    let preparation = &negotiation.preparation;
    let likely = |estimate: Option<Quantity<Amount>>| estimate.map_or(0.0, |estimate| number(estimate.points()[1]));
    Money::new(code, (likely(preparation.target) - likely(preparation.walk_away)).abs())
}

/// A fact of a negotiation in a line: prices in full, and what a step was said to cost as the estimate that it is.
pub(super) fn line(negotiation: &Negotiation, fact: &Fact) -> String {
    let (exact, estimates) = (exact(negotiation), estimates(negotiation));
    let estimate = |amount: Amount| estimates.amount(number(amount));
    let is_priced = matches!(fact, Fact::BossJoined { .. } | Fact::HandedOver { .. });
    capital(&words::line(fact, if is_priced { &estimate } else { &exact }))
}

/// A negotiation as somebody sees it.
pub(super) struct Shown<'a> {
    pub id: &'a str,
    pub reader: Reader,
    pub negotiation: &'a Negotiation,
    pub sight: Sight,
    pub now: Timestamp,
    pub opened: &'a Opened,
}

impl Shown<'_> {
    fn markup(&self, advised: &Advised) -> Markup {
        let here = format!("/negotiations/{}", self.id);
        html! {
            div #live hx-sse:connect={ (here) "/events?version=" (self.negotiation.version) } {}
            @if self.sight == Sight::All { (self.more()) }
            div #standing data-live hx-get=(here) hx-trigger="changed from:#live" hx-select="#standing" hx-swap="outerHTML" {
                (self.head(advised))
                (self.called())
                @if self.sight == Sight::All && self.negotiation.phase == Phase::Open { (self.rungs(advised)) }
            }
            @if self.sight == Sight::All {
                div #acts data-live="keep" hx-get=(here) hx-trigger="changed from:#live" hx-select="#acts" hx-swap="outerHTML" { (self.acts()) }
            }
            div #figures data-live hx-get=(here) hx-trigger="changed from:#live" hx-select="#figures" hx-swap="outerHTML" {
                @if let Advised::Whole(advice) = advised { (figures(advice)) } @else { (self.offers()) }
                @if self.sight == Sight::All { (self.mandate()) }
                (self.so_far())
            }
        }
    }

    /// They have called for our boss: what coming and declining cost is a page away.
    fn called(&self) -> Markup {
        let waits = self.negotiation.boss_called && self.sight == Sight::All;
        html! {
            @if waits {
                p.notice role="status" {
                    "They have called for " (self.reader.boss()) ". "
                    a href={ "/negotiations/" (self.id) "/counterpart" } { "See what joining and declining cost, and the reply that hands the channel back" }
                }
            }
        }
    }

    fn rungs(&self, advised: &Advised) -> Markup {
        let gate = gate(self.negotiation, Rung::Boss, self.now);
        let untried = Table::of(self.negotiation, self.now).map_or(0, |table| table.untried());
        html! {
            @if let Advised::Whole(advice) = advised { (View::beside_a_record(advice).ladder()) }
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
                                @let ours = recorded.offer.by == terms::Side::Us;
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

    fn more(&self) -> Markup {
        let here = format!("/negotiations/{}", self.id);
        html! {
            nav.more aria-label="More of this negotiation" {
                a href={ (here) "/prepare" } { "Prepare" }
                a href={ (here) "/packages" } { "Packages" }
                a href={ (here) "/message" } { "Check a message" }
                a href={ (here) "/what-if" } { "What if" }
                a href={ (here) "/brief" } { @if self.reader.is_boss() { "Your brief" } @else { "Brief for the boss" } }
                a href={ (here) "/counterpart" } { "Precedent with them" }
                a href={ (here) "/views" } { "Who saw what" }
            }
        }
    }
}

/// Charts and tables of an advice, as its page has them.
fn figures(advice: &Advice) -> Markup {
    let view = View::beside_a_record(advice);
    html! { (view.offers()) (view.ledger()) (view.plans()) (view.flips()) (view.find_out()) }
}
