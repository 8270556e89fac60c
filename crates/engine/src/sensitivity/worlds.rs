//! How sure the recommendation is over the ways in which the assumptions could be wrong: in worlds drawn from them, with
//! every plan tuned anew in each.
//!
//! What a particular counterpart hides is no assumption but what a negotiation is about; it is averaged out within a
//! world, as the record leaves it.

use rayon::prelude::*;
use terms::PlanId;

use crate::assumption::Name;
use crate::belief::Belief;
use crate::compare::{Comparison, Prepared, TIE_SHARE};
use crate::evaluate::{mean, standard_error};
use crate::forecast::fan;
use crate::plan::Repertoire;
use crate::prior::Prior;
use crate::random::{Purpose, Stream};

/// Worlds drawn.
const WORLDS: usize = 64;
/// Paths a world; a power of two.
const PATHS: usize = 1024;

/// How firmly each plan stands over the assumptions.
#[derive(Clone, Debug)]
pub(crate) struct Robustness {
    /// The contenders, in their order.
    plans: Vec<PlanId>,
    /// What each is worth in each world, in shares.
    worlds: Vec<Vec<f64>>,
}

impl Robustness {
    /// Draws the worlds and tunes the plans in each from `repertoire`.
    pub fn of(prepared: &Prepared, comparison: &Comparison, repertoire: &Repertoire, advised: PlanId) -> Self {
        let plans: Vec<PlanId> = comparison.contenders.iter().map(|contender| contender.plan).collect();
        let base = Base { prepared, comparison, repertoire };
        let here = base.tuned(prepared.prior.clone(), base.belief(None));
        let strata = base.strata();
        let whole: Vec<f64> = comparison.contenders.iter().map(|contender| comparison.value(contender)).collect();
        let reference = plans.iter().position(|&plan| plan == advised).unwrap_or(0);
        // What few paths say has changed, on top of what all of them say; and how far off each lead may be by noise.
        let worlds: Vec<(Vec<f64>, Vec<f64>)> = (0..WORLDS)
            .into_par_iter()
            .map(|world| {
                let there = base.world(&strata, world);
                let changes = changes(&plans, [&there, &here]);
                let noise = (0..plans.len()).map(|index| {
                    let paths = changes[index].iter().zip(&changes[reference]).map(|(own, other)| own - other);
                    standard_error(paths)
                });
                let values = whole.iter().zip(&changes).map(|(whole, change)| whole + mean(change)).collect();
                (values, noise.collect())
            })
            .collect();
        Self { worlds: without_noise(&worlds, reference), plans }
    }

    fn index(&self, plan: PlanId) -> Option<usize> {
        self.plans.iter().position(|&known| known == plan)
    }

    /// The best of the named plans in a world.
    fn best(&self, values: &[f64]) -> f64 {
        let named = values.iter().zip(&self.plans).filter(|(_, plan)| **plan != PlanId::BestFound);
        named.map(|(value, _)| *value).fold(f64::NEG_INFINITY, f64::max)
    }

    fn share(&self, holds: impl Fn(&[f64]) -> bool) -> f64 {
        self.worlds.iter().filter(|values| holds(values)).count() as f64 / self.worlds.len() as f64
    }

    /// Share of the worlds in which no named plan beats `plan` by more than a tie.
    pub fn stands(&self, plan: PlanId) -> f64 {
        self.index(plan).map_or(0.0, |index| self.share(|values| self.best(values) - values[index] <= TIE_SHARE))
    }

    /// The plan that beats `plan` by more than a tie in the most worlds.
    pub fn rival(&self, plan: PlanId) -> Option<PlanId> {
        let own = self.index(plan)?;
        let beats = |other: usize| self.share(|values| values[other] - values[own] > TIE_SHARE);
        let others = (0..self.plans.len()).filter(|&other| other != own && self.plans[other] != PlanId::BestFound);
        let best = others.max_by(|&a, &b| beats(a).total_cmp(&beats(b)).then(b.cmp(&a)))?;
        (beats(best) > 0.0).then(|| self.plans[best])
    }

    /// Share of the worlds in which a named plan is the best of them.
    pub fn best_probability(&self, plan: PlanId) -> f64 {
        let first = |values: &[f64]| values.iter().position(|&value| value == self.best(values));
        self.index(plan).map_or(0.0, |index| self.share(|values| first(values) == Some(index)))
    }

    /// What choosing `plan` is expected to lose against the best named plan of each world, in shares.
    pub fn expected_regret(&self, plan: PlanId) -> f64 {
        let regret = |index: usize| self.worlds.iter().map(|values| self.best(values) - values[index]).sum::<f64>();
        self.index(plan).map_or(0.0, |index| (regret(index) / self.worlds.len() as f64).max(0.0))
    }

    /// The 10th and the 90th percentile of what `plan` is worth beyond `other`, in shares.
    pub fn range_of_lead(&self, plan: PlanId, other: PlanId) -> [f64; 2] {
        let (Some(plan), Some(other)) = (self.index(plan), self.index(other)) else { return [0.0; 2] };
        let leads = self.worlds.iter().map(|values| values[plan] - values[other]).collect();
        fan(leads).map_or([0.0; 2], |fan| [fan.p10, fan.p90])
    }
}

struct Base<'a> {
    prepared: &'a Prepared,
    comparison: &'a Comparison,
    repertoire: &'a Repertoire,
}

impl Base<'_> {
    fn belief(&self, world: Option<usize>) -> Belief {
        let particles = self.prepared.belief.particles.len();
        self.prepared.belief.in_world(world.map(|world| world * particles / WORLDS), PATHS)
    }

    /// What the contenders are worth in a world, each assumption held at its draw there.
    fn world(&self, strata: &[(Name, Vec<usize>)], world: usize) -> Comparison {
        let prior = &self.prepared.prior;
        let held = strata.iter().map(|(name, order)| {
            let key = ((*name as u64) << 32) | world as u64 | 1 << 31;
            let within = Stream::new(self.prepared.seed, Purpose::Worlds, key).uniform();
            let place = (order[world] as f64 + within) / WORLDS as f64;
            (*name, prior.distribution(*name).at_probability(place))
        });
        let held: Vec<(Name, f64)> = held.collect();
        self.tuned(prior.holding(&held), self.belief(Some(world)))
    }

    /// The assumptions that vary, each with the stratum that it lies in in each world: one world in each of as many, in an
    /// order of its own.
    fn strata(&self) -> Vec<(Name, Vec<usize>)> {
        let prior = &self.prepared.prior;
        let names = prior.free().iter().filter(|&&name| !prior.distribution(name).is_fixed());
        let order = |&name: &Name| {
            let mut stream = Stream::new(self.prepared.seed, Purpose::Worlds, name as u64);
            let mut order: Vec<usize> = (0..WORLDS).collect();
            for last in (1..WORLDS).rev() {
                order.swap(last, (stream.uniform() * (last + 1) as f64) as usize);
            }
            (name, order)
        };
        names.map(order).collect()
    }

    fn tuned(&self, prior: Prior, belief: Belief) -> Comparison {
        let prepared = self.prepared.believing(prior, belief, PATHS.min(self.prepared.samples));
        Comparison::from_repertoire(&prepared, self.repertoire, &self.comparison.diagnosis)
    }
}

/// What each plan's sure worth changes by from one comparison to the other, path by path.
fn changes(plans: &[PlanId], [there, here]: [&Comparison; 2]) -> Vec<Vec<f64>> {
    let sure = |comparison: &Comparison, plan: PlanId| -> Vec<f64> {
        comparison.get(plan).map_or_else(Vec::new, |contender| {
            let taste = comparison.taste;
            // Straight about the mean, so that the mean of it is the sure worth of the mean.
            let (mean, slope) = (contender.results.mean(), taste.slope(contender.results.mean()));
            contender.results.utilities.iter().map(|utility| taste.certain(mean) + slope * (utility - mean)).collect()
        })
    };
    let change = |&plan: &PlanId| {
        let (there, here) = (sure(there, plan), sure(here, plan));
        there.iter().zip(&here).map(|(there, here)| there - here).collect()
    };
    plans.iter().map(change).collect()
}

/// The values in every world with the leads over one plan drawn in to their mean as far as noise has spread them.
fn without_noise(worlds: &[(Vec<f64>, Vec<f64>)], reference: usize) -> Vec<Vec<f64>> {
    let count = worlds.len() as f64;
    let plans = worlds.first().map_or(0, |(values, _)| values.len());
    let mut drawn_in: Vec<Vec<f64>> = worlds.iter().map(|(values, _)| values.clone()).collect();
    for plan in (0..plans).filter(|&plan| plan != reference) {
        let leads: Vec<f64> = worlds.iter().map(|(values, _)| values[plan] - values[reference]).collect();
        let middle = mean(&leads);
        let spread = leads.iter().map(|lead| (lead - middle) * (lead - middle)).sum::<f64>() / count;
        let noise = worlds.iter().map(|(_, noise)| noise[plan] * noise[plan]).sum::<f64>() / count;
        let keep = if spread > 0.0 { ((spread - noise) / spread).max(0.0).sqrt() } else { 1.0 };
        for ((values, world), lead) in drawn_in.iter_mut().zip(worlds).zip(&leads) {
            values[plan] = world.0[reference] + middle + keep * (lead - middle);
        }
    }
    drawn_in
}
