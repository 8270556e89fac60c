//! Particles drawn afresh near what a filter has found, and weighed exactly: importance sampling with a defensive mixture
//! (Hesterberg 1995).
//!
//! In a filter the particles descend from fewer and fewer ancestors, and nothing short of another run shows how far
//! that has led it off. Here each is drawn by itself, from a normal fitted to a small filter's particles or from the
//! prior, so that the error of every figure follows from how unequal the weights are.

use rayon::prelude::*;

use crate::counterpart::Scores;
use crate::prior::HIDDEN;
use crate::random::{Purpose, Stream};

use super::likelihood::{Setting, Track};
use super::{GRAIN, Particle, Weighted, normal, resampled};

/// Share of the draws that come from the fitted normal; the rest, from the prior, bound the weights.
const FITTED_SHARE: f64 = 0.75;
/// How much wider than the filter's particles the normal is made, in variance.
const WIDER: f64 = 1.25;
/// Variance added to every coordinate, so that none is taken for known.
const FLOOR: f64 = 0.01;
/// Draws for each particle that is kept.
const DRAWS_PER_PARTICLE: usize = 2;

const DIM: usize = HIDDEN.len();

/// Draws from the mixture, with their weights; then resampled to `count` equally weighted ones.
pub(super) fn draw(setting: &Setting<'_>, pilot: &[Particle], count: usize, seed: u64) -> (Vec<Weighted>, f64) {
    let fitted = Fitted::to(pilot);
    let one = |index: usize| {
        let mut stream = Stream::new(seed, Purpose::Refine, index as u64);
        let near = stream.uniform() < FITTED_SHARE;
        let from_prior = setting.first_scores(&mut stream);
        let scores = if near { fitted.at(&from_prior, &mut stream) } else { from_prior };
        let track = setting.replay(scores);
        let log_weight = log_normal(&scores) + track.log_likelihood - fitted.log_mixture(setting, &scores);
        Weighted { track, log_weight, ancestor: 0 }
    };
    let drawn: Vec<Weighted> = (0..count * DRAWS_PER_PARTICLE).into_par_iter().with_min_len(GRAIN).map(one).collect();
    resampled(&drawn, count, Stream::new(seed, Purpose::Refine, u64::MAX).uniform())
}

/// Density of independent standard normals, without its constant.
fn log_normal(scores: &Scores) -> f64 {
    -0.5 * scores.iter().map(|z| z * z).sum::<f64>()
}

/// A normal by its mean and the Cholesky factor of its covariance.
struct Fitted {
    mean: Scores,
    factor: [[f64; DIM]; DIM],
    log_determinant: f64,
}

impl Fitted {
    fn to(particles: &[Particle]) -> Self {
        let count = particles.len() as f64;
        let mean: Scores =
            std::array::from_fn(|i| particles.iter().map(|particle| particle.scores[i]).sum::<f64>() / count);
        let mut factor = [[0.0; DIM]; DIM];
        for particle in particles {
            let off: Scores = std::array::from_fn(|i| particle.scores[i] - mean[i]);
            for i in 0..DIM {
                for j in 0..=i {
                    factor[i][j] += off[i] * off[j] / count;
                }
            }
        }
        let mut log_determinant = 0.0;
        for i in 0..DIM {
            for j in 0..=i {
                let done: f64 = factor[i][..j].iter().zip(&factor[j][..j]).map(|(a, b)| a * b).sum();
                let rest = WIDER * factor[i][j] + if i == j { FLOOR } else { 0.0 } - done;
                factor[i][j] = if i == j { rest.max(FLOOR).sqrt() } else { rest / factor[j][j] };
            }
            log_determinant += libm::log(factor[i][i]);
        }
        Self { mean, factor, log_determinant }
    }

    /// A draw; `other` brings its normals, but for the first, which was drawn above a bound.
    fn at(&self, other: &Scores, stream: &mut Stream) -> Scores {
        let mut normals = *other;
        normals[0] = normal(stream);
        std::array::from_fn(|i| self.mean[i] + (0..=i).map(|j| self.factor[i][j] * normals[j]).sum::<f64>())
    }

    /// Density of the mixture, with the same constant left out as of [`log_normal`].
    fn log_mixture(&self, setting: &Setting<'_>, scores: &Scores) -> f64 {
        let mut solved = [0.0; DIM];
        for i in 0..DIM {
            let done: f64 = (0..i).map(|j| self.factor[i][j] * solved[j]).sum();
            solved[i] = (scores[i] - self.mean[i] - done) / self.factor[i][i];
        }
        let near = FITTED_SHARE * libm::exp(log_normal(&solved) - self.log_determinant);
        let floor = setting.limit_floor_probability;
        let allowed = crate::distribution::normal_cdf(scores[0]) >= floor;
        let prior = if allowed { libm::exp(log_normal(scores)) / (1.0 - floor) } else { 0.0 };
        libm::log(near + (1.0 - FITTED_SHARE) * prior)
    }
}

impl Setting<'_> {
    /// A track through the whole record.
    pub(crate) fn replay(&self, scores: Scores) -> Track {
        let mut track = self.begin(scores);
        for event in &self.record.events {
            self.advance(&mut track, event);
        }
        track
    }
}
