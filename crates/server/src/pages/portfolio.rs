//! The negotiations that one takes part in: what waits for whoever looks first, then the nearest deadline; with the next act of
//! each, whose move it is and how far apart they are.

use app::{Listed, Principal, is_boss_of};
use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use negotiation::summary::Summary;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use report::money::Money;

use super::failure::{Failure, to};
use super::glance;
use super::shell::{Place, page};
use super::visitor::Visitor;
use super::words::number;
use crate::context::Context;
use crate::cursor::{cursor_from, cursor_text, newest};

mod empty;
mod row;

use row::{Filter, Row};

/// Negotiations on a page.
const PAGE: u32 = 50;
/// Negotiations looked through for a filter: each is read.
const FILTERED: u32 = 150;
/// Negotiations named in which the boss's time is worth most.
const MOST: u32 = 3;
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
    /// Which of them.
    #[serde(default)]
    show: Filter,
}

impl Asked {
    /// The address of the same list.
    fn address(&self) -> String {
        let written = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        match (self.find.trim(), &self.after) {
            ("", None) if self.archived => "/?archived=true".to_owned(),
            ("", None) => self.show.address().to_owned(),
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
    let (desk, now) = (context.desk(), context.now());
    let newest = newest(&context, &who).await.map_err(to(&who))?;
    let after = asked.after.as_deref().and_then(|text| cursor_from(text).ok());
    let find = asked.find.trim();
    let whole = asked.show == Filter::All && !asked.archived;
    let limit = if whole { PAGE } else { FILTERED };
    let (listed, next) = match find {
        "" => desk.list(&who, after.as_ref(), limit).await.map_err(to(&who))?,
        find => (desk.find(&who, find, LOOKED_THROUGH).await.map_err(to(&who))?, None),
    };
    let worth_most = match (&after, find) {
        (None, "") if whole => desk.worth_most(&who, MOST).await.map_err(to(&who))?,
        _ => Vec::new(),
    };
    let has_any = !listed.is_empty();
    let put_away = listed.iter().any(|one| one.summary.archived);
    let mut wanted: Vec<Listed> =
        listed.into_iter().filter(|one| one.summary.archived == asked.archived && asked.show.may_hold(one)).collect();
    wanted.truncate(limit as usize);
    let rows = desk.in_list(&who, wanted, now).await.map_err(to(&who))?;
    let mut rows: Vec<Row<'_>> = rows.iter().map(|row| Row::of(row, &who, now)).collect();
    let (mine, boss) =
        (rows.iter().filter(|row| row.is_mine()).count(), rows.iter().filter(|row| row.is_boss()).count());
    rows.retain(|row| asked.show.holds(row));
    rows.sort_by_key(Row::place);
    rows.truncate(PAGE as usize);
    let shown: Vec<&Listed> = rows.iter().map(|row| &row.one.listed).chain(&worth_most).collect();
    glance::listed(&context, &who, &shown).await.map_err(to(&who))?;
    let is_empty = !has_any && find.is_empty() && after.is_none();
    let content = html! {
        div #live data-here=(asked.address()) hx-sse:connect={ "/events?newest=" (newest) } {}
        div #listed data-live="keep" {
            @if is_empty { (empty::nothing_yet()) } @else {
                div.top { h1 { (title(mine, boss)) } a.button href="/open" { "New" span.wide-inline { " negotiation" } } }
                (boss_time(&worth_most, &who))
                div.filt { (filters(&asked)) (search(find)) }
                @if rows.is_empty() {
                    @if find.is_empty() { p.lead { "None of these now." } }
                    @else { p.lead { "None of your latest " (LOOKED_THROUGH) " negotiations has that in its title or its counterpart's name." } }
                } @else { (table(&rows)) }
                p.quiet { "First what waits for you, nearest deadline on top. Advice follows every offer." }
                @if put_away && !asked.archived { p { a href="/?archived=true" { "Those put away" } } }
                @if asked.archived { p { a href="/" { "Those not put away" } } }
                @if let Some(next) = next.filter(|_| whole) { p { a href={ "/?after=" (cursor_text(&next)) } { "Older ones" } } }
            }
        }
    };
    Ok(page(&who, "Negotiations", Place::Negotiations, content))
}

/// Who is waited for, in a few words.
fn title(mine: usize, boss: usize) -> String {
    let wait = |count: usize| if count == 1 { "waits" } else { "wait" };
    match (mine, boss) {
        (0, 0) => "Your negotiations".to_owned(),
        (mine, 0) => format!("{mine} {} for you", wait(mine)),
        (0, boss) => format!("{boss} {} for your boss", wait(boss)),
        (mine, boss) => format!("{mine} {} for you, {boss} for your boss", wait(mine)),
    }
}

fn filters(asked: &Asked) -> Markup {
    html! {
        nav.chips aria-label="Filter" {
            @for filter in Filter::ALL {
                @let here = asked.show == filter && !asked.archived && asked.find.trim().is_empty();
                a href=(filter.address()) aria-current=[here.then_some("true")] { (filter.name()) }
            }
        }
    }
}

fn search(find: &str) -> Markup {
    html! {
        form.search method="get" action="/" role="search" {
            label { span.hidden { "Title or counterpart" } input type="search" name="find" value=(find) maxlength="100" placeholder="Find"; }
            button.quiet type="submit" { "Find" }
            @if !find.is_empty() { a.button.quiet href="/" { "Show all" } }
        }
    }
}

/// Where the boss's time is worth most, as far as advice was taken.
fn boss_time(worth_most: &[Listed], who: &Principal) -> Markup {
    let own = worth_most.iter().all(|one| is_boss_of(one, who));
    let worth = |one: &Listed| one.summary.worth().map(number).unwrap_or_default();
    let most = worth_most.iter().map(worth).fold(1.0, f64::max);
    html! {
        @if !worth_most.is_empty() {
            section.hour aria-labelledby="boss-time" {
                div { h2 #boss-time { (if own { "Where your time is worth most" } else { "Where your boss's time is worth most" }) }
                    small { "by the advice last put on record" } }
                @for one in worth_most {
                    a href={ "/negotiations/" (one.id) } {
                        span.w { (money(&one.summary).signed(worth(one))) }
                        svg aria-hidden="true" { rect.plain width=(format!("{:.0}%", 100.0 * worth(one) / most)) height="6" rx="3" {} }
                        b { (one.summary.title) }
                        small { (if is_boss_of(one, who) { "if you come in now" } else { "if the boss comes in now" }) }
                    }
                }
            }
        }
    }
}

/// How estimates are written in a row: to the figures that they have on the negotiation's own page, as far as prices tell.
fn money(summary: &Summary) -> Money {
    let price = summary.ours.or(summary.theirs).or(summary.worth()).map_or(1.0, number);
    Money::new(summary.currency, OF_A_PRICE * price.abs())
}

fn table(rows: &[Row<'_>]) -> Markup {
    html! {
        table.portfolio {
            thead { tr {
                th scope="col" { "Negotiation" }
                th scope="col" { "Next" }
                th scope="col" { "Boss in the room?" }
                th scope="col" { "Offers: you ● they ■" }
                th scope="col" { "Move" }
                th scope="col" { "Deadline" }
            } }
            tbody { @for row in rows { (row.markup()) } }
        }
    }
}
