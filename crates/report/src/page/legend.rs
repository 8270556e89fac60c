//! What the marks of the chart of offers stand for.

use maud::{Markup, html};

use super::View;
use super::chart::Limit;

impl View<'_> {
    pub(super) fn legend(&self, [ours, theirs]: [bool; 2], limits: &[Limit]) -> Markup {
        let path = &self.advice.forecast.path;
        let heading = path.iter().any(|round| round.ours.is_some() || round.theirs.is_some());
        html! {
            ul.legend {
                @if ours {
                li { (sample(&html! { polyline.offers.ours points="0,8 28,8" {} circle.ours cx="14" cy="8" r="4.5" {} })) "your offers" }
                }
                @if theirs {
                li {
                    (sample(&html! { polyline.offers.theirs points="0,8 28,8" {} rect.theirs x="9.5" y="3.5" width="9" height="9" {} }))
                    "their offers"
                }
                }
                @if heading {
                    li {
                        (sample(&html! {
                            polygon.fan.theirs points="0,8 28,1 28,15" {}
                            polyline.heading.theirs points="0,8 28,8" {}
                        }))
                        "where each is heading while there is no deal: the middle, and 10 to 90 %"
                    }
                }
                @if let Some(price) = self.advice.forecast.settlement {
                    li {
                        (sample(&html! { line.deal x1="14" x2="14" y1="0" y2="16" {} path.deal d="M7 8 14 1 21 8 14 15Z" {} }))
                        "a deal, if there is one: " (self.money.price(price.p50))
                        " (" (self.money.price(price.p10)) " to " (self.money.price(price.p90)) ")"
                    }
                }
                @for limit in limits {
                    li {
                        (sample(&html! { line class={ "limit " (limit.class) } x1="0" x2="28" y1="8" y2="8" {} }))
                        "your " (limit.name) ": " (self.money.price(limit.price))
                    }
                }
                li {
                    (sample(&html! { rect.seen x="8" y="0" width="12" height="16" {} line.whisker x1="14" x2="14" y1="3" y2="13" {} }))
                    "the range they see: from what they think you would settle for to their own limit; thin lines 10 to 90 %"
                }
            }
        }
    }
}

fn sample(mark: &Markup) -> Markup {
    html! { svg.sample aria-hidden="true" width="28" height="16" viewBox="0 0 28 16" { (mark) } }
}
