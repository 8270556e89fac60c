//! What we believe of the counterpart after the record: weighted particles over their hidden type.
//!
//! Every offer, refusal, silence, proposal and act in the record updates the weights of a filter; when they grow uneven
//! its particles are resampled and renewed by moves that leave the posterior as it is. Where the record tells anything,
//! a small filter shows where the posterior lies, and the particles are drawn afresh from there (`importance`).

use rayon::prelude::*;

use crate::counterpart::{Counterpart, Mind, Scores};
use crate::prior::{HIDDEN, Prior};
use crate::random::{Purpose, Stream};
use crate::record::{Event, Record};

mod acceptance;
#[cfg(test)]
mod calibration;
mod cause;
mod importance;
mod likelihood;

pub use cause::{cause_of, needed};
pub use likelihood::Motion;
pub(crate) use likelihood::Setting;
pub(crate) use likelihood::{CAUSES, RETRACTION_SIZE};

/// The small filter has this share of the particles, and how many at least.
const PILOT: (usize, usize) = (4, 1024);
/// Fewest particles that a thread takes at a time; results do not depend on it.
const GRAIN: usize = 128;
/// Resample when the effective sample size falls under this share of the particles.
const RESAMPLE_UNDER: f64 = 0.5;
/// Sweeps of renewing moves after a resampling, and the size of each (Cotter et al. 2013: preconditioned
/// Crank-Nicolson, which keeps the normal prior of the scores).
const SWEEPS: [f64; 2] = [0.6, 0.25];
/// An entry is a surprise when the model gave it less than this chance or density (per scale).
const SURPRISE: f64 = 1e-3;
/// Log-likelihood at which an entry counts as impossible for a particle; finite, so that a record that is
/// impossible for all is carried on with, and said to be so.
pub(crate) const IMPOSSIBLE: f64 = -60.0;

/// One counterpart that we think possible, and where it stands after the record.
#[derive(Clone, Copy, Debug)]
pub struct Particle {
    /// Normal scores of the hidden coordinates.
    pub scores: Scores,
    /// The hidden type at those scores.
    pub counterpart: Counterpart,
    /// What they have in mind now.
    pub mind: Mind,
    /// Whether they are moving, stalled or frozen.
    pub motion: Motion,
    /// Their offer on the table: as recorded, else as they would open.
    pub offer: f64,
}

impl Particle {
    /// The same counterpart where people in general are as another believes: what a boss's coming says to them, how far
    /// it widens the range they see, how often they split the difference, and what they make of a limited authority.
    fn with_general(mut self, general: &Counterpart) -> Self {
        let own = &mut self.counterpart;
        if own.credence_weight > 0.0 {
            self.mind.shield *= general.credence_weight / own.credence_weight;
        }
        own.credence_weight = general.credence_weight;
        own.widening = general.widening;
        own.split_chance = general.split_chance;
        own.log_importance = general.log_importance;
        own.trouble_ratio = general.trouble_ratio;
        self
    }
}

/// What we believe after the record: equally weighted particles.
#[derive(Clone, Debug)]
pub struct Belief {
    /// The particles.
    pub particles: Vec<Particle>,
    /// Of which draw each is a copy: copies of one are not independent.
    ancestors: Vec<u32>,
    /// Smallest effective sample size on the way, as a share of the particles.
    pub effective_share: f64,
    /// Entries that were weighed.
    pub entries: u32,
    /// Entries that the model finds nearly impossible, as positions in the record's events.
    pub surprises: Vec<usize>,
}

impl Belief {
    /// The particle that a path is played with: all are used in turn, and any run of paths is spread over them.
    pub fn particle(&self, path: usize) -> &Particle {
        &self.particles[self.slot(path)]
    }

    /// Which particle that is; paths of one slot share their counterpart.
    pub fn slot(&self, path: usize) -> usize {
        // Odd, so that it runs through all of the particles, whose number is a power of two.
        const STRIDE: usize = 7919;
        path.wrapping_mul(STRIDE) & (self.particles.len() - 1)
    }

    /// Of which draw the particle of a path is a copy, a number below that of the particles.
    pub fn ancestor(&self, path: usize) -> usize {
        self.ancestors[self.slot(path)] as usize
    }

    /// The first `count` particles that paths are played with, a power of two; of what is assumed of people in general, as
    /// against what this counterpart hides, all believe what the particle `of_one` does.
    pub fn in_world(&self, of_one: Option<usize>, count: usize) -> Self {
        let count = count.min(self.particles.len());
        let general = of_one.map(|index| self.particles[index].counterpart);
        let particles = (0..count).map(|path| {
            let particle = *self.particle(path);
            general.map_or(particle, |general| particle.with_general(&general))
        });
        Self { particles: particles.collect(), ancestors: (0..count as u32).collect(), surprises: Vec::new(), ..*self }
    }

    /// Filters `count` particles, a power of two, through the record.
    pub fn after(record: &Record, prior: &Prior, count: usize, seed: u64) -> Self {
        let setting = Setting::new(record, prior);
        if !record.events.iter().any(Event::is_evidence) {
            return Filter::start(&setting, count, seed).run();
        }
        let pilot = Filter::start(&setting, (count / PILOT.0).max(PILOT.1).min(count), seed).run();
        let (drawn, share) = importance::draw(&setting, &pilot.particles, count, seed);
        Self {
            particles: drawn.iter().map(|weighted| weighted.track.particle()).collect(),
            ancestors: drawn.iter().map(|weighted| weighted.ancestor).collect(),
            effective_share: pilot.effective_share.min(share),
            ..pilot
        }
    }
}

#[derive(Clone, Copy)]
struct Weighted {
    track: likelihood::Track,
    log_weight: f64,
    /// Number of the draw that it is a copy of, once resampled.
    ancestor: u32,
}

struct Filter<'a> {
    setting: &'a Setting<'a>,
    seed: u64,
    particles: Vec<Weighted>,
    /// Logarithm of the sum of the weights.
    log_sum: f64,
    effective_share: f64,
    surprises: Vec<usize>,
}

impl<'a> Filter<'a> {
    fn start(setting: &'a Setting<'a>, count: usize, seed: u64) -> Self {
        let draw = |index: usize| {
            let mut stream = Stream::new(seed, Purpose::Prior, index as u64);
            let scores = setting.first_scores(&mut stream);
            Weighted { track: setting.begin(scores), log_weight: 0.0, ancestor: index as u32 }
        };
        let particles: Vec<Weighted> = (0..count).into_par_iter().with_min_len(GRAIN).map(draw).collect();
        let log_sum = libm::log(count as f64);
        Self { setting, seed, particles, log_sum, effective_share: 1.0, surprises: Vec::new() }
    }

    fn run(mut self) -> Belief {
        let events = self.setting.record.events.len();
        for index in 0..events {
            self.weigh(index);
        }
        if events > 0 {
            self.resample(events);
        }
        let finish = |weighted: &Weighted| weighted.track.particle();
        Belief {
            particles: self.particles.iter().map(finish).collect(),
            ancestors: self.particles.iter().map(|weighted| weighted.ancestor).collect(),
            effective_share: self.effective_share,
            entries: events as u32,
            surprises: self.surprises,
        }
    }

    /// Updates every particle by one event; resamples and renews where the weights have grown uneven.
    fn weigh(&mut self, index: usize) {
        let setting = self.setting;
        let event = &setting.record.events[index];
        self.particles.par_iter_mut().with_min_len(GRAIN).for_each(|weighted| {
            weighted.log_weight += setting.advance(&mut weighted.track, event);
        });
        if !event.is_evidence() {
            return;
        }
        let after = Weights::of(&self.particles);
        if after.log_sum - self.log_sum < libm::log(SURPRISE) {
            self.surprises.push(index);
        }
        self.log_sum = after.log_sum;
        let share = after.effective / self.particles.len() as f64;
        self.effective_share = self.effective_share.min(share);
        if share < RESAMPLE_UNDER {
            self.resample(index);
            self.renew(index);
            self.log_sum = libm::log(self.particles.len() as f64);
        }
    }

    fn resample(&mut self, index: usize) {
        let offset = Stream::new(self.seed, Purpose::Resample, index as u64).uniform();
        (self.particles, _) = resampled(&self.particles, self.particles.len(), offset);
    }

    /// Moves every particle by steps that leave the posterior after event `index` as it is.
    fn renew(&mut self, index: usize) {
        let (setting, seed, count) = (self.setting, self.seed, self.particles.len());
        self.particles.par_iter_mut().with_min_len(GRAIN).enumerate().for_each(|(slot, weighted)| {
            let key = (index * count + slot) as u64;
            let mut stream = Stream::new(seed, Purpose::Rejuvenate, key);
            for size in SWEEPS {
                let keep = (1.0 - size * size).sqrt();
                let scores = weighted.track.scores.map(|z| keep * z + size * normal(&mut stream));
                let proposal = setting.replay_until(scores, index);
                let log_ratio = proposal.log_likelihood - weighted.track.log_likelihood;
                if log_ratio >= 0.0 || stream.uniform() < libm::exp(log_ratio) {
                    weighted.track = proposal;
                }
            }
        });
    }
}

/// `count` equally weighted particles by systematic resampling (Kitagawa 1996), and the share of the draws that they
/// are worth. Copies of one draw bear the number of the first of them.
fn resampled(drawn: &[Weighted], count: usize, offset: f64) -> (Vec<Weighted>, f64) {
    let weights = Weights::of(drawn);
    let mut chosen: Vec<Weighted> = Vec::with_capacity(count);
    let (mut source, mut cumulated, mut last) = (0, weights.share(&drawn[0]), None);
    for slot in 0..count {
        let mark = (slot as f64 + offset) / count as f64;
        while cumulated < mark && source + 1 < drawn.len() {
            source += 1;
            cumulated += weights.share(&drawn[source]);
        }
        let ancestor = match (last, chosen.last()) {
            (Some(last), Some(before)) if last == source => before.ancestor,
            _ => slot as u32,
        };
        last = Some(source);
        chosen.push(Weighted { log_weight: 0.0, ancestor, ..drawn[source] });
    }
    (chosen, weights.effective / drawn.len() as f64)
}

struct Weights {
    log_sum: f64,
    effective: f64,
}

impl Weights {
    fn of(particles: &[Weighted]) -> Self {
        let top = particles.iter().fold(f64::NEG_INFINITY, |top, p| top.max(p.log_weight));
        let (mut sum, mut squares) = (0.0, 0.0);
        for particle in particles {
            let weight = libm::exp(particle.log_weight - top);
            sum += weight;
            squares += weight * weight;
        }
        Self { log_sum: top + libm::log(sum), effective: sum * sum / squares }
    }

    fn share(&self, particle: &Weighted) -> f64 {
        libm::exp(particle.log_weight - self.log_sum)
    }
}

/// A standard normal draw (Marsaglia's polar method would waste draws; the quantile keeps one draw a score).
fn normal(stream: &mut Stream) -> f64 {
    crate::distribution::normal_score(stream.uniform())
}

impl Setting<'_> {
    /// Scores from the prior, given that their limit is not below what they have already offered.
    fn first_scores(&self, stream: &mut Stream) -> Scores {
        let mut scores = [0.0; HIDDEN.len()];
        let floor = self.limit_floor_probability;
        for (index, score) in scores.iter_mut().enumerate() {
            let u = stream.uniform();
            let u = if index == 0 { floor + u * (1.0 - floor) } else { u };
            *score = crate::distribution::normal_score(u);
        }
        scores
    }

    /// A track through all events up to and including `last`.
    fn replay_until(&self, scores: Scores, last: usize) -> likelihood::Track {
        let mut track = self.begin(scores);
        for event in &self.record.events[..=last] {
            self.advance(&mut track, event);
            if track.log_likelihood <= IMPOSSIBLE {
                break;
            }
        }
        track
    }
}
