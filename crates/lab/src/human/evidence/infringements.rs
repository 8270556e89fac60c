//! Cases of the European Commission against member states: a ladder of a letter, an opinion and the court. It says how many
//! end on each rung and after how long, where both sides know the next.

use jiff::civil::Date;
use serde::Deserialize;

use super::estimate::{self, Estimate};
use super::table::{self, yes};
use crate::human::{Fitted, Unread};

/// Its file.
pub const FILE: &str = "euip_cases.csv";

#[derive(Deserialize)]
struct Row {
    #[serde(deserialize_with = "yes")]
    complete: bool,
    #[serde(deserialize_with = "yes")]
    stage_ro_258: bool,
    #[serde(deserialize_with = "yes")]
    stage_rf_258: bool,
    #[serde(deserialize_with = "yes")]
    stage_lfn_260: bool,
    case_history: String,
}

/// A step of the Commission's.
struct Rung {
    name: &'static str,
    /// Where a case ended that went no further, in words.
    ended: &'static str,
    /// Its sign in the history of a case.
    step: &'static str,
    went_on: fn(&Row) -> bool,
}

impl Row {
    /// Days from the last step `step` to the last closing.
    fn days_from(&self, step: &str) -> Option<f64> {
        let last = |of: &str| {
            let days = self.case_history.split(", ").filter_map(|entry| entry.strip_prefix(of)?.strip_prefix('-'));
            days.filter_map(|day| day.parse::<Date>().ok()).max()
        };
        let (begun, closed) = (last(step)?, last("C")?);
        Some(f64::from(closed.since(begun).ok()?.get_days()))
    }
}

/// Shares that end on a rung, of those that came to it, with Wilson's interval; and median days there of those closed, with one
/// by drawing cases again.
pub fn fitted(text: &str, seed: u64) -> Result<Fitted, Unread> {
    let rows: Vec<Row> = table::rows(FILE, text)?;
    let letters: Vec<&Row> = rows.iter().filter(|row| row.complete).collect();
    let opinions: Vec<&Row> = letters.iter().copied().filter(|row| row.stage_ro_258).collect();
    let courts: Vec<&Row> = letters.iter().copied().filter(|row| row.stage_rf_258).collect();
    let set = estimate::set(
        "infringements",
        "cases of the European Commission against member states, complete ones",
        "jfjelstul/euip",
        letters.len(),
    );
    let rungs = [
        Rung {
            name: "letter",
            ended: "after the letter of formal notice",
            step: "LFN258",
            went_on: |row| row.stage_ro_258,
        },
        Rung {
            name: "opinion",
            ended: "after the reasoned opinion, of those that came to it",
            step: "RO258",
            went_on: |row| row.stage_rf_258,
        },
        Rung {
            name: "court",
            ended: "after the first referral to the court, of those that came to it",
            step: "RF258",
            went_on: |row| row.stage_lfn_260,
        },
    ];
    let mut fits = Vec::new();
    for (Rung { name, ended: where_, step, went_on }, cases) in rungs.iter().zip([&letters, &opinions, &courts]) {
        let ended: Vec<&&Row> = cases.iter().filter(|row| !went_on(row)).collect();
        let what = format!("share of cases that ended {where_}; selected, not causal");
        let key = format!("evidence.infringement_ended_at_{name}");
        fits.extend(Estimate::share(ended.len(), cases.len()).map(|found| found.fit(&key, &what, &set)));
        let days: Vec<f64> = ended.iter().filter_map(|row| row.days_from(step)).collect();
        let median = |drawn: &[usize]| estimate::median(drawn.iter().filter_map(|&i| days.get(i).copied()).collect());
        let what = format!("days until a case was closed that ended {where_} (median)");
        let key = format!("evidence.infringement_days_at_{name}");
        let found = Estimate::resampled(seed, days.len(), days.len(), median);
        fits.extend(found.map(|found| found.fit(&key, &what, &set)));
    }
    Ok(Fitted { fits, sets: vec![set] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_who_ended_on_each_rung_and_how_long_it_took() {
        let text = "complete,stage_ro_258,stage_rf_258,stage_lfn_260,case_history\n\
                    1.0,0.0,0.0,0.0,\"LFN258-2002-02-12, C-2002-02-22\"\n\
                    1.0,1.0,0.0,0.0,\"LFN258-2002-02-12, RO258-2002-06-26, RO258-2002-07-26, C-2002-07-31\"\n\
                    1.0,1.0,1.0,0.0,\"LFN258-2002-02-12, RO258-2002-06-26, RF258-2003-01-01, W-2003-01-31\"\n\
                    0.0,0.0,0.0,0.0,\"LFN258-2002-02-12\"\n";
        let fitted = fitted(text, 1).unwrap();
        let value = |key: &str| fitted.fits.iter().find(|fit| fit.key == key).map(|fit| (fit.value, fit.n));
        assert_eq!(value("evidence.infringement_ended_at_letter"), Some((1.0 / 3.0, 3)));
        assert_eq!(value("evidence.infringement_ended_at_opinion"), Some((0.5, 2)));
        assert_eq!(value("evidence.infringement_ended_at_court"), Some((1.0, 1)));
        assert_eq!(value("evidence.infringement_days_at_letter"), Some((10.0, 1)));
        assert_eq!(value("evidence.infringement_days_at_opinion"), Some((5.0, 1)));
        assert_eq!(value("evidence.infringement_days_at_court"), None);
    }
}
