//! Asked once before it counts: an entry that breaks the pattern may be a slip. Nothing typed is lost, and what was likely meant is
//! a tap away.

use app::Principal;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use negotiation::doubt::Doubt;
use report::phrases::capital;
use terms::Quantity;

use super::field::{Fields, written};
use super::shell::{Page, Place};

/// The question, with the form as it was sent: as it is, or with what was likely meant.
pub(super) fn second_thoughts(who: &Principal, action: &str, fields: &Fields, doubts: &[Doubt]) -> Response {
    let content = html! {
        section.narrow {
            h1 { "Is that meant?" }
            @for doubt in doubts {
                p role="alert" { (capital(&doubt.to_string())) ": " strong { (fields.text(doubt.what)) } "." }
            }
            p.quiet { "Nothing is recorded yet, and nothing that you typed is lost." }
            @if let [doubt] = doubts && let Some(meant) = doubt.meant {
                @let meant = written(Some(Quantity::Known(meant)));
                (again(action, fields, &format!("I meant {meant}"), Some((doubt.what, &meant)), "button"))
            }
            (again(action, fields, "Record it as it is", None, "button quiet"))
        }
    };
    Page { title: "Is that meant?", place: Place::Negotiations, who: Some(who), content }.respond(StatusCode::CONFLICT)
}

/// The form again; with another value it is asked about anew, as it is it counts.
fn again(action: &str, fields: &Fields, button: &str, instead: Option<(&str, &str)>, class: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            @for (name, value) in &fields.0 {
                @let value = instead.filter(|(other, _)| other == name).map_or(value.as_str(), |(_, meant)| meant);
                input type="hidden" name=(name) value=(value);
            }
            @if instead.is_none() { input type="hidden" name="sure" value="yes"; }
            button class=(class) type="submit" { (button) }
        }
    }
}
