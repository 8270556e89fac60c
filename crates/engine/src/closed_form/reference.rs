//! Formulas that nothing here computes by, for what does is held against them.

/// Chances of the hypotheses after an observation, from their chances before and how likely each makes what was
/// seen: Bayes' rule, as Zeng and Sycara (1998) use it to learn a counterpart's limit from its offers.
///
/// `prior` needn't sum to 1; the answer does. `None` when the lengths differ, an entry is negative or not finite,
/// or what was seen is impossible under every hypothesis.
pub fn posterior(prior: &[f64], likelihood: &[f64]) -> Option<Vec<f64>> {
    let sound = |weights: &[f64]| weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0);
    if prior.len() != likelihood.len() || !sound(prior) || !sound(likelihood) {
        return None;
    }
    let joint: Vec<f64> = prior.iter().zip(likelihood).map(|(prior, likelihood)| prior * likelihood).collect();
    let total: f64 = joint.iter().sum();
    (total > 0.0 && total.is_finite()).then(|| joint.into_iter().map(|weight| weight / total).collect())
}

/// Share of the way from opening to limit conceded at `time` (0 to 1): `k + (1 - k) time^(1 / shape)`, with `k`
/// conceded at once. `shape` above 0: below 1 holds out until late, above 1 concedes early. The polynomial tactic of
/// Faratin, Sierra and Jennings (1998).
pub fn polynomial_concession(at_once: f64, time: f64, shape: f64) -> f64 {
    at_once + (1.0 - at_once) * libm::pow(time, 1.0 / shape)
}

/// What it is worth to learn a gain before choosing between it and nothing, when the gain is normal with this mean
/// and standard deviation: `s phi(m / s) - m Phi(-m / s)` for m at or above 0, and the same for -m. Raiffa and
/// Schlaifer (1961).
///
/// With the standard deviation of the gain itself this is the expected value of perfect information; with that of
/// its posterior mean, of the part that is to be learned.
pub fn value_of_information(mean: f64, deviation: f64) -> f64 {
    if deviation <= 0.0 {
        return 0.0;
    }
    let mean = mean.abs();
    let z = mean / deviation;
    let density = libm::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
    let lower_tail = 0.5 * libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2);
    let value = deviation * density - mean * lower_tail;
    // Far out in the tail rounding may take it below 0.
    if value < 0.0 { 0.0 } else { value }
}
