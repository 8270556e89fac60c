//! What would change the answer: the tornado, and the break-evens in words.

use engine::advice::TornadoBar;
use engine::assumption::Name;
use maud::{Markup, html};

use super::axis::Axis;
use super::{View, side};
use crate::days;
use crate::names::{doing, plan};
use crate::phrases::{self, capital};

const TICKS: usize = 6;
/// Most bars and most flips shown; the rest is in the JSON.
const MOST: usize = 10;

impl View<'_> {
    /// What moves the answer most.
    pub fn tornado(&self) -> Markup {
        let bars: Vec<&TornadoBar> = self.advice.tornado.iter().filter(|bar| self.matters(bar)).take(MOST).collect();
        let worth = self.advice.recommendation.worth;
        let axis = Axis::around(bars.iter().flat_map(|bar| [bar.low, bar.high]).chain([0.0, worth]));
        let against = doing(self.advice.recommendation.compared_with, self.advice.boss_in);
        html! {
            section aria-labelledby="tornado" {
                h2 #tornado { "What moves the answer most" }
                @if bars.is_empty() {
                    p { "No assumption, moved alone within its range, changes what the advice is worth." }
                } @else {
                    table.tornado {
                        caption {
                            "What the advice is worth beyond " (against) " (now " (self.money.signed(worth))
                            "), with one number at the low (○) or the high (●) end of its range. Left of zero "
                            (against) " is better."
                        }
                        thead { tr {
                            th scope="col" { "number, and its range" }
                            th scope="col" { "worth" }
                            th.plot scope="col" { span.hidden { "from low to high" } (axis.head(TICKS)) }
                        } }
                        tbody { @for bar in bars { (self.tornado_row(bar, &axis)) } }
                    }
                }
            }
        }
    }

    fn matters(&self, bar: &TornadoBar) -> bool {
        !self.money.is_nil(bar.high - bar.low)
    }

    fn tornado_row(&self, bar: &TornadoBar, axis: &Axis) -> Markup {
        let report = self.advice.assumptions.iter().find(|report| report.name == bar.assumption);
        let show = |number| days::value(self.advice, bar.assumption, number, &self.money);
        let (low, high) = (bar.low.min(bar.high), bar.low.max(bar.high));
        let words = format!("from {} to {}", self.money.signed(bar.low), self.money.signed(bar.high));
        // The bar in two colours where it crosses zero: what speaks against, and what for.
        let parts = [(low, high.min(0.0)), (low.max(0.0), high)];
        html! {
            tr {
                th scope="row" {
                    (capital(&self.label(bar.assumption)))
                    @if let Some(report) = report { small { (show(report.low)) " to " (show(report.high)) } }
                }
                td {
                    span.end { span.ends { "○" span.hidden { "low:" } } " " (self.signed(bar.low)) }
                    span.end { span.ends { "●" span.hidden { "high:" } } " " (self.signed(bar.high)) }
                }
                td.plot {
                    svg role="img" aria-label=(words) {
                        (axis.lines(TICKS))
                        line.zero x1=(axis.percent(0.0)) x2=(axis.percent(0.0)) y1="0" y2="100%" {}
                        @for (from, to) in parts.into_iter().filter(|(from, to)| to > from) {
                            rect class={ "bar " (side(from + to, &self.money)) } x=(axis.percent(from)) y="50%"
                                width=(axis.width(from, to)) height="8" transform="translate(0 -4)" {}
                        }
                        circle.open cx=(axis.percent(bar.low)) cy="50%" r="4.5" {}
                        circle.full cx=(axis.percent(bar.high)) cy="50%" r="4.5" {}
                    }
                }
            }
        }
    }

    /// Where the answer flips.
    pub fn flips(&self) -> Markup {
        let flips = phrases::flips(self.advice, &self.money);
        let more = flips.len().saturating_sub(MOST);
        let untold = phrases::untold(self.advice);
        html! {
            section aria-labelledby="flips" {
                h2 #flips { "What would flip it" }
                @if flips.is_empty() {
                    p { "Nothing here, moved alone and within its range" @if untold > 0 { ", for certain" } "." }
                } @else {
                    p.quiet { "Nearest first, all else as it is. Another plan would be better if …" }
                    ul.flips {
                        @for flip in flips.into_iter().take(MOST) {
                            li { "… " (flip.condition) ": " b { (plan(flip.to, self.advice.boss_in)) } }
                        }
                    }
                    @if more > 0 { p.quiet { "And " (more) " further away." } }
                }
                @if untold > 0 {
                    p.quiet { "For " (untold) @if untold == 1 { " number" } @else { " numbers" } " it can't be told: another course comes near." }
                }
            }
        }
    }

    /// An assumption in words.
    fn label(&self, name: Name) -> String {
        days::plain_words(self.advice, name).map_or_else(|| days::question(self.advice, name), str::to_owned)
    }
}
