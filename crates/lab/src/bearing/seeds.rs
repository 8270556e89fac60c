//! The same case under many seeds: how far what is advised and what each plan is worth depend on them, against the errors
//! that are stated.

use engine::experiment::weigh;
use engine::{Options, Refusal};
use serde::Serialize;
use terms::PlanId;

use crate::study::StudyCase;

/// One plan of one case over the seeds; amounts are shares of the scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PlanSpread {
    /// Which plan.
    pub plan: PlanId,
    /// Standard deviation of its value over the seeds.
    pub spread: f64,
    /// The stated standard error, root mean square over the seeds.
    pub stated: f64,
}

/// One case over the seeds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeedTrial {
    /// Number of the case.
    pub index: u64,
    /// What each seed advises.
    pub advised: Vec<PlanId>,
    /// Its plans.
    pub plans: Vec<PlanSpread>,
}

/// Case `index` under `seeds` seeds.
pub fn try_seeds(root: u64, index: u64, seeds: u64, samples: u32) -> Result<SeedTrial, Refusal> {
    let drawn = StudyCase::draw(root, index)?;
    let mut advised = Vec::new();
    let mut values: Vec<(PlanId, Vec<[f64; 2]>)> = Vec::new();
    for seed in 0..seeds {
        let options = Options::new(drawn.seed.wrapping_add(seed), samples);
        let weighed = weigh(&drawn.case, &options, &[], 0)?;
        advised.push(weighed.recommended);
        for plan in weighed.plans.iter().filter(|plan| plan.plan != PlanId::WalkAway) {
            let told = [plan.value, plan.standard_error];
            match values.iter_mut().find(|(known, _)| *known == plan.plan) {
                Some((_, all)) => all.push(told),
                None => values.push((plan.plan, vec![told])),
            }
        }
    }
    let plans = values.iter().map(|(plan, all)| spread(*plan, all)).collect();
    Ok(SeedTrial { index, advised, plans })
}

fn spread(plan: PlanId, told: &[[f64; 2]]) -> PlanSpread {
    let count = told.len() as f64;
    let mean = told.iter().map(|[value, _]| value).sum::<f64>() / count;
    let variance = told.iter().map(|[value, _]| (value - mean) * (value - mean)).sum::<f64>() / (count - 1.0).max(1.0);
    let stated = told.iter().map(|[_, error]| error * error).sum::<f64>() / count;
    PlanSpread { plan, spread: variance.sqrt(), stated: stated.sqrt() }
}

/// Many cases over the seeds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Seeds {
    /// Cases.
    pub cases: usize,
    /// Root mean square, over cases and plans, of the spread over the stated error.
    pub pooled: f64,
    /// The largest of them.
    pub largest: f64,
    /// The same plan by plan.
    pub by_plan: Vec<(PlanId, f64)>,
    /// Cases in which all seeds advise the same plan.
    pub of_one_mind: usize,
}

impl Seeds {
    /// What they say together.
    pub fn of(trials: &[SeedTrial]) -> Self {
        let ratio = |plan: &PlanSpread| plan.spread / plan.stated.max(1e-12);
        let all = || trials.iter().flat_map(|trial| &trial.plans).filter(|plan| plan.stated > 0.0 || plan.spread > 0.0);
        let pooled = |only: Option<PlanId>| {
            let squares: Vec<f64> = all()
                .filter(|plan| only.is_none_or(|only| plan.plan == only))
                .map(|plan| ratio(plan) * ratio(plan))
                .collect();
            (squares.iter().sum::<f64>() / (squares.len() as f64).max(1.0)).sqrt()
        };
        Self {
            cases: trials.len(),
            pooled: pooled(None),
            largest: all().map(ratio).fold(0.0, f64::max),
            by_plan: PlanId::ALL[1..].iter().map(|&plan| (plan, pooled(Some(plan)))).collect(),
            of_one_mind: trials.iter().filter(|trial| trial.advised.windows(2).all(|pair| pair[0] == pair[1])).count(),
        }
    }
}
