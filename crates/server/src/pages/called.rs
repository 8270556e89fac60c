//! The counterpart has called for our boss: what joining and declining cost, and both answers. The boss sees the price before
//! answering.

use app::{Precedent, Principal};
use maud::{Markup, html};
use negotiation::Negotiation;
use negotiation::access::Act;
use report::money::Money;

use super::reader::Reader;
use crate::context::Context;

/// A call that waits for an answer.
pub(super) struct Call {
    pub id: String,
    pub negotiation: Negotiation,
    pub precedent: Precedent,
}

impl Call {
    /// The call in a negotiation that was read already.
    pub async fn of(
        context: &Context,
        who: &Principal,
        id: &str,
        negotiation: Negotiation,
    ) -> Result<Self, app::Error> {
        let precedent = context.desk().precedent(who, id, context.now()).await?;
        Ok(Self { id: id.to_owned(), negotiation, precedent })
    }

    /// What it costs, and the answers that whoever reads may give.
    pub fn markup(&self, who: &Principal) -> Markup {
        let reader = Reader::of(&self.negotiation, who);
        let (title, counterpart) = self
            .negotiation
            .opening
            .as_ref()
            .map_or(("", ""), |opening| (opening.title.as_str(), opening.counterpart.as_str()));
        html! {
            article.question {
                h2 { a href={ "/negotiations/" (self.id) } { (title) } small { (counterpart) } }
                p.notice { strong { "They have called for " (reader.boss()) "." } " No answer has been given yet." }
                (costs(&self.precedent, &reader))
                @if reader.may(Act::RecordBoss) { (self.answers(&reader)) }
                p.quiet { a href={ "/negotiations/" (self.id) "/counterpart" } { "What happened before with them" } }
            }
        }
    }

    fn answers(&self, reader: &Reader) -> Markup {
        html! {
            div.answers {
                details.act {
                    summary { "Decline, with a reply" }
                    form method="post" action={ "/negotiations/" (self.id) "/acts/decline" } {
                        label { "The reply that hands the channel back; edit it"
                            textarea name="reply" rows="4" required { (self.precedent.hand_back_reply) } }
                        button type="submit" { "Record that " (reader.boss_declines()) }
                    }
                }
                form method="post" action={ "/negotiations/" (self.id) "/price" } {
                    button.quiet type="submit" { "Join: see the price first" }
                }
            }
        }
    }
}

/// How costs of a call and of precedents are written: all to as many figures.
pub(super) fn money(precedent: &Precedent) -> Money {
    let scale = precedent.this_time.as_ref().map_or(1e5, |costs| costs.joining.abs().max(costs.declining.abs()));
    Money::new(precedent.currency, scale)
}

/// What answering a call costs, this time.
pub(super) fn costs(precedent: &Precedent, reader: &Reader) -> Markup {
    let (comes, declines) =
        if reader.is_boss() { ("you come", "you decline") } else { ("the boss comes", "the boss declines") };
    html! {
        @match &precedent.this_time {
            None => p.quiet { "What a call would cost is worked out once the negotiation is prepared." },
            Some(costs) => {
                @let money = money(precedent);
                // Rounded first, so that the total is that of the figures shown.
                @let [joining, later, declining] = [costs.joining, costs.joining_later, costs.declining].map(|cost| money.nearest(cost));
                table {
                    caption { "What answering a call for " (reader.boss()) " costs, this time" }
                    thead { tr { th scope="col" { span.hidden { "answer" } } th scope="col" { "now" } th scope="col" { "later deals" } th scope="col" { "in all" } } }
                    tbody {
                        tr { th scope="row" { (comes) }
                            td { (money.amount(joining)) } td { (money.amount(later)) } td { strong { (money.amount(joining + later)) } } }
                        tr { th scope="row" { (declines) }
                            td { (money.amount(declining)) } td { (money.amount(0.0)) } td { strong { (money.amount(declining)) } } }
                    }
                }
            }
        }
    }
}
