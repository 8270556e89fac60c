//! Fits the thresholds of the named plans to the case, and looks for a better plan in a wider family.
//!
//! All of it runs on a sample of its own, so that the values reported on a fresh one are not flattered.

use terms::{Cause, PlanId};

use crate::belief::cause_of;
use crate::evaluate::{Problem, Results, standard_error};
use crate::random::Purpose;
use crate::simulate::{Rules, Stage, run};

use super::causes::Tally;
use super::{Diagnosis, Impasse, Policy, When, unavailable_because};

/// The most and the fewest paths on which plans are tuned and searched.
const SEARCH_PATHS: usize = 2048;
const FEWEST_PATHS: usize = 512;
/// Candidates run first on this part of the paths; so many of them run on to the rest.
const HEAT: usize = 4;
const FINALISTS: usize = 3;
/// Paths on which sights are matched with causes.
const DIAGNOSIS_PATHS: usize = 512;
/// A candidate replaces the best so far only if it is better by this many standard errors of the difference.
const CONVINCING: f64 = 1.0;
/// Means closer than this, in shares, are the same: what differs is rounding, which must not choose a plan.
const RESOLUTION: f64 = 1e-9;

/// The plans chosen for a case.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    /// The named plans that are paths over the ladder, with their thresholds, as far as they can be chosen.
    pub named: Vec<(PlanId, Policy)>,
    /// The best found in the wider family.
    pub best: Policy,
    /// What sights have meant.
    pub diagnosis: Diagnosis,
}

/// Chooses on an eighth as many paths as are reported, within reason.
pub(crate) fn choose(problem: &Problem<'_>, reported: usize) -> Chosen {
    let paths = (reported / 8).clamp(FEWEST_PATHS, SEARCH_PATHS);
    let diagnosis = diagnose(problem, paths.min(DIAGNOSIS_PATHS));
    let search = Search { problem, paths, rules: Rules { diagnosis: Some(&diagnosis), ..Rules::ALL } };
    let named = search.named();
    let best = search.wider(&named);
    Chosen { named, best, diagnosis }
}

struct Search<'a> {
    problem: &'a Problem<'a>,
    paths: usize,
    rules: Rules<'a>,
}

impl Search<'_> {
    /// The named plans, their thresholds tuned rung by rung from the lowest.
    fn named(&self) -> Vec<(PlanId, Policy)> {
        let stage = self.problem.stage;
        let base = at_hand(stage);
        let guidance = self.best_of(&asks(), |&guidance| Policy { guidance, ..base });
        let impasses = impasses(stage.rounds_left());
        let proposal = self.best_of(&impasses, |&proposal| Policy { guidance, proposal, ..base });
        let boss = self.best_of(&impasses, |&boss| Policy { guidance, boss, ..base });
        let rungs = Policy { guidance, boss_last: true, ..base };
        // When to propose and when the boss comes last hang together: a coarse look at both, then each by itself.
        let coarse: Vec<When> = impasses.iter().copied().filter(When::is_plain_impasse).collect();
        let pairs = coarse.iter().flat_map(|&proposal| coarse.iter().map(move |&boss| (proposal, boss)));
        let pairs: Vec<Policy> = pairs.map(|(proposal, boss)| Policy { proposal, boss, ..rungs }).collect();
        let both = pairs[self.winner(&pairs).0];
        let last = self.best_of(&impasses, |&boss| Policy { boss, ..both });
        let before = self.best_of(&impasses, |&proposal| Policy { proposal, boss: last, ..rungs });
        let shape = |plan| match plan {
            PlanId::Ladder => Policy::named(plan, guidance, before, last),
            _ => Policy::named(plan, guidance, proposal, boss),
        };
        let open = PlanId::NAMED.into_iter().filter(|&plan| unavailable_because(plan, stage).is_none());
        open.filter_map(|plan| {
            Some((plan, Policy { hand_back: plan == PlanId::OwnLevel && stage.boss_in, ..shape(plan)? }))
        })
        .collect()
    }

    /// The option that makes the best policy.
    fn best_of(&self, options: &[When], make: impl Fn(&When) -> Policy) -> When {
        let policies: Vec<Policy> = options.iter().map(make).collect();
        options[self.winner(&policies).0]
    }

    /// The best of `policies` by a heat on some of the paths and a final on all, with its results.
    fn winner(&self, policies: &[Policy]) -> (usize, Results) {
        let heat = self.problem.evaluate(policies, Purpose::Search, self.paths / HEAT, self.rules);
        let mut order: Vec<usize> = (0..policies.len()).collect();
        let steps: Vec<f64> = heat.iter().map(|results| (results.mean() / RESOLUTION).round()).collect();
        order.sort_by(|&a, &b| steps[b].total_cmp(&steps[a]).then(a.cmp(&b)));
        order.truncate(FINALISTS);
        order.sort_unstable();
        let finalists: Vec<Policy> = order.iter().map(|&index| policies[index]).collect();
        let mut results = self.evaluate(&finalists);
        let first = best(&results);
        (order[first], results.swap_remove(first))
    }

    /// Coordinate ascent from the best named plan over acts now, impasses, diagnoses, and none.
    fn wider(&self, named: &[(PlanId, Policy)]) -> Policy {
        let policies: Vec<Policy> = named.iter().map(|&(_, policy)| policy).collect();
        let results = self.evaluate(&policies);
        let first = best(&results);
        let mut incumbent = (policies[first], results[first].clone());
        for change in [changes_of_start, changes_of_guidance, changes_of_proposal, changes_of_boss] {
            let candidates = change(&incumbent.0, self.problem);
            if candidates.is_empty() {
                continue;
            }
            let (challenger, results) = self.winner(&candidates);
            if is_convincing(&results, &incumbent.1) {
                incumbent = (candidates[challenger], results);
            }
        }
        incumbent.0
    }

    fn evaluate(&self, policies: &[Policy]) -> Vec<Results> {
        self.problem.evaluate(policies, Purpose::Search, self.paths, self.rules)
    }
}

fn is_convincing(challenger: &Results, incumbent: &Results) -> bool {
    let gains = challenger.utilities.iter().zip(&incumbent.utilities).map(|(c, i)| c - i);
    challenger.mean() - incumbent.mean() > CONVINCING * standard_error(gains) + RESOLUTION
}

/// The first of the best.
fn best(results: &[Results]) -> usize {
    let mut best = 0;
    for (index, result) in results.iter().enumerate() {
        if result.mean() > results[best].mean() + RESOLUTION {
            best = index;
        }
    }
    best
}

/// Doing nothing new.
fn at_hand(stage: &Stage) -> Policy {
    Policy { hand_back: false, accept_now: false, takes_over: stage.handed_over, ..Policy::default() }
}

/// When guidance might be asked: at once, or as it gets late or stuck.
fn asks() -> Vec<When> {
    let waiting = [1, 2, 3].into_iter().flat_map(|stalled_rounds| {
        [1, 3].map(|last_rounds| {
            When::AtImpasse(Impasse { stalled_rounds, last_rounds, gap_at_most: f64::INFINITY, only_if_short: true })
        })
    });
    std::iter::once(When::Now).chain(waiting).collect()
}

/// What might be taken for an impasse, the most reluctant first.
fn impasses(rounds_left: u32) -> Vec<When> {
    let mut impasses = Vec::new();
    for stalled_rounds in [3, 2, 1] {
        for last_rounds in [0, 1, 3].into_iter().filter(|&last| last < rounds_left) {
            for (gap_at_most, only_if_short) in [(f64::INFINITY, true), (0.25, false), (f64::INFINITY, false)] {
                impasses.push(When::AtImpasse(Impasse { stalled_rounds, last_rounds, gap_at_most, only_if_short }));
            }
        }
    }
    impasses
}

fn rungs(rounds_left: u32) -> impl Iterator<Item = When> {
    let diagnosed = [
        When::Diagnosed(Cause::OutOfAuthority, 0.2),
        When::Diagnosed(Cause::OutOfAuthority, 0.35),
        When::Diagnosed(Cause::HoldingOut, 0.35),
        When::Diagnosed(Cause::Relationship, 0.2),
    ];
    [When::Never, When::Now].into_iter().chain(impasses(rounds_left)).chain(diagnosed)
}

fn changes_of_start(policy: &Policy, problem: &Problem<'_>) -> Vec<Policy> {
    let (stage, mut changes) = (problem.stage, Vec::new());
    if problem.offer_is_acceptable() {
        changes.push(Policy { accept_now: true, ..*policy });
    }
    if stage.boss_in && !stage.handed_over {
        changes.push(Policy { hand_back: !policy.hand_back, ..*policy });
    }
    changes
}

fn changes_of_guidance(policy: &Policy, _: &Problem<'_>) -> Vec<Policy> {
    asks().into_iter().chain([When::Never]).map(|guidance| Policy { guidance, ..*policy }).collect()
}

fn changes_of_proposal(policy: &Policy, problem: &Problem<'_>) -> Vec<Policy> {
    let stage = problem.stage;
    if stage.proposed || stage.boss_in {
        return Vec::new();
    }
    rungs(stage.rounds_left()).map(|proposal| Policy { proposal, ..*policy }).collect()
}

fn changes_of_boss(policy: &Policy, problem: &Problem<'_>) -> Vec<Policy> {
    let stage = problem.stage;
    if stage.boss_in {
        return Vec::new();
    }
    let orders: &[bool] = if policy.proposal == When::Never { &[false] } else { &[true, false] };
    let when = |&boss_last: &bool| rungs(stage.rounds_left()).map(move |boss| Policy { boss, boss_last, ..*policy });
    orders.iter().flat_map(when).collect()
}

/// Matches what is seen with what is the cause, on simulated negotiations at our own level.
fn diagnose(problem: &Problem<'_>, paths: usize) -> Diagnosis {
    let own_level = at_hand(problem.stage);
    let tallies = problem.chunks(Purpose::Search, paths, |mut chunk| {
        let mut tally = Tally::new();
        while let Some((world, luck)) = chunk.next_path() {
            run(problem.stage, world, luck, &own_level, Rules::ALL, |state, seen| {
                let cause = cause_of(&world.counterpart, &state.mind, state.frozen, state.floor);
                tally.add(seen, cause);
            });
        }
        tally
    });
    tallies.iter().fold(Tally::new(), Tally::merge).fit()
}
