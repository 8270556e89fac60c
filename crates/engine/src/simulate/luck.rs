//! What chance brings on one path, the same for every plan; drawn only as far as some plan needs it.

use crate::assumption::Name;
use crate::random::Stream;
use crate::walk::Walk;

use super::World;

/// The draws of one path.
#[derive(Clone, Debug)]
pub(crate) struct Luck {
    stream: Stream,
    turns: Vec<Turn>,
    first_step: u32,
    stalled: bool,
    conceded: f64,
    pub guidance_grant: f64,
    pub guidance_delay: f64,
    pub ratified: f64,
    pub refusal: f64,
    pub condition: f64,
    /// Uniform: whether they leave the table before the end, and when.
    pub departure: f64,
    pub unlock: f64,
    pub backlash: f64,
    pub accepted: f64,
    pub thaw: f64,
    pub stretch: f64,
    pub initial_motion: f64,
}

/// What chance brings them in one round.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    /// What kind of move they would make.
    pub kind: Move,
    /// Uniform: freezes or thaws.
    pub freeze: f64,
    /// Uniform: waits for our boss's word.
    pub withhold: f64,
    /// Odds of a uniform, whose logarithm is standard logistic: how exactly they compare our ask with their next
    /// offer.
    pub odds: f64,
}

impl Turn {
    /// Whether they take an ask that is `short` beyond their own next offer, counted in scales of the noise: whether
    /// that is no more than the logarithm of the odds drawn.
    #[inline]
    pub fn takes(&self, short: f64) -> bool {
        // No logarithm exceeds its number less 1, which settles most draws without working one out.
        short <= self.odds - 1.0 && short <= libm::log(self.odds)
    }
}

/// A kind of move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Move {
    /// None.
    Stall,
    /// Part of the last one back, of this size.
    Retract(f64),
    /// The difference split, where they may go so far; else this share of the rest of the way to their aim.
    Split {
        /// The share.
        or_step: f64,
    },
    /// This share of the rest of the way to their aim.
    Step(f64),
}

impl Luck {
    /// Begins the draws of a path.
    pub fn new() -> Self {
        Self {
            stream: Stream::new(0, crate::random::Purpose::Report, 0),
            turns: Vec::new(),
            first_step: 0,
            stalled: false,
            conceded: 0.0,
            guidance_grant: 0.0,
            guidance_delay: 0.0,
            ratified: 0.0,
            refusal: 0.0,
            condition: 0.0,
            departure: 0.0,
            unlock: 0.0,
            backlash: 0.0,
            accepted: 0.0,
            thaw: 0.0,
            stretch: 0.0,
            initial_motion: 0.0,
        }
    }

    /// Starts afresh for a path whose first step is `first_step`, keeping the memory. What `answers` brings stands apart, so
    /// that the rest is the same whatever a boss may be asked.
    pub fn restart(&mut self, (mut stream, answers): (Stream, [f64; 4]), first_step: u32, world: &World, walk: &Walk) {
        [self.ratified, self.refusal, self.condition, self.departure] = answers;
        (self.guidance_grant, self.guidance_delay) = stream.two_uniforms();
        (self.unlock, self.backlash) = stream.two_uniforms();
        (self.accepted, self.thaw) = stream.two_uniforms();
        (self.stretch, self.initial_motion) = stream.two_uniforms();
        self.stream = stream;
        self.turns.clear();
        self.first_step = first_step;
        self.conceded = walk.conceded(first_step, world.counterpart.inverse_exponent);
        let motion = &world.motion;
        self.stalled = self.initial_motion < motion.stalled || self.initial_motion >= 1.0 - motion.frozen_stalled;
    }

    /// What chance brings them in `step`.
    #[inline]
    pub fn turn(&mut self, step: u32, world: &World, walk: &Walk) -> Turn {
        let index = (step - self.first_step) as usize;
        while self.turns.len() <= index {
            self.draw(world, walk);
        }
        self.turns[index]
    }

    /// Rounds drawn so far.
    #[cfg(feature = "experiment")]
    pub fn drawn(&self) -> usize {
        self.turns.len()
    }

    fn draw(&mut self, world: &World, walk: &Walk) {
        let (chain, freeze) = self.stream.two_uniforms();
        let (withhold, kind) = self.stream.two_uniforms();
        let product = self.stream.product_of_three();
        let u = self.stream.uniform();
        let values = &world.values;
        let counterpart = &world.counterpart;
        let stall = if self.stalled { counterpart.stall_stay } else { counterpart.stall_start };
        self.stalled = chain < stall;
        let step = self.first_step + self.turns.len() as u32;
        let after = walk.conceded(step + 1, world.counterpart.inverse_exponent);
        let share = Walk::share_of_rest(self.conceded, after);
        self.conceded = after;
        let retract = values[Name::RetractionChance];
        // The effort is gamma with mean 1 and shape 3: the sum of three exponentials over 3.
        let effort = || -libm::log(product) * (1.0 / 3.0);
        let kind = if self.stalled {
            Move::Stall
        } else if kind < retract {
            Move::Retract(effort() * crate::belief::RETRACTION_SIZE)
        } else {
            let step = Walk::share_at_effort(share, effort());
            if kind < retract + world.counterpart.split_chance * (1.0 - retract) {
                Move::Split { or_step: step }
            } else {
                Move::Step(step)
            }
        };
        self.turns.push(Turn { kind, freeze, withhold, odds: u / (1.0 - u) });
    }
}
