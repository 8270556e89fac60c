//! How the chance that something ends in a week changes with the weeks that it has lasted.

use std::ops::Range;

use super::estimate::Estimate;

/// Chance a week that a spell ends in the weeks `within`, of those that still last, with Wilson's interval. `days` are whole
/// days from the first, which is day 0.
pub(super) fn weekly_hazard(days: &[f64], within: Range<u64>) -> Option<Estimate> {
    let (mut ended, mut at_risk) = (0, 0);
    for &days in days {
        let week = (days / 7.0) as u64;
        let last = week.saturating_add(1).min(within.end);
        at_risk += last.saturating_sub(within.start) as usize;
        ended += usize::from(within.contains(&week));
    }
    Estimate::share(ended, at_risk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_the_weeks_at_risk_and_those_in_which_it_ended() {
        let days = [0.0, 6.0, 7.0, 20.0, 100.0];
        let first = weekly_hazard(&days, 0..1).unwrap();
        assert_eq!((first.value, first.n), (0.4, 5));
        // Second week: three at risk, one ends; third: two at risk, one ends.
        let next = weekly_hazard(&days, 1..3).unwrap();
        assert_eq!((next.value, next.n), (0.4, 5));
        // The last one is at risk through weeks 4 to 14, and ends in its fifteenth.
        let late = weekly_hazard(&days, 3..u64::MAX).unwrap();
        assert_eq!((late.value, late.n), (1.0 / 12.0, 12));
        assert_eq!(weekly_hazard(&days, 50..60), None);
    }
}
