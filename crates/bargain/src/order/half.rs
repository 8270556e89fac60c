//! Sums over some of the issues, in order.

/// Sums over some of the issues.
#[derive(Clone, Debug)]
pub(super) struct Half {
    /// All of them, ascending, equal ones by place.
    pub all: Vec<Partial>,
    /// The first of each value: points make for many equal sums.
    pub distinct: Vec<Partial>,
}

/// A sum, and the place in the half of the options that it is of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Partial {
    pub value: f64,
    pub place: u32,
}

impl Half {
    /// The sums of `base` and a value of each row, without deal-breakers.
    pub(super) fn of(base: f64, rows: &[Vec<f64>]) -> Self {
        let mut sums = vec![base];
        for row in rows {
            sums = sums.iter().flat_map(|sum| row.iter().map(move |value| sum + value)).collect();
        }
        let all = sorted(&sums);
        let mut distinct = all.clone();
        distinct.dedup_by(|later, first| later.value == first.value);
        Self { all, distinct }
    }
}

/// Values in order, with their places, without deal-breakers.
pub(super) fn sorted(values: &[f64]) -> Vec<Partial> {
    let mut list: Vec<Partial> = values
        .iter()
        .enumerate()
        .filter(|(_, value)| **value > f64::NEG_INFINITY)
        .map(|(place, &value)| Partial { value, place: place as u32 })
        .collect();
    list.sort_unstable_by_key(Partial::key);
    list
}

impl Partial {
    /// One number in the order of the value and then of the place: comparing it takes no branch.
    fn key(&self) -> u128 {
        let bits = self.value.to_bits();
        // As in `f64::total_cmp`: negative numbers are turned round, so that bits order as values do.
        let ordered = if bits >> 63 == 1 { !bits } else { bits | (1 << 63) };
        u128::from(ordered) << 32 | u128::from(self.place)
    }
}
