//! What to do next: the first act of the course advised, with its amount and its day.
//!
//! Their standing offer is taken where it is worth more than all that going on may bring, beyond noise; and where the
//! course takes it, unless going on is clearly worth more. Then come rungs that are due, the lowest first. Else it is an offer: of a few that
//! we might make next, each followed by the course advised, the one that does best ([`asks`]).

use jiff::civil::Date;
use terms::{NextActKind, Side};

use crate::advice::NextAct;
use crate::case::{Case, Offer};
use crate::compare::{Comparison, Contender, Prepared};
use crate::plan::Policy;
use crate::random::Purpose;
use crate::record::{Event, Guidance, day_after};
use crate::simulate::{Luck, would_accept};
use crate::words::{Stance, Wording};

mod asks;
mod reasons;
#[cfg(test)]
mod tests;
mod trial;

use reasons::Reasons;
use trial::Trial;

/// What to do next, and where it leaves us.
pub(crate) struct Next {
    pub act: NextAct,
    /// After an offer, or after none: where we stand, and how we concede from there.
    pub stance: Option<Stance>,
}

/// What to do next under the course advised; `ask_for` is the price worth asking our boss leave for.
pub(crate) fn next_act(
    (case, prepared): (&Case, &Prepared),
    (comparison, advised): (&Comparison, &Contender),
    words: &Wording<'_>,
    ask_for: f64,
) -> Next {
    let chooser = Chooser { case, prepared, comparison, advised };
    let reasons = Reasons { chooser: &chooser, words };
    let Some(policy) = advised.policy else {
        let act = NextAct { kind: NextActKind::WalkAway, amount: None, by: None, why: reasons.leaving() };
        return Next { act, stance: None };
    };
    let trial = Trial::of(&chooser, &policy);
    let kind = chooser.kind(&policy, &trial);
    let ours = || chooser.price_on_table(Side::Us);
    let (amount, why) = match kind {
        NextActKind::Accept => (chooser.price_on_table(Side::Them), reasons.accepting(&trial)),
        NextActKind::Offer => (trial.ask().map(|ask| chooser.price(ask)), reasons.offering(&trial)),
        NextActKind::Hold => (ours(), reasons.holding(&trial)),
        NextActKind::AskBoss if chooser.settles_subject(&policy) => {
            (chooser.price_on_table(Side::Them), reasons.subject_to_approval())
        }
        NextActKind::AskBoss if chooser.rung_due(&policy).is_none() => (ours(), reasons.beyond_leave()),
        NextActKind::AskBoss => (Some(ask_for), reasons.rung(kind, trial.ask())),
        NextActKind::Wait => (None, reasons.waiting()),
        _ => (None, reasons.rung(kind, None)),
    };
    let stance = matches!(kind, NextActKind::Offer | NextActKind::Hold).then(|| Stance {
        moves_to: amount.filter(|_| kind == NextActKind::Offer),
        pace: trial.chosen().map_or(policy.pace, |tried| tried.pace),
    });
    Next { act: NextAct { kind, amount, by: chooser.day(), why }, stance }
}

/// What the choice goes by.
struct Chooser<'a> {
    case: &'a Case,
    prepared: &'a Prepared,
    comparison: &'a Comparison,
    advised: &'a Contender,
}

impl Chooser<'_> {
    fn kind(&self, policy: &Policy, trial: &Trial) -> NextActKind {
        let stage = &self.prepared.stage;
        if self.acceptable().is_some() && trial.accepts(self.course_accepts(policy)) {
            if trial.offers_more(self) { NextActKind::Offer } else { NextActKind::Accept }
        } else if stage.boss_in && policy.hand_back {
            NextActKind::HandBack
        } else if let Some(rung) = self.rung_due(policy) {
            rung
        } else if self.settles_subject(policy) {
            NextActKind::AskBoss
        } else if self.is_their_turn() {
            NextActKind::Wait
        } else if trial.asks.is_empty() && stage.guidance == Guidance::NotAsked && !stage.boss_in {
            NextActKind::AskBoss
        } else if trial.asks.is_empty() || trial.ask() == stage.ours {
            NextActKind::Hold
        } else {
            NextActKind::Offer
        }
    }

    /// The lowest rung that is due at our next move.
    fn rung_due(&self, policy: &Policy) -> Option<NextActKind> {
        self.rungs_due(policy).next()
    }

    /// The rungs that are due at our next move, lowest first.
    fn rungs_due(&self, policy: &Policy) -> impl Iterator<Item = NextActKind> {
        self.prepared.rungs_due(policy, Some(&self.comparison.diagnosis))
    }

    /// Whether their offer is to be taken subject to our boss's approval, and no rung comes first.
    fn settles_subject(&self, policy: &Policy) -> bool {
        self.rung_due(policy).is_none() && self.prepared.settles_subject_now(policy)
    }

    /// Whether the course itself takes their offer at our next move.
    fn course_accepts(&self, policy: &Policy) -> bool {
        let takes = || {
            let mut luck = Luck::new();
            let world = self.prepared.problem().set_up(Purpose::Report, 0, &mut luck);
            would_accept(&self.prepared.stage, &world, &luck, policy)
        };
        let steps_up = self.rung_due(policy).is_some() || self.settles_subject(policy);
        policy.accept_now || (!steps_up && !self.is_their_turn() && takes())
    }

    /// Whether somebody else has to speak first: they owe us an answer to our offer or our proposal, or our boss has it.
    fn is_their_turn(&self) -> bool {
        let (stage, standing) = (&self.prepared.stage, &self.prepared.record.standing);
        let only_we_spoke = standing.ours.is_some() && standing.theirs.is_none();
        stage.reply_pending || only_we_spoke || stage.handed_over || self.proposal_is_pending()
    }

    fn proposal_is_pending(&self) -> bool {
        let last = self.prepared.record.events.last();
        matches!(last, Some(Event::Proposal { answer: None, .. })) && !self.prepared.stage.boss_in
    }

    /// Their standing offer, where it is one that we may take.
    fn acceptable(&self) -> Option<f64> {
        self.prepared.record.standing.theirs.filter(|&theirs| theirs >= self.prepared.least_now() - 1e-12)
    }

    /// The last price of a side, as the case has it.
    fn price_on_table(&self, side: Side) -> Option<f64> {
        let standing = &self.prepared.record.standing;
        let share = if side == Side::Us { standing.ours } else { standing.theirs }?;
        let is_it = |offer: &&Offer| offer.by == side && self.prepared.scale.share_of_price(offer.amount) == share;
        self.case.offers.iter().rfind(is_it).map(|offer| offer.amount)
    }

    /// A share as a price, without the rounding that shares bring.
    fn price(&self, share: f64) -> f64 {
        let scale = &self.prepared.scale;
        let per_unit = libm::pow(10.0, (9.0 - libm::log10(scale.money(1.0))).ceil().max(0.0));
        (scale.price(share) * per_unit).round() / per_unit
    }

    /// The day by which our next move is due: a round's days from now, and not beyond the deadline.
    fn day(&self) -> Option<Date> {
        let today = self.prepared.record.as_of?;
        let days = self.case.time.days_per_round?.clamp(1.0, 3660.0);
        let day = day_after(today, 1.0, days)?;
        Some(self.case.time.deadline.map_or(day, |deadline| day.min(deadline).max(today)))
    }
}
