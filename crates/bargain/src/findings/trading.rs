//! Trades from our last offer and from theirs, as they are told.

use super::{Change, Desk, Exchange, Exchanges, NEGLIGIBLE, SHOWN, TRADES, stake};
use crate::domain::Package;
use crate::pareto::NoFrontier;
use crate::scoring::Scoring;
use crate::sheet::{Placed, Values};
use crate::trades::{Merit, Start, Trade, Trades, trades};

/// Trades from our last offer that cost us nothing, likely bring them something worth a word, and lead to packages within the
/// mandate that we have not offered.
pub fn untried(values: &Values, allowed: &[Vec<bool>], last: &[u32], made: &[Package]) -> Vec<Trade> {
    let found = from_ours(values, &values.theirs, allowed, last, made).unwrap_or_default();
    found.found.into_iter().take(SHOWN).collect()
}

/// What a value counts from where it is that of a deal-breaker: from no deal.
fn finite(value: f64, reservation: f64) -> f64 {
    match value.is_finite() {
        true => value,
        false if reservation.is_finite() => reservation,
        false => 0.0,
    }
}

fn from_ours(
    values: &Values,
    theirs: &Scoring,
    allowed: &[Vec<bool>],
    last: &[u32],
    made: &[Package],
) -> Result<Trades, NoFrontier> {
    // Our last offer may lie outside the mandate; what it leads to may not.
    let worth =
        [finite(values.ours.value(last), values.ours.reservation), finite(theirs.value(last), theirs.reservation)];
    let least = [0.0, NEGLIGIBLE * stake(theirs)];
    let start = Start { worth, least, not: made, merit: Merit::TRADE };
    trades(&values.domain, &values.ours.restricted(allowed), theirs, last, &start, TRADES)
}

/// What may be chosen from a package that may lie outside the mandate: what the mandate allows, and on an issue on which it lies
/// outside what is no worse for us than it is.
fn no_further_out(values: &Values, allowed: &[Vec<bool>], from: &[u32]) -> Vec<Vec<bool>> {
    let may = |(issue, row): (usize, &Vec<bool>)| -> Vec<bool> {
        let worth = &values.ours.parts()[issue];
        let standing = from[issue] as usize;
        let nearer = |option: usize| !row[standing] && worth[option].is_finite() && worth[option] >= worth[standing];
        (0..row.len()).map(|option| row[option] || nearer(option)).collect()
    };
    allowed.iter().enumerate().map(may).collect()
}

impl Desk<'_> {
    pub(super) fn untried(&self, last: &Placed, made: &[Placed]) -> Result<(Vec<Exchange>, Exchanges), NoFrontier> {
        let made: Vec<Package> = made.iter().map(|placed| placed.package.clone()).collect();
        let found = from_ours(self.values, &self.values.theirs, self.allowed, &last.package, &made)?;
        Ok(self.told(&last.package, &found))
    }

    pub(super) fn counters(
        &self,
        expected: &Scoring,
        theirs: &Placed,
    ) -> Result<(Vec<Exchange>, Exchanges), NoFrontier> {
        let Self { values, allowed, .. } = self;
        let (from, ours) = (&theirs.package, &values.ours);
        let worth = [finite(ours.value(from), ours.reservation), finite(expected.value(from), expected.reservation)];
        let least = [NEGLIGIBLE * stake(ours), 0.0];
        let start = Start { worth, least, not: &[], merit: Merit::TRADE };
        let may = ours.restricted(&no_further_out(values, allowed, from));
        Ok(self.told(from, &trades(&values.domain, &may, expected, from, &start, TRADES)?))
    }

    fn told(&self, from: &[u32], trades: &Trades) -> (Vec<Exchange>, Exchanges) {
        let shown = trades.found.iter().take(SHOWN).map(|trade| self.exchange(from, trade, trades.bound));
        let best = trades.found.first().map_or(0.0, |best| best.merit);
        let gap = (trades.bound - best).max(0.0);
        // A bound differs from what it bounds by rounding.
        let gap = if gap <= 1e-9 * trades.bound { 0.0 } else { gap };
        (shown.collect(), Exchanges { gap, sets_skipped: trades.skipped as u64 })
    }

    fn exchange(&self, from: &[u32], trade: &Trade, bound: f64) -> Exchange {
        let (before, after) = (self.values.domain.labels(from), self.values.domain.labels(&trade.package));
        let short = bound - trade.merit;
        let mut exchange = Exchange {
            give: Vec::new(),
            get: Vec::new(),
            ours: trade.ours,
            theirs: trade.theirs,
            merit: trade.merit,
            short_of_best: if short <= 1e-9 * bound { 0.0 } else { short },
            package: self.valued(&self.exactly(trade.package.clone())),
        };
        for &issue in &trade.changed {
            let row = &self.values.ours.parts()[issue];
            let worse = row[trade.package[issue] as usize] < row[from[issue] as usize];
            let name = self.values.domain.issues()[issue].name.clone();
            let change = Change { issue: name, before: before[issue].clone(), after: after[issue].clone() };
            if worse { exchange.give.push(change) } else { exchange.get.push(change) }
        }
        exchange
    }
}
