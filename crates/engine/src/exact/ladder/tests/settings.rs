//! The small games that the simulator is held to.

use terms::Quantity;

use crate::assumption::Name;
use crate::case::Case;

/// What makes one small game: the rest is as in `still`.
#[derive(Clone, Copy)]
pub struct Setting {
    pub name: &'static str,
    pub rounds: u32,
    pub limit: f64,
    pub full_authority: f64,
    pub shortfall: f64,
    pub changes: &'static [(Name, f64)],
}

pub const SETTINGS: [Setting; 11] = [
    Setting { name: "freezes and stretches", rounds: 4, limit: 0.7, full_authority: 1.0, shortfall: 0.5, changes: &[] },
    Setting {
        name: "guidance",
        rounds: 5,
        limit: 0.6,
        full_authority: 1.0,
        shortfall: 0.5,
        changes: &[(Name::GuidanceDelay, 0.6), (Name::GuidanceCost, 0.01)],
    },
    Setting {
        name: "a proposal that frees",
        rounds: 5,
        limit: 0.9,
        full_authority: 0.1,
        shortfall: 0.9,
        changes: &[(Name::UnlockGap, 1.0), (Name::BossLimit, 40.0), (Name::BossTimeCost, 10.0)],
    },
    Setting {
        name: "a boss who frees",
        rounds: 5,
        limit: 0.9,
        full_authority: 0.1,
        shortfall: 0.9,
        changes: &[(Name::UnlockBase, -3.0), (Name::BossLimit, 40.0)],
    },
    Setting {
        name: "a boss who signals",
        rounds: 6,
        limit: 0.8,
        full_authority: 0.5,
        shortfall: 0.6,
        changes: &[(Name::AbilityRatio, 2.5), (Name::TroubleRatio, 4.0), (Name::BossLimit, 38.0)],
    },
    Setting {
        name: "the whole ladder, with a future",
        rounds: 6,
        limit: 0.8,
        full_authority: 0.3,
        shortfall: 0.8,
        changes: &[(Name::LaterDeals, 4.0), (Name::GuidanceGranted, 0.5)],
    },
    Setting {
        name: "dear rounds, and a boss who had better come early",
        rounds: 6,
        limit: 0.9,
        full_authority: 0.6,
        shortfall: 0.6,
        changes: &[
            (Name::DelayCostPerRound, 3.0),
            (Name::BossSkill, 0.3),
            (Name::SkillNeedsTime, 0.8),
            (Name::LaterDeals, 1.0),
            (Name::CrossDealGain, 0.1),
        ],
    },
    Setting {
        name: "a boss who ratifies what they would not grant",
        rounds: 5,
        limit: 0.6,
        full_authority: 1.0,
        shortfall: 0.5,
        changes: &[(Name::GuidanceGranted, 0.3), (Name::ApprovalRatified, 0.95), (Name::DelayCostPerRound, 1.5)],
    },
    Setting {
        name: "leave in part that is not enough, then approval",
        rounds: 6,
        limit: 0.5,
        full_authority: 0.4,
        shortfall: 0.5,
        changes: &[(Name::BossLimit, 25.0), (Name::GuidanceGranted, 0.4), (Name::PartialLeaveGain, 0.9)],
    },
    Setting {
        name: "leave on a condition that they are glad to take",
        rounds: 5,
        limit: 0.35,
        full_authority: 1.0,
        shortfall: 0.5,
        changes: &[
            (Name::GuidanceGranted, 0.1),
            (Name::ConditionalLeaveGain, 0.9),
            (Name::ConditionTaken, 0.9),
            (Name::BossLimit, 25.0),
            (Name::ApprovalRatified, 0.3),
        ],
    },
    Setting {
        name: "an approval that shows much, with a future",
        rounds: 6,
        limit: 0.8,
        full_authority: 0.3,
        shortfall: 0.8,
        changes: &[
            (Name::LaterDeals, 4.0),
            (Name::ApprovalSignal, 1.0),
            (Name::AbilityRatio, 3.0),
            (Name::ApprovalPrecedent, 0.4),
            (Name::RefusalFreezes, 0.4),
        ],
    },
];

/// Writes a number where a case has it.
pub fn set(case: &mut Case, name: Name, value: Quantity<f64>) {
    match name {
        Name::Authority => case.value.authority = Some(value),
        Name::BossLimit => case.value.boss_limit = Some(value),
        Name::EscalationCost => case.counterpart.cost_of_escalating = Some(value),
        Name::BossTimeCost => case.boss.time_cost = Some(value),
        Name::BossSkill => case.boss.skill = Some(value),
        Name::LaterDeals => case.future.later_deals = Some(value),
        Name::ValuePerDeal => case.future.value_per_deal = Some(value),
        Name::DelayCostPerRound => case.time.cost_of_delay_per_round = Some(value),
        _ => drop(case.assumptions.insert(name, value)),
    }
}
