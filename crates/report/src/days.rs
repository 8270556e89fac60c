//! Rounds as people count them: in days, where it is known how long a round is.

use engine::advice::Advice;
use engine::assumption::Name;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::money::Money;
use crate::names;

/// Days in a week.
const WEEK: f64 = 7.0;

/// How many days a round takes, where that and the day of the advice are known.
fn days_per_round(advice: &Advice) -> Option<f64> {
    advice.as_of.and(advice.inputs.case.time.days_per_round)
}

/// How long so many rounds are: "21 days", or "3.0 rounds" with `decimals` of them.
pub fn span(advice: &Advice, rounds: f64, decimals: usize) -> String {
    match days_per_round(advice).map(|days| (days * rounds).round()) {
        Some(1.0) => "1 day".to_owned(),
        Some(days) => format!("{days:.0} days"),
        None => format!("{rounds:.decimals$} round{}", if rounds == 1.0 { "" } else { "s" }),
    }
}

/// The day on which a round ends, from 1 and not beyond the deadline, where it can be told.
pub fn day_of(advice: &Advice, round: u32) -> Option<Date> {
    let days = (days_per_round(advice)? * (f64::from(round) - f64::from(advice.round))).round();
    let day = advice.as_of?.checked_add((days as i64).days()).ok()?;
    Some(advice.inputs.case.time.deadline.map_or(day, |deadline| day.min(deadline)))
}

/// The last day, where it can be told.
pub fn last_day(advice: &Advice) -> Option<Date> {
    advice.inputs.case.time.deadline.or_else(|| day_of(advice, advice.rounds_total))
}

/// A day without its year.
pub fn short(day: Date) -> String {
    day.strftime("%-d %b").to_string()
}

/// An assumption in words that need no model, as [`names::plain_words`], of days where they are known.
pub fn plain_words(advice: &Advice, name: Name) -> Option<&'static str> {
    let known = days_per_round(advice).is_some();
    match name {
        Name::RoundsLeft if known => Some("the days left"),
        Name::DelayCostPerRound if known => Some("the cost of a week's delay"),
        Name::GuidanceDelay if known => Some("the chance that your boss takes long to answer"),
        _ => names::plain_words(name),
    }
}

/// What one would ask to learn an assumption, as [`names::question`], of days where they are known.
pub fn question(advice: &Advice, name: Name) -> String {
    match plain_words(advice, name).filter(|words| names::plain_words(name) != Some(*words)) {
        Some(words) => words.to_owned(),
        None => names::question(name),
    }
}

/// A value of an assumption in its unit, as [`names::value`]; of days where [`plain_words`] is.
pub fn value(advice: &Advice, name: Name, value: f64, money: &Money) -> String {
    match (name, days_per_round(advice)) {
        (Name::RoundsLeft, Some(days)) => format!("{:.0}", value * days),
        (Name::DelayCostPerRound, Some(days)) => names::value(name, value * WEEK / days, money),
        _ => names::value(name, value, money),
    }
}
