//! Settling subject to our boss's approval, and asking for less than all.

use proptest::prelude::*;
use terms::{Mechanism, PlanId};

use crate::assumption::Name;
use crate::case::Case;
use crate::compare::Comparison;
use crate::evaluate::Results;
use crate::plan::{Leave, Policy, When};
use crate::random::Purpose;
use crate::simulate::{Rules, Switches};
use crate::test_cases::reference;
use crate::{Flips, Options, advise};

use super::{PATHS, any_case, assume, boss_late, impasse, not_above, prepared, results, settings};

fn settle_now() -> Policy {
    Policy { approval: When::Now, ..Policy::default() }
}

/// A boss whose word costs nothing and is there at once, and a counterpart who makes nothing of its being needed.
const FREE: [(Name, f64); 5] = [
    (Name::GuidanceCost, 0.0),
    (Name::GuidanceDelay, 0.0),
    (Name::ApprovalSignal, 0.0),
    (Name::ApprovalPrecedent, 0.0),
    (Name::RefusalFreezes, 0.0),
];

/// What a policy comes to with a mechanism off.
fn without(mechanism: Mechanism, case: &Case, policy: Policy) -> Results {
    let all = (1_u16 << Mechanism::ALL.len()) - 1;
    let rules = Rules { switches: Switches::from_bits(all & !(1 << mechanism as u16)), diagnosis: None };
    prepared(case).problem().evaluate(&[policy], Purpose::Report, PATHS, rules).remove(0)
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn nothing_is_left_to_a_boss_who_may_allow_no_more(case in any_case()) {
        let mut case = case;
        case.value.boss_limit = case.value.authority;
        for policy in [settle_now(), Policy { approval: impasse(), ..boss_late() }] {
            let alone = Policy { approval: When::Never, ..policy };
            prop_assert_eq!(results(&case, policy).utilities, results(&case, alone).utilities);
        }
    }

    #[test]
    fn a_boss_who_never_approves_is_worth_nothing_and_costs_what_it_costs(case in any_case()) {
        let never = assume(&case, &[(Name::ApprovalRatified, 0.0), (Name::AbilityRatio, 1.5)]);
        let free = assume(&never, &FREE);
        prop_assert_eq!(results(&free, settle_now()).utilities, results(&free, Policy::default()).utilities);
        prop_assert!(not_above(&results(&never, settle_now()), &results(&never, Policy::default())));
    }

    #[test]
    fn with_approval_off_it_is_as_though_none_were_asked_for(case in any_case()) {
        let free = assume(&case, &FREE);
        let off = without(Mechanism::Approval, &free, settle_now());
        prop_assert_eq!(off.utilities, results(&free, Policy::default()).utilities);
    }

    #[test]
    fn a_likelier_approval_lowers_nothing_that_can_be_had(case in any_case(), chance in 0.0..0.8_f64) {
        let best = |chance: f64| {
            let prepared = prepared(&assume(&case, &[(Name::ApprovalRatified, chance)]));
            let comparison = Comparison::of(&prepared);
            let best = comparison.get(PlanId::BestFound).unwrap();
            (comparison.value(best), comparison.error(&prepared.problem(), best))
        };
        let ((rarer, _), (likelier, error)) = (best(chance), best(chance + 0.2));
        // The search runs on few paths of its own, and what it finds may be worse elsewhere by that noise.
        prop_assert!(rarer - likelier <= 0.01 + 4.0 * error, "{rarer} at {chance}, {likelier} at .2 more");
    }

    #[test]
    fn leave_that_is_never_of_use_is_leave_refused(case in any_case()) {
        let refused = assume(&case, &[(Name::GuidanceGranted, 0.0), (Name::ConditionTaken, 0.0)]);
        let on_condition = Policy { guidance: When::Now, leave: Leave::OnCondition, ..Policy::default() };
        let whole = Policy { leave: Leave::Whole, ..on_condition };
        prop_assert_eq!(results(&refused, on_condition).utilities, results(&refused, whole).utilities);
    }

    #[test]
    fn own_level_asks_for_nothing(case in any_case()) {
        let comparison = Comparison::of(&prepared(&case));
        for plan in [PlanId::OwnLevel, PlanId::BossAtOutset, PlanId::HandOver] {
            let Some(policy) = comparison.get(plan).and_then(|contender| contender.policy) else { continue };
            prop_assert_eq!((policy.guidance, policy.approval), (When::Never, When::Never), "{}", plan);
        }
        let found = comparison.get(PlanId::BestFound).unwrap();
        if found.policy.is_some_and(|policy| policy.approval != When::Never) {
            prop_assert!(found.rungs() != PlanId::OwnLevel);
        }
    }
}

/// A boss who grants nothing beforehand and approves nearly all: the guidance plan then settles subject to approval.
fn approving() -> Case {
    assume(&reference(), &[(Name::GuidanceGranted, 0.1), (Name::ApprovalRatified, 0.95), (Name::GuidanceDelay, 0.0)])
}

#[test]
fn what_approval_is_worth_stands_in_the_ledger_which_still_adds_up() {
    let ledger = Some([PlanId::Guidance, PlanId::OwnLevel]);
    let advice =
        advise(&approving(), &Options { ledger, flips: Flips::None, ..Options::new(5, 8192) }, &|_| {}).unwrap();
    let plan = advice.plans.iter().find(|plan| plan.id == PlanId::Guidance).unwrap();
    assert!(plan.in_private.subject_to_approval, "{}", plan.words);
    assert!(plan.words.contains("settle subject to your boss's approval"), "{}", plan.words);
    let approval = advice.ledger.entries.iter().find(|entry| entry.mechanism == Mechanism::Approval).unwrap();
    assert!(approval.amount > 3.0 * approval.standard_error, "{approval:?}");
    let sum: f64 = advice.ledger.entries.iter().map(|entry| entry.amount).sum();
    assert!((sum - advice.ledger.difference).abs() < 1e-9, "{sum} is not {}", advice.ledger.difference);
}

#[test]
fn they_see_that_approval_is_needed_and_that_leave_is_asked_for_they_do_not() {
    let case = assume(&reference(), &[(Name::AbilityRatio, 3.0), (Name::ApprovalRatified, 0.0)]);
    let prepared = prepared(&case);
    let moved = |policy: Policy| {
        let paths = prepared.problem().chunks(Purpose::Report, 256, |mut chunk| {
            let mut moved = false;
            while let Some((world, luck)) = chunk.next_path() {
                crate::simulate::run(&prepared.stage, world, luck, &policy, Rules::ALL, |state, _| {
                    moved |= state.mind.ability != world.mind.ability;
                });
            }
            moved
        });
        paths.into_iter().any(|moved| moved)
    };
    assert!(moved(settle_now()));
    for leave in [Leave::Part(0.5), Leave::OnCondition] {
        assert!(!moved(Policy { guidance: When::Now, leave, ..Policy::default() }));
    }
}
