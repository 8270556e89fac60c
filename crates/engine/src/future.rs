//! What a boss's appearance costs over the later deals.

use crate::assumption::Name;
use crate::closed_form::Precedent;
use crate::prior::Values;

/// What one later call for the boss costs: the smaller of joining and declining.
pub fn cost_of_call(values: &Values) -> f64 {
    let [joining, declining] = costs_of_answers(values);
    joining.min(declining)
}

/// What joining and declining cost when called for.
pub fn costs_of_answers(values: &Values) -> [f64; 2] {
    let deal = values[Name::ValuePerDeal].max(0.0);
    let joining = values[Name::BossTimeCost] + values[Name::ErosionShare] * deal;
    let declining = values[Name::InsultShare] * deal;
    [joining, declining]
}

/// What the later deals are worth against the scale of this one, which is as much as counts; from 0 to 1.
pub fn weight_of_later_deals(values: &Values) -> f64 {
    (values[Name::LaterDeals].round() * values[Name::ValuePerDeal].max(0.0)).min(1.0)
}

/// Calls expected over the later deals from one fresh appearance, as they come.
pub fn calls(values: &Values) -> f64 {
    Precedent { cost_of_call: 1.0, discount: 1.0, ..precedent(values) }.loss(values[Name::LaterDeals].round())
}

/// Loss over the later deals from one fresh appearance of weight 1.
pub fn precedent_loss(values: &Values) -> f64 {
    precedent(values).loss(values[Name::LaterDeals].round())
}

fn precedent(values: &Values) -> Precedent {
    Precedent {
        weight: 1.0,
        call_rate: values[Name::CallRate],
        cost_of_call: cost_of_call(values),
        discount: values[Name::Discount],
        fade: values[Name::PrecedentFade],
    }
}
