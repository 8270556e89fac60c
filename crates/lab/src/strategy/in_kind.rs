//! Concession in kind (Faratin, Sierra and Jennings 1998, relative to the last offer): a party gives as much as it was
//! given, both measured by what they are worth to itself.

use super::SLACK;
use crate::session::Negotiator;
use bargain::domain::Package;
use bargain::order::Order;

/// A party that concedes as the other side does.
#[derive(Clone, Debug)]
pub struct InKind<'a> {
    order: Order<'a>,
    reciprocity: f64,
    /// What it holds out for.
    target: f64,
    /// What the last offer heard is worth to it.
    heard: Option<f64>,
    package: Package,
}

impl<'a> InKind<'a> {
    /// A party whose packages are in this order, and which gives `reciprocity` for each unit that it is given.
    pub fn new(order: Order<'a>, reciprocity: f64) -> Self {
        let (best, _) = order.extremes();
        Self { order, reciprocity, target: best, heard: None, package: Package::new() }
    }

    fn reservation(&self) -> f64 {
        self.order.floor()
    }
}

impl Negotiator for InKind<'_> {
    fn hear(&mut self, offer: &[u32]) {
        let value = self.order.scoring().value(offer);
        if let Some(before) = self.heard.filter(|before| before.is_finite() && value.is_finite()) {
            let given = (value - before).max(0.0);
            self.target = (self.target - self.reciprocity * given).max(self.reservation());
        }
        self.heard = Some(value);
    }

    fn accepts(&mut self, offer: &[u32], _time: f64) -> bool {
        self.order.scoring().value(offer) >= self.target.max(self.reservation())
    }

    fn offer(&mut self, _time: f64) -> Option<&[u32]> {
        let found = self.order.nearest(self.target, SLACK, self.reservation())?;
        self.order.write(found.pick, &mut self.package);
        Some(&self.package)
    }
}
