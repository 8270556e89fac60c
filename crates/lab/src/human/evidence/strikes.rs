//! Strikes in United States manufacturing (Kennan 1985): the same question as [`stoppages`](super::stoppages) of larger
//! ones.

use serde::Deserialize;

use super::estimate::{self, Estimate};
use super::spells::weekly_hazard;
use super::table::{self, number};
use crate::human::{Fitted, Unread};

/// Its file.
pub const FILE: &str = "strike_dur_kennan.csv";

#[derive(Deserialize)]
struct Row {
    #[serde(deserialize_with = "number")]
    dur: f64,
}

/// Weekly chances of an end, with Wilson's interval over weeks at risk, and the median, with one by drawing strikes again.
pub fn fitted(text: &str, seed: u64) -> Result<Fitted, Unread> {
    let rows: Vec<Row> = table::rows(FILE, text)?;
    let days: Vec<f64> = rows.iter().map(|row| row.dur).collect();
    // Durations are counted from 1: a strike of seven days has lasted one week.
    let from_first: Vec<f64> = days.iter().map(|days| (days - 1.0).max(0.0)).collect();
    let set =
        estimate::set("strikes", "strikes in US manufacturing, 1968-76", "Kennan 1985, by way of Ecdat", days.len());
    let median = |drawn: &[usize]| estimate::median(drawn.iter().filter_map(|&i| days.get(i).copied()).collect());
    let found = [
        (
            "evidence.strike_days",
            "days that a strike lasted (median)",
            Estimate::resampled(seed, days.len(), days.len(), median),
        ),
        (
            "evidence.strike_hazard_first_four_weeks",
            "chance a week that a strike ends in its first four weeks; who lasts is selected, not causal",
            weekly_hazard(&from_first, 0..4),
        ),
        (
            "evidence.strike_hazard_after_8_weeks",
            "chance a week that a strike ends after eight weeks; who lasts is selected, not causal",
            weekly_hazard(&from_first, 8..u64::MAX),
        ),
    ];
    let fits = found.into_iter().filter_map(|(key, what, found)| Some(found?.fit(key, what, &set))).collect();
    Ok(Fitted { fits, sets: vec![set] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strike_of_seven_days_ends_in_its_first_week() {
        let fitted = fitted("dur,gdp\n7,.1\n8,.2\n64,.3\n", 1).unwrap();
        let value = |key: &str| fitted.fits.iter().find(|fit| fit.key == key).map(|fit| (fit.value, fit.n));
        assert_eq!(value("evidence.strike_days"), Some((8.0, 3)));
        // At risk in the first four weeks: 1 + 2 + 4, of which two end.
        assert_eq!(value("evidence.strike_hazard_first_four_weeks"), Some((2.0 / 7.0, 7)));
        assert_eq!(value("evidence.strike_hazard_after_8_weeks"), Some((0.5, 2)));
    }
}
