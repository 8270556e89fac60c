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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<Stated>,
    pub boss_limit: Option<Quantity<Amount>>,
    pub counterpart_limit: Option<Quantity<Amount>>,
    pub our_alternative: Option<String>,
    pub their_alternative: Option<String>,
    pub issues: BTreeMap<String, String>,
    pub rounds_left: Option<u32>,
    pub deadline: Option<Date>,
    pub days_per_round: Option<Days>,
    pub cost_of_delay_per_week: Option<Quantity<Amount>>,
    pub cost_of_escalating: Option<Quantity<Amount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_of_delay_per_round: Option<Quantity<Amount>>,
    pub later_deals: Option<Quantity<Amount>>,
    pub value_per_deal: Option<Quantity<Amount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<Quantity<Amount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub past_boss_appearances: Option<Quantity<Amount>>,
    pub boss_time_cost: Option<Quantity<Amount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boss_skill: Option<Quantity<Amount>>,
    pub boss_expected: bool,
    pub assumptions: BTreeMap<String, Quantity<Amount>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub role_priors: bool,
}

/// Days that a round takes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Days {
    Whole(u32),
    Part(Amount),
}

/// What a negotiator states that they may sign unasked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Stated {
    To(Quantity<Amount>),
    Otherwise(Extent),
}

/// Nothing, or anything.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    None,
    Unlimited,
}

impl From<domain::Preparation> for Preparation {
    fn from(preparation: domain::Preparation) -> Self {
        let domain::Preparation {
            walk_away,
            target,
            authority,
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
            cost_of_delay_per_round,
            later_deals,
            value_per_deal,
            discount,
            past_boss_appearances,
            boss_time_cost,
            boss_skill,
            boss_expected,
            assumptions,
            role_priors,
        } = preparation;
        Self {
            walk_away,
            target,
            authority: authority.map(Into::into),
            boss_limit,
            counterpart_limit,
            our_alternative,
            their_alternative,
            issues,
            rounds_left,
            deadline,
            days_per_round: days_per_round.map(Into::into),
            cost_of_delay_per_week,
            cost_of_escalating,
            cost_of_delay_per_round,
            later_deals,
            value_per_deal,
            discount,
            past_boss_appearances,
            boss_time_cost,
            boss_skill,
            boss_expected,
            assumptions,
            role_priors,
        }
    }
}

impl From<Preparation> for domain::Preparation {
    fn from(preparation: Preparation) -> Self {
        let Preparation {
            walk_away,
            target,
            authority,
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
            cost_of_delay_per_round,
            later_deals,
            value_per_deal,
            discount,
            past_boss_appearances,
            boss_time_cost,
            boss_skill,
            boss_expected,
            assumptions,
            role_priors,
        } = preparation;
        Self {
            walk_away,
            target,
            authority: authority.map(Into::into),
            boss_limit,
            counterpart_limit,
            our_alternative,
            their_alternative,
            issues,
            rounds_left,
            deadline,
            days_per_round: days_per_round.map(Into::into),
            cost_of_delay_per_week,
            cost_of_escalating,
            cost_of_delay_per_round,
            later_deals,
            value_per_deal,
            discount,
            past_boss_appearances,
            boss_time_cost,
            boss_skill,
            boss_expected,
            assumptions,
            role_priors,
        }
    }
}

impl From<negotiation::Stated> for Stated {
    fn from(stated: negotiation::Stated) -> Self {
        use negotiation::authority::Extent as Domain;
        match stated {
            negotiation::Stated::To(price) => Self::To(price),
            negotiation::Stated::Otherwise(Domain::None) => Self::Otherwise(Extent::None),
            negotiation::Stated::Otherwise(Domain::Unlimited) => Self::Otherwise(Extent::Unlimited),
        }
    }
}

impl From<Stated> for negotiation::Stated {
    fn from(stated: Stated) -> Self {
        use negotiation::authority::Extent as Domain;
        match stated {
            Stated::To(price) => Self::To(price),
            Stated::Otherwise(Extent::None) => Self::Otherwise(Domain::None),
            Stated::Otherwise(Extent::Unlimited) => Self::Otherwise(Domain::Unlimited),
        }
    }
}

impl From<domain::Days> for Days {
    fn from(days: domain::Days) -> Self {
        match days {
            domain::Days::Whole(days) => Self::Whole(days),
            domain::Days::Part(days) => Self::Part(days),
        }
    }
}

impl From<Days> for domain::Days {
    fn from(days: Days) -> Self {
        match days {
            Days::Whole(days) => Self::Whole(days),
            Days::Part(days) => Self::Part(days),
        }
    }
}
