//! Prices over the rounds: offers, where they are heading, and the limits, each line with its name on it. Drawn once for wide
//! places and once for narrow ones, so that letters keep their size.

use engine::advice::{Advice, Fan, ForecastRound};
use jiff::civil::Date;
use maud::{Markup, html};
use terms::{NextActKind, Side};

use super::axis::{Axis, Ticks, short, spread};
use super::record::{Line, offers};
use crate::days;

/// Least distance between two labels of lines, and between two of offers.
const LINE_GAP: f64 = 14.0;
const OFFER_GAP: f64 = 40.0;
/// Height of the chart of chances.
const LOW_HEIGHT: f64 = 72.0;
/// Offers of one side that are each marked.
const MARKED: usize = 12;
const PRICE_TICKS: usize = 7;
const ROUND_TICKS: usize = 7;

/// A price that a line is drawn at.
pub struct Limit {
    /// Its class, for how the line is dashed.
    pub class: &'static str,
    /// What it is.
    pub name: &'static str,
    /// The price.
    pub price: f64,
}

/// How large a drawing is, in the units of its letters.
#[derive(Clone, Copy)]
pub struct Size {
    width: f64,
    height: f64,
}

impl Size {
    /// For half a screen.
    pub const WIDE: Self = Self { width: 760.0, height: 320.0 };
    /// For a phone, and for the side of a page.
    pub const NARROW: Self = Self { width: 320.0, height: 262.0 };
    const LEFT: f64 = 44.0;
    const TOP: f64 = 18.0;
    const BELOW: f64 = 26.0;

    fn right(self) -> f64 {
        self.width - 8.0
    }

    fn bottom(self) -> f64 {
        self.height - Self::BELOW
    }
}

/// The charts of a negotiation, which share their rounds.
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
        let fans = forecast.path.iter().flat_map(|round| [round.ours, round.theirs]).flatten();
        let ends = fans.chain(forecast.settlement).flat_map(|fan| [fan.p10, fan.p90]);
        let prices = ours.iter().chain(&theirs).map(|&(_, price)| price);
        let prices = prices.chain(limits.iter().map(|limit| limit.price)).chain(advice.next_act.amount);
        let prices = Axis::around(prices.chain(ends));
        let last_round = advice.rounds_total.max(1);
        let rounds = Axis::new(0.5, f64::from(last_round) + 0.5);
        let days = lines.iter().filter_map(|line| Some((line.round, line.date?))).collect();
        Self { advice, limits, ours, theirs, rounds, last_round, days, prices }
    }

    /// Prices over the rounds.
    pub fn prices(&self, size: Size, label: &str) -> Markup {
        let ticks = self.prices.ticks(PRICE_TICKS);
        html! {
            svg.ch role="img" aria-label=(label) viewBox={ "0 0 " (size.width) " " (size.height) } {
                (self.to_come(size))
                @for &tick in &ticks.values {
                    @let y = short(self.y(size, tick));
                    line.gl x1=(Size::LEFT) x2=(size.right()) y1=(y) y2=(y) {}
                    text x=(Size::LEFT - 6.0) y=(y) dy="4" text-anchor="end" { (ticks.label(tick)) }
                }
                @for limit in self.limits {
                    @let y = short(self.y(size, limit.price));
                    line class={ "limit " (limit.class) } x1=(Size::LEFT) x2=(size.right()) y1=(y) y2=(y) {}
                }
                (self.fan(size, |round| round.ours, "ours", self.ours.last()))
                (self.fan(size, |round| round.theirs, "theirs", self.theirs.last()))
                (self.line(size, &self.ours, "ours"))
                (self.line(size, &self.theirs, "theirs"))
                (self.limit_names(size, &ticks))
                @for &(round, price) in marked(&self.ours) {
                    circle.ours cx=(short(self.x(size, round))) cy=(short(self.y(size, price))) r="4.5" {}
                }
                @for &(round, price) in marked(&self.theirs) {
                    rect.theirs x=(short(self.x(size, round) - 4.5)) y=(short(self.y(size, price) - 4.5)) width="9" height="9" {}
                }
                (self.offer_names(size, &self.ours, "you", &ticks))
                (self.offer_names(size, &self.theirs, "they", &ticks))
                (self.proposed(size, &ticks))
                (self.settlement(size, &ticks))
                (self.ends(size))
            }
        }
    }

    fn x(&self, size: Size, round: f64) -> f64 {
        Size::LEFT + (size.right() - Size::LEFT) * self.rounds.share(round)
    }

    fn y(&self, size: Size, price: f64) -> f64 {
        Size::TOP + (size.bottom() - Size::TOP) * (1.0 - self.prices.share(price))
    }

    fn point(&self, size: Size, (round, price): (f64, f64)) -> String {
        format!("{},{}", short(self.x(size, round)), short(self.y(size, price)))
    }

    fn points(&self, size: Size, points: impl Iterator<Item = (f64, f64)>) -> String {
        points.map(|point| self.point(size, point)).collect::<Vec<_>>().join(" ")
    }

    /// Between what was and what may come.
    fn now(&self) -> f64 {
        f64::from(self.advice.round) + 0.5
    }

    fn to_come(&self, size: Size) -> Markup {
        let x = self.x(size, self.now());
        html! {
            @if !self.advice.forecast.path.is_empty() {
                rect.future x=(short(x)) y=(Size::TOP) width=(short(size.right() - x)) height=(size.bottom() - Size::TOP) {}
                line.today x1=(short(x)) x2=(short(x)) y1=(Size::TOP) y2=(size.bottom()) {}
            }
        }
    }

    /// The names of the limits on their lines, moved apart where they would touch.
    fn limit_names(&self, size: Size, ticks: &Ticks) -> Markup {
        let wanted: Vec<f64> = self.limits.iter().map(|limit| self.y(size, limit.price) - 4.0).collect();
        let heights = spread(&wanted, LINE_GAP);
        html! {
            @for (limit, &height) in self.limits.iter().zip(&heights) {
                // Where a deal is drawn on the right, the name goes to the left.
                @let is_crossed = self.advice.forecast.settlement.is_some_and(|deal| {
                    (self.y(size, deal.p90) - LINE_GAP..self.y(size, deal.p10) + LINE_GAP).contains(&height)
                });
                @let (x, anchor) = if is_crossed { (Size::LEFT + 2.0, "start") } else { (size.right() - 2.0, "end") };
                text x=(x) y=(short(height)) text-anchor=(anchor) { (limit.name) " " (ticks.finer(limit.price)) }
            }
        }
    }

    /// The prices of one side's offers beside them: the last, and before it as many as there is room for.
    fn offer_names(&self, size: Size, offers: &[(f64, f64)], who: &str, ticks: &Ticks) -> Markup {
        let mean = |offers: &[(f64, f64)]| offers.iter().map(|offer| offer.1).sum::<f64>() / offers.len().max(1) as f64;
        let others = if who == "you" { &self.theirs } else { &self.ours };
        let is_above = if others.is_empty() { true } else { mean(offers) > mean(others) };
        let dy = if is_above { -9.0 } else { 18.0 };
        let mut left = f64::INFINITY;
        let mut named = Vec::new();
        for (index, &(round, price)) in offers.iter().enumerate().rev() {
            let x = self.x(size, round);
            if left - x >= OFFER_GAP {
                named.push((index == 0, x, self.y(size, price) + dy, price));
                left = x;
            }
        }
        html! {
            @for (is_first, x, y, price) in named {
                @let x = x.max(Size::LEFT + 8.0);
                text.s x=(short(x)) y=(short(y)) text-anchor=(if is_first { "start" } else { "middle" })
                    dx=[is_first.then_some("-6")] { (ticks.finer(price)) @if is_first { tspan.m { " " (who) } } }
            }
        }
    }

    fn line(&self, size: Size, offers: &[(f64, f64)], class: &str) -> Markup {
        html! { polyline.offers.(class) points=(self.points(size, offers.iter().copied())) {} }
    }

    /// From the last offer through the rounds to come: the 10th to the 90th percentile, and the middle.
    fn fan(
        &self,
        size: Size,
        side: impl Fn(&ForecastRound) -> Option<Fan>,
        class: &str,
        last: Option<&(f64, f64)>,
    ) -> Markup {
        let start = last.map(|&(round, price)| (round, Fan { p10: price, p50: price, p90: price }));
        let rounds = self.advice.forecast.path.iter();
        let to_come = rounds.filter_map(|round| Some((f64::from(round.round), side(round)?)));
        let fans: Vec<(f64, Fan)> = start.into_iter().chain(to_come).collect();
        if fans.len() < 2 {
            return html! {};
        }
        let there = fans.iter().map(|(round, fan)| (*round, fan.p10));
        let band = there.chain(fans.iter().rev().map(|(round, fan)| (*round, fan.p90)));
        html! {
            polygon.fan.(class) points=(self.points(size, band)) {}
            polyline.heading.(class) points=(self.points(size, fans.iter().map(|(round, fan)| (*round, fan.p50)))) {}
        }
    }

    /// The offer to make next.
    fn proposed(&self, size: Size, ticks: &Ticks) -> Markup {
        let next = &self.advice.next_act;
        let amount = next.amount.filter(|_| next.kind == NextActKind::Offer);
        let round = f64::from(self.advice.round + 1).min(f64::from(self.last_round));
        html! {
            @if let Some(price) = amount {
                @let (x, y) = (self.x(size, round), self.y(size, price));
                circle.proposed cx=(short(x)) cy=(short(y)) r="5" {}
                text x=(short(x)) y=(short(y + 19.0)) text-anchor="middle" { (ticks.finer(price)) }
            }
        }
    }

    /// The price expected if there is a deal, at the round in which it is expected.
    fn settlement(&self, size: Size, ticks: &Ticks) -> Markup {
        let forecast = &self.advice.forecast;
        let (Some(price), Some(rounds)) = (forecast.settlement, forecast.rounds) else { return html! {} };
        let x = self.x(size, f64::from(self.advice.round) + rounds.p50).min(size.right() - 8.0);
        let (top, middle, low) = (self.y(size, price.p90), self.y(size, price.p50), self.y(size, price.p10));
        html! {
            line.deal x1=(short(x)) x2=(short(x)) y1=(short(top)) y2=(short(low)) {}
            path.deal transform={ "translate(" (short(x)) " " (short(middle)) ")" } d="M-6 0 0-6 6 0 0 6Z" {}
            text.s x=(short(x - 11.0)) y=(short(middle + 4.0)) text-anchor="end" { (ticks.finer(price.p50)) }
        }
    }

    /// When it began, today, and when it ends.
    fn ends(&self, size: Size) -> Markup {
        let y = size.height - 6.0;
        let word = |round: u32| self.day_of(round).map_or_else(|| format!("round {round}"), days::short);
        let today = self.x(size, self.now());
        let has_path = !self.advice.forecast.path.is_empty() && self.advice.round > 0;
        html! {
            @if !has_path || today - Size::LEFT > 90.0 { text x=(Size::LEFT) y=(y) { (word(1)) } }
            @if has_path { text x=(short(today)) y=(y) text-anchor="middle" { "today" } }
            @if !has_path || size.right() - today > 90.0 { text x=(size.right()) y=(y) text-anchor="end" { (word(self.last_round)) } }
        }
    }

    /// The day of a round: of its last offer on record, else the one that it comes to.
    fn day_of(&self, round: u32) -> Option<Date> {
        let last = days::last_day(self.advice).and(self.days.iter().rfind(|(known, _)| *known == round));
        last.map(|&(_, day)| day).or_else(|| days::day_of(self.advice, round))
    }

    fn round_labels(&self, height: f64) -> Markup {
        let ticks = Axis::new(1.0, f64::from(self.last_round.max(2))).ticks(ROUND_TICKS);
        let whole = ticks.values.iter().filter(|tick| tick.fract() == 0.0 && **tick <= f64::from(self.last_round));
        html! {
            @if days::last_day(self.advice).is_none() {
                text x="0" y=(short(height + 16.0)) dx="-7" text-anchor="end" { "round" }
            }
            @for (index, &tick) in whole.enumerate() {
                text.every-other[index % 2 == 1] x=(self.rounds.percent(tick)) y=(short(height + 16.0)) text-anchor="middle" {
                    (self.day_of(tick as u32).map_or_else(|| tick.to_string(), days::short))
                }
            }
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

/// The offers that are marked on their line: all where they are few, else the last.
fn marked(offers: &[(f64, f64)]) -> &[(f64, f64)] {
    if offers.len() <= MARKED { offers } else { offers.split_at(offers.len() - 1).1 }
}
