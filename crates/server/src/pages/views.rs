//! Who saw what of a negotiation that is privileged: logged at every look, and shown to those who see all of it.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::html;
use report::phrases::capital;

use super::failure::{Failure, to};
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::context::Context;

/// Views on a page.
const SHOWN: u32 = 100;
/// The last page there is: a negotiation is not looked at so often.
const LAST: u32 = 100;

/// Which page of the list, from 0, the latest first.
#[derive(serde::Deserialize)]
pub(super) struct ListPage {
    #[serde(default)]
    page: u32,
}

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Query(shown): Query<ListPage>,
) -> Result<Response, Failure> {
    let (here, skipped) = (format!("/negotiations/{id}/views"), shown.page.min(LAST) * SHOWN);
    let views = context.desk().views(&who, &id, skipped + SHOWN + 1).await.map_err(to(&who))?;
    let views: Vec<_> = views.into_iter().skip(skipped as usize).collect();
    let older = views.len() > SHOWN as usize;
    let content = html! {
        section.narrow {
            h1 { "Who saw what" }
            p.lead { "Every look at what is yours alone leaves a line here, and none can be taken out. A page that follows as things change, or a \
                slider, is one look for ten minutes." }
            @if views.is_empty() { p.quiet { "Nobody has looked yet." } } @else {
                table.words {
                    thead { tr { th scope="col" { "when" } th scope="col" { "who" } th scope="col" { "what" } } }
                    tbody { @for view in views.iter().take(SHOWN as usize) { tr {
                        th scope="row" { (view.at.strftime("%-d %b %Y, %H:%M")) " UTC" }
                        td { (view.who) }
                        td { (capital(&view.what)) }
                    } } }
                }
            }
            nav.pages aria-label="Pages of the list" {
                @if shown.page > 0 { a href={ (here) "?page=" (shown.page - 1) } { "Newer" } }
                @if older { a href={ (here) "?page=" (shown.page + 1) } { "Older" } }
            }
            p { a href={ "/negotiations/" (id) } { "The negotiation" } }
        }
    };
    Ok(page(&who, "Who saw what", Place::Negotiations, content))
}
