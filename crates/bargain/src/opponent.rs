//! What a side's offers tell of its values.
//!
//! The Bayesian model follows Hindriks and Tykhonov (2008): a side begins near its best package and asks for a little less
//! with every offer, so that values under which its offers look like that are more likely. They weigh a list of hypotheses;
//! here a Metropolis chain walks the prior itself, whatever it knows (amounts, points, ranks), and how the side concedes
//! (how far, how early, how evenly) is among the unknowns. [`frequency`] has the models that count.

use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::domain::Package;
use crate::scoring::Scoring;

/// How a side concedes, none of which is known: three numbers between 0 and 1, which say the depth, the bend and the stray.
pub type Manner = [f64; 3];
/// How many unknowns that is.
const MANNERS: usize = 3;
/// Offers after which a side has conceded its depth; it goes on in the same bend.
const HORIZON: f64 = 20.0;
/// How the concession bends: the exponent of time, from late to early and back by powers of 4, as strategies have it.
const SHARPEST_BEND: f64 = 4.0;
/// By how much offers stray from the curve at most, one standard deviation as a share of the span of values; and at least.
const STRAYS: [f64; 2] = [0.02, 0.2];
/// Steps of the chain before the first draw is taken, for each unknown.
const BURN_IN: usize = 100;
/// Steps from one draw to the next, for each unknown.
const THINNING: usize = 6;
/// Unknowns by which a step is counted at most, so that issues with many options take no forever.
const MOST_COUNTED: usize = 80;

/// Numbers looked at by a chain at most: some half a second.
const MOST_WORK: usize = 60_000_000;

/// Numbers looked at for one step of a chain.
fn work(scoring: &Scoring, offers: &[Package]) -> usize {
    let options: usize = scoring.parts().iter().map(Vec::len).sum();
    let together = scoring.interactions().iter().flat_map(|one| &one.within).map(|(_, options)| options.len());
    options + together.sum::<usize>() + offers.len() * (scoring.parts().len() + scoring.interactions().len())
}

/// How well offers, oldest first, fit values: a log-likelihood up to a constant.
pub fn fit(scoring: &Scoring, offers: &[Package], manner: Manner) -> f64 {
    fit_of(scoring, offers, &firsts(offers), manner)
}

/// Whether each offer is made for the first time.
fn firsts(offers: &[Package]) -> Vec<bool> {
    let mut seen = std::collections::HashSet::new();
    offers.iter().map(|offer| seen.insert(offer)).collect()
}

fn fit_of(scoring: &Scoring, offers: &[Package], firsts: &[bool], [depth, bend, stray]: Manner) -> f64 {
    let (best, worst) = span(scoring);
    let span = best - worst;
    if offers.is_empty() || span <= 0.0 {
        return 0.0;
    }
    let bend = libm::pow(SHARPEST_BEND, 2.0 * bend - 1.0);
    let stray = STRAYS[0] * libm::pow(STRAYS[1] / STRAYS[0], stray);
    let rivals = Rivals::of(scoring, span);
    let mut fit = -(offers.len() as f64) * libm::log(stray);
    for ((round, offer), is_first) in (1_u32..).zip(offers).zip(firsts) {
        // A deal-breaker of theirs that they offer is none: far off, but no end of the world.
        let utility = ((scoring.value(offer) - worst) / span).max(-1.0);
        let expected = (1.0 - depth * libm::pow(f64::from(round) / HORIZON, bend)).max(0.0);
        let off = (utility - expected) / stray;
        fit -= 0.5 * off * off;
        // Who says the same again has not chosen again.
        if *is_first {
            fit -= rivals.log_density(utility - rivals.mean_above(worst, span)).max(-libm::log(2.0 * stray));
        }
    }
    fit
}

/// How many packages lie at a utility, as if utilities were normal: sums over issues nearly are. Of packages worth the same a
/// side is as likely to offer one as another, so that an offer which has few rivals tells more.
struct Rivals {
    log_packages: f64,
    mean: f64,
    variance: f64,
}

impl Rivals {
    fn of(scoring: &Scoring, span: f64) -> Self {
        let mut rivals = Self { log_packages: 0.0, mean: scoring.base(), variance: 0.0 };
        for row in scoring.parts() {
            let finite = || row.iter().copied().filter(|value| value.is_finite());
            let count = finite().count() as f64;
            let mean = finite().sum::<f64>() / count;
            rivals.log_packages += libm::log(count);
            rivals.mean += mean;
            rivals.variance += finite().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
        }
        rivals.variance = (rivals.variance / (span * span)).max(1e-6);
        rivals
    }

    fn mean_above(&self, worst: f64, span: f64) -> f64 {
        (self.mean - worst) / span
    }

    /// The logarithm of packages for each unit of utility, so far from the mean.
    fn log_density(&self, from_mean: f64) -> f64 {
        let normal = -0.5 * (from_mean * from_mean / self.variance + libm::log(std::f64::consts::TAU * self.variance));
        self.log_packages + normal
    }
}

/// The best and worst value, what options bring together left out.
fn span(scoring: &Scoring) -> (f64, f64) {
    scoring.parts().iter().fold((scoring.base(), scoring.base()), |(best, worst), row| {
        let finite = || row.iter().copied().filter(|value| value.is_finite());
        (best + finite().fold(f64::NEG_INFINITY, f64::max), worst + finite().fold(f64::INFINITY, f64::min))
    })
}

/// Points of the unit cube of `dimensions` from which values follow that fit the offers: `count` draws of the posterior,
/// each as likely. Without offers, of the prior.
pub fn posterior(
    dimensions: usize,
    values: impl Fn(&[f64]) -> Scoring,
    offers: &[Package],
    count: usize,
    seed: u64,
) -> Vec<Vec<f64>> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut uniform = move || ((random.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64;
    if offers.is_empty() {
        return (0..count).map(|_| (0..dimensions).map(|_| uniform()).collect()).collect();
    }
    // The last coordinates are the manner.
    let all = dimensions + MANNERS;
    let mut at: Vec<f64> = (0..all).map(|_| uniform()).collect();
    let firsts = firsts(offers);
    let measure = |point: &[f64]| {
        let manner = [point[dimensions], point[dimensions + 1], point[dimensions + 2]];
        fit_of(&values(&point[..dimensions]), offers, &firsts, manner)
    };
    let mut standing = measure(&at);
    let affordable = MOST_WORK / (work(&values(&at[..dimensions]), offers) * (BURN_IN + THINNING * count)).max(1);
    let counted = all.min(MOST_COUNTED).min(affordable.max(1));
    let (burn_in, thinning) = (BURN_IN * counted, THINNING * counted);
    let mut draws = Vec::with_capacity(count);
    let mut next = at.clone();
    for step in 1..=burn_in + thinning * count {
        next.copy_from_slice(&at);
        // Two at a time: weights come to a fixed sum, so that one rarely moves alone.
        for _ in 0..2 {
            let coordinate = ((uniform() * all as f64) as usize).min(all - 1);
            next[coordinate] = wrapped(next[coordinate] + 0.6 * (uniform() - 0.5));
        }
        let fit = measure(&next);
        if libm::log(uniform()) < fit - standing {
            std::mem::swap(&mut at, &mut next);
            standing = fit;
        }
        if step > burn_in && (step - burn_in).is_multiple_of(thinning) {
            draws.push(at[..dimensions].to_vec());
        }
    }
    draws
}

/// Back into the open unit interval, around the ends.
fn wrapped(value: f64) -> f64 {
    let inside = value - value.floor();
    inside.clamp(1e-12, 1.0 - 1e-12)
}

/// What each issue weighs under values: the span of its options, as a share of all.
pub fn weights(scoring: &Scoring) -> Vec<f64> {
    let spans = scoring.parts().iter().map(|row| {
        let finite = || row.iter().copied().filter(|value| value.is_finite());
        finite().fold(f64::NEG_INFINITY, f64::max) - finite().fold(f64::INFINITY, f64::min)
    });
    let spans: Vec<f64> = spans.collect();
    let all: f64 = spans.iter().sum();
    spans.into_iter().map(|span| if all > 0.0 { span / all } else { 0.0 }).collect()
}

/// The mean weights over draws.
pub fn mean_weights(draws: impl IntoIterator<Item = Scoring>) -> Vec<f64> {
    let (mut sum, mut count) = (Vec::new(), 0.0);
    for draw in draws {
        let weights = weights(&draw);
        sum.resize(weights.len(), 0.0);
        sum.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
        count += 1.0;
    }
    sum.into_iter().map(|sum| sum / count).collect()
}

/// Spearman's rank correlation; equal values share the mean of their ranks. `None` where one side has no order.
pub fn rank_correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = (ranks(a), ranks(b));
    let mean = (a.len() as f64 + 1.0) / 2.0;
    let product = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum::<f64>();
    let (aa, bb) = (product(&a, &a), product(&b, &b));
    (aa > 0.0 && bb > 0.0).then(|| product(&a, &b) / libm::sqrt(aa * bb))
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: f64| {
        let below = values.iter().filter(|other| **other < value).count() as f64;
        let equal = values.iter().filter(|other| **other == value).count() as f64;
        below + (equal + 1.0) / 2.0
    };
    values.iter().map(|value| rank(*value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Domain, Issue};
    use crate::prior::{Prior, Shape, Share, Weight};

    #[test]
    fn ranks_are_compared_by_spearmans_formula() {
        // 1 - 6 * (1 + 1 + 0) / (3 * 8).
        assert_eq!(rank_correlation(&[0.1, 0.2, 0.7], &[2.0, 1.0, 3.0]), Some(0.5));
        assert_eq!(rank_correlation(&[1.0, 1.0], &[1.0, 2.0]), None);
        // Shared ranks: 1.5, 1.5, 3 with 1, 2, 3.
        assert!((rank_correlation(&[1.0, 1.0, 2.0], &[1.0, 2.0, 3.0]).unwrap() - 0.75_f64.sqrt()).abs() < 1e-12);
    }

    /// The chain against the posterior by plain enumeration of a grid.
    #[test]
    fn the_chain_finds_the_posterior() {
        let domain = Domain::new("d", vec![Issue::named("a", ["x", "y"]), Issue::named("b", ["x", "y"])]).unwrap();
        let unknown = || {
            let weight = Weight { worth: None, share: Some(Share::Unknown) };
            (weight, Shape::Fixed(vec![0.0, 1.0]))
        };
        let prior = Prior { issues: vec![unknown(), unknown()], total: 1.0 };
        let values = |point: &[f64]| Scoring::additive(&domain, prior.draw(point)).unwrap();
        // They keep the first issue and give the second away.
        let offers = [vec![1, 1], vec![1, 0], vec![1, 0]];
        let (mut sum, mut mass) = (0.0, 0.0);
        let grid = |k: u32, of: u32| (f64::from(k) + 0.5) / f64::from(of);
        for place in 0..40 * 40 * 12 * 12 * 12_u32 {
            let manner = [grid(place % 12, 12), grid(place / 12 % 12, 12), grid(place / 144 % 12, 12)];
            let scoring = values(&[grid(place / 1728 % 40, 40), grid(place / 69120, 40)]);
            let mass_here = libm::exp(fit(&scoring, &offers, manner));
            sum += mass_here * weights(&scoring)[0];
            mass += mass_here;
        }
        let draws = posterior(2, values, &offers, 4_000, 7);
        let found = mean_weights(draws.iter().map(|point| values(point)))[0];
        assert!((found - sum / mass).abs() < 0.015, "{found} for {}", sum / mass);
        assert!(sum / mass > 0.7);
    }
}
