//! What the negotiator may settle unasked: by the mandate that is in force, by what they state themselves where none was ever
//! granted, and by the boss's leave on a point. The one place that says so; a check, an offer, an agreement and every page ask
//! here.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{Amount, Quantity, Role};

use crate::guidance::{Point, Request};
use crate::mandate::{Granted, Mandate, Outside, is_worse};
use crate::offer::{Package, same};
use crate::state::Negotiation;
use crate::{Version, stamp};

/// What a negotiator states that they may sign unasked: a price, or in words that it is nothing or anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Stated {
    /// As bad a price as this. Where it is known roughly, its likely value counts.
    To(Quantity<Amount>),
    /// Nothing, or anything.
    Otherwise(Extent),
}

impl Stated {
    /// The price, where it is one.
    pub fn price(self) -> Option<Quantity<Amount>> {
        match self {
            Self::To(price) => Some(price),
            Self::Otherwise(_) => None,
        }
    }
}

/// Nothing, or anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// Nothing at all.
    None,
    /// Anything.
    Unlimited,
}

/// What the negotiator may settle at a moment, but for leave on single points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Authority<'a> {
    /// A mandate is in force.
    Mandate(&'a Granted),
    /// The last mandate is over. Nothing may be settled: a limit that was cut is not widened by what anybody states.
    Lapsed(&'a Granted),
    /// None was ever granted, and this is what the negotiator states.
    Stated(Stated),
    /// None was ever granted and nothing is stated: nobody has limited the negotiator.
    Unstated,
}

/// Whether the negotiator may settle a package unasked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Settling {
    /// Every way in which it lies outside; nothing where it is inside.
    pub outside: Vec<Outside>,
    /// On what the boss's leave depends, where it takes that.
    pub conditions: Vec<String>,
    /// Leave that was given for it and counts no more.
    pub lapsed: Vec<Lapse>,
}

/// Leave that counts no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Lapse {
    /// The question that was approved.
    pub question: Version,
    /// Why it counts no more.
    pub why: String,
    /// Since when.
    pub since: Timestamp,
}

impl Authority<'_> {
    /// The worst price that may be settled; `None` where there is no such limit. Where nothing may be settled, no price is in.
    pub fn price(&self) -> Option<Amount> {
        match self {
            Self::Mandate(granted) => Some(granted.mandate.price),
            Self::Stated(Stated::To(price)) => Some(price.likely()),
            Self::Stated(Stated::Otherwise(_)) | Self::Lapsed(_) | Self::Unstated => None,
        }
    }

    /// The limits as those of a mandate; `None` where there are none, be it that anything or that nothing may be settled.
    pub fn limits(&self) -> Option<Mandate> {
        match self {
            Self::Mandate(granted) => Some(granted.mandate.clone()),
            _ => self.price().map(Mandate::to),
        }
    }

    /// Whether nothing at all may be settled.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::Lapsed(_) | Self::Stated(Stated::Otherwise(Extent::None)))
    }

    fn outside(&self, package: &Package, role: Role) -> Vec<Outside> {
        match self {
            Self::Mandate(granted) => granted.mandate.outside(package, role),
            Self::Stated(Stated::To(price)) if is_worse(package.price, price.likely(), role) => vec![Outside::Price],
            _ if self.is_none() => vec![Outside::NoMandate],
            Self::Stated(_) | Self::Lapsed(_) | Self::Unstated => Vec::new(),
        }
    }
}

impl Negotiation {
    /// What the negotiator may settle at a moment, past or present.
    pub fn authority_at(&self, at: Timestamp) -> Authority<'_> {
        if let Some(granted) = self.mandate_at(at) {
            return Authority::Mandate(granted);
        }
        match (self.mandates.iter().rev().find(|granted| granted.from <= at), self.preparation.authority) {
            (Some(granted), _) => Authority::Lapsed(granted),
            (None, Some(stated)) => Authority::Stated(stated),
            (None, None) => Authority::Unstated,
        }
    }

    /// The mandate in force at a moment, past or present, with who granted it.
    pub fn mandate_at(&self, at: Timestamp) -> Option<&Granted> {
        self.mandates.iter().rev().find(|granted| granted.in_force(at))
    }

    /// Whether the negotiator may settle a package at a moment: by what they may settle at all, or by the boss's leave on a
    /// point. That the boss is in the room gives the negotiator no more: what goes beyond is the boss's to record.
    pub fn settling(&self, package: &Package, at: Timestamp) -> Settling {
        let role = self.role();
        let mut settling = Settling { outside: self.authority_at(at).outside(package, role), ..Settling::default() };
        let covering =
            self.requests.iter().filter(|request| request.approved().is_some_and(|to| to.covers(package, role)));
        let (counting, lapsed): (Vec<&Request>, Vec<_>) = covering.partition(|request| request.leave(at).is_some());
        for request in counting {
            let before = settling.outside.len();
            settling.outside.retain(|reason| !lets_pass(&request.question.point, reason));
            if settling.outside.len() < before {
                settling.conditions.extend(request.conditions().map(str::to_owned));
            }
        }
        let missed = |request: &&Request| settling.outside.iter().any(|one| lets_pass(&request.question.point, one));
        settling.lapsed = lapsed.into_iter().filter(missed).filter_map(|request| lapse(request, at)).collect();
        settling
    }

    /// Every way in which a package of ours lies outside what the negotiator may settle at a moment; nothing where it
    /// is inside.
    pub fn outside(&self, package: &Package, at: Timestamp) -> Vec<Outside> {
        self.settling(package, at).outside
    }
}

/// Whether leave on a point takes away a reason against a package that it covers.
fn lets_pass(point: &Point, reason: &Outside) -> bool {
    match (reason, point) {
        (Outside::Price | Outside::NoMandate, Point::Price { .. }) => true,
        (Outside::Term(term), Point::Term { name, .. }) => same(term, name),
        _ => false,
    }
}

fn lapse(request: &Request, at: Timestamp) -> Option<Lapse> {
    let ended = request.until.filter(|until| *until <= at).map(|until| ("its date has passed".to_owned(), until));
    let voided = request.void.clone().zip(request.void_since);
    let (why, since) = voided.or(ended)?;
    Some(Lapse { question: request.id, why, since })
}

impl std::fmt::Display for Lapse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let since = stamp::day(self.since).strftime("%-d %b %Y");
        write!(f, "the leave that question {} gave ended on {since}: {}", self.question, self.why)
    }
}
