//! A question to the boss, with the decision in columns.

use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::Negotiation;
use negotiation::brief::{Cell, Decision};
use negotiation::guidance::Point;
use report::phrases::capital;

use super::words::{exact, moment, plain};

/// A question with all that an answer takes: the columns, what is recommended and what else there is, by when, and what
/// happens without one.
pub(super) fn question(negotiation: &Negotiation, decision: &Decision, now: Timestamp) -> Markup {
    let question = &decision.question;
    let left = question.needed_by.duration_since(now).as_hours();
    html! {
        (columns(negotiation, decision))
        p { strong { "Recommended: " } (question.recommendation) }
        @if !question.options.is_empty() {
            p { strong { "Or: " } (question.options.join("; ")) }
        }
        @if let Some(trade_off) = trade_off(negotiation, decision) { p { strong { "The trade-off: " } (trade_off) } }
        p.quiet {
            @if decision.overdue { strong.against { "Overdue since " (moment(question.needed_by)) ". " } }
            @else { "Answer within " (hours(left)) ", by " (moment(question.needed_by)) ". " }
            "Without one: " (question.otherwise)
        }
    }
}

fn hours(left: i64) -> String {
    match left {
        ..=0 => "the hour".to_owned(),
        1..=47 => format!("{left} h"),
        _ => format!("{} days", left / 24),
    }
}

/// What a yes gives up and what a no leaves, as far as the record tells.
fn trade_off(negotiation: &Negotiation, decision: &Decision) -> Option<String> {
    let exact = exact(negotiation);
    let theirs = negotiation.standing(terms::Side::Them)?.offer.package.price;
    match (&decision.question.point, &decision.row.before) {
        (Point::Price { to }, Cell::Money(before)) => {
            let gives = (to.0 - before.0).abs();
            let gap = (theirs.0 - to.0).abs();
            let closes = if gap.is_zero() {
                "which is what they offer".to_owned()
            } else {
                format!("and leaves {} to their offer of {}", exact(terms::Amount(gap)), exact(theirs))
            };
            Some(format!(
                "a yes lets go of up to {} beyond the present limit, {closes}; a no keeps the limit, and the talks where they are.",
                exact(terms::Amount(gives))
            ))
        }
        (Point::Term { name, .. }, _) => Some(format!(
            "a yes moves {} and no other point; a no leaves their offer of {} as it stands.",
            plain(name),
            exact(theirs)
        )),
        _ => None,
    }
}

/// The decision: proposal, before, after.
fn columns(negotiation: &Negotiation, decision: &Decision) -> Markup {
    let exact = exact(negotiation);
    let cell = |cell: &Cell| match cell {
        Cell::Money(amount) => exact(*amount),
        Cell::Words(words) => words.clone(),
        Cell::Open => "no limit".to_owned(),
    };
    let row = &decision.row;
    html! {
        table.columns {
            thead { tr { th scope="col" { span.hidden { "point" } } th scope="col" { "proposal" } th scope="col" { "before" } th scope="col" { "after" } } }
            tbody { tr {
                th scope="row" { (capital(&plain(&row.what))) }
                td { (cell(&row.proposal)) } td { (cell(&row.before)) } td { (cell(&row.after)) }
            } }
        }
    }
}
