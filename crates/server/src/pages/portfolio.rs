//! The negotiations that one takes part in: what waits for somebody first, then the last changed.

use app::{Listed, Principal, is_boss_of};
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::Phase;
use negotiation::summary::{Privileged, Summary};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use report::money::Money;
use terms::Amount;

use super::failure::{Failure, to};
use super::glance;
use super::shell::{Place, page};
use super::visitor::Visitor;
use super::words::{day, number, phase};
use crate::context::Context;
use crate::cursor::{cursor_from, cursor_text, newest};

/// Negotiations on a page.
const PAGE: u32 = 50;

/// Negotiations named in which the boss's time is worth most.
const MOST: u32 = 5;

/// The part of a price that is in play, roughly: estimates are rounded by it.
const OF_A_PRICE: f64 = 0.25;

/// Negotiations looked through for a word.
const LOOKED_THROUGH: u32 = 2_000;

/// Where the page begins, or what is looked for.
#[derive(serde::Deserialize)]
pub(super) struct Asked {
    after: Option<String>,
    /// A part of a title or of a counterpart's name.
    #[serde(default)]
    find: String,
    /// Those put away, in place of the others.
    #[serde(default)]
    archived: bool,
}

impl Asked {
    /// The address of the same list.
    fn address(&self) -> String {
        let written = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        match (self.find.trim(), &self.after) {
            ("", None) if self.archived => "/?archived=true".to_owned(),
            ("", None) => "/".to_owned(),
            ("", Some(after)) => format!("/?after={}", written(after)),
            (find, _) => format!("/?find={}", written(find)),
        }
    }
}

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let newest = newest(&context, &who).await.map_err(to(&who))?;
    let after = asked.after.as_deref().and_then(|text| cursor_from(text).ok());
    let find = asked.find.trim();
    let (listed, next) = match find {
        "" => context.desk().list(&who, after.as_ref(), PAGE).await.map_err(to(&who))?,
        find => (context.desk().find(&who, find, LOOKED_THROUGH).await.map_err(to(&who))?, None),
    };
    let worth_most = match (&after, find) {
        (None, "") => context.desk().worth_most(&who, MOST).await.map_err(to(&who))?,
        _ => Vec::new(),
    };
    let put_away = listed.iter().any(|one| one.summary.archived);
    let wanted = listed.into_iter().filter(|one| one.summary.archived == asked.archived);
    let shown: Vec<Listed> = wanted.take(PAGE as usize).collect();
    glance::listed(&context, &who, &shown).await.map_err(to(&who))?;
    glance::listed(&context, &who, &worth_most).await.map_err(to(&who))?;
    let now = context.now();
    let content = html! {
        div.head {
            h1 { "Your negotiations" }
            a.button href="/open" { "Open a negotiation" }
        }
        @if !shown.is_empty() || !find.is_empty() { (search(find)) }
        div #live data-here=(asked.address()) hx-sse:connect={ "/events?newest=" (newest) } {}
        div #listed data-live="keep" {
            (boss_time(&worth_most, &who))
            @if !shown.is_empty() { (table(&shown, &who, now)) }
            @else if find.is_empty() { (nothing_yet()) }
            @else { p.lead { "None of your latest " (LOOKED_THROUGH) " negotiations has that in its title or its counterpart's name." } }
            @if put_away && !asked.archived { p { a href="/?archived=true" { "Those put away" } } }
            @if asked.archived { p { a href="/" { "Those not put away" } } }
            @if let Some(next) = next { p { a href={ "/?after=" (cursor_text(&next)) } { "Older ones" } } }
        }
    };
    Ok(page(&who, "Negotiations", Place::Negotiations, content))
}

fn search(find: &str) -> Markup {
    html! {
        form.search method="get" action="/" role="search" {
            label { "Title or counterpart" input type="search" name="find" value=(find) maxlength="100"; }
            button.quiet type="submit" { "Find" }
            @if !find.is_empty() { a.button.quiet href="/" { "Show all" } }
        }
    }
}

/// Where the boss's time is worth most, as far as advice was taken.
fn boss_time(worth_most: &[Listed], who: &Principal) -> Markup {
    let own = worth_most.iter().all(|one| is_boss_of(one, who));
    let comes = |one: &Listed| if is_boss_of(one, who) { " if you come in now" } else { " if the boss comes in now" };
    html! {
        @if !worth_most.is_empty() {
            section aria-labelledby="boss-time" {
                h2 #boss-time { (if own { "Where your time is worth most" } else { "Where your boss's time is worth most" }) }
                ol.worth { @for one in worth_most {
                    @let worth = one.summary.worth().map(number).unwrap_or_default();
                    li {
                        a href={ "/negotiations/" (one.id) } { (one.summary.title) } ", " (one.summary.counterpart) ": "
                        strong.for { (money(&one.summary).signed(worth)) } (comes(one))
                    }
                } }
                p.quiet { "By the advice last put on record. Where a negotiation is not named, the boss is better kept out, or no advice is on record." }
            }
        }
    }
}

fn nothing_yet() -> Markup {
    html! {
        section {
            h2 { "Nothing here yet" }
            p {
                "Open a negotiation that is yours, and put in what you know: your walk-away, your target, your guess of their limit. \
                 You are told whether to bring in your boss, when and how, and what that is worth; then the desk runs it with you, \
                 one rung of the ladder at a time."
            }
            form method="post" action="/samples" {
                p { "Or look around first: three worked negotiations, with their offers, as samples of your own." }
                button.quiet type="submit" { "Put the samples on my desk" }
            }
        }
    }
}

fn table(listed: &[Listed], who: &Principal, now: Timestamp) -> Markup {
    html! {
        table.portfolio.stacked {
            thead { tr {
                th scope="col" { "negotiation" }
                th scope="col" { "you" }
                th scope="col" { "they" }
                th scope="col" { "advised" }
                th scope="col" { "boss in now" }
                th scope="col" { "waits for" }
            } }
            tbody { @for one in listed { (row(one, is_boss_of(one, who), now)) } }
        }
    }
}

fn row(one: &Listed, is_boss: bool, now: Timestamp) -> Markup {
    let summary = &one.summary;
    let exact = Money::new(summary.currency, 1.0);
    let price = |amount: Option<Amount>| amount.map_or_else(|| "–".to_owned(), |amount| exact.exact(number(amount)));
    let privileged = summary.privileged.clone().unwrap_or_default();
    html! {
        tr {
            th scope="row" {
                a href={ "/negotiations/" (one.id) } { (summary.title) }
                small { (summary.counterpart) " · " (phase(summary.phase)) " · " (day(summary.changed_at)) }
            }
            td data-label="you" { (price(summary.ours)) }
            td data-label="they" { (price(summary.theirs)) }
            td data-label="advised" { (privileged.plan.map_or("–", |plan| report::names::plan(plan, false))) }
            td data-label="boss in now" { (worth(&privileged, &money(summary))) }
            td data-label="waits for" { (waits(summary, is_boss, &privileged, now)) }
        }
    }
}

/// How estimates are written in a row: to the figures that they have on the negotiation's own page, as far as prices tell.
fn money(summary: &Summary) -> Money {
    let price = summary.ours.or(summary.theirs).or(summary.worth()).map_or(1.0, number);
    Money::new(summary.currency, OF_A_PRICE * price.abs())
}

/// An estimate, to no more figures than it is good for.
fn worth(privileged: &Privileged, money: &Money) -> Markup {
    let Some(amount) = privileged.boss_now.map(number) else { return html! { "–" } };
    let side = if amount < 0.0 { "against" } else { "for" };
    html! { span class=(side) { (money.signed(amount)) } }
}

/// What it waits for, the most pressing first.
fn waits(summary: &Summary, is_boss: bool, privileged: &Privileged, now: Timestamp) -> Markup {
    if summary.phase != Phase::Open {
        return html! { span.quiet { "–" } };
    }
    let boss = if is_boss { "you" } else { "your boss" };
    html! {
        @if summary.boss_called { span.tag { @if is_boss { "your answer to their call" } @else { "an answer to their call for the boss" } } }
        @else if privileged.questions > 0 {
            @let late = privileged.needed_by.is_some_and(|by| by <= now);
            span.tag { (boss) @if late { ", overdue" } }
        }
        @else if privileged.impasse.is_some() { span.tag { "a way out of the impasse" } }
        @else { span.quiet { "the next offer" } }
    }
}
