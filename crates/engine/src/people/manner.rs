//! What has been fitted on one kind of negotiation.

use serde::{Deserialize, Serialize};

use super::choice::Choice;
use super::trees::Trees;

/// How people of one kind bargain.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manner {
    /// The set it was fitted on, by key.
    pub set: String,
    /// Negotiations behind it.
    pub n: u64,
    /// Whether a price that is named again is talk, as in a chat, or a turn that was not used, as where people take turns.
    pub chat: bool,
    /// What follows a quote of a buyer and of a seller, each where the other has not quoted and where both have, and each of
    /// these at once and where something has been said since.
    pub follow: [[[Choice; 2]; 2]; 2],
    /// How far a next quote of a buyer and of a seller goes.
    pub steps: [Steps; 2],
    /// How far a buyer and a seller move who got no answer: which of [`Opening::BINS`].
    pub again: [Choice; 2],
    /// Where a buyer and a seller open.
    pub openings: [Opening; 2],
    /// What a buyer and a seller may aim for, where it is not known: spans from what the other aims for.
    pub targets: [Vec<Atom>; 2],
    /// What came of it, whatever was said.
    pub base: Base,
    /// How the forecast is bent to hold what it says.
    pub warp: Warp,
    /// How often *dead* was right, of negotiations that were not fitted on.
    pub dead: DeadCalls,
}

/// How often a negotiation that was called dead was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadCalls {
    /// Negotiations called dead before they ended.
    pub called: u64,
    /// Share of them that ended in a deal all the same.
    pub mistaken: f64,
    /// Share of those without a deal that were called dead before they ended.
    pub found: f64,
}

/// What came of negotiations, before anything was said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// Share that ended in a deal.
    pub agreement: f64,
    /// Quantiles (.05, .1, … .95) of how far short of what a buyer and of what a seller aimed for the price was, in spans; empty
    /// where no one's aim is on file.
    pub short: [Vec<f64>; 2],
}

/// A value with its chance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Atom {
    /// The value.
    pub value: f64,
    /// Its chance.
    pub chance: f64,
}

/// How far a next quote goes: the share of the gap that it closes, by bins.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// Which of [`Steps::BINS`].
    pub bin: Choice,
    /// Mean share of the gap that is taken back, where something is.
    pub back: f64,
}

impl Steps {
    /// The bins of the share closed: back, none, and the rest; the exact middle is one of its own.
    pub const BINS: [[f64; 2]; 14] = [
        [f64::NEG_INFINITY, -0.02],
        [-0.02, 0.02],
        [0.02, 0.1],
        [0.1, 0.2],
        [0.2, 0.3],
        [0.3, 0.4],
        [0.4, 0.49],
        [0.49, 0.51],
        [0.51, 0.6],
        [0.6, 0.7],
        [0.7, 0.8],
        [0.8, 0.9],
        [0.9, 1.0],
        [1.0, f64::INFINITY],
    ];

    /// The bin of a share.
    pub fn bin_of(share: f64) -> usize {
        Self::BINS.iter().position(|&[_, high]| share < high).unwrap_or(Self::BINS.len() - 1)
    }

    /// The share at `place` of a bin, from 0 to 1.
    pub(super) fn share(&self, bin: usize, place: f64) -> f64 {
        match bin {
            0 => libm::log1p(-place.min(0.98)) * self.back,
            1 => 0.0,
            7 => 0.5,
            13 => 1.0,
            _ => {
                let [low, high] = Self::BINS[bin];
                low + place * (high - low)
            }
        }
    }
}

/// Where somebody opens, by bins.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Before the other has quoted: which of [`Opening::BINS`].
    pub first: Choice,
    /// After that: which of [`Opening::REPLIES`], or, beyond them, just what they aim for.
    pub reply: Choice,
}

impl Opening {
    /// The bins, in spans; below 0 they ask for more than they aim for. The first and the last are as wide as their neighbours.
    pub const BINS: [[f64; 2]; 14] = [
        [f64::NEG_INFINITY, -1.0],
        [-1.0, -0.7],
        [-0.7, -0.5],
        [-0.5, -0.35],
        [-0.35, -0.2],
        [-0.2, -0.1],
        [-0.1, -0.02],
        [-0.02, 0.02],
        [0.02, 0.1],
        [0.1, 0.2],
        [0.2, 0.35],
        [0.35, 0.6],
        [0.6, 1.0],
        [1.0, f64::INFINITY],
    ];

    /// The bins of the gap that a reply opens, in spans.
    pub const REPLIES: [[f64; 2]; 11] = [
        [0.0, 0.05],
        [0.05, 0.15],
        [0.15, 0.3],
        [0.3, 0.45],
        [0.45, 0.6],
        [0.6, 0.8],
        [0.8, 1.0],
        [1.0, 1.3],
        [1.3, 1.7],
        [1.7, 2.2],
        [2.2, 3.0],
    ];

    /// The bin of a reply that opens a `gap` and is `short` of what its maker aims for, where that is known.
    pub fn reply_of(gap: f64, short: Option<f64>) -> usize {
        if short.is_some_and(|short| short.abs() < Self::AT_TARGET) {
            return Self::REPLIES.len();
        }
        Self::REPLIES.iter().position(|&[_, high]| gap < high).unwrap_or(Self::REPLIES.len() - 1)
    }

    /// Closer than so many spans is at the target.
    pub const AT_TARGET: f64 = 0.02;

    /// The bin of a distance.
    pub fn bin_of(short: f64) -> usize {
        Self::BINS.iter().position(|&[_, high]| short < high).unwrap_or(Self::BINS.len() - 1)
    }

    pub(super) fn short(bin: usize, place: f64) -> f64 {
        let last = Self::BINS.len() - 1;
        let [low, high] = match bin {
            0 => [-1.4, -1.0],
            7 => return 0.0,
            _ if bin == last => [1.0, 1.4],
            _ => Self::BINS[bin],
        };
        low + place * (high - low)
    }
}

/// How a forecast is bent to hold what it says, by how many quotes there have been ([`Warp::place`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warp {
    /// Log-odds of a deal, by its own log-odds and by what is seen ([`Table::seen`](super::Table::seen)); as they are where it is empty.
    pub agreement: [Vec<f64>; Self::PLACES],
    /// What a distance of a level from the middle is multiplied with before the quantile at it is read.
    pub spread: [f64; Self::PLACES],
    /// What is added to every price, in spans, by what is seen ([`Forecaster::bent_by`](super::Forecaster::bent_by)).
    /// Where one alone has quoted, and where both have.
    pub price: [Trees; 2],
}

impl Default for Warp {
    fn default() -> Self {
        Self { agreement: Default::default(), spread: [1.0; Self::PLACES], price: Default::default() }
    }
}

impl Warp {
    /// How many places there are.
    pub const PLACES: usize = 6;

    /// The place of a count of quotes: 1, 2, 3, 4, up to 6, and more.
    pub fn place(count: u32) -> usize {
        match count {
            0..=4 => count.max(1) as usize - 1,
            5 | 6 => 4,
            _ => 5,
        }
    }

    /// The chance of a deal that is told.
    pub fn chance(&self, place: usize, chance: f64, seen: &[f64]) -> f64 {
        let own = log_odds(chance);
        let told = match self.agreement[place].split_first() {
            Some((slope, rest)) => slope * own + rest.iter().zip(seen).map(|(a, b)| a * b).sum::<f64>(),
            None => own,
        };
        1.0 / (1.0 + libm::exp(-told.clamp(-6.0, 6.0)))
    }

    /// What is added to every price, in spans.
    pub fn added(&self, both: bool, seen: &[f64]) -> f64 {
        self.price[usize::from(both)].sum(seen).clamp(-1.0, 1.0)
    }

    /// The level at which a quantile is read.
    pub fn level(&self, place: usize, level: f64) -> f64 {
        spread_out(level, self.spread[place])
    }
}

/// A level with its distance from the middle multiplied with `spread`, kept within the quantiles that there are.
pub fn spread_out(level: f64, spread: f64) -> f64 {
    (0.5 + (level - 0.5) * spread).clamp(0.001, 0.999)
}

/// Log-odds of a chance, kept from certainty.
pub fn log_odds(chance: f64) -> f64 {
    let chance = chance.clamp(1e-4, 1.0 - 1e-4);
    libm::log(chance / (1.0 - chance))
}
