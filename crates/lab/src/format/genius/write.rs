//! Writing GENIUS XML: what [`domain`](super::domain) and [`profile`](super::profile) read again to the same values.

use std::fmt::Write as _;

use crate::format::FormatFault;
use crate::format::xml::escaped;
use bargain::domain::{Domain, Issue, Options, short};
use bargain::scoring::{Interaction, Scoring};

/// Writes a domain, or with values the utility space of one party. Sums are written as evaluations under weights that are each
/// issue's largest value; values made of hyper-rectangles alone as these, those that count outside as `EXCLUDES`.
///
/// Sums with interactions can't be written: the format has no place for both.
pub fn write(domain: &Domain, scoring: Option<&Scoring>) -> Result<String, FormatFault> {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let tag = if scoring.is_some() { "utility_space" } else { "negotiation_template" };
    let rectangles = scoring.filter(|scoring| scoring.base() != 0.0 || !scoring.interactions().is_empty());
    let kind = if rectangles.is_some() { " type=\"nonlinear\"" } else { "" };
    let _ = writeln!(text, "<{tag}{kind}>");
    if scoring.is_none() {
        let _ = writeln!(text, "<utility_space number_of_issues=\"{}\">", domain.issues().len());
    }
    let name = escaped(domain.name());
    let _ = writeln!(
        text,
        "<objective index=\"0\" name=\"{name}\" description=\"\" type=\"objective\" etype=\"objective\">"
    );
    match (scoring, rectangles) {
        (_, Some(scoring)) => text += &nonlinear(domain, scoring)?,
        (Some(scoring), None) => text += &linear(domain, scoring)?,
        (None, None) => {
            for (place, one) in domain.issues().iter().enumerate() {
                // Rectangles are about numbers, which are kept as such.
                text += &if let Options::Integers { step: 1, .. } = one.options {
                    bounds(place, one)
                } else {
                    items(place, one, None)?
                };
            }
        }
    }
    let _ = writeln!(text, "</objective>");
    match scoring {
        Some(scoring) => {
            let reservation = if scoring.reservation.is_finite() { scoring.reservation } else { 0.0 };
            let discount = scoring.discount;
            let _ = writeln!(text, "<discount_factor value=\"{discount}\"/>\n<reservation value=\"{reservation}\"/>");
        }
        None => text.push_str("</utility_space>\n"),
    }
    let _ = writeln!(text, "</{tag}>");
    Ok(text)
}

fn unsupported(what: impl Into<String>) -> FormatFault {
    FormatFault::Unsupported { what: what.into() }
}

fn linear(domain: &Domain, scoring: &Scoring) -> Result<String, FormatFault> {
    if !scoring.is_additive() {
        return Err(unsupported("GENIUS has no place for a scale or a cap on sums: leave them out"));
    }
    let mut text = String::new();
    for (place, (issue, row)) in domain.issues().iter().zip(scoring.parts()).enumerate() {
        text += &items(place, issue, Some(row))?;
    }
    for (place, row) in scoring.parts().iter().enumerate() {
        let weight = row.iter().copied().fold(0.0, f64::max);
        let _ = writeln!(text, "<weight index=\"{}\" value=\"{weight}\"/>", place + 1);
    }
    Ok(text)
}

/// An issue with options by name, with their values where they are known.
fn items(place: usize, issue: &Issue, row: Option<&[f64]>) -> Result<String, FormatFault> {
    if row.is_some_and(|row| row.iter().any(|value| !value.is_finite() || *value < 0.0)) {
        let name = short(&issue.name);
        return Err(unsupported(format!(
            "GENIUS has no values below 0 and no deal-breakers, which issue {name:?} has: raise its values by the same amount"
        )));
    }
    let (index, name) = (place + 1, escaped(&issue.name));
    let mut text =
        format!("<issue index=\"{index}\" name=\"{name}\" type=\"discrete\" etype=\"discrete\" vtype=\"discrete\">\n");
    for option in 0..issue.options.len() {
        let value = escaped(&issue.options.label(option));
        let evaluation = row.map(|row| format!(" evaluation=\"{}\"", row[option])).unwrap_or_default();
        let _ = writeln!(text, "<item index=\"{}\" value=\"{value}\"{evaluation}/>", option + 1);
    }
    Ok(text + "</issue>\n")
}

/// An issue with whole numbers.
fn bounds(place: usize, issue: &Issue) -> String {
    let (index, name) = (place + 1, escaped(&issue.name));
    let (lower, upper) = (issue.options.label(0), issue.options.label(issue.options.len() - 1));
    format!(
        "<issue index=\"{index}\" name=\"{name}\" type=\"integer\" etype=\"integer\" vtype=\"integer\" \
         lowerbound=\"{lower}\" upperbound=\"{upper}\"/>\n"
    )
}

fn nonlinear(domain: &Domain, scoring: &Scoring) -> Result<String, FormatFault> {
    let plain = scoring.parts().iter().flatten().all(|value| *value == 0.0);
    let whole = |issue: &Issue| matches!(issue.options, Options::Integers { step: 1, .. } | Options::Named(_));
    if !plain || !domain.issues().iter().all(whole) || scoring.scaled_down(1.0) <= 0.0 {
        return Err(unsupported(
            "GENIUS has no place for interactions beside sums: leave them out, or keep the product's own format",
        ));
    }
    if scoring.finish(f64::MAX) != 1.0 {
        return Err(unsupported("GENIUS stops sums of hyper-rectangles at 1: give the values a scale with that cap"));
    }
    let mut text = String::new();
    for (place, issue) in domain.issues().iter().enumerate() {
        let named = matches!(issue.options, Options::Named(_));
        text += &if named { items(place, issue, None)? } else { bounds(place, issue) };
    }
    let most = scoring.divisor();
    let _ =
        writeln!(text, "<utility maxutility=\"{most}\">\n<ufun type=\"PlainUfun\" weight=\"1\" aggregation=\"sum\">");
    // A base is what rectangles bring that count outside; what is left of it everything brings.
    let mut base = scoring.base();
    for interaction in scoring.interactions() {
        let outside = interaction.amount < 0.0 && base >= -interaction.amount * (1.0 - 1e-12);
        if outside {
            base += interaction.amount;
        }
        text += &rectangle(domain, interaction, outside)?;
    }
    if base.abs() > 1e-9 * scoring.base().abs() {
        let everything = Interaction { within: vec![(0, vec![true; domain.sizes()[0]])], amount: base };
        text += &rectangle(domain, &everything, false)?;
    }
    Ok(text + "</ufun>\n</utility>\n")
}

/// A rectangle: what it brings inside, or outside.
fn rectangle(domain: &Domain, interaction: &Interaction, outside: bool) -> Result<String, FormatFault> {
    let amount = if outside { -interaction.amount } else { interaction.amount };
    let tag = if outside { "EXCLUDES" } else { "INCLUDES" };
    let mut text = format!("<hyperRectangle utility=\"{amount}\">");
    for (issue, options) in &interaction.within {
        let first = options.iter().position(|inside| *inside).unwrap_or(1);
        let last = options.iter().rposition(|inside| *inside).unwrap_or(0);
        if options.iter().enumerate().any(|(at, inside)| *inside != (first..=last).contains(&at)) {
            let name = short(&domain.issues()[*issue].name);
            return Err(unsupported(format!(
                "GENIUS's rectangles reach from one number to another: those on {name:?} don't"
            )));
        }
        let number = |option: usize| domain.issues()[*issue].options.number(option).unwrap_or(option as f64);
        let (index, min, max) = (issue + 1, number(first), number(last));
        let _ = write!(text, "<{tag} index=\"{index}\" min=\"{min}\" max=\"{max}\"/>");
    }
    Ok(text + "</hyperRectangle>\n")
}
