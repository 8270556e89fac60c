//! What a boss's appearance costs over the later deals.

use crate::assumption::Name;
use crate::prior::Values;

/// What one later call for the boss costs: the smaller of joining and declining.
pub fn cost_of_call(values: &Values) -> f64 {
    let deal = values[Name::ValuePerDeal].max(0.0);
    let joining = values[Name::BossTimeCost] + values[Name::ErosionShare] * deal;
    let declining = values[Name::InsultShare] * deal;
    joining.min(declining)
}

/// Calls expected over the later deals from one fresh appearance, discounted, or as they come with `discount` 1.
pub fn calls(values: &Values, discount: f64) -> f64 {
    let keep = discount * (1.0 - values[Name::PrecedentFade]);
    values[Name::CallRate] * discount * geometric(keep, values[Name::LaterDeals])
}

/// Loss over the later deals from one fresh appearance of weight 1: `rho l G (1 - q^D)/(1 - q)`, `G = delta`,
/// `q = delta (1 - phi)`; calls add no stock.
pub fn precedent_loss(values: &Values) -> f64 {
    if values[Name::LaterDeals] < 0.5 {
        return 0.0;
    }
    calls(values, values[Name::Discount]) * cost_of_call(values)
}

/// `1 + q + ... + q^(count - 1)`, the count rounded to whole deals.
fn geometric(q: f64, count: f64) -> f64 {
    let count = count.round();
    if (1.0 - q).abs() < 1e-12 { count } else { (1.0 - libm::pow(q, count)) / (1.0 - q) }
}
