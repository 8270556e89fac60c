//! Random numbers by name: every stream follows from the seed, its purpose and its index, so that the same
//! numbers come whatever the number of threads.

use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// What a stream is for; two purposes never share numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// First draws of the particles.
    Prior = 1,
    /// Resampling of the particles.
    Resample = 2,
    /// Moves that renew resampled particles.
    Rejuvenate = 3,
    /// Particles drawn afresh near those of a small filter.
    Refine = 7,
    /// Worlds in which the assumptions are held.
    Worlds = 8,
    /// Paths on which thresholds are tuned and plans searched.
    Search = 4,
    /// Fresh paths on which plans are reported.
    Report = 5,
    /// Cases of a study, and their records.
    #[cfg(feature = "experiment")]
    Study = 6,
}

/// One stream of random numbers.
#[derive(Clone, Debug)]
pub struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// The stream of `purpose` and `index` under the root `seed`.
    pub fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(key(seed, purpose, index)))
    }

    /// The stream of what chance brings on path `index`, apart from the one of what is true on it: so that chance stays the
    /// same where more or less is known.
    pub fn of_luck(seed: u64, purpose: Purpose, index: u64) -> Self {
        Self::new(seed, purpose, index | 1 << 63)
    }

    /// 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Uniform in the open interval (0, 1).
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
    }

    /// Two uniforms in (0, 1), of 32 bits each.
    #[inline]
    pub fn two_uniforms(&mut self) -> (f64, f64) {
        let bits = self.bits();
        (unit32(bits >> 32), unit32(bits & 0xffff_ffff))
    }

    /// The product of three uniforms in (0, 1), of 21 bits each.
    #[inline]
    pub fn product_of_three(&mut self) -> f64 {
        const MASK: u64 = (1 << 21) - 1;
        const STEP: f64 = 1.0 / (1_u64 << 21) as f64;
        let bits = self.bits();
        let part = |shift: u32| (((bits >> shift) & MASK) as f64 + 0.5) * STEP;
        part(0) * part(21) * part(42)
    }
}

/// Four uniforms in (0, 1), of 32 bits each: what is answered, on path `index`, by a boss asked for approval or for leave on a
/// condition, and to the condition. Apart from every stream, so that nothing else changes with what a boss may be asked; and
/// without one of their own, which would take longer to begin than to read.
pub fn answers(seed: u64, purpose: Purpose, index: u64) -> [f64; 4] {
    let key = key(seed, purpose, index | 1 << 62);
    let [a, b] = [1_u64, 2].map(|step| splitmix(key.wrapping_add(step.wrapping_mul(0x9e37_79b9_7f4a_7c15))));
    [a >> 32, a & 0xffff_ffff, b >> 32, b & 0xffff_ffff].map(unit32)
}

fn key(seed: u64, purpose: Purpose, index: u64) -> u64 {
    let root = splitmix(seed ^ splitmix((purpose as u64) << 56));
    splitmix(root.wrapping_add(index))
}

#[inline]
fn unit32(bits: u64) -> f64 {
    (bits as f64 + 0.5) * (1.0 / (1_u64 << 32) as f64)
}

/// The finalizer of `SplitMix64` (Steele, Lea and Flood 2014): a bijection that spreads nearby keys apart.
pub(crate) fn splitmix(key: u64) -> u64 {
    let mut z = key.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_seed_purpose_and_index() {
        let first = |seed, purpose, index| Stream::new(seed, purpose, index).bits();
        let base = first(7, Purpose::Report, 0);
        assert_eq!(base, first(7, Purpose::Report, 0));
        assert_ne!(base, first(8, Purpose::Report, 0));
        assert_ne!(base, first(7, Purpose::Search, 0));
        assert_ne!(base, first(7, Purpose::Report, 1));
    }

    #[test]
    fn answers_are_uniform_and_independent_of_each_other() {
        let n = 50_000;
        let all: Vec<[f64; 4]> = (0..n).map(|index| answers(5, Purpose::Report, index)).collect();
        let mean = |of: &dyn Fn(&[f64; 4]) -> f64| all.iter().map(of).sum::<f64>() / n as f64;
        for i in 0..4 {
            assert!((mean(&|u| u[i]) - 0.5).abs() < 4.0 * (1.0 / 12.0 / n as f64).sqrt());
            assert!((mean(&|u| u[i] * u[i]) - 1.0 / 3.0).abs() < 4.0 * (4.0 / 45.0 / n as f64).sqrt());
            for j in 0..i {
                let covariance = mean(&|u| (u[i] - 0.5) * (u[j] - 0.5));
                assert!(covariance.abs() < 4.0 / 12.0 / (n as f64).sqrt(), "{i} and {j}: {covariance}");
            }
        }
    }

    #[test]
    fn uniforms_have_the_right_mean_and_variance() {
        let mut stream = Stream::new(1, Purpose::Report, 0);
        let n = 200_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..n / 2 {
            let (a, b) = stream.two_uniforms();
            assert!(a > 0.0 && a < 1.0 && b > 0.0 && b < 1.0);
            sum += a + b;
            squares += a * a + b * b;
        }
        let mean = sum / f64::from(n);
        let variance = squares / f64::from(n) - mean * mean;
        assert!((mean - 0.5).abs() < 4.0 * (1.0 / 12.0 / f64::from(n)).sqrt());
        assert!((variance - 1.0 / 12.0).abs() < 1e-3);
    }
}
