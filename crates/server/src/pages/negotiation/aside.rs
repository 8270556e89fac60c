//! What stands beside the act: the offers drawn, the mandate, the boss's answers, the clock, the people, and what came last.

use maud::{Markup, html};
use negotiation::Phase;
use negotiation::guidance::{Answer, Point, Request};
use negotiation::offer::Term;
use negotiation::party::{Part, Participant};
use negotiation::view::Sight;
use report::page::View;
use report::phrases::capital;

use super::super::words::{exact, line, moment, plain, short_day, time_local};
use super::forms::part;
use super::shown::{Advised, NegotiationPage};

/// Entries shown of what came last, and questions that are over.
const LATELY: usize = 5;
const OVER: usize = 2;

impl NegotiationPage<'_> {
    pub(super) fn aside(&self, advised: &Advised) -> Markup {
        let all = self.sight == Sight::All;
        html! {
            @if let Some(advice) = advised.whole() {
                section aria-labelledby="drawn" { h2 #drawn { "Offers and forecast" } (View::beside_a_record(advice).offers_aside()) }
            }
            @if all {
                (self.mandate())
                (self.boss_answers())
                @if let Some(advice) = advised.whole() { (self.clock(advice)) }
                (self.people())
            }
            (self.lately())
        }
    }

    fn boss_answers(&self) -> Markup {
        let (open, over): (Vec<&Request>, Vec<&Request>) =
            self.negotiation.requests.iter().rev().partition(|request| request.is_open());
        if open.is_empty() && over.is_empty() {
            return html! {};
        }
        let title = if self.reader.is_boss() {
            "Your answers".to_owned()
        } else {
            format!("{}’s answer", self.boss_says("Your boss"))
        };
        html! {
            section aria-labelledby="boss-answers" {
                h2 #boss-answers { (title) }
                @for request in &open {
                    p { span.tag.amb { "waiting" } " " (self.asked(request)) }
                    small { "By " (time_local(request.question.needed_by)) ". Without an answer: " (request.question.otherwise) }
                    @if self.reader.is_boss() { p { a.button href="/guidance" { "Answer" } } }
                }
                @if open.is_empty() { p.quiet { "No question is open." } }
                @for request in over.into_iter().take(OVER) { (self.answered(request)) }
            }
        }
    }

    /// What was asked, in a few words.
    fn asked(&self, request: &Request) -> String {
        let exact = exact(self.negotiation);
        match &request.question.point {
            Point::Price { to } => format!("May you go to {}?", exact(*to)),
            Point::Term { name, to } => format!("May you agree to {} {}?", plain(name), term(to)),
        }
    }

    fn answered(&self, request: &Request) -> Markup {
        let exact = exact(self.negotiation);
        let point = match &request.question.point {
            Point::Price { to } => format!("up to {}", exact(*to)),
            Point::Term { name, to } => format!("{} {}", plain(name), term(to)),
        };
        let answer = match request.answer.as_ref().map(|(answer, ..)| answer) {
            Some(Answer::Approve) => format!("Approved {point}."),
            Some(Answer::ApproveIf { conditions }) => format!("Approved {point}, if {conditions}."),
            Some(Answer::ChangeLimit { mandate }) => format!("Another limit: {}.", exact(mandate.price)),
            Some(Answer::Refuse { reason }) => format!("No: {reason}."),
            Some(Answer::CallMe) => "Asked you to call.".to_owned(),
            None => format!("Asked: {point}."),
        };
        let day = request.answer.as_ref().map_or(request.at, |(.., at)| *at);
        html! {
            @if let Some(void) = &request.void {
                div.void {
                    p { span.tag.mute { "void" } " " (answer) }
                    small { (capital(void)) ". "
                        @if !self.reader.is_boss() && self.negotiation.phase == Phase::Open {
                            a href={ "/negotiations/" (self.id) "?act=ask#act-ask" } { "Ask again" } } }
                }
            } @else {
                p { b { (answer) } }
                small { (moment(day)) @if let Some(until) = request.until { ", until " (time_local(until)) } }
            }
        }
    }

    /// The rounds gone and to come, where the advice counts them.
    fn clock(&self, advice: &engine::advice::Advice) -> Markup {
        let total = advice.rounds_total.clamp(1, 60);
        let step = 100.0 / f64::from(total);
        let left = self.negotiation.preparation.deadline.map(|day| (self.days_to(day), day));
        html! {
            section aria-labelledby="clock" {
                h2 #clock { "Clock" }
                @if let Some((days, day)) = left.filter(|(days, _)| *days > 0) { p { b { (days) @if days == 1 { " day" } @else { " days" } } " to " (super::super::words::weekday(day)) } }
                svg.clock role="img" aria-label={ (advice.round) " of " (advice.rounds_total) " rounds begun" } {
                    @for round in 0..total {
                        rect.d[round < advice.round] x={ (format!("{:.2}", f64::from(round) * step)) "%" } width={ (format!("{:.2}", 0.82 * step)) "%" } height="10" rx="2" {}
                    }
                }
                small { "Round " (advice.round) " of " (advice.rounds_total) "." }
            }
        }
    }

    fn people(&self) -> Markup {
        let theirs = self.negotiation.opening.as_ref().map_or("", |opening| opening.counterpart.as_str());
        html! {
            section aria-labelledby="people" {
                h2 #people { "People" }
                @for one in self.negotiation.participants.values() { (self.person(one)) }
                div.who { span.av.o aria-hidden="true" { (initials(theirs)) } span { (theirs) br; small { "the other side" } } }
            }
        }
    }

    fn person(&self, one: &Participant) -> Markup {
        let me = one.user == *self.reader.user();
        html! {
            div.who {
                span.av aria-hidden="true" { (initials(&one.user.0)) }
                span { (one.user.0) @if me { ", you" } br;
                    small { (part(one.part)) @if one.part == Part::Observer && one.privy { ", sees what is private" } } }
            }
        }
    }

    fn lately(&self) -> Markup {
        let placed = self.negotiation.in_order();
        html! {
            section aria-labelledby="lately" {
                h2 #lately { "Lately" }
                ol.rec {
                    @for one in placed.iter().rev().filter(|one| one.says.is_some()).take(LATELY) {
                        li { time datetime=(one.on) { (short_day(one.on)) } span { (line(self.negotiation, &one.entry.fact)) } }
                    }
                }
            }
        }
    }
}

fn term(term: &Term) -> String {
    match term {
        Term::Number(number) => number.to_string(),
        Term::Words(words) => words.clone(),
    }
}

/// Two letters of a name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    match (words.next(), words.next()) {
        (Some(first), Some(second)) => [first, second].iter().flat_map(|letter| letter.to_uppercase()).collect(),
        _ => name.chars().take(2).flat_map(char::to_uppercase).collect(),
    }
}
