//! The counterpart: what they hide, and what they have in mind at any moment.

use crate::assumption::Name;
use crate::distribution::normal_cdf;
use crate::prior::{HIDDEN, Prior, Values};

/// How far below their limit they open at the least.
pub(crate) const OPENS_BELOW: f64 = 0.02;

/// Normal scores of the hidden coordinates, in the order of [`HIDDEN`].
pub type Scores = [f64; HIDDEN.len()];

/// A counterpart's hidden type, in shares. Fixed for the whole negotiation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counterpart {
    /// R: the most their organisation would give rather than lose the deal.
    pub limit: f64,
    /// b: the most their negotiator may give.
    pub authority: f64,
    /// A: their opening.
    pub opening: f64,
    /// 1/e of how they concede.
    pub inverse_exponent: f64,
    /// h: share of the surplus they see that they mean to keep.
    pub kept: f64,
    /// w0: what they think our walk-away is.
    pub perceived_walk_away: f64,
    /// k/(1+k): weight they give to our limited authority.
    pub credence_weight: f64,
    /// How far the range they see widens if they were sure that we are high-stakes.
    pub widening: f64,
    /// What going upstairs costs their negotiator.
    pub escalation_cost: f64,
    /// Chance a round of an offer to split the difference.
    pub split_chance: f64,
    /// Chance a round that they stop moving, having moved.
    pub stall_start: f64,
    /// Chance a round that they stay where they are, having stopped.
    pub stall_stay: f64,
    /// Uniform: our boss's coming frees their negotiator to go to the limit if this is under the chance of it.
    pub release_draw: f64,
    /// Logarithms of the likelihood ratio of importance for a boss in the room, early and late.
    pub log_importance: [f64; 2],
    /// Likelihood ratio of trouble for a boss in the room.
    pub trouble_ratio: f64,
}

impl Counterpart {
    /// The counterpart at the given scores; `opening` is their first offer where there is one.
    pub fn at(scores: &Scores, prior: &Prior, opening: Option<f64>) -> Self {
        let at = |index: usize| prior.hidden_at(index, scores[index]);
        let medians = prior.medians();
        let limit = at(0);
        let opening = opening.unwrap_or_else(|| {
            let drawn = at(9) + medians[Name::OpeningSpread] * scores[9];
            drawn.min(limit - OPENS_BELOW)
        });
        let credence = at(5);
        Self {
            limit,
            authority: authority(normal_cdf(scores[1]), limit, opening, medians),
            opening,
            inverse_exponent: 1.0 / at(2),
            kept: at(3),
            perceived_walk_away: at(4),
            credence_weight: credence / (1.0 + credence),
            widening: at(6),
            escalation_cost: at(7),
            split_chance: at(8),
            stall_start: at(14),
            stall_stay: at(15),
            release_draw: normal_cdf(scores[13]),
            log_importance: [at(10), at(11)],
            trouble_ratio: at(12),
        }
    }
}

/// Full with the chance assumed; else short of the limit by an even draw.
fn authority(draw: f64, limit: f64, opening: f64, medians: &Values) -> f64 {
    let full = medians[Name::FullAuthorityChance];
    if draw < full {
        return limit;
    }
    let shortfall = (draw - full) / (1.0 - full) * medians[Name::AuthorityShortfall];
    limit - shortfall * (limit - opening).max(0.0)
}

/// A belief of theirs, as a chance, and where it stood before any act of ours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Credence {
    initial: f64,
    now: f64,
}

impl Credence {
    /// Held at `chance`.
    pub fn new(chance: f64) -> Self {
        Self { initial: chance, now: chance }
    }

    /// Bayes with a likelihood ratio.
    pub fn update(&mut self, ratio: f64) {
        let odds = self.now * ratio;
        self.now = odds / (1.0 - self.now + odds);
    }

    /// How far it has moved from where it stood.
    pub fn shift(&self) -> f64 {
        self.now - self.initial
    }

    /// Where it stands against where it stood.
    pub fn ratio(&self) -> f64 {
        self.now / self.initial
    }

    /// The shift as a share of what was left to certainty.
    pub fn shift_of_room(&self) -> f64 {
        self.shift() / (1.0 - self.initial)
    }
}

/// What the counterpart's negotiator has in mind at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mind {
    /// b now.
    pub authority: f64,
    /// h now.
    pub kept: f64,
    /// How much our limited authority holds up the walk-away they see; 0 once the boss is in.
    pub shield: f64,
    /// That the deal matters greatly to us.
    pub importance: Credence,
    /// That our negotiator lacks ability or authority.
    pub ability: Credence,
    /// That the relationship is in trouble.
    pub trouble: Credence,
}

impl Mind {
    /// At the start, facing a negotiator who may go to `authority_seen`.
    ///
    /// Limited authority only ever holds the perceived walk-away up: hearing of a floor below what they already
    /// believe gives them no reason to expect less.
    pub fn at_start(counterpart: &Counterpart, authority_seen: f64, medians: &Values) -> Self {
        let above = (authority_seen - counterpart.perceived_walk_away).max(0.0);
        Self {
            authority: counterpart.authority,
            kept: counterpart.kept,
            shield: counterpart.credence_weight * above,
            importance: Credence::new(medians[Name::HighStakesChance]),
            ability: Credence::new(medians[Name::LowAuthorityChance]),
            trouble: Credence::new(medians[Name::TroubleChance]),
        }
    }

    /// w: what they think we would settle for, never above their own authority.
    #[inline]
    pub fn perceived_walk_away(&self, counterpart: &Counterpart) -> f64 {
        let widened = self.importance.shift() * counterpart.widening;
        (counterpart.perceived_walk_away + self.shield - widened).min(self.authority)
    }

    /// L: where they aim to come to.
    #[inline]
    pub fn aim(&self, counterpart: &Counterpart) -> f64 {
        self.authority - self.kept * (self.authority - self.perceived_walk_away(counterpart))
    }
}

/// The likelihood ratio of importance for a boss who joins at `time` (share of the steps done): the early one
/// before the second exchange, the late one once an impasse is noted, log-linear in time between.
#[inline]
pub fn importance_ratio([early, late]: [f64; 2], exchanges: u32, time: f64, impasse: bool) -> f64 {
    let log = if impasse {
        late
    } else if exchanges < 2 {
        early
    } else {
        (1.0 - time) * early + time * late
    };
    libm::exp(log)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credence_moves_by_bayes() {
        let mut credence = Credence::new(0.5);
        credence.update(6.0);
        assert!((credence.now - 6.0 / 7.0).abs() < 1e-15);
        credence.update(1.0);
        assert!((credence.shift() - (6.0 / 7.0 - 0.5)).abs() < 1e-15);
    }

    #[test]
    fn importance_falls_from_early_to_late() {
        let logs = [2.5_f64, 1.2].map(libm::log);
        assert!((importance_ratio(logs, 1, 0.9, false) - 2.5).abs() < 1e-12);
        assert!((importance_ratio(logs, 5, 0.1, true) - 1.2).abs() < 1e-12);
        assert!((importance_ratio(logs, 4, 0.5, false) - 3.0_f64.sqrt()).abs() < 1e-12);
    }
}
