//! The boss at the outset falls in the strength of each signal and rises in skill.

use proptest::prelude::*;

use crate::assumption::Name;

use super::{any_case, assume, boss_now, not_above, results, settings};

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn the_boss_now_falls_in_each_signal(case in any_case(), which in 0..4_usize, more in 1.2..5.0_f64) {
        let name = [Name::ImportanceEarly, Name::ImportanceLate, Name::TroubleRatio, Name::AbilityRatio][which];
        let mut case = case;
        case.boss.already_expected = false;
        // Without offers the record says nothing of these, so that the same counterparts are faced both times.
        case.offers.clear();
        let quiet = assume(&case, &[(Name::ClosingBonus, 0.0), (name, 1.0)]);
        let loud = assume(&quiet, &[(name, more)]);
        prop_assert!(not_above(&results(&loud, boss_now()), &results(&quiet, boss_now())), "{name}");
    }

    #[test]
    fn the_boss_now_rises_in_skill(case in any_case(), more in 0.05..0.5_f64) {
        let plain = assume(&case, &[(Name::BossSkill, 0.0)]);
        let skilled = assume(&case, &[(Name::BossSkill, more)]);
        let (plain, skilled) = (results(&plain, boss_now()), results(&skilled, boss_now()));
        let each = plain.utilities.iter().zip(&skilled.utilities).all(|(plain, skilled)| *skilled >= plain - 1e-12);
        prop_assert!(each, "on every path");
    }
}
