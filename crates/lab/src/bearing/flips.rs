//! Flips that an advice names, and those that it rules out, asked again just before and just beyond.

use engine::advice::{Advice, BreakEven, FlipStatus};
use engine::assumption::Name;
use engine::case::Case;
use engine::experiment::Draws;
use engine::{Options, Refusal, advise, first_answer};
use serde::Serialize;
use terms::{PlanId, Verdict};

use crate::study::StudyCase;

/// How far to either side it is asked again, as a share of the range.
const BESIDE: f64 = 0.02;
/// Points across a range at which flips are looked for.
const POINTS: u32 = 21;

/// What came of one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A flip: the plan advised before it, the plan named beyond.
    Holds,
    /// A flip: it had flipped before.
    TooLate,
    /// A flip: it has not flipped beyond.
    TooSoon,
    /// A flip: to another plan.
    OtherPlan,
    /// Ruled out, and nothing found.
    NoneFound,
    /// Ruled out, and found.
    Found,
}

/// One claim, asked again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FlipTrial {
    /// Number of the case.
    pub index: u64,
    /// The claim.
    pub claim: BreakEven,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of one case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseFlips {
    /// Number of the case.
    pub index: u64,
    /// How sure the advice is.
    pub verdict: Verdict,
    /// The claims that were asked again.
    pub trials: Vec<FlipTrial>,
    /// Flips that asking at 21 points found, and how many of them were named.
    pub found: [usize; 2],
}

/// The claims of one case, `each` flips and as many ruled out, drawn by `root`; and of the flips that asking at 21 points
/// finds over `each` assumptions drawn, how many there are and how many are named.
pub fn try_flips(root: u64, index: u64, each: usize, samples: u32) -> Result<CaseFlips, Refusal> {
    let drawn = StudyCase::draw(root, index)?;
    let options = Options::new(drawn.seed, samples);
    let advice = advise(&drawn.case, &options, &|_| {})?;
    let mut draws = Draws::new(root ^ 0xf11b, index);
    let mut trials = Vec::new();
    for status in [FlipStatus::Flips, FlipStatus::Never] {
        let of_status = advice.break_evens.iter().filter(|claim| claim.status == status).copied();
        for claim in some(of_status.collect(), each, &mut draws) {
            let outcome = again(&drawn.case, &options, &advice, &claim)?;
            trials.push(FlipTrial { index, claim, outcome });
        }
    }
    let mut counts = [0, 0];
    for claim in some(advice.break_evens.clone(), each, &mut draws) {
        if flips_somewhere(&drawn.case, &options, &advice, &claim)? {
            counts[0] += 1;
            counts[1] += usize::from(claim.status == FlipStatus::Flips);
        }
    }
    Ok(CaseFlips { index, verdict: advice.recommendation.verdict, trials, found: counts })
}

/// So many of `all`, drawn.
fn some(mut all: Vec<BreakEven>, count: usize, draws: &mut Draws) -> Vec<BreakEven> {
    let mut drawn = Vec::new();
    while !all.is_empty() && drawn.len() < count {
        drawn.push(all.swap_remove((draws.uniform() * all.len() as f64) as usize));
    }
    drawn
}

fn plan_at(case: &Case, options: &Options, claim: &BreakEven, value: f64) -> Result<Option<PlanId>, Refusal> {
    match first_answer(&case.with(claim.assumption, value), options) {
        Ok(answer) => Ok(Some(answer.plan)),
        // A case may not say so.
        Err(Refusal::Case(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

fn again(case: &Case, options: &Options, advice: &Advice, claim: &BreakEven) -> Result<Outcome, Refusal> {
    let advised = advice.recommendation.plan;
    let Some((value, flips_to)) = claim.value.zip(claim.flips_to) else {
        let found = flips_somewhere(case, options, advice, claim)?;
        return Ok(if found { Outcome::Found } else { Outcome::NoneFound });
    };
    let away = if value >= claim.now { 1.0 } else { -1.0 };
    let step = BESIDE * (claim.to - claim.from) * away;
    // Rounds come whole: the last before, and the one named.
    let sides = if claim.assumption == Name::RoundsLeft { [value - away, value] } else { [value - step, value + step] };
    let at = |value| plan_at(case, options, claim, value);
    Ok(match (at(sides[0])?, at(sides[1])?) {
        (Some(before), _) if before != advised => Outcome::TooLate,
        (_, Some(beyond)) if beyond == flips_to => Outcome::Holds,
        (_, Some(beyond)) if beyond == advised => Outcome::TooSoon,
        _ => Outcome::OtherPlan,
    })
}

/// Whether asking across the range finds the plan advised at one point and another at the next.
fn flips_somewhere(case: &Case, options: &Options, advice: &Advice, claim: &BreakEven) -> Result<bool, Refusal> {
    for point in 0..POINTS {
        let value = claim.from + f64::from(point) / f64::from(POINTS - 1) * (claim.to - claim.from);
        if plan_at(case, options, claim, value)?.is_some_and(|plan| plan != advice.recommendation.plan) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What many claims come to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flips {
    /// Cases.
    pub cases: usize,
    /// Flips asked again, and how many of them held.
    pub flips: [usize; 2],
    /// Flips to the boss at once asked again, and how many of them held.
    pub to_the_boss: [usize; 2],
    /// Claims of none asked again, and how many of them held.
    pub nevers: [usize; 2],
    /// Flips that asking across ranges found, and how many of them were named.
    pub found: [usize; 2],
    /// Cases that are clear or leaning.
    pub told: usize,
}

impl Flips {
    /// What the trials say together.
    pub fn of(cases: &[CaseFlips]) -> Self {
        let trials = || cases.iter().flat_map(|case| &case.trials);
        let count = |of: &dyn Fn(&FlipTrial) -> bool, held: Outcome| {
            let all = || trials().filter(|trial| of(trial));
            [all().count(), all().filter(|trial| trial.outcome == held).count()]
        };
        let flips = |trial: &FlipTrial| trial.claim.status == FlipStatus::Flips;
        let boss = |plan| matches!(plan, Some(PlanId::BossAtOutset | PlanId::HandOver));
        Self {
            cases: cases.len(),
            flips: count(&flips, Outcome::Holds),
            to_the_boss: count(&|trial| flips(trial) && boss(trial.claim.flips_to), Outcome::Holds),
            nevers: count(&|trial| !flips(trial), Outcome::NoneFound),
            found: cases.iter().map(|case| case.found).fold([0, 0], |[a, b], [c, d]| [a + c, b + d]),
            told: cases.iter().filter(|case| case.verdict != Verdict::TooClose).count(),
        }
    }
}
