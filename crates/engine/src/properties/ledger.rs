//! With all mechanisms off no plan differs from another; one that is never set off is worth nothing.

use proptest::prelude::*;
use terms::{Mechanism, PlanId};

use crate::advice::PlanReport;
use crate::plan::{Leave, Policy, When};
use crate::random::Purpose;
use crate::simulate::{Rules, Switches};
use crate::{Options, advise};

use super::{OPTIONS, any_case, ask_now, boss_now, impasse, prepared, propose, settings};

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn with_all_mechanisms_off_no_plan_differs(case in any_case()) {
        let prepared = prepared(&case);
        let off = Rules { switches: Switches::from_bits(0), diagnosis: None };
        let policies = [
            Policy::default(), ask_now(), propose(), boss_now(),
            Policy { boss: impasse(), boss_last: true, ..propose() },
            Policy { takes_over: true, ..boss_now() },
            Policy { approval: When::Now, ..Policy::default() },
            Policy { leave: Leave::OnCondition, approval: impasse(), ..propose() },
        ];
        let results = prepared.problem().evaluate(&policies, Purpose::Report, 1024, off);
        for other in &results[1..] {
            prop_assert_eq!(&other.utilities, &results[0].utilities);
        }
    }

    #[test]
    fn a_mechanism_that_is_never_set_off_is_worth_nothing(case in any_case()) {
        let options = Options { ledger: Some([PlanId::Guidance, PlanId::OwnLevel]), ..OPTIONS };
        let advice = advise(&case, &options, &|_| {}).unwrap();
        let settles = |plan: &PlanReport| plan.id == PlanId::Guidance && plan.in_private.subject_to_approval;
        let settles = advice.plans.iter().any(settles);
        for entry in advice.ledger.entries {
            let by_approval =
                [Mechanism::Approval, Mechanism::Ability, Mechanism::Trouble, Mechanism::Precedent].contains(&entry.mechanism);
            let set_off = matches!(entry.mechanism, Mechanism::Authority | Mechanism::TimeAndCost | Mechanism::Pace)
                || (settles && by_approval);
            prop_assert!(set_off || entry.amount == 0.0, "{} is worth {}", entry.mechanism, entry.amount);
        }
    }
}
