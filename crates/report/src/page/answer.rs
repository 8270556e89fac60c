//! The next act, the course it begins, and three facts about it.

use maud::{Markup, html};

use super::View;
use crate::facts::{self, Fact};
use crate::names::Reader;
use crate::phrases::capital;
use crate::{next, phrases};

impl View<'_> {
    /// The next act, the course it begins, and three facts about it.
    pub fn answer(&self) -> Markup {
        let sentence = &self.advice.recommendation.sentence;
        let act = next::act(self.advice, &self.money).filter(|act| act != sentence).unwrap_or_default();
        let (act, steps) = (sentences(&act), sentences(sentence));
        // The next act comes first, and where there is none to name, the course.
        let (head, lead, steps) = match (act.split_first(), steps.split_first()) {
            (Some((head, lead)), _) => (head, lead, &steps[..]),
            (None, Some((head, rest))) => (head, &[][..], rest),
            (None, None) => (&"", &[][..], &[][..]),
        };
        let notes = phrases::notes(self.advice);
        html! {
            p.facts { b { (self.advice.title) } " · " (phrases::facts(self.advice)) }
            h1 { (head) }
            @for more in lead { p.lead { strong { (more) } } }
            @if !steps.is_empty() {
                ul.steps { @for step in steps { li { (step) } " " } }
            }
            (three(&facts::three(self.advice, &self.money, Reader::Negotiator)))
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
