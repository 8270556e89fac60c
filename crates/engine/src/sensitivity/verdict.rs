//! How sure it is, in a word with a fixed meaning, and which course comes nearest where it is not clear.
//!
//! A verdict bears on the choice: that the course advised is as good as any, and stays so whatever noise there is and
//! in most of the ways our assumptions could be wrong. That another is as good, and less simple, does not make it less
//! clear what to do; that the choice between them turns on less than can be told does.

use terms::{PlanId, Verdict};

use crate::advice::CLEAR;
use crate::compare::{Comparison, Contender, Prepared, choose_course};

use super::worlds::Robustness;

/// Share of the worlds in which the course must stand to be called leaning.
const LEANING: f64 = 0.6;
/// Standard errors by which the choice must be safe to be called clear, or leaning.
const SAFE: [f64; 2] = [3.0, 1.0];

/// The verdict, and the rival where it is not clear.
pub(crate) fn verdict(
    prepared: &Prepared,
    comparison: &Comparison,
    advised: &Contender,
    robustness: &Robustness,
) -> (Verdict, Option<PlanId>) {
    let (safety, nearest) = safety(prepared, comparison, advised);
    let stands = robustness.stands(advised.plan);
    // Where the assumptions decide, the rival is whom they favour.
    let favoured = robustness.rival(advised.plan);
    let rival = if safety >= SAFE[1] { favoured.or(nearest) } else { nearest.or(favoured) };
    if stands >= CLEAR && safety >= SAFE[0] {
        (Verdict::Clear, None)
    } else if stands >= LEANING && safety >= SAFE[1] {
        (Verdict::Leaning, rival)
    } else {
        (Verdict::TooClose, rival)
    }
}

/// By how many standard errors the rule would have to be off to choose another course, and which it would choose then.
fn safety(prepared: &Prepared, comparison: &Comparison, advised: &Contender) -> (f64, Option<PlanId>) {
    let problem = prepared.problem();
    let courses = comparison.courses(prepared);
    let values: Vec<f64> = comparison.contenders.iter().map(|contender| comparison.value(contender)).collect();
    let mut least = (f64::INFINITY, None);
    for (index, other) in
        comparison.contenders.iter().enumerate().filter(|(_, other)| is_another_course(advised, other))
    {
        let (_, error) = comparison.difference(&problem, other, advised);
        if error <= 0.0 {
            continue;
        }
        // How much more the other would have to be worth for the rule to turn to another course.
        let turns = |more: f64| {
            let mut values = values.clone();
            values[index] += more;
            let chosen = &comparison.contenders[choose_course(&courses, &values)];
            is_another_course(advised, chosen).then_some(chosen.plan)
        };
        let (mut low, mut high) = (0.0, FAR);
        let Some(mut chosen) = turns(high) else { continue };
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            match turns(middle) {
                Some(plan) => (high, chosen) = (middle, plan),
                None => low = middle,
            }
        }
        if high / error < least.0 {
            least = (high / error, Some(chosen));
        }
    }
    least
}

/// Further than any two courses lie apart, in shares, and halvings on the way down from there.
const FAR: f64 = 4.0;
const HALVINGS: u32 = 24;

/// Whether it differs in more than its thresholds: the best found is the course that its rungs say.
fn is_another_course(advised: &Contender, other: &Contender) -> bool {
    other.plan != advised.plan && other.rungs() != advised.rungs()
}
