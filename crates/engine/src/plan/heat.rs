//! Whole families of policies on the same paths, at little more than the cost of one.
//!
//! The members of a family differ in when they take one rung (or two). On a path all that take it at the same look go on
//! alike, so that each look is played on from once, however many members part there.

use crate::evaluate::{Problem, Taste};
use crate::random::Purpose;
use crate::simulate::{Outcome, Rules, Scene, Trunk};

use super::{Part, Policy};

/// A family of policies.
#[derive(Clone, Debug)]
pub(super) struct Heat {
    /// What they have in common.
    base: Policy,
    /// The part in which they differ, and one policy for each way to have it.
    first: (Part, Vec<Policy>),
    /// A second part, and the policies that each of the first become by it.
    second: Option<(Part, Vec<Vec<Policy>>)>,
}

impl Heat {
    /// A family that differs in one part.
    pub fn one(base: Policy, part: Part, policies: Vec<Policy>) -> Self {
        Self { base, first: (part, policies), second: None }
    }

    /// A family that differs in two, the second of which comes after the first only.
    pub fn two(base: Policy, first: (Part, Vec<Policy>), second: (Part, Vec<Vec<Policy>>)) -> Self {
        Self { base, first, second: Some(second) }
    }

    /// Its policies, in the order of their sums.
    pub fn policies(&self) -> Vec<Policy> {
        match &self.second {
            None => self.first.1.clone(),
            Some((_, then)) => then.concat(),
        }
    }

    fn len(&self) -> usize {
        self.second.as_ref().map_or(self.first.1.len(), |(_, then)| then.iter().map(Vec::len).sum())
    }
}

/// The sum of the utilities of every policy of every family, on the first `paths` paths of the search.
pub(super) fn run(problem: &Problem<'_>, heats: &[Heat], paths: usize, rules: Rules<'_>) -> Vec<Vec<f64>> {
    let taste = Taste::of(problem.prior);
    let parts = problem.chunks(Purpose::Search, paths, |mut chunk| {
        let mut sums: Vec<Vec<f64>> = heats.iter().map(|heat| vec![0.0; heat.len()]).collect();
        let mut trial = Trial::default();
        while let Some((world, luck)) = chunk.next_path() {
            let utility = |outcome: Outcome| taste.utility(outcome.value(world, rules.switches));
            let mut scene = Scene { stage: problem.stage, world, luck, rules };
            let mut grown: Option<&Policy> = None;
            for (heat, sums) in heats.iter().zip(&mut sums) {
                if grown != Some(&heat.base) {
                    trial.trunk.grow(&mut scene, &heat.base);
                    grown = Some(&heat.base);
                }
                trial.add(heat, &mut scene, &utility, sums);
            }
        }
        sums
    });
    let mut whole: Vec<Vec<f64>> = heats.iter().map(|heat| vec![0.0; heat.len()]).collect();
    for part in parts {
        for (whole, part) in whole.iter_mut().flatten().zip(part.iter().flatten()) {
            *whole += part;
        }
    }
    whole
}

/// The courses tried on one path, keeping the memory of the last.
#[derive(Default)]
struct Trial<'a> {
    trunk: Trunk<'a>,
    fork: Trunk<'a>,
    /// By the look of parting: what leaving there comes to, once it has been played.
    left: Vec<Option<f64>>,
    /// The same of the second part, and by the first look what all of the second come to.
    left_second: Vec<Option<f64>>,
    seconds: Vec<Option<Vec<f64>>>,
}

impl<'a> Trial<'a> {
    fn add(&mut self, heat: &Heat, scene: &mut Scene<'a, '_>, utility: &impl Fn(Outcome) -> f64, sums: &mut [f64]) {
        let (part, policies) = &heat.first;
        match &heat.second {
            None => each(&self.trunk, &mut self.left, (*part, policies), scene, utility, |index, u| sums[index] += u),
            Some((second, then)) => {
                let width = then.first().map_or(0, Vec::len);
                // The last is for those that never leave.
                self.seconds.clear();
                self.seconds.resize(self.trunk.looks() + 1, None);
                for ((policy, then), sums) in policies.iter().zip(then).zip(sums.chunks_mut(width.max(1))) {
                    let look = self.trunk.leaves(*part, policy, scene);
                    let slot = look.unwrap_or(self.trunk.looks());
                    let known = match self.seconds[slot].take() {
                        Some(known) => known,
                        None => {
                            let mut found = vec![0.0; width];
                            let trunk = match look {
                                Some(look) => {
                                    self.fork.fork(&self.trunk, look, scene, policy);
                                    &self.fork
                                }
                                None => &self.trunk,
                            };
                            let note = |index: usize, u| found[index] = u;
                            each(trunk, &mut self.left_second, (*second, then), scene, utility, note);
                            found
                        }
                    };
                    for (sum, u) in sums.iter_mut().zip(&known) {
                        *sum += u;
                    }
                    self.seconds[slot] = Some(known);
                }
            }
        }
    }
}

/// What each policy comes to that has one part more than the course of `trunk`.
fn each<'a>(
    trunk: &Trunk<'a>,
    left: &mut Vec<Option<f64>>,
    (part, policies): (Part, &[Policy]),
    scene: &mut Scene<'a, '_>,
    utility: &impl Fn(Outcome) -> f64,
    mut note: impl FnMut(usize, f64),
) {
    left.clear();
    left.resize(trunk.looks(), None);
    let stays = utility(trunk.end(scene));
    for (index, policy) in policies.iter().enumerate() {
        let u = match trunk.leaves(part, policy, scene) {
            None => stays,
            // What is taken may differ though the look is the same.
            Some(look) if part == Part::Acceptance => utility(trunk.branch(look, scene, policy)),
            Some(look) => *left[look].get_or_insert_with(|| utility(trunk.branch(look, scene, policy))),
        };
        note(index, u);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::assumption::Name;
    use crate::compare::Prepared;
    use crate::plan::options::{approvals, asks, impasses};
    use crate::plan::{Leave, When};
    use crate::simulate::run as play;
    use crate::test_cases::{in_turn, reference};
    use terms::Quantity;

    const PATHS: usize = 1024;

    /// What each policy comes to played by itself from the start.
    fn one_by_one(prepared: &Prepared, policies: &[Policy]) -> Vec<f64> {
        let taste = Taste::of(&prepared.prior);
        let rules = Rules::ALL;
        let parts = prepared.problem().chunks(Purpose::Search, PATHS, |mut chunk| {
            let mut sums = vec![0.0; policies.len()];
            while let Some((world, luck)) = chunk.next_path() {
                for (sum, policy) in sums.iter_mut().zip(policies) {
                    let end = play(&prepared.stage, world, luck, policy, rules, |_, _| {});
                    *sum += taste.utility(end.value(world, rules.switches));
                }
            }
            sums
        });
        (0..policies.len()).map(|index| parts.iter().map(|sums| sums[index]).sum()).collect()
    }

    /// Families that use our boss in private, over bases in which the boss comes and is proposed besides.
    fn families() -> Vec<Heat> {
        let impasses = impasses(8);
        let ask = Policy { guidance: asks()[3], ..Policy::default() };
        let ladder = Policy { proposal: impasses[7], boss: impasses[20], boss_last: true, ..ask };
        let half = Policy { guidance: When::Now, leave: Leave::Part(0.5), ..Policy::default() };
        let settle = |base: Policy| {
            let policies = approvals().into_iter().map(|approval| Policy { approval, ..base }).collect();
            Heat::one(base, Part::Approval, policies)
        };
        let mut heats: Vec<Heat> = [Policy::default(), ask, ladder, half].map(settle).into();
        let settled = Policy { approval: approvals()[2], ..Policy::default() };
        let less = |leave| asks().into_iter().map(move |guidance| Policy { guidance, leave, ..settled });
        heats.push(Heat::one(settled, Part::Guidance, less(Leave::OnCondition).collect()));
        let boss = impasses.iter().map(|&boss| Policy { boss, ..settled }).collect();
        heats.push(Heat::one(settled, Part::Boss, boss));
        heats
    }

    #[test]
    fn a_family_comes_to_what_each_of_it_comes_to_alone() {
        let mut case = reference();
        case.offers = in_turn(&[130.0, -5.0, 120.0, 12.0]);
        case.assumptions.insert(Name::GuidanceDelay, Quantity::Known(0.5));
        case.assumptions.insert(Name::AbilityRatio, Quantity::Known(2.0));
        let prepared = Prepared::new(&case, &Options::new(3, 4096)).unwrap();
        let heats = families();
        let sums = run(&prepared.problem(), &heats, PATHS, Rules::ALL);
        for (heat, sums) in heats.iter().zip(&sums) {
            let alone = one_by_one(&prepared, &heat.policies());
            for ((policy, sum), alone) in heat.policies().iter().zip(sums).zip(&alone) {
                assert!((sum - alone).abs() < 1e-9, "{sum} in the family, {alone} alone: {policy:?}");
            }
            let spread = alone.iter().fold(0.0_f64, |spread, sum| spread.max((sum - alone[0]).abs()));
            assert!(spread > 1e-3, "the family must differ: {:?}", heat.base);
        }
    }
}
