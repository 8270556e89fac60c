//! How well opponent models do: a side of known values plays, a model hears its offers, and the weights that it makes out of
//! them are compared with the true ones by rank.

pub mod frequency;

use terms::Quantity;

use bargain::opponent::{mean_weights, posterior, rank_correlation, weights};

use crate::session::{self, Negotiator};
use crate::strategy::Strategy;
use crate::strategy::time_based::Curve;
use bargain::domain::{Domain, Package};
use bargain::order::TooLarge;
use bargain::prior::{Prior, Shape, Share, Weight};
use bargain::scoring::Scoring;
use frequency::Counting;

/// A model that makes weights of offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Counting, as peers do.
    Frequency(Counting),
    /// The posterior where nothing is known beforehand.
    Bayesian,
    /// The posterior where a rank of each issue was guessed beforehand, one pair of neighbours the wrong way round.
    BayesianWithRanks,
}

impl Model {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Frequency(Counting::Kept), Self::Frequency(Counting::Spread), Self::Bayesian, Self::BayesianWithRanks];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Frequency(Counting::Kept) => "frequency (HardHeaded)",
            Self::Frequency(Counting::Spread) => "frequency (NegMAS)",
            Self::Bayesian => "Bayesian",
            Self::BayesianWithRanks => "Bayesian, ranks guessed",
        }
    }
}

/// Draws of the posterior from which the mean is taken.
const DRAWS: usize = 200;

/// Listens, and never accepts.
struct Deaf<'a>(Box<dyn Negotiator + 'a>);

impl Negotiator for Deaf<'_> {
    fn hear(&mut self, offer: &[u32]) {
        self.0.hear(offer);
    }

    fn accepts(&mut self, _: &[u32], _: f64) -> bool {
        false
    }

    fn offer(&mut self, time: f64) -> Option<&[u32]> {
        self.0.offer(time)
    }
}

/// The offers of a side with a strategy against one that concedes late, over so many rounds in which neither accepts.
pub fn offers(
    domain: &Domain,
    [listener, speaker]: [&Scoring; 2],
    strategy: Strategy,
    rounds: u32,
) -> Result<Vec<Package>, TooLarge> {
    let listens = Strategy::time_based(Curve::BOULWARE).seat(domain, listener)?;
    let mut parties = [Deaf(listens), Deaf(strategy.seat(domain, speaker)?)];
    let [first, second] = &mut parties;
    let session = session::play(&mut [first, second], rounds);
    Ok(session.offers().filter(|offer| offer.party == 1).map(|offer| offer.package.to_vec()).collect())
}

/// The rank correlation of the weights that a model makes out of offers with the true ones, 0 where it sees no order;
/// `None` where the true ones have none.
pub fn correlation(domain: &Domain, truth: &Scoring, offers: &[Package], model: Model, seed: u64) -> Option<f64> {
    let true_weights = weights(truth);
    rank_correlation(&true_weights, &true_weights)?;
    let found = match model {
        Model::Frequency(counting) => counting.weights(true_weights.len(), offers),
        Model::Bayesian => bayesian(domain, offers, &vec![Share::Unknown; true_weights.len()], seed),
        Model::BayesianWithRanks => bayesian(domain, offers, &guessed(&true_weights, seed), seed),
    };
    Some(rank_correlation(&true_weights, &found).unwrap_or(0.0))
}

fn bayesian(domain: &Domain, offers: &[Package], shares: &[Share], seed: u64) -> Vec<f64> {
    let issues = domain.sizes().into_iter().zip(shares).map(|(size, &share)| {
        let weight = Weight { worth: None::<Quantity<f64>>, share: Some(share) };
        (weight, Shape::Free(size))
    });
    let prior = Prior { issues: issues.collect(), total: 1.0 };
    let values = |point: &[f64]| Scoring::additive(domain, prior.draw(point)).expect("a prior has the domain's shape");
    let draws = posterior(prior.dimensions(), values, offers, DRAWS, seed);
    mean_weights(draws.iter().map(|point| values(point)))
}

/// The true ranks with one pair of neighbours the wrong way round, which follows from the seed.
fn guessed(weights: &[f64], seed: u64) -> Vec<Share> {
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]).then(a.cmp(&b)));
    if let Some(pairs) = weights.len().checked_sub(1).filter(|pairs| *pairs > 0) {
        let first = (seed % pairs as u64) as usize;
        order.swap(first, first + 1);
    }
    let mut shares = vec![Share::Unknown; weights.len()];
    for (rank, &issue) in (1..).zip(&order) {
        shares[issue] = Share::Rank(rank);
    }
    shares
}
