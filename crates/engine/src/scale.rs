//! Between prices as people write them and value to us.
//!
//! The engine counts everything in shares of the scale, our target less our walk-away: 0 is the walk-away, 1 the
//! target, larger is better. A buyer is the mirror of a seller, and tenfold prices give the same shares.

use crate::case::Case;

/// The map between prices, money and shares for one case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    walk_away: f64,
    /// Target less walk-away; negative for a buyer.
    span: f64,
}

impl Scale {
    /// The scale of a checked case, from the middle of its walk-away and target.
    pub fn of(case: &Case) -> Self {
        let walk_away = case.value.walk_away.likely();
        Self { walk_away, span: case.value.target.likely() - walk_away }
    }

    /// A price as a share.
    pub fn share_of_price(&self, price: f64) -> f64 {
        (price - self.walk_away) / self.span
    }

    /// A share as a price.
    pub fn price(&self, share: f64) -> f64 {
        self.walk_away + share * self.span
    }

    /// Money as a share.
    pub fn share_of_money(&self, money: f64) -> f64 {
        money / self.span.abs()
    }

    /// A share as money.
    pub fn money(&self, share: f64) -> f64 {
        share * self.span.abs()
    }
}
