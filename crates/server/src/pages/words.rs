//! How pages write what many of them show: moments, phases, amounts in a negotiation's currency, facts in a line.

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use negotiation::{Fact, Negotiation, Phase, words};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use report::money::Money;
use report::phrases::capital;
use terms::{Amount, Currency, Quantity};

/// Negotiations looked through for what is known of a counterpart.
pub(super) const LOOKED_THROUGH: u32 = 500;

/// How far a negotiation is.
pub(super) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Unopened => "not opened",
        Phase::Open => "open",
        Phase::Agreed => "agreed",
        Phase::WalkedAway => "walked away",
        Phase::Closed => "closed",
    }
}

/// A term's name as one says it.
pub(super) fn plain(name: &str) -> String {
    name.replace('_', " ")
}

/// A moment as people write it.
pub(super) fn moment(at: Timestamp) -> String {
    at.strftime("%-d %b %Y, %H:%M UTC").to_string()
}

/// A moment in the reader's own zone where there is script, else in UTC; the end of a day as that day.
pub(super) fn time_local(at: Timestamp) -> Markup {
    match end_of_day(at) {
        Some(day) => html! { time datetime=(day) { (weekday(day)) } },
        None => html! { time datetime=(at) data-local { (at.strftime("%a %-d %b, %H:%M UTC").to_string()) } },
    }
}

/// The day that a moment is the end of: what is due on a day is due before the next begins.
fn end_of_day(at: Timestamp) -> Option<Date> {
    let day = negotiation::stamp::day(at);
    let begins = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    if begins == at { day.yesterday().ok() } else { None }
}

/// The day of a moment, as people write it.
pub(super) fn day(at: Timestamp) -> String {
    date(negotiation::stamp::day(at))
}

/// A day as people write it.
pub(super) fn date(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// A day without its year.
pub(super) fn short_day(day: Date) -> String {
    day.strftime("%-d %b").to_string()
}

/// A day with its weekday, for days that are near.
pub(super) fn weekday(day: Date) -> String {
    day.strftime("%a %-d %b").to_string()
}

/// An amount as charts and money take it.
pub(super) fn number(amount: Amount) -> f64 {
    amount.to_f64()
}

/// Writes amounts in the currency of a negotiation.
pub(super) fn exact(negotiation: &Negotiation) -> impl Fn(Amount) -> String + use<> {
    let code = negotiation.currency();
    let money = Money::new(code, 1.0);
    move |amount| money.exact(number(amount))
}

/// Writes estimates of a negotiation to as many figures as its advice has them: what is simulated is not known to the dollar.
pub(super) fn estimates(negotiation: &Negotiation) -> Money {
    let code = negotiation.currency();
    let preparation = &negotiation.preparation;
    let likely = |estimate: Option<Quantity<Amount>>| estimate.map_or(0.0, |estimate| number(estimate.points()[1]));
    Money::new(code, (likely(preparation.target) - likely(preparation.walk_away)).abs())
}

/// What an amount is, signed, in its currency.
pub(super) fn signed(amount: Amount, currency: Currency) -> String {
    Money::new(currency, number(amount).abs()).signed(number(amount))
}

/// A fact of a negotiation in a line: prices in full, and what a step was said to cost as the estimate that it is.
pub(super) fn line(negotiation: &Negotiation, fact: &Fact) -> String {
    let (exact, estimates) = (exact(negotiation), estimates(negotiation));
    let estimate = |amount: Amount| estimates.amount(number(amount));
    let plain = |fact: &Fact| {
        let is_priced = matches!(fact, Fact::BossJoined { .. } | Fact::HandedOver { .. });
        words::line(fact, if is_priced { &estimate } else { &exact })
    };
    // What is corrected is told by what it said: nobody knows entries by their numbers.
    let corrected = match fact {
        Fact::Corrected { version, instead, reason } => {
            let entry = negotiation.history.iter().find(|entry| entry.version == *version);
            entry.map(|entry| match instead {
                None => format!("strikes out “{}”: {reason}", plain(&entry.fact)),
                Some(instead) => format!("corrects “{}” to “{}”: {reason}", plain(&entry.fact), plain(instead)),
            })
        }
        _ => None,
    };
    capital(&corrected.unwrap_or_else(|| plain(fact)))
}

/// The address of a counterpart's page.
pub(super) fn counterpart_address(name: &str) -> String {
    format!("/counterparts/{}", utf8_percent_encode(name, NON_ALPHANUMERIC))
}
