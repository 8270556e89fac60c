//! A message read: its plain text, the numbers and days in it, and the text with those made signs for the rules.

use std::ops::Range;

use jiff::civil::Date;

use crate::context::{Context, Value};
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
        let ours = context.privileged.iter().map(|one| one.value);
        let known: Vec<Date> = ours.chain(context.exchanged.iter().copied()).filter_map(Value::day).collect();
        let (mut numbers, mut days) = (Vec::new(), Vec::new());
        for block in folded.blocks() {
            let (mut more_numbers, mut more_days) =
                read(&folded.text[block.clone()], block.start, context.today, &known);
            numbers.append(&mut more_numbers);
            days.append(&mut more_days);
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
fn read(text: &str, at: usize, today: Option<Date>, known: &[Date]) -> (Vec<Number>, Vec<Mention>) {
    let moved = |place: &Range<usize>| place.start + at..place.end + at;
    let mentions = day::mentions(text, today, known);
    let mut left_out = number::not_amounts(text);
    left_out.extend(mentions.iter().map(|mention| mention.place.clone()));
    let numbers = number::numbers(text, &left_out).into_iter();
    (
        numbers.map(|number| Number { place: moved(&number.place), ..number }).collect(),
        mentions.into_iter().map(|mention| Mention { place: moved(&mention.place), ..mention }).collect(),
    )
}
