//! What to do, what that is worth, and how sure it is.

use maud::{Markup, html};

use super::View;
use crate::phrases;

impl View<'_> {
    /// What to do, what that is worth, and how sure it is.
    pub fn answer(&self) -> Markup {
        let (first, rest) = sentences(&self.advice.recommendation.sentence);
        let notes = phrases::notes(self.advice);
        html! {
            p.facts { b { (self.advice.title) } " · " (phrases::facts(self.advice)) }
            h1 { (first) }
            @if !rest.is_empty() {
                ul.steps { @for step in rest { li { (step) } " " } }
            }
            p.lead {
                strong { (phrases::worth_beside_values(self.advice, &self.money)) }
                " " (phrases::robustness(self.advice))
            }
            p.lead { "Heading for: " (phrases::heading(self.advice, &self.money)) "." }
            @for note in notes { p.note { (note) } }
        }
    }
}

/// The first sentence, and those that follow.
fn sentences(text: &str) -> (&str, Vec<&str>) {
    let mut sentences: Vec<&str> = text.split_inclusive(". ").map(str::trim_end).collect();
    let first = if sentences.is_empty() { "" } else { sentences.remove(0) };
    (first, sentences)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_do_not_end_a_sentence() {
        let (first, rest) = sentences("Stay at your level. Ask within $1.2M; not later. Last, go.");
        assert_eq!(first, "Stay at your level.");
        assert_eq!(rest, ["Ask within $1.2M; not later.", "Last, go."]);
        assert_eq!(sentences("Walk away: no course."), ("Walk away: no course.", Vec::new()));
    }
}
