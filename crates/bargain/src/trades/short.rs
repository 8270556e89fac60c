//! Trades that change at most three issues, found by trying them: people can say these in a sentence.

use super::best::Start;
use super::{Trade, trade};
use crate::domain::{Domain, Package};
use crate::scoring::Scoring;

/// Issues changed at once at most: more is no trade that one can say in a sentence.
const MOST_CHANGED: usize = 3;
/// Additions at most: a tenth of a second.
const MOST_ADDED: usize = 40_000_000;

/// The trying of every change of a few issues.
pub(super) struct Trying<'a> {
    parties: [&'a Scoring; 2],
    from: &'a [u32],
    start: &'a Start<'a>,
    sizes: Vec<usize>,
    left: usize,
    /// The best trade of each set of issues.
    pub found: Vec<Trade>,
    /// Sets of issues left out.
    pub skipped: usize,
}

impl<'a> Trying<'a> {
    pub fn new(domain: &Domain, parties: [&'a Scoring; 2], from: &'a [u32], start: &'a Start<'a>, steps: u64) -> Self {
        let left = MOST_ADDED.min(usize::try_from(steps).unwrap_or(usize::MAX).saturating_mul(100));
        Self { parties, from, start, sizes: domain.sizes(), left, found: Vec::new(), skipped: 0 }
    }

    pub fn run(&mut self) {
        let together: usize = self.parties.iter().map(|party| party.interactions().len()).sum();
        let each = 2 * (self.sizes.len() + together);
        for changed in subsets(self.sizes.len()) {
            // Long lists of options three at a time would take minutes; what changes fewer issues comes first.
            let tries = changed.iter().fold(1_usize, |tries, &issue| tries.saturating_mul(self.sizes[issue] - 1));
            let adds = tries.saturating_mul(each);
            if adds > self.left {
                self.skipped += 1;
                continue;
            }
            self.left -= adds;
            let best = self.best_of(&changed);
            self.found.extend(best);
        }
    }

    fn best_of(&self, changed: &[usize]) -> Option<Trade> {
        let mut best: Option<(f64, [f64; 2], Package)> = None;
        let mut package = self.from.to_vec();
        self.each(changed, &mut package, &mut |package| {
            let values = self.parties.map(|party| party.value(package));
            let gains = [values[0] - self.start.worth[0], values[1] - self.start.worth[1]];
            let enough = gains[0] >= self.start.least[0] && gains[1] >= self.start.least[1];
            let good = self.start.merit.of(gains[0], gains[1]);
            if enough
                && best.as_ref().is_none_or(|(most, ..)| good > *most)
                && !self.start.not.iter().any(|other| other == package)
            {
                best = Some((good, values, package.to_vec()));
            }
        });
        best.map(|(_, values, package)| trade(self.from, self.start, values, &package))
    }

    /// Every package that differs in each of some issues.
    fn each(&self, changed: &[usize], package: &mut Package, take: &mut impl FnMut(&[u32])) {
        let Some((&issue, rest)) = changed.split_first() else { return take(package) };
        for option in (0..self.sizes[issue] as u32).filter(|&option| option != self.from[issue]) {
            package[issue] = option;
            self.each(rest, package, take);
        }
        package[issue] = self.from[issue];
    }
}

/// Sets of issues, small ones first.
fn subsets(issues: usize) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = vec![vec![]];
    let mut from = 0;
    for _ in 0..MOST_CHANGED.min(issues) {
        let until = sets.len();
        for at in from..until {
            let next = sets[at].last().map_or(0, |last| last + 1);
            for issue in next..issues {
                sets.push([&sets[at][..], &[issue]].concat());
            }
        }
        from = until;
    }
    sets.split_off(1)
}
