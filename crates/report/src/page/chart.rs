//! Prices over the rounds: offers, where they are heading, the limits, and the range that they see.

use engine::advice::{Advice, Fan, ForecastRound};
use jiff::civil::Date;
use maud::{Markup, html};
use terms::Side;

use super::axis::{Axis, short, spread};
use super::record::{Line, offers};
use crate::days;

/// Height of the chart and of the one below it, in CSS pixels.
const HEIGHT: f64 = 320.0;
const LOW_HEIGHT: f64 = 72.0;
/// Least distance between two labels.
const LABEL_GAP: f64 = 14.0;
const PRICE_TICKS: usize = 7;
const ROUND_TICKS: usize = 7;
/// Places in the rail on the right, in CSS pixels.
const BARS: [f64; 2] = [16.0, 58.0];
const BAR_WIDTH: f64 = 12.0;
const LABELS: f64 = 86.0;

/// A price that a line is drawn at.
pub struct Limit {
    /// Its class, for how the line is dashed.
    pub class: &'static str,
    /// What it is.
    pub name: &'static str,
    /// The price.
    pub price: f64,
}

/// The two charts of a negotiation, which share their rounds.
pub struct Chart<'a> {
    advice: &'a Advice,
    limits: &'a [Limit],
    ours: Vec<(f64, f64)>,
    theirs: Vec<(f64, f64)>,
    rounds: Axis,
    last_round: u32,
    /// Rounds on record with the days of their entries.
    days: Vec<(u32, Date)>,
    prices: Axis,
}

impl<'a> Chart<'a> {
    /// The charts of an advice with these lines of its record.
    pub fn new(advice: &'a Advice, lines: &[Line<'_>], limits: &'a [Limit]) -> Self {
        let (ours, theirs) = (offers(lines, Side::Us), offers(lines, Side::Them));
        let forecast = &advice.forecast;
        let ends = |fan: &Fan| [fan.p10, fan.p90];
        let fans =
            forecast.path.iter().flat_map(|round| [round.ours, round.theirs]).flatten().chain(forecast.settlement);
        let seen = [forecast.perceived_walk_away, forecast.perceived_walk_away_with_boss, forecast.counterpart_limit];
        let prices = ours.iter().chain(&theirs).map(|&(_, price)| price);
        let prices = prices.chain(limits.iter().map(|limit| limit.price));
        let prices = Axis::around(prices.chain(fans.chain(seen).flat_map(|fan| ends(&fan))));
        let last_round = advice.rounds_total.max(1);
        let rounds = Axis::new(0.5, f64::from(last_round) + 0.5);
        let days = lines.iter().filter_map(|line| Some((line.round, line.date?))).collect();
        Self { advice, limits, ours, theirs, rounds, last_round, days, prices }
    }

    fn y(&self, price: f64) -> f64 {
        HEIGHT * (1.0 - self.prices.share(price))
    }

    /// Prices over the rounds.
    pub fn prices(&self, label: &str) -> Markup {
        html! {
            svg.time role="img" aria-label=(label) height=(HEIGHT) {
                (self.price_lines())
                @if self.advice.round > 0 && !self.advice.forecast.path.is_empty() { (self.today(HEIGHT)) }
                (self.limit_lines())
                (stretched(HEIGHT, &html! {
                    (self.fan(|round| round.ours, "ours", self.ours.last()))
                    (self.fan(|round| round.theirs, "theirs", self.theirs.last()))
                    (self.line(&self.ours, "ours"))
                    (self.line(&self.theirs, "theirs"))
                }))
                @for &(round, price) in &self.ours {
                    circle.ours cx=(self.rounds.percent(round)) cy=(short(self.y(price))) r="4.5" {}
                }
                @for &(round, price) in &self.theirs {
                    rect.theirs x=(self.rounds.percent(round)) y=(short(self.y(price))) width="9" height="9"
                        transform="translate(-4.5 -4.5)" {}
                }
                (self.settlement())
                (self.round_labels(HEIGHT))
            }
        }
    }

    fn price_lines(&self) -> Markup {
        let ticks = self.prices.ticks(PRICE_TICKS);
        html! {
            @for &tick in &ticks.values {
                @let y = short(self.y(tick));
                line.grid x1="0" x2="100%" y1=(y) y2=(y) {}
                text x="0" y=(y) dx="-7" dy="4" text-anchor="end" { (ticks.label(tick)) }
            }
        }
    }

    fn round_labels(&self, height: f64) -> Markup {
        let ticks = Axis::new(1.0, f64::from(self.last_round.max(2))).ticks(ROUND_TICKS);
        let whole = ticks.values.iter().filter(|tick| tick.fract() == 0.0 && **tick <= f64::from(self.last_round));
        html! {
            @if days::last_day(self.advice).is_none() {
                text x="0" y=(short(height + 16.0)) dx="-7" text-anchor="end" { "round" }
            }
            @for &tick in whole {
                text x=(self.rounds.percent(tick)) y=(short(height + 16.0)) text-anchor="middle" {
                    (self.day_of(tick as u32).map_or_else(|| tick.to_string(), days::short))
                }
            }
        }
    }

    /// The day of a round: of its last offer on record, else the one that it comes to.
    fn day_of(&self, round: u32) -> Option<Date> {
        let last = days::last_day(self.advice).and(self.days.iter().rfind(|(known, _)| *known == round));
        last.map(|&(_, day)| day).or_else(|| days::day_of(self.advice, round))
    }

    /// The line between what was and what may come.
    fn today(&self, height: f64) -> Markup {
        let x = self.rounds.percent(f64::from(self.advice.round) + 0.5);
        html! {
            rect.future x=(x) y="0" width=(self.rounds.width(f64::from(self.advice.round) + 0.5, f64::INFINITY))
                height=(height) {}
            @if height == HEIGHT { text x=(x) y="12" dx="5" { "from now on" } }
        }
    }

    fn limit_lines(&self) -> Markup {
        html! {
            @for limit in self.limits {
                @let y = short(self.y(limit.price));
                line class={ "limit " (limit.class) } x1="0" x2="100%" y1=(y) y2=(y) {}
            }
        }
    }

    fn point(&self, round: f64, price: f64) -> String {
        format!("{},{}", short(100.0 * self.rounds.share(round)), short(self.y(price)))
    }

    fn line(&self, offers: &[(f64, f64)], class: &str) -> Markup {
        let points: Vec<String> = offers.iter().map(|&(round, price)| self.point(round, price)).collect();
        html! { polyline.offers.(class) points=(points.join(" ")) {} }
    }

    /// From the last offer through the rounds to come: the 10th to the 90th percentile, and the middle.
    fn fan(&self, side: impl Fn(&ForecastRound) -> Option<Fan>, class: &str, last: Option<&(f64, f64)>) -> Markup {
        let start = last.map(|&(round, price)| (round, Fan { p10: price, p50: price, p90: price }));
        let rounds = self.advice.forecast.path.iter();
        let to_come = rounds.filter_map(|round| Some((f64::from(round.round), side(round)?)));
        let fans: Vec<(f64, Fan)> = start.into_iter().chain(to_come).collect();
        if fans.len() < 2 {
            return html! {};
        }
        let there = fans.iter().map(|(round, fan)| self.point(*round, fan.p10));
        let back = fans.iter().rev().map(|(round, fan)| self.point(*round, fan.p90));
        let band: Vec<String> = there.chain(back).collect();
        let middle: Vec<String> = fans.iter().map(|(round, fan)| self.point(*round, fan.p50)).collect();
        html! {
            polygon.fan.(class) points=(band.join(" ")) {}
            polyline.heading.(class) points=(middle.join(" ")) {}
        }
    }

    /// The price expected if there is a deal, at the round in which it is expected.
    fn settlement(&self) -> Markup {
        let forecast = &self.advice.forecast;
        let (Some(price), Some(rounds)) = (forecast.settlement, forecast.rounds) else { return html! {} };
        let x = self.rounds.percent(f64::from(self.advice.round) + rounds.p50);
        let (top, middle, low) = (self.y(price.p90), self.y(price.p50), self.y(price.p10));
        html! {
            line.deal x1=(x) x2=(x) y1=(short(top)) y2=(short(low)) {}
            svg x=(x) y=(short(middle)) overflow="visible" { path.deal d="M-7 0 0-7 7 0 0 7Z" {} }
        }
    }

    /// The range that they see, now and with the boss, and the names of the lines.
    pub fn rail(&self, label: &str) -> Markup {
        let wanted: Vec<f64> = self.limits.iter().map(|limit| self.y(limit.price)).collect();
        let heights = spread(&wanted, LABEL_GAP);
        html! {
            svg.rail role="img" aria-label=(label) height=(HEIGHT) {
                @for (limit, (&wanted, &height)) in self.limits.iter().zip(wanted.iter().zip(&heights)) {
                    line class={ "limit " (limit.class) } x1="0" x2=(LABELS - 12.0) y1=(short(wanted)) y2=(short(wanted)) {}
                    line.leader x1=(LABELS - 12.0) x2=(LABELS - 3.0) y1=(short(wanted)) y2=(short(height)) {}
                    text x=(LABELS) y=(short(height)) dy="4" { (limit.name) }
                }
                (self.seen(BARS[0], &self.advice.forecast.perceived_walk_away, "now", ""))
                @if !self.advice.boss_in {
                    (self.seen(BARS[1], &self.advice.forecast.perceived_walk_away_with_boss, "boss in", "with"))
                }
            }
        }
    }

    fn seen(&self, x: f64, perceived: &Fan, name: &str, class: &str) -> Markup {
        let limit = &self.advice.forecast.counterpart_limit;
        let whiskers = [(perceived, x - 3.0), (limit, x + 3.0)];
        let (one, other) = (self.y(perceived.p50), self.y(limit.p50));
        html! {
            rect class={ "seen " (class) } x=(short(x - BAR_WIDTH / 2.0)) y=(short(one.min(other))) width=(BAR_WIDTH)
                height=(short((one - other).abs().max(1.0))) {}
            @for (fan, x) in whiskers {
                line.whisker x1=(x) x2=(x) y1=(short(self.y(fan.p90))) y2=(short(self.y(fan.p10))) {}
            }
            text x=(x) y=(short(HEIGHT + 16.0)) text-anchor="middle" { (name) }
        }
    }

    /// Chance that there is a deal by the end of each round.
    pub fn agreed(&self, label: &str) -> Markup {
        let axis = Axis::new(0.0, 1.0);
        let y = |share: f64| LOW_HEIGHT * (1.0 - axis.share(share));
        html! {
            svg.time role="img" aria-label=(label) height=(LOW_HEIGHT) {
                @for share in [0.0, 0.5, 1.0] {
                    line.grid x1="0" x2="100%" y1=(short(y(share))) y2=(short(y(share))) {}
                    text x="0" y=(short(y(share))) dx="-7" dy="4" text-anchor="end" { (format!("{:.0} %", share * 100.0)) }
                }
                @if self.advice.round > 0 { (self.today(LOW_HEIGHT)) }
                @for round in &self.advice.forecast.path {
                    @let middle = f64::from(round.round);
                    rect.agreed x=(self.rounds.percent(middle - 0.36)) width=(self.rounds.width(middle - 0.36, middle + 0.36))
                        y=(short(y(round.agreed_by))) height=(short(LOW_HEIGHT - y(round.agreed_by))) {}
                }
                (self.round_labels(LOW_HEIGHT))
            }
        }
    }
}

/// Lines and areas that stretch sideways with the page: 100 across, `height` down.
fn stretched(height: f64, content: &Markup) -> Markup {
    html! {
        svg x="0" y="0" width="100%" height=(height) viewBox={ "0 0 100 " (height) } preserveAspectRatio="none" { (content) }
    }
}
