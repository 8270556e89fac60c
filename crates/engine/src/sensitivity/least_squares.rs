//! Least squares on a handful of regressors.
//!
//! Written here, not taken from a library: those at hand choose their instructions by the processor, and a replay
//! must give the same bytes on any.

use rayon::prelude::*;

/// Rows summed up by one thread at a time: fixed, for sums depend on their order.
const CHUNK: usize = 1024;

/// Ridge added to the diagonal of the mean cross-product, so that a regressor without variation does no harm.
const RIDGE: f64 = 1e-6;

/// Cross-products of regressors with themselves and with several responses.
#[derive(Clone, Debug)]
pub(crate) struct Moments {
    regressors: usize,
    responses: usize,
    /// Lower triangle of X'X, row by row in a full square.
    xx: Vec<f64>,
    /// X'Y, a row a regressor.
    xy: Vec<f64>,
    count: f64,
}

impl Moments {
    fn zero(regressors: usize, responses: usize) -> Self {
        Self {
            regressors,
            responses,
            xx: vec![0.0; regressors * regressors],
            xy: vec![0.0; regressors * responses],
            count: 0.0,
        }
    }

    /// Moments over the rows `rows`, a function that writes regressors and responses of a row.
    pub fn over(
        rows: usize,
        [regressors, responses]: [usize; 2],
        write: impl Fn(usize, &mut [f64], &mut [f64]) + Sync,
    ) -> Self {
        let chunk = |chunk: usize| {
            let mut moments = Self::zero(regressors, responses);
            let (mut x, mut y) = (vec![0.0; regressors], vec![0.0; responses]);
            for row in chunk * CHUNK..((chunk + 1) * CHUNK).min(rows) {
                write(row, &mut x, &mut y);
                moments.add(&x, &y);
            }
            moments
        };
        let parts: Vec<Self> = (0..rows.div_ceil(CHUNK)).into_par_iter().map(chunk).collect();
        parts.iter().fold(Self::zero(regressors, responses), Self::plus)
    }

    /// From sums already taken: the lower triangle of X'X in a full square, X'Y by rows, and the number of rows.
    pub fn from_sums(xx: &[f64], xy: Vec<f64>, count: f64) -> Self {
        let regressors = xx.len().isqrt();
        Self { regressors, responses: xy.len() / regressors, xx: xx.to_vec(), xy, count }
    }

    fn add(&mut self, x: &[f64], y: &[f64]) {
        for (i, &xi) in x.iter().enumerate() {
            for (cell, &xj) in self.xx[i * self.regressors..].iter_mut().zip(&x[..=i]) {
                *cell += xi * xj;
            }
            for (cell, &yj) in self.xy[i * self.responses..].iter_mut().zip(y) {
                *cell += xi * yj;
            }
        }
        self.count += 1.0;
    }

    /// The moments of both.
    pub fn plus(mut self, other: &Self) -> Self {
        for (mine, theirs) in self.xx.iter_mut().zip(&other.xx) {
            *mine += theirs;
        }
        for (mine, theirs) in self.xy.iter_mut().zip(&other.xy) {
            *mine += theirs;
        }
        self.count += other.count;
        self
    }

    /// Coefficients, a row a regressor, by Cholesky factorization.
    pub fn solve(&self) -> Vec<f64> {
        let n = self.regressors;
        let mut l = self.xx.clone();
        for i in 0..n {
            l[i * n + i] += RIDGE * self.count;
            for j in 0..=i {
                let mut sum = l[i * n + j];
                for k in 0..j {
                    sum -= l[i * n + k] * l[j * n + k];
                }
                l[i * n + j] = if i == j { sum.max(f64::MIN_POSITIVE).sqrt() } else { sum / l[j * n + j] };
            }
        }
        let mut beta = self.xy.clone();
        for response in 0..self.responses {
            let at = |i: usize| i * self.responses + response;
            for i in 0..n {
                let done: f64 = (0..i).map(|k| l[i * n + k] * beta[at(k)]).sum();
                beta[at(i)] = (beta[at(i)] - done) / l[i * n + i];
            }
            for i in (0..n).rev() {
                let done: f64 = (i + 1..n).map(|k| l[k * n + i] * beta[at(k)]).sum();
                beta[at(i)] = (beta[at(i)] - done) / l[i * n + i];
            }
        }
        beta
    }
}

/// Predicts all responses of a row from its regressors.
pub(crate) fn predict(beta: &[f64], x: &[f64], y: &mut [f64]) {
    y.fill(0.0);
    for (row, &xi) in beta.chunks_exact(y.len()).zip(x) {
        for (yj, &b) in y.iter_mut().zip(row) {
            *yj += xi * b;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn least_squares_finds_the_coefficients_of_a_line() {
        let rows = 3000;
        let moments = Moments::over(rows, [3, 2], |row, x, y| {
            let t = row as f64 / rows as f64 - 0.5;
            x.copy_from_slice(&[1.0, t, t * t]);
            y.copy_from_slice(&[2.0 - 3.0 * t, 1.0 + 4.0 * t * t]);
        });
        let beta = moments.solve();
        let mut y = [0.0; 2];
        predict(&beta, &[1.0, 0.25, 0.0625], &mut y);
        assert!((y[0] - 1.25).abs() < 1e-3 && (y[1] - 1.25).abs() < 1e-3, "{y:?}");
    }
}
