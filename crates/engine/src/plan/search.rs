//! Fits the thresholds and the pace of the named plans to the case, and looks for a better plan in a wider family.
//!
//! All of it runs on a sample of its own, so that the values reported on a fresh one are not flattered. Whole families of
//! thresholds are tried at the cost of a few plans (`heat`), the best of each run on to a final by paired differences
//! (`finals`), and what a final can't tell apart is part of the error that is stated.

use terms::{Pace, PlanId};

use crate::evaluate::{Problem, Results, standard_error};
use crate::random::Purpose;
use crate::simulate::{Rules, Stage};

use super::heat::{Heat, run as run_heat};
use super::options::{acceptances, at_hand, impasses, orders, rungs};
use super::{Diagnosis, Leave, Part, Policy, When, diagnose, unavailable_because};

mod private;

use private::{WORTH_A_LOOK, WORTH_SAYING, ways_to_ask};

/// The fewest and the most paths on which families are tried.
const HEAT_PATHS: (usize, usize) = (512, 2048);
/// The fewest and the most paths of a final.
const FINAL_PATHS: (usize, usize) = (512, 4096);
/// Paths on which sights are matched with causes.
const DIAGNOSIS_PATHS: usize = 512;
/// So many of a family come to the final.
const FINALISTS: usize = 3;
/// So many of a family are kept for cases that are only a little different, with the best of another pace.
const NEAR: usize = 2;
/// The most paths on which the last few are told apart.
const DUEL_PATHS: usize = 16_384;
/// Means closer than this, in shares, are the same: what differs is rounding, which must not choose a plan.
const RESOLUTION: f64 = 1e-9;

/// A named plan with its thresholds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tuned {
    /// Which plan.
    pub plan: PlanId,
    /// Its policy.
    pub policy: Policy,
    /// What another finalist may be expected to bring beyond it, in utility: the error of the search.
    pub error: f64,
}

/// The plans chosen for a case.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    /// The named plans that are paths over the ladder, with their thresholds, as far as they can be chosen.
    pub named: Vec<Tuned>,
    /// The best found in the wider family.
    pub best: Tuned,
    /// Those that came near, plan by plan: what a plan is tuned from where the case is only a little different.
    pub repertoire: Repertoire,
    /// What sights have meant.
    pub diagnosis: Diagnosis,
}

/// Policies by the plan whose they are.
pub(crate) type Repertoire = Vec<(PlanId, Vec<Policy>)>;

/// How many paths a search takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Effort {
    heat: usize,
    finals: usize,
    duel: usize,
}

impl Effort {
    /// For plans reported on so many paths.
    pub fn for_paths(reported: usize) -> Self {
        let within = |paths: usize, (fewest, most): (usize, usize)| paths.clamp(fewest, most);
        Self {
            heat: within(reported / 16, HEAT_PATHS),
            finals: within(reported / 8, FINAL_PATHS),
            duel: within(reported / 4, (FINAL_PATHS.0, DUEL_PATHS)),
        }
    }
}

/// Tunes the named plans and looks for a better one.
pub(crate) fn choose(problem: &Problem<'_>, effort: Effort) -> Chosen {
    let diagnosis = diagnose(problem, effort.finals.min(DIAGNOSIS_PATHS));
    let search = Search { problem, effort, rules: Rules { diagnosis: Some(&diagnosis), ..Rules::ALL } };
    let (named, mut repertoire) = search.named();
    let best = search.wider(&named);
    repertoire.push((PlanId::BestFound, vec![best.policy]));
    // What a plan was tuned to belongs to it too.
    for (tuned, _) in &named {
        if let Some((_, near)) =
            repertoire.iter_mut().find(|(plan, near)| *plan == tuned.plan && !near.contains(&tuned.policy))
        {
            near.push(tuned.policy);
        }
    }
    Chosen { named: named.into_iter().map(|(tuned, _)| tuned).collect(), best, repertoire, diagnosis }
}

struct Search<'a> {
    problem: &'a Problem<'a>,
    effort: Effort,
    rules: Rules<'a>,
}

/// Policies with what each came to on the paths of a heat, the sum of its utilities.
type Ranked = Vec<(Policy, f64)>;

impl Search<'_> {
    /// The named plans, tuned, with their results in the final; and those that came near.
    fn named(&self) -> (Vec<(Tuned, Results)>, Repertoire) {
        let stage = self.problem.stage;
        let base = at_hand(stage);
        let lowest = self.lowest_rungs(&base);
        let guided = self.guided(&lowest);
        let open = |plan: &PlanId| *plan != PlanId::WalkAway && unavailable_because(*plan, stage).is_none();
        let plans = PlanId::NAMED.into_iter().filter(open);
        let families: Vec<(PlanId, &Ranked)> =
            plans.filter_map(|plan| Some((plan, lowest.of(plan).or(guided.of(plan))?))).collect();
        let mut private = self.private(&families);
        let (mut entries, mut repertoire) = (Vec::new(), Vec::new());
        for (plan, family) in families {
            let private = private.remove(&plan).unwrap_or_default();
            let mut finalists = self.finalists(family);
            finalists.extend(private.iter().filter(|better| better.gain > WORTH_SAYING).map(|better| better.policy));
            let mut near = top(family, NEAR);
            near.extend(private.into_iter().map(|better| better.policy));
            let others = best_by_pace(family, 2).into_iter().filter(|other| !near.contains(other));
            near.extend(others.collect::<Vec<_>>());
            repertoire.push((plan, near));
            entries.push((plan, finalists));
        }
        (self.finals(&entries), repertoire)
    }

    /// The best of a family, and the best of them with other offers taken.
    fn finalists(&self, ranked: &Ranked) -> Vec<Policy> {
        let mut finalists: Vec<Policy> = top(ranked, FINALISTS);
        if let Some(&first) = finalists.first().filter(|first| first.accept_at.is_none()) {
            let others = acceptances(self.problem).into_iter().map(|accept_at| Policy { accept_at, ..first });
            finalists.extend(others.filter(|other| *other != first));
        }
        if self.problem.stage.leave.is_some() {
            let spared: Vec<Policy> = finalists.iter().map(|policy| Policy { spares_leave: true, ..*policy }).collect();
            finalists.extend(spared);
        }
        finalists
    }

    /// Own level, asking, the boss now and handing over: every pace, and what offer to take.
    fn lowest_rungs(&self, base: &Policy) -> Families {
        let stage = self.problem.stage;
        let own = |pace| Policy { pace, hand_back: stage.boss_in, ..*base };
        let joins = |pace| Policy { pace, boss: When::Now, ..*base };
        let takes = |pace| Policy { pace, boss: When::Now, takes_over: true, ..*base };
        let accepts = acceptances(self.problem);
        let with_acceptance = |base: Policy| {
            let options = accepts.iter().map(|&accept_at| Policy { accept_at, ..base }).collect();
            Heat::one(base, Part::Acceptance, options)
        };
        let asking = |pace| {
            let base = Policy { pace, ..*base };
            Heat::one(base, Part::Guidance, ways_to_ask(&base, Leave::Whole))
        };
        let paces = paces(stage);
        let mut heats: Vec<Heat> = Vec::new();
        for &pace in &paces {
            heats.extend([own(pace), joins(pace), takes(pace)].map(with_acceptance));
            heats.push(asking(pace));
        }
        let sums = self.heat(&heats);
        let mut found = Families::default();
        let plans = [PlanId::OwnLevel, PlanId::BossAtOutset, PlanId::HandOver, PlanId::Guidance];
        for ((heat, sums), &plan) in heats.iter().zip(&sums).zip(plans.iter().cycle()) {
            found.add(plan, heat.policies(), sums);
        }
        found
    }

    /// What builds on asking: the proposal, the boss at an impasse, and the two in turn, at the two best paces of
    /// asking.
    fn guided(&self, lowest: &Families) -> Families {
        let stage = self.problem.stage;
        let bases = match lowest.of(PlanId::Guidance) {
            Some(asking) => best_by_pace(asking, 2),
            None => Vec::new(),
        };
        let impasses = impasses(stage.rounds_left());
        let mut heats = Vec::new();
        for base in bases {
            let proposals: Vec<Policy> = impasses.iter().map(|&proposal| Policy { proposal, ..base }).collect();
            let bosses = impasses.iter().map(|&boss| Policy { boss, ..base }).collect();
            let last =
                |first: &Policy| impasses.iter().map(|&boss| Policy { boss, boss_last: true, ..*first }).collect();
            let then = proposals.iter().map(last).collect();
            heats.push((PlanId::BothBosses, Heat::one(base, Part::Proposal, proposals.clone())));
            heats.push((PlanId::BossAtImpasse, Heat::one(base, Part::Boss, bosses)));
            heats.push((PlanId::Ladder, Heat::two(base, (Part::Proposal, proposals), (Part::Boss, then))));
        }
        let (plans, heats): (Vec<PlanId>, Vec<Heat>) = heats.into_iter().unzip();
        let mut found = Families::default();
        for ((plan, heat), sums) in plans.into_iter().zip(&heats).zip(&self.heat(&heats)) {
            found.add(plan, heat.policies(), sums);
        }
        found
    }

    fn heat(&self, heats: &[Heat]) -> Vec<Vec<f64>> {
        run_heat(self.problem, heats, self.effort.heat, self.rules)
    }

    /// The best finalist of each plan on the paths of the final, all at once.
    fn finals(&self, entries: &[(PlanId, Vec<Policy>)]) -> Vec<(Tuned, Results)> {
        let all: Vec<Policy> = entries.iter().flat_map(|(_, finalists)| finalists.iter().copied()).collect();
        let mut results = self.evaluate(&all).into_iter();
        let tuned = entries.iter().filter_map(|(plan, finalists)| {
            let mut results: Vec<Results> = results.by_ref().take(finalists.len()).collect();
            let first = best(&results)?;
            let error = left_on_the_table(&results, first);
            Some((Tuned { plan: *plan, policy: finalists[first], error }, results.swap_remove(first)))
        });
        tuned.collect()
    }

    /// Coordinate ascent from the two best named plans over acts now, impasses, diagnoses, offers to take, and none; then a duel on
    /// more paths between where it led, what is better in private, and where it began.
    fn wider(&self, named: &[(Tuned, Results)]) -> Tuned {
        let mut order: Vec<usize> = (0..named.len()).collect();
        order.sort_by(|&a, &b| by_steps(named[b].1.mean(), named[a].1.mean()).then(a.cmp(&b)));
        order.truncate(STARTS);
        let mut last: Vec<Policy> = order.iter().map(|&index| named[index].0.policy).collect();
        for &index in &order {
            let found = self.ascend(&named[index].0.policy);
            if !last.contains(&found) {
                last.push(found);
            }
        }
        let better = self.better_in_private(&last).concat().into_iter().filter(|better| better.gain > WORTH_A_LOOK);
        last.extend(better.map(|better| better.policy).collect::<Vec<_>>());
        let results = self.problem.evaluate(&last, Purpose::Search, self.effort.duel, self.rules);
        let first = best(&results);
        Tuned {
            plan: PlanId::BestFound,
            policy: first.map_or_else(|| at_hand(self.problem.stage), |first| last[first]),
            error: first.map_or(0.0, |first| left_on_the_table(&results, first)),
        }
    }

    fn ascend(&self, start: &Policy) -> Policy {
        let mut incumbent = *start;
        incumbent = self.best_start(&incumbent);
        for part in [Part::Guidance, Part::Proposal, Part::Boss, Part::Acceptance] {
            if !incumbent.accept_now {
                incumbent = self.best_change(&incumbent, part);
            }
        }
        incumbent
    }

    /// The best way to begin: another pace, accepting now, handing back, or as it is.
    fn best_start(&self, policy: &Policy) -> Policy {
        let all: Vec<Policy> = std::iter::once(*policy).chain(changes_of_start(policy, self.problem)).collect();
        let results = self.problem.evaluate(&all, Purpose::Search, self.effort.heat, self.rules);
        best(&results).map_or(*policy, |first| all[first])
    }

    /// The best change of one part, or none.
    fn best_change(&self, policy: &Policy, part: Part) -> Policy {
        let without = policy.without(part);
        let mut options = self.options(policy, part);
        if options.is_empty() {
            return *policy;
        }
        options.retain(|option| option != policy);
        // As it is comes first, so that it wins a tie.
        options.insert(0, *policy);
        if policy.has(part) {
            options.push(without);
        }
        let heats = private::by_leave(without, part, &options);
        let sums = self.heat(&heats);
        let ranked = heats.iter().flat_map(Heat::policies).zip(sums.into_iter().flatten()).collect();
        top(&ranked, 1).first().copied().unwrap_or(*policy)
    }

    /// Every way to have a part.
    fn options(&self, policy: &Policy, part: Part) -> Vec<Policy> {
        let stage = self.problem.stage;
        let without = policy.without(part);
        match part {
            Part::Guidance if policy.leave == Leave::Whole => ways_to_ask(&without, Leave::Whole),
            Part::Guidance => [Leave::Whole, policy.leave].map(|leave| ways_to_ask(&without, leave)).concat(),
            Part::Approval => self.ways_to_settle(&without),
            Part::Proposal if stage.proposed || stage.boss_in => Vec::new(),
            Part::Proposal => rungs(stage.rounds_left()).map(|proposal| Policy { proposal, ..without }).collect(),
            Part::Boss if stage.boss_in => Vec::new(),
            Part::Boss => orders(policy)
                .flat_map(|boss_last| rungs(stage.rounds_left()).map(move |boss| Policy { boss, boss_last, ..without }))
                .collect(),
            Part::Acceptance => acceptances(self.problem)
                .into_iter()
                .flatten()
                .map(|at| Policy { accept_at: Some(at), ..without })
                .collect(),
        }
    }

    fn evaluate(&self, policies: &[Policy]) -> Vec<Results> {
        self.problem.evaluate(policies, Purpose::Search, self.effort.finals, self.rules)
    }
}

/// Named plans that an ascent starts from.
const STARTS: usize = 2;

/// Families by the plan that they belong to.
#[derive(Default)]
struct Families(Vec<(PlanId, Ranked)>);

impl Families {
    fn add(&mut self, plan: PlanId, policies: Vec<Policy>, sums: &[f64]) {
        let ranked = policies.into_iter().zip(sums.iter().copied());
        match self.0.iter_mut().find(|(known, _)| *known == plan) {
            Some((_, family)) => family.extend(ranked),
            None => self.0.push((plan, ranked.collect())),
        }
    }

    fn of(&self, plan: PlanId) -> Option<&Ranked> {
        self.0.iter().find(|(known, _)| *known == plan).map(|(_, ranked)| ranked)
    }
}

/// How we might concede: one way where there is no more than one round to do it in.
fn paces(stage: &Stage) -> Vec<Pace> {
    if stage.rounds_left() > 1 { Pace::ALL.to_vec() } else { vec![Pace::default()] }
}

/// The best policies, the first of equals first.
fn top(ranked: &Ranked, count: usize) -> Vec<Policy> {
    let mut order: Vec<usize> = (0..ranked.len()).collect();
    order.sort_by(|&a, &b| by_steps(ranked[b].1, ranked[a].1).then(a.cmp(&b)));
    order.into_iter().take(count).map(|index| ranked[index].0).collect()
}

/// The best policy of each of the `count` best paces.
fn best_by_pace(ranked: &Ranked, count: usize) -> Vec<Policy> {
    let mut found: Vec<Policy> = Vec::new();
    for policy in top(ranked, ranked.len()) {
        if found.iter().all(|known| known.pace != policy.pace) {
            found.push(policy);
        }
    }
    found.truncate(count);
    found
}

fn by_steps(a: f64, b: f64) -> std::cmp::Ordering {
    let steps = |value: f64| (value / RESOLUTION).round();
    steps(a).total_cmp(&steps(b))
}

/// The first of the best; `None` of none.
fn best(results: &[Results]) -> Option<usize> {
    let mut best = None;
    for (index, result) in results.iter().enumerate() {
        if best.is_none_or(|best: usize| result.mean() > results[best].mean() + RESOLUTION) {
            best = Some(index);
        }
    }
    best
}

/// What the likeliest of the others may be expected to be better by, where its lead over the first is normal.
fn left_on_the_table(results: &[Results], first: usize) -> f64 {
    let winner = &results[first];
    let expected = |other: &Results| {
        let leads = winner.utilities.iter().zip(&other.utilities).map(|(w, o)| w - o);
        let error = standard_error(leads);
        let z = (winner.mean() - other.mean()) / error;
        if error > 0.0 { error * crate::distribution::normal_loss(z) } else { 0.0 }
    };
    results.iter().map(expected).fold(0.0, f64::max)
}

fn changes_of_start(policy: &Policy, problem: &Problem<'_>) -> Vec<Policy> {
    let stage = problem.stage;
    let mut changes: Vec<Policy> = paces(stage).into_iter().map(|pace| Policy { pace, ..*policy }).collect();
    changes.retain(|change| change != policy);
    if problem.offer_is_acceptable() {
        changes.push(Policy { accept_now: true, ..*policy });
    }
    if stage.boss_in && !stage.handed_over {
        changes.push(Policy { hand_back: !policy.hand_back, ..*policy });
    }
    changes
}
