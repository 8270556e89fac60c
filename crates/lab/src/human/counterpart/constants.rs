//! The constants that are fitted, and the scale on which each is looked for.

use engine::assumption::Name;
use terms::Quantity;

/// Normal score of the 90th percentile.
pub(super) const Z90: f64 = 1.281_551_565_5;

/// One number of a fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// Chance that they take an ask that leaves hardly a gap.
    Near,
    /// Gap over which the odds of taking it fall by e.
    Noise,
    /// Median of the exponent of their concessions.
    Exponent,
    /// Standard deviation of its logarithm from one counterpart to another.
    ExponentSpread,
    /// Chance a round that a side which moved stops.
    StallStart,
    /// Chance a round that a side which stopped stays.
    StallStay,
    /// Chance a round of taking part of an offer back.
    Retraction,
    /// Chance a round of splitting the difference.
    Split,
    /// Mean of their openings.
    Opening,
    /// Standard deviation of their openings.
    OpeningSpread,
}

impl Constant {
    /// Those that the likelihood is searched over.
    pub const SEARCHED: [Self; 6] =
        [Self::Near, Self::Exponent, Self::ExponentSpread, Self::StallStart, Self::StallStay, Self::Split];

    /// Where the search begins, and how far off a value may well lie: a weak prior, which a few dozen dialogues outweigh.
    pub fn start(self) -> (f64, f64) {
        let chance = |chance: f64| libm::log(chance / (1.0 - chance));
        match self {
            Self::Near => (chance(0.5), 1.5),
            Self::Exponent => (0.0, 1.0),
            Self::ExponentSpread => (libm::log(0.5), 0.5),
            Self::StallStart => (chance(0.2), 1.5),
            // Some twenty in goods stood still twice: too few to send the chance to nought.
            Self::StallStay => (chance(0.4), 0.7),
            Self::Split => (chance(0.1), 1.5),
            Self::Noise | Self::Retraction | Self::Opening | Self::OpeningSpread => (0.0, 1.0),
        }
    }

    fn form(self) -> Form {
        match self {
            Self::Opening => Form::Plain,
            Self::StallStart | Self::StallStay | Self::Retraction | Self::Split | Self::Near => Form::Chance,
            Self::Noise | Self::Exponent | Self::ExponentSpread | Self::OpeningSpread => Form::Positive,
        }
    }

    /// What it is on the scale of the search.
    pub fn on_scale(self, shown: f64) -> f64 {
        match self.form() {
            Form::Plain => shown,
            Form::Chance => libm::log(shown / (1.0 - shown)),
            Form::Positive => libm::log(shown),
        }
    }

    /// A value on the scale of the search, as it is shown.
    pub fn shown(self, value: f64) -> f64 {
        match self.form() {
            Form::Plain => value,
            Form::Chance => 1.0 / (1.0 + libm::exp(-value)),
            Form::Positive => libm::exp(value),
        }
    }

    /// How fast what is shown grows with the value on the scale of the search.
    pub fn slope(self, value: f64) -> f64 {
        let shown = self.shown(value);
        match self.form() {
            Form::Plain => 1.0,
            Form::Chance => shown * (1.0 - shown),
            Form::Positive => shown,
        }
    }
}

/// On what scale a constant is looked for.
enum Form {
    /// As it is.
    Plain,
    /// By its log-odds.
    Chance,
    /// By its logarithm.
    Positive,
}

/// What the engine is to assume at a point of the search.
pub fn assumed(point: &[f64; Constant::SEARCHED.len()]) -> Vec<(Name, Quantity<f64>)> {
    let at = |constant: Constant| {
        let index = Constant::SEARCHED.iter().position(|&one| one == constant).unwrap_or(0);
        point[index]
    };
    let known = |constant: Constant| Quantity::Known(constant.shown(at(constant)));
    let around = |middle: f64, spread: f64| Quantity::Range {
        low: middle - Z90 * spread,
        likely: middle,
        high: middle + Z90 * spread,
    };
    let exponent = around(at(Constant::Exponent), libm::exp(at(Constant::ExponentSpread))).map(libm::exp);
    vec![
        (Name::NearAskTaken, known(Constant::Near)),
        (Name::ConcessionExponent, exponent),
        (Name::StallStart, known(Constant::StallStart)),
        (Name::StallStay, known(Constant::StallStay)),
        (Name::SplitChance, known(Constant::Split)),
    ]
}

/// An assumption that is fitted, by one constant for its middle and perhaps one for how far counterparts lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(Name, Constant, Option<Constant>);

impl Kind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self(Name::OpeningMean, Constant::Opening, None),
        Self(Name::OpeningSpread, Constant::OpeningSpread, None),
        Self(Name::ConcessionExponent, Constant::Exponent, Some(Constant::ExponentSpread)),
        Self(Name::StallStart, Constant::StallStart, None),
        Self(Name::StallStay, Constant::StallStay, None),
        Self(Name::RetractionChance, Constant::Retraction, None),
        Self(Name::SplitChance, Constant::Split, None),
        Self(Name::NearAskTaken, Constant::Near, None),
        Self(Name::AcceptanceNoise, Constant::Noise, None),
    ];

    /// The key of the assumption.
    pub fn key(self) -> &'static str {
        self.0.key()
    }

    /// What it says, and what its range spans.
    pub fn what(self) -> &'static str {
        match self.2 {
            _ if !Constant::SEARCHED.contains(&self.1) => "counted; the range spans kinds of negotiation",
            Some(_) => "fitted by likelihood; the range spans counterparts and kinds of negotiation",
            None => "fitted by likelihood; the range spans kinds of negotiation",
        }
    }

    /// The constant that is its middle.
    pub fn middle(self) -> Constant {
        self.1
    }

    /// The constant that says how far counterparts lie apart.
    pub fn spread(self) -> Option<Constant> {
        self.2
    }
}
