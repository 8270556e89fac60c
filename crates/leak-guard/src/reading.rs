//! A message read: its plain text, the numbers and days in it, and the text with those made signs for the rules.

use std::ops::Range;

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
        let (mut numbers, mut days) = (Vec::new(), Vec::new());
        for block in folded.blocks() {
            read(&folded.text[block.clone()], block.start, context, &mut numbers, &mut days);
        }
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

/// Reads the numbers and days of a piece of the text, which begins at this place.
fn read(text: &str, at: usize, context: &Context, numbers: &mut Vec<Number>, days: &mut Vec<Mention>) {
    let moved = |place: &Range<usize>| place.start + at..place.end + at;
    let mentions = day::mentions(text, context.today);
    let mut left_out = number::not_amounts(text);
    left_out.extend(mentions.iter().map(|mention| mention.place.clone()));
    numbers.extend(
        number::numbers(text, &left_out).into_iter().map(|number| Number { place: moved(&number.place), ..number }),
    );
    days.extend(mentions.into_iter().map(|mention| Mention { place: moved(&mention.place), ..mention }));
}
