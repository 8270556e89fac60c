//! What the boss wins works on what is left to bargain over when they come.

use proptest::prelude::*;
use terms::Mechanism;

use crate::assumption::Name;
use crate::case::Case;
use crate::random::Purpose;
use crate::simulate::{Outcome, Rules, Switches, run};

use super::{any_case, assume, boss_late, boss_now, prepared, settings};

/// The ends of the same paths with the boss early and late, where winning is all that the boss does: so that nothing
/// else differs.
fn early_and_late(case: &Case) -> Vec<[(Outcome, f64); 2]> {
    let wins = [Mechanism::Skill, Mechanism::CrossDeal].iter().fold(0, |set, &one| set | 1 << one as u16);
    let rules = Rules { switches: Switches::from_bits(wins), diagnosis: None };
    let prepared = prepared(case);
    let paths = prepared.problem().chunks(Purpose::Report, 1024, |mut chunk| {
        let mut ends = Vec::new();
        while let Some((world, luck)) = chunk.next_path() {
            ends.push([boss_now(), boss_late()].map(|policy| {
                let end = run(&prepared.stage, world, luck, &policy, rules, |_, _| {});
                (end, end.value(world, rules.switches))
            }));
        }
        ends
    });
    paths.concat()
}

fn winning(case: &Case, needs_time: f64) -> Case {
    // Their steps back widen the gap again, and a boss who came late would meet more of it.
    let changes = [(Name::BossSkill, 0.2), (Name::SkillNeedsTime, needs_time), (Name::RetractionChance, 0.0)];
    assume(case, &changes)
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn a_boss_who_comes_late_wins_less(case in any_case(), needs_time in 0.1..1.0_f64) {
        let ends = early_and_late(&winning(&case, needs_time));
        let (mut dealt, mut lost) = (0, 0.0);
        for [(_, early), (end, late)] in ends {
            prop_assert!(late <= early + 1e-12, "{late} late, {early} early");
            if end.boss_in && end.amount.is_some() {
                dealt += 1;
                lost += early - late;
            }
        }
        prop_assert!(dealt < 20 || lost > 0.0);
    }

    #[test]
    fn a_boss_who_needs_no_time_wins_in_full_however_late(case in any_case()) {
        for [(_, early), (end, late)] in early_and_late(&winning(&case, 0.0)) {
            prop_assert!(!end.boss_in || early == late, "{late} late, {early} early");
        }
    }
}
