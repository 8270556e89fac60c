//! Multinomial logit by Newton's method, with a ridge.

use engine::people::Choice;

use super::cholesky::Cholesky;

/// One choice: what was seen, which thing was chosen, and how much it counts.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// What was seen; the first is 1.
    pub seen: &'a [f64],
    /// The thing chosen, from 0.
    pub chosen: usize,
    /// Its weight.
    pub weight: f64,
}

/// Newton steps at most.
const STEPS: usize = 30;

/// The choice among `things` that makes the rows likeliest, less half of `ridge` times the squares of the coefficients on what is seen
/// in units of its own spread. Where nothing is seen to vary, or no row is there, coefficients are 0.
pub fn fit(rows: &[Row<'_>], things: usize, ridge: f64) -> Choice {
    let wide = rows.first().map_or(1, |row| row.seen.len());
    let (middle, spread) = moments(rows, wide);
    let scaled: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| row.seen.iter().enumerate().map(|(at, x)| (x - middle[at]) / spread[at]).collect())
        .collect();
    let size = things * wide;
    let mut coefficients = vec![0.0; size];
    let mut best = objective(rows, &scaled, &coefficients, wide, ridge);
    for _ in 0..STEPS {
        let (gradient, hessian) = derivatives(rows, &scaled, &coefficients, wide, things, ridge);
        let step = Cholesky::of(hessian).solve(&gradient);
        let (mut length, mut improved) = (1.0, false);
        for _ in 0..12 {
            let tried: Vec<f64> = coefficients.iter().zip(&step).map(|(c, s)| c - length * s).collect();
            let value = objective(rows, &scaled, &tried, wide, ridge);
            if value < best {
                improved = best - value > 1e-7 * best.abs();
                (coefficients, best) = (tried, value);
                break;
            }
            length *= 0.5;
        }
        if !improved {
            break;
        }
    }
    let row = |thing: usize| {
        let own = &coefficients[thing * wide..(thing + 1) * wide];
        let mut plain: Vec<f64> = own.iter().zip(&spread).map(|(c, spread)| c / spread).collect();
        plain[0] -= (1..wide).map(|at| plain[at] * middle[at]).sum::<f64>();
        plain
    };
    Choice::from((0..things).map(row).collect::<Vec<_>>())
}

/// Mean and spread of what is seen; of the first, and of what doesn't vary, 0 and 1.
fn moments(rows: &[Row<'_>], wide: usize) -> (Vec<f64>, Vec<f64>) {
    let all: f64 = rows.iter().map(|row| row.weight).sum::<f64>().max(1e-12);
    let (mut middle, mut spread) = (vec![0.0; wide], vec![1.0; wide]);
    for at in 1..wide {
        let mean = rows.iter().map(|row| row.weight * row.seen[at]).sum::<f64>() / all;
        let squares = rows.iter().map(|row| row.weight * (row.seen[at] - mean).powi(2)).sum::<f64>() / all;
        if squares > 1e-10 {
            (middle[at], spread[at]) = (mean, squares.sqrt());
        }
    }
    (middle, spread)
}

fn chances(seen: &[f64], coefficients: &[f64], wide: usize) -> Vec<f64> {
    let mut chances: Vec<f64> =
        coefficients.chunks(wide).map(|row| row.iter().zip(seen).map(|(a, b)| a * b).sum()).collect();
    let top = chances.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    chances.iter_mut().for_each(|chance| *chance = libm::exp(*chance - top));
    let sum: f64 = chances.iter().sum();
    chances.iter_mut().for_each(|chance| *chance /= sum);
    chances
}

/// How hard the ridge holds a coefficient: hardly the intercepts.
fn held(at: usize, wide: usize, ridge: f64) -> f64 {
    if at.is_multiple_of(wide) { 0.01 * ridge } else { ridge }
}

fn objective(rows: &[Row<'_>], scaled: &[Vec<f64>], coefficients: &[f64], wide: usize, ridge: f64) -> f64 {
    let fit = |(row, seen): (&Row<'_>, &Vec<f64>)| {
        -row.weight * libm::log(chances(seen, coefficients, wide)[row.chosen].max(1e-300))
    };
    let penalty = coefficients.iter().enumerate().map(|(at, c)| 0.5 * held(at, wide, ridge) * c * c).sum::<f64>();
    rows.iter().zip(scaled).map(fit).sum::<f64>() + penalty
}

fn derivatives(
    rows: &[Row<'_>],
    scaled: &[Vec<f64>],
    coefficients: &[f64],
    wide: usize,
    things: usize,
    ridge: f64,
) -> (Vec<f64>, Vec<Vec<f64>>) {
    let size = things * wide;
    let mut gradient: Vec<f64> = coefficients.iter().enumerate().map(|(at, c)| held(at, wide, ridge) * c).collect();
    let mut hessian = vec![vec![0.0; size]; size];
    for (row, seen) in rows.iter().zip(scaled) {
        let p = chances(seen, coefficients, wide);
        for a in 0..things {
            let error = row.weight * (p[a] - f64::from(u8::from(a == row.chosen)));
            for (at, x) in seen.iter().enumerate() {
                gradient[a * wide + at] += error * x;
            }
            for b in 0..=a {
                let curve = row.weight * p[a] * (f64::from(u8::from(a == b)) - p[b]);
                if curve.abs() < 1e-12 {
                    continue;
                }
                for (i, x) in seen.iter().enumerate() {
                    let factor = curve * x;
                    let line = &mut hessian[a * wide + i][b * wide..(b + 1) * wide];
                    line.iter_mut().zip(seen).for_each(|(h, y)| *h += factor * y);
                }
            }
        }
    }
    for (at, line) in hessian.iter_mut().enumerate() {
        line[at] += held(at, wide, ridge);
    }
    (gradient, hessian)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every thing chosen as often as a known logit has it: the fit finds the logit again, but for what is added to all.
    #[test]
    fn a_known_choice_is_found_again() {
        let truth = Choice::from(vec![vec![0.2, 0.0], vec![-0.3, 1.0], vec![0.1, -0.7]]);
        let seen: Vec<[f64; 2]> = (0..21).map(|at| [1.0, f64::from(at) * 0.1 - 1.0]).collect();
        let mut rows = Vec::new();
        for seen in &seen {
            let mut room = [0.0; 3];
            let chances = truth.chances(seen, &mut room);
            for (chosen, &weight) in chances.iter().enumerate() {
                rows.push(Row { seen, chosen, weight });
            }
        }
        let [truth, found]: [Vec<Vec<f64>>; 2] = [truth, fit(&rows, 3, 1e-9)].map(Into::into);
        for at in 0..2 {
            for thing in 1..3 {
                let want = truth[thing][at] - truth[0][at];
                assert!((found[thing][at] - found[0][at] - want).abs() < 1e-4);
            }
        }
    }
}
