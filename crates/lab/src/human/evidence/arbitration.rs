//! Salary arbitration in baseball: both sides write down a figure, and a panel must choose one of the two unless they
//! settle first. It says where people settle, and which gaps go upstairs.

use serde::Deserialize;

use super::estimate::{self, Estimate};
use super::table::{self, number_or_none, yes};
use crate::human::{Fitted, Unread};

/// Its file.
pub const FILE: &str = "mlb_arbitration.csv";

/// Short of the exact midpoint by at most this share of the gap: figures are rounded to a thousand dollars or so.
const EXACT: f64 = 1e-3;

#[derive(Deserialize)]
struct Row {
    #[serde(deserialize_with = "number_or_none")]
    asked_musd: Option<f64>,
    #[serde(deserialize_with = "number_or_none")]
    offered_musd: Option<f64>,
    #[serde(deserialize_with = "number_or_none")]
    ended_musd: Option<f64>,
    #[serde(deserialize_with = "yes")]
    exchanged: bool,
    #[serde(deserialize_with = "yes")]
    decided_by_panel: bool,
}

/// A case in which figures were exchanged.
struct Case {
    /// The gap as a share of the midpoint.
    gap: f64,
    /// Where it ended: 0 at the club's figure, 1 at the player's.
    ended_at: f64,
    by_panel: bool,
}

fn case(row: &Row) -> Option<Case> {
    let (asked, offered, ended) = (row.asked_musd?, row.offered_musd?, row.ended_musd?);
    let gap = asked - offered;
    (row.exchanged && gap > 0.0 && offered > 0.0).then(|| Case {
        gap: 2.0 * gap / (asked + offered),
        ended_at: (ended - offered) / gap,
        by_panel: row.decided_by_panel,
    })
}

/// Where cases settled, with an interval by drawing cases again; and shares, with Wilson's interval.
pub fn fitted(text: &str, seed: u64) -> Result<Fitted, Unread> {
    let rows: Vec<Row> = table::rows(FILE, text)?;
    let cases: Vec<Case> = rows.iter().filter_map(case).collect();
    let set = estimate::set(
        "arbitration",
        "players and clubs before salary arbitration in baseball, 2011-18, where figures were exchanged",
        "Riles567/Capstone",
        cases.len(),
    );
    let settled: Vec<f64> = cases.iter().filter(|case| !case.by_panel).map(|case| case.ended_at).collect();
    let within = |from: f64, to: f64| {
        let some = cases.iter().filter(|case| (from..to).contains(&case.gap));
        Estimate::share_of(some, |case: &Case| case.by_panel)
    };
    let place = |drawn: &[usize]| estimate::mean(drawn.iter().filter_map(|&i| settled.get(i).copied()));
    let found = [
        (
            "evidence.arbitration_settled_at",
            "where settled cases ended between the two figures: 0 the club's, 1 the player's (mean)",
            Estimate::resampled(seed, settled.len(), settled.len(), place),
        ),
        (
            "evidence.arbitration_exact_midpoint",
            "share of settled cases that ended at the exact midpoint of the two figures",
            Estimate::share_of(&settled, |at| (at - 0.5).abs() < EXACT),
        ),
        (
            "evidence.arbitration_panel_small_gap",
            "share of cases that the panel decided where the gap was under 15 % of the midpoint; selected, not causal",
            within(0.0, 0.15),
        ),
        (
            "evidence.arbitration_panel_large_gap",
            "share of cases that the panel decided where the gap was 35 to 50 % of the midpoint; selected, not causal",
            within(0.35, 0.5),
        ),
    ];
    let fits = found.into_iter().filter_map(|(key, what, found)| Some(found?.fit(key, what, &set))).collect();
    Ok(Fitted { fits, sets: vec![set] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_where_cases_settled_and_which_went_to_the_panel() {
        let text = "year,asked_musd,offered_musd,ended_musd,row,exchanged,decided_by_panel\n\
                    2011,2,1,1.5,a,True,False\n2011,2,1,1.75,b,True,False\n2012,,,4,c,False,False\n\
                    2012,1.1,1,1.1,d,True,True\n2013,1.1,1,1.05,e,True,False\n2013,3,2,2,f,True,True\n";
        let fitted = fitted(text, 1).unwrap();
        let value = |key: &str| fitted.fits.iter().find(|fit| fit.key == key).map(|fit| (fit.value, fit.n));
        assert_eq!(fitted.sets[0].n, 5);
        let (at, n) = value("evidence.arbitration_settled_at").unwrap();
        assert!((at - (0.5 + 0.75 + 0.5) / 3.0).abs() < 1e-9 && n == 3);
        let (exact, _) = value("evidence.arbitration_exact_midpoint").unwrap();
        assert!((exact - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(value("evidence.arbitration_panel_small_gap"), Some((0.5, 2)));
        assert_eq!(value("evidence.arbitration_panel_large_gap"), Some((1.0, 1)));
    }

    #[test]
    fn a_file_without_cases_says_nothing() {
        let empty = fitted("asked_musd,offered_musd,ended_musd,exchanged,decided_by_panel\n", 1).unwrap();
        assert!(empty.fits.is_empty());
    }
}
