//! MiCRO (de Jonge 2022): offers its packages from the best down, one new one for each new one that it hears, and accepts
//! what is as good as the next it would offer.

use std::collections::HashSet;

use crate::session::Negotiator;
use bargain::domain::Package;
use bargain::order::{Order, Pick};

/// A party that concedes a step for a step.
#[derive(Clone, Debug)]
pub struct Micro<'a> {
    order: Order<'a>,
    /// Different packages that it has heard.
    heard: HashSet<Package>,
    /// Packages that it has offered, from the best down.
    offered: Vec<Pick>,
    next: Option<Pick>,
    /// Which of its own it repeats when it may not concede: they come round in turn.
    repeated: usize,
    package: Package,
}

impl<'a> Micro<'a> {
    /// A party whose packages are in this order.
    pub fn new(order: Order<'a>) -> Self {
        let mut party = Self {
            order,
            heard: HashSet::new(),
            offered: Vec::new(),
            next: None,
            repeated: 0,
            package: Package::new(),
        };
        party.next = party.acceptable(party.order.best());
        party
    }

    fn acceptable(&self, pick: Option<Pick>) -> Option<Pick> {
        pick.filter(|pick| pick.value >= self.order.floor())
    }

    /// Whether it owes a step: it has offered no more different packages than it has heard.
    fn may_concede(&self) -> bool {
        self.offered.len() <= self.heard.len()
    }
}

impl Negotiator for Micro<'_> {
    fn hear(&mut self, offer: &[u32]) {
        if !self.heard.contains(offer) {
            self.heard.insert(offer.to_vec());
        }
    }

    fn accepts(&mut self, offer: &[u32], _time: f64) -> bool {
        let value = self.order.scoring().value(offer);
        let least =
            if self.may_concede() { self.next.or(self.offered.last().copied()) } else { self.offered.last().copied() };
        least.is_some_and(|least| value >= least.value)
    }

    fn offer(&mut self, _time: f64) -> Option<&[u32]> {
        let pick = match self.next {
            Some(next) if self.may_concede() => {
                self.offered.push(next);
                self.next = self.acceptable(self.order.next(Some(next)));
                next
            }
            _ => {
                let pick = *self.offered.get(self.repeated % self.offered.len().max(1))?;
                self.repeated += 1;
                pick
            }
        };
        self.order.write(pick, &mut self.package);
        Some(&self.package)
    }
}
