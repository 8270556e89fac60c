//! The next act, three facts about it, and the course it begins.

use maud::{Markup, html};
use terms::Verdict;

use super::View;
use crate::facts::{self, Fact};
use crate::names::Reader;
use crate::phrases::capital;
use crate::{next, phrases};

impl View<'_> {
    /// The next act with its reason, three facts, and the course that it begins.
    pub fn answer(&self) -> Markup {
        html! {
            p.facts { b { (self.advice.title) } " · " (phrases::facts(self.advice)) }
            div.answer {
                @let headline = next::headline(self.advice, &self.money);
                p.kick { (headline.when) }
                h1.verdict { (headline.act) }
                p.lead { (self.advice.next_act.why) }
            }
            (self.three(Reader::Negotiator))
            (self.course())
        }
    }

    /// The next act and why, under the title of a page.
    pub fn next(&self) -> Markup {
        let headline = next::headline(self.advice, &self.money);
        html! {
            p.kick { (headline.when) }
            h2.verdict { (headline.act) }
            p.lead { (self.advice.next_act.why) }
        }
    }

    /// The three facts, worded for whoever reads. Where it is clear, what would change it tells more than how often it holds.
    pub fn three(&self, reader: Reader) -> Markup {
        let mut facts = facts::three(self.advice, &self.money, reader);
        let is_clear = self.advice.recommendation.verdict == Verdict::Clear;
        // The conditions are worded for the negotiator.
        let flips = phrases::flips(self.advice, &self.money);
        if let Some(nearest) = flips.first().filter(|_| is_clear && reader == Reader::Negotiator) {
            let only = if flips.len() == 1 { "it would change only if" } else { "it would change first if" };
            facts[1].rest = format!("{only} {}", nearest.condition);
        }
        three(&facts)
    }

    /// The course that the next act begins, and where it leads.
    pub fn course(&self) -> Markup {
        let notes = phrases::notes(self.advice);
        html! {
            @if let Some(course) = next::course(self.advice) { p.course { b { "The course: " } (course) } }
            p.course { b { "Heading for: " } (phrases::heading(self.advice, &self.money)) "." }
            @for note in notes { p.note { (note) } }
        }
    }
}

/// Facts beside each other, the answer of each to be seen first.
pub fn three(facts: &[Fact]) -> Markup {
    html! {
        dl.three {
            @for fact in facts {
                div {
                    dt { (fact.question) }
                    dd.word { (fact.word) }
                    @if !fact.rest.is_empty() { dd { (capital(&fact.rest)) "." } }
                }
            }
        }
    }
}
