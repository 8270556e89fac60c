//! What counts as the same worth: the one place that says by how much values may differ and still be equal.
//!
//! Values are sums of floats, and the same sum in another order, or of the same numbers on another issue, differs in its last
//! digits. Compared to the last digit a package then seems better than one that is worth as much. Where all that a party counts is
//! a whole number of some decimal unit (cents, points, tenths), sums are compared as such numbers, and so exactly; elsewhere values
//! nearer than [`APART`] of all that counts are the same. A limit is held to what rounding alone can do and no more.

use crate::scoring::Scoring;

/// What is no difference between two values, as a share of all that a party counts, where its worths have no common unit.
pub const APART: f64 = 1e-9;

/// What sums of the same numbers may differ by, as a share of them.
pub(crate) const SLIP: f64 = 1e-12;

/// Digits after the point of a unit at most.
const MOST_DIGITS: u32 = 12;

/// How one party's values are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rounding {
    /// Values no further apart than this are the same.
    apart: f64,
    /// All that the party counts, so that no sum is larger.
    reach: f64,
}

impl Rounding {
    /// How the values of a scoring are compared. Takes a look at each of its numbers, a few times at most.
    pub fn of(scoring: &Scoring) -> Self {
        let divisor = scoring.divisor();
        // Numbers so large that their sum is none are compared to the last digit but one in a thousand million, as others are.
        let reach = scoring.reach().min(f64::MAX);
        let apart = match unit(scoring, reach) {
            Some(unit) => unit / 2.0,
            None => APART * reach,
        };
        Self { apart: apart / divisor, reach: reach / divisor }
    }

    /// Values no further apart than this are the same.
    pub fn apart(self) -> f64 {
        self.apart
    }

    /// Whether one value is more than another, rounding apart.
    pub fn exceeds(self, value: f64, than: f64) -> bool {
        value > than && !self.is_same(value, than)
    }

    /// Whether two values are the same, rounding apart. Deal-breakers are.
    pub fn is_same(self, a: f64, b: f64) -> bool {
        a == b || (a - b).abs() <= self.apart
    }

    /// Whether a value comes up to a limit, which is no sum of the party's numbers: what rounding can do is no shortfall.
    pub fn reaches(self, value: f64, least: f64) -> bool {
        value >= self.lowered(least)
    }

    /// A limit less what rounding can do, for a search that compares to the last digit.
    pub fn lowered(self, least: f64) -> f64 {
        if least.is_finite() { least - self.apart.min(SLIP * (self.reach + least.abs())) } else { least }
    }
}

/// Whether `a` is worth no less than `b` to every party, rounding apart.
pub fn covers(roundings: &[Rounding], a: &[f64], b: &[f64]) -> bool {
    roundings.iter().zip(a.iter().zip(b)).all(|(rounding, (a, b))| !rounding.exceeds(*b, *a))
}

/// Whether `a` is worth no less than `b` to every party and more to one, rounding apart.
pub fn dominates(roundings: &[Rounding], a: &[f64], b: &[f64]) -> bool {
    covers(roundings, a, b) && !covers(roundings, b, a)
}

/// Whether a measure made of several values, such as a product of gains, is more than another, rounding apart.
pub fn is_more(measure: f64, than: f64) -> bool {
    let by = measure - than;
    measure > than && (by.is_infinite() || by > SLIP * measure.abs().max(than.abs()))
}

/// Values as whole numbers in their order, the same number for those that are the same; a deal-breaker's is the lowest. A run of
/// values of which each is the same as the next is one, so that sameness passes on.
pub(crate) fn ranks(values: &[f64], rounding: Rounding) -> Vec<u32> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| values[a as usize].total_cmp(&values[b as usize]));
    let mut ranks = vec![0; values.len()];
    let mut rank = 0;
    for pair in order.windows(2) {
        let [before, at] = [pair[0] as usize, pair[1] as usize];
        rank += u32::from(!rounding.is_same(values[at], values[before]));
        ranks[at] = rank;
    }
    ranks
}

/// The largest decimal unit of which everything that a party counts is a whole number; `None` where there is none whose sums
/// floats tell apart.
fn unit(scoring: &Scoring, reach: f64) -> Option<f64> {
    let numbers = || scoring.numbers().chain(scoring.cap().is_finite().then(|| scoring.cap() * scoring.divisor()));
    // What a float of this size is off by once it was read and multiplied.
    let off = 4.0 * f64::EPSILON * reach;
    let terms = scoring.parts().len() + scoring.interactions().len() + 2;
    let mut per_unit = 1.0;
    for _ in 0..=MOST_DIGITS {
        if 16.0 * terms as f64 * f64::EPSILON * reach * per_unit > 1.0 {
            return None;
        }
        let is_whole = |number: f64| {
            let count = number * per_unit;
            (count - count.round()).abs() <= off * per_unit
        };
        if numbers().all(is_whole) {
            return Some(1.0 / per_unit);
        }
        per_unit *= 10.0;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Domain, Issue};

    fn scoring(rows: &[&[f64]]) -> Scoring {
        let issue =
            |(place, row): (usize, &&[f64])| Issue::named(place.to_string(), (0..row.len()).map(|o| o.to_string()));
        let domain = Domain::new("d", rows.iter().enumerate().map(issue).collect()).unwrap();
        Scoring::additive(&domain, rows.iter().map(|row| row.to_vec()).collect()).unwrap()
    }

    #[test]
    fn decimals_are_compared_exactly_and_others_within_a_tolerance() {
        let of = |rows: &[&[f64]]| Rounding::of(&scoring(rows));
        assert_eq!(of(&[&[0.0, 20.0], &[0.0, 40.0]]).apart(), 0.5);
        assert_eq!(of(&[&[0.1, 0.2], &[0.25, 0.7]]).apart(), 0.005);
        // Cents of a thousand million, which a share of the whole would pass over.
        let cents = of(&[&[0.0, 1e9], &[0.0, 0.01]]);
        assert_eq!(cents.apart(), 0.005);
        assert!(cents.exceeds(1e9 + 0.01, 1e9) && cents.is_same(1e9 + 1e-7, 1e9));
        let thirds = of(&[&[0.0, 1.0 / 3.0], &[0.0, 2.0 / 3.0]]);
        assert_eq!(thirds.apart(), APART);
        assert!(thirds.is_same(0.1 + 0.2, 0.3));
    }

    #[test]
    fn a_limit_between_two_units_is_no_unit() {
        let whole = Rounding::of(&scoring(&[&[0.0, 170.0], &[0.0, 1.0]]));
        assert!(!whole.reaches(170.0, 170.3));
        assert!(whole.reaches(170.0, 170.0_f64.next_up()));
        assert!(!whole.reaches(f64::NEG_INFINITY, -1e300) && whole.reaches(1.0, f64::NEG_INFINITY));
    }

    #[test]
    fn runs_of_the_same_share_a_rank() {
        let rounding = Rounding::of(&scoring(&[&[0.0, 0.1], &[0.0, 0.2]]));
        assert_eq!(ranks(&[0.3, 0.1 + 0.2, 0.0, f64::NEG_INFINITY, 0.1], rounding), [3, 3, 1, 0, 2]);
    }
}
