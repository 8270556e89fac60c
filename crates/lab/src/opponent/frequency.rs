//! Opponent models that count: what a side keeps matters to it.

use bargain::domain::Package;

/// How issues are weighed by what became of them from offer to offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// `HardHeaded` (van Krimpen et al. 2013), as GENIUS has it: an issue gains each time that it is kept.
    Kept,
    /// As NegMAS has it: the more an issue's options are spread evenly, by entropy, the less it weighs.
    Spread,
}

/// What an issue that was kept gains, before the weights are made to sum to 1 again.
const GAIN: f64 = 0.2;

impl Counting {
    /// The issues' weights after offers, oldest first.
    pub fn weights(self, issues: usize, offers: &[Package]) -> Vec<f64> {
        match self {
            Self::Kept => kept(issues, offers),
            Self::Spread => (0..issues).map(|issue| 1.0 - spread(issue, offers)).collect(),
        }
    }
}

fn kept(issues: usize, offers: &[Package]) -> Vec<f64> {
    let mut weights = vec![1.0 / issues as f64; issues];
    for pair in offers.windows(2) {
        for (issue, weight) in weights.iter_mut().enumerate() {
            if pair[0][issue] == pair[1][issue] {
                *weight += GAIN;
            }
        }
        let all: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|weight| *weight /= all);
    }
    weights
}

/// The entropy of an issue's options, as a share of what it would be were they even.
fn spread(issue: usize, offers: &[Package]) -> f64 {
    let mut counts = std::collections::BTreeMap::new();
    for offer in offers {
        *counts.entry(offer[issue]).or_insert(0_u32) += 1;
    }
    if counts.len() < 2 {
        return 0.0;
    }
    let all = offers.len() as f64;
    let share = |count: &u32| f64::from(*count) / all;
    let entropy: f64 = counts.values().map(|count| -share(count) * libm::log(share(count))).sum();
    entropy / libm::log(counts.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_weighs_more() {
        let offers = [vec![0, 0], vec![0, 1], vec![0, 2]];
        let kept = Counting::Kept.weights(2, &offers);
        // (0.5 + 0.2) / 1.2, then (that + 0.2) / 1.2.
        assert!((kept[0] - (0.7 / 1.2 + 0.2) / 1.2).abs() < 1e-12);
        assert_eq!(Counting::Spread.weights(2, &offers), [1.0, 0.0]);
    }
}
