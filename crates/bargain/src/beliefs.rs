//! What packages may be worth to both sides, given a sheet and what the other side has offered: draws, each as likely.

use crate::domain::Package;
use crate::opponent::{posterior, weights};
use crate::rounding::Rounding;
use crate::scoring::Scoring;
use crate::sheet::{Placed, Values};

/// Draws of both sides' values.
#[derive(Clone, Debug, PartialEq)]
pub struct Beliefs {
    /// Ours, from the sheet.
    pub ours: Vec<Scoring>,
    /// Theirs, from the sheet and their offers.
    pub theirs: Vec<Scoring>,
    before: Vec<Scoring>,
}

/// A mean with the range in which the middle 80 % of draws lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// One draw in ten lies below.
    pub low: f64,
    /// One in ten lies above.
    pub high: f64,
}

/// What a package is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appraisal {
    /// To us, above our walk-away; above the worst on the sheet where that isn't known.
    pub ours: Spread,
    /// To them, above what we think no deal is worth to them.
    pub theirs: Spread,
    /// The share of draws in which it is worth no less to them than no deal.
    pub they_gain: f64,
}

/// What an issue weighs with them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priority {
    /// Its share of all that is at stake for them, as the sheet has it.
    pub before: f64,
    /// The same after their offers.
    pub after: Spread,
}

impl Beliefs {
    /// Beliefs after their offers, oldest first. The same seed gives the same draws.
    pub fn of(values: &Values, heard: &[Package], count: usize, seed: u64) -> Self {
        let scorings = |offers: &[Package], seed: u64| -> Vec<Scoring> {
            let points = posterior(values.their_dimensions(), |at| values.their_draw(at), offers, count, seed);
            points.iter().map(|point| values.their_draw(point)).collect()
        };
        let ours = posterior(values.our_dimensions(), |at| values.our_draw(at), &[], count, seed ^ OURS);
        let before = scorings(&[], seed);
        let theirs = if heard.is_empty() { before.clone() } else { scorings(heard, seed) };
        Self { ours: ours.iter().map(|point| values.our_draw(point)).collect(), theirs, before }
    }

    /// What a package is worth to both.
    pub fn appraise(&self, values: &Values, placed: &Placed) -> Appraisal {
        let ours: Vec<f64> = self.ours.iter().map(|scoring| values.ours_under(scoring, placed)).collect();
        let theirs: Vec<f64> =
            self.theirs.iter().map(|scoring| values.theirs_under(scoring, placed) - scoring.reservation).collect();
        let gains = theirs.iter().zip(&self.theirs).filter(|(gain, scoring)| {
            // The limit that rounding is measured by is their walk-away, which was taken off already.
            Rounding::of(scoring).reaches(**gain + scoring.reservation, scoring.reservation)
        });
        let gains = gains.count();
        Appraisal {
            they_gain: gains as f64 / theirs.len().max(1) as f64,
            ours: Spread::of(ours),
            theirs: Spread::of(theirs),
        }
    }

    /// Our values in the middle of the draws: the mean of what each option brings, and of what no deal is worth. What options
    /// bring together is the same in every draw.
    pub fn our_mean(&self, values: &Values) -> Scoring {
        middle(&self.ours, &values.ours)
    }

    /// Theirs likewise.
    pub fn their_mean(&self, values: &Values) -> Scoring {
        middle(&self.theirs, &values.theirs)
    }

    /// What each issue weighs with them, before their offers and after.
    pub fn priorities(&self) -> Vec<Priority> {
        let shares = |scorings: &[Scoring]| scorings.iter().map(weights).collect::<Vec<_>>();
        let (before, after) = (shares(&self.before), shares(&self.theirs));
        let issues = before.first().map_or(0, Vec::len);
        let column = |rows: &[Vec<f64>], issue: usize| rows.iter().map(|row| row[issue]).collect::<Vec<_>>();
        (0..issues)
            .map(|issue| Priority {
                before: Spread::of(column(&before, issue)).mean,
                after: Spread::of(column(&after, issue)),
            })
            .collect()
    }
}

/// The mean of draws; what was known all along where there are none.
fn middle(draws: &[Scoring], known: &Scoring) -> Scoring {
    let mut middle = known.clone();
    if draws.is_empty() {
        return middle;
    }
    for (issue, row) in known.parts().iter().enumerate() {
        for option in 0..row.len() {
            middle.set_part(issue, option, mean(draws.iter().map(|draw| draw.parts()[issue][option])));
        }
    }
    middle.with_reservation(mean(draws.iter().map(|draw| draw.reservation)))
}

/// The mean, to the last digit where all are the same; 0 of none.
fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    let mut values = values;
    let Some(first) = values.next() else { return 0.0 };
    let apart = |value: f64| if value == first { 0.0 } else { value - first };
    first + values.map(apart).sum::<f64>() / count
}

/// Our draws are none of theirs.
const OURS: u64 = 0x6f75_7273;

impl Spread {
    /// Of values in any order; zeros of none. Infinite ones, deal-breakers, count in the range and not in the mean.
    pub fn of(mut values: Vec<f64>) -> Self {
        if values.is_empty() {
            return Self { mean: 0.0, low: 0.0, high: 0.0 };
        }
        values.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
        let finite: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        let mean = if finite.is_empty() { values[0] } else { mean(finite.iter().copied()) };
        Self { mean, low: at(0.1), high: at(0.9) }
    }
}
