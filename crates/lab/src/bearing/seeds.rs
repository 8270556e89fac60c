//! The same case under many seeds: how far what is advised and what each plan is worth depend on them, against the errors
//! that are stated.

use engine::advice::Advice;
use engine::{Flips, Options, Refusal, advise, first_answer};
use serde::Serialize;
use terms::{PlanId, Verdict};

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
    /// What each seed advises, how sure it is, and the rival that it names.
    pub advised: Vec<(PlanId, Verdict, Option<PlanId>)>,
    /// What each seed's first answer says.
    pub first: Vec<PlanId>,
    /// Its plans.
    pub plans: Vec<PlanSpread>,
}

/// Paths of a first answer.
const FIRST_PATHS: u32 = 4096;

/// Case `index` under `seeds` seeds.
pub fn try_seeds(root: u64, index: u64, seeds: u64, samples: u32) -> Result<SeedTrial, Refusal> {
    let drawn = StudyCase::draw(root, index)?;
    let (mut advised, mut first) = (Vec::new(), Vec::new());
    let mut values: Vec<(PlanId, Vec<[f64; 2]>)> = Vec::new();
    for seed in 0..seeds {
        let seed = drawn.seed.wrapping_add(seed);
        let options = Options { flips: Flips::None, ..Options::new(seed, samples) };
        let advice = advise(&drawn.case, &options, &|_| {})?;
        let Advice { recommendation, plans, .. } = &advice;
        advised.push((recommendation.plan, recommendation.verdict, recommendation.rival));
        first.push(first_answer(&drawn.case, &Options::new(seed, FIRST_PATHS.min(samples)))?.plan);
        let scale = drawn.case.value.scale();
        for plan in plans.iter().filter(|plan| plan.available && plan.id != PlanId::WalkAway) {
            let told = [plan.value.mean, plan.value.standard_error].map(|money| money / scale);
            match values.iter_mut().find(|(known, _)| *known == plan.id) {
                Some((_, all)) => all.push(told),
                None => values.push((plan.id, vec![told])),
            }
        }
    }
    let plans = values.iter().map(|(plan, all)| spread(*plan, all)).collect();
    Ok(SeedTrial { index, advised, first, plans })
}

impl SeedTrial {
    /// Whether all seeds that call it clear name one plan, and the others name it or have it as rival.
    pub fn is_of_one_mind(&self) -> bool {
        let mut clear =
            self.advised.iter().filter(|(_, verdict, _)| *verdict == Verdict::Clear).map(|(plan, ..)| *plan);
        let Some(named) = clear.next() else { return true };
        clear.all(|plan| plan == named)
            && self.advised.iter().all(|&(plan, _, rival)| plan == named || rival == Some(named))
    }

    /// Seeds that call it clear, and those of them whose first answer names the same plan.
    pub fn first_answers(&self) -> [usize; 2] {
        let clear = || self.advised.iter().zip(&self.first).filter(|((_, verdict, _), _)| *verdict == Verdict::Clear);
        [clear().count(), clear().filter(|((plan, ..), first)| plan == *first).count()]
    }
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
    /// Cases in which all seeds that call it clear name one plan, and the others name it or have it as rival.
    pub of_one_mind: usize,
    /// Answers by verdict: clear, leaning, too close to call.
    pub verdicts: [usize; 3],
    /// Answers called clear, and those of them whose first answer named the same plan.
    pub first_answers: [usize; 2],
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
            of_one_mind: trials.iter().filter(|trial| trial.is_of_one_mind()).count(),
            verdicts: [Verdict::Clear, Verdict::Leaning, Verdict::TooClose].map(|verdict| {
                trials.iter().flat_map(|trial| &trial.advised).filter(|(_, told, _)| *told == verdict).count()
            }),
            first_answers: trials.iter().map(SeedTrial::first_answers).fold([0, 0], |[a, b], [c, d]| [a + c, b + d]),
        }
    }
}
