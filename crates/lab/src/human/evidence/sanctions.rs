//! Sanctions between states (TIES 4.1): what comes of the threat alone, before anything is carried out. The nearest count
//! of a proposal to go further.

use serde::Deserialize;

use super::estimate::{self, Estimate};
use super::table::{self, number_or_none, yes};
use crate::human::{Fitted, Unread};

/// Its file.
pub const FILE: &str = "ties_v4_1.csv";

#[derive(Deserialize)]
struct Row {
    #[serde(deserialize_with = "yes")]
    threat: bool,
    #[serde(deserialize_with = "number_or_none")]
    finaloutcome: Option<f64>,
}

/// What came of a threat.
#[derive(PartialEq)]
enum Came {
    /// The target gave in, in part or whole, or both settled.
    Settled,
    /// The sender gave up, or nothing moved.
    Faded,
    /// Sanctions were imposed.
    Imposed,
}

/// By the code of TIES: 1 and 2 the target acquiesces to the threat, 3 the sender gives up, 4 stalemate, 5 a negotiated
/// settlement; 6 to 10 the same once sanctions are in force.
fn came(row: &Row) -> Option<Came> {
    let code = row.finaloutcome.filter(|_| row.threat)?;
    match code as u8 {
        1 | 2 | 5 => Some(Came::Settled),
        3 | 4 => Some(Came::Faded),
        6..=10 => Some(Came::Imposed),
        _ => None,
    }
}

/// What came of threats whose end is known, as shares with Wilson's interval.
pub fn fitted(text: &str, _seed: u64) -> Result<Fitted, Unread> {
    let rows: Vec<Row> = table::rows(FILE, text)?;
    let threats: Vec<Came> = rows.iter().filter_map(came).collect();
    let set = estimate::set(
        "sanctions",
        "threats of sanctions between states, 1945-2005, whose end is known",
        "TIES 4.1: Morgan, Bapat and Kobayashi 2014",
        threats.len(),
    );
    let found = [
        (
            "evidence.sanction_settled_on_threat",
            "share of threatened sanctions settled on the threat alone; who threatens is selected, not causal",
            Came::Settled,
        ),
        (
            "evidence.sanction_faded",
            "share of threatened sanctions that came to nothing; who threatens is selected, not causal",
            Came::Faded,
        ),
        (
            "evidence.sanction_imposed",
            "share of threatened sanctions that were imposed; who threatens is selected, not causal",
            Came::Imposed,
        ),
    ];
    let one = |(key, what, came): (_, _, Came)| {
        Some(Estimate::share_of(&threats, |threat| *threat == came)?.fit(key, what, &set))
    };
    let fits = found.into_iter().filter_map(one).collect();
    Ok(Fitted { fits, sets: vec![set] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_threats_whose_end_is_known() {
        let fitted =
            fitted("caseid,threat,finaloutcome\n1,1,2.0\n2,1,5.0\n3,1,3.0\n4,1,8.0\n5,1,\n6,0,10.0\n", 1).unwrap();
        let values: Vec<f64> = fitted.fits.iter().map(|fit| fit.value).collect();
        assert_eq!(values, [0.5, 0.25, 0.25]);
        assert_eq!(fitted.sets[0].n, 4);
    }
}
