//! Where the advice flips: cases sorted by two parameters at once, or by one.

use std::collections::BTreeMap;

use serde::Serialize;
use terms::PlanId;

use engine::TIE_SHARE;

use super::tally::{entry_shares, plan_shares, to_six_digits};
use super::{Axis, BossComes, CaseAnswer, EntryShare, Estimate, PlanShare};

/// The pairs that are mapped: rows, then columns.
pub(super) const PAIRS: [[&str; 2]; 5] = [
    ["authority_gap", "importance_ratio"],
    ["later_deals", "call_rate"],
    ["chance_of_zopa", "escalation_cost"],
    ["boss_skill", "rounds_left"],
    // Added once the others had been looked at.
    ["room", "boss_skill"],
];

/// An axis as it was used.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// Its name.
    pub key: &'static str,
    /// What it is.
    pub label: &'static str,
    /// Edges between bins.
    pub edges: &'static [f64],
    /// The bins in words.
    pub bins: &'static [&'static str],
}

impl From<&Axis> for Bin {
    fn from(axis: &Axis) -> Self {
        Self { key: axis.key, label: axis.label, edges: axis.edges, bins: axis.bins }
    }
}

/// How often what is advised, with standard errors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Frequencies {
    /// Of so many cases.
    pub count: usize,
    /// How often each plan is recommended.
    pub recommended: Vec<PlanShare>,
    /// How often each named plan's rungs are, the best found counted with the named plan whose rungs it goes.
    pub rungs: Vec<PlanShare>,
    /// How often each named plan is worth most, by however little.
    pub highest: Vec<PlanShare>,
    /// When the boss comes in.
    pub boss_comes: Vec<EntryShare>,
    /// The boss at once less the better of own level and guidance, in shares of the scale.
    pub gain_at_once: Estimate,
    /// The best plan that may go up in the open less the same.
    pub gain_of_going_up: Estimate,
    /// The better plan that keeps the boss for last less the boss at once.
    pub value_of_waiting: Estimate,
    /// Chance that the boss comes in at all as advised.
    pub boss_joins: Estimate,
    /// In what share of the cases the boss at once is worth more than own level and guidance, beyond a tie.
    pub at_once_better: Estimate,
}

impl Frequencies {
    pub(super) fn of(answers: &[&CaseAnswer]) -> Self {
        let gains =
            |of: fn(&CaseAnswer) -> f64| Estimate::of(&answers.iter().map(|answer| of(answer)).collect::<Vec<f64>>());
        Self {
            count: answers.len(),
            recommended: plan_shares(answers, &every_plan(), |answer| answer.recommended),
            rungs: plan_shares(answers, &PlanId::NAMED, |answer| answer.rungs),
            highest: plan_shares(answers, &PlanId::NAMED, CaseAnswer::highest),
            boss_comes: entry_shares(answers),
            gain_at_once: gains(CaseAnswer::gain_at_once),
            gain_of_going_up: gains(CaseAnswer::gain_of_going_up),
            value_of_waiting: gains(CaseAnswer::value_of_waiting),
            boss_joins: gains(CaseAnswer::boss_joins),
            at_once_better: Estimate::of_share(
                answers.iter().filter(|answer| answer.gain_at_once() > TIE_SHARE).count(),
                answers.len(),
            ),
        }
    }
}

/// The cases that fall together: the same in brief. A share s of n cases has standard error sqrt(s (1 - s) / n), and
/// what never happens is left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// How many cases there are.
    pub count: usize,
    /// In what share of them each plan is recommended.
    pub recommended: BTreeMap<PlanId, f64>,
    /// In what share each named plan's rungs are.
    pub rungs: BTreeMap<PlanId, f64>,
    /// In what share the boss comes in when.
    pub boss_comes: BTreeMap<BossComes, f64>,
    /// The boss at once less the better of own level and guidance, in shares of the scale.
    pub gain_at_once: Estimate,
    /// The best plan that may go up in the open less the same.
    pub gain_of_going_up: Estimate,
}

impl Cell {
    fn of(answers: &[&CaseAnswer]) -> Self {
        let whole = Frequencies::of(answers);
        let shares = |shares: &[PlanShare]| {
            let some = shares.iter().filter(|share| share.count > 0);
            some.map(|share| (share.plan, to_six_digits(share.share))).collect()
        };
        let some = whole.boss_comes.iter().filter(|share| share.count > 0);
        Self {
            count: whole.count,
            recommended: shares(&whole.recommended),
            rungs: shares(&whole.rungs),
            boss_comes: some.map(|share| (share.boss_comes, to_six_digits(share.share))).collect(),
            gain_at_once: whole.gain_at_once,
            gain_of_going_up: whole.gain_of_going_up,
        }
    }
}

/// The named plans and the best found.
pub(super) fn every_plan() -> Vec<PlanId> {
    PlanId::NAMED.into_iter().chain([PlanId::BestFound]).collect()
}

/// Cases sorted by two parameters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Map {
    /// What rows stand for.
    pub rows: Bin,
    /// What columns stand for.
    pub columns: Bin,
    /// The cells, row by row.
    pub cells: Vec<Vec<Cell>>,
}

impl Map {
    pub(super) fn of(answers: &[CaseAnswer], rows: &Axis, columns: &Axis) -> Self {
        let mut sorted = vec![vec![Vec::new(); columns.bins.len()]; rows.bins.len()];
        for answer in answers {
            sorted[rows.bin(&answer.parameters)][columns.bin(&answer.parameters)].push(answer);
        }
        let cells = sorted.iter().map(|row| row.iter().map(|cell| Cell::of(cell)).collect()).collect();
        Self { rows: rows.into(), columns: columns.into(), cells }
    }
}

/// Cases sorted by one parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
    /// What they are sorted by.
    pub axis: Bin,
    /// The cells.
    pub cells: Vec<Cell>,
}

impl Profile {
    pub(super) fn of(answers: &[CaseAnswer], axis: &Axis) -> Self {
        let mut sorted = vec![Vec::new(); axis.bins.len()];
        for answer in answers {
            sorted[axis.bin(&answer.parameters)].push(answer);
        }
        Self { axis: axis.into(), cells: sorted.iter().map(|cell| Cell::of(cell)).collect() }
    }
}
