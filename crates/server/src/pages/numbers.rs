//! One's own numbers.

use app::{Numbers, numbers};
use axum::extract::State;
use axum::response::Response;
use engine::own::History;
use maud::{Markup, html};
use report::history::{self, Line};

use super::failure::{Failure, to};
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::context::Context;

pub(super) async fn show(State(context): State<Context>, Visitor(who): Visitor) -> Result<Response, Failure> {
    let (numbers, history) = context.desk().numbers(&who, context.now()).await.map_err(to(&who))?;
    let content = html! {
        section.narrow {
            h1 { "Your numbers" }
            @if numbers.negotiations == 0 {
                p.quiet { "Once you negotiate here: how long answers take, how often it goes upstairs, and what comes of it." }
            } @else { (figures(&numbers)) (how_good(&history)) }
        }
    };
    Ok(page(&who, "Your numbers", Place::Numbers, content))
}

fn figures(numbers: &Numbers) -> Markup {
    let suggested = numbers.answers.iter().filter(|(_, answers)| answers.suggests_a_wider_limit());
    html! {
        @for (boss, answers) in suggested {
            p.notice { (boss) " granted " (answers.granted) " of " (answers.given) " questions. Would a wider limit save the asking?" }
        }
        table {
            tbody {
                (row("questions that wait", &numbers.waiting.to_string(), &match numbers.overdue {
                    0 => "none overdue".to_owned(),
                    overdue => format!("{overdue} overdue"),
                }))
                (row("an answer takes", &numbers.median_answer_hours().map_or_else(|| "–".to_owned(), hours), "in the middle"))
                (row("went upstairs", &share(numbers.went_up, numbers.over), "of those that are over: your boss came in"))
                (row("unlocked by the proposal alone", &share(numbers.unlocked_alone, numbers.proposals), "of both-bosses proposals"))
            }
        }
        p.quiet { "Over your last " (numbers.negotiations) " negotiations of which you see everything, at most " (numbers::COUNTED) "." }
    }
}

/// How good forecasts were in what is closed, and what it makes of the assumptions.
fn how_good(history: &History) -> Markup {
    let lines = history::lines(history);
    let pooled: Vec<Line> = history.pooled.iter().map(history::pooled).collect();
    let table = |lines: &[Line]| {
        html! { table { tbody { @for Line { what, figure, note } in lines { (row(what, figure, note)) } } } }
    };
    html! {
        h2 { "How good were we" }
        @if lines.is_empty() {
            p.quiet { "Once a negotiation is closed: how well ranges and forecasts held, and what came of going upstairs." }
        } @else { (table(&lines)) }
        @if !pooled.is_empty() {
            h2 { "What your closed negotiations make of the assumptions" }
            p.quiet { "Before and after yours are counted in. A negotiation goes by these once you tick that where you prepare it." }
            (table(&pooled))
        }
    }
}

fn row(what: &str, figure: &str, note: &str) -> Markup {
    html! { tr { th scope="row" { (what) small { (note) } } td { strong { (figure) } } } }
}

fn share(part: u32, whole: u32) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{part} of {whole}") }
}

fn hours(hours: f64) -> String {
    match hours {
        hours if hours < 1.0 => format!("{:.0} min", (hours * 60.0).ceil()),
        hours if hours < 48.0 => format!("{hours:.0} h"),
        hours => format!("{:.0} days", hours / 24.0),
    }
}
