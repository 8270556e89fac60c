//! Which plans can still be chosen.

use terms::PlanId;

use crate::record::Guidance;
use crate::simulate::Stage;

/// Why a plan can no longer be chosen; `None` where it can.
pub fn unavailable_because(plan: PlanId, stage: &Stage) -> Option<&'static str> {
    use PlanId::{BossAtImpasse, BossAtOutset, BothBosses, Guidance as AskGuidance, HandOver, Ladder, OwnLevel};
    if stage.handed_over {
        return match plan {
            PlanId::WalkAway | HandOver | PlanId::BestFound => None,
            OwnLevel | AskGuidance | BothBosses | Ladder | BossAtImpasse | BossAtOutset => {
                Some("your boss has taken the negotiation over")
            }
        };
    }
    if stage.boss_in {
        return match plan {
            AskGuidance => Some("your boss is in the room, and needs no asking"),
            BothBosses | Ladder | BossAtImpasse => Some("your boss is already in the room"),
            PlanId::WalkAway | OwnLevel | BossAtOutset | HandOver | PlanId::BestFound => None,
        };
    }
    match plan {
        AskGuidance if stage.guidance != Guidance::NotAsked => Some("you have asked your boss; the answer is in force"),
        BothBosses if stage.proposed => Some("taking it to both bosses has been proposed"),
        AskGuidance
        | BothBosses
        | PlanId::WalkAway
        | OwnLevel
        | Ladder
        | BossAtImpasse
        | BossAtOutset
        | HandOver
        | PlanId::BestFound => None,
    }
}
