//! What an answer led to: what it holds for, when it ends, who hears of it, and for ten minutes how to take it back.

use app::Principal;
use jiff::Timestamp;
use maud::{Markup, html};
use negotiation::guidance::{Answer, Point, Request};
use negotiation::{Negotiation, undoable};
use report::phrases::capital;
use terms::Side;

use super::words::{exact, plain, time_local};

/// The receipt of an answer on record; `None` where the entry is none, or was taken back.
pub(super) fn receipt(
    negotiation: &Negotiation,
    id: &str,
    entry: u64,
    who: &Principal,
    now: Timestamp,
) -> Option<Markup> {
    let recorded = negotiation.history.iter().find(|one| one.version == entry && one.by == who.user)?;
    let is_it = |request: &&Request| request.answer.as_ref().is_some_and(|(.., at)| *at == recorded.at);
    let request = negotiation.requests.iter().find(is_it)?;
    let (answer, ..) = request.answer.as_ref()?;
    let exact = exact(negotiation);
    let theirs = negotiation.standing(Side::Them).map(|recorded| exact(recorded.offer.package.price));
    let can_undo = !undoable(negotiation, entry, &who.user, now).is_empty();
    Some(html! {
        article.receipt aria-labelledby="receipt-title" {
            p.kick { "✓ Recorded, " (time_local(recorded.at)) }
            h2.verdict #receipt-title { (said(negotiation, request, answer)) }
            dl {
                @if let Some(theirs) = theirs.filter(|_| answer.approves()) { dt { "Holds for" } dd { "their " (theirs) ", as long as that stands" } }
                @match request.until {
                    Some(until) => { dt { "Ends" } dd { (time_local(until)) } }
                    None => @if answer.approves() { dt { "Ends" } dd { "when you change the limit, or their offer changes" } },
                }
                dt { (capital(&request.by.0)) } dd { "sees it at once" }
                dt { "They" } dd { "never see it" }
            }
            @if can_undo {
                div.acts {
                    form method="post" action={ "/negotiations/" (id) "/acts/undo" } {
                        input type="hidden" name="entry" value=(entry);
                        input type="hidden" name="back" value="guidance";
                        button.quiet type="submit" { "Undo" }
                    }
                    a.button.plain href={ "/negotiations/" (id) } { "See the negotiation" }
                }
                p.quiet { "You can undo it for ten minutes, unless " (capital(&request.by.0)) " has made an offer on it." }
            } @else { p { a href={ "/negotiations/" (id) } { "See the negotiation" } } }
        }
    })
}

/// The answer in a sentence.
fn said(negotiation: &Negotiation, request: &Request, answer: &Answer) -> String {
    let exact = exact(negotiation);
    let who = capital(&request.by.0);
    let point = match &request.question.point {
        Point::Price { to } => format!("may go to {}", exact(*to)),
        Point::Term { name, .. } => format!("may agree to it on {}", plain(name)),
    };
    match answer {
        Answer::Approve => format!("{who} {point}."),
        Answer::ApproveIf { conditions } => format!("{who} {point}, if {conditions}."),
        Answer::ChangeLimit { mandate } => format!("{who} may go to {}.", exact(mandate.price)),
        Answer::Refuse { .. } => format!("No. {who} stays where the limits are."),
        Answer::CallMe => format!("{who} is asked to call you."),
    }
}
