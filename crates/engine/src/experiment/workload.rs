//! What the benchmarks run: one continuation of a plan, and the least that it could cost.

use terms::PlanId;

use crate::assumption::Name;
use crate::case::Case;
use crate::compare::{Comparison, Prepared};
use crate::plan::Policy;
use crate::random::{Purpose, Stream};
use crate::simulate::{Luck, Rules, Switches, run};
use crate::walk::Walk;
use crate::{Options, Refusal};

/// A case made ready, its plans tuned.
#[derive(Clone, Debug)]
pub struct Workload {
    prepared: Prepared,
    comparison: Comparison,
    luck: Luck,
}

impl Workload {
    /// Weighs the record of `case` and tunes its plans.
    pub fn new(case: &Case, options: &Options) -> Result<Self, Refusal> {
        let prepared = Prepared::new(case, options)?;
        let comparison = Comparison::of(&prepared);
        Ok(Self { prepared, comparison, luck: Luck::new() })
    }

    fn policy(&self, plan: PlanId) -> Policy {
        self.comparison.get(plan).and_then(|contender| contender.policy).unwrap_or_default()
    }

    /// Simulates continuation `index` under `plan`, everything drawn afresh; its value in shares of the scale, and
    /// the rounds of luck that it drew.
    pub fn continuation(&mut self, plan: PlanId, index: usize) -> (f64, usize) {
        let policy = self.policy(plan);
        let world = self.prepared.problem().set_up(Purpose::Report, index, &mut self.luck);
        let rules = Rules { diagnosis: Some(&self.comparison.diagnosis), ..Rules::ALL };
        let outcome = run(&self.prepared.stage, &world, &mut self.luck, &policy, rules, |_, _| {});
        (outcome.value(&world, Switches::ALL), self.luck.drawn())
    }

    /// The random numbers and powers of such a continuation alone, for `rounds` rounds of luck: what no
    /// implementation of the model can do without.
    pub fn lower_bound(&self, index: usize, rounds: usize) -> f64 {
        let (prior, stage) = (&self.prepared.prior, &self.prepared.stage);
        let mut stream = Stream::new(self.prepared.seed, Purpose::Report, index as u64);
        let mut chance = Stream::of_luck(self.prepared.seed, Purpose::Report, index as u64);
        let particle = self.prepared.belief.particle(index);
        let mut sum = 0.0;
        for &name in prior.free() {
            sum += prior.distribution(name).at_probability(stream.uniform());
        }
        for _ in 0..4 {
            let (a, b) = chance.two_uniforms();
            sum += a + b;
        }
        let inverse = particle.counterpart.inverse_exponent;
        let mut before = stage.walk.conceded(stage.first_step(), inverse);
        for round in 0..rounds {
            let (a, b) = chance.two_uniforms();
            let (c, d) = chance.two_uniforms();
            let step = stage.first_step() + round as u32;
            let after = stage.walk.conceded(step + 1, inverse);
            let effort = -libm::log(chance.product_of_three());
            let share = Walk::share_at_effort(Walk::share_of_rest(before, after), effort);
            sum += a + b + c + d + chance.uniform() + share;
            before = after;
        }
        sum + prior.medians()[Name::WalkAway]
    }
}
