//! A party's packages in order of what they are worth, without listing them where issues count by themselves.
//!
//! A sum over issues is a sum of two halves. Each half is listed and sorted; a package of a wanted value is found by
//! walking up one list and down the other. A space of `n` packages so costs about the square root of `n` to prepare and
//! to search (Horowitz and Sahni 1974). The halves are only used to find candidates: the values compared are those of
//! [`Scoring::value`], to the last bit.

mod half;

use half::{Half, Keep, PACKED_APART, Partial, listed};
use std::cell::OnceCell;

use crate::domain::{Domain, Package};
use crate::rounding::Rounding;
use crate::scoring::Scoring;
use crate::space::{self, Odometer};

/// A package found, and what it is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pick {
    /// What it is worth to the party.
    pub value: f64,
    /// Its place in each half; read together they are its place in the space, row by row.
    place: (u32, u32),
}

/// What [`Order::nearest`] found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// The package.
    pub pick: Pick,
    /// The answer is the same for every wanted value above this one and not above the pick's.
    pub same_above: f64,
}

/// The packages of a space in order of one party's values.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    scoring: &'a Scoring,
    sizes: Vec<usize>,
    lists: Lists,
}

#[derive(Clone, Debug)]
enum Lists {
    /// Sums over the issues before `split` and over those from there on.
    Halves { split: usize, head: Half, tail: Half, margin: f64, whole: OnceCell<[Half; 2]> },
    /// Every package, ascending, equal ones by place.
    All(Vec<Partial>),
}

/// Entries in a list at most: some 64 MB.
const LONGEST_LIST: u128 = 4_000_000;
/// Packages listed one by one at most, where interactions leave no other way: some 512 MB.
const MOST_LISTED: u128 = 32_000_000;

/// Second halves this long at most are searched for every package that is as good as equal, as plain listing finds it; of longer
/// ones only the first of equal sums is kept, which may differ from listing by the last bit.
const LONGEST_EXACT: u128 = 1_100;

/// The space is too large to be put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{wanted} packages would have to be listed and at most {limit} can be: take larger steps or fewer options")]
pub struct TooLarge {
    /// Packages, or partial packages, to list.
    pub wanted: u128,
    /// How many can be.
    pub limit: u128,
}

impl<'a> Order<'a> {
    /// Puts the packages of a domain in order. Time and memory: the square root of their number where issues count by
    /// themselves, else their number.
    pub fn new(domain: &Domain, scoring: &'a Scoring) -> Result<Self, TooLarge> {
        let sizes = domain.sizes();
        let lists = if scoring.is_additive() { halves(&sizes, scoring)? } else { all(&sizes, scoring)? };
        Ok(Self { scoring, sizes, lists })
    }

    /// What the packages are worth.
    pub fn scoring(&self) -> &'a Scoring {
        self.scoring
    }

    /// The best and the worst value, deal-breakers aside.
    pub fn extremes(&self) -> (f64, f64) {
        match (&self.lists, self.scoring.extremes()) {
            (_, Some(extremes)) => extremes,
            (Lists::All(all), None) => {
                (all.last().map_or(f64::NEG_INFINITY, |p| p.value), all.first().map_or(f64::NEG_INFINITY, |p| p.value))
            }
            (Lists::Halves { .. }, None) => unreachable!("halves are for sums only"),
        }
    }

    /// The least value that may be offered: the walk-away; or the best package where that falls short of it by rounding alone, which
    /// is no reason to leave. Never a deal-breaker.
    pub fn floor(&self) -> f64 {
        let (floor, best) = (self.scoring.floor(), self.extremes().0);
        if best < floor && Rounding::of(self.scoring).reaches(best, floor) { best } else { floor }
    }

    /// Writes a package found into `package`.
    pub fn write(&self, pick: Pick, package: &mut Package) {
        package.resize(self.sizes.len(), 0);
        match &self.lists {
            Lists::Halves { split, head, tail, .. } => {
                write_half(&head.strides, pick.place.0, &mut package[..*split]);
                write_half(&tail.strides, pick.place.1, &mut package[*split..]);
            }
            Lists::All(_) => space::write_place(&self.sizes, pick.place.0, package),
        }
    }

    /// A package found.
    pub fn package(&self, pick: Pick) -> Package {
        let mut package = Package::new();
        self.write(pick, &mut package);
        package
    }

    /// The least package worth at least `wanted`; or, where one is worth less by at most `slack` and is strictly nearer,
    /// that; or, where none is worth so much, the best. None that is worth less than `floor` is considered. Among equals the
    /// first in the space. `None` where no package reaches the floor.
    pub fn nearest(&self, wanted: f64, slack: f64, floor: f64) -> Option<Nearest> {
        let mut search = Search { wanted, slack, floor, above: None, below: None, worse: f64::NEG_INFINITY };
        match &self.lists {
            Lists::All(all) => {
                let from = all.partition_point(|partial| partial.value < wanted - slack);
                search.worse = from.checked_sub(1).map_or(f64::NEG_INFINITY, |before| all[before].value);
                for partial in &all[from..] {
                    if search.above.is_some_and(|above| partial.value > above.value) {
                        break;
                    }
                    search.weigh(Pick { value: partial.value, place: (partial.place, 0) });
                }
            }
            Lists::Halves { split, head, tail, margin, .. } => {
                self.walk(*split, &head.sums, tail, *margin, &mut search);
            }
        }
        let found = match (search.above, search.below) {
            (Some(above), Some(below)) if wanted - below.value < above.value - wanted => Some(below),
            (Some(above), _) => Some(above),
            (None, below) => below.or_else(|| self.best().filter(|best| best.value >= floor)),
        };
        found.map(|pick| Nearest {
            pick,
            same_above: search.worse.max(search.below.map_or(search.worse, |b| b.value)) + slack,
        })
    }

    fn walk(&self, split: usize, head: &[Partial], half: &Half, margin: f64, search: &mut Search) {
        let tail = &half.sums[..];
        let (Some(worst), Some(best)) = (tail.first(), tail.last()) else { return };
        let least = search.wanted - search.slack - margin;
        // A first part that falls short even with the best second part is passed over: most are, while the aim is high.
        let begin = head.partition_point(|first| first.value + best.value < least);
        if let Some(short) = begin.checked_sub(1) {
            search.worse = search.worse.max(head[short].value + best.value + margin);
        }
        let mut enough = f64::INFINITY;
        let mut from = tail.len();
        for first in &head[begin..] {
            // So are those that bring more than enough even with the worst: they come last.
            if first.value + worst.value > enough {
                break;
            }
            while from > 0 && first.value + tail[from - 1].value >= least {
                from -= 1;
            }
            if let Some(short) = from.checked_sub(1) {
                search.worse = search.worse.max(first.value + tail[short].value + margin);
            }
            for second in &tail[from..] {
                if first.value + second.value > enough {
                    break;
                }
                let value = self.exactly(split, &half.strides, first, second.place);
                search.weigh(Pick { value, place: (first.place, second.place) });
                enough = search.above.map_or(f64::INFINITY, |above| above.value + margin);
            }
        }
    }

    /// The value as [`Scoring::value`] sums it.
    fn exactly(&self, split: usize, strides: &[u32], head: &Partial, tail: u32) -> f64 {
        let mut rest = tail;
        let mut value = head.value;
        for (&stride, row) in strides.iter().zip(&self.scoring.parts()[split..]) {
            // The last issue's places are its options: no division.
            let option = if stride == 1 { rest } else { rest / stride };
            value += row[option as usize];
            rest -= option * stride;
        }
        value
    }

    /// Both halves with nothing left out: for those that go from package to package.
    fn whole(&self, split: usize) -> [Half; 2] {
        let rows = self.scoring.parts();
        [Half::of(self.scoring.base(), &rows[..split], Keep::All), Half::of(0.0, &rows[split..], Keep::All)]
    }

    /// The best package; among equals the first in the space. `None` where all are deal-breakers.
    pub fn best(&self) -> Option<Pick> {
        self.next(None)
    }

    /// The next package down from `after`, or the best: in falling order of value, equal ones in the order of the space.
    /// Deal-breakers never come.
    pub fn next(&self, after: Option<Pick>) -> Option<Pick> {
        let mut found: Option<Pick> = None;
        let is_after = |pick: Pick| {
            after
                .is_none_or(|after| pick.value < after.value || (pick.value == after.value && pick.place > after.place))
        };
        let mut weigh = |pick: Pick| {
            if is_after(pick)
                && found
                    .is_none_or(|best| pick.value > best.value || (pick.value == best.value && pick.place < best.place))
            {
                found = Some(pick);
            }
            found.map_or(f64::NEG_INFINITY, |best| best.value)
        };
        match &self.lists {
            Lists::All(all) => {
                let top = after.map_or(all.len(), |after| all.partition_point(|partial| partial.value <= after.value));
                for partial in all[..top].iter().rev() {
                    if weigh(Pick { value: partial.value, place: (partial.place, 0) }) > partial.value {
                        break;
                    }
                }
            }
            Lists::Halves { split, margin, whole, .. } => {
                let [head, tail] = whole.get_or_init(|| self.whole(*split));
                let most = after.map_or(f64::INFINITY, |after| after.value + margin);
                let mut until = tail.sums.len();
                let mut best = f64::NEG_INFINITY;
                for first in &head.sums {
                    while until > 0 && first.value + tail.sums[until - 1].value > most {
                        until -= 1;
                    }
                    for second in tail.sums[..until].iter().rev() {
                        if first.value + second.value < best - margin {
                            break;
                        }
                        let value = self.exactly(*split, &tail.strides, first, second.place);
                        best = weigh(Pick { value, place: (first.place, second.place) });
                    }
                }
            }
        }
        found
    }
}

/// Writes the options at a place of a half.
fn write_half(strides: &[u32], place: u32, package: &mut [u32]) {
    let mut rest = place;
    for (&stride, option) in strides.iter().zip(package) {
        *option = if stride == 1 { rest } else { rest / stride };
        rest -= *option * stride;
    }
}

/// What a search for a wanted value has come upon.
struct Search {
    wanted: f64,
    slack: f64,
    floor: f64,
    /// The least at or above the wanted value.
    above: Option<Pick>,
    /// The best below it, within the slack.
    below: Option<Pick>,
    /// No package below the slack is worth more than this.
    worse: f64,
}

impl Search {
    fn weigh(&mut self, pick: Pick) {
        let first = |than: Pick| pick.value == than.value && pick.place < than.place;
        if pick.value < self.floor {
            self.worse = self.worse.max(pick.value);
        } else if pick.value >= self.wanted {
            if self.above.is_none_or(|above| pick.value < above.value || first(above)) {
                self.above = Some(pick);
            }
        } else if pick.value >= self.wanted - self.slack {
            if self.below.is_none_or(|below| pick.value > below.value || first(below)) {
                self.below = Some(pick);
            }
        } else {
            self.worse = self.worse.max(pick.value);
        }
    }
}

fn halves(sizes: &[usize], scoring: &Scoring) -> Result<Lists, TooLarge> {
    let count = |sizes: &[usize]| sizes.iter().fold(1_u128, |count, &size| count.saturating_mul(size as u128));
    let longer = |split: usize| count(&sizes[..split]).max(count(&sizes[split..]));
    let split = (1..=sizes.len()).min_by_key(|&split| longer(split)).unwrap_or(0);
    if longer(split) > LONGEST_LIST {
        return Err(TooLarge { wanted: longer(split), limit: LONGEST_LIST });
    }
    let rows = scoring.parts();
    let head = Half::of(scoring.base(), &rows[..split], Keep::DistinctSums);
    let exact = count(&sizes[split..]) <= LONGEST_EXACT;
    let tail = Half::of(0.0, &rows[split..], if exact { Keep::DistinctOptions } else { Keep::DistinctSums });
    let reach = scoring.reach();
    // The halves summed apart differ from the sum in order by the rounding of so many additions at most.
    let margin = (f64::EPSILON * 2.0 * (sizes.len() + 1) as f64 + 2.0 * PACKED_APART) * reach;
    Ok(Lists::Halves { split, head, tail, margin, whole: OnceCell::new() })
}

fn all(sizes: &[usize], scoring: &Scoring) -> Result<Lists, TooLarge> {
    let wanted = sizes.iter().fold(1_u128, |count, &size| count.saturating_mul(size as u128));
    if wanted > MOST_LISTED {
        return Err(TooLarge { wanted, limit: MOST_LISTED });
    }
    let mut values = Vec::with_capacity(wanted as usize);
    let mut odometer = Odometer::new(sizes);
    while let Some(package) = odometer.next() {
        values.push(scoring.value(package));
    }
    Ok(Lists::All(listed(&values)))
}

#[cfg(test)]
mod tests;
