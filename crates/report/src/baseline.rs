//! Plans held against the course advised: the one baseline of every list, so that no figure has to be held against two.

use engine::TIE_SHARE;
use engine::advice::{Advice, PlanReport};
use terms::PlanId;

use crate::money::Money;

/// What a plan is worth against the course advised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Against {
    /// It is the course advised.
    Advised,
    /// It is as good.
    Tie,
    /// What it falls short by, as a negative amount that adds up as shown.
    Less(f64),
}

impl Against {
    /// `advised`, `tie` or an amount with its sign.
    pub fn words(self, money: &Money) -> String {
        match self {
            Self::Advised => "advised".to_owned(),
            Self::Tie => "tie".to_owned(),
            Self::Less(amount) => money.signed(amount),
        }
    }
}

/// What `plan` is worth against the course advised.
pub fn against(advice: &Advice, money: &Money, plan: PlanId) -> Against {
    let advised = advice.recommendation.plan;
    if plan == advised {
        return Against::Advised;
    }
    let band = TIE_SHARE * advice.inputs.case.value.scale();
    held_against(value(advice, money, plan) - value(advice, money, advised), band, money)
}

fn held_against(more: f64, band: f64, money: &Money) -> Against {
    // Where another is valued above the course advised, the rule took both for as good, and this for the simpler.
    if more >= -band || money.is_nil(more) { Against::Tie } else { Against::Less(more) }
}

/// A plan's value as it is shown.
pub fn value(advice: &Advice, money: &Money, plan: PlanId) -> f64 {
    advice.plans.iter().find(|report| report.id == plan).map_or(0.0, |report| money.nearest(report.value.mean))
}

/// The plans that can be chosen: the one advised, then the best first.
pub fn open(advice: &Advice) -> Vec<&PlanReport> {
    let mut open: Vec<&PlanReport> = advice.plans.iter().filter(|plan| plan.available).collect();
    let is_other = |plan: &PlanReport| plan.id != advice.recommendation.plan;
    open.sort_by(|a, b| is_other(a).cmp(&is_other(b)).then(b.value.mean.total_cmp(&a.value.mean)));
    open
}

#[cfg(test)]
mod tests {
    use terms::Currency;

    use super::*;

    #[test]
    fn what_is_as_good_is_a_tie() {
        let money = Money::new(Currency::EUR, 60_000.0);
        let words = |more| held_against(more, 300.0, &money).words(&money);
        assert_eq!([-300.0, 0.0, 900.0].map(words), ["tie", "tie", "tie"]);
        assert_eq!(words(-1_200.0), "−€1,200");
    }
}
