//! What would change the answer, what to find out, why they are stuck, and where it is heading.

use engine::Flips;
use report::names::{cause, percent, plan};
use report::{days, leave, phrases};

use super::{View, wrapped};

/// Under this chance of being stuck the causes are left out.
const STUCK: f64 = 0.15;
/// How many things to find out are named.
const MOST: usize = 2;
/// Under this chance a cause is left to the page.
const LIKELY: f64 = 0.1;
const LABEL: usize = 19;

/// How much of it there is room for; the page has all.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// The two nearest flips, and why they are stuck.
    Full,
    /// The nearest flip.
    Short,
    /// And not why they are stuck.
    Least,
}

impl View<'_> {
    pub(super) fn outlook(&self, length: Length) -> String {
        let flips = if length == Length::Full { 2 } else { 1 };
        [
            self.row("Leave", &leave::line(self.advice, &self.money).unwrap_or_default()),
            self.row("It would flip if", &self.flips(flips)),
            self.row("Find out first", &self.find_out()),
            self.row("They are stuck", &self.stuck(length)),
            self.row("Heading for", &phrases::heading(self.advice, &self.money)),
            self.row("Note", &phrases::notes(self.advice).join(" ")),
        ]
        .concat()
    }

    fn row(&self, label: &str, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let body = wrapped(text, self.width - LABEL - 2, "");
        let lines = body.lines().enumerate().map(|(index, line)| {
            let label = if index == 0 { label } else { "" };
            format!("  {label:LABEL$}{line}\n")
        });
        lines.collect()
    }

    /// The nearest break-evens of what a case can state: those that are looked at with and without a page.
    fn flips(&self, most: usize) -> String {
        // What was not looked for is not told of.
        if self.advice.inputs.flips == Flips::None {
            return String::new();
        }
        let flips = phrases::flips(self.advice, &self.money).into_iter();
        let words = flips
            .filter(|flip| flip.assumption.spec().case_key.is_some())
            .take(most)
            .map(|flip| format!("{}: {}", flip.condition, plan(flip.to, self.advice.boss_in)));
        let words: Vec<String> = words.collect();
        let words = if words.is_empty() {
            "nothing here moves, alone and within its range".to_owned()
        } else {
            words.join(" · ")
        };
        match phrases::untold(self.advice) {
            0 => words,
            untold => format!("{words} · for {untold} more it can't be told"),
        }
    }

    fn find_out(&self) -> String {
        let worth = phrases::worth_knowing(self.advice).take(MOST);
        let words = worth.map(|one| {
            format!("{}: worth {}", days::question(self.advice, one.assumption), self.money.amount(one.evppi))
        });
        words.collect::<Vec<_>>().join(" · ")
    }

    fn stuck(&self, length: Length) -> String {
        if self.advice.stuck_probability < STUCK {
            return String::new();
        }
        let causes = self.advice.stuck_because.iter().filter(|one| one.probability >= LIKELY);
        let causes: Vec<String> =
            causes.map(|one| format!("{:.0} % {}", one.probability * 100.0, cause(one.cause, one.beyond))).collect();
        let chance = percent(self.advice.stuck_probability);
        let likely = format!("{chance} likely that something is in the way");
        if length == Length::Least { likely } else { format!("{likely}: {}", causes.join(" · ")) }
    }
}
