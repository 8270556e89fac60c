//! Work stoppages reported to the United States mediation service: once people are stuck, how does the chance of an end
//! change with time?

use serde::Deserialize;

use super::estimate;
use super::spells::weekly_hazard;
use super::table::{self, number};
use crate::human::{Fitted, Unread};

/// Its file.
pub const FILE: &str = "stoppages.csv";

#[derive(Deserialize)]
struct Row {
    #[serde(deserialize_with = "number")]
    days: f64,
}

/// Weekly chances of an end, with Wilson's interval over weeks at risk.
pub fn fitted(text: &str, _seed: u64) -> Result<Fitted, Unread> {
    let rows: Vec<Row> = table::rows(FILE, text)?;
    let days: Vec<f64> = rows.iter().map(|row| row.days.max(0.0)).collect();
    let set = estimate::set(
        "stoppages",
        "work stoppages reported to the US mediation service",
        "labordata, public records",
        days.len(),
    );
    let found = [
        (
            "evidence.stoppage_hazard_first_week",
            "chance that a work stoppage ends in its first week; who lasts is selected, not causal",
            0..1,
        ),
        (
            "evidence.stoppage_hazard_after_24_weeks",
            "chance a week that a work stoppage ends after 24 weeks; who lasts is selected, not causal",
            24..u64::MAX,
        ),
    ];
    let one = |(key, what, weeks)| Some(weekly_hazard(&days, weeks)?.fit(key, what, &set));
    let fits = found.into_iter().filter_map(one).collect();
    Ok(Fitted { fits, sets: vec![set] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_chance_of_an_end_early_and_late() {
        let fitted =
            fitted("case,start,days,idled\na,2001-01-01,3,10\nb,2001-01-01,9,\nc,2001-01-01,175,5\n", 1).unwrap();
        let values: Vec<(f64, u64)> = fitted.fits.iter().map(|fit| (fit.value, fit.n)).collect();
        assert_eq!(values, [(1.0 / 3.0, 3), (0.5, 2)]);
        assert!(super::fitted("case,start\na,2001-01-01\n", 1).unwrap_err().what.contains("days"));
    }
}
