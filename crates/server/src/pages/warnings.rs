//! Where a visit would touch terms, said before it is planned and before it is made.

use maud::{Markup, html};
use visits::Warning;

use super::words::signed;

/// The warnings of a visit, the gravest first.
pub(super) fn warnings(all: &[Warning]) -> Markup {
    html! {
        @for one in all {
            p.(if one.risk.is_grave() { "wrong" } else { "notice" }) {
                @match (&one.negotiation, &one.title) {
                    (Some(id), Some(title)) => b { a href={ "/negotiations/" (id) } { (title) } },
                    _ => b { "Not yours" },
                }
                ": " (one.risk.words()) ". "
                @if !one.ask.is_empty() { "Ask " (one.ask.join(", ")) ". " }
                @if one.visitor_is_its_boss { "The visitor is its boss: what they say of terms binds. " }
                @if let Some(amount) = one.if_terms_come_up {
                    "If terms come up it counts as the boss stepping in: " strong { (signed(amount, one.currency)) } " when advice was last taken."
                }
            }
        }
    }
}
