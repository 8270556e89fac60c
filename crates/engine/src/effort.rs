//! The effort of a step: how many even steps are made at once. Gamma with mean 1 and a whole number for its shape, so that it
//! is drawn as a sum of exponentials.

/// Shape of the gamma, fitted on people (`docs/model.md`, section 11): the higher, the evener the steps.
pub const SHAPE: u32 = 3;

/// Density at an effort.
#[inline]
pub fn density(effort: f64, shape: u32) -> f64 {
    let x = f64::from(shape) * effort;
    let mut power = f64::from(shape);
    for factor in 1..shape {
        power *= x / f64::from(factor);
    }
    power * libm::exp(-x)
}

/// Chance of less than an effort.
#[inline]
pub fn chance_below(effort: f64, shape: u32) -> f64 {
    let x = f64::from(shape) * effort;
    let (mut term, mut sum) = (1.0, 1.0);
    for factor in 1..shape {
        term *= x / f64::from(factor);
        sum += term;
    }
    1.0 - libm::exp(-x) * sum
}

/// How many equally likely efforts stand for all of them where a mean over them is taken.
#[cfg(feature = "experiment")]
pub const POINTS: usize = 8;

/// Efforts in the middle of equally likely parts, by bisection.
#[cfg(feature = "experiment")]
pub fn points() -> &'static [f64; POINTS] {
    static MIDDLES: std::sync::LazyLock<[f64; POINTS]> = std::sync::LazyLock::new(|| {
        std::array::from_fn(|part| {
            let chance = (part as f64 + 0.5) / POINTS as f64;
            let (mut low, mut high) = (0.0, 40.0);
            for _ in 0..60 {
                let middle = 0.5 * (low + high);
                if chance_below(middle, SHAPE) < chance { low = middle } else { high = middle }
            }
            0.5 * (low + high)
        })
    });
    &MIDDLES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_is_the_slope_of_the_chance_and_the_mean_is_one() {
        for shape in 1..=4 {
            let (mut mean, step) = (0.0, 1e-3);
            for index in 0..40_000 {
                let effort = (f64::from(index) + 0.5) * step;
                let slope =
                    (chance_below(effort + 0.5 * step, shape) - chance_below(effort - 0.5 * step, shape)) / step;
                assert!((slope - density(effort, shape)).abs() < 1e-5, "{shape}: {effort}");
                mean += effort * density(effort, shape) * step;
            }
            assert!((mean - 1.0).abs() < 1e-5, "{shape}: {mean}");
        }
    }
}
