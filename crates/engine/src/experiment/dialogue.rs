//! How likely negotiations between people are under the model, hidden types integrated over: what its constants are fitted
//! by.
//!
//! A dialogue is seen from one seat: the offers of that seat are given, those of the other, and whether it took the last one
//! made to it, are what is weighed, by the filter that weighs the record of a case. The sum over hidden types is over
//! particles that are the same at every value of the constants, so that the likelihood is as smooth as the model.

use rayon::prelude::*;
use terms::{Quantity, Side};

use crate::assumption::Name;
use crate::belief::Setting;
use crate::case::Case;
use crate::compare::Prepared;
use crate::counterpart::Scores;
use crate::plan::Policy;
use crate::prior::Prior;
use crate::random::{Purpose, Stream};
use crate::record::Record;
use crate::scale::Scale;
use crate::simulate::{Luck, Rules, run};
use crate::{Options, Refusal, distribution};

use super::course::offer;

/// Particles to choose from; those of a dialogue are a run of them.
const POOL: usize = 8192;
/// The least chance that a deal is given: prices in chats are read by a parser, and it errs.
const LEAST_TAKEN: f64 = 2e-3;

/// How a dialogue ended, from the seat that looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// They took our last offer.
    TheyTook,
    /// They broke off over our last offer.
    TheyRefused,
    /// Theirs was the last word, or what came after it is not known.
    Open,
}

/// Offers in the order in which they were made, in shares of the scale, and how it ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialogue {
    /// The offers.
    pub offers: Vec<(Side, f64)>,
    /// The end.
    pub end: End,
    /// The amount agreed, if any.
    pub agreed: Option<f64>,
}

/// Dialogues made ready to be weighed.
#[derive(Clone, Debug)]
pub struct Dialogues {
    case: Case,
    records: Vec<(Record, End)>,
    pool: Vec<Scores>,
    particles: usize,
}

impl Dialogues {
    /// Makes them ready. `case` says what both know of each other before the first word; its walk-away is 0 and its target 1, and
    /// its rounds left are those that people reckon with. Each dialogue is weighed on so many `particles`.
    pub fn new(case: &Case, dialogues: &[Dialogue], particles: usize, seed: u64) -> Self {
        let scale = Scale::of(case);
        let horizon = case.time.rounds_left.unwrap_or(1);
        let record = |dialogue: &Dialogue| {
            let mut told = case.clone();
            told.time.rounds_left = Some(1);
            told.offers = dialogue.offers.iter().map(|&(by, amount)| offer(by, amount)).collect();
            let mut record = Record::of(&told, &scale, None).ok()?;
            record.steps_total = record.steps_total.max(horizon);
            Some((record, dialogue.end))
        };
        // Nothing but time can be wrong with a record, and that is given here.
        let records = dialogues.iter().filter_map(record).collect();
        let one = |index: usize| {
            let mut stream = Stream::new(seed, Purpose::Study, index as u64);
            std::array::from_fn(|_| distribution::normal_score(stream.uniform()))
        };
        Self { case: case.clone(), records, pool: (0..POOL).map(one).collect(), particles: particles.min(POOL) }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Logarithm of the likelihood of each, where the case assumes `assumed`.
    pub fn log_likelihoods(&self, assumed: &[(Name, Quantity<f64>)]) -> Vec<f64> {
        let mut case = self.case.clone();
        for &(name, value) in assumed {
            match name {
                Name::CounterpartLimit => case.counterpart.limit = value,
                _ => drop(case.assumptions.insert(name, value)),
            }
        }
        let prior = Prior::of(&case, &Scale::of(&case));
        self.records.par_iter().enumerate().map(|(index, record)| self.weigh(&prior, index, record)).collect()
    }

    fn weigh(&self, prior: &Prior, index: usize, (record, end): &(Record, End)) -> f64 {
        let setting = Setting::new(record, prior);
        let below = setting.limit_floor_probability;
        let step = record.steps_done.max(1);
        let logs: Vec<f64> = (0..self.particles)
            .map(|particle| {
                let mut scores = self.pool[(index * 613 + particle) % POOL];
                if below > 0.0 {
                    let draw = below + (1.0 - below) * distribution::normal_cdf(scores[0]);
                    scores[0] = distribution::normal_score(draw.min(1.0 - 1e-12));
                }
                let track = setting.replay(scores);
                let taken = || setting.taken_chance(&track, step).clamp(LEAST_TAKEN, 1.0 - LEAST_TAKEN);
                track.log_likelihood
                    + match end {
                        End::TheyTook => libm::log(taken()),
                        End::TheyRefused => libm::log(1.0 - taken()),
                        End::Open => 0.0,
                    }
            })
            .collect();
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = logs.iter().map(|log| libm::exp(log - top)).sum();
        libm::log(1.0 - below) + top + libm::log(sum / self.particles as f64)
    }
}

/// Dialogues as the simulator plays them on `case`, at our own level and pace; theirs is the first offer.
pub fn played(case: &Case, count: usize, seed: u64) -> Result<Vec<Dialogue>, Refusal> {
    let prepared = Prepared::new(case, &Options::new(seed, 1024))?;
    let one = |index: usize| {
        let mut luck = Luck::new();
        let world = prepared.problem().set_up(Purpose::Study, index, &mut luck);
        let mut sights: Vec<[f64; 2]> = Vec::new();
        let end = run(&prepared.stage, &world, &mut luck, &Policy::default(), Rules::ALL, |state, _| {
            sights.push([state.ours, state.theirs]);
        });
        let mut offers = Vec::new();
        for (round, &[ours, theirs]) in sights.iter().enumerate() {
            if round > 0 {
                offers.push((Side::Us, ours));
            }
            offers.push((Side::Them, theirs));
        }
        // It ends with their last offer, which we took, or with an ask of ours that they took. The last round is left out, for its
        // answers are seen only where they are yes.
        let last = sights.last().map_or(world.theirs, |&[_, theirs]| theirs);
        let in_time = end.rounds + 1 < prepared.stage.rounds_left();
        let taken = end.amount.filter(|&amount| in_time && amount != last);
        offers.extend(taken.map(|amount| (Side::Us, amount)));
        let how = if taken.is_some() { End::TheyTook } else { End::Open };
        Dialogue { offers, end: how, agreed: end.amount }
    };
    Ok((0..count).map(one).collect())
}
