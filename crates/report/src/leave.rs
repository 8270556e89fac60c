//! What leave to go further would bring.

use engine::advice::{Advice, LeavePoint};

use crate::money::Money;

/// A limit, and what leave to go there brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leave {
    /// The limit.
    pub limit: f64,
    /// What it brings beyond the authority in force.
    pub more: f64,
    /// The chance of a deal with it.
    pub deal: f64,
}

/// Each limit tried, from the authority in force to our boss's limit; empty where there is nothing to ask.
pub fn curve(advice: &Advice, money: &Money) -> Vec<Leave> {
    let Some(first) = advice.leave_curve.first() else { return Vec::new() };
    let now = money.nearest(first.value);
    let leave = |point: &LeavePoint| Leave {
        limit: point.limit,
        more: money.nearest(point.value) - now,
        deal: point.agreement_probability,
    };
    advice.leave_curve.iter().map(leave).collect()
}

/// What a limit is worth beyond no deal, and the chance of a deal with it: read off the curve, between its points. `None` where
/// there is no curve.
pub fn at(advice: &Advice, limit: f64) -> Option<(f64, f64)> {
    read_off(&advice.leave_curve, limit)
}

fn read_off(curve: &[LeavePoint], limit: f64) -> Option<(f64, f64)> {
    let (first, last) = (curve.first()?, curve.last()?);
    // From the authority in force outwards, whichever way that is.
    let span = last.limit - first.limit;
    let along = |point: f64| if span == 0.0 { 0.0 } else { (point - first.limit) / span };
    let here = along(limit).clamp(0.0, 1.0);
    let place = curve.iter().position(|point| along(point.limit) >= here - 1e-9).unwrap_or(curve.len() - 1);
    let (above, below) = (&curve[place], &curve[place.saturating_sub(1)]);
    let width = along(above.limit) - along(below.limit);
    let share = if width > 0.0 { (here - along(below.limit)) / width } else { 1.0 };
    let between = |low: f64, high: f64| low + share * (high - low);
    Some((between(below.value, above.value), between(below.agreement_probability, above.agreement_probability)))
}

/// The same in a sentence; `None` where there is nothing to ask.
pub fn line(advice: &Advice, money: &Money) -> Option<String> {
    let furthest = *curve(advice, money).last()?;
    Some(words(furthest, advice.guidance_point.ask_for, money))
}

fn words(furthest: Leave, enough: f64, money: &Money) -> String {
    let (limit, enough) = (money.price(furthest.limit), money.price(enough));
    if money.is_nil(furthest.more) || furthest.more < 0.0 {
        return format!("Leave to go further, to {limit}, would bring nothing more.");
    }
    let all = format!("Leave to {limit} would bring {} more", money.amount(furthest.more));
    if limit == enough { format!("{all}.") } else { format!("{all}; to {enough} all but a tenth of it.") }
}

#[cfg(test)]
mod tests {
    use terms::Currency;

    use super::*;

    #[test]
    fn what_a_limit_is_worth_is_read_off_between_the_points() {
        let point = |limit, value, agreement_probability| LeavePoint { limit, value, agreement_probability };
        let buys = [point(440.0, 10.0, 0.2), point(450.0, 20.0, 0.4), point(470.0, 24.0, 0.8)];
        assert_eq!(read_off(&buys, 440.0), Some((10.0, 0.2)));
        assert_eq!(read_off(&buys, 445.0).map(|(value, _)| value), Some(15.0));
        assert_eq!(read_off(&buys, 460.0).map(|(value, _)| value), Some(22.0));
        // Beyond the ends it is as at the ends, whichever way the curve runs.
        assert_eq!(read_off(&buys, 400.0), Some((10.0, 0.2)));
        let sells: Vec<LeavePoint> = buys.iter().map(|one| LeavePoint { limit: -one.limit, ..*one }).collect();
        assert_eq!(read_off(&sells, -460.0).map(|(value, _)| value), Some(22.0));
        assert_eq!(read_off(&sells, -500.0), Some((24.0, 0.8)));
        assert_eq!(read_off(&[], 1.0), None);
    }

    #[test]
    fn leave_is_told_with_the_limit_that_is_enough() {
        let money = Money::new(Currency::USD, 350_000.0);
        let line = |more, enough| words(Leave { limit: 1_100_000.0, more, deal: 0.99 }, enough, &money);
        assert_eq!(
            line(2_100.0, 1_110_000.0),
            "Leave to $1.10M would bring $2,100 more; to $1.11M all but a tenth of it."
        );
        assert_eq!(line(2_100.0, 1_100_000.0), "Leave to $1.10M would bring $2,100 more.");
        assert_eq!(line(0.0, 1_110_000.0), "Leave to go further, to $1.10M, would bring nothing more.");
    }
}
