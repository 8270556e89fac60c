//! Boosted trees (Friedman 2001): each is fitted to what those before leave, by least absolute deviations.
//!
//! Nothing is drawn at random, so the same rows give the same trees.

use engine::people::{Question, Tree, Trees};

/// How much of each tree counts.
const RATE: f64 = 0.05;
/// Fewest rows on either side of a question.
const FEWEST: usize = 20;
/// Most values of one thing that questions are asked at.
const CUTS: usize = 48;

/// Rows in a form that is quick to ask: of every thing seen, the values that are asked at, and where each row lies among them.
pub(super) struct Rows<'a> {
    seen: Vec<&'a [f64]>,
    cuts: Vec<Vec<f64>>,
    /// By thing and row: how many cuts the value is at least.
    bins: Vec<Vec<u8>>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(seen: Vec<&'a [f64]>) -> Self {
        let wide = seen.first().map_or(0, |row| row.len());
        let cuts: Vec<Vec<f64>> = (0..wide).map(|thing| cuts(seen.iter().map(|row| row[thing]))).collect();
        let bin = |cuts: &[f64], value: f64| cuts.partition_point(|&cut| cut <= value) as u8;
        let bins = (0..wide).map(|thing| seen.iter().map(|row| bin(&cuts[thing], row[thing])).collect()).collect();
        Self { seen, cuts, bins }
    }

    /// So many trees that add up to what is `wanted` of each row; `after` hears each.
    pub(super) fn boost(&self, wanted: &[f64], trees: usize, mut after: impl FnMut(&Tree)) -> Trees {
        let mut left = wanted.to_vec();
        let next = |_| {
            let tree = self.grow(&left);
            for (left, seen) in left.iter_mut().zip(&self.seen) {
                *left -= tree.leaves[tree.place(seen)];
            }
            after(&tree);
            tree
        };
        Trees((0..trees).map(next).collect())
    }

    /// One tree: its questions part rows with too much from those with too little, its leaves are the middles of what is left there.
    fn grow(&self, left: &[f64]) -> Tree {
        let mut questions = [Question::NONE; Tree::QUESTIONS];
        let mut nodes = vec![0_usize; left.len()];
        let mut first = 0;
        for depth in 0..Tree::DEPTH {
            let here = 1 << depth;
            for (at, found) in self.best(left, &nodes, first, here).into_iter().enumerate() {
                questions[first + at] = found.unwrap_or(Question::NONE);
            }
            for (node, seen) in nodes.iter_mut().zip(&self.seen) {
                let Question(thing, cut) = questions[*node];
                *node = 2 * *node + 1 + usize::from(seen[thing] >= cut);
            }
            first += here;
        }
        let mut kept = vec![Vec::new(); Tree::LEAVES];
        nodes.iter().zip(left).for_each(|(node, left)| kept[node - Tree::QUESTIONS].push(*left));
        let leaves = std::array::from_fn(|at| rounded(RATE * middle(&mut kept[at])));
        Tree { questions, leaves }
    }

    /// The best question at each of the `here` nodes from `first` on.
    fn best(&self, left: &[f64], nodes: &[usize], first: usize, here: usize) -> Vec<Option<Question>> {
        let mut found: Vec<(f64, Option<Question>)> = vec![(1e-9, None); here];
        for (thing, bins) in self.bins.iter().enumerate() {
            let wide = self.cuts[thing].len() + 1;
            let mut sums = vec![(0_usize, 0.0_f64); here * wide];
            for ((&bin, &node), left) in bins.iter().zip(nodes).zip(left) {
                let sum = &mut sums[(node - first) * wide + usize::from(bin)];
                sum.0 += 1;
                sum.1 += left.signum();
            }
            for (sums, found) in sums.chunks(wide).zip(&mut found) {
                let all = sums.iter().fold((0, 0.0), |all, sum| (all.0 + sum.0, all.1 + sum.1));
                let mut below = (0_usize, 0.0);
                for (sum, &cut) in sums.iter().zip(&self.cuts[thing]) {
                    below = (below.0 + sum.0, below.1 + sum.1);
                    let above = (all.0 - below.0, all.1 - below.1);
                    if below.0 < FEWEST || above.0 < FEWEST {
                        continue;
                    }
                    let square = |(n, sum): (usize, f64)| sum * sum / n as f64;
                    let gain = square(below) + square(above) - square(all);
                    if gain > found.0 {
                        *found = (gain, Some(Question(thing, cut)));
                    }
                }
            }
        }
        found.into_iter().map(|(_, question)| question).collect()
    }
}

/// Values at which a thing is asked about: those at even ranks, each once, and not the lowest.
fn cuts(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let lowest = sorted.first().copied();
    let mut cuts: Vec<f64> = (1..=CUTS).map(|at| rounded(sorted[at * (sorted.len() - 1) / (CUTS + 1)])).collect();
    cuts.dedup();
    cuts.retain(|&cut| lowest.is_some_and(|lowest| lowest < cut));
    cuts
}

/// The median; of nothing, 0.
fn middle(values: &mut [f64]) -> f64 {
    let half = values.len() / 2;
    if values.is_empty() { 0.0 } else { *values.select_nth_unstable_by(half, f64::total_cmp).1 }
}

/// Digits enough for a price.
fn rounded(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}
