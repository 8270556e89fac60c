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
