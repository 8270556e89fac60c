//! Leave granted in private: it need not be used, and never lowers what a course is worth.

use proptest::prelude::*;
use terms::Quantity;

use crate::assumption::Name;
use crate::case::Case;
use crate::compare::{Comparison, TIE_SHARE};
use crate::plan::Policy;
use crate::{Flips, Options, advise};

use super::{any_case, assume, prepared, results, settings};

proptest! {
    #![proptest_config(settings())]

    // Approval aside: it settles at once what leave is for, and with leave no course does before the last word, which costs
    // where a round is dear and they come to meet us early.
    #[test]
    fn leave_never_lowers_what_the_course_advised_is_worth(case in any_case(), share in 0.0..1.0_f64) {
        let case = assume(&case, &[(Name::ApprovalRatified, 0.0)]);
        let authority = case.value.authority.map_or(0.0, Quantity::likely);
        let boss = case.value.boss_limit.map_or(0.0, Quantity::likely);
        let mut with = case.clone();
        with.value.leave = Some(authority + share * (boss - authority));
        let worth = |case: &Case| {
            let prepared = prepared(case);
            let comparison = Comparison::of(&prepared);
            let advised = comparison.recommended(&prepared);
            (comparison.value(advised), comparison.error(&prepared.problem(), advised))
        };
        let ((with, error), (without, _)) = (worth(&with), worth(&case));
        // Either may be advised though another is better by a tie.
        prop_assert!(with - without > -TIE_SHARE - 2.0 * error, "{with} ± {error} against {without}");
    }

    #[test]
    fn each_step_of_leave_buys_something_or_nothing(case in any_case()) {
        let options = Options { flips: Flips::None, ..Options::new(5, 4096) };
        let advice = advise(&case, &options, &|_| {}).unwrap();
        for pair in advice.leave_curve.windows(2) {
            prop_assert!(pair[1].limit < pair[0].limit, "{pair:?}");
            prop_assert!(pair[1].value >= pair[0].value - 1e-9, "{pair:?}");
            }
        if let (Some(first), Some(last)) = (advice.leave_curve.first(), advice.leave_curve.last()) {
            let asked = advice.leave_curve.iter().find(|point| point.limit == advice.guidance_point.ask_for).unwrap();
            prop_assert!(asked.value - first.value >= 0.9 * (last.value - first.value) - 1e-9);
        }
    }
}

/// A leave that is asked about in the case: what was planned to be asked stays, and what may be taken widens.
#[test]
fn leave_on_record_is_for_accepting_and_not_for_asking() {
    let case = crate::test_cases::reference();
    let allowed = Case { value: crate::case::Stakes { leave: Some(15.0), ..case.value.clone() }, ..case.clone() };
    let planned: Case = {
        let mut planned = case.clone();
        planned.value.authority = Some(Quantity::Known(15.0));
        planned
    };
    let mean = |case: &Case| results(case, Policy::default()).mean();
    assert!(mean(&allowed) > mean(&case), "what may be taken is taken");
    assert!(mean(&allowed) > mean(&planned), "asks that drift to the new limit give it away");
}
