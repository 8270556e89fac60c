//! What the marks of the chart of offers stand for, as far as the chart itself does not say.

use maud::{Markup, html};

use super::View;

impl View<'_> {
    pub(super) fn legend(&self) -> Markup {
        let path = &self.advice.forecast.path;
        let heading = path.iter().any(|round| round.ours.is_some() || round.theirs.is_some());
        html! {
            ul.legend {
                li { "● you, ■ they" }
                @if heading { li { "dashed: where each is heading while there is no deal; the band holds 8 in 10" } }
                @if let Some(price) = self.advice.forecast.settlement {
                    li { "◆ a deal, if there is one: " (self.money.price(price.p50)) " (" (self.money.price(price.p10)) " to "
                        (self.money.price(price.p90)) ")" }
                }
            }
        }
    }
}
