//! What many answers say together.

use serde::Serialize;
use terms::{Mechanism, PlanId};

use engine::VERSION;
use engine::experiment::PlanLedger;

use super::map::{PAIRS, every_plan};
use super::tally::{influence, plan_mean, rounded};
use super::{
    AXES, Axis, CaseAnswer, DISTRIBUTION, Estimate, Frequencies, Influence, Map, PARAMETERS, Parameter, PlanMean,
    Profile, SAMPLES,
};

/// What was run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Setting {
    /// Cases drawn.
    pub cases: u64,
    /// Of them, those with ledgers: the first.
    pub ledgers: u64,
    /// Seed of the draws.
    pub seed: u64,
}

/// What many answers say together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// What was run.
    pub setting: Setting,
    /// Version of the engine.
    pub engine_version: &'static str,
    /// Version of the distribution.
    pub distribution: u32,
    /// Simulated paths a plan.
    pub samples: u32,
    /// What was drawn, and from what.
    pub parameters: Vec<Parameter>,
    /// All cases.
    pub all: Frequencies,
    /// Those in which the advice is not to walk away.
    pub without_walk_away: Frequencies,
    /// What each plan is worth beyond own level.
    pub plans: Vec<PlanMean>,
    /// The named plans from the one worth most to the one worth least.
    pub order_by_value: Vec<PlanId>,
    /// The named plans by how often their rungs are advised, the most frequent first.
    pub order_by_frequency: Vec<PlanId>,
    /// The mean ledgers: the boss at once against the better of own level and guidance, then rung against rung.
    pub ledgers: Vec<MeanLedger>,
    /// How much of the spread between cases each parameter explains, the most first.
    pub influences: Vec<Influence>,
    /// Two-way maps.
    pub maps: Vec<Map>,
    /// One-way profiles.
    pub profiles: Vec<Profile>,
}

/// A ledger in the mean over cases, in shares of the scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeanLedger {
    /// The plan that is held against another.
    pub plan: PlanId,
    /// The other: the better of these in each case.
    pub against: Vec<PlanId>,
    /// Over how many cases.
    pub count: usize,
    /// The plan less the other.
    pub difference: Estimate,
    /// What each mechanism adds, in the order of the ledger.
    pub entries: Vec<MeanPart>,
}

/// What one mechanism adds in the mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MeanPart {
    /// The mechanism.
    pub mechanism: Mechanism,
    /// What it adds (+) or takes (-).
    #[serde(serialize_with = "rounded")]
    pub mean: f64,
    /// The standard error of that.
    #[serde(serialize_with = "rounded")]
    pub standard_error: f64,
}

impl Summary {
    /// Of `answers` in the order of their indices; only the first `setting.ledgers` count for ledgers.
    pub fn of(answers: &[CaseAnswer], setting: Setting) -> Self {
        let all: Vec<&CaseAnswer> = answers.iter().collect();
        let goes_on = |answer: &&CaseAnswer| answer.recommended != PlanId::WalkAway && answer.rungs != PlanId::WalkAway;
        let without: Vec<&CaseAnswer> = answers.iter().filter(goes_on).collect();
        let all = Frequencies::of(&all);
        let plans: Vec<PlanMean> = every_plan().into_iter().map(|plan| plan_mean(answers, plan)).collect();
        let mut influences: Vec<Influence> = AXES.iter().map(|axis| influence(answers, axis)).collect();
        influences.sort_by(|a, b| b.of_gain_at_once.total_cmp(&a.of_gain_at_once));
        let pair = |[rows, columns]: [&str; 2]| Some(Map::of(answers, Axis::named(rows)?, Axis::named(columns)?));
        Self {
            setting,
            engine_version: VERSION,
            distribution: DISTRIBUTION,
            samples: SAMPLES,
            parameters: PARAMETERS.to_vec(),
            order_by_value: order(plans.iter().map(|plan| (plan.plan, plan.beyond_own_level))),
            order_by_frequency: order(all.rungs.iter().map(|share| (share.plan, share.share))),
            all,
            without_walk_away: Frequencies::of(&without),
            plans,
            ledgers: mean_ledgers(answers, setting.ledgers),
            influences,
            maps: PAIRS.into_iter().filter_map(pair).collect(),
            profiles: AXES.iter().map(|axis| Profile::of(answers, axis)).collect(),
        }
    }
}

/// Named plans, the largest figure first; ties in the order given.
fn order(figures: impl Iterator<Item = (PlanId, f64)>) -> Vec<PlanId> {
    let mut figures: Vec<(PlanId, f64)> = figures.filter(|(plan, _)| *plan != PlanId::BestFound).collect();
    figures.sort_by(|a, b| b.1.total_cmp(&a.1));
    figures.into_iter().map(|(plan, _)| plan).collect()
}

/// The first ledger of each case together, the second, and so on.
fn mean_ledgers(answers: &[CaseAnswer], ledgers: u64) -> Vec<MeanLedger> {
    let with: Vec<&[PlanLedger]> =
        answers.iter().filter(|answer| answer.index < ledgers).map(|answer| answer.ledgers.as_slice()).collect();
    let each = with.iter().map(|ledgers| ledgers.len()).min().unwrap_or(0);
    (0..each).map(|place| mean_ledger(&with.iter().map(|ledgers| &ledgers[place]).collect::<Vec<_>>())).collect()
}

fn mean_ledger(ledgers: &[&PlanLedger]) -> MeanLedger {
    let mut against: Vec<PlanId> = ledgers.iter().map(|ledger| ledger.between[1]).collect();
    against.sort_unstable();
    against.dedup();
    let part = |mechanism: Mechanism| {
        let amount = |ledger: &&PlanLedger| {
            ledger.entries.iter().find(|entry| entry.mechanism == mechanism).map_or(0.0, |entry| entry.amount)
        };
        let Estimate { mean, standard_error } = Estimate::of(&ledgers.iter().map(amount).collect::<Vec<f64>>());
        MeanPart { mechanism, mean, standard_error }
    };
    MeanLedger {
        plan: ledgers.first().map_or(PlanId::BossAtOutset, |ledger| ledger.between[0]),
        against,
        count: ledgers.len(),
        difference: Estimate::of(&ledgers.iter().map(|ledger| ledger.difference).collect::<Vec<f64>>()),
        entries: Mechanism::ALL.iter().copied().map(part).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{Cell, StudyCase, answer};

    #[test]
    fn a_summary_counts_every_case_once_everywhere() {
        let answers: Vec<CaseAnswer> =
            (0..12).map(|index| answer(&StudyCase::draw(1, index).unwrap(), index < 2).unwrap()).collect();
        let summary = Summary::of(&answers, Setting { cases: 12, ledgers: 2, seed: 1 });
        let all = &summary.all;
        assert_eq!(all.count, 12);
        for shares in [&all.recommended, &all.rungs, &all.highest] {
            assert_eq!(shares.iter().map(|share| share.count).sum::<usize>(), 12);
        }
        let whole = |cell: &Cell| {
            for shares in [&cell.recommended, &cell.rungs] {
                assert!(cell.count == 0 || (shares.values().sum::<f64>() - 1.0).abs() < 1e-5);
            }
            assert!(cell.count == 0 || (cell.boss_comes.values().sum::<f64>() - 1.0).abs() < 1e-5);
            cell.count
        };
        for map in &summary.maps {
            assert_eq!(map.cells.iter().flatten().map(whole).sum::<usize>(), 12);
        }
        for profile in &summary.profiles {
            assert_eq!(profile.cells.iter().map(whole).sum::<usize>(), 12);
        }
        assert_eq!((summary.maps.len(), summary.ledgers.len(), summary.ledgers[0].count), (5, 5, 2));
        for ledger in &summary.ledgers {
            let sum: f64 = ledger.entries.iter().map(|entry| entry.mean).sum();
            assert!((sum - ledger.difference.mean).abs() < 1e-12);
        }
    }
}
