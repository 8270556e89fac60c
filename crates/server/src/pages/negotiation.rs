//! A negotiation: what to do, the ladder, the acts, the offers with where they are heading, and what happened so far.

use app::{AdviceAtHand, SAMPLES, SEED, Seen};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use engine::advice::Advice;
use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::ladder::gate;
use negotiation::packages::Table;
use negotiation::view::Sight;
use negotiation::{Negotiation, Phase, Placed, undoable};
use report::page::View;
use terms::Rung;

use super::failure::{Failure, to};
use super::glance::{Again, look};
use super::reader::Reader;
use super::shell::{Place, page};
use super::visitor::Visitor;
use super::words::{date, exact, line};
use crate::context::Context;

mod forms;
mod headline;
mod mandate;
mod shown;
mod timeline;

pub(super) use forms::told_field;

use shown::{Advised, NegotiationPage, Opened};

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
    let imported = match sight {
        Sight::All => context.desk().imported_by(&who, &id).await.map_err(to(&who))?,
        Sight::Nothing | Sight::Table => None,
    };
    let shown = NegotiationPage { id: &id, reader, negotiation: &negotiation, sight, now, opened: &opened, imported };
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
    Ok(Redirect::to(&format!("/negotiations/{id}")).into_response())
}

async fn advised(context: &Context, id: &str, negotiation: &Negotiation, now: Timestamp) -> Advised {
    match context.desk().known(negotiation, id, now).await {
        Ok(AdviceAtHand { whole: Some(whole), .. }) => Advised::Whole(whole),
        Ok(AdviceAtHand { first, whole: None }) => Advised::First(first),
        Err(why) => Advised::Lacks(why.to_string()),
    }
}

impl NegotiationPage<'_> {
    fn markup(&self, advised: &Advised) -> Markup {
        let here = format!("/negotiations/{}", self.id);
        html! {
            div #live hx-sse:connect={ (here) "/events?version=" (self.negotiation.version) } {}
            @if self.sight == Sight::All { (self.more()) (self.recorded()) }
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

    /// What was just recorded, and how to take it back while that can be.
    fn recorded(&self) -> Markup {
        let is_it = |placed: &Placed<'_>| Some(placed.entry.version) == self.opened.recorded;
        let recorded = self.negotiation.as_corrected().into_iter().find(is_it);
        html! {
            @if let Some(Placed { entry, says: Some(fact), .. }) = recorded {
                div.notice role="status" {
                    p { "Recorded: " (line(self.negotiation, fact)) "." }
                    @if !undoable(self.negotiation, entry.version, self.reader.user(), self.now).is_empty() {
                        form method="post" action={ "/negotiations/" (self.id) "/acts/undo" } {
                            input type="hidden" name="entry" value=(entry.version);
                            button.quiet type="submit" { "Undo" }
                            " " small { "for ten minutes; struck out with a reason after that" }
                        }
                    }
                }
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
                            @for recorded in self.negotiation.offers.iter().rev().take(OFFERS).rev() {
                                @let ours = recorded.offer.by == terms::Side::Us;
                                @let price = exact(recorded.offer.package.price);
                                tr {
                                    th scope="row" { (date(recorded.on)) }
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

/// Offers in the table: the last ones. All of them are in the timeline.
const OFFERS: usize = 200;

/// Charts and tables of an advice, as its page has them.
fn figures(advice: &Advice) -> Markup {
    let view = View::beside_a_record(advice);
    html! { (view.offers()) (view.ledger()) (view.plans()) (view.flips()) (view.find_out()) }
}
