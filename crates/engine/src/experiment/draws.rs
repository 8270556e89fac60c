//! Draws for the cases of a study.

use crate::assumption::Name;
use terms::Quantity;

use crate::distribution::{Distribution, normal_score};
use crate::random::{Purpose, Stream};

/// A stream of random numbers for one case of a study; it shares none with those of an advice.
#[derive(Clone, Debug)]
pub struct Draws(Stream);

impl Draws {
    /// The stream of case `index` under the root `seed`.
    pub fn new(seed: u64, index: u64) -> Self {
        Self(Stream::new(seed, Purpose::Study, index))
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.bits()
    }

    /// Uniform in the open interval (0, 1).
    pub fn uniform(&mut self) -> f64 {
        self.0.uniform()
    }

    /// Normal, with mean 0 and standard deviation 1, of one uniform.
    pub fn normal(&mut self) -> f64 {
        normal_score(self.0.uniform())
    }

    /// From the default distribution of an assumption, of one uniform; 0 where it has none.
    pub fn default_of(&mut self, name: Name) -> f64 {
        let u = self.0.uniform();
        let spec = name.spec();
        Distribution::of_default(spec.default, spec.bounds).map_or(0.0, |default| default.at_probability(u))
    }
}

/// Chance that what is known as `quantity` comes out at `threshold` or beyond, by bisection of the quantile function.
pub fn chance_at_or_beyond(quantity: Quantity<f64>, threshold: f64) -> f64 {
    let distribution = Distribution::of_quantity(quantity, (f64::NEG_INFINITY, f64::INFINITY));
    let (mut low, mut high) = (1e-9, 1.0 - 1e-9);
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if distribution.at_probability(middle) < threshold { low = middle } else { high = middle }
    }
    1.0 - 0.5 * (low + high)
}
