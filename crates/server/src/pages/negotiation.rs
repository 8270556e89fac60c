//! A negotiation as a cockpit: where it stands, the next act, the verdict, the ladder, and all else to look into.

use app::{AdviceAtHand, Principal, SAMPLES, SEED, Seen};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::ladder::gate;
use negotiation::packages::Table;
use negotiation::view::Sight;
use negotiation::{Negotiation, Phase, Placed, undoable};
use report::page::View;
use report::phrases::capital;
use terms::{Role, Rung};

use super::failure::{Failure, to};
use super::glance::{Again, look};
use super::reader::Reader;
use super::shell::{Page, Place};
use super::visitor::Visitor;
use super::words::{date, exact, line, phase};
use crate::context::Context;

mod aside;
mod bar;
mod forms;
mod headline;
mod mandate;
mod panel;
mod shown;
mod strip;
mod timeline;

pub(super) use forms::told_field;
pub(super) use panel::{Entered, Faults};

use shown::{Advised, NegotiationPage, Opened};

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    again: Again,
    Path(id): Path<String>,
    Query(opened): Query<Opened>,
) -> Result<Response, Failure> {
    let seen = look(&context, &who, &id, "the page", again).await.map_err(to(&who))?;
    written(&context, &who, &id, &seen, &opened, None, StatusCode::OK).await
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

/// The page again, with what was entered in one of its forms and why it was not recorded.
pub(super) async fn refused(
    context: &Context,
    who: &Principal,
    id: &str,
    entered: &Entered<'_>,
    status: StatusCode,
) -> Result<Response, Failure> {
    // The form was on a page that was looked at, and so is this one.
    let seen = look(context, who, id, "the page", Again(true)).await.map_err(to(who))?;
    written(context, who, id, &seen, &Opened::default(), Some(entered), status).await
}

async fn written(
    context: &Context,
    who: &Principal,
    id: &str,
    seen: &Seen,
    opened: &Opened,
    entered: Option<&Entered<'_>>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let (now, Seen { sight, negotiation }) = (context.now(), seen);
    let advised = if *sight == Sight::All && negotiation.phase == Phase::Open {
        advised(context, id, negotiation, now).await
    } else {
        Advised::NotHere
    };
    let reader = Reader::of(negotiation, who);
    let imported = match sight {
        Sight::All => context.desk().imported_by(who, id).await.map_err(to(who))?,
        Sight::Nothing | Sight::Table => None,
    };
    let shown =
        NegotiationPage { id, reader, negotiation, sight: *sight, pulse: seen.pulse(), now, opened, imported, entered };
    let title = negotiation.opening.as_ref().map_or("Negotiation", |opening| opening.title.as_str());
    Ok(Page { title, place: Place::Negotiations, who: Some(who), content: shown.markup(&advised) }.respond(status))
}

impl NegotiationPage<'_> {
    fn markup(&self, advised: &Advised) -> Markup {
        let here = format!("/negotiations/{}", self.id);
        let all = self.sight == Sight::All;
        html! {
            div #live data-here=(here) hx-sse:connect={ (here) "/events?version=" (self.pulse) } {}
            (self.title())
            div #strip-region data-live { (self.strip(advised)) }
            @if all { div #said data-live="acts" { (self.recorded()) } }
            div.cols {
                div {
                    section.hero aria-label="What to do next" {
                        div #next data-live { (self.head(advised)) (self.called()) }
                        @if all { div #acts data-live="keep" { (self.acts(advised)) } }
                    }
                    @if all { div #standing data-live { (self.standing(advised)) } }
                    div #figures data-live { (self.sections(advised)) }
                }
                aside.aside aria-label="Offers, limits and people" { div #beside data-live { (self.aside(advised)) } }
            }
        }
    }

    fn title(&self) -> Markup {
        let Some(opening) = &self.negotiation.opening else { return html! {} };
        let doing = match opening.role {
            Role::Buyer => "you buy from",
            Role::Seller => "you sell to",
        };
        html! {
            div.ttl {
                h1 { (opening.title) }
                span { (doing) " " (opening.counterpart) " · " (opening.currency)
                    @if self.negotiation.phase != Phase::Open { " · " (phase(self.negotiation.phase)) } }
                @if self.sight == Sight::All { span.private { "private to your side" } }
            }
        }
    }

    /// The three facts and the ladder.
    fn standing(&self, advised: &Advised) -> Markup {
        html! {
            @if let Advised::Whole(advice) = advised {
                section.blk aria-label="The verdict" { (self.three(advice)) }
                section.blk.l aria-labelledby="ladder" { h2 #ladder { "The ladder" } (self.by_name(View::beside_a_record(advice).stairs())) }
            }
        }
    }

    /// What is looked into: tabs with script, one after another without.
    fn sections(&self, advised: &Advised) -> Markup {
        let all = self.sight == Sight::All;
        let view = advised.whole().map(View::beside_a_record);
        let mut panes: Vec<(&str, &str, Markup)> = Vec::new();
        if let Some((view, advice)) = view.as_ref().zip(advised.whole()) {
            let why = html! { (self.by_name(view.ledger())) section { h2 { "The course" } (self.by_name(view.course())) (self.beside(advice)) } (self.tried()) (view.find_out()) };
            panes.push(("why", "Why", why));
            panes.push(("offers-pane", "Offers", view.offers()));
            panes.push(("compared", "Courses compared", html! { (view.plans()) (view.flips()) }));
        } else {
            if all && self.negotiation.phase == Phase::Open {
                panes.push(("why", "Ladder", self.tried()));
            }
            panes.push(("offers-pane", "Offers", self.offers()));
        }
        panes.push(("record", "Record", self.so_far()));
        if all {
            panes.push(("looked-into", "Look into", self.more()));
        }
        html! {
            div.tabs data-tabs hidden aria-label="More" {
                @for (pane, name, _) in &panes { button type="button" data-pane=(pane) { (name) } }
            }
            @for (pane, _, content) in &panes { div.pane id=(pane) { (content) } }
        }
    }

    /// What has been tried of the ladder.
    fn tried(&self) -> Markup {
        let gate = gate(self.negotiation, Rung::Boss, self.now);
        let untried = Table::of(self.negotiation, self.now).map_or(0, |table| table.untried());
        html! {
            section aria-labelledby="tried" {
                h2 #tried { "What has been tried" }
                ul {
                    @for trial in &gate.below {
                        li { b { (capital(&trial.rung.to_string())) } ": " (if trial.tried { "tried" } else { "untried" }) ", " (trial.evidence) }
                    }
                }
                @if untried > 0 {
                    p { a href={ "/negotiations/" (self.id) "/packages" } {
                        (untried) @if untried == 1 { " package is" } @else { " packages are" } " untried at your own level"
                    } ": they would cost you nothing and likely bring them something." }
                }
            }
        }
    }

    /// What was just recorded, and how to take it back while that can be.
    fn recorded(&self) -> Markup {
        let is_it = |placed: &Placed<'_>| Some(placed.entry.version) == self.opened.recorded;
        let recorded = self.negotiation.as_corrected().into_iter().find(is_it);
        html! {
            @if let Some(Placed { entry, says: Some(fact), .. }) = recorded {
                div.toast #toast role="status" {
                    p { "Recorded: " (line(self.negotiation, fact)) "." }
                    @if !undoable(self.negotiation, entry.version, self.reader.user(), self.now).is_empty() {
                        form method="post" action={ "/negotiations/" (self.id) "/acts/undo" } data-acts {
                            input type="hidden" name="entry" value=(entry.version);
                            button type="submit" aria-label="Undo what was recorded" { "Undo" }
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
                    "They have called for " (self.boss_says(self.reader.boss())) ". "
                    a href={ "/negotiations/" (self.id) "/counterpart" } { "See what joining and declining cost, and the reply that hands the channel back" }
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
            section aria-labelledby="more" {
                h2 #more { "Look into" }
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
}

/// Offers in the table: the last ones. All of them are in the timeline.
const OFFERS: usize = 200;
