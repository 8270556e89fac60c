//! Systems of linear equations with a symmetric matrix, as regressions have them.

/// Lower triangle `l` with `l l'` the matrix; a pivot that has vanished is held just above 0.
pub(super) struct Cholesky(Vec<Vec<f64>>);

impl Cholesky {
    /// Of a symmetric matrix, row by row; what is beyond the diagonal is never read.
    pub(super) fn of(matrix: Vec<Vec<f64>>) -> Self {
        let mut lower = matrix;
        for i in 0..lower.len() {
            let floor = 1e-10 * (1e-12 + lower[i][i].abs());
            for j in 0..=i {
                let before: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
                let rest = lower[i][j] - before;
                lower[i][j] = if i == j { libm::sqrt(rest.max(floor)) } else { rest / lower[j][j] };
            }
        }
        Self(lower)
    }

    /// `x` with the matrix times `x` equal to `right`.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let size = self.0.len();
        let mut x = right.to_vec();
        for i in 0..size {
            let before: f64 = (0..i).map(|k| self.0[i][k] * x[k]).sum();
            x[i] = (x[i] - before) / self.0[i][i];
        }
        for i in (0..size).rev() {
            let after: f64 = (i + 1..size).map(|k| self.0[k][i] * x[k]).sum();
            x[i] = (x[i] - after) / self.0[i][i];
        }
        x
    }

    /// Standard errors, where the matrix is the curvature of a log-likelihood.
    pub(super) fn root_of_inverse_diagonal(&self) -> Vec<f64> {
        let size = self.0.len();
        let unit = |at: usize| (0..size).map(|i| f64::from(u8::from(i == at))).collect::<Vec<f64>>();
        (0..size).map(|at| libm::sqrt(self.solve(&unit(at))[at])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_a_system_and_inverts_its_diagonal() {
        let matrix = vec![vec![4.0, 2.0], vec![2.0, 3.0]];
        let cholesky = Cholesky::of(matrix);
        let x = cholesky.solve(&[8.0, 7.0]);
        assert!((x[0] - 1.25).abs() < 1e-12 && (x[1] - 1.5).abs() < 1e-12);
        let roots = cholesky.root_of_inverse_diagonal();
        assert!((roots[0] * roots[0] - 0.375).abs() < 1e-12 && (roots[1] * roots[1] - 0.5).abs() < 1e-12);
    }
}
