//! The advice as one screen of a terminal.
//!
//! Plain text with ANSI colours, which `anstream` takes out again where they are not wanted; colour only repeats
//! what signs and words already say.

use engine::advice::Advice;

use crate::money::Money;

mod answer;
mod explain;
mod ledger;
mod outlook;
mod page;
mod plans;

pub use explain::explain;

/// The widest that a screen is made.
const WIDEST: usize = 100;
const NARROWEST: usize = 60;

/// Columns to write to: those of the terminal, up to 100.
pub fn width() -> usize {
    let columns = terminal_size::terminal_size().map_or(WIDEST, |(width, _)| usize::from(width.0));
    columns.clamp(NARROWEST, WIDEST)
}

/// The whole advice on one screen.
pub fn advice(advice: &Advice, width: usize) -> String {
    let scale = (advice.inputs.case.value.target.likely() - advice.inputs.case.value.walk_away.likely()).abs();
    let view = View { advice, money: Money::new(&advice.currency, scale), width };
    let sections =
        [view.header(), view.answer(), view.ladder(), view.plans(), view.ledger(), view.outlook(), view.footer()];
    let sections: Vec<String> = sections.into_iter().filter(|section| !section.is_empty()).collect();
    format!("\n{}\n", sections.join("\n"))
}

/// An advice with what is needed to write it down.
struct View<'a> {
    advice: &'a Advice,
    money: Money,
    width: usize,
}

/// Text wrapped to `width`, every line after `indent`, with a newline at the end.
pub fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let options = textwrap::Options::new(width).initial_indent(indent).subsequent_indent(indent);
    textwrap::fill(text, options) + "\n"
}
