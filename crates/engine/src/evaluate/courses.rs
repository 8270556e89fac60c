//! Many policies on one path, each played only from where it parts from the one that it extends.

use crate::plan::{Part, Policy};
use crate::simulate::{Outcome, Scene, Trunk, run};

/// Policies, and which of them extends which.
#[derive(Clone, Debug)]
pub(crate) struct Family<'p> {
    policies: &'p [Policy],
    /// In an order in which every policy comes after the one it extends.
    members: Vec<Member>,
}

#[derive(Clone, Debug)]
struct Member {
    index: usize,
    /// The policy that it extends, and by what.
    parent: Option<(usize, Vec<Part>)>,
    /// Some other policy extends it.
    extended: bool,
}

impl<'p> Family<'p> {
    /// Each with the policy that it extends by least.
    pub fn of(policies: &'p [Policy]) -> Self {
        let parent = |index: usize| {
            let policy: &Policy = &policies[index];
            let extended = policies.iter().enumerate().filter(|&(other, _)| other != index);
            let extended = extended.filter_map(|(other, parent)| Some((other, policy.beyond(parent)?)));
            // Of equals the first stands for the others.
            extended.filter(|(other, parts)| !parts.is_empty() || *other < index).min_by_key(|(_, parts)| parts.len())
        };
        let parents: Vec<_> = (0..policies.len()).map(parent).collect();
        let extended = |index: usize| parents.iter().flatten().any(|&(parent, _)| parent == index);
        let mut order: Vec<usize> = (0..policies.len()).collect();
        order.sort_by_key(|&index| depth(&parents, index));
        let member = |index: usize| Member { index, parent: parents[index].clone(), extended: extended(index) };
        Self { policies, members: order.into_iter().map(member).collect() }
    }
}

fn depth(parents: &[Option<(usize, Vec<Part>)>], index: usize) -> usize {
    std::iter::successors(Some(index), |&index| parents[index].as_ref().map(|&(parent, _)| parent)).count()
}

/// The courses of a family on one path after another.
#[derive(Debug)]
pub(crate) struct Courses<'a, 'p> {
    family: &'p Family<'p>,
    trunks: Vec<Trunk<'a>>,
    /// Which trunk holds the course of each policy.
    held: Vec<usize>,
}

impl<'a, 'p> Courses<'a, 'p> {
    /// Nothing played yet.
    pub fn of(family: &'p Family<'p>) -> Self {
        let count = family.policies.len();
        Self { family, trunks: vec![Trunk::default(); count], held: (0..count).collect() }
    }

    /// Plays all policies on one path; `end` hears how each ended.
    pub fn play(&mut self, scene: &mut Scene<'a, '_>, mut end: impl FnMut(usize, Outcome)) {
        for member in &self.family.members {
            let index = member.index;
            let policy = &self.family.policies[index];
            let outcome = match &member.parent {
                None if !member.extended => run(scene.stage, scene.world, scene.luck, policy, scene.rules, |_, _| {}),
                None => {
                    self.held[index] = index;
                    self.trunks[index].grow(scene, policy);
                    self.trunks[index].end(scene)
                }
                Some((parent, parts)) => {
                    let trunk = self.held[*parent];
                    let leaves = |&part: &Part| self.trunks[trunk].leaves(part, policy, scene);
                    match parts.iter().filter_map(leaves).min() {
                        None => {
                            self.held[index] = trunk;
                            self.trunks[trunk].end(scene)
                        }
                        Some(look) if member.extended => {
                            let mut own = std::mem::take(&mut self.trunks[index]);
                            own.fork(&self.trunks[trunk], look, scene, policy);
                            self.held[index] = index;
                            self.trunks[index] = own;
                            self.trunks[index].end(scene)
                        }
                        Some(look) => self.trunks[trunk].branch(look, scene, policy),
                    }
                }
            };
            end(index, outcome);
        }
    }
}

#[cfg(test)]
mod tests {
    use terms::Quantity;

    use crate::Options;
    use crate::assumption::Name;
    use crate::compare::Prepared;
    use crate::plan::{Impasse, Leave, Policy, When};
    use crate::random::Purpose;
    use crate::simulate::Rules;
    use crate::test_cases::{in_turn, reference};

    /// Policies that extend each other by asking, by another leave, by approval, by a proposal and by the boss.
    fn related() -> Vec<Policy> {
        let stuck = |stalled_rounds, last_rounds| {
            When::AtImpasse(Impasse { stalled_rounds, last_rounds, gap_at_most: f64::INFINITY, only_if_short: false })
        };
        let ask = Policy { guidance: stuck(1, 3), ..Policy::default() };
        let half = Policy { leave: Leave::Part(0.5), ..ask };
        vec![
            Policy::default(),
            ask,
            half,
            Policy { leave: Leave::OnCondition, proposal: stuck(2, 2), ..ask },
            Policy { approval: stuck(2, 1), ..half },
            Policy { approval: stuck(2, 1), boss: stuck(3, 1), ..half },
            Policy { approval: When::Now, ..Policy::default() },
            Policy { approval: When::Now, boss: stuck(2, 2), ..ask },
        ]
    }

    #[test]
    fn policies_played_together_end_as_they_do_alone() {
        let mut case = reference();
        case.offers = in_turn(&[130.0, -5.0, 120.0, 12.0]);
        case.assumptions.insert(Name::GuidanceDelay, Quantity::Known(0.5));
        let prepared = Prepared::new(&case, &Options::new(3, 4096)).unwrap();
        let evaluate = |policies: &[Policy]| prepared.problem().evaluate(policies, Purpose::Report, 2048, Rules::ALL);
        let policies = related();
        for (policy, together) in policies.iter().zip(evaluate(&policies)) {
            let alone = evaluate(&[*policy]).remove(0);
            assert_eq!((together.utilities, together.deals), (alone.utilities, alone.deals), "{policy:?}");
        }
    }
}
