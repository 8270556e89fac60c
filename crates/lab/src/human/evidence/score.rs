//! How good stated chances were, once it is known what came of it.

use libm::log;

use crate::human::logit;

/// Scores of chances against what came of it.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Score {
    /// How many chances.
    pub n: usize,
    /// Mean squared distance from what came: 0 is perfect.
    pub brier: f64,
    /// Mean of `-ln` of the chance given to what came: 0 is perfect.
    pub log_loss: f64,
    /// Slope of the outcome on the log-odds that were stated: 1 is calibrated, less is too sure.
    pub slope: f64,
}

impl Score {
    /// Of chances with what came; `None` of nothing. A chance of exactly 0 or 1 counts as one in a million.
    pub fn of(chances: &[(f64, bool)]) -> Option<Self> {
        Self::weighed(chances, &vec![1.0; chances.len()])
    }

    /// The same where chances count by their weights.
    pub fn weighed(chances: &[(f64, bool)], weights: &[f64]) -> Option<Self> {
        const LEAST: f64 = 1e-6;
        if chances.is_empty() {
            return None;
        }
        let all: f64 = weights.iter().sum();
        let kept = |p: f64| p.clamp(LEAST, 1.0 - LEAST);
        let brier = |p: f64, came: bool| (p - f64::from(u8::from(came))) * (p - f64::from(u8::from(came)));
        let loss = |p: f64, came: bool| -log(if came { kept(p) } else { 1.0 - kept(p) });
        let mean = |of: &dyn Fn(f64, bool) -> f64| {
            chances.iter().zip(weights).map(|(&(p, came), weight)| weight * of(p, came)).sum::<f64>() / all
        };
        let rows: Vec<Vec<f64>> = chances.iter().map(|&(p, _)| vec![log(kept(p) / (1.0 - kept(p)))]).collect();
        let came: Vec<bool> = chances.iter().map(|&(_, came)| came).collect();
        let recalibrated = logit::fit(&rows, &came, Some(weights), 0.0);
        Some(Self {
            n: chances.len(),
            brier: mean(&brier),
            log_loss: mean(&loss),
            slope: recalibrated.coefficients.get(1).copied().unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_those_of_their_formulas() {
        let score = Score::of(&[(0.8, true), (0.6, false)]).unwrap();
        assert!((score.brier - (0.04 + 0.36) / 2.0).abs() < 1e-12);
        assert!((score.log_loss + (log(0.8) + log(0.4)) / 2.0).abs() < 1e-12);
        assert_eq!(Score::of(&[]), None);
        assert!(Score::of(&[(1.0, false)]).unwrap().log_loss.is_finite());
    }

    #[test]
    fn chances_that_come_true_as_stated_have_slope_one_and_bolder_ones_less() {
        let with = |stated: [f64; 2]| {
            let yes = [80, 30];
            let one = |(p, yes): (f64, usize)| (0..100).map(move |i| (p, i < yes));
            let all: Vec<(f64, bool)> = stated.into_iter().zip(yes).flat_map(one).collect();
            Score::of(&all).unwrap().slope
        };
        assert!((with([0.8, 0.3]) - 1.0).abs() < 1e-6);
        assert!(with([0.95, 0.1]) < 0.8);
    }
}
