//! What a policy may be made of: the moments and offers that a search tries.

use terms::Cause;

use crate::evaluate::Problem;
use crate::record::Guidance;
use crate::simulate::Stage;

use super::{Impasse, Leave, Policy, When};

/// How much of the way from what we may sign to our ask their offer must come to be taken.
const ENOUGH: [f64; 2] = [0.25, 0.5];

/// Doing nothing new.
pub(super) fn at_hand(stage: &Stage) -> Policy {
    Policy { takes_over: stage.handed_over, ..Policy::default() }
}

/// When guidance might be asked: at once, or as it gets late or stuck.
pub(super) fn asks() -> Vec<When> {
    let waiting = [1, 2, 3].into_iter().flat_map(|stalled_rounds| {
        [1, 3].map(|last_rounds| {
            When::AtImpasse(Impasse { stalled_rounds, last_rounds, gap_at_most: f64::INFINITY, only_if_short: true })
        })
    });
    std::iter::once(When::Now).chain(waiting).collect()
}

/// What our boss might be asked for, other than all.
pub(super) const LESS_LEAVE: [Leave; 2] = [Leave::Part(0.5), Leave::OnCondition];

/// When their offer might be taken subject to approval: as soon as it would do for us, as it gets late or stuck, or by the
/// clock.
pub(super) fn approvals() -> Vec<When> {
    let waiting = [(1, 1), (1, 3), (2, 1), (2, 3), (3, 1), (Impasse::NO_STALL, 1), (Impasse::NO_STALL, 2)];
    let waiting = waiting.map(|(stalled_rounds, last_rounds)| {
        When::AtImpasse(Impasse { stalled_rounds, last_rounds, gap_at_most: f64::INFINITY, only_if_short: false })
    });
    std::iter::once(When::Now).chain(waiting).collect()
}

/// Whether our boss could be asked, in private, for something: leave, or approval of what has been settled.
pub(super) fn asks_for(problem: &Problem<'_>) -> [bool; 2] {
    let stage = problem.stage;
    let room = problem.prior.medians().boss_floor() < problem.own_limit() && !stage.boss_in && !stage.boss_was_in;
    let leave = room && stage.guidance == Guidance::NotAsked;
    [leave, leave || room && stage.guidance == Guidance::Granted]
}

/// What might be taken for an impasse, the most reluctant first.
pub(super) fn impasses(rounds_left: u32) -> Vec<When> {
    let mut impasses = Vec::new();
    for stalled_rounds in [Impasse::NO_STALL, 3, 2, 1] {
        let some = stalled_rounds == Impasse::NO_STALL;
        for last_rounds in [0, 1, 2, 3].into_iter().filter(|&last| last < rounds_left && (last > 0 || !some)) {
            for (gap_at_most, only_if_short) in [(f64::INFINITY, true), (0.25, false), (f64::INFINITY, false)] {
                impasses.push(When::AtImpasse(Impasse { stalled_rounds, last_rounds, gap_at_most, only_if_short }));
            }
        }
    }
    impasses
}

/// When a rung that they see might be taken: now, at an impasse, or when it looks like one cause or another.
pub(super) fn rungs(rounds_left: u32) -> impl Iterator<Item = When> {
    let diagnosed = [
        When::Diagnosed(Cause::OutOfAuthority, 0.2),
        When::Diagnosed(Cause::OutOfAuthority, 0.35),
        When::Diagnosed(Cause::HoldingOut, 0.35),
        When::Diagnosed(Cause::Relationship, 0.2),
    ];
    std::iter::once(When::Now).chain(impasses(rounds_left)).chain(diagnosed)
}

/// Whether the boss may have to wait for the proposal.
pub(super) fn orders(policy: &Policy) -> impl Iterator<Item = bool> {
    let orders: &'static [bool] = if policy.proposal == When::Never { &[false] } else { &[true, false] };
    orders.iter().copied()
}

/// From what offer of theirs on to accept: from our next ask on, or from somewhere on the way to it.
pub(super) fn acceptances(problem: &Problem<'_>) -> Vec<Option<f64>> {
    let medians = problem.prior.medians();
    let floor = medians.own_floor();
    let ours = problem.stage.ours.unwrap_or_else(|| medians.opening());
    let between = ENOUGH.map(|share| Some(floor + share * (ours - floor)));
    std::iter::once(None).chain(between.into_iter().filter(|_| ours > floor)).collect()
}
