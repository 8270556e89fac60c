//! Plans in plain words.

use num_format::{Locale, ToFormattedString};
use terms::{Cause, Currency, NextAct, PlanId};

use crate::compare::{Contender, Prepared};
use crate::plan::{Policy, When};
use crate::simulate::would_accept;

/// Puts plans of one case into words.
pub(crate) struct Wording<'a> {
    prepared: &'a Prepared,
    currency: Currency,
    accepts_now: bool,
}

impl<'a> Wording<'a> {
    pub fn new(prepared: &'a Prepared, currency: Currency) -> Self {
        let mut luck = crate::simulate::Luck::new();
        let world = prepared.problem().set_up(crate::random::Purpose::Report, 0, &mut luck);
        Self { prepared, currency, accepts_now: would_accept(&prepared.stage, &world, &luck) }
    }

    /// The first step of a plan.
    pub fn next_act(&self, contender: &Contender) -> NextAct {
        let Some(policy) = contender.policy else { return NextAct::WalkAway };
        if policy.accept_now || (self.accepts_now && !self.acts_now(&policy)) {
            NextAct::Accept
        } else if self.prepared.boss_is_due(&policy) {
            if policy.takes_over { NextAct::HandOver } else { NextAct::BringBoss }
        } else if self.prepared.proposal_is_due(&policy) {
            NextAct::ProposeBothBosses
        } else if self.prepared.may_ask(&policy) && self.prepared.is_due(policy.guidance) {
            NextAct::AskGuidance
        } else {
            NextAct::Continue
        }
    }

    fn acts_now(&self, policy: &Policy) -> bool {
        self.prepared.is_due(policy.boss)
            || self.prepared.is_due(policy.proposal)
            || (self.prepared.may_ask(policy) && self.prepared.is_due(policy.guidance))
    }

    /// The plan in words, contingencies included.
    pub fn sentence(&self, contender: &Contender) -> String {
        let Some(policy) = contender.policy else {
            return "Walk away: no course with this counterpart is likely to beat having no deal.".to_owned();
        };
        if policy.accept_now {
            return "Take their offer now: going on is not likely to better it.".to_owned();
        }
        let mut parts = vec![self.opening(contender.plan, &policy)];
        if self.prepared.may_ask(&policy) {
            parts.push(format!("Ask your boss, privately, how far you may go{}.", self.when(policy.guidance)));
        }
        if self.prepared.may_propose(&policy) {
            parts.push(format!("Propose taking it to both bosses{}.", self.when(policy.proposal)));
        }
        if self.prepared.boss_comes(&policy) && policy.boss != When::Now {
            let last =
                if self.prepared.may_propose(&policy) { "Last, bring your boss in" } else { "Bring your boss in" };
            let when = if policy.boss_last && self.prepared.may_propose(&policy) && self.prepared.is_due(policy.boss) {
                " if that does not get them moving".to_owned()
            } else {
                self.when(policy.boss)
            };
            parts.push(format!("{last}{when}."));
        }
        if policy.boss == When::Never && !self.prepared.stage.boss_in {
            parts.push("Don't bring your boss in.".to_owned());
        }
        parts.join(" ")
    }

    fn opening(&self, plan: PlanId, policy: &Policy) -> String {
        let stage = &self.prepared.stage;
        let words = if stage.handed_over {
            "Leave it with your boss."
        } else if stage.boss_in && policy.hand_back {
            "Have your boss hand the channel back to you, and go on at your level."
        } else if stage.boss_in && policy.takes_over {
            "Let your boss take it over at your next move."
        } else if stage.boss_in {
            "Keep your boss in the room."
        } else if policy.boss == When::Now && policy.takes_over {
            "Hand it over to your boss at your next move."
        } else if policy.boss == When::Now {
            "Bring your boss in at your next move."
        } else if plan == PlanId::OwnLevel {
            "Stay at your own level."
        } else {
            "Stay at your level."
        };
        words.to_owned()
    }

    fn when(&self, when: When) -> String {
        if self.prepared.is_due(when) {
            return " now".to_owned();
        }
        match when {
            When::Never | When::Now => String::new(),
            When::AtImpasse(impasse) => {
                let stalled = match impasse.stalled_rounds {
                    1 => " as soon as they stop moving".to_owned(),
                    2 => " if they do not move for two rounds".to_owned(),
                    rounds => format!(" if they do not move for {rounds} rounds"),
                };
                let late = match impasse.last_rounds {
                    0 => String::new(),
                    1 => ", or at the latest in the last round".to_owned(),
                    last => format!(", or at the latest in round {}", self.prepared.record.rounds_total + 1 - last),
                };
                let only = if impasse.only_if_short {
                    "; but not once they offer what you may accept".to_owned()
                } else if impasse.gap_at_most.is_finite() {
                    format!(
                        "; but only to close a gap of {} or less",
                        self.amount(self.prepared.scale.money(impasse.gap_at_most))
                    )
                } else {
                    String::new()
                };
                format!("{stalled}{late}{only}")
            }
            When::Diagnosed(cause, chance) => {
                let cause = match cause {
                    Cause::HoldingOut => "they are holding out",
                    Cause::OutOfAuthority => "their negotiator lacks authority",
                    Cause::AtTheirLimit => "they are at their limit",
                    Cause::Relationship => "the relationship is the trouble",
                };
                format!(" when they stall and it is likely enough (over {:.0} %) that {cause}", chance * 100.0)
            }
        }
    }

    /// Money in words, to three figures.
    fn amount(&self, money: f64) -> String {
        let magnitude = libm::pow(10.0, (libm::log10(money.abs().max(1e-9)).floor() - 2.0).max(-2.0));
        let rounded = (money / magnitude).round() * magnitude;
        if magnitude < 1.0 {
            format!("{} {rounded:.2}", self.currency)
        } else {
            format!("{} {}", self.currency, (rounded as i64).to_formatted_string(&Locale::en))
        }
    }
}
