//! What is advised in any case: never what can't be undone where something that can is as good.

use proptest::prelude::*;
use terms::PlanId;

use crate::compare::{Comparison, FirstAnswer, TIE_SHARE};
use crate::plan::When;

use super::{any_case, prepared, settings};

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn what_cant_be_undone_is_advised_only_where_nothing_else_is_as_good(case in any_case()) {
        let prepared = prepared(&case);
        let comparison = Comparison::of(&prepared);
        let advised = comparison.recommended(&prepared);
        let values: Vec<f64> = comparison.contenders.iter().map(|contender| comparison.value(contender)).collect();
        let highest = values[1..].iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let problem = prepared.problem();
        match advised.policy {
            None => {
                for (contender, value) in comparison.contenders[1..].iter().zip(&values[1..]) {
                    let noise = 2.0 * comparison.error(&problem, contender);
                    prop_assert!(value + noise <= 0.0, "walks away from {value} ± {noise}, {}", contender.plan);
                }
            }
            Some(policy) if policy.boss == When::Now && !prepared.stage.boss_in => {
                let own = comparison.contenders.iter().zip(&values).filter(|(contender, _)| {
                    contender.policy.is_some_and(|policy| policy.boss == When::Never)
                });
                // What is worth nothing for certain is no other than leaving.
                let worth = own.filter(|(contender, value)| **value + 2.0 * comparison.error(&problem, contender) > 0.0);
                for (contender, value) in worth {
                    prop_assert!(highest - value > TIE_SHARE, "{} is as good as the boss now", contender.plan);
                }
            }
            Some(_) => {
                let best = &comparison.contenders[values.len() - 1];
                let (behind, error) = comparison.difference(&problem, best, advised);
                prop_assert!(behind <= (2.0 * error).max(TIE_SHARE), "{} is {behind} behind", advised.plan);
            }
        }
        let first = FirstAnswer::of(&prepared, &comparison);
        prop_assert_eq!(first.plan, advised.plan);
        prop_assert_ne!(first.rungs, PlanId::BestFound);
    }
}
