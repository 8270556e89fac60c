//! The range that the other side sees: from what they think we would settle for to their own limit, now and with our boss in.

use engine::advice::Fan;
use maud::{Markup, html};

use super::View;
use super::axis::Axis;

const TICKS: usize = 4;

impl View<'_> {
    /// The range that they see, before and after our boss comes.
    pub(super) fn range_seen(&self) -> Markup {
        let forecast = &self.advice.forecast;
        let mut rows = vec![("as it is", forecast.perceived_walk_away)];
        if !self.advice.boss_in {
            rows.push(("with your boss in", forecast.perceived_walk_away_with_boss));
        }
        let limit = forecast.counterpart_limit;
        let axis = Axis::around(rows.iter().map(|(_, fan)| *fan).chain([limit]).flat_map(|fan| [fan.p10, fan.p90]));
        html! {
            table.seen {
                caption { "The range they see: from what they think you would settle for to their own limit. Thin lines hold 8 in 10." }
                thead { tr { th scope="col" { span.hidden { "when" } } th scope="col" { "you would settle for" }
                    th.plot scope="col" { span.hidden { "the range" } (axis.head(TICKS)) } } }
                tbody { @for (name, fan) in &rows { tr {
                    th scope="row" { (name) }
                    td { (self.money.price(fan.p50)) }
                    td.plot { (self.between(&axis, fan, &limit)) }
                } } }
            }
        }
    }

    fn between(&self, axis: &Axis, fan: &Fan, limit: &Fan) -> Markup {
        let words = format!("from {} to {}", self.money.price(fan.p50), self.money.price(limit.p50));
        html! {
            svg role="img" aria-label=(words) {
                (axis.lines(TICKS))
                rect.plain x=(axis.percent(fan.p50.min(limit.p50))) width=(axis.width(fan.p50, limit.p50)) y="50%" height="10"
                    rx="2" transform="translate(0 -5)" {}
                @for (ends, y) in [(fan, "25%"), (limit, "75%")] {
                    line.zero x1=(axis.percent(ends.p10)) x2=(axis.percent(ends.p90)) y1=(y) y2=(y) {}
                }
            }
        }
    }
}
