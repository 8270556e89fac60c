//! What the engine advises in one case of the study, in shares of the scale.

use engine::advice::InPrivate;
use engine::experiment::{PlanLedger, PlanValue, weigh};
use engine::{Options, Refusal, VERSION};
use serde::{Deserialize, Serialize};
use terms::PlanId;

use super::{Parameters, StudyCase};

/// Simulated paths a plan.
pub const SAMPLES: u32 = 4096;
/// Paths for the ledgers of one rung against the rung below, which are only looked at in the mean.
const RUNG_PATHS: usize = 1024;
/// Which rungs are held against which.
const RUNGS: [[PlanId; 2]; 4] = [
    [PlanId::Guidance, PlanId::OwnLevel],
    [PlanId::BothBosses, PlanId::Guidance],
    [PlanId::Ladder, PlanId::BothBosses],
    [PlanId::BossAtImpasse, PlanId::Guidance],
];

/// What is advised in one case: a line of the study's file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseAnswer {
    /// Which case.
    pub index: u64,
    /// The engine that said so.
    pub engine_version: String,
    /// What was drawn.
    pub parameters: Parameters,
    /// The recommended plan.
    pub recommended: PlanId,
    /// The named plan that goes by the same rungs as the recommended one.
    pub rungs: PlanId,
    /// How the recommended plan uses our boss in private; its limit is a price of the case.
    #[serde(default)]
    pub in_private: InPrivate,
    /// What each plan is worth.
    pub plans: Vec<PlanValue>,
    /// The ledgers, where they were asked for: the boss at once against the better of own level and guidance, then
    /// rung against rung.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ledgers: Vec<PlanLedger>,
}

/// The advice on a drawn case, without the rest: the plans' values and the recommendation, and, `with_ledgers`, the
/// ledgers.
pub fn answer(drawn: &StudyCase, with_ledgers: bool) -> Result<CaseAnswer, Refusal> {
    let options = Options::new(drawn.seed, SAMPLES);
    let pairs: Vec<Option<[PlanId; 2]>> =
        if with_ledgers { [None].into_iter().chain(RUNGS.map(Some)).collect() } else { Vec::new() };
    let weighed = weigh(&drawn.case, &options, &pairs, RUNG_PATHS)?;
    Ok(CaseAnswer {
        index: drawn.index,
        engine_version: VERSION.to_owned(),
        parameters: drawn.parameters,
        recommended: weighed.recommended,
        rungs: weighed.rungs,
        in_private: weighed.in_private,
        plans: weighed.plans,
        ledgers: weighed.ledgers,
    })
}

impl CaseAnswer {
    /// What a plan is worth; `None` where it can't be chosen.
    pub fn value(&self, plan: PlanId) -> Option<f64> {
        self.plans.iter().find(|value| value.plan == plan).map(|value| value.value)
    }

    /// Chance that our boss comes in as advised.
    pub fn boss_joins(&self) -> f64 {
        let advised = self.plans.iter().find(|value| value.plan == self.recommended);
        advised.map_or(0.0, |value| value.boss_joins_probability)
    }

    fn best_of(&self, plans: &[PlanId]) -> f64 {
        plans.iter().filter_map(|&plan| self.value(plan)).fold(f64::NEG_INFINITY, f64::max)
    }

    /// The boss at once, less the better of own level and guidance.
    pub fn gain_at_once(&self) -> f64 {
        self.best_of(&[PlanId::BossAtOutset]) - self.best_of(&[PlanId::OwnLevel, PlanId::Guidance])
    }

    /// The better plan that keeps the boss for last, less the boss at once.
    pub fn value_of_waiting(&self) -> f64 {
        self.best_of(&[PlanId::Ladder, PlanId::BossAtImpasse]) - self.best_of(&[PlanId::BossAtOutset])
    }

    /// The named plan that is worth most, by however little; the simplest of equals.
    pub fn highest(&self) -> PlanId {
        let named = self.plans.iter().filter(|value| value.plan != PlanId::BestFound);
        let highest = named.max_by(|a, b| a.value.total_cmp(&b.value).then(b.plan.cmp(&a.plan)));
        highest.map_or(PlanId::WalkAway, |value| value.plan)
    }

    /// The best named plan that may go upstairs in the open, less the better of own level and guidance.
    pub fn gain_of_going_up(&self) -> f64 {
        use PlanId::{BossAtImpasse, BossAtOutset, BothBosses, Guidance, HandOver, Ladder, OwnLevel};
        self.best_of(&[BothBosses, Ladder, BossAtImpasse, BossAtOutset, HandOver]) - self.best_of(&[OwnLevel, Guidance])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_the_ledgers_asked_for_and_they_add_up() {
        let drawn = StudyCase::draw(1, 3).unwrap();
        let answer = answer(&drawn, true).unwrap();
        assert_eq!(answer.ledgers.len(), 1 + RUNGS.len());
        for ledger in &answer.ledgers {
            let sum: f64 = ledger.entries.iter().map(|entry| entry.amount).sum();
            assert!((sum - ledger.difference).abs() < 1e-12, "{:?}", ledger.between);
            let [a, b] = ledger.between.map(|plan| answer.value(plan).unwrap());
            assert!((a - b - ledger.difference).abs() < 1e-12);
        }
        let options = Options::new(drawn.seed, SAMPLES);
        let whole = engine::advise(&drawn.case, &options, &|_| {}).unwrap();
        assert_eq!(whole.recommendation.plan, answer.recommended);
        let in_money = |share: f64, amount: f64| (share * drawn.parameters.scale - amount).abs() <= 1e-9 * amount.abs();
        assert!(in_money(answer.ledgers[0].difference, whole.ledger.difference));
        for (part, entry) in answer.ledgers[0].entries.iter().zip(&whole.ledger.entries) {
            assert_eq!(part.mechanism, entry.mechanism);
            assert!(in_money(part.amount, entry.amount) && in_money(part.standard_error, entry.standard_error));
        }
        let first = engine::first_answer(&drawn.case, &options).unwrap();
        assert_eq!(first.values.len(), answer.plans.len());
        for (plan, &(_, money, _)) in answer.plans.iter().zip(&first.values) {
            assert!(in_money(plan.value, money));
        }
    }

    #[test]
    fn a_line_comes_back_as_it_was_written() {
        let answer = answer(&StudyCase::draw(1, 4).unwrap(), false).unwrap();
        let line = serde_json::to_string(&answer).unwrap();
        assert_eq!(serde_json::from_str::<CaseAnswer>(&line).unwrap(), answer);
    }
}
