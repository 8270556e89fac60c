//! Ransom negotiations in writing: the payers' negotiators now and then say that somebody above must decide. The only set
//! at hand in which a side brings in its boss's authority, in words, and the other side's next ask is known.
//!
//! Every interval draws whole chats again, for the asks of one chat depend on each other.

use std::collections::BTreeMap;

use engine::calibration::Fit;
use libm::log1p;
use serde::Deserialize;

use super::estimate::{self, Estimate};
use super::table::{self, number, number_or_none, yes};
use crate::human::cholesky::Cholesky;
use crate::human::{Fitted, Unread};

/// Its file.
pub const FILE: &str = "extortion_asks.csv";

#[derive(Deserialize)]
struct Row {
    chat: String,
    #[serde(deserialize_with = "number")]
    ask_number: f64,
    #[serde(deserialize_with = "number")]
    messages_since: f64,
    #[serde(deserialize_with = "number")]
    previous_ask: f64,
    #[serde(deserialize_with = "number")]
    ask: f64,
    #[serde(deserialize_with = "number_or_none")]
    standing_bid: Option<f64>,
    #[serde(deserialize_with = "yes")]
    new_bid: bool,
    #[serde(deserialize_with = "yes")]
    victim_invoked_someone_above: bool,
}

/// One ask after another.
struct Ask {
    /// By how much it fell, as a share of the one before.
    fall: f64,
    invoked: bool,
    /// What else may bear on the fall: how far on they are, how much was said, the bid on the table.
    controls: [f64; 5],
}

impl Ask {
    fn of(row: &Row) -> Option<Self> {
        let known = f64::from(u8::from(row.standing_bid.is_some()));
        let fresh = f64::from(u8::from(row.new_bid));
        (row.previous_ask > 0.0).then(|| Self {
            fall: 1.0 - row.ask / row.previous_ask,
            invoked: row.victim_invoked_someone_above,
            controls: [
                row.ask_number,
                log1p(row.messages_since.max(0.0)),
                known,
                row.standing_bid.unwrap_or_default(),
                fresh,
            ],
        })
    }
}

/// Falls after somebody above was invoked and otherwise, and the difference that is left with controls.
pub fn fitted(text: &str, seed: u64) -> Result<Fitted, Unread> {
    let rows: Vec<Row> = table::rows(FILE, text)?;
    let mut chats: BTreeMap<&str, Vec<Ask>> = BTreeMap::new();
    for row in &rows {
        chats.entry(&row.chat).or_default().extend(Ask::of(row));
    }
    let chats: Vec<Vec<Ask>> = chats.into_values().collect();
    let set = estimate::set(
        "extortion",
        "ransom negotiations in writing",
        "Casualtek/Ransomchats; who invoked somebody above by a crude pattern over the English text",
        chats.len(),
    );
    let asks = |invoked: bool| chats.iter().flatten().filter(move |ask| ask.invoked == invoked).count();
    let resampled = |n: usize, of: &dyn Fn(&[&Ask]) -> Option<f64>| {
        Estimate::resampled(seed, chats.len(), n, |drawn| {
            let asks: Vec<&Ask> = drawn.iter().filter_map(|&i| chats.get(i)).flatten().collect();
            of(&asks)
        })
    };
    let found = [
        (
            "evidence.extortion_fall",
            "fall of an ask as a share of the one before, where the payer had not just invoked somebody above (mean)",
            resampled(asks(false), &|asks| fall(asks, false)),
        ),
        (
            "evidence.extortion_fall_after_invoking",
            "fall of the next ask after the payer invoked somebody above (mean); who invokes is selected, not causal",
            resampled(asks(true), &|asks| fall(asks, true)),
        ),
        (
            "evidence.extortion_fall_difference",
            "how much more an ask fell after somebody above was invoked, held equal in number of the ask, messages and \
             bid (least squares); not causal",
            resampled(asks(false) + asks(true), &difference),
        ),
        (
            "evidence.extortion_still",
            "share of asks that did not fall, where the payer had not just invoked somebody above",
            resampled(asks(false), &|asks| still(asks, false)),
        ),
        (
            "evidence.extortion_still_after_invoking",
            "share of asks that did not fall after the payer invoked somebody above; not causal",
            resampled(asks(true), &|asks| still(asks, true)),
        ),
    ];
    let fits: Vec<Fit> = found.into_iter().filter_map(|(key, what, found)| Some(found?.fit(key, what, &set))).collect();
    Ok(Fitted { fits, sets: vec![set] })
}

fn fall(asks: &[&Ask], invoked: bool) -> Option<f64> {
    estimate::mean(asks.iter().filter(|ask| ask.invoked == invoked).map(|ask| ask.fall))
}

fn still(asks: &[&Ask], invoked: bool) -> Option<f64> {
    let some = asks.iter().filter(|ask| ask.invoked == invoked);
    estimate::mean(some.map(|ask| f64::from(u8::from(ask.fall <= 0.0))))
}

/// Coefficient of having invoked in a regression by least squares; `None` where all asks are of one kind.
fn difference(asks: &[&Ask]) -> Option<f64> {
    fall(asks, true)?;
    fall(asks, false)?;
    let line = |ask: &Ask| {
        let [number, messages, known, bid, fresh] = ask.controls;
        [1.0, f64::from(u8::from(ask.invoked)), number, messages, known, bid, fresh]
    };
    let mut products = vec![vec![0.0; 7]; 7];
    let mut right = vec![0.0; 7];
    for ask in asks {
        let x = line(ask);
        for (i, (row, sum)) in products.iter_mut().zip(&mut right).enumerate() {
            *sum += x[i] * ask.fall;
            for (cell, other) in row.iter_mut().zip(x) {
                *cell += x[i] * other;
            }
        }
    }
    // A hair of a ridge, so that a column that never varies is given nothing.
    for (at, row) in products.iter_mut().enumerate() {
        row[at] += 1e-6;
    }
    Cholesky::of(products).solve(&right).get(1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "chat,ask_number,messages_since,previous_ask,ask,standing_bid,new_bid,victim_invoked_someone_above\n";

    fn value(fitted: &Fitted, key: &str) -> f64 {
        fitted.fits.iter().find(|fit| fit.key == key).unwrap().value
    }

    #[test]
    fn compares_asks_after_somebody_above_was_invoked_with_the_rest() {
        let text = format!("{HEAD}a,1,3,1,.8,,1,0\na,2,2,1,1,.2,0,0\nb,1,5,1,.5,.3,1,1\nb,2,5,2,1.4,,1,1\n");
        let fitted = fitted(&text, 1).unwrap();
        assert!((value(&fitted, "evidence.extortion_fall") - 0.1).abs() < 1e-12);
        assert!((value(&fitted, "evidence.extortion_fall_after_invoking") - 0.4).abs() < 1e-12);
        assert!((value(&fitted, "evidence.extortion_still") - 0.5).abs() < 1e-12);
        assert_eq!(value(&fitted, "evidence.extortion_still_after_invoking"), 0.0);
        assert_eq!(fitted.sets[0].n, 2);
    }

    #[test]
    fn the_difference_is_what_the_controls_leave() {
        // Falls that follow from number and bid, and .2 from having invoked.
        let rows: String = (0..40)
            .map(|i| {
                let (number, bid, invoked) = (1 + i % 5, f64::from(i % 7) / 10.0, i32::from(i % 3 == 0));
                let fall = 0.1 + 0.02 * f64::from(number) - 0.3 * bid + 0.2 * f64::from(invoked);
                format!("c{},{number},{},1,{},{bid},{},{invoked}\n", i % 8, i % 4, 1.0 - fall, i % 2)
            })
            .collect();
        let fitted = fitted(&format!("{HEAD}{rows}"), 1).unwrap();
        assert!((value(&fitted, "evidence.extortion_fall_difference") - 0.2).abs() < 1e-4);
    }

    #[test]
    fn a_cell_that_is_no_number_is_told_with_its_line() {
        let unread = fitted(&format!("{HEAD}a,1,3,1,.8,,1,0\na,2,2,1,high,,1,0\n"), 1).unwrap_err();
        assert_eq!((unread.file.as_str(), unread.line), (FILE, 3));
    }
}
