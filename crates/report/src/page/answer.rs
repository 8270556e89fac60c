//! The next act, three facts about it, and the course it begins.

use maud::{Markup, html};

use super::View;
use crate::facts::{self, Fact};
use crate::names::Reader;
use crate::phrases::capital;
use crate::{next, phrases};

impl View<'_> {
    /// The next act with its reason, three facts, and the course that it begins.
    pub fn answer(&self) -> Markup {
        let notes = phrases::notes(self.advice);
        html! {
            p.facts { b { (self.advice.title) } " · " (phrases::facts(self.advice)) }
            h1 { (next::act(self.advice, &self.money)) }
            p.lead { (self.advice.next_act.why) }
            (three(&facts::three(self.advice, &self.money, Reader::Negotiator)))
            @if let Some(course) = next::course(self.advice) {
                ul.steps { @for step in sentences(course) { li { (step) } " " } }
            }
            p.lead { "Heading for: " (phrases::heading(self.advice, &self.money)) "." }
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

fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(". ").map(str::trim_end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_do_not_end_a_sentence() {
        let steps = sentences("Stay at your level. Ask within $1.2M; not later. Last, go.");
        assert_eq!(steps, ["Stay at your level.", "Ask within $1.2M; not later.", "Last, go."]);
        assert_eq!(sentences("Walk away: no course."), ["Walk away: no course."]);
    }
}
