//! Offers as a table, before it is known what kind of sheet it goes to.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::civil::Date;
use negotiation::offer::Term;
use terms::{Amount, Side};

use crate::Line;
use crate::column::Column;
use crate::line::{CHANNELS, LEVELS};
use crate::mark::{Medium, TextRole, mark};

/// What goes into a cell.
#[derive(Debug)]
pub(crate) enum Entry<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Number(Amount),
    Day(Date),
}

/// The columns of these lines, terms after the price.
pub(crate) fn columns(lines: &[Line]) -> Vec<Column> {
    let terms: BTreeSet<&String> = lines.iter().flat_map(|line| line.offer.package.terms.keys()).collect();
    let mut columns = vec![Column::Date, Column::By, Column::Level, Column::Price];
    columns.extend(terms.into_iter().map(|name| Column::Term(name.clone())));
    columns.extend([Column::Channel, Column::Binding, Column::Condition, Column::Note]);
    columns
}

/// A column's header.
pub(crate) fn title(column: &Column, medium: Medium) -> Cow<'_, str> {
    match column {
        Column::Term(name) => Cow::Owned(format!("term: {}", mark(name, TextRole::Name, medium))),
        known => Cow::Borrowed(known.title()),
    }
}

/// What a line has in a column.
pub(crate) fn entry<'a>(line: &'a Line, column: &Column, medium: Medium) -> Entry<'a> {
    let offer = &line.offer;
    let fixed = |word: &'static str| Entry::Text(Cow::Borrowed(word));
    let words = |words: &'a Option<String>| match words {
        Some(words) => Entry::Text(mark(words, TextRole::Words, medium)),
        None => Entry::Nothing,
    };
    match column {
        Column::Date => line.on.map_or(Entry::Nothing, Entry::Day),
        Column::By => fixed(if offer.by == Side::Us { "us" } else { "them" }),
        Column::Level => fixed(word(&LEVELS, offer.level)),
        Column::Price => Entry::Number(offer.package.price),
        Column::Channel => fixed(word(&CHANNELS, offer.channel)),
        Column::Binding => fixed(if offer.binding { "yes" } else { "no" }),
        Column::Condition => words(&offer.condition),
        Column::Note => words(&offer.note),
        // Amounts of one negotiation are in one currency: a column of ours would say it again in every row.
        Column::Currency | Column::Private(_) => Entry::Nothing,
        Column::Term(name) => match offer.package.terms.get(name) {
            Some(Term::Number(number)) => Entry::Number(*number),
            Some(Term::Words(words)) => Entry::Text(mark(words, TextRole::Term, medium)),
            None => Entry::Nothing,
        },
    }
}

fn word<T: Copy + PartialEq>(choices: &[(&'static str, T)], choice: T) -> &'static str {
    choices.iter().find(|(_, other)| *other == choice).map_or("", |&(word, _)| word)
}
