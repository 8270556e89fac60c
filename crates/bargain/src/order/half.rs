//! Sums over some of the issues, in order.

/// Sums over some of the issues.
#[derive(Clone, Debug)]
pub(super) struct Half {
    /// Ascending, but for differences below [`PACKED_APART`] in short lists.
    pub sums: Vec<Partial>,
    /// How many places lie between an option and the next on each issue.
    pub strides: Vec<u32>,
}

/// A sum, and the place in the half of the options that it is of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Partial {
    pub value: f64,
    pub place: u32,
}

/// Lists this short are sorted by one word, of which the place takes the last bits of the value.
const PACKED: usize = 1 << PLACE_BITS;
const PLACE_BITS: u32 = 12;
/// What short lists may be out of order by, as a share of the largest value.
pub(super) const PACKED_APART: f64 = 1.0 / (1_u64 << (52 - PLACE_BITS - 1)) as f64;

/// Which sums are left out because an earlier package is worth the same, whatever the other half is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// None are.
    All,
    /// Of options of one issue worth the same, all but the first.
    DistinctOptions,
    /// Of equal sums, all but the first. The other half comes after this one, so that sums go on the same from equal ones.
    DistinctSums,
}

impl Half {
    /// The sums of `base` and a value of each row, without deal-breakers.
    pub(super) fn of(base: f64, rows: &[Vec<f64>], keep: Keep) -> Self {
        let count = rows.iter().map(Vec::len).product();
        let mut places = Vec::with_capacity(count);
        places.push(Partial { value: base, place: 0 });
        for row in rows {
            spread(&mut places, row, keep != Keep::All);
        }
        let mut sums = sorted(&places, keep == Keep::All);
        if keep == Keep::DistinctSums {
            keep_first(&mut sums);
        }
        let mut strides = vec![1; rows.len()];
        for issue in (1..rows.len()).rev() {
            strides[issue - 1] = strides[issue] * rows[issue].len() as u32;
        }
        Self { sums, strides }
    }
}

/// Every sum with every value of a row.
fn spread(sums: &mut Vec<Partial>, row: &[f64], distinct: bool) {
    let is_new = |option: usize| !distinct || row.len() > 64 || !row[..option].contains(&row[option]);
    let options: Vec<u32> =
        (0..row.len()).filter(|&option| row[option] > f64::NEG_INFINITY && is_new(option)).map(|o| o as u32).collect();
    if options.is_empty() {
        sums.clear();
        return;
    }
    let before = sums.len();
    // From the last on, so that each sum makes room for those that come of it.
    sums.resize(before * options.len(), Partial { value: 0.0, place: 0 });
    for at in (0..before).rev() {
        let Partial { value, place } = sums[at];
        for (way, &option) in options.iter().enumerate().rev() {
            let place = place * row.len() as u32 + option;
            sums[at * options.len() + way] = Partial { value: value + row[option as usize], place };
        }
    }
}

/// Sums in order.
fn sorted(sums: &[Partial], strictly: bool) -> Vec<Partial> {
    if strictly || sums.len() > PACKED {
        let mut list: Vec<Partial> = sums.to_vec();
        list.sort_unstable_by_key(Partial::key);
        return list;
    }
    let mask = PACKED as u64 - 1;
    let pack = |(at, sum): (usize, &Partial)| ordered(sum.value) & !mask | at as u64;
    let mut keys: Vec<u64> = sums.iter().enumerate().map(pack).collect();
    keys.sort_unstable();
    keys.into_iter().map(|key| sums[(key & mask) as usize]).collect()
}

/// Of equal sums keeps the first in the space. In a short list equal ones stand together but for others as good as equal.
fn keep_first(sums: &mut Vec<Partial>) {
    sums.dedup_by(|later, first| {
        let same = later.value == first.value;
        if same {
            first.place = first.place.min(later.place);
        }
        same
    });
}

/// Values in order, with their places, without deal-breakers.
pub(super) fn listed(values: &[f64]) -> Vec<Partial> {
    let partial = |(place, &value): (usize, &f64)| Partial { value, place: place as u32 };
    let sums: Vec<Partial> =
        values.iter().enumerate().map(partial).filter(|sum| sum.value > f64::NEG_INFINITY).collect();
    sorted(&sums, true)
}

/// A number's bits, so that they order as numbers do.
fn ordered(value: f64) -> u64 {
    let bits = value.to_bits();
    // As in `f64::total_cmp`: negative numbers are turned round.
    if bits >> 63 == 1 { !bits } else { bits | (1 << 63) }
}

impl Partial {
    /// One number in the order of the value and then of the place: comparing it takes no branch.
    fn key(&self) -> u128 {
        u128::from(ordered(self.value)) << 32 | u128::from(self.place)
    }
}
