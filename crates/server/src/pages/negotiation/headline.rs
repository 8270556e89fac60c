//! What to do, in a headline: to the negotiator as the advice words it, to the boss as it concerns them. Beside it, what can be
//! done with the advice.

use engine::advice::Advice;
use maud::{Markup, html};
use negotiation::Phase;
use negotiation::access::Act;
use negotiation::view::Sight;
use report::facts;
use report::names::Reader as WordedFor;
use report::page::View;
use report::page::answer::three;
use report::phrases;
use terms::PlanId;

use super::super::words::{exact, moment, phase};
use super::shown::{Advised, NegotiationPage};

impl NegotiationPage<'_> {
    pub(super) fn head(&self, advised: &Advised) -> Markup {
        let Some(opening) = &self.negotiation.opening else { return html! {} };
        let facts = html! {
            p.facts {
                b { (opening.title) } " · " (opening.counterpart) " · " (phase(self.negotiation.phase)) " · " (opening.currency)
                @if self.sight == Sight::All { " · " span.private { "private to your side" } }
            }
        };
        match advised {
            Advised::Whole(advice) => html! {
                @if self.reader.is_boss() { (facts) (self.for_the_boss(advice)) } @else { (View::beside_a_record(advice).answer()) }
                (self.beside(advice))
            },
            Advised::First(first) => html! {
                (facts)
                h1 { "A first look: " (report::names::plan(first.plan, self.negotiation.boss_in)) "." }
                p.lead role="status" { "Working out the rest; it appears here by itself in a second or two." }
            },
            Advised::Lacks(why) => html! {
                (facts)
                h1 { (opening.title) }
                p.lead { "No advice yet: " (why) "." }
                p { a.button href={ "/negotiations/" (self.id) "/prepare" } { "Prepare" } }
            },
            Advised::NotHere => html! { (facts) h1 { (opening.title) } (self.ended()) },
        }
    }

    fn ended(&self) -> Markup {
        let exact = exact(self.negotiation);
        html! {
            @match (self.negotiation.phase, &self.negotiation.agreed) {
                (Phase::Agreed, Some(package)) => p.lead { "Agreed at " strong { (exact(package.price)) } "." },
                (Phase::WalkedAway, _) => p.lead { "You walked away." },
                (Phase::Closed, _) => p.lead { "Closed without a result." },
                _ => p.lead { "You look on: offers and what was done at the table." },
            }
        }
    }

    /// The same advice, as it concerns the boss: whether to come, and what that does.
    fn for_the_boss(&self, advice: &Advice) -> Markup {
        let negotiators = self.reader.negotiators();
        let money = phrases::money(advice).in_full();
        html! {
            h1 { (course(advice.recommendation.plan, advice.boss_in, negotiators)) }
            (three(&facts::three(advice, &money, WordedFor::Boss)))
            p.lead { "Heading for: " (phrases::heading(advice, &money)) "." }
            details.tried {
                summary { "What " (negotiators) " reads" }
                p { (advice.recommendation.sentence) }
            }
            p.quiet { "What follows is the negotiator's view: in it \"you\" is " (negotiators) ", and \"your boss\" is you." }
        }
    }

    /// What can be done with the advice: put it on record, and try it under other assumptions.
    fn beside(&self, advice: &Advice) -> Markup {
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
