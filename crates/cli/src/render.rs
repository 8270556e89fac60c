//! The advice as one screen of a terminal.
//!
//! Plain text with ANSI colours, which `anstream` takes out again where they are not wanted; colour only repeats
//! what signs and words already say.

use engine::advice::Advice;

use report::money::Money;
use report::phrases;

mod answer;
mod explain;
mod ledger;
mod outlook;
mod page;
mod plans;
#[cfg(feature = "packages")]
pub mod table;

use outlook::Length;

pub use explain::explain;
pub use page::{QUIET, STRONG, paint};

/// The widest that a screen is made.
const WIDEST: usize = 100;
const NARROWEST: usize = 60;

/// Columns to write to: those of the terminal, up to 100.
pub fn width() -> usize {
    let columns = terminal_size::terminal_size().map_or(WIDEST, |(width, _)| usize::from(width.0));
    columns.clamp(NARROWEST, WIDEST)
}

/// Lines that a screen has at its widest.
const LINES: usize = 40;

/// The whole advice on one screen: the pros and cons have what room the rest leaves, and where that is too little, the
/// outlook is cut short.
pub fn advice(advice: &Advice, width: usize) -> String {
    let view = View { advice, money: phrases::money(advice), width };
    let above = [view.header(), view.answer(), view.ladder() + &view.plans()];
    let taken: usize = above.iter().map(|section| section.lines().count() + 1).sum();
    let room = |below: &String| LINES.saturating_sub(taken + below.lines().count() + 2);
    let mut below = view.outlook(Length::Full) + &view.footer();
    for length in [Length::Short, Length::Least] {
        if room(&below) < ledger::FEWEST {
            below = view.outlook(length) + &view.footer();
        }
    }
    let ledger = view.ledger(room(&below));
    let sections = above.into_iter().chain([ledger, below]).filter(|section| !section.is_empty());
    format!("\n{}", sections.collect::<Vec<_>>().join("\n"))
}

/// An advice with what is needed to write it down.
struct View<'a> {
    advice: &'a Advice,
    money: Money,
    width: usize,
}

/// A space at which no line is broken; it is written as a plain one.
pub const FIRM_SPACE: &str = "\u{a0}";

/// Text wrapped to `width`, every line after `indent`, with a newline at the end.
pub fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let options = textwrap::Options::new(width).initial_indent(indent).subsequent_indent(indent);
    let firm = text.replace(" %", "\u{a0}%");
    textwrap::fill(&firm, options).replace(FIRM_SPACE, " ") + "\n"
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use unicode_width::UnicodeWidthStr;

    /// Every worked case, in every currency's writing, fits the columns there are: a line that wraps breaks bars and columns.
    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        let mut cases = 0;
        for folder in [examples.clone(), examples.join("when")] {
            for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if file.extension().is_none_or(|end| end != "toml") {
                    continue;
                }
                let Ok(mut case) = case_file::read(&std::fs::read(&file).unwrap()) else { continue };
                cases += 1;
                for currency in [case.currency, "CHF".parse().unwrap()] {
                    case.currency = currency;
                    let options = engine::Options { flips: engine::Flips::None, ..engine::Options::new(1, 1024) };
                    let advised = engine::advise(&case, &options, &|_| {}).unwrap();
                    for columns in [80, 100] {
                        let text = anstream::adapter::strip_str(&super::advice(&advised, columns)).to_string();
                        for line in text.lines() {
                            assert!(line.width() <= columns, "{}, {columns} columns: {line}", file.display());
                        }
                    }
                }
            }
        }
        assert!(cases > 8, "{cases}");
    }
}
