//! Other ways to use our boss in private: leave in part or on a condition, and approval afterwards.
//!
//! They are tried on what has been tuned without them, not in every family.

use std::collections::BTreeMap;

use terms::PlanId;

use super::super::heat::{Heat, run as run_heat};
use super::super::options::{LESS_LEAVE, approvals, asks, asks_for};
use super::super::{Leave, Part, Policy};
use super::{Ranked, Search, by_steps};

/// One path of so many of a heat is enough to see what to try in the final.
const PRIVATE_SHARE: usize = 2;
/// What another way of using our boss must bring, in utility near a share of the scale, to be part of a named plan: with less
/// it would only make the plan harder to follow.
const WORTH_SAYING: f64 = 0.001;
/// The plans that use our boss in private.
const PRIVATE: [PlanId; 4] = [PlanId::Guidance, PlanId::BothBosses, PlanId::Ladder, PlanId::BossAtImpasse];

impl Search<'_> {
    /// The best of each family with one more use of our boss in private, and whether it came to more than without; nothing
    /// where there is nothing to ask for.
    pub(super) fn private(&self, families: &[(PlanId, &Ranked)]) -> BTreeMap<PlanId, Vec<(Policy, bool)>> {
        let private = families.iter().filter(|(plan, _)| PRIVATE.contains(plan));
        let firsts: Vec<(PlanId, Policy)> =
            private.filter_map(|(plan, family)| Some((*plan, first(family)?.0))).collect();
        let ways: Vec<[Vec<Heat>; 2]> = firsts.iter().map(|(_, policy)| self.ways(policy)).collect();
        let heats: Vec<Heat> = ways.iter().flatten().flatten().cloned().collect();
        let paths = self.effort.heat / PRIVATE_SHARE;
        let mut sums = run_heat(self.problem, &heats, paths, self.rules).into_iter();
        let least = WORTH_SAYING * paths as f64;
        let mut found = BTreeMap::new();
        for ((plan, policy), ways) in firsts.into_iter().zip(&ways) {
            let ranked = ways.each_ref().map(|heats| -> Ranked {
                let policies = heats.iter().flat_map(Heat::policies);
                policies.zip(sums.by_ref().take(heats.len()).flatten()).collect()
            });
            let without = ranked.iter().flatten().find(|(known, _)| *known == policy).map(|(_, sum)| *sum);
            let best = ranked.iter().filter_map(|ranked| {
                let others: Ranked = ranked.iter().filter(|(other, _)| *other != policy).copied().collect();
                let (other, sum) = first(&others)?;
                Some((other, without.is_some_and(|without| sum - without > least)))
            });
            found.insert(plan, best.collect());
        }
        found
    }

    /// As it is, and approval with what is asked before or without; less leave instead of all.
    fn ways(&self, policy: &Policy) -> [Vec<Heat>; 2] {
        let bare = policy.without(Part::Guidance);
        let bases = if policy.has(Part::Guidance) { vec![*policy, bare] } else { vec![bare] };
        let settle = |base: Policy| {
            let ways = self.ways_to_settle(&base);
            let own = (base == *policy && !ways.is_empty()).then_some(base);
            Heat::one(base, Part::Approval, own.into_iter().chain(ways).collect())
        };
        let settles = bases.into_iter().map(settle).filter(|heat| !heat.policies().is_empty());
        let less = |policy: &Policy| policy.leave != Leave::Whole;
        let less: Vec<Policy> = self.ways_to_ask(&bare).into_iter().filter(less).collect();
        [settles.collect(), by_leave(bare, Part::Guidance, &less)]
    }

    /// Every moment of asking, for all leave, and for less where there is something to ask for.
    pub(super) fn ways_to_ask(&self, without: &Policy) -> Vec<Policy> {
        let [may_ask, _] = asks_for(self.problem);
        let less: &[Leave] = if may_ask { &LESS_LEAVE } else { &[] };
        let all = std::iter::once(&Leave::Whole).chain(less);
        all.flat_map(|&leave| asks().into_iter().map(move |guidance| Policy { guidance, leave, ..*without })).collect()
    }

    /// Every moment of settling subject to approval.
    pub(super) fn ways_to_settle(&self, without: &Policy) -> Vec<Policy> {
        let [_, may_settle] = asks_for(self.problem);
        let moments = if may_settle { approvals() } else { Vec::new() };
        moments.into_iter().map(|approval| Policy { approval, ..*without }).collect()
    }
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
