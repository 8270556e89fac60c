//! Values looked up by number: which of them a number of a text may be, without going through all of them.

use crate::context::{Value, to_float};
use crate::number::Number;

/// A number is at most this far from a value that it may be, as a share.
const NEAR: f64 = 0.005;
/// "1.06" may be thousands or millions.
const SCALES: [f64; 3] = [1.0, 1e3, 1e6];

/// Values with what belongs to each, by their size. Days are none of them.
#[derive(Clone, Debug)]
pub(crate) struct Values<T> {
    by_size: Vec<(f64, Value, T)>,
}

impl<T: Copy + Ord> Values<T> {
    /// Of any values; each once.
    pub fn of(all: impl Iterator<Item = (Value, T)>) -> Self {
        let size = |value: Value| match value {
            Value::Amount(amount) | Value::Percent(amount) | Value::Number(amount) => Some(to_float(amount).abs()),
            Value::Day(_) => None,
        };
        let mut by_size: Vec<_> = all.filter_map(|(value, of)| Some((size(value)?, value, of))).collect();
        by_size.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.2.cmp(&other.2)));
        by_size.dedup_by(|one, other| one.1 == other.1 && one.2 == other.2);
        Self { by_size }
    }

    /// Those that a number may be, once it is looked at closely.
    pub fn near<'a>(&'a self, number: &'a Number) -> impl Iterator<Item = (Value, T)> + 'a {
        let sizes = number.readings.iter().flat_map(|reading| SCALES.map(|scale| reading.abs() * scale));
        sizes.flat_map(move |size| {
            let from = self.by_size.partition_point(|(value, ..)| *value < size * (1.0 - NEAR));
            let rest = &self.by_size[from..];
            rest.iter().take_while(move |(value, ..)| *value <= size * (1.0 + NEAR)).map(|(_, value, of)| (*value, *of))
        })
    }
}
