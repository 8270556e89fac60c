//! The advice as one page to read in a browser or to print: no script, nothing loaded from anywhere.
//!
//! A file here for each section, in the order in which they are read. Bars are SVG whose places are percentages,
//! so that they stretch with the page while their text keeps its size; the chart of prices is drawn twice, wide and narrow. Colour only repeats signs and words.

use engine::advice::{Advice, PlanReport};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use terms::PlanId;

use crate::money::Money;
use crate::phrases;

pub mod answer;
mod assumptions;
pub mod axis;
mod chart;
mod find_out;
mod flips;
mod ladder;
mod ledger;
mod legend;
mod offers;
mod plans;
mod record;
mod replay;
mod seen;

/// The style sheet of the page and its sections.
pub const STYLE: &str = include_str!("page/style.css");
/// Nothing may be loaded and no script run, even if text of a case slipped through.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The page for an advice on the case in the file called `case_file`.
pub fn html(advice: &Advice, case_file: &str) -> String {
    View::new(advice, case_file).page().into_string()
}

/// An advice with what is needed to write it down. Each section can be had by itself.
pub struct View<'a> {
    advice: &'a Advice,
    money: Money,
    case_file: &'a str,
}

impl<'a> View<'a> {
    /// Of an advice on the case in the file called `case_file`.
    pub fn new(advice: &'a Advice, case_file: &'a str) -> Self {
        Self { advice, money: phrases::money(advice), case_file }
    }

    /// Of an advice beside the record that it is on: prices are written out, as the record has them, and effects and
    /// assumptions go by their plain names alone.
    pub fn beside_a_record(advice: &'a Advice) -> Self {
        Self { advice, money: phrases::money(advice).in_full(), case_file: "" }
    }
}

impl View<'_> {
    fn page(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex, nofollow, noarchive";
                    title { (self.advice.title) ": advice" }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header {
                        p.privileged {
                            strong { "Privileged:" }
                            " shows your walk-away and limits; don't pass it to the other side."
                        }
                    }
                    main {
                        (self.answer())
                        (self.ladder())
                        (self.ledger())
                        (self.offers())
                        (self.plans())
                        (self.tornado())
                        (self.flips())
                        (self.find_out())
                        (self.assumptions())
                    }
                    footer { (self.replay()) }
                }
            }
        }
    }

    fn plan(&self, id: PlanId) -> Option<&PlanReport> {
        self.advice.plans.iter().find(|plan| plan.id == id)
    }

    /// The short technical name that `--explain`, the JSON and case files use, where there is a case file.
    fn technical(&self, key: &str) -> Markup {
        html! { @if !self.case_file.is_empty() { code { (key) } } }
    }

    /// An amount with its sign, in the colour that repeats it.
    fn signed(&self, amount: f64) -> Markup {
        html! { span class=(side(amount, &self.money)) { (self.money.signed(amount)) } }
    }
}

/// The class of an amount: for, against, or neither.
fn side(amount: f64, money: &Money) -> &'static str {
    match amount {
        _ if money.is_nil(amount) => "even",
        _ if amount < 0.0 => "against",
        _ => "for",
    }
}

/// A chance as a whole percentage; what is nearly sure is not said to be.
fn chance(share: f64) -> String {
    match share * 100.0 {
        percent if percent > 0.0 && percent < 0.5 => "<1 %".to_owned(),
        percent if (99.5..100.0).contains(&percent) => ">99 %".to_owned(),
        percent => format!("{percent:.0} %"),
    }
}
