//! A negotiation played on from a table to its ends, each weighed with its chance.

use terms::Role;

use crate::random::splitmix;

use super::choice::pick;
use super::manner::{Manner, Opening, Steps};
use super::table::{Follow, LEAST_GAP, Table, index};

/// Courses that a forecast plays.
pub const PATHS: usize = 32;
/// Levels of the quantiles that a forecast tells: .05 to .95 in steps of .05.
pub const QUANTILES: usize = 19;

/// The level of the quantile at a place, from 0.
pub fn level(at: usize) -> f64 {
    0.05 * (at + 1) as f64
}

/// Quotes after which a course is left.
const DEEPEST: u32 = 10;
/// A course is left once it weighs less than this share of where it began.
const LIGHT: f64 = 0.05;
/// An end that weighs less is left out.
const NEGLIGIBLE: f64 = 1e-5;

/// How it may end: prices of deals with their weights, and the weight of none. All weights sum to what was played.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ends {
    /// Prices in spans with weights.
    pub deals: Vec<(f64, f64)>,
    /// Weight of no deal.
    pub none: f64,
}

impl Ends {
    fn deal(&mut self, price: Option<f64>, weight: f64) {
        if weight < NEGLIGIBLE {
            return;
        }
        match price {
            Some(price) => self.deals.push((price, weight)),
            None => self.none += weight,
        }
    }

    /// Weight of a deal.
    pub fn agreed(&self) -> f64 {
        self.deals.iter().map(|(_, weight)| weight).sum()
    }
}

/// The draws of one course: its first is one of as many even strata as there are courses, the rest are mixed bits.
#[derive(Clone, Copy, Debug)]
struct Draws {
    stratum: f64,
    state: u64,
    begun: bool,
}

impl Draws {
    fn of(path: usize, paths: usize) -> Self {
        Self { stratum: (path as f64 + 0.5) / paths as f64, state: path as u64 + 1, begun: false }
    }

    /// The next draw of this path, uniform over all paths.
    fn next(&mut self) -> f64 {
        if !self.begun {
            self.begun = true;
            return self.stratum;
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        (splitmix(self.state) >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }
}

/// Chances of what follows the last quote on `table`.
pub fn follow(manner: &Manner, table: &Table) -> [f64; 5] {
    let mut chances = [0.0; 5];
    let last = table.last.unwrap_or(Role::Buyer);
    let both = usize::from(table.gap().is_some());
    let choice = &manner.follow[index(last)][both][usize::from(table.discussed())];
    if choice.len() == Follow::ALL.len() {
        choice.chances(&table.seen(), &mut chances);
    } else {
        chances = [0.2; 5];
    }
    chances
}

/// Plays `paths` courses on in which `first` comes next, and adds their ends to `ends`, all of them weighing 1 together. `table_of`
/// gives what lies on the table on a course: where targets are hidden, they differ.
pub fn play(manner: &Manner, table_of: &dyn Fn(usize) -> Table, first: Follow, paths: usize, ends: &mut Ends) {
    for path in 0..paths {
        let mut draws = Draws::of(path, paths);
        one(manner, table_of(path), first, &mut draws, 1.0 / paths as f64, ends);
    }
}

fn one(manner: &Manner, mut table: Table, first: Follow, draws: &mut Draws, whole: f64, ends: &mut Ends) {
    let mut weight = whole;
    let mut next = first;
    loop {
        let last = table.last.unwrap_or(Role::Buyer);
        let by = if next == Follow::Answered { last.other() } else { last };
        let price = next_quote(manner, &table, by, draws);
        table.quote(by, price, false);
        let [taken, answered, bettered, yielded, nothing] = follow(manner, &table);
        let (mine, theirs) = (table.quotes[index(by)], table.quotes[index(by.other())]);
        let stops = table.count >= DEEPEST || weight * (answered + bettered) < LIGHT * whole;
        // What is left of a course that is broken off ends as those did that ended here.
        let rest = if stops { weight / (taken + yielded + nothing).max(1e-9) } else { weight };
        ends.deal(mine, rest * taken);
        ends.deal(theirs, rest * yielded);
        ends.none += rest * nothing;
        if stops {
            return;
        }
        let going = answered + bettered;
        weight *= going;
        next = if draws.next() * going < answered { Follow::Answered } else { Follow::Bettered };
    }
}

/// The price that `by` names next.
fn next_quote(manner: &Manner, table: &Table, by: Role, draws: &mut Draws) -> f64 {
    let (choose, place) = (draws.next(), draws.next());
    let own = table.quotes[index(by)];
    let theirs = table.quotes[index(by.other())];
    match (own, table.gap()) {
        (Some(_), Some(gap)) if gap > LEAST_GAP => {
            let steps = &manner.steps[index(by)];
            let mut room = [0.0; 16];
            let chances = steps.bin.chances(&table.step_seen(by), &mut room);
            let (bin, _) = pick(chances, choose);
            let share = steps.share(bin, place);
            table.price_closing(by, share).unwrap_or_default()
        }
        // They have met: whoever quotes, names the other's price.
        (Some(own), Some(_)) => theirs.unwrap_or(own),
        (Some(own), None) => {
            let mut room = [0.0; 16];
            let chances = manner.again[index(by)].chances(&table.again_seen(by), &mut room);
            let (bin, _) = pick(chances, choose);
            table.price_moved(by, Opening::short(bin, place)).unwrap_or(own)
        }
        (None, _) => {
            let opening = &manner.openings[index(by)];
            let mut room = [0.0; 16];
            let seen = table.opening_seen(by);
            if theirs.is_none() {
                let (bin, _) = pick(opening.first.chances(&seen, &mut room), choose);
                return table.price_short_of(by, Opening::short(bin, place));
            }
            let (bin, _) = pick(opening.reply.chances(&seen, &mut room), choose);
            let gap = Opening::REPLIES.get(bin).map(|&[low, high]| low + place * (high - low));
            let priced = match (gap, table.targets[index(by)]) {
                (None, Some(target)) => Some(target),
                (gap, _) => table.price_opening(by, gap.unwrap_or(0.5)),
            };
            priced.unwrap_or_default()
        }
    }
}

/// Chance, by what was fitted, of the bin in which a quote of `by` at `price` lies, over its width: how likely it was, up to what is the
/// same whatever they aim for.
pub fn quote_likelihood(manner: &Manner, table: &Table, by: Role, price: f64) -> f64 {
    let mut room = [0.0; 16];
    if table.quotes[index(by)].is_some() {
        if table.gap().is_none() {
            let bin = Opening::bin_of(table.moved(by, price).unwrap_or_default());
            let chances = manner.again[index(by)].chances(&table.again_seen(by), &mut room);
            return chances.get(bin).copied().unwrap_or(1.0);
        }
        let Some(share) = table.share_closed(by, price) else { return 1.0 };
        let choice = &manner.steps[index(by)].bin;
        return choice.chances(&table.step_seen(by), &mut room).get(Steps::bin_of(share)).copied().unwrap_or(1.0);
    }
    let opening = &manner.openings[index(by)];
    let seen = table.opening_seen(by);
    let short = table.short_of_known_target(by, price);
    let (chances, bin, width) = match table.opened(by, price) {
        Some(gap) => {
            let bin = Opening::reply_of(gap, short);
            (opening.reply.chances(&seen, &mut room), bin, Opening::REPLIES.get(bin).map(|[low, high]| high - low))
        }
        None => {
            let bin = Opening::bin_of(table.short_of_target(by, price));
            let width = Opening::short(bin, 1.0) - Opening::short(bin, 0.0);
            (opening.first.chances(&seen, &mut room), bin, Some(width).filter(|&width| width > 0.0))
        }
    };
    chances.get(bin).copied().unwrap_or(1.0) / width.unwrap_or(2.0 * Opening::AT_TARGET)
}
