//! Decisions in stages under partial sight: dynamic programming over the beliefs that can be reached.
//!
//! A game has a part that is seen and one that is hidden. What is hidden takes one of finitely many values, what can
//! be seen is given by the game, and between them every chance is known. [`solve`] finds the best that can be done by
//! Bayes' rule and backward induction; [`by_enumeration`] by trying every plan, without Bayes' rule, where there are
//! few enough. They are two ways to one number.

use std::collections::BTreeMap;

/// A finite decision in stages.
pub trait Game {
    /// All that is seen at a stage; it must tell how many stages are left, for games end.
    type Seen: Clone + Ord;
    /// What can be done.
    type Act: Copy;

    /// What can be done here; nothing where the game is over.
    fn acts(&self, seen: &Self::Seen) -> Vec<Self::Act>;

    /// What can come of an act when `hidden` is the case; the chances sum to 1.
    fn branches(&self, seen: &Self::Seen, hidden: usize, act: Self::Act) -> Vec<Branch<Self::Seen>>;

    /// What a reward is worth a stage earlier.
    fn discount(&self) -> f64 {
        1.0
    }
}

/// One thing that can come of an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch<Seen> {
    /// Its chance.
    pub chance: f64,
    /// What it brings at once.
    pub reward: f64,
    /// What is then seen, and what is then hidden; `None` where it ends the game.
    pub next: Option<(Seen, usize)>,
}

/// The best that can be done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Solution<Act> {
    /// Expected reward.
    pub value: f64,
    /// What to do first; `None` where the game is over.
    pub act: Option<Act>,
}

/// The best from `seen` under `belief`, the chance of each hidden value.
pub fn solve<G: Game>(game: &G, seen: &G::Seen, belief: &[f64]) -> Solution<G::Act> {
    Solver { game, known: BTreeMap::new() }.best(seen, belief)
}

/// What each act is worth from `seen` under `belief`, where the best is done ever after.
pub fn values_of_acts<G: Game>(game: &G, seen: &G::Seen, belief: &[f64]) -> Vec<(G::Act, f64)> {
    let mut solver = Solver { game, known: BTreeMap::new() };
    game.acts(seen).into_iter().map(|act| (act, solver.value_of(seen, belief, act))).collect()
}

/// The value of doing as `policy` says, which goes by what is seen; `None` from it ends the game.
pub fn value_of<G: Game>(
    game: &G,
    seen: &G::Seen,
    weights: &[f64],
    policy: &impl Fn(&G::Seen) -> Option<G::Act>,
) -> f64 {
    let Some(act) = policy(seen).filter(|_| !game.acts(seen).is_empty()) else { return 0.0 };
    let stage = Stage::after(game, seen, weights, act);
    let later: f64 = stage.next.iter().map(|(seen, weights)| value_of(game, seen, weights, policy)).sum();
    stage.reward + game.discount() * later
}

/// The best from `seen` by trying every plan, a plan being an act for each course of what is seen; `None` where there
/// are more than `most` of them.
pub fn by_enumeration<G: Game>(game: &G, seen: &G::Seen, weights: &[f64], most: usize) -> Option<f64> {
    let values = plans(game, seen, weights, most)?;
    values.into_iter().reduce(f64::max)
}

/// The value of every plan.
fn plans<G: Game>(game: &G, seen: &G::Seen, weights: &[f64], most: usize) -> Option<Vec<f64>> {
    let acts = game.acts(seen);
    if acts.is_empty() {
        return Some(vec![0.0]);
    }
    let mut all = Vec::new();
    for act in acts {
        let stage = Stage::after(game, seen, weights, act);
        let mut values = vec![stage.reward];
        for (seen, weights) in &stage.next {
            let later = plans(game, seen, weights, most)?;
            if values.len() * later.len() > most {
                return None;
            }
            let sums = |&value: &f64| later.iter().map(|later| value + game.discount() * later).collect::<Vec<f64>>();
            values = values.iter().flat_map(sums).collect();
        }
        all.extend(values);
        if all.len() > most {
            return None;
        }
    }
    Some(all)
}

/// What an act leads to, the weights of the hidden values not made to sum to 1.
struct Stage<Seen> {
    reward: f64,
    next: BTreeMap<Seen, Vec<f64>>,
}

impl<Seen: Clone + Ord> Stage<Seen> {
    fn after<G: Game<Seen = Seen>>(game: &G, seen: &Seen, weights: &[f64], act: G::Act) -> Self {
        let mut stage = Self { reward: 0.0, next: BTreeMap::new() };
        for (hidden, &weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            for branch in game.branches(seen, hidden, act) {
                stage.reward += weight * branch.chance * branch.reward;
                if let Some((seen, hidden)) = branch.next {
                    let next = stage.next.entry(seen).or_insert_with(|| vec![0.0; weights.len()]);
                    next[hidden] += weight * branch.chance;
                }
            }
        }
        stage
    }
}

/// Where a game may stand: what is seen, and the belief in grains.
type Standing<Seen> = (Seen, Vec<u64>);

struct Solver<'a, G: Game> {
    game: &'a G,
    known: BTreeMap<Standing<G::Seen>, Solution<G::Act>>,
}

impl<G: Game> Solver<'_, G> {
    fn best(&mut self, seen: &G::Seen, belief: &[f64]) -> Solution<G::Act> {
        let key = (seen.clone(), belief.iter().map(|&chance| grain(chance)).collect());
        if let Some(&solution) = self.known.get(&key) {
            return solution;
        }
        let mut best = Solution { value: 0.0, act: None };
        for act in self.game.acts(seen) {
            let value = self.value_of(seen, belief, act);
            if best.act.is_none() || value > best.value {
                best = Solution { value, act: Some(act) };
            }
        }
        self.known.insert(key, best);
        best
    }

    fn value_of(&mut self, seen: &G::Seen, belief: &[f64], act: G::Act) -> f64 {
        let stage = Stage::after(self.game, seen, belief, act);
        let mut value = stage.reward;
        for (seen, weights) in &stage.next {
            let chance: f64 = weights.iter().sum();
            let posterior: Vec<f64> = weights.iter().map(|weight| weight / chance).collect();
            value += self.game.discount() * chance * self.best(seen, &posterior).value;
        }
        value
    }
}

/// Chances that differ by rounding alone are one.
fn grain(chance: f64) -> u64 {
    const GRAINS: f64 = (1_u64 << 44) as f64;
    (chance * GRAINS).round() as u64
}

#[cfg(test)]
mod tests;
