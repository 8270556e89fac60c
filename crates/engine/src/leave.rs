//! What leave would buy: the course advised with one limit after another allowed in private, and the figure worth asking
//! for.

use crate::advice::LeavePoint;
use crate::compare::{Comparison, Contender, Prepared};
use crate::evaluate::{Problem, Results};
use crate::plan::{Part, Policy, Repertoire};
use crate::random::Purpose;
use crate::simulate::Rules;

/// Limits tried between the authority in force and our boss's.
const STEPS: u32 = 8;
/// Paths that each is tried on, the same for all.
const PATHS: usize = 8192;
/// Share of what our boss's limit would bring that the figure worth asking for brings.
const MOST: f64 = 0.9;

/// What each limit would buy, nearest first; nothing where our boss could allow no more than we may do.
pub(crate) fn leave_curve(
    prepared: &Prepared,
    comparison: &Comparison,
    (repertoire, advised): (&Repertoire, &Contender),
) -> Vec<LeavePoint> {
    let (boss, own) = (prepared.prior.medians().boss_floor(), prepared.problem().own_limit());
    let Some(policy) = advised.policy.filter(|policy| !prepared.stage.boss_in && !policy.accept_now && boss < own)
    else {
        return Vec::new();
    };
    let near = repertoire.iter().filter(|(plan, _)| *plan == advised.plan).flat_map(|(_, near)| near);
    let mut policies: Vec<Policy> = vec![policy.without(Part::Guidance)];
    for policy in near.map(|policy| policy.without(Part::Guidance)) {
        if !policies.contains(&policy) {
            policies.push(policy);
        }
    }
    let rules = Rules { diagnosis: Some(&comparison.diagnosis), ..Rules::ALL };
    let paths = PATHS.min(prepared.samples);
    let point = |step: u32| {
        let limit = own + f64::from(step) / f64::from(STEPS) * (boss - own);
        let stage = prepared.stage.with_leave(limit);
        let problem = Problem { stage: &stage, ..prepared.problem() };
        let results = problem.evaluate(&policies, Purpose::Report, paths, rules);
        let best = results.iter().max_by(|a, b| a.mean().total_cmp(&b.mean()));
        LeavePoint {
            limit: prepared.scale.price(limit),
            value: prepared.scale.money(best.map_or(0.0, |best| comparison.taste.certain(best.mean()))),
            agreement_probability: best.map_or(0.0, |best: &Results| best.deals as f64 / paths as f64),
        }
    };
    let mut curve: Vec<LeavePoint> = (0..=STEPS).map(point).collect();
    // Leave need not be used: whoever may go further may stop where it was worth more.
    for step in 1..curve.len() {
        if curve[step].value < curve[step - 1].value {
            curve[step] = LeavePoint { limit: curve[step].limit, ..curve[step - 1] };
        }
    }
    curve
}

/// The nearest limit that brings most of what the last would.
pub(crate) fn worth_asking_for(curve: &[LeavePoint]) -> Option<f64> {
    let (first, last) = (curve.first()?, curve.last()?);
    let enough = first.value + MOST * (last.value - first.value);
    curve.iter().skip(1).find(|point| point.value >= enough).map(|point| point.limit)
}
