//! Packages where options bring something together, by branch and bound.
//!
//! Issues are decided one after the other. What can still be reached is bounded by what each party has, the most that open
//! issues can add and every interaction that is still possible ([`reach`]); a branch that cannot add to what is found is cut,
//! and what that is, is the [`goal`]'s to say. Of the options on an issue only those are tried that no other one covers: it
//! breaks no interaction that the other keeps, and gives no party more. A search stops after so many steps and then tells its
//! goal what it has left.

pub(crate) mod goal;
mod reach;
mod set;

use goal::{Alone, Goal, List, Staircase};
use reach::Slopes;
pub(crate) use reach::{Direction, Reach};
use set::{Set, both, is_within, members, minus, put};

use super::{NoFrontier, Searched};
use crate::domain::{Domain, Package};
use crate::scoring::{Interaction, Scoring};

/// Interactions told apart at most, over all parties.
const MOST: usize = set::MOST;
/// Branches looked at for a whole analysis before it is told how far it may be off: some twenty seconds.
pub const MOST_STEPS: u64 = 20_000_000;
/// Of those, as many for the best package in each direction, so that there is something to compare with.
const FIRST_STEPS: u64 = 200_000;

/// The frontier, in about so many steps.
pub(super) fn frontier(domain: &Domain, parties: &[&Scoring], steps: u64) -> Result<Searched, NoFrontier> {
    let mut search = Search::new(domain, parties)?;
    if parties.len() != 2 {
        let mut goal = List::default();
        search.run(&mut goal, steps);
        let gap = goal.gap();
        return Ok(Searched { points: goal.found, gap });
    }
    let mut goal = Staircase::new(search.slopes.directions.clone());
    for direction in 0..search.slopes.directions.len() {
        let mut alone = Alone::new(direction, &search.slopes.directions);
        search.run(&mut alone, FIRST_STEPS.min(steps / 20));
        alone.found.into_iter().for_each(|point| goal.add(point));
    }
    search.run(&mut goal, steps);
    Ok(Searched { gap: goal.gap(), points: goal.found })
}

/// A party's best value, before it is scaled where the scoring is a reversed one; and by how much it may be off.
pub fn best(domain: &Domain, party: &Scoring, steps: u64) -> Result<(f64, f64), NoFrontier> {
    let parties = [party];
    let mut search = Search::new(domain, &parties)?;
    let mut goal = Alone::new(0, &search.slopes.directions);
    search.run(&mut goal, steps);
    Ok((goal.best(), goal.gap()))
}

/// Searches two parties' packages for something else.
pub(crate) fn search(
    domain: &Domain,
    parties: &[&Scoring],
    goal: &mut impl Goal,
    steps: u64,
) -> Result<(), NoFrontier> {
    Search::new(domain, parties)?.run(goal, steps);
    Ok(())
}

struct Search<'a> {
    parties: &'a [&'a Scoring],
    /// The issues in the order in which they are decided: those that most interactions are about come first.
    order: Vec<usize>,
    /// For each issue and option, the interactions that it breaks.
    broken: Vec<Vec<Set>>,
    /// For each issue, the interactions that are about it.
    about: Vec<Set>,
    /// The party and the amount of each interaction.
    amounts: Vec<(usize, f64)>,
    all: Set,
    gains: Set,
    /// Losses that are certain once the issue at this place of the order is decided.
    losses_settled: Vec<Set>,
    slopes: Slopes,
    package: Package,
    steps: u64,
    most_steps: u64,
    /// Whether a package was reached.
    reached: bool,
}

/// A way to go on from a branch.
struct Branch {
    option: u32,
    open: Set,
    reach: Reach,
    hope: f64,
}

impl<'a> Search<'a> {
    fn new(domain: &Domain, parties: &'a [&'a Scoring]) -> Result<Self, NoFrontier> {
        let all: Vec<(usize, &Interaction)> = parties
            .iter()
            .enumerate()
            .flat_map(|(party, scoring)| scoring.interactions().iter().map(move |interaction| (party, interaction)))
            .collect();
        if all.len() > MOST {
            return Err(NoFrontier::TooManyInteractions { limit: MOST });
        }
        let sizes = domain.sizes();
        let about = |interaction: &Interaction, issue: usize| interaction.within.iter().any(|(i, _)| *i == issue);
        let count = |issue: usize| all.iter().filter(|(_, interaction)| about(interaction, issue)).count();
        let mut order: Vec<usize> = (0..sizes.len()).collect();
        order.sort_by_key(|&issue| std::cmp::Reverse(count(issue)));
        let mut search = Self {
            parties,
            broken: sizes.iter().map(|&size| vec![Set::default(); size]).collect(),
            about: vec![Set::default(); sizes.len()],
            amounts: all.iter().map(|(party, interaction)| (*party, interaction.amount)).collect(),
            all: Set::default(),
            gains: Set::default(),
            losses_settled: vec![Set::default(); sizes.len()],
            slopes: Slopes::of(parties, &order, &all),
            order,
            package: vec![0; sizes.len()],
            steps: 0,
            most_steps: 0,
            reached: false,
        };
        for (number, (_, interaction)) in all.iter().enumerate() {
            search.enter(number, interaction);
        }
        Ok(search)
    }

    /// Takes down what an interaction is about.
    fn enter(&mut self, number: usize, interaction: &Interaction) {
        put(&mut self.all, number);
        let is_about = |issue: &usize| interaction.within.iter().any(|(other, _)| other == issue);
        if interaction.amount > 0.0 {
            put(&mut self.gains, number);
        } else {
            let last = self.order.iter().rposition(is_about).unwrap_or(0);
            put(&mut self.losses_settled[last], number);
        }
        for (issue, options) in &interaction.within {
            put(&mut self.about[*issue], number);
            for (option, inside) in options.iter().enumerate() {
                if !inside {
                    put(&mut self.broken[*issue][option], number);
                }
            }
        }
    }

    fn run(&mut self, goal: &mut impl Goal, steps: u64) {
        (self.steps, self.most_steps, self.reached) = (0, steps, false);
        goal.begin(&self.slopes.directions);
        let open = self.all;
        let reach = self.slopes.everything(self.parties);
        self.descend(0, &open, &reach, goal);
    }

    fn descend(&mut self, depth: usize, open: &Set, reach: &Reach, goal: &mut impl Goal) {
        let Some(&issue) = self.order.get(depth) else {
            let values: Vec<f64> = self.parties.iter().map(|party| party.value(&self.package)).collect();
            if !values.contains(&f64::NEG_INFINITY) {
                goal.take(&values, &self.package);
            }
            self.reached = true;
            return;
        };
        let mut branches = self.branches(depth, issue, open, reach, goal);
        self.steps += branches.len() as u64;
        branches.sort_by(|a, b| b.hope.total_cmp(&a.hope));
        for branch in branches {
            if goal.is_hopeless(&branch.reach) {
                continue;
            }
            // The first leaf is always reached, so that there is something to tell.
            if self.steps > self.most_steps && self.reached {
                goal.leave(&branch.reach);
                continue;
            }
            self.package[issue] = branch.option;
            self.descend(depth + 1, &branch.open, &branch.reach, goal);
        }
    }

    /// The options on an issue that are worth a try.
    fn branches(&self, depth: usize, issue: usize, open: &Set, reach: &Reach, goal: &impl Goal) -> Vec<Branch> {
        let mut branches: Vec<Branch> = Vec::new();
        for option in 0..self.broken[issue].len() {
            let part = |party: usize| self.parties[party].parts()[issue][option];
            if (0..self.parties.len()).any(|party| part(party) == f64::NEG_INFINITY) {
                continue;
            }
            let now = minus(open, &self.broken[issue][option]);
            if branches.iter().any(|other| self.covers(issue, (other.option as usize, &other.open), (option, &now))) {
                continue;
            }
            branches.retain(|other| !self.covers(issue, (option, &now), (other.option as usize, &other.open)));
            branches.push(Branch { option: option as u32, open: now, reach: Reach::default(), hope: 0.0 });
        }
        for branch in &mut branches {
            branch.reach = self.after(depth, issue, branch.option as usize, (open, &branch.open), reach);
            branch.hope = goal.hope(&branch.reach);
        }
        branches
    }

    /// What can be reached once an option is chosen.
    fn after(&self, depth: usize, issue: usize, option: usize, (open, now): (&Set, &Set), before: &Reach) -> Reach {
        let mut step = self.slopes.step(depth, issue, option, self.parties, before);
        for number in members(&both(&both(now, &self.about[issue]), &self.gains)) {
            let (party, amount) = self.amounts[number];
            step.collect(party, amount * self.slopes.share(number));
        }
        for number in members(&both(&minus(open, now), &self.gains)) {
            let (party, amount) = self.amounts[number];
            step.lose(party, amount, amount * self.slopes.collected(depth, number));
        }
        for number in members(&both(now, &self.losses_settled[depth])) {
            let (party, amount) = self.amounts[number];
            step.lose(party, -amount, -amount);
        }
        self.slopes.finish(depth, self.parties, step)
    }

    /// Whether an option, with the interactions that it keeps, is at least as good as another whatever follows.
    fn covers(&self, issue: usize, (a, keeps): (usize, &Set), (b, than): (usize, &Set)) -> bool {
        is_within(&both(than, &self.gains), keeps)
            && is_within(&minus(keeps, &self.gains), than)
            && self.parties.iter().all(|party| party.parts()[issue][a] >= party.parts()[issue][b])
    }
}
