//! Other ways to use our boss in private: leave in part or on a condition, and approval afterwards.
//!
//! They are tried on what has been tuned without them, not in every family.

use std::collections::BTreeMap;

use terms::PlanId;

use super::super::heat::Heat;
use super::super::options::{LESS_LEAVE, approvals, asks, asks_for};
use super::super::{Leave, Part, Policy};
use super::{Ranked, Search, by_steps};

/// The plans that use our boss in private.
const PRIVATE: [PlanId; 4] = [PlanId::Guidance, PlanId::BothBosses, PlanId::Ladder, PlanId::BossAtImpasse];

impl Search<'_> {
    /// The best of each family with one more use of our boss in private, and whether it came to more than without; nothing
    /// where there is nothing to ask for.
    pub(super) fn private(&self, families: &[(PlanId, &Ranked)]) -> BTreeMap<PlanId, Vec<(Policy, bool)>> {
        let firsts: Vec<(PlanId, (Policy, f64))> =
            families.iter().filter_map(|(plan, family)| Some((*plan, first(family)?))).collect();
        let firsts: Vec<_> = firsts.into_iter().filter(|(plan, _)| PRIVATE.contains(plan)).collect();
        let ways: Vec<[Vec<Heat>; 2]> = firsts.iter().map(|(_, (policy, _))| self.ways(policy)).collect();
        let heats: Vec<Heat> = ways.iter().flatten().flatten().cloned().collect();
        let mut sums = self.heat(&heats).into_iter();
        let mut found = BTreeMap::new();
        for ((plan, (_, without)), ways) in firsts.into_iter().zip(&ways) {
            let best = ways.iter().filter_map(|heats| {
                let ranked = heats.iter().flat_map(Heat::policies);
                let ranked: Ranked = ranked.zip(sums.by_ref().take(heats.len()).flatten()).collect();
                let (policy, sum) = first(&ranked)?;
                Some((policy, by_steps(sum, without).is_gt()))
            });
            found.insert(plan, best.collect());
        }
        found
    }

    /// Approval with what is asked before and without; less leave instead of all.
    fn ways(&self, policy: &Policy) -> [Vec<Heat>; 2] {
        let bare = policy.without(Part::Guidance);
        let bases = if policy.has(Part::Guidance) { vec![*policy, bare] } else { vec![bare] };
        let settle = |base: &Policy| Heat::one(*base, Part::Approval, self.ways_to_settle(base));
        let less: Vec<Policy> =
            self.ways_to_ask(&bare).into_iter().filter(|policy| policy.leave != Leave::Whole).collect();
        let settles = bases.iter().map(settle).filter(|heat| !heat.policies().is_empty());
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
