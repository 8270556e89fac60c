//! The list of somebody who has no negotiation yet: what the desk does, an answer as an example, and a start.

use maud::{Markup, html};

pub(super) fn nothing_yet() -> Markup {
    let steps = [
        ("1. Say what you know", "Your walk-away and target, your guess of their limit, the date, what you may sign."),
        ("2. Get one next act", "An offer, a question to your boss, or “accept”. With a date and an amount."),
        ("3. Record each offer", "The advice moves with it. Your boss sees only what needs an answer."),
    ];
    html! {
        div.empty {
            div {
                p.kick { "Nothing here yet" }
                h1.verdict { "Should you bring your boss in? Four lines, one minute, an answer." }
                ol.how { @for (name, what) in steps { li { b { (name) } span { (what) } } } }
                div.acts {
                    a.button href="/open" { "Start a negotiation" }
                    form method="post" action="/samples" { button.quiet type="submit" { "Put the samples on my desk" } }
                }
                p.quiet { "The samples are three worked negotiations with their offers: yours to change, and put away at any time." }
            }
            aside.panel.eg aria-label="What an answer looks like" {
                p.quiet { "An answer looks like this" }
                p.kick { "Next, today" }
                p.verdict { "Ask your boss whether you may go to €465,000." }
                dl {
                    dt { "Should your boss come in?" } dd { "Not yet. If they stall, about 14 Dec" }
                    dt { "How sure?" } dd { "Clear" }
                    dt { "What is it worth?" } dd { "€2,000 to €7,500 more than bringing your boss in today" }
                }
            }
        }
    }
}
