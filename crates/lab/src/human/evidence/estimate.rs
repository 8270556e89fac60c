//! Shares with their interval, and intervals by drawing again what is independent of each other.

use engine::calibration::{Context, Fit, Set};
use engine::experiment::Draws;
use libm::sqrt;

/// Samples drawn for an interval.
const SAMPLES: usize = 2_000;
/// The normal deviation beyond which 2.5 % lie.
const Z: f64 = 1.959_963_984_540_054;

/// A value with its interval at 95 % and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Estimate {
    pub value: f64,
    pub interval: [f64; 2],
    pub error: f64,
    pub n: u64,
}

impl Estimate {
    /// A share, with Wilson's interval; `None` of nothing.
    pub(super) fn share(yes: usize, of: usize) -> Option<Self> {
        let n = of as f64;
        let p = yes as f64 / n;
        (of > 0).then(|| {
            let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
            let half = Z / (1.0 + Z * Z / n) * sqrt(p * (1.0 - p) / n + Z * Z / (4.0 * n * n));
            let interval = [(middle - half).max(0.0).min(p), (middle + half).min(1.0).max(p)];
            Self { value: p, interval, error: sqrt(p * (1.0 - p) / n), n: of as u64 }
        })
    }

    /// The share of those for which something holds.
    pub(super) fn share_of<T>(all: impl IntoIterator<Item = T>, holds: impl Fn(T) -> bool) -> Option<Self> {
        let (yes, of) = all.into_iter().fold((0, 0), |(yes, of), one| (yes + usize::from(holds(one)), of + 1));
        Self::share(yes, of)
    }

    /// A value with the interval between the 2.5th and 97.5th percentile of what it comes to where clusters are drawn
    /// with replacement. `value_of` gets the numbers of the clusters drawn; samples without a value are passed over.
    pub(super) fn resampled(
        seed: u64,
        clusters: usize,
        n: usize,
        value_of: impl Fn(&[usize]) -> Option<f64>,
    ) -> Option<Self> {
        let all: Vec<usize> = (0..clusters).collect();
        let value = value_of(&all)?;
        let sample = |index: usize| {
            let mut draws = Draws::new(seed, index as u64);
            let drawn: Vec<usize> = all.iter().map(|_| draws.uniform() * clusters as f64).map(|x| x as usize).collect();
            value_of(&drawn)
        };
        let mut samples: Vec<f64> = (0..SAMPLES).filter_map(sample).collect();
        samples.sort_by(f64::total_cmp);
        let at = |share: f64| samples.get((share * samples.len() as f64) as usize).copied().unwrap_or(value);
        let interval = [at(0.025).min(value), at(0.975).max(value)];
        Some(Self { value, interval, error: spread(&samples), n: n as u64 })
    }

    /// As a fit of one set.
    pub(super) fn fit(self, key: &str, what: &str, set: &Set) -> Fit {
        let Self { value, interval, error, n } = self;
        let contexts = vec![Context { set: set.key.clone(), value, error, n }];
        Fit { key: key.to_owned(), what: what.to_owned(), value, interval, range: None, n, contexts }
    }
}

/// A set in words.
pub(super) fn set(key: &str, what: &str, source: &str, n: usize) -> Set {
    Set { key: key.to_owned(), what: what.to_owned(), source: source.to_owned(), n: n as u64 }
}

/// Mean; `None` of nothing.
pub(super) fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (sum, n) = values.into_iter().fold((0.0, 0), |(sum, n), value| (sum + value, n + 1));
    (n > 0).then(|| sum / f64::from(n))
}

/// The middle of an odd number, the mean of the middle two of an even one; `None` of nothing.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    let middle = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let even = values.len().is_multiple_of(2);
    let (below, &mut high, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let low = if even { below.iter().copied().max_by(f64::total_cmp).unwrap_or(high) } else { high };
    Some(0.5 * (low + high))
}

fn spread(values: &[f64]) -> f64 {
    let middle = mean(values.iter().copied()).unwrap_or_default();
    let squares = values.iter().map(|value| (value - middle) * (value - middle)).sum::<f64>();
    sqrt(squares / (values.len().max(2) - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilsons_interval_is_as_published() {
        // Newcombe 1998, table I: 81 of 263 is .3080 with .2553 to .3662; 0 of 20 goes to .1611.
        let some = Estimate::share(81, 263).unwrap();
        assert!((some.interval[0] - 0.2553).abs() < 5e-5 && (some.interval[1] - 0.3662).abs() < 5e-5);
        let none = Estimate::share(0, 20).unwrap();
        assert!(none.interval[0] == 0.0 && (none.interval[1] - 0.1611).abs() < 5e-5);
        assert_eq!(Estimate::share(0, 0), None);
    }

    #[test]
    fn drawing_again_finds_the_error_of_a_mean() {
        let values: Vec<f64> = (0..400).map(|i| f64::from(i % 20)).collect();
        let of = |drawn: &[usize]| mean(drawn.iter().map(|&i| values[i]));
        let found = Estimate::resampled(3, values.len(), values.len(), of).unwrap();
        // The standard deviation of 0 to 19 is 5.766.
        assert!((found.value - 9.5).abs() < 1e-12 && (found.error - 5.766 / 20.0).abs() < 0.02);
        assert!((found.interval[0] - (9.5 - 1.96 * 0.2883)).abs() < 0.05);
        assert_eq!(found, Estimate::resampled(3, values.len(), values.len(), of).unwrap());
        assert_ne!(found, Estimate::resampled(4, values.len(), values.len(), of).unwrap());
        assert_eq!(Estimate::resampled(3, 0, 0, |drawn| mean(drawn.iter().map(|_| 1.0))), None);
    }

    #[test]
    fn medians_of_odd_and_even_numbers() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
    }
}
