//! How the way is walked over time: the share conceded by `tau` is `tau^(1/e)` (Faratin, Sierra and Jennings 1998).

/// Logarithms of `t/H` for one horizon, so that a power costs one exponential.
#[derive(Clone, Debug)]
pub struct Walk {
    log_time: Vec<f64>,
}

impl Walk {
    /// For a horizon of `steps` steps.
    pub fn new(steps: u32) -> Self {
        let total = f64::from(steps);
        Self { log_time: (0..=steps).map(|step| libm::log(f64::from(step) / total)).collect() }
    }

    /// Share of the whole way conceded after `step` steps, from 0 to 1.
    #[inline]
    pub fn conceded(&self, step: u32, inverse_exponent: f64) -> f64 {
        libm::exp(self.log_time[step as usize] * inverse_exponent)
    }

    /// Share of the way that remains, conceded in `step` (counted from 1), given what was conceded before it.
    #[inline]
    pub fn share_of_rest(before: f64, after: f64) -> f64 {
        if after >= 1.0 { 1.0 } else { (after - before) / (1.0 - before) }
    }

    /// Share of the rest of the way made in a step of which the even walk makes `share`, at `effort` times its length:
    /// `1 - (1 - share)^effort`, as if that many such steps were made at once. It never overshoots.
    #[inline]
    pub fn share_at_effort(share: f64, effort: f64) -> f64 {
        if share < 1.0 { -libm::expm1(effort * libm::log(1.0 - share)) } else { 1.0 }
    }

    /// Steps in all.
    pub fn steps(&self) -> u32 {
        self.log_time.len() as u32 - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closed_form::reference::polynomial_concession;

    #[test]
    fn what_is_conceded_is_the_polynomial_tactic() {
        let walk = Walk::new(7);
        for (step, shape) in [(1, 0.2), (3, 1.0), (5, 5.0), (7, 0.7)] {
            let want = polynomial_concession(0.0, f64::from(step) / 7.0, shape);
            assert!((walk.conceded(step, 1.0 / shape) - want).abs() < 1e-12);
        }
    }

    #[test]
    fn shares_of_the_rest_walk_the_whole_path() {
        let walk = Walk::new(8);
        for inverse_exponent in [0.2, 1.0, 3.0] {
            let (mut left, mut before) = (1.0, walk.conceded(0, inverse_exponent));
            assert_eq!(before, 0.0);
            for step in 1..=8 {
                let after = walk.conceded(step, inverse_exponent);
                left *= 1.0 - Walk::share_of_rest(before, after);
                before = after;
                assert!((left - (1.0 - after)).abs() < 1e-12);
            }
            assert_eq!(left, 0.0);
        }
    }
}
