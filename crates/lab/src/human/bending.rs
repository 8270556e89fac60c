//! How forecasts have to be bent to hold what they say, by how negotiations that they had not seen ended.

use engine::people::{Tree, Trees, Warp, log_odds, quantile, spread_out};

use super::boosting::Rows;
use super::cholesky::Cholesky;
use super::dialogues::Dialogue;
use super::logit::logistic;
use super::score::{Trial, agreed, hash};

/// How hard the log-odds of a deal are held to those forecast.
const RIDGE: f64 = 80.0;
/// Fewer prices than this bend nothing.
const FEWEST: usize = 60;
/// Most trees that prices are bent by.
const TREES: usize = 300;

/// The bending that these forecasts needed.
pub(super) fn warp(trials: &[&Trial], dialogues: &[Dialogue]) -> Warp {
    let fresh = trials.iter().filter(|trial| trial.fresh && !trial.deals.is_empty());
    let priced: Vec<Priced<'_>> =
        fresh.filter_map(|&trial| Some(Priced::of(trial, agreed(&dialogues[trial.dialogue])?))).collect();
    let (both, alone): (Vec<&Priced<'_>>, Vec<&Priced<'_>>) = priced.iter().partition(|one| one.trial.both);
    let mut warp = Warp { price: [price(&alone, dialogues), price(&both, dialogues)], ..Warp::default() };
    for place in 0..Warp::PLACES {
        let here: Vec<&Trial> = trials.iter().copied().filter(|trial| Warp::place(trial.count) == place).collect();
        warp.agreement[place] = agreement(&here, dialogues);
        let priced: Vec<&Priced<'_>> = priced.iter().filter(|one| Warp::place(one.trial.count) == place).collect();
        if priced.len() >= FEWEST {
            warp.spread[place] = spread(&priced, &warp);
        }
    }
    warp
}

/// Slope and coefficients of the log-odds of a deal; nothing where all ended alike. A dialogue weighs 1 in all.
fn agreement(trials: &[&Trial], dialogues: &[Dialogue]) -> Vec<f64> {
    let finished: Vec<&Trial> = trials.iter().copied().filter(|trial| dialogues[trial.dialogue].finished).collect();
    let mut counts = vec![0_u32; dialogues.len()];
    finished.iter().for_each(|trial| counts[trial.dialogue] += 1);
    let made = |trial: &Trial| dialogues[trial.dialogue].price.is_some();
    if finished.iter().all(|trial| made(trial)) || !finished.iter().any(|trial| made(trial)) {
        return Vec::new();
    }
    let rows: Vec<(Vec<f64>, bool, f64)> = finished
        .iter()
        .map(|trial| {
            let seen = [1.0, log_odds(trial.chance)].into_iter().chain(trial.seen[1..].iter().copied()).collect();
            (seen, made(trial), 1.0 / f64::from(counts[trial.dialogue]))
        })
        .collect();
    let mut found = held_logistic(&rows);
    // In the order in which it is applied: the slope, then what is seen, of which the first is 1.
    found.swap(0, 1);
    found.into_iter().map(rounded).collect()
}

/// A logistic regression on what is seen, of which the first is 1 and the second the log-odds forecast: held to those, by a ridge on
/// everything in units of its spread.
fn held_logistic(rows: &[(Vec<f64>, bool, f64)]) -> Vec<f64> {
    let wide = rows[0].0.len();
    let all: f64 = rows.iter().map(|row| row.2).sum();
    let mean = |of: &dyn Fn(&[f64]) -> f64| rows.iter().map(|(seen, _, weight)| weight * of(seen)).sum::<f64>() / all;
    let middle: Vec<f64> = (0..wide).map(|at| mean(&|seen| seen[at])).collect();
    let spread: Vec<f64> = (0..wide).map(|at| mean(&|seen| (seen[at] - middle[at]).powi(2)).sqrt().max(1e-6)).collect();
    let scaled = |seen: &[f64], at: usize| match at {
        0 | 1 => seen[at],
        _ => (seen[at] - middle[at]) / spread[at],
    };
    let mut found = vec![0.0; wide];
    found[1] = 1.0;
    for _ in 0..20 {
        let mut matrix = vec![vec![0.0; wide]; wide];
        let mut right = vec![0.0; wide];
        for (seen, outcome, weight) in rows {
            let x: Vec<f64> = (0..wide).map(|at| scaled(seen, at)).collect();
            let told: f64 = found.iter().zip(&x).map(|(a, b)| a * b).sum();
            let p = logistic(told);
            let error = weight * (p - f64::from(u8::from(*outcome)));
            let curve = (weight * p * (1.0 - p)).max(1e-9);
            for i in 0..wide {
                right[i] += error * x[i];
                for j in 0..=i {
                    matrix[i][j] += curve * x[i] * x[j];
                }
            }
        }
        for at in 0..wide {
            let (held, to) = if at < 2 { (1.0, [0.0, 1.0][at]) } else { (RIDGE, 0.0) };
            matrix[at][at] += held;
            right[at] += held * (found[at] - to);
        }
        let step = Cholesky::of(matrix).solve(&right);
        found.iter_mut().zip(&step).for_each(|(found, step)| *found -= step);
    }
    for at in 2..wide {
        found[at] = if spread[at] > 1e-5 { found[at] / spread[at] } else { 0.0 };
        found[0] -= found[at] * middle[at];
    }
    found
}

/// A forecast made where a quote had just been, of what became a deal.
struct Priced<'a> {
    trial: &'a Trial,
    /// The price agreed, in spans.
    price: f64,
    /// What the middle forecast was short of it.
    off: f64,
}

impl<'a> Priced<'a> {
    fn of(trial: &'a Trial, price: f64) -> Self {
        Self { trial, price, off: price - quantile(&trial.deals, trial.all(), 0.5) }
    }
}

/// What is added to prices so that their middle errs least. As many trees as lower the error of each half of the negotiations most where
/// they are fitted on the other.
fn price(priced: &[&Priced<'_>], dialogues: &[Dialogue]) -> Trees {
    if priced.len() < FEWEST {
        return Trees::default();
    }
    let half = |one: &Priced<'_>| hash(&dialogues[one.trial.dialogue].group).is_multiple_of(2);
    let (one, other): (Vec<&Priced<'_>>, Vec<&Priced<'_>>) = priced.iter().copied().partition(|one| half(one));
    let mut errors = vec![0.0; TREES + 1];
    for (fitted, held) in [(&one, &other), (&other, &one)] {
        let mut off: Vec<f64> = held.iter().map(|one| one.off).collect();
        let sum = |off: &[f64]| off.iter().map(|off| off.abs()).sum::<f64>();
        errors[0] += sum(&off);
        let mut made = 0;
        boost(fitted, TREES, |tree| {
            made += 1;
            for (off, one) in off.iter_mut().zip(held) {
                *off -= tree.leaves[tree.place(&one.trial.price_seen)];
            }
            errors[made] += sum(&off);
        });
    }
    let best = (0..errors.len()).min_by(|&a, &b| errors[a].total_cmp(&errors[b])).unwrap_or_default();
    boost(priced, best, |_| ())
}

fn boost(priced: &[&Priced<'_>], trees: usize, after: impl FnMut(&Tree)) -> Trees {
    let wanted: Vec<f64> = priced.iter().map(|one| one.off).collect();
    Rows::of(priced.iter().map(|one| one.trial.price_seen.as_slice()).collect()).boost(&wanted, trees, after)
}

/// What levels have to be multiplied with so that four in five prices lie between the quantiles .1 and .9.
fn spread(priced: &[&Priced<'_>], warp: &Warp) -> f64 {
    let added: Vec<f64> = priced.iter().map(|one| warp.added(one.trial.both, &one.trial.price_seen)).collect();
    let covered = |spread: f64| {
        let within = |(one, added): &(&&Priced<'_>, &f64)| {
            let at = |level: f64| quantile(&one.trial.deals, one.trial.all(), spread_out(level, spread)) + *added;
            (at(0.1) - 1e-6..=at(0.9) + 1e-6).contains(&one.price)
        };
        priced.iter().zip(&added).filter(within).count() as f64 / priced.len() as f64
    };
    let (mut low, mut high) = (0.2, 2.0);
    for _ in 0..12 {
        let middle = 0.5 * (low + high);
        if covered(middle) < 0.8 { low = middle } else { high = middle }
    }
    rounded(high)
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
