//! What is known and wanted, as format 1 stores it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use negotiation::fact as domain;
use serde::{Deserialize, Serialize};
use terms::{Amount, Quantity};

/// What is known and wanted, privately. All of it may be rewritten as often as one likes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preparation {
    pub walk_away: Option<Quantity<Amount>>,
    pub target: Option<Quantity<Amount>>,
    pub boss_limit: Option<Quantity<Amount>>,
    pub counterpart_limit: Option<Quantity<Amount>>,
    pub our_alternative: Option<String>,
    pub their_alternative: Option<String>,
    pub issues: BTreeMap<String, String>,
    pub rounds_left: Option<u32>,
    pub deadline: Option<Date>,
    pub days_per_round: Option<u32>,
    pub cost_of_delay_per_week: Option<Quantity<Amount>>,
    pub cost_of_escalating: Option<Quantity<Amount>>,
    pub later_deals: Option<Quantity<Amount>>,
    pub value_per_deal: Option<Quantity<Amount>>,
    pub boss_time_cost: Option<Quantity<Amount>>,
    pub boss_expected: bool,
    pub assumptions: BTreeMap<String, Quantity<Amount>>,
}

impl From<domain::Preparation> for Preparation {
    fn from(preparation: domain::Preparation) -> Self {
        let domain::Preparation {
            walk_away,
            target,
            boss_limit,
            counterpart_limit,
            our_alternative,
            their_alternative,
            issues,
            rounds_left,
            deadline,
            days_per_round,
            cost_of_delay_per_week,
            cost_of_escalating,
            later_deals,
            value_per_deal,
            boss_time_cost,
            boss_expected,
            assumptions,
        } = preparation;
        Self {
            walk_away,
            target,
            boss_limit,
            counterpart_limit,
            our_alternative,
            their_alternative,
            issues,
            rounds_left,
            deadline,
            days_per_round,
            cost_of_delay_per_week,
            cost_of_escalating,
            later_deals,
            value_per_deal,
            boss_time_cost,
            boss_expected,
            assumptions,
        }
    }
}

impl From<Preparation> for domain::Preparation {
    fn from(preparation: Preparation) -> Self {
        let Preparation {
            walk_away,
            target,
            boss_limit,
            counterpart_limit,
            our_alternative,
            their_alternative,
            issues,
            rounds_left,
            deadline,
            days_per_round,
            cost_of_delay_per_week,
            cost_of_escalating,
            later_deals,
            value_per_deal,
            boss_time_cost,
            boss_expected,
            assumptions,
        } = preparation;
        Self {
            walk_away,
            target,
            boss_limit,
            counterpart_limit,
            our_alternative,
            their_alternative,
            issues,
            rounds_left,
            deadline,
            days_per_round,
            cost_of_delay_per_week,
            cost_of_escalating,
            later_deals,
            value_per_deal,
            boss_time_cost,
            boss_expected,
            assumptions,
        }
    }
}
