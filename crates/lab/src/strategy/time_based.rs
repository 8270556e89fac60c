//! Concession by the clock (Faratin, Sierra and Jennings 1998), as NegMAS 0.16 does it: a party offers the least package
//! within a band that falls with time, and accepts what lies in it.

use super::{Acceptance, SLACK};
use crate::session::Negotiator;
use bargain::domain::Package;
use bargain::order::{Nearest, Order};

/// The share of its range that a party holds out for at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Curve {
    /// `1 - t^e`: Boulware above 1, linear at 1, conceding below. The exponent is above 0 or infinite.
    Polynomial(f64),
    /// `(exp((1 - t)^e) - 1) / (exp(1) - 1)`. The exponent is above 0.
    Exponential(f64),
}

impl Curve {
    /// Gives in late.
    pub const BOULWARE: Self = Self::Polynomial(4.0);
    /// Gives in evenly.
    pub const LINEAR: Self = Self::Polynomial(1.0);
    /// Gives in early.
    pub const CONCEDER: Self = Self::Polynomial(0.25);
    /// Never gives in.
    pub const HARDHEADED: Self = Self::Polynomial(f64::INFINITY);

    /// The share at a time from 0 to 1.
    pub fn at(self, time: f64) -> f64 {
        match self {
            Self::Polynomial(exponent) => 1.0 - power(time, exponent),
            Self::Exponential(exponent) => libm::expm1(libm::pow(1.0 - time, exponent)) / libm::expm1(1.0),
        }
    }
}

/// The powers of the usual curves by multiplication and by roots, a tenth of the time: of which a long session has hundreds. Their
/// last bit may differ from `pow`'s, which lies far below [`SLACK`].
fn power(time: f64, exponent: f64) -> f64 {
    match exponent {
        4.0 => (time * time) * (time * time),
        0.25 => time.sqrt().sqrt(),
        1.0 => time,
        _ => libm::pow(time, exponent),
    }
}

/// What a party aspires to over time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aspiration {
    /// How it falls.
    pub curve: Curve,
    /// The share of its range that it starts from.
    pub most: f64,
    /// Half the width by which the band is widened on either side, in its own units.
    pub tolerance: f64,
}

impl Aspiration {
    /// From the whole range, with the tolerance of NegMAS's own strategies by the clock.
    pub fn new(curve: Curve) -> Self {
        Self { curve, most: 1.0, tolerance: 1e-4 }
    }
}

/// A party that concedes by the clock.
#[derive(Clone, Debug)]
pub struct TimeBased<'a> {
    order: Order<'a>,
    aspiration: Aspiration,
    acceptance: Acceptance,
    /// The most it can get, and what it never goes below.
    best: f64,
    least: f64,
    last: Option<Nearest>,
    /// The last time asked about and its band: a round asks twice.
    asked: (f64, (f64, f64)),
    package: Package,
}

impl<'a> TimeBased<'a> {
    /// A party whose packages are in this order.
    pub fn new(order: Order<'a>, aspiration: Aspiration, acceptance: Acceptance) -> Self {
        let (best, worst) = order.extremes();
        let least = worst.max(order.scoring().reservation);
        Self {
            order,
            aspiration,
            acceptance,
            best,
            least,
            last: None,
            asked: (f64::NAN, (0.0, 0.0)),
            package: Package::new(),
        }
    }

    /// The least and the most of its band at a time.
    fn band(&mut self, time: f64) -> (f64, f64) {
        if self.asked.0 == time {
            return self.asked.1;
        }
        let Aspiration { curve, most, tolerance } = self.aspiration;
        let share = most * curve.at(time);
        let inside = |value: f64| self.least.max(self.best.min(value));
        let range = self.best - self.least;
        let band = (inside(range * share + self.least - tolerance), inside(range * 1.0 + self.least + tolerance));
        self.asked = (time, band);
        band
    }

    fn find(&mut self, wanted: f64) -> Option<Nearest> {
        if let Some(last) = self.last
            && wanted <= last.pick.value
            && wanted > last.same_above
        {
            return Some(last);
        }
        let found = self.order.nearest(wanted, SLACK, self.order.floor())?;
        self.last = Some(found);
        self.order.write(found.pick, &mut self.package);
        Some(found)
    }
}

impl Negotiator for TimeBased<'_> {
    fn accepts(&mut self, offer: &[u32], time: f64) -> bool {
        let value = self.order.scoring().value(offer);
        let (low, high) = self.band(time);
        match self.acceptance {
            Acceptance::Aspiration => low <= value && value <= high && value >= self.order.scoring().floor(),
            Acceptance::Next => self.find(low).is_some_and(|next| value >= next.pick.value),
        }
    }

    fn offer(&mut self, time: f64) -> Option<&[u32]> {
        let (low, _) = self.band(time);
        self.find(low)?;
        Some(&self.package)
    }
}
