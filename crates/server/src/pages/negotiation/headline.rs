//! What to do, in a headline: to the negotiator as the advice words it, to the boss as it concerns them. Beside it, what can be
//! done with the advice.

use engine::advice::Advice;
use maud::{Markup, html};
use negotiation::Phase;
use negotiation::access::Act;
use negotiation::view::Sight;
use report::page::View;
use report::{next, phrases};
use terms::{NextActKind, PlanId};

use super::super::words::{exact, moment};
use super::shown::{Advised, NegotiationPage};

impl NegotiationPage<'_> {
    /// The act to do next with its reason, or what stands in its place.
    pub(super) fn head(&self, advised: &Advised) -> Markup {
        match advised {
            Advised::Whole(advice) => html! {
                @if self.reader.is_boss() { (self.for_the_boss(advice)) } @else {
                    (self.odds(advice))
                    (self.by_name(View::beside_a_record(advice).next()))
                }
            },
            Advised::First(first) => html! {
                p.kick { "A first look" }
                h2.verdict { (self.boss_says(report::names::first_look(first.plan, self.negotiation.boss_in))) }
                p.lead data-again { "The next act, with its amount and its day, is being worked out. It appears here by itself." }
            },
            Advised::Lacks(why) => html! {
                p.kick { "Next" }
                h2.verdict { "Say what you know." }
                p.lead { "No advice yet: " (why) "." }
                p { a.button href={ "/negotiations/" (self.id) "/prepare" } { "Prepare" } }
            },
            Advised::NotHere => self.ended(),
        }
    }

    /// What came of it; to those who look on at one that goes on, that they do.
    fn ended(&self) -> Markup {
        let exact = exact(self.negotiation);
        html! {
            @match (self.negotiation.phase, &self.negotiation.agreed) {
                (Phase::Agreed, Some(package)) => {
                    p.kick { "Agreed" }
                    h2.verdict { "Agreed at " (exact(package.price)) "." }
                    @if self.sight == Sight::All { (self.result(package.price)) }
                }
                (Phase::WalkedAway, _) => { p.kick { "Ended" } h2.verdict { "You walked away." } }
                (Phase::Closed, _) => { p.kick { "Ended" } h2.verdict { "Closed without a result." } }
                _ => p.lead { "You are watching: you see what is at the table. Limits, advice and answers are for those who negotiate." },
            }
        }
    }

    /// The result against walk-away and target.
    fn result(&self, price: terms::Amount) -> Markup {
        let exact = exact(self.negotiation);
        let known = &self.negotiation.preparation;
        let off = |other: terms::Amount| exact(terms::Amount((price.0 - other.0).abs()));
        let better = |other: terms::Amount| {
            let lower = price.0 < other.0;
            if lower == (self.negotiation.role() == terms::Role::Buyer) { "better than" } else { "short of" }
        };
        html! {
            p.lead {
                @if let Some(walk_away) = known.walk_away.map(terms::Quantity::likely) {
                    (off(walk_away)) " " (better(walk_away)) " your walk-away of " (exact(walk_away)) ". "
                }
                @if let Some(target) = known.target.map(terms::Quantity::likely) {
                    (off(target)) " " (better(target)) " your target of " (exact(target)) "."
                }
            }
        }
    }

    /// The same advice, as it concerns the boss: whether to come, and what that does.
    fn for_the_boss(&self, advice: &Advice) -> Markup {
        let negotiators = self.reader.negotiators();
        let money = phrases::money(advice).in_full();
        html! {
            p.kick { "As it concerns you" }
            h2.verdict { (course(advice.recommendation.plan, advice.boss_in, negotiators)) }
            p.lead { "Heading for: " (phrases::heading(advice, &money)) "." }
            details.tried {
                summary { "What " (negotiators) " reads" }
                p { (next::act(advice, &money)) " " (advice.next_act.why) }
                p { (advice.recommendation.sentence) }
            }
        }
    }

    /// The chance of a deal by what may be signed, as dots: for those who look rather than read.
    fn odds(&self, advice: &Advice) -> Markup {
        let money = phrases::money(advice).in_full();
        let curve = report::leave::curve(advice, &money);
        let tenths = |share: f64| (share * 10.0).round() as usize;
        let differs =
            curve.first().zip(curve.last()).is_some_and(|(first, last)| tenths(first.deal) != tenths(last.deal));
        let picked = [0, curve.len() / 2, curve.len().saturating_sub(1)];
        html! {
            @if differs && curve.len() > 2 && advice.next_act.kind == NextActKind::AskBoss {
                div.odds {
                    p.quiet { "Chance of a deal if you may sign" }
                    div.ten { @for leave in picked.map(|place| curve[place]) {
                        span { (money.price(leave.limit)) }
                        svg role="img" aria-label={ (tenths(leave.deal)) " in 10" } viewBox="0 0 166 14" {
                            @for dot in 0..10_usize { circle.y[dot < tenths(leave.deal)] cx=(7.0 + 16.5 * dot as f64) cy="7" r="6" {} }
                        }
                    } }
                }
            }
        }
    }

    /// The three facts.
    pub(super) fn three(&self, advice: &Advice) -> Markup {
        self.by_name(View::beside_a_record(advice).three(self.reader.worded()))
    }

    /// What can be done with the advice: put it on record, and try it under other assumptions.
    pub(super) fn beside(&self, advice: &Advice) -> Markup {
        let taken = self.negotiation.advice.as_ref().filter(|(_, taken)| {
            taken.case_fingerprint == advice.inputs.fingerprints.case && taken.samples == advice.samples
        });
        let at = taken.and_then(|(version, _)| self.negotiation.history.iter().find(|entry| entry.version == *version));
        html! {
            div.beside {
                @match at {
                    Some(entry) => p.quiet { "On record as it stands, since " (moment(entry.at)) "." },
                    None => @if self.reader.may(Act::Negotiate) {
                        form method="post" action={ "/negotiations/" (self.id) "/advice" } {
                            button.quiet type="submit" { "Put this advice on record" }
                        }
                    },
                }
                a.button.quiet href={ "/negotiations/" (self.id) "/what-if" } { "What if? Move the assumptions" }
            }
        }
    }
}

/// A plan as what the boss does in it.
fn course(plan: PlanId, boss_in: bool, negotiators: &str) -> String {
    match (plan, boss_in) {
        (PlanId::WalkAway, _) => "Let it go: no course is worth more than walking away.".to_owned(),
        (PlanId::HandOver, _) => format!("Take it over from {negotiators}."),
        (PlanId::BossAtOutset, true) => "Stay in the room for now.".to_owned(),
        (PlanId::BossAtOutset, false) => "Come in now.".to_owned(),
        (_, true) => format!("Hand the channel back to {negotiators}."),
        (PlanId::OwnLevel, _) => format!("Stay out: {negotiators} goes on alone."),
        (PlanId::Guidance, _) => format!("Stay out of the room: {negotiators} asks you in private where that pays."),
        (PlanId::BothBosses, _) => {
            format!("Stay out of the room: at an impasse {negotiators} proposes to take it to you and their boss.")
        }
        (PlanId::BossAtImpasse, _) => "Stay out of the room until they are stuck.".to_owned(),
        (PlanId::Ladder | PlanId::BestFound, _) => {
            format!("Stay out of the room for now: {negotiators} asks you in private first, and you come in last.")
        }
    }
}
