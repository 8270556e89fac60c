//! A message read: its plain text, the numbers and days in it, and the text with those made signs for the rules.

use crate::context::Context;
use crate::day::{self, Mention};
use crate::fold::Folded;
use crate::number::{self, Number, Style};
use crate::spelling::Spelling;

/// A message as far as it is understood.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// The plain text.
    pub folded: Folded,
    /// The plain text with `#` for a number, `#%` for a share and `@` for a day.
    pub masked: Folded,
    /// Its numbers; places are those of `folded`.
    pub numbers: Vec<Number>,
    /// Its days; places are those of `folded`.
    pub days: Vec<Mention>,
}

impl Reading {
    pub fn of(message: &str, context: &Context, spelling: &Spelling) -> Self {
        let folded = Folded::of(message, spelling, &context.bosses);
        let mut left_out = number::not_amounts(&folded.text);
        let days: Vec<Mention> = day::mentions(&folded.text, context.today);
        left_out.extend(days.iter().map(|mention| mention.place.clone()));
        let numbers = number::numbers(&folded.text, &left_out);
        let mut signs: Vec<_> = days.iter().map(|mention| (mention.place.clone(), "@")).collect();
        signs.extend(numbers.iter().filter(|number| !number.is_lone_word).map(|number| {
            let sign = if number.style == Style::Percent { "#%" } else { "#" };
            (number.place.clone(), sign)
        }));
        signs.sort_by_key(|(place, _)| place.start);
        let masked = folded.masked(signs.into_iter());
        Self { folded, masked, numbers, days }
    }

    /// What stands before a place, in its sentence.
    pub fn before(&self, at: usize) -> &str {
        &self.folded.text[self.folded.sentence(at).start..at]
    }
}
