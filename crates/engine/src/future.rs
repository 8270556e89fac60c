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
    const FEW: f64 = 12.0;
    let count = count.round();
    if count <= FEW {
        // Cheaper than a power, and this is worked out on every path.
        (0..count as u32).fold(0.0, |sum, _| 1.0 + q * sum)
    } else if (1.0 - q).abs() < 1e-12 {
        count
    } else {
        (1.0 - libm::pow(q, count)) / (1.0 - q)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_geometric_sum_is_the_same_either_way() {
        for q in [0.0, 0.3, 0.72, 0.9, 1.0] {
            for count in [0_u32, 1, 4, 12, 13, 40] {
                let plain: f64 = (0..count).map(|power| f64::from(power)).map(|power| libm::pow(q, power)).sum();
                assert!((geometric(q, f64::from(count)) - plain).abs() < 1e-9 * (1.0 + plain), "{q} {count}");
            }
        }
    }
}
