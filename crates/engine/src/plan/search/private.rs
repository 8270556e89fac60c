//! Other ways to use our boss in private: leave in part or on a condition, and approval afterwards.
//!
//! They are tried on what has been tuned without them, not in every family.

use std::collections::BTreeMap;

use terms::PlanId;

use crate::compare::TIE_SHARE;

use super::super::heat::{Heat, run as run_heat};
use super::super::options::{LESS_LEAVE, approvals, asks, asks_for};
use super::super::{Leave, Part, Policy, When};
use super::{Ranked, Search, by_steps};

/// One path of so many of a heat is enough to see what to try in the final.
const PRIVATE_SHARE: usize = 4;
/// What another way of using our boss must bring, in utility near a share of the scale, to be part of a named plan: less is a
/// tie, in which the simpler plan is advised.
pub(super) const WORTH_SAYING: f64 = TIE_SHARE;
/// What it must bring to be looked at for the best found.
pub(super) const WORTH_A_LOOK: f64 = 0.001;
/// The plans that use our boss in private.
const PRIVATE: [PlanId; 4] = [PlanId::Guidance, PlanId::BothBosses, PlanId::Ladder, PlanId::BossAtImpasse];

/// A policy that uses our boss in private otherwise than another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Other {
    pub policy: Policy,
    /// How much more it came to, a path.
    pub gain: f64,
}

impl Search<'_> {
    /// The best of each family that uses our boss in private, doing that otherwise.
    pub(super) fn private(&self, families: &[(PlanId, &Ranked)]) -> BTreeMap<PlanId, Vec<Other>> {
        let private = families.iter().filter(|(plan, _)| PRIVATE.contains(plan));
        let (plans, firsts): (Vec<PlanId>, Vec<Policy>) =
            private.filter_map(|(plan, family)| Some((*plan, first(family)?.0))).unzip();
        plans.into_iter().zip(self.better_in_private(&firsts)).collect()
    }

    /// Each policy with the best approval and with the best of other leave; nothing where there is nothing to ask for.
    pub(super) fn better_in_private(&self, policies: &[Policy]) -> Vec<Vec<Other>> {
        let ways: Vec<[Vec<Heat>; 2]> = policies.iter().map(|policy| self.ways(policy)).collect();
        let heats: Vec<Heat> = ways.iter().flatten().flatten().cloned().collect();
        if heats.is_empty() {
            return vec![Vec::new(); policies.len()];
        }
        let paths = self.effort.heat / PRIVATE_SHARE;
        let mut sums = run_heat(self.problem, &heats, paths, self.rules).into_iter();
        let best = |(policy, ways): (&Policy, &[Vec<Heat>; 2])| {
            let ranked = ways.each_ref().map(|heats| -> Ranked {
                let policies = heats.iter().flat_map(Heat::policies);
                policies.zip(sums.by_ref().take(heats.len()).flatten()).collect()
            });
            let as_it_is = ranked.iter().flatten().find(|(known, _)| known == policy).map(|(_, sum)| *sum);
            let best = ranked.iter().filter_map(|ranked| {
                let others: Ranked = ranked.iter().filter(|(other, _)| other != policy).copied().collect();
                let (other, sum) = first(&others)?;
                Some(Other { policy: other, gain: (sum - as_it_is?) / paths as f64 })
            });
            best.collect()
        };
        policies.iter().zip(&ways).map(best).collect()
    }

    /// As it is, and approval with what is asked before or without; less leave in place of what is asked.
    fn ways(&self, policy: &Policy) -> [Vec<Heat>; 2] {
        let [may_ask, may_settle] = asks_for(self.problem);
        if !may_settle || policy.accept_now || (policy.boss == When::Now && !policy.boss_last) {
            return [Vec::new(), Vec::new()];
        }
        let base = policy.without(Part::Approval);
        let as_it_is = Heat::one(base, Part::Approval, [vec![*policy], self.ways_to_settle(&base)].concat());
        let bare = base.without(Part::Guidance);
        let settles = Heat::one(bare, Part::Approval, self.ways_to_settle(&bare));
        let unasked = policy.without(Part::Guidance);
        let less = LESS_LEAVE.map(|leave| Heat::one(unasked, Part::Guidance, ways_to_ask(&unasked, leave)));
        let settles = if policy.has(Part::Guidance) { vec![as_it_is, settles] } else { vec![as_it_is] };
        [settles, if may_ask { less.into() } else { Vec::new() }]
    }

    /// Every moment of settling subject to approval.
    pub(super) fn ways_to_settle(&self, without: &Policy) -> Vec<Policy> {
        let [_, may_settle] = asks_for(self.problem);
        let moments = if may_settle { approvals() } else { Vec::new() };
        moments.into_iter().map(|approval| Policy { approval, ..*without }).collect()
    }
}

/// Every moment of asking for one kind of leave.
pub(super) fn ways_to_ask(without: &Policy, leave: Leave) -> Vec<Policy> {
    asks().into_iter().map(|guidance| Policy { guidance, leave, ..*without }).collect()
}

/// A family for each kind of leave, in the order of their first: who asks for another goes on differently from the same look.
pub(super) fn by_leave(base: Policy, part: Part, policies: &[Policy]) -> Vec<Heat> {
    let mut kinds: Vec<Leave> = Vec::new();
    for policy in policies {
        if !kinds.contains(&policy.leave) {
            kinds.push(policy.leave);
        }
    }
    let of = |kind: Leave| policies.iter().copied().filter(|policy| policy.leave == kind).collect();
    kinds.into_iter().map(|kind| Heat::one(base, part, of(kind))).collect()
}

/// The best, the first of equals, with its sum.
fn first(ranked: &Ranked) -> Option<(Policy, f64)> {
    ranked.iter().copied().reduce(|best, next| if by_steps(next.1, best.1).is_gt() { next } else { best })
}
