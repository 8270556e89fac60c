//! The offers that we might make next: from staying where we are to the least that we may settle for today.

use crate::assumption::Name;
use crate::plan::Policy;
use crate::record::NO_MOVEMENT;
use crate::scale::Scale;
use crate::simulate::step_of_ours;

use super::Chooser;

/// Shares of the way from our last offer to the least that we may settle for, or to their offer.
const SHARES: [f64; 11] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// Why an offer is among those tried, the first of which stands unless another does better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The pace of the course comes to it.
    Pace,
    /// It is our target, and we have said nothing yet.
    Target,
    /// The case says that we open so.
    Said,
    /// A share of the way.
    Share,
    /// What the model opens with where nothing is said.
    Model,
}

/// An offer that we might make next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ask {
    /// In shares.
    pub at: f64,
    pub origin: Origin,
}

impl Chooser<'_> {
    /// The offers tried; the first is the one that stands unless another does better.
    pub(super) fn asks(&self, policy: &Policy) -> Vec<Ask> {
        let stage = &self.prepared.stage;
        let least = self.prepared.least_now();
        let beyond_theirs = self.prepared.record.standing.theirs.map_or(least, |theirs| theirs + NO_MOVEMENT);
        let (start, lead) = match stage.ours {
            Some(ours) => (ours, vec![Ask { at: self.paced(ours, policy), origin: Origin::Pace }]),
            None => self.openings(policy),
        };
        let end = least.max(beyond_theirs).min(start);
        let between = SHARES.map(|share| Ask { at: start + share * (end - start), origin: Origin::Share });
        let mut asks: Vec<Ask> = Vec::new();
        for ask in lead.into_iter().chain(between) {
            // What the case itself says is said as it is.
            let at = if matches!(ask.origin, Origin::Said | Origin::Target) { ask.at } else { self.in_coin(ask.at) };
            let ask = Ask { at, ..ask };
            let open = ask.at >= least && ask.at >= end - 1e-12 && self.can_be_said(ask.at);
            let known = asks.iter().any(|known| (known.at - ask.at).abs() < NO_MOVEMENT);
            if open && !known {
                asks.push(ask);
            }
        }
        asks
    }

    /// Where the pace of the course takes us from `ours`. Our asks head for what we may sign unasked.
    fn paced(&self, ours: f64, policy: &Policy) -> f64 {
        let stage = &self.prepared.stage;
        let way = (ours - self.prepared.prior.medians().own_floor()).max(0.0);
        ours - step_of_ours(policy.pace, way, stage.our_share(stage.steps_done), stage.last_concession)
    }

    /// Where we might open: as the case says; else at the target, or with what the model opens with.
    fn openings(&self, policy: &Policy) -> (f64, Vec<Ask>) {
        let medians = self.prepared.prior.medians();
        let opening = medians.opening();
        let paced = Ask { at: self.paced(opening, policy), origin: Origin::Model };
        let lead = if self.case.said(Name::OurOpening).is_some() {
            vec![Ask { at: opening, origin: Origin::Said }, paced]
        } else {
            vec![Ask { at: medians.own_floor().max(1.0), origin: Origin::Target }, paced]
        };
        (opening, lead)
    }

    /// Rounded as people say it, to a thousandth of what is at stake, in our favour; our last offer is left as it is.
    fn in_coin(&self, share: f64) -> f64 {
        let scale = &self.prepared.scale;
        if self.prepared.stage.ours.is_some_and(|ours| (ours - share).abs() < NO_MOVEMENT) {
            return self.prepared.stage.ours.unwrap_or(share);
        }
        let coin = self.case.currency.decimals().map_or(0.01, |digits| libm::pow(10.0, -f64::from(digits)));
        let unit = libm::pow(10.0, (libm::log10(scale.money(1.0)) - 3.0 + 1e-9).floor()).max(coin);
        let steps = scale.price(share) / unit;
        let rises = scale.price(1.0) > scale.price(0.0);
        let whole = if rises { (steps - 1e-6).ceil() } else { (steps + 1e-6).floor() };
        scale.share_of_price(whole * unit)
    }

    /// Nobody offers less than nothing where no limit of theirs is.
    fn can_be_said(&self, share: f64) -> bool {
        let stakes = &self.case.value;
        let scale: &Scale = &self.prepared.scale;
        scale.price(share) >= -1e-9 || stakes.walk_away.likely() < 0.0 || stakes.target.likely() < 0.0
    }
}
