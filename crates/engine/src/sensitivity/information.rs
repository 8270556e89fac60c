//! What it would be worth to know more before choosing among the named plans, by cross-fitted regression.
//!
//! Each half of the paths is used to learn which plan is best given what would be known, and the other half to see
//! what choosing so brings: a choice is never scored on the paths that it was learnt from, so noise earns nothing.

use rayon::prelude::*;

use crate::advice::{Evppi, ValueOfInformation};
use crate::compare::{Comparison, Contender, Prepared};
use crate::evaluate::{Problem, mean};

use super::design::{Design, legendre};
use super::least_squares::{Moments, predict};

/// Moments on the two halves of the paths, all assumptions as regressors: constant, then degrees 1 and 2 of each. The
/// responses are the utilities of the contenders: the named plans, then the best found.
struct Halves {
    halves: [Moments; 2],
}

fn half_of(path: usize) -> usize {
    path & 1
}

fn regressors(design: &Design, path: usize, x: &mut [f64]) {
    x[0] = 1.0;
    for (cells, &u) in x[1..].chunks_exact_mut(2).zip(design.row(path)) {
        let [first, second, _] = legendre(u);
        cells.copy_from_slice(&[first, second]);
    }
}

impl Halves {
    fn of(design: &Design, contenders: &[Contender]) -> Self {
        let sizes = [1 + 2 * design.names.len(), contenders.len()];
        let half = |half: usize| {
            Moments::over(design.paths / 2, sizes, |row, x, y| {
                let path = 2 * row + half;
                regressors(design, path, x);
                for (y, contender) in y.iter_mut().zip(contenders) {
                    *y = contender.results.utilities[path];
                }
            })
        };
        Self { halves: [half(0), half(1)] }
    }
}

/// The first of the largest.
fn argmax(values: &[f64]) -> usize {
    let mut best = 0;
    for (index, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = index;
        }
    }
    best
}

/// EVPI on everything that is uncertain, and EVPPI on each, most valuable first.
pub(crate) fn value_of_information(
    prepared: &Prepared,
    comparison: &Comparison,
    design: &Design,
) -> ValueOfInformation {
    let halves = Halves::of(design, &comparison.contenders);
    let named: Vec<&Contender> = comparison.named().collect();
    let prize = Prize::of(prepared.problem(), &named, design.paths, comparison);
    let betas = [halves.halves[1].solve(), halves.halves[0].solve()];
    let (evpi, evpi_error) = prize.of_choice(|path, x, y| {
        x.resize(1 + 2 * design.names.len(), 0.0);
        regressors(design, path, x);
        predict(&betas[half_of(path)], x, y);
    });
    let evpi = evpi.max(0.0);
    let mut evppi: Vec<(usize, f64, f64)> = (0..design.names.len())
        .into_par_iter()
        .map(|index| {
            let (gain, error) = prize.of_knowing(design, index);
            (index, gain.clamp(0.0, evpi), error)
        })
        .collect();
    evppi.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let money = |share| prepared.scale.money(share);
    ValueOfInformation {
        evpi: money(evpi),
        evpi_standard_error: money(evpi_error),
        evppi: evppi
            .into_iter()
            .map(|(index, gain, error)| Evppi {
                assumption: design.names[index],
                evppi: money(gain),
                standard_error: money(error),
            })
            .collect(),
    }
}

/// What choosing path by path would bring over the plan that is best on average.
struct Prize<'a> {
    named: &'a [&'a Contender],
    contenders: usize,
    problem: Problem<'a>,
    paths: usize,
    base: usize,
    slope: f64,
}

impl<'a> Prize<'a> {
    fn of(problem: Problem<'a>, named: &'a [&'a Contender], paths: usize, comparison: &Comparison) -> Self {
        let means: Vec<f64> = named.iter().map(|contender| mean(&contender.results.utilities)).collect();
        let base = argmax(&means);
        let contenders = comparison.contenders.len();
        Self { problem, named, contenders, paths, base, slope: comparison.taste.slope(means[base]) }
    }

    /// Mean gain and standard error of following predictions, in shares.
    fn of_choice(&self, predict: impl Fn(usize, &mut Vec<f64>, &mut [f64]) + Sync) -> (f64, f64) {
        let gains: Vec<f64> = (0..self.paths)
            .into_par_iter()
            .with_min_len(1024)
            .map_init(
                || (Vec::new(), vec![0.0; self.contenders]),
                |(x, y), path| {
                    predict(path, x, y);
                    self.gain(argmax(&y[..self.named.len()]), path)
                },
            )
            .collect();
        (mean(&gains) * self.slope, self.problem.error_over_paths(gains.iter().copied()) * self.slope)
    }

    fn gain(&self, choice: usize, path: usize) -> f64 {
        self.named[choice].results.utilities[path] - self.named[self.base].results.utilities[path]
    }

    /// The same where one assumption alone is known: a cubic in its probability.
    fn of_knowing(&self, design: &Design, index: usize) -> (f64, f64) {
        let plans = self.named.len();
        let column: Vec<f64> = design.column(index).collect();
        let fit = |half: usize| {
            let mut moments = [[0.0; 4]; 4];
            let mut responses = vec![0.0; 4 * plans];
            for path in (half..self.paths).step_by(2) {
                let x = cubic(column[path]);
                for (i, &xi) in x.iter().enumerate() {
                    for (j, &xj) in x.iter().enumerate().take(i + 1) {
                        moments[i][j] += xi * xj;
                    }
                    for (plan, contender) in self.named.iter().enumerate() {
                        responses[i * plans + plan] += xi * contender.results.utilities[path];
                    }
                }
            }
            Moments::from_sums(moments.as_flattened(), responses, (self.paths / 2) as f64).solve()
        };
        let betas = [fit(1), fit(0)];
        let mut y = vec![0.0; plans];
        let gains: Vec<f64> = (0..self.paths)
            .map(|path| {
                predict(&betas[half_of(path)], &cubic(column[path]), &mut y);
                self.gain(argmax(&y), path)
            })
            .collect();
        (mean(&gains) * self.slope, self.problem.error_over_paths(gains.iter().copied()) * self.slope)
    }
}

/// Regressors of a cubic in a probability turned to run from -1 to 1.
fn cubic(u: f64) -> [f64; 4] {
    let [first, second, third] = legendre(u);
    [1.0, first, second, third]
}
