//! Values of policies on common random numbers.

use rayon::prelude::*;

use crate::assumption::Name;
use crate::belief::Belief;
use crate::plan::Policy;
use crate::prior::Prior;
use crate::random::{Purpose, Stream, answers};
use crate::simulate::{Luck, Outcome, Rules, Scene, Stage, State, World, run};
use crate::stop::Stop;

mod courses;

pub(crate) use courses::{Courses, Family};

/// Paths a chunk of parallel work; results do not depend on it, nor on the number of threads.
const CHUNK: usize = 256;

/// A case made ready to simulate: what is known, what is believed, and the seed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Problem<'a> {
    pub stage: &'a Stage,
    pub prior: &'a Prior,
    pub belief: &'a Belief,
    pub seed: u64,
    pub stop: &'a Stop,
}

/// How money counts: as it is, or less for a gamble where risk aversion is stated (constant absolute).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Taste {
    aversion: f64,
}

impl Taste {
    pub fn of(prior: &Prior) -> Self {
        Self { aversion: prior.medians()[Name::RiskAversion] }
    }

    /// Utility of a sure share, in shares near nought.
    #[inline]
    pub fn utility(self, share: f64) -> f64 {
        if self.aversion == 0.0 { share } else { -libm::expm1(-self.aversion * share) / self.aversion }
    }

    /// The sure share that is as good as a utility.
    pub fn certain(self, utility: f64) -> f64 {
        if self.aversion == 0.0 { utility } else { -libm::log1p(-self.aversion * utility) / self.aversion }
    }

    /// How much the sure share changes with utility, at `utility`.
    pub fn slope(self, utility: f64) -> f64 {
        1.0 / (1.0 - self.aversion * utility)
    }
}

/// What became of one policy on a sample of paths.
#[derive(Clone, Debug, Default)]
pub(crate) struct Results {
    /// Utility of each path, in shares.
    pub utilities: Vec<f64>,
    /// Paths that ended in a deal.
    pub deals: u64,
    /// Paths on which our boss was in the room.
    pub boss_in: u64,
    /// Rounds played, over all paths.
    pub rounds: u64,
}

impl Results {
    fn with_capacity(paths: usize) -> Self {
        Self { utilities: Vec::with_capacity(paths), ..Self::default() }
    }

    fn add(&mut self, outcome: &Outcome, utility: f64) {
        self.utilities.push(utility);
        self.deals += u64::from(outcome.amount.is_some());
        self.boss_in += u64::from(outcome.boss_in);
        self.rounds += u64::from(outcome.rounds);
    }

    fn append(&mut self, other: &Self) {
        self.utilities.extend_from_slice(&other.utilities);
        self.deals += other.deals;
        self.boss_in += other.boss_in;
        self.rounds += other.rounds;
    }

    /// Mean utility.
    pub fn mean(&self) -> f64 {
        mean(&self.utilities)
    }
}

/// Arithmetic mean; 0 of nothing.
pub fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// Standard error of the mean.
pub fn standard_error(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let (mut count, mut sum) = (0.0, 0.0);
    for value in values.clone() {
        count += 1.0;
        sum += value;
    }
    if count < 2.0 {
        return 0.0;
    }
    let mean = sum / count;
    let squares: f64 = values.map(|value| (value - mean) * (value - mean)).sum();
    (squares / (count - 1.0) / count).sqrt()
}

impl Problem<'_> {
    /// Standard error of the mean of a figure a path, `values` in the order of the paths. Paths whose particles are
    /// copies of one draw are not independent: they count as one cluster.
    pub fn error_over_paths(&self, values: impl ExactSizeIterator<Item = f64> + Clone) -> f64 {
        let paths = values.len() as f64;
        let mean = values.clone().sum::<f64>() / paths;
        let mut clusters = vec![0.0; self.belief.particles.len()];
        for (path, value) in values.enumerate() {
            clusters[self.belief.ancestor(path)] += value - mean;
        }
        clusters.iter().map(|sum| sum * sum).sum::<f64>().sqrt() / paths
    }

    /// Sets up path `index`: the truth and the luck on it.
    pub fn set_up(&self, purpose: Purpose, index: usize, luck: &mut Luck) -> World {
        let mut stream = Stream::new(self.seed, purpose, index as u64);
        let particle = self.belief.particle(index);
        let world = World::draw(self.stage, self.prior, particle, &mut stream);
        let chance = Stream::of_luck(self.seed, purpose, index as u64);
        let answers = answers(self.seed, purpose, index as u64);
        luck.restart((chance, answers), self.stage.first_step(), &world, &self.stage.walk);
        world
    }

    /// What we may sign now without asking, by what is likeliest, in shares.
    pub fn own_limit(&self) -> f64 {
        let authority = self.prior.medians()[Name::Authority];
        self.stage.leave.map_or(authority, |leave| leave.min(authority))
    }

    /// Whether their offer on the table is one that we may accept unasked, or by leave already given.
    pub fn offer_is_acceptable(&self) -> bool {
        let mut luck = Luck::new();
        let world = self.set_up(Purpose::Report, 0, &mut luck);
        self.stage.theirs_on_table && State::at(self.stage, &world, &luck).theirs >= world.floor
    }

    /// Works through `paths` paths in parallel chunks and hands back what each chunk made, in order.
    pub fn chunks<T: Send>(&self, purpose: Purpose, paths: usize, work: impl Fn(Paths<'_>) -> T + Sync) -> Vec<T> {
        (0..paths.div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                self.stop.check();
                let first = chunk * CHUNK;
                work(Paths {
                    problem: self,
                    purpose,
                    next: first,
                    end: (first + CHUNK).min(paths),
                    world: None,
                    luck: Luck::new(),
                })
            })
            .collect()
    }

    /// Every policy on the same paths.
    pub fn evaluate(&self, policies: &[Policy], purpose: Purpose, paths: usize, rules: Rules<'_>) -> Vec<Results> {
        let taste = Taste::of(self.prior);
        let family = Family::of(policies);
        let parts = self.chunks(purpose, paths, |mut chunk| {
            let mut results: Vec<Results> = policies.iter().map(|_| Results::with_capacity(CHUNK)).collect();
            let mut courses = Courses::of(&family);
            while let Some((world, luck)) = chunk.next_path() {
                let mut scene = Scene { stage: self.stage, world, luck, rules };
                courses.play(&mut scene, |index, outcome| {
                    results[index].add(&outcome, taste.utility(outcome.value(world, rules.switches)));
                });
            }
            results
        });
        join(&parts, policies.len(), paths)
    }
}

impl Problem<'_> {
    /// Every course on the same paths: a policy, on a stage that differs from this problem's in nothing but what we do at
    /// our next move.
    pub fn evaluate_courses(&self, courses: &[(Stage, Policy)], paths: usize, rules: Rules<'_>) -> Vec<Results> {
        let taste = Taste::of(self.prior);
        let parts = self.chunks(Purpose::Report, paths, |mut chunk| {
            let mut results: Vec<Results> = courses.iter().map(|_| Results::with_capacity(CHUNK)).collect();
            while let Some((world, luck)) = chunk.next_path() {
                for ((stage, policy), results) in courses.iter().zip(&mut results) {
                    let outcome = run(stage, world, luck, policy, rules, |_, _| {});
                    results.add(&outcome, taste.utility(outcome.value(world, rules.switches)));
                }
            }
            results
        });
        join(&parts, courses.len(), paths)
    }
}

fn join(parts: &[Vec<Results>], policies: usize, paths: usize) -> Vec<Results> {
    let mut whole: Vec<Results> = (0..policies).map(|_| Results::with_capacity(paths)).collect();
    for part in parts {
        for (whole, part) in whole.iter_mut().zip(part) {
            whole.append(part);
        }
    }
    whole
}

/// The paths of one chunk, set up one by one.
pub(crate) struct Paths<'a> {
    problem: &'a Problem<'a>,
    purpose: Purpose,
    next: usize,
    end: usize,
    world: Option<World>,
    luck: Luck,
}

impl Paths<'_> {
    /// The next path, or `None` after the last.
    pub fn next_path(&mut self) -> Option<(&World, &mut Luck)> {
        if self.next == self.end {
            return None;
        }
        let world = self.world.insert(self.problem.set_up(self.purpose, self.next, &mut self.luck));
        self.next += 1;
        Some((world, &mut self.luck))
    }
}
