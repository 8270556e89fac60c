//! Formulas of the literature that need no solver: used where they apply, and tested against printed figures.

#[cfg(test)]
pub mod reference;
#[cfg(test)]
mod tests;

/// One appearance of the boss, and what it sets off over the later deals with the same counterpart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precedent {
    /// How much of an appearance it was: 1 when the boss joined.
    pub weight: f64,
    /// Chance a deal, per unit of precedent, that the counterpart calls for the boss.
    pub call_rate: f64,
    /// What one such call costs, in money.
    pub cost_of_call: f64,
    /// What a deal is worth one deal earlier, from 0 to 1.
    pub discount: f64,
    /// Share of the precedent forgotten a deal, from 0 to 1.
    pub fade: f64,
}

impl Precedent {
    /// Expected loss over `later_deals`, which may be `f64::INFINITY`: the sum over deals j = 1, 2, ... of
    /// `discount^j call_rate cost_of_call weight (1 - fade)^(j - 1)`, a geometric series. The calls set no precedent
    /// themselves. Infinite when there is no end, no discount and no fading.
    pub fn loss(self, later_deals: f64) -> f64 {
        let first = self.weight * self.call_rate * self.cost_of_call * self.discount;
        if first == 0.0 || later_deals <= 0.0 {
            return 0.0;
        }
        first * geometric_sum(self.discount * (1.0 - self.fade), later_deals)
    }
}

/// `(1 - ratio^count) / (1 - ratio)` for a ratio from 0 to 1 and a count above 0, exact to rounding as the ratio
/// comes near 1.
fn geometric_sum(ratio: f64, count: f64) -> f64 {
    if ratio >= 1.0 {
        count
    } else if ratio <= 0.0 {
        1.0
    } else {
        -libm::expm1(count * libm::log(ratio)) / (1.0 - ratio)
    }
}
