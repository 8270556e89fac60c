//! How forecasts have to be bent to hold what they say, by how negotiations that they had not seen ended.

use engine::people::{QUANTILES, Warp, level, log_odds, quantile, spread_out};

use super::cholesky::Cholesky;
use super::dialogues::Dialogue;
use super::logit::logistic;
use super::score::{Trial, agreed, crps};

/// How hard the log-odds of a deal are held to those forecast, and prices to where they were.
const RIDGE: [f64; 2] = [80.0, 60.0];
/// Fewer prices than this bend nothing.
const FEWEST: usize = 60;
/// The finest error of a price, in spans: below it all are alike.
const FINEST: f64 = 0.02;

/// The bending that these forecasts needed.
pub(super) fn warp(trials: &[&Trial], dialogues: &[Dialogue]) -> Warp {
    let mut warp = Warp::default();
    for place in 0..Warp::PLACES {
        let here: Vec<&Trial> = trials.iter().copied().filter(|trial| Warp::place(trial.count) == place).collect();
        warp.agreement[place] = agreement(&here, dialogues);
        let priced: Vec<(&Trial, f64)> = here
            .iter()
            .filter(|trial| trial.fresh)
            .filter_map(|trial| Some((*trial, agreed(&dialogues[trial.dialogue])?)))
            .collect();
        for last in 0..2 {
            let by: Vec<(&Trial, f64)> = priced.iter().copied().filter(|(trial, _)| trial.last == last).collect();
            if by.len() >= FEWEST {
                warp.shift[place][last] = shift_worth_it(&by);
            }
        }
        if priced.len() >= FEWEST {
            warp.spread[place] = spread(&priced, &warp, place);
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
            let (held, to) = if at < 2 { (1.0, [0.0, 1.0][at]) } else { (RIDGE[0], 0.0) };
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

/// What is added, where what is fitted on half of them lowers the error of the middle and the score of the other half; else nothing.
fn shift_worth_it(priced: &[(&Trial, f64)]) -> Vec<f64> {
    let halves = [0, 1].map(|half| {
        let of_half = |(trial, _): &&(&Trial, f64)| trial.dialogue % 2 == half;
        priced.iter().filter(of_half).copied().collect::<Vec<_>>()
    });
    if halves.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let (mut with, mut without) = ([0.0; 2], [0.0; 2]);
    for (fitted, held) in [(0, 1), (1, 0)] {
        let found = shift(&halves[fitted]);
        with = sum(with, errors(&halves[held], &found));
        without = sum(without, errors(&halves[held], &[]));
    }
    if with[0] < without[0] && with[1] < without[1] { shift(priced) } else { Vec::new() }
}

/// Sums of the absolute error of the middle, and of the score, with what is added.
fn errors(priced: &[(&Trial, f64)], shift: &[f64]) -> [f64; 2] {
    priced.iter().fold([0.0; 2], |before, (trial, price)| {
        let all: f64 = trial.deals.iter().map(|deal| deal.1).sum();
        let added: f64 = shift.iter().zip(&trial.price_seen).map(|(a, b)| a * b).sum();
        let quantiles = std::array::from_fn(|at| quantile(&trial.deals, all, level(at)) + added);
        sum(before, [(price - quantiles[QUANTILES / 2]).abs(), crps(&quantiles, *price)])
    })
}

fn sum(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] + b[0], a[1] + b[1]]
}

/// Coefficients of what is added to prices so that their middle errs least: least absolute deviations, by reweighting.
fn shift(priced: &[(&Trial, f64)]) -> Vec<f64> {
    let wide = priced[0].0.price_seen.len();
    let off: Vec<f64> = priced
        .iter()
        .map(|(trial, price)| {
            let all: f64 = trial.deals.iter().map(|deal| deal.1).sum();
            price - quantile(&trial.deals, all, 0.5)
        })
        .collect();
    let mut found = vec![0.0; wide];
    for _ in 0..40 {
        let mut matrix = vec![vec![0.0; wide]; wide];
        let mut right = vec![0.0; wide];
        for ((trial, _), off) in priced.iter().zip(&off) {
            let seen = &trial.price_seen;
            let told: f64 = found.iter().zip(seen).map(|(a, b)| a * b).sum();
            let weight = 1.0 / (off - told).abs().max(FINEST);
            for i in 0..wide {
                right[i] += weight * seen[i] * off;
                for j in 0..=i {
                    matrix[i][j] += weight * seen[i] * seen[j];
                }
            }
        }
        for (at, line) in matrix.iter_mut().enumerate() {
            line[at] += RIDGE[1];
        }
        found = Cholesky::of(matrix).solve(&right);
    }
    found.into_iter().map(rounded).collect()
}

/// What levels have to be multiplied with so that four in five prices lie between the quantiles .1 and .9.
fn spread(priced: &[(&Trial, f64)], warp: &Warp, place: usize) -> f64 {
    let covered = |spread: f64| {
        let within = |(trial, price): &&(&Trial, f64)| {
            let added = warp.added(place, trial.last, &trial.price_seen);
            let all: f64 = trial.deals.iter().map(|deal| deal.1).sum();
            let at = |level: f64| quantile(&trial.deals, all, spread_out(level, spread)) + added;
            (at(0.1) - 1e-6..=at(0.9) + 1e-6).contains(price)
        };
        priced.iter().filter(within).count() as f64 / priced.len() as f64
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
