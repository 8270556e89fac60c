//! What to find out first, why they are stuck, and what is given up for good when the boss comes.

use maud::{Markup, html};
use terms::PlanId;

use super::axis::Axis;
use super::{View, chance};
use crate::names::cause;
use crate::{days, leave, phrases};

/// Under this chance of being stuck nobody asks why.
const STUCK: f64 = 0.005;
const MOST: usize = 6;

impl View<'_> {
    /// What to find out first, and why they are stuck.
    pub fn find_out(&self) -> Markup {
        html! {
            section.before aria-labelledby="before" {
                h2 #before { "Before you act" }
                div.quarters {
                    div { h3 { "Find out first" } (self.questions()) }
                    @if self.is_stuck() { div { h3 { "Why they are stuck" } (self.causes()) } }
                    div { h3 { "Keeping your boss in reserve" } (self.reserve()) }
                    div { h3 { "Asking for guidance" } (self.guidance()) }
                }
            }
        }
    }

    fn questions(&self) -> Markup {
        let worth: Vec<_> = phrases::worth_knowing(self.advice).take(MOST).collect();
        let all = self.advice.value_of_information.evpi;
        let axis = Axis::new(0.0, worth.first().map_or(1.0, |first| first.evppi));
        html! {
            @if worth.is_empty() {
                p { "Nothing: no answer you could get would change the plan by enough to pay for the asking." }
            } @else {
                table.bars {
                    caption { "What the answer would be worth to you before you choose." }
                    thead { tr { th scope="col" { "question" } th scope="col" { "worth" } } }
                    tbody {
                        @for one in worth {
                            tr {
                                th scope="row" {
                                    (phrases::capital(&days::question(self.advice, one.assumption))) "?"
                                    (bar(&axis, one.evppi))
                                }
                                td { (self.money.amount(one.evppi)) }
                            }
                        }
                    }
                }
            }
            @if !self.money.is_nil(all) {
                p.quiet { "Knowing everything would be worth " (self.money.amount(all)) "." }
            }
        }
    }

    fn is_stuck(&self) -> bool {
        self.advice.stuck_probability >= STUCK
    }

    fn causes(&self) -> Markup {
        let causes: Vec<_> = self.advice.stuck_because.iter().filter(|one| one.probability >= 0.005).collect();
        let axis = Axis::new(0.0, 1.0);
        html! {
            table.bars {
                caption {
                    @if self.advice.stuck_probability > 0.995 {
                        "Something keeps them from coming to where you need them. It is:"
                    } @else {
                        "It is " (chance(self.advice.stuck_probability))
                        " likely that something keeps them from coming to where you need them. If so, it is:"
                    }
                }
                thead { tr { th scope="col" { "cause" } th scope="col" { "chance" } } }
                tbody {
                    @for one in causes {
                        tr {
                            th scope="row" { (cause(one.cause, one.beyond)) (bar(&axis, one.probability)) }
                            td { (chance(one.probability)) }
                        }
                    }
                }
            }
        }
    }

    fn reserve(&self) -> Markup {
        let value = self.advice.option_value;
        let precedent = &self.advice.precedent;
        html! {
            p {
                @if self.advice.boss_in {
                    "Your boss is in the room: there is nothing left to hold in reserve."
                } @else if self.money.is_nil(value) {
                    "Waiting with your boss neither gains nor costs anything now."
                } @else if value > 0.0 {
                    "Being able to bring your boss in later is worth " b { (self.money.amount(value)) }
                    " more than doing it now. Once done, it can't be undone."
                } @else {
                    "Waiting with your boss costs " b { (self.money.amount(-value)) } ": better now than later."
                }
            }
            p {
                @if self.money.is_nil(precedent.cost_per_appearance) {
                    "It sets no precedent that would cost you later."
                } @else {
                    "The precedent: one appearance now costs " b { (self.money.amount(precedent.cost_per_appearance)) }
                    " over the later deals. Expect " (count(precedent.calls_expected)) " calls for your boss, at "
                    (self.money.amount(precedent.cost_per_call)) " each."
                }
                @if precedent.calls_from_the_past >= 0.05 {
                    " From past appearances " (count(precedent.calls_from_the_past)) " calls are to be expected anyway."
                }
            }
        }
    }

    fn guidance(&self) -> Markup {
        let point = &self.advice.guidance_point;
        let (limit, ask) = (self.money.price(point.limit), self.money.price(point.ask_for));
        // As the difference of the two values that the table shows.
        let gain = match (self.plan(PlanId::Guidance), self.plan(PlanId::OwnLevel)) {
            (Some(with), Some(without)) if with.available => {
                self.money.nearest(with.value.mean) - self.money.nearest(without.value.mean)
            }
            _ => point.gain,
        };
        html! {
            p {
                @if self.advice.boss_in {
                    "Your boss is in the room, and needs no asking."
                } @else if limit == ask {
                    "There is nothing to ask: your boss may go no further than you, " (limit) "."
                } @else if self.money.is_nil(gain) || gain < 0.0 {
                    "Not needed: going beyond your " (limit) " adds nothing to what you can reach by yourself."
                } @else {
                    "You may go to " b { (limit) } " unasked. Ask for leave to " b { (ask) }
                    ". Asked at the right moment, guidance adds " b { (self.money.amount(gain)) }
                    " to negotiating at your own level, and the other side never sees it."
                }
            }
            (self.leave())
        }
    }

    /// What each limit would bring, where any brings something.
    fn leave(&self) -> Markup {
        let curve = leave::curve(self.advice, &self.money);
        let brings = curve.iter().any(|leave| !self.money.is_nil(leave.more));
        html! {
            @if let Some(line) = leave::line(self.advice, &self.money) { p { (line) } }
            @if brings {
                table.leave {
                    caption { "What the course advised would bring, were you allowed today to go further." }
                    thead { tr { th scope="col" { "leave to" } th scope="col" { "would bring" } th scope="col" { "a deal" } } }
                    tbody {
                        @for (index, leave) in curve.iter().enumerate() {
                            tr {
                                th scope="row" {
                                    (self.money.price(leave.limit))
                                    @if index == 0 { " " span.tag { "yours now" } }
                                    @else if leave.limit == self.advice.guidance_point.ask_for { " " span.tag { "worth asking for" } }
                                }
                                td { @if index > 0 { (self.signed(leave.more)) } }
                                td { (chance(leave.deal)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn bar(axis: &Axis, value: f64) -> Markup {
    html! {
        svg.under aria-hidden="true" { rect.plain x="0" y="0" width=(axis.percent(value)) height="6" {} }
    }
}

fn count(number: f64) -> String {
    format!("{number:.1}")
}
