//! Three people who share a sum within five minutes: how much of the agreeing is left to the end of the clock?
//!
//! An acceptance can be changed until the clock stops, so what counts is the last one of a game. Every game ends on the
//! clock: this is where last acceptances fall, no hazard that could go on.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::estimate::{self, Estimate};
use super::table::{self, number, number_or_none};
use crate::human::{Fitted, Unread};

/// Its file.
pub const FILE: &str = "freeform3_live.csv";

/// Length of a game.
const CLOCK_SECONDS: f64 = 300.0;

#[derive(Deserialize)]
struct Row {
    #[serde(deserialize_with = "number")]
    timestamp: f64,
    event_type: String,
    session_code: String,
    #[serde(deserialize_with = "number_or_none")]
    round_number: Option<f64>,
    #[serde(deserialize_with = "number_or_none")]
    group_id: Option<f64>,
}

/// The sixth of the clock, from 0, in which the last acceptance of each game falls.
fn sixths(rows: &[Row]) -> Vec<usize> {
    let mut games: BTreeMap<(&str, u64, u64), (f64, f64)> = BTreeMap::new();
    for row in rows {
        let (Some(round), Some(group)) = (row.round_number, row.group_id) else { continue };
        let nothing = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        let (begun, accepted) = games.entry((&row.session_code, round as u64, group as u64)).or_insert(nothing);
        match row.event_type.as_str() {
            // The clock starts when the last of the three has arrived.
            "page_load" => *begun = begun.max(row.timestamp),
            "acceptance" => *accepted = accepted.max(row.timestamp),
            _ => {}
        }
    }
    let known = games.into_values().filter(|(begun, accepted)| begun.is_finite() && accepted >= begun);
    known.map(|(begun, accepted)| ((6.0 * (accepted - begun) / CLOCK_SECONDS) as usize).min(5)).collect()
}

/// Shares of games with Wilson's interval, and their ratio with one by drawing games again.
pub fn fitted(text: &str, seed: u64) -> Result<Fitted, Unread> {
    let rows: Vec<Row> = table::rows(FILE, text)?;
    let sixths = sixths(&rows);
    let set = estimate::set(
        "deadlines",
        "three people sharing a sum within 300 seconds",
        "stanmart, freeform bargaining",
        sixths.len(),
    );
    let ratio = |drawn: &[usize]| {
        let fell = |sixth: usize| drawn.iter().filter(|&&i| sixths.get(i) == Some(&sixth)).count();
        (fell(4) > 0).then(|| fell(5) as f64 / fell(4) as f64)
    };
    let found = [
        (
            "evidence.deadline_last_sixth",
            "share of games whose last acceptance falls in the last sixth of the time",
            Estimate::share_of(&sixths, |&sixth| sixth == 5),
        ),
        (
            "evidence.deadline_sixth_before",
            "share of games whose last acceptance falls in the sixth before that",
            Estimate::share_of(&sixths, |&sixth| sixth == 4),
        ),
        (
            "evidence.deadline_rise",
            "how many times as many last acceptances fall in the last sixth as in the one before",
            Estimate::resampled(seed, sixths.len(), sixths.len(), ratio),
        ),
    ];
    let fits = found.into_iter().filter_map(|(key, what, found)| Some(found?.fit(key, what, &set))).collect();
    Ok(Fitted { fits, sets: vec![set] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_acceptance_counts_and_the_clock_starts_with_the_last_to_arrive() {
        let text = "timestamp,event_type,session_code,round_number,group_id\n\
                    100,page_load,a,1,1\n110,page_load,a,1,1\n120,acceptance,a,1,1\n400,acceptance,a,1,1\n\
                    100,page_load,a,1,2\n320,acceptance,a,1,2\n\
                    100,page_load,a,2,1\n399,acceptance,a,2,1\n\
                    100,page_load,b,1,1\n150,proposal,b,1,1\n";
        let fitted = fitted(text, 1).unwrap();
        let value = |key: &str| fitted.fits.iter().find(|fit| fit.key == key).map(|fit| (fit.value, fit.n));
        assert_eq!(value("evidence.deadline_last_sixth"), Some((2.0 / 3.0, 3)));
        assert_eq!(value("evidence.deadline_sixth_before"), Some((1.0 / 3.0, 3)));
        assert_eq!(value("evidence.deadline_rise"), Some((2.0, 3)));
    }
}
