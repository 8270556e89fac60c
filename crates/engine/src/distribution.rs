//! Distributions behind the ranges that people give, as quantile functions.

use std::sync::{Arc, LazyLock};

use special::{Beta as _, Error as _};
use terms::Quantity;

use crate::assumption::Default;

/// Normal score of the 90th percentile.
const Z90: f64 = 1.281_551_565_544_600_4;
/// ln 9, the logit of .9.
const LOGIT90: f64 = 2.197_224_577_336_219_4;
/// Where the median may lie between the 10th and the 90th percentile for a three-term metalog to be feasible.
const METALOG_SKEW: (f64, f64) = (0.17, 0.83);

/// A distribution of one number, known by its quantiles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distribution {
    shape: Shape,
    bounds: (f64, f64),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Fixed(f64),
    /// Keelin 2016, three terms: `a1 + a2 l + a3 (u - 1/2) l`, l the logit of u. Unbounded.
    Metalog([f64; 3]),
    /// Two half normals that meet at the median.
    TwoPieceNormal {
        median: f64,
        left: f64,
        right: f64,
    },
    LogNormal {
        log_median: f64,
        sd: f64,
    },
    Beta {
        a: f64,
        b: f64,
        log_beta: f64,
    },
    ZeroOr {
        mass: f64,
        median: f64,
        p90: f64,
    },
}

/// A point of a distribution, by normal score and by probability at once, for some shapes need one and some the other.
#[derive(Clone, Copy, Debug)]
struct Point {
    z: f64,
    below: f64,
    above: f64,
}

impl Distribution {
    /// All mass on `value`.
    pub fn fixed(value: f64) -> Self {
        Self { shape: Shape::Fixed(value), bounds: (f64::NEG_INFINITY, f64::INFINITY) }
    }

    /// Through a quantity as given: a metalog where it is feasible, else a two-piece normal; draws beyond `bounds`
    /// are pulled back to them.
    pub fn of_quantity(quantity: Quantity<f64>, bounds: (f64, f64)) -> Self {
        let shape = match quantity {
            Quantity::Known(value) => Shape::Fixed(value),
            Quantity::Range { low, likely, high } => through(low, likely, high),
        };
        Self { shape, bounds }
    }

    /// The default of an assumption; `None` where only a case can say it.
    pub fn of_default(default: Default, bounds: (f64, f64)) -> Option<Self> {
        let shape = match default {
            Default::FromCase => return None,
            Default::Fitted(written) => return Self::of_default(*written, bounds),
            Default::Fixed(value) => Shape::Fixed(value),
            Default::Range(low, likely, high) => through(low, likely, high),
            Default::Normal(mean, sd) => Shape::TwoPieceNormal { median: mean, left: sd, right: sd },
            Default::LogNormal(median, sd) => Shape::LogNormal { log_median: libm::log(median), sd },
            Default::Beta(a, b) => Shape::Beta { a, b, log_beta: a.ln_beta(b) },
            Default::ZeroOr(mass, median, p90) => Shape::ZeroOr { mass, median, p90 },
        };
        Some(Self { shape, bounds })
    }

    /// Whether there is only one value.
    pub fn is_fixed(&self) -> bool {
        matches!(self.shape, Shape::Fixed(_))
    }

    /// Whether the three points were too lopsided for a metalog.
    pub fn is_two_piece(&self) -> bool {
        matches!(self.shape, Shape::TwoPieceNormal { left, right, .. } if left != right)
    }

    /// The value at probability `u` in (0, 1).
    pub fn at_probability(&self, u: f64) -> f64 {
        let z = if self.needs_score() { normal_score(u) } else { 0.0 };
        self.at(Point { z, below: u, above: 1.0 - u })
    }

    /// The value at normal score `z`.
    pub fn at_score(&self, z: f64) -> f64 {
        let (below, above) = if self.needs_probability() { (normal_cdf(z), normal_cdf(-z)) } else { (0.5, 0.5) };
        self.at(Point { z, below, above })
    }

    /// The median.
    pub fn median(&self) -> f64 {
        self.at_probability(0.5)
    }

    /// The 10th, 50th and 90th percentile.
    pub fn percentiles(&self) -> [f64; 3] {
        [self.at_probability(0.1), self.median(), self.at_probability(0.9)]
    }

    fn needs_score(&self) -> bool {
        matches!(self.shape, Shape::TwoPieceNormal { .. } | Shape::LogNormal { .. })
    }

    fn needs_probability(&self) -> bool {
        matches!(self.shape, Shape::Metalog(_) | Shape::Beta { .. } | Shape::ZeroOr { .. })
    }

    #[inline]
    fn at(&self, point: Point) -> f64 {
        let value = match self.shape {
            Shape::Fixed(value) => return value,
            Shape::Metalog([a1, a2, a3]) => {
                let logit = libm::log(point.below / point.above);
                a1 + (a2 + a3 * (point.below - 0.5)) * logit
            }
            Shape::TwoPieceNormal { median, left, right } => {
                median + point.z * if point.z < 0.0 { left } else { right }
            }
            Shape::LogNormal { log_median, sd } => libm::exp(log_median + sd * point.z),
            Shape::Beta { a, b, log_beta } => point.below.clamp(1e-12, 1.0 - 1e-12).inv_inc_beta(a, b, log_beta),
            Shape::ZeroOr { mass, median, p90 } => zero_or(point.below, mass, median, p90),
        };
        value.clamp(self.bounds.0, self.bounds.1)
    }
}

/// Knots of a [`Table`] a unit of normal score, and how far it reaches either way.
const KNOTS_PER_SCORE: usize = 32;
const REACH: usize = 7;

/// A distribution tabulated by normal score, for where it is drawn from very often; straight between knots, which
/// lie 1/32 of a standard deviation apart.
#[derive(Clone, Debug)]
pub struct Table(Arc<[f64]>);

impl Table {
    /// Tabulates a distribution.
    pub fn of(distribution: &Distribution) -> Self {
        let score = |knot: usize| knot as f64 / KNOTS_PER_SCORE as f64 - REACH as f64;
        Self((0..=2 * REACH * KNOTS_PER_SCORE).map(|knot| distribution.at_score(score(knot))).collect())
    }

    /// Tabulates the logarithm of a positive number.
    pub fn of_logarithm(distribution: &Distribution) -> Self {
        Self(Self::of(distribution).0.iter().map(|&value| libm::log(value)).collect())
    }

    /// The value at normal score `z`.
    #[inline]
    pub fn at(&self, z: f64) -> f64 {
        let position = (z + REACH as f64).clamp(0.0, 2.0 * REACH as f64 - 1e-9) * KNOTS_PER_SCORE as f64;
        let knot = position as usize;
        let share = position - knot as f64;
        self.0[knot] + share * (self.0[knot + 1] - self.0[knot])
    }
}

impl Default {
    /// The 10th, 50th and 90th percentile of this default within `bounds`; `None` where only a case can say it.
    pub fn percentiles(self, bounds: (f64, f64)) -> Option<[f64; 3]> {
        match self {
            Self::Range(low, likely, high) => Some([low, likely, high]),
            _ => Distribution::of_default(self, bounds).map(|distribution| distribution.percentiles()),
        }
    }
}

/// A metalog through the 10th, 50th and 90th percentile, or a two-piece normal where that is not monotone.
fn through(low: f64, likely: f64, high: f64) -> Shape {
    let width = high - low;
    if width <= 0.0 {
        return Shape::Fixed(likely);
    }
    let skew = (likely - low) / width;
    if skew > METALOG_SKEW.0 && skew < METALOG_SKEW.1 {
        let a2 = width / (2.0 * LOGIT90);
        let a3 = (high + low - 2.0 * likely) / (0.8 * LOGIT90);
        Shape::Metalog([likely, a2, a3])
    } else {
        Shape::TwoPieceNormal { median: likely, left: (likely - low) / Z90, right: (high - likely) / Z90 }
    }
}

/// Zero below `mass`; above it straight through the median and the 90th percentile, in steps of probability.
fn zero_or(u: f64, mass: f64, median: f64, p90: f64) -> f64 {
    if u <= mass {
        0.0
    } else if u <= 0.5 {
        median * (u - mass) / (0.5 - mass)
    } else {
        median + (p90 - median) * (u - 0.5) / 0.4
    }
}

/// Standard normal distribution function.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// What a standard normal number is expected to exceed `z` by, nothing where it falls short: the unit normal loss
/// (Raiffa and Schlaifer 1961).
pub fn normal_loss(z: f64) -> f64 {
    let density = libm::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
    (density - z * normal_cdf(-z)).max(0.0)
}

/// Knots of the table of normal scores; between them it is straight, and beyond the last eight it is computed.
const KNOTS: usize = 4096;
const TAIL: f64 = 8.0 / KNOTS as f64;

static SCORES: LazyLock<Vec<f64>> = LazyLock::new(|| {
    (0..=KNOTS).map(|knot| exact_normal_score((knot as f64 / KNOTS as f64).clamp(1e-12, 1.0 - 1e-12))).collect()
});

fn exact_normal_score(u: f64) -> f64 {
    std::f64::consts::SQRT_2 * (2.0 * u - 1.0).inv_error()
}

/// Standard normal quantile, to 1e-4 (to rounding at the 10th, 50th and 90th percentile's knots is not promised).
pub fn normal_score(u: f64) -> f64 {
    if !(TAIL..=1.0 - TAIL).contains(&u) {
        return exact_normal_score(u);
    }
    let position = u * KNOTS as f64;
    let knot = position as usize;
    let share = position - knot as f64;
    SCORES[knot] + share * (SCORES[knot + 1] - SCORES[knot])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

    fn range(low: f64, likely: f64, high: f64) -> Distribution {
        Distribution::of_quantity(Quantity::Range { low, likely, high }, ANY)
    }

    #[test]
    fn a_metalog_passes_through_its_three_points() {
        let d = range(100.0, 120.0, 160.0);
        assert!(!d.is_two_piece());
        for (u, want) in [(0.1, 100.0), (0.5, 120.0), (0.9, 160.0)] {
            assert!((d.at_probability(u) - want).abs() < 1e-9);
        }
        assert!((d.at_score(Z90) - 160.0).abs() < 1e-9);
        assert!((d.at_score(0.0) - 120.0).abs() < 1e-12);
    }

    #[test]
    fn a_lopsided_range_becomes_a_two_piece_normal_through_its_points() {
        let d = range(0.0, 0.1, 1.0);
        assert!(d.is_two_piece());
        for (z, want) in [(-Z90, 0.0), (0.0, 0.1), (Z90, 1.0)] {
            assert!((d.at_score(z) - want).abs() < 1e-12);
        }
        assert!((d.at_probability(0.9) - 1.0).abs() < 1e-4);
    }

    #[test]
    fn quantiles_rise_and_both_ways_in_agree() {
        for d in [
            range(1.0, 2.0, 4.0),
            range(0.0, 0.1, 1.0),
            Distribution::of_default(Default::Beta(4.0, 6.0), ANY).unwrap(),
            Distribution::of_default(Default::LogNormal(1.0, 0.5), ANY).unwrap(),
            Distribution::of_default(Default::ZeroOr(0.3, 0.25, 0.6), ANY).unwrap(),
        ] {
            let mut last = f64::NEG_INFINITY;
            for step in 1..1000 {
                let u = f64::from(step) / 1000.0;
                let value = d.at_probability(u);
                assert!(value >= last, "{d:?} falls at {u}");
                assert!((value - d.at_score(exact_normal_score(u))).abs() < 1e-3 * (1.0 + value.abs()));
                last = value;
            }
        }
    }

    #[test]
    fn the_beta_of_kept_shares_has_its_mean() {
        let d = Distribution::of_default(Default::Beta(4.0, 6.0), ANY).unwrap();
        let mean = (0..2000).map(|i| d.at_probability((f64::from(i) + 0.5) / 2000.0)).sum::<f64>() / 2000.0;
        assert!((mean - 0.4).abs() < 1e-4);
    }

    #[test]
    fn a_table_agrees_with_what_it_was_made_of() {
        let d = range(1.05, 1.22, 1.4);
        let table = Table::of(&d);
        for step in -300..=300 {
            let z = f64::from(step) / 75.0;
            assert!((table.at(z) - d.at_score(z)).abs() < 1e-4, "at {z}");
        }
    }

    #[test]
    fn zero_or_has_its_mass_and_points() {
        let d = Distribution::of_default(Default::ZeroOr(0.3, 0.25, 0.6), (0.0, 1.0)).unwrap();
        assert_eq!(d.percentiles()[0], 0.0);
        assert!((d.percentiles()[1] - 0.25).abs() < 1e-12);
        assert!((d.percentiles()[2] - 0.6).abs() < 1e-12);
        assert_eq!(d.at_probability(0.29), 0.0);
    }
}
