//! The advice on a case without the rest of it: plans and ledgers in shares of the scale.

use serde::{Deserialize, Serialize};

use terms::{Mechanism, PlanId};

use crate::advice::{InPrivate, Ledger, LedgerEntry};
use crate::case::Case;
use crate::compare::{Comparison, Contender, FirstAnswer, Prepared};
use crate::ledger::{ledger, ledger_on};
use crate::scale::Scale;
use crate::words::Wording;
use crate::{Options, Refusal};

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

/// A case weighed: every amount in shares of the scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// The recommended plan.
    pub recommended: PlanId,
    /// The named plan that goes by the same rungs as the recommended one.
    pub rungs: PlanId,
    /// How the recommended plan uses our boss in private.
    pub in_private: InPrivate,
    /// What each plan is worth.
    pub plans: Vec<PlanValue>,
    /// The ledgers asked for, in their order.
    pub ledgers: Vec<PlanLedger>,
}

/// Weighs the plans for `case`, and the ledgers between such pairs of them: `None` stands for the pair that an advice
/// shows, on as many paths as there; the others take `paths`.
pub fn weigh(case: &Case, options: &Options, pairs: &[Option<[PlanId; 2]>], paths: usize) -> Result<Weighed, Refusal> {
    let prepared = Prepared::new(case, options)?;
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
    for pair in pairs {
        let found = match pair {
            None => ledger(&prepared, &comparison, None),
            Some(_) => ledger_on(&prepared, &comparison, *pair, paths),
        };
        ledgers.push(in_shares(&found.map_err(Refusal::Options)?, &prepared.scale));
    }
    let advised = comparison.recommended(&prepared).policy;
    Ok(Weighed {
        recommended: first.plan,
        rungs: first.rungs,
        in_private: advised.map(|policy| Wording::new(&prepared, case).in_private(&policy)).unwrap_or_default(),
        plans: comparison.contenders.iter().map(value).collect(),
        ledgers,
    })
}

fn in_shares(ledger: &Ledger, scale: &Scale) -> PlanLedger {
    let part = |entry: &LedgerEntry| LedgerPart {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_cases::reference;

    #[test]
    fn what_is_weighed_is_the_first_answer_and_the_ledger_of_the_advice_in_shares() {
        let case = reference();
        let options = Options::new(3, 4096);
        let whole = crate::advise(&case, &options, &|_| {}).unwrap();
        let weighed = weigh(&case, &options, &[Some(whole.ledger.between)], 4096).unwrap();
        let scale = Scale::of(&case);
        let first = crate::first_answer(&case, &options).unwrap();
        assert_eq!((weighed.recommended, weighed.plans.len()), (first.plan, first.values.len()));
        for (plan, &(_, money, _)) in weighed.plans.iter().zip(&first.values) {
            assert!((scale.money(plan.value) - money).abs() <= 1e-9 * money.abs());
        }
        assert_eq!(in_shares(&whole.ledger, &scale), weighed.ledgers[0]);
        assert_eq!(whole.recommendation.plan, weighed.recommended);
        assert_eq!(whole.recommendation.in_private, weighed.in_private);
    }
}
