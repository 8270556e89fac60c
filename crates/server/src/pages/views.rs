//! Who saw what of a negotiation that is privileged: logged at every look, and shown to those who see all of it.

use axum::extract::{Path, State};
use axum::response::Response;
use maud::html;
use report::phrases::capital;

use super::failure::{Failure, to};
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::Context;

/// Views shown.
const SHOWN: u32 = 200;

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let views = context.desk().views(&who, &id, SHOWN).await.map_err(to(&who))?;
    let content = html! {
        section.narrow {
            h1 { "Who saw what" }
            p.lead { "Every look at what is yours alone leaves a line here, and none can be taken out." }
            @if views.is_empty() { p.quiet { "Nobody has looked yet." } } @else {
                table.words {
                    thead { tr { th scope="col" { "when" } th scope="col" { "who" } th scope="col" { "what" } } }
                    tbody { @for view in &views { tr {
                        th scope="row" { (view.at.strftime("%-d %b %Y, %H:%M")) " UTC" }
                        td { (view.who) }
                        td { (capital(&view.what)) }
                    } } }
                }
                @if views.len() == SHOWN as usize { p.quiet { "The latest " (SHOWN) "." } }
            }
            p { a href={ "/negotiations/" (id) } { "The negotiation" } }
        }
    };
    Ok(page(&who, "Who saw what", Place::Negotiations, content))
}
