//! One's own history: what a default becomes once closed negotiations of one's own speak to it.
//!
//! A default counts for as many observations as stand behind it by its range, or by its grade where it has none; one's own are added
//! to those (partial pooling by a beta distribution: Gelman and others, Bayesian Data Analysis, 3rd edition 2013, section 2.4). So a few of
//! one's own move it a little, and many replace it.

use schemars::JsonSchema;
use serde::Serialize;
use terms::Quantity;

use crate::assumption::{Default, Grade, Name, Unit};
use crate::distribution::Distribution;

/// How often something came, out of how often it could have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Came {
    /// How often it came.
    pub came: u32,
    /// Out of how many.
    pub of: u32,
}

impl Came {
    /// Counts one more time that it could have come.
    pub fn add(&mut self, came: bool) {
        self.came += u32::from(came);
        self.of += 1;
    }
}

/// What one's own closed negotiations say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct History {
    /// Of those that are closed: how many ended in a deal.
    pub agreed: Came,
    /// Deals whose price lay within the range forecast for four in five, once both had made an offer.
    pub early_ranges: Came,
    /// The same after the last offer before the deal.
    pub late_ranges: Came,
    /// Chance of a deal forecast after the last offer, on average, of those that were forecast; `None` without any.
    pub mean_chance: Option<f64>,
    /// Of those: how many ended in a deal.
    pub forecast_agreed: Came,
    /// Deals beyond the far end of what one had written down as the counterpart's limit: one in ten would be right.
    pub beyond_their_limit: Came,
    /// Both-bosses proposals that moved them without any boss.
    pub unlocked_alone: Came,
    /// Those in which our boss came in: how many ended in a deal.
    pub boss_came: Came,
    /// What the price then was better than their last offer before the boss came, on average, as a share of the way from walk-away to
    /// target; `None` where that can't be said of any.
    pub won_after_boss: Option<f64>,
    /// Defaults, before and after.
    pub pooled: Vec<Pooled>,
}

/// How often something of which a default is the chance came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Seen {
    /// The default.
    pub name: Name,
    /// How often it came.
    #[serde(flatten)]
    pub came: Came,
}

/// A default before and after.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Pooled {
    /// What was seen.
    #[serde(flatten)]
    pub seen: Seen,
    /// The default: its middle.
    pub from: f64,
    /// Observations that the default counts for.
    pub counts_for: f64,
    /// The mean after one's own, which is what it was where as many came as the default says.
    pub to: f64,
    /// The 10th percentile then.
    pub low: f64,
    /// The 90th.
    pub high: f64,
}

/// Observations that a default counts for which is one number, by its grade: our judgement.
fn by_grade(grade: Grade) -> f64 {
    match grade {
        Grade::Yours | Grade::Measured | Grade::Literature => 20.0,
        Grade::Analogy => 10.0,
        Grade::Judgement => 5.0,
    }
}

/// A range of chances counts for at least and at most so many.
const COUNTS_FOR: (f64, f64) = (2.0, 50.0);

impl Pooled {
    /// The default after what was `seen`; `None` where it is no chance, where nothing could have come, or where more came than could.
    pub fn of(seen: Seen) -> Option<Self> {
        let spec = seen.name.spec();
        let Came { came, of } = seen.came;
        if spec.unit != Unit::Chance || of == 0 || came > of {
            return None;
        }
        let (from, counts_for) = match spec.default {
            Default::Fixed(chance) => (chance, by_grade(spec.grade)),
            Default::Range(low, likely, high) => {
                // The standard deviation of a normal whose 10th and 90th percentile these are.
                let spread = (high - low) / 2.563;
                let count = likely * (1.0 - likely) / (spread * spread).max(1e-9) - 1.0;
                (likely, count.clamp(COUNTS_FOR.0, COUNTS_FOR.1))
            }
            _ => return None,
        };
        let (came, not) = (f64::from(came), f64::from(of - came));
        let (a, b) = (from * counts_for + came, (1.0 - from) * counts_for + not);
        let beta = Default::Beta(a.max(1e-3), b.max(1e-3));
        let [low, _, high] = Distribution::of_default(beta, spec.bounds)?.percentiles();
        Some(Self { seen, from, counts_for, to: a / (a + b), low, high })
    }

    /// As a case takes it in place of the default: to the thousandth.
    pub fn quantity(&self) -> Quantity<f64> {
        let [low, likely, high] = [self.low, self.to, self.high].map(|chance| (chance * 1e3).round() / 1e3);
        if low < likely && likely < high { Quantity::Range { low, likely, high } } else { Quantity::Known(likely) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn granted(came: u32, of: u32) -> Option<Pooled> {
        Pooled::of(Seen { name: Name::GuidanceGranted, came: Came { came, of } })
    }

    /// Mean and variance of a beta are in closed form.
    #[test]
    fn ones_own_are_added_to_what_the_default_counts_for() {
        let pooled = granted(2, 10).unwrap();
        assert_eq!((pooled.from, pooled.counts_for), (0.8, 5.0));
        let mean = (0.8 * 5.0 + 2.0) / 15.0;
        let deviation = (mean * (1.0 - mean) / 16.0_f64).sqrt();
        assert!((pooled.to - mean).abs() < 1e-12, "{} beside {mean}", pooled.to);
        // Nine of ten lie below the 90th percentile: by the closed form of the variance, within what a beta can be askew.
        assert!(pooled.low < pooled.to - 0.9 * deviation && pooled.high > pooled.to + 0.9 * deviation);
    }

    #[test]
    fn a_few_move_it_little_and_many_replace_it() {
        let to = |came, of| granted(came, of).unwrap().to;
        assert!(to(0, 1) < 0.8 && to(0, 1) > 0.6);
        assert!((to(200, 1000) - 0.2).abs() < 0.01);
        // Each more that came raises it.
        assert!((0..10).all(|came| to(came, 10) < to(came + 1, 10)));
    }

    #[test]
    fn what_came_as_the_default_says_leaves_it() {
        assert!((granted(8, 10).unwrap().to - 0.8).abs() < 1e-12);
        let delayed = Pooled::of(Seen { name: Name::GuidanceDelay, came: Came { came: 3, of: 10 } }).unwrap();
        assert!((delayed.to - delayed.from).abs() < 1e-12, "{delayed:?}");
    }

    #[test]
    fn what_says_nothing_changes_nothing() {
        assert_eq!(granted(0, 0), None);
        assert_eq!(granted(3, 2), None);
        assert_eq!(Pooled::of(Seen { name: Name::GuidanceCost, came: Came { came: 1, of: 2 } }), None);
    }

    #[test]
    fn a_wide_range_counts_for_less_than_a_narrow_one() {
        let count = |name| Pooled::of(Seen { name, came: Came { came: 1, of: 2 } }).unwrap().counts_for;
        // Of .7 to .96 around .88, and of .2 to .8 around .5.
        assert!(count(Name::ApprovalRatified) > 2.0 * count(Name::ConditionTaken));
    }

    #[test]
    fn a_case_takes_it_in_order() {
        for (came, of) in [(0, 1), (0, 400), (400, 400), (7, 9)] {
            assert!(granted(came, of).unwrap().quantity().is_ordered());
        }
    }
}
