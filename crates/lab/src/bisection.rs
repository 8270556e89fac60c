//! Root-finding by halving, to the last bit.

/// The last point of [low, high] where `condition`, which must not rise, is positive: `high` where it is so
/// throughout, `low` where it is so nowhere. Halves until no float is left between the two ends, and never asks
/// at the ends themselves. `None` when the condition gives NaN.
pub fn last_positive(low: f64, high: f64, condition: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut positive, mut not_positive) = (low, high);
    loop {
        let middle = positive.midpoint(not_positive);
        if !(positive < middle && middle < not_positive) {
            return Some(if not_positive == high { high } else { positive });
        }
        let value = condition(middle);
        if value.is_nan() {
            return None;
        }
        if value > 0.0 {
            positive = middle;
        } else {
            not_positive = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::last_positive;

    #[test]
    fn finds_the_root_to_the_last_bit() {
        let root = last_positive(0.0, 2.0, |x| 2.0 - x * x).unwrap();
        assert!((root - std::f64::consts::SQRT_2).abs() <= f64::EPSILON, "{root}");
    }

    #[test]
    fn stays_at_an_end_where_the_sign_never_changes() {
        assert_eq!(last_positive(1.0, 2.0, |_| 1.0), Some(2.0));
        assert_eq!(last_positive(1.0, 2.0, |_| -1.0), Some(1.0));
    }

    #[test]
    fn ends_on_the_widest_interval_and_on_nan() {
        assert!(last_positive(f64::MIN, f64::MAX, |x| 1e-300 - x).is_some());
        assert_eq!(last_positive(0.0, 1.0, |_| f64::NAN), None);
    }
}
