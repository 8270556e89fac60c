//! Offers over time, where they are heading, and what the other side thinks you would settle for.

use engine::advice::Fan;
use maud::{Markup, html};
use terms::{Level, Side};

use super::chart::{Chart, Limit, Size};
use super::record::{Entry, Line, lines};
use super::{View, chance};
use crate::{days, phrases};

/// Most rounds to come in the table.
const MOST_ROUNDS: usize = 24;

impl View<'_> {
    /// Offers over time, with the range they see and the forecast.
    pub fn offers(&self) -> Markup {
        let record = lines(self.advice);
        let limits = self.limits();
        let chart = Chart::new(self.advice, &record, &limits);
        let forecast = &self.advice.forecast;
        html! {
            section aria-labelledby="offers" {
                h2 #offers { "Offers so far, and where it is heading" }
                (drawings(&chart, &self.prices_in_words(&record)))
                (self.legend())
                @if let Some(people) = phrases::people(self.advice, &self.money) { p { "As people do: " (people) "." } }
                (self.range_seen())
                @if !forecast.path.is_empty() {
                    figure {
                        h3 { "Chance of a deal by " (self.each_round()) }
                        div.charts { (chart.agreed(&self.agreed_in_words())) }
                    }
                }
                (self.tables(&record))
            }
        }
    }

    /// The drawing of the offers for the side of a page.
    pub fn offers_aside(&self) -> Markup {
        let record = lines(self.advice);
        let limits = self.limits();
        Chart::new(self.advice, &record, &limits).prices(Size::NARROW, &self.prices_in_words(&record))
    }

    /// Target, authority, boss's limit and walk-away; one line where two are the same.
    fn limits(&self) -> Vec<Limit> {
        let stakes = &self.advice.inputs.case.value;
        let line = |class, name, price| Limit { class, name, price };
        let mut limits = vec![line("target", "target", stakes.target.likely())];
        limits.extend(stakes.authority.map(|limit| line("authority", "you may sign", limit.likely())));
        limits.extend(stakes.boss_limit.map(|limit| line("boss", "boss's limit", limit.likely())));
        let walk_away = stakes.walk_away.likely();
        limits.retain(|limit| limit.price != walk_away);
        limits.push(line("walk-away", "walk-away", walk_away));
        limits
    }

    fn prices_in_words(&self, record: &[Line<'_>]) -> String {
        let last = |party: Side| super::record::offers(record, party).last().map(|&(_, price)| self.money.price(price));
        let stand = |who: &str, price: Option<String>| match price {
            Some(price) => format!("{who} last offered {price}."),
            None => format!("{who} made no offer yet."),
        };
        let rounds = self.advice.rounds_total;
        let time = days::last_day(self.advice)
            .map_or_else(|| format!("over {rounds} rounds"), |last| format!("until {}", days::short(last)));
        format!(
            "Line chart of prices {time}. {} {} Expected: {}. The tables below have every figure.",
            stand("You", last(Side::Us)),
            stand("They", last(Side::Them)),
            phrases::heading(self.advice, &self.money)
        )
    }

    fn agreed_in_words(&self) -> String {
        let rounds = self.advice.forecast.path.iter();
        let words: Vec<String> =
            rounds.map(|round| format!("{}: {}", self.round(round.round), chance(round.agreed_by))).collect();
        format!("Chance of a deal by {}. {}.", self.each_round(), words.join(", "))
    }

    /// The end of a round, as the day that it comes to where that can be told.
    fn round(&self, round: u32) -> String {
        days::day_of(self.advice, round).map_or_else(|| format!("round {round}"), days::short)
    }

    fn each_round(&self) -> &'static str {
        if days::last_day(self.advice).is_some() { "each day" } else { "the end of each round" }
    }

    fn tables(&self, record: &[Line<'_>]) -> Markup {
        html! {
            details {
                summary { "The record and the forecast in figures" }
                div.pair {
                    (self.record_table(record))
                    (self.forecast_table())
                }
            }
        }
    }

    fn record_table(&self, record: &[Line<'_>]) -> Markup {
        let dated = record.iter().all(|line| line.date.is_some());
        html! {
            @if record.is_empty() {
                p { "Nothing has been offered yet." }
            } @else {
                table.figures {
                    caption { "So far" }
                    thead { tr {
                        @if !dated { th scope="col" { "round" } }
                        th scope="col" { "day" }
                        th scope="col" { "what" }
                    } }
                    tbody {
                        @for line in record {
                            tr {
                                @if !dated { td { @if line.round > 0 { (line.round) } @else { "before" } } }
                                td { @if let Some(day) = line.date { (day.strftime("%-d %b %Y")) } }
                                td { (self.entry(&line.entry)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn entry(&self, entry: &Entry<'_>) -> Markup {
        let (text, note) = match entry {
            Entry::Offer(offer) => {
                let who = match (offer.by, offer.level) {
                    (Side::Us, Level::Negotiator) => "you",
                    (Side::Us, Level::Boss) => "your boss",
                    (Side::Them, Level::Negotiator) => "they",
                    (Side::Them, Level::Boss) => "their boss",
                };
                (format!("{who}: {}", self.money.price(offer.amount)), &offer.note)
            }
            Entry::Act(act) => {
                let answer = act.answer.map_or(String::new(), |answer| format!(": {}", answer.key()));
                (format!("{}{answer}", act.kind.key().replace('_', " ")), &act.note)
            }
        };
        html! { (text) @if let Some(note) = note { small { (note) } } }
    }

    fn forecast_table(&self) -> Markup {
        let path = &self.advice.forecast.path;
        let every = path.len().div_ceil(MOST_ROUNDS).max(1);
        let shown = path.iter().enumerate().filter(|(index, _)| (index + 1) % every == 0 || index + 1 == path.len());
        let cell = |fan: &Option<Fan>| {
            let Some(fan) = fan else { return html! { "–" } };
            html! {
                (self.money.price(fan.p50))
                @if fan.p10 < fan.p90 { small { (self.money.price(fan.p10)) " to " (self.money.price(fan.p90)) } }
            }
        };
        html! {
            @if !path.is_empty() {
                table.figures {
                    caption { "To come, while there is no deal; – where hardly any path is still open" }
                    thead { tr {
                        th scope="col" { @if days::last_day(self.advice).is_some() { "by" } @else { "round" } }
                        th scope="col" { "you" }
                        th scope="col" { "they" }
                        th scope="col" { "deal by then" }
                    } }
                    tbody {
                        @for (_, round) in shown {
                            tr {
                                td { (days::day_of(self.advice, round.round).map_or_else(|| round.round.to_string(), days::short)) }
                                td { (cell(&round.ours)) }
                                td { (cell(&round.theirs)) }
                                td { (chance(round.agreed_by)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The chart for wide places and for narrow ones; one of them is shown.
fn drawings(chart: &Chart<'_>, label: &str) -> Markup {
    html! {
        figure {
            div.wide-only { (chart.prices(Size::WIDE, label)) }
            div.narrow-only { (chart.prices(Size::NARROW, label)) }
        }
    }
}
