//! Plans in plain words.

use num_format::{Locale, ToFormattedString};
use terms::{Cause, Pace, PlanId};

use crate::advice::InPrivate;
use crate::case::Case;
use crate::compare::{Contender, Prepared};
use crate::plan::{Impasse, Leave, Policy, When};
use crate::record::day_after;

/// Where our next act leaves us.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stance {
    /// The price that we move to; `None` where we stay.
    pub moves_to: Option<f64>,
    /// How we concede from there on.
    pub pace: Pace,
}

/// Puts plans of one case into words.
pub(crate) struct Wording<'a> {
    prepared: &'a Prepared,
    case: &'a Case,
}

impl<'a> Wording<'a> {
    pub fn new(prepared: &'a Prepared, case: &'a Case) -> Self {
        Self { prepared, case }
    }

    /// How a plan uses our boss in private.
    pub fn in_private(&self, policy: &Policy) -> InPrivate {
        let asks = self.prepared.may_ask(policy);
        InPrivate {
            leave: asks.then_some(policy.leave.asked()),
            limit: asks.then(|| self.prepared.scale.price(self.limit_asked(policy.leave))),
            subject_to_approval: self.prepared.may_settle_subject(policy),
        }
    }

    /// The limit that leave is asked to, in shares.
    fn limit_asked(&self, leave: Leave) -> f64 {
        let (boss, own) = (self.prepared.prior.medians().boss_floor(), self.prepared.problem().own_limit());
        let share = if let Leave::Part(share) = leave { share } else { 1.0 };
        own + share * (boss - own)
    }

    /// What is asked of our boss in private, and what is left to their approval.
    fn private(&self, policy: &Policy) -> Vec<String> {
        let mut parts = Vec::new();
        if self.prepared.may_ask(policy) {
            let limit = self.price(self.limit_asked(policy.leave));
            let what = match policy.leave {
                Leave::Whole => "how far you may go".to_owned(),
                Leave::Part(_) => format!("for leave to {limit}"),
                Leave::OnCondition => format!("for leave to {limit} on a condition"),
            };
            parts.push(format!("Ask your boss, privately, {what}{}.", self.when(policy.guidance)));
        }
        if self.prepared.may_settle_subject(policy) {
            let own = self.price(self.prepared.problem().own_limit());
            let short = if self.prepared.may_ask(policy) { "what you may sign by then".to_owned() } else { own };
            let when = if self.prepared.settles_subject_now(policy) {
                " now".to_owned()
            } else if policy.approval == When::Now || self.prepared.is_due(policy.approval) {
                String::new()
            } else {
                self.when(policy.approval)
            };
            parts.push(format!("Where they stop short of {short}, settle subject to your boss's approval{when}."));
        }
        parts
    }

    /// The plan in words, contingencies included.
    pub fn sentence(&self, contender: &Contender) -> String {
        self.sentence_after(contender, None)
    }

    /// The same where our next act leaves us at an offer, and with a pace.
    pub fn sentence_after(&self, contender: &Contender, stance: Option<Stance>) -> String {
        let Some(policy) = contender.policy else {
            return "Walk away: no course with this counterpart is likely to beat having no deal.".to_owned();
        };
        if policy.accept_now && stance.is_none() {
            return "Take their offer now: going on is not likely to better it.".to_owned();
        }
        let mut parts = vec![self.opening(contender.plan, &policy)];
        parts.extend(self.pace(&policy, stance));
        parts.extend(self.private(&policy));
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

    /// How we concede, where that is not as planned, and what offer we take short of our next.
    fn pace(&self, policy: &Policy, stance: Option<Stance>) -> Option<String> {
        let enough = policy.accept_at.map(|share| self.price(share));
        let ours = self.prepared.stage.ours.map(|share| self.price(share));
        let then = stance.and_then(|stance| stance.moves_to).map(|price| self.amount(price));
        let pace = stance.map_or(policy.pace, |stance| stance.pace);
        Some(match (pace, enough) {
            (Pace::AsPlanned, None) => return None,
            (Pace::AsPlanned, Some(enough)) => format!("Take {enough} or better."),
            (Pace::Faster, None) => "Concede twice as fast as planned.".to_owned(),
            (Pace::Faster, Some(enough)) => format!("Concede twice as fast as planned, and take {enough} or better."),
            (Pace::WaitForTheirs, enough) => {
                let from = then.map_or("Move", |_| "From there move");
                let take = enough.map_or_else(String::new, |enough| format!(", and take {enough} or better"));
                format!("{from} only as far as they do{take}.")
            }
            (Pace::HoldFirm, enough) => {
                let at = match (then, ours) {
                    (Some(then), _) => format!("Then hold at {then}"),
                    (None, Some(ours)) => format!("Hold at {ours}"),
                    (None, None) => "Hold your opening offer".to_owned(),
                };
                let to_the_end =
                    || self.day(0).map_or_else(|| " to the last round".to_owned(), |day| format!(" until {day}"));
                let until = enough.map_or_else(to_the_end, |enough| format!(" until they pass {enough}"));
                format!("{at}{until}.")
            }
        })
    }

    /// A price in words.
    pub fn price(&self, share: f64) -> String {
        self.amount(self.prepared.scale.price(share))
    }

    /// How long so many rounds are, in days where that is known.
    fn span(&self, rounds: u32) -> Option<String> {
        let days = (f64::from(rounds) * self.case.time.days_per_round?).round();
        Some(if days <= 1.0 { "a day".to_owned() } else { format!("{days:.0} days") })
    }

    /// The day on which so many rounds are left, where that is known.
    fn day(&self, rounds_left: u32) -> Option<String> {
        let ahead = f64::from(self.prepared.stage.rounds_left() - rounds_left);
        let day = day_after(self.prepared.record.as_of?, ahead, self.case.time.days_per_round?)?;
        Some(day.strftime("%-d %b").to_string())
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
                let by_the_clock = impasse.stalled_rounds == Impasse::NO_STALL;
                let stalled = match (impasse.stalled_rounds, self.span(impasse.stalled_rounds)) {
                    (Impasse::NO_STALL, _) => String::new(),
                    (1, _) => " as soon as they stop moving".to_owned(),
                    (_, Some(days)) => format!(" if they do not move for {days}"),
                    (2, None) => " if they do not move for two rounds".to_owned(),
                    (rounds, None) => format!(" if they do not move for {rounds} rounds"),
                };
                let late = match (impasse.last_rounds, self.day(impasse.last_rounds)) {
                    (0, _) => String::new(),
                    (_, Some(day)) if by_the_clock => format!(" on {day}"),
                    (1, None) if by_the_clock => " in the last round".to_owned(),
                    (last, None) if by_the_clock => {
                        format!(" in round {}", self.prepared.record.rounds_total + 1 - last)
                    }
                    (_, Some(day)) => format!(", or on {day} at the latest"),
                    (1, None) => ", or at the latest in the last round".to_owned(),
                    (last, None) => {
                        format!(", or at the latest in round {}", self.prepared.record.rounds_total + 1 - last)
                    }
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

    /// Money in words, to two figures.
    pub fn roughly(&self, money: f64) -> String {
        self.to_figures(money, 2.0)
    }

    /// Money in words, to three figures.
    fn amount(&self, money: f64) -> String {
        self.to_figures(money, 3.0)
    }

    fn to_figures(&self, money: f64, figures: f64) -> String {
        let magnitude = libm::pow(10.0, (libm::log10(money.abs().max(1e-9)).floor() + 1.0 - figures).max(-2.0));
        let rounded = (money / magnitude).round() * magnitude;
        if magnitude < 1.0 {
            format!("{} {rounded:.2}", self.case.currency)
        } else {
            format!("{} {}", self.case.currency, (rounded as i64).to_formatted_string(&Locale::en))
        }
    }
}
