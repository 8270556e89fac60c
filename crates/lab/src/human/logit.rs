//! Logistic regression by Newton's method, with a ridge and standard errors.

use libm::{exp, log1p};

use super::cholesky::Cholesky;

/// Steps after which it is given up as good as it gets; Newton needs some eight where the data don't separate.
const STEPS: usize = 60;

/// A fitted model of the chance of a yes.
#[derive(Clone, Debug, PartialEq)]
pub struct Logit {
    /// The intercept, then one for each column of a row.
    pub coefficients: Vec<f64>,
    /// Standard errors of these, from the curvature of the penalised likelihood; rows count as independent.
    pub errors: Vec<f64>,
}

impl Logit {
    /// The model with these coefficients, the intercept first; nothing is known of its errors.
    pub fn of(coefficients: Vec<f64>) -> Self {
        let errors = vec![f64::NAN; coefficients.len()];
        Self { coefficients, errors }
    }

    /// Log-odds of a yes for a row.
    pub fn log_odds(&self, row: &[f64]) -> f64 {
        let slopes = self.coefficients.iter().skip(1);
        self.coefficients.first().copied().unwrap_or_default()
            + slopes.zip(row).map(|(slope, x)| slope * x).sum::<f64>()
    }

    /// Chance of a yes for a row.
    pub fn chance(&self, row: &[f64]) -> f64 {
        logistic(self.log_odds(row))
    }
}

/// `1 / (1 + exp(-x))`, without overflow.
pub fn logistic(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + exp(-x))
    } else {
        let e = exp(x);
        e / (1.0 + e)
    }
}

/// Fits the chance of a yes on rows of numbers, all as long as the first.
///
/// The intercept is put in front of every row and never penalised. `ridge` is taken half the square of each other
/// coefficient as it stands, so columns should be of like scale; 0 is plain maximum likelihood. `weights` count rows
/// as so many. No rows, or columns that say the same, are no fault: what the data don't settle stays near 0.
pub fn fit(rows: &[Vec<f64>], outcomes: &[bool], weights: Option<&[f64]>, ridge: f64) -> Logit {
    let size = rows.first().map_or(1, |row| row.len() + 1);
    let problem = Problem { rows, outcomes, weights, ridge };
    let mut model = Logit { coefficients: vec![0.0; size], errors: vec![0.0; size] };
    let mut loss = problem.loss(&model);
    for _ in 0..STEPS {
        let (gradient, curvature) = problem.derivatives(&model);
        let step = Cholesky::of(curvature).solve(&gradient);
        let Some((next, less)) = problem.downhill(&model, &step, loss) else { break };
        let settled = loss - less <= 1e-12 * (1.0 + less.abs());
        (model, loss) = (next, less);
        if settled {
            break;
        }
    }
    model.errors = Cholesky::of(problem.derivatives(&model).1).root_of_inverse_diagonal();
    model
}

struct Problem<'a> {
    rows: &'a [Vec<f64>],
    outcomes: &'a [bool],
    weights: Option<&'a [f64]>,
    ridge: f64,
}

impl Problem<'_> {
    fn observations(&self) -> impl Iterator<Item = (&[f64], bool, f64)> {
        self.rows.iter().zip(self.outcomes).enumerate().map(|(at, (row, &outcome))| {
            let weight = self.weights.map_or(1.0, |weights| weights.get(at).copied().unwrap_or_default());
            (row.as_slice(), outcome, weight)
        })
    }

    /// Penalised log loss, summed.
    fn loss(&self, model: &Logit) -> f64 {
        let squares: f64 = model.coefficients.iter().skip(1).map(|b| b * b).sum();
        let one = |(row, outcome, weight): (&[f64], bool, f64)| {
            let x = model.log_odds(row);
            let against = if outcome { -x } else { x };
            // ln(1 + e^x), without overflow.
            weight * (against.max(0.0) + log1p(exp(-against.abs())))
        };
        self.observations().map(one).sum::<f64>() + 0.5 * self.ridge * squares
    }

    /// The way downhill, and the curvature of the loss up to the diagonal.
    fn derivatives(&self, model: &Logit) -> (Vec<f64>, Vec<Vec<f64>>) {
        let size = model.coefficients.len();
        let penalty = |at: usize| if at == 0 { 0.0 } else { self.ridge };
        let mut gradient: Vec<f64> = model.coefficients.iter().enumerate().map(|(at, b)| -penalty(at) * b).collect();
        let mut curvature = vec![vec![0.0; size]; size];
        for (at, row) in curvature.iter_mut().enumerate() {
            row[at] = penalty(at);
        }
        let mut line = vec![1.0; size];
        for (row, outcome, weight) in self.observations() {
            line.iter_mut().skip(1).zip(row).for_each(|(cell, &x)| *cell = x);
            let p = model.chance(row);
            let (miss, bend) = (weight * (f64::from(u8::from(outcome)) - p), weight * p * (1.0 - p));
            for (i, (slope, cells)) in gradient.iter_mut().zip(&mut curvature).enumerate() {
                *slope += miss * line[i];
                // Up to the diagonal: the matrix is symmetric, and no more of it is read.
                cells.iter_mut().zip(&line).take(i + 1).for_each(|(cell, x)| *cell += bend * line[i] * x);
            }
        }
        (gradient, curvature)
    }

    /// The model after the step, halved until it lowers the loss; `None` where no step does.
    fn downhill(&self, from: &Logit, step: &[f64], loss: f64) -> Option<(Logit, f64)> {
        (0..30).find_map(|halvings| {
            let share = libm::ldexp(1.0, -halvings);
            let moved = from.coefficients.iter().zip(step).map(|(b, d)| b + share * d).collect();
            let next = Logit { coefficients: moved, errors: from.errors.clone() };
            let less = self.loss(&next);
            (less < loss).then_some((next, less))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid of rows, each weighed by the chance that the model gives either outcome: its likelihood has its top there.
    fn expected(coefficients: &[f64]) -> (Vec<Vec<f64>>, Vec<bool>, Vec<f64>) {
        let model = Logit::of(coefficients.to_vec());
        let grid = (-10..=10).flat_map(|x| (-3..=3).map(move |z| vec![f64::from(x) / 5.0, f64::from(z) / 2.0]));
        let mut all = (Vec::new(), Vec::new(), Vec::new());
        for row in grid {
            for outcome in [true, false] {
                let p = model.chance(&row);
                all.0.push(row.clone());
                all.1.push(outcome);
                all.2.push(if outcome { p } else { 1.0 - p });
            }
        }
        all
    }

    #[test]
    fn finds_the_coefficients_that_made_the_data() {
        let known = [0.4, -1.7, 0.8];
        let (rows, outcomes, weights) = expected(&known);
        let model = fit(&rows, &outcomes, Some(&weights), 0.0);
        for (found, known) in model.coefficients.iter().zip(known) {
            assert!((found - known).abs() < 1e-6, "{found}, not {known}");
        }
    }

    #[test]
    fn an_intercept_alone_is_the_log_odds_with_their_known_error() {
        let outcomes: Vec<bool> = (0..100).map(|at| at < 30).collect();
        let model = fit(&vec![Vec::new(); 100], &outcomes, None, 0.0);
        assert!((model.coefficients[0] - libm::log(0.3 / 0.7)).abs() < 1e-9);
        assert!((model.errors[0] - 1.0 / libm::sqrt(100.0 * 0.3 * 0.7)).abs() < 1e-9);
        assert!((model.chance(&[]) - 0.3).abs() < 1e-9);
    }

    #[test]
    fn a_slope_between_two_groups_is_the_log_ratio_of_their_odds_with_woolfs_error() {
        let counts = [(0.0, true, 20), (0.0, false, 40), (1.0, true, 30), (1.0, false, 10)];
        let one = |(x, outcome, n): (f64, bool, usize)| vec![(vec![x], outcome); n];
        let (rows, outcomes): (Vec<Vec<f64>>, Vec<bool>) = counts.into_iter().flat_map(one).unzip();
        let model = fit(&rows, &outcomes, None, 0.0);
        assert!((model.coefficients[1] - libm::log(30.0 * 40.0 / (20.0 * 10.0))).abs() < 1e-9);
        let woolf = libm::sqrt(1.0 / 20.0 + 1.0 / 40.0 + 1.0 / 30.0 + 1.0 / 10.0);
        assert!((model.errors[1] - woolf).abs() < 1e-8);
    }

    #[test]
    fn a_weight_counts_a_row_as_so_many() {
        let (rows, outcomes) = (vec![vec![0.0], vec![1.0], vec![0.0], vec![1.0]], [true, true, false, false]);
        let weighed = fit(&rows, &outcomes, Some(&[2.0, 3.0, 4.0, 1.0]), 0.0);
        let counts = [2, 3, 4, 1];
        let many = |at: usize| vec![(rows[at].clone(), outcomes[at]); counts[at]];
        let (rows, outcomes): (Vec<_>, Vec<_>) = (0..4).flat_map(many).unzip();
        let repeated = fit(&rows, &outcomes, None, 0.0);
        for (a, b) in weighed.coefficients.iter().zip(&repeated.coefficients) {
            assert!((a - b).abs() < 1e-9);
        }
    }

    #[test]
    fn a_ridge_draws_slopes_to_nothing_and_leaves_the_intercept() {
        let (rows, outcomes, weights) = expected(&[0.4, -1.7, 0.8]);
        let loose = fit(&rows, &outcomes, Some(&weights), 1.0);
        let tight = fit(&rows, &outcomes, Some(&weights), 1e9);
        assert!(loose.coefficients[1].abs() < 1.7 && loose.coefficients[1].abs() > 1.0);
        assert!(tight.coefficients[1].abs() < 1e-6);
        let share = weights.iter().zip(&outcomes).filter(|(_, yes)| **yes).map(|(w, _)| w).sum::<f64>()
            / weights.iter().sum::<f64>();
        assert!((logistic(tight.coefficients[0]) - share).abs() < 1e-6);
    }

    #[test]
    fn what_the_data_dont_settle_is_no_fault() {
        let separated = fit(&[vec![0.0], vec![1.0]], &[false, true], None, 0.0);
        assert!(separated.coefficients.iter().all(|b| b.is_finite()) && separated.chance(&[1.0]) > 0.99);
        let twice = fit(
            &[vec![0.0, 0.0], vec![1.0, 1.0], vec![1.0, 1.0], vec![0.0, 0.0]],
            &[false, true, false, true],
            None,
            0.0,
        );
        assert!(twice.coefficients.iter().all(|b| b.is_finite()));
        assert_eq!(fit(&[], &[], None, 0.0).chance(&[]), 0.5);
    }
}
