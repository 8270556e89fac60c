//! The first answer: the named plans' values and the recommendation.

use terms::PlanId;

use crate::belief::Belief;
use crate::case::{Case, Fault};
use crate::evaluate::{Problem, Results, Taste};
use crate::plan::{Chosen, Diagnosis, Effort, Policy, Repertoire, Tuned, choose};
use crate::prior::Prior;
use crate::random::Purpose;
use crate::record::Record;
use crate::scale::Scale;
use crate::simulate::{Rules, Stage};
use crate::stop::Stop;
use crate::{Options, Refusal};

mod choice;
mod due;

pub(crate) use choice::{Course, choose as choose_course};

/// The fewest and the most paths a plan that may be asked for.
pub const SAMPLES: std::ops::RangeInclusive<u32> = 1024..=4_194_304;
/// A plan within this share of the scale of the best found is as good.
pub const TIE_SHARE: f64 = 0.005;

/// A case made ready: read, scaled, and weighed against its record.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub scale: Scale,
    pub record: Record,
    pub prior: Prior,
    pub stage: Stage,
    pub belief: Belief,
    pub seed: u64,
    pub samples: usize,
    pub stop: Stop,
}

impl Prepared {
    pub fn new(case: &Case, options: &Options) -> Result<Self, Refusal> {
        if !SAMPLES.contains(&options.samples) {
            return Err(Refusal::Options(Fault {
                path: "samples".to_owned(),
                problem: "is out of range".to_owned(),
                mend: format!("Give a number from {} to {}.", SAMPLES.start(), SAMPLES.end()),
            }));
        }
        let faults = case.check();
        if !faults.is_empty() {
            return Err(Refusal::Case(faults));
        }
        let scale = Scale::of(case);
        let record = Record::of(case, &scale, options.as_of).map_err(|fault| Refusal::Case(vec![fault]))?;
        let prior = Prior::of(case, &scale);
        let stage = Stage::of(&record, prior.medians(), case.value.leave.map(|leave| scale.share_of_price(leave)));
        let samples = options.samples as usize;
        let belief = Belief::after(&record, &prior, particles(samples), options.seed);
        Ok(Self { scale, record, prior, stage, belief, seed: options.seed, samples, stop: Stop::default() })
    }

    /// The same, to be broken off where nobody waits any more.
    pub fn until(self, stop: &Stop) -> Self {
        Self { stop: stop.clone(), ..self }
    }

    /// The same under another prior and belief, on so many paths.
    pub fn believing(&self, prior: Prior, belief: Belief, samples: usize) -> Self {
        Self {
            scale: self.scale,
            record: self.record.clone(),
            prior,
            stage: self.stage.clone(),
            belief,
            seed: self.seed,
            samples,
            stop: self.stop.clone(),
        }
    }

    /// Every policy on the paths that are reported.
    fn evaluate(&self, policies: &[Policy], diagnosis: &Diagnosis) -> Vec<Results> {
        let rules = Rules { diagnosis: Some(diagnosis), ..Rules::ALL };
        self.problem().evaluate(policies, Purpose::Report, self.samples, rules)
    }

    pub fn problem(&self) -> Problem<'_> {
        Problem { stage: &self.stage, prior: &self.prior, belief: &self.belief, seed: self.seed, stop: &self.stop }
    }
}

/// Particles for so many paths: about one for every four, a power of two.
fn particles(paths: usize) -> usize {
    1 << (paths / 4).clamp(1024, 65_536).ilog2()
}

/// One plan that can be chosen, evaluated.
#[derive(Clone, Debug)]
pub(crate) struct Contender {
    pub plan: PlanId,
    /// Its policy; `None` for walking away.
    pub policy: Option<Policy>,
    /// What the search for that policy may have left, in utility.
    pub search_error: f64,
    pub results: Results,
}

impl Contender {
    /// The named plan that goes by the same rungs: itself, unless it is the best found.
    pub fn rungs(&self) -> PlanId {
        match (self.plan, self.policy) {
            (PlanId::BestFound, None) => PlanId::WalkAway,
            (PlanId::BestFound, Some(policy)) => policy.rungs(),
            (named, _) => named,
        }
    }
}

/// The plans that can be chosen, evaluated on common random numbers, the best found last.
#[derive(Clone, Debug)]
pub(crate) struct Comparison {
    /// What sights have meant.
    pub diagnosis: Diagnosis,
    pub contenders: Vec<Contender>,
    pub taste: Taste,
}

impl Comparison {
    pub fn of(prepared: &Prepared) -> Self {
        Self::on(prepared, choose(&prepared.problem(), Effort::for_paths(prepared.samples)))
    }

    /// Of plans that have been chosen.
    pub fn on(prepared: &Prepared, chosen: Chosen) -> Self {
        let mut tuned: Vec<Tuned> = chosen.named.clone();
        tuned.push(chosen.best);
        let policies: Vec<Policy> = tuned.iter().map(|tuned| tuned.policy).collect();
        let results = prepared.evaluate(&policies, &chosen.diagnosis);
        Self::with(prepared, tuned.into_iter().zip(results), chosen.diagnosis)
    }

    /// Of the best of a repertoire, plan by plan, on the very paths that are reported: for cases that are only a little
    /// different from one that has been searched.
    pub fn from_repertoire(prepared: &Prepared, repertoire: &Repertoire, diagnosis: &Diagnosis) -> Self {
        let policies: Vec<Policy> = repertoire.iter().flat_map(|(_, policies)| policies.iter().copied()).collect();
        let mut results = prepared.evaluate(&policies, diagnosis).into_iter().zip(&policies);
        let best = repertoire.iter().filter_map(|(plan, policies)| {
            let own = results.by_ref().take(policies.len());
            let (results, &policy) = own.reduce(|a, b| if b.0.mean() > a.0.mean() { b } else { a })?;
            Some((Tuned { plan: *plan, policy, error: 0.0 }, results))
        });
        Self::with(prepared, best, diagnosis.clone())
    }

    fn with(prepared: &Prepared, tuned: impl Iterator<Item = (Tuned, Results)>, diagnosis: Diagnosis) -> Self {
        let leave = Results { utilities: vec![0.0; prepared.samples], ..Results::default() };
        let mut contenders =
            vec![Contender { plan: PlanId::WalkAway, policy: None, search_error: 0.0, results: leave }];
        contenders.extend(tuned.map(|(Tuned { plan, policy, error }, results)| Contender {
            plan,
            policy: Some(policy),
            search_error: error,
            results,
        }));
        let comparison = Self { diagnosis, contenders, taste: Taste::of(&prepared.prior) };
        comparison.with_best_found_not_below_the_named()
    }

    /// The named plans, walking away among them, belong to the wider family too: where one of them turns out better
    /// on the fresh sample than what the search had found, it is the best found.
    fn with_best_found_not_below_the_named(mut self) -> Self {
        let Some((found, named)) = self.contenders.split_last_mut() else { return self };
        let best = named.iter().max_by(|a, b| a.results.mean().total_cmp(&b.results.mean()));
        if let Some(best) = best.filter(|best| best.results.mean() > found.results.mean()) {
            found.policy = best.policy;
            found.search_error = best.search_error;
            found.results = best.results.clone();
        }
        self
    }

    pub fn get(&self, plan: PlanId) -> Option<&Contender> {
        self.contenders.iter().find(|contender| contender.plan == plan)
    }

    /// The named plans that can be chosen, simplest first.
    pub fn named(&self) -> impl Iterator<Item = &Contender> {
        self.contenders.iter().filter(|contender| contender.plan != PlanId::BestFound)
    }

    /// A contender's value: its mean, or the certainty equivalent; in shares.
    pub fn value(&self, contender: &Contender) -> f64 {
        self.taste.certain(contender.results.mean())
    }

    /// Standard error of a contender's value, what its search may have left included; in shares.
    pub fn error(&self, problem: &Problem<'_>, contender: &Contender) -> f64 {
        let paths = problem.error_over_paths(contender.results.utilities.iter().copied());
        libm::hypot(paths, contender.search_error) * self.taste.slope(contender.results.mean())
    }

    /// `a`'s value less `b`'s with its standard error, in shares; path by path, for the numbers are common.
    pub fn difference(&self, problem: &Problem<'_>, a: &Contender, b: &Contender) -> (f64, f64) {
        let slope_a = self.taste.slope(a.results.mean());
        let slope_b = self.taste.slope(b.results.mean());
        let pairs = a.results.utilities.iter().zip(&b.results.utilities);
        let paths = problem.error_over_paths(pairs.map(|(a, b)| a * slope_a - b * slope_b));
        let search = libm::hypot(a.search_error * slope_a, b.search_error * slope_b);
        (self.value(a) - self.value(b), libm::hypot(paths, search))
    }

    /// What is advised, by the rule of [`choose_course`].
    pub fn recommended(&self, prepared: &Prepared) -> &Contender {
        let values: Vec<f64> = self.contenders.iter().map(|contender| self.value(contender)).collect();
        &self.contenders[choose_course(&self.courses(prepared), &values)]
    }

    /// The course worth most of those in which we go on; `None` where none is open.
    pub fn going_on(&self) -> Option<&Contender> {
        let open = self.contenders.iter().filter(|contender| contender.policy.is_some());
        open.reduce(|best, next| if self.value(next) > self.value(best) { next } else { best })
    }

    /// What the rule of recommendation goes by: a course ties with the best found within noise, or within a hair.
    pub fn courses(&self, prepared: &Prepared) -> Vec<Course> {
        let problem = prepared.problem();
        let best = &self.contenders[self.contenders.len() - 1];
        let course = |contender: &Contender| {
            let (_, error) = self.difference(&problem, best, contender);
            Course {
                beginning: prepared.beginning(contender.policy.as_ref()),
                named: contender.plan != PlanId::BestFound,
                tie: (2.0 * error).max(TIE_SHARE),
                noise: 2.0 * self.error(&problem, contender),
            }
        };
        self.contenders.iter().map(course).collect()
    }
}

/// The first answer: one value a plan that can be chosen, and the recommendation.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstAnswer {
    /// The recommended plan.
    pub plan: PlanId,
    /// The named plan that goes by the same rungs as the recommended one: itself, unless that is the best found.
    pub rungs: PlanId,
    /// The plans that can be chosen, with their values and standard errors in money.
    pub values: Vec<(PlanId, f64, f64)>,
}

/// The named plans' values and the recommendation, without the rest of the advice.
pub(crate) fn first_answer(case: &Case, options: &Options, stop: &Stop) -> Result<FirstAnswer, Refusal> {
    let prepared = Prepared::new(case, options)?.until(stop);
    Ok(FirstAnswer::of(&prepared, &Comparison::of(&prepared)))
}

impl FirstAnswer {
    pub(crate) fn of(prepared: &Prepared, comparison: &Comparison) -> Self {
        let problem = prepared.problem();
        let values = comparison.contenders.iter().map(|contender| {
            let error = comparison.error(&problem, contender);
            let money = |share| prepared.scale.money(share);
            (contender.plan, money(comparison.value(contender)), money(error))
        });
        let recommended = comparison.recommended(prepared);
        Self { plan: recommended.plan, rungs: recommended.rungs(), values: values.collect() }
    }
}
