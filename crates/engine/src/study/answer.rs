//! What the engine advises in one case of the study, in shares of the scale.

use serde::{Deserialize, Serialize};
use terms::{Mechanism, PlanId};

use crate::advice::Ledger;
use crate::compare::{Comparison, Contender, FirstAnswer, Prepared};
use crate::ledger::{ledger, ledger_on};
use crate::scale::Scale;
use crate::{Options, Refusal, VERSION};

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
    /// What each plan is worth.
    pub plans: Vec<PlanValue>,
    /// The ledgers, where they were asked for: the boss at once against the better of own level and guidance, then
    /// rung against rung.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ledgers: Vec<PlanLedger>,
}

/// What one plan is worth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanValue {
    /// The plan.
    pub plan: PlanId,
    /// Its value.
    pub value: f64,
    /// The standard error of that.
    pub standard_error: f64,
    /// Chance of a deal.
    pub agreement_probability: f64,
    /// Chance that our boss comes in.
    pub boss_joins_probability: f64,
}

/// One plan against another, mechanism by mechanism.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanLedger {
    /// The two plans, a then b.
    pub between: [PlanId; 2],
    /// Value of a less value of b.
    pub difference: f64,
    /// What each mechanism adds to it.
    pub entries: Vec<LedgerPart>,
}

/// What one mechanism adds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LedgerPart {
    /// The mechanism.
    pub mechanism: Mechanism,
    /// What it adds (+) or takes (-).
    pub amount: f64,
    /// The standard error of that.
    pub standard_error: f64,
}

/// The advice on a drawn case, without the rest: the plans' values and the recommendation, and, `with_ledgers`, the
/// ledgers.
pub fn answer(drawn: &StudyCase, with_ledgers: bool) -> Result<CaseAnswer, Refusal> {
    let options = Options { seed: drawn.seed, samples: SAMPLES, as_of: None, ledger: None };
    let prepared = Prepared::new(&drawn.case, &options)?;
    let comparison = Comparison::of(&prepared);
    let first = FirstAnswer::of(&prepared, &comparison);
    let problem = prepared.problem();
    let value = |contender: &Contender| PlanValue {
        plan: contender.plan,
        value: comparison.value(contender),
        standard_error: comparison.error(&problem, contender),
        agreement_probability: contender.results.deals as f64 / prepared.samples as f64,
        boss_joins_probability: contender.results.boss_in as f64 / prepared.samples as f64,
    };
    let mut ledgers = Vec::new();
    if with_ledgers {
        ledgers.push(ledger(&prepared, &comparison, None).map_err(Refusal::Options)?);
        for pair in RUNGS {
            ledgers.push(ledger_on(&prepared, &comparison, Some(pair), RUNG_PATHS).map_err(Refusal::Options)?);
        }
    }
    Ok(CaseAnswer {
        index: drawn.index,
        engine_version: VERSION.to_owned(),
        parameters: drawn.parameters,
        recommended: first.plan,
        rungs: first.rungs,
        plans: comparison.contenders.iter().map(value).collect(),
        ledgers: ledgers.iter().map(|ledger| in_shares(ledger, &prepared.scale)).collect(),
    })
}

fn in_shares(ledger: &Ledger, scale: &Scale) -> PlanLedger {
    let part = |entry: &crate::advice::LedgerEntry| LedgerPart {
        mechanism: entry.mechanism,
        amount: scale.share_of_money(entry.amount),
        standard_error: scale.share_of_money(entry.standard_error),
    };
    PlanLedger {
        between: ledger.between,
        difference: scale.share_of_money(ledger.difference),
        entries: ledger.entries.iter().map(part).collect(),
    }
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
    fn an_answer_is_the_first_answer_and_its_ledgers_add_up() {
        let drawn = StudyCase::draw(1, 3).unwrap();
        let answer = answer(&drawn, true).unwrap();
        let options = Options { seed: drawn.seed, samples: SAMPLES, as_of: None, ledger: None };
        let first = crate::first_answer(&drawn.case, &options).unwrap();
        assert_eq!((answer.recommended, answer.plans.len()), (first.plan, first.values.len()));
        for (plan, &(_, money, _)) in answer.plans.iter().zip(&first.values) {
            assert!((Scale::of(&drawn.case).money(plan.value) - money).abs() <= 1e-9 * money.abs());
        }
        assert_eq!(answer.ledgers.len(), 1 + RUNGS.len());
        for ledger in &answer.ledgers {
            let sum: f64 = ledger.entries.iter().map(|entry| entry.amount).sum();
            assert!((sum - ledger.difference).abs() < 1e-12, "{:?}", ledger.between);
            let [a, b] = ledger.between.map(|plan| answer.value(plan).unwrap());
            assert!((a - b - ledger.difference).abs() < 1e-12);
        }
        let whole = crate::advise(&drawn.case, &options, &|_| {}).unwrap();
        assert_eq!(in_shares(&whole.ledger, &Scale::of(&drawn.case)), answer.ledgers[0]);
        assert_eq!(whole.recommendation.plan, answer.recommended);
    }

    #[test]
    fn a_line_comes_back_as_it_was_written() {
        let answer = answer(&StudyCase::draw(1, 4).unwrap(), false).unwrap();
        let line = serde_json::to_string(&answer).unwrap();
        assert_eq!(serde_json::from_str::<CaseAnswer>(&line).unwrap(), answer);
    }
}
