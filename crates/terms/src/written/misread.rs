//! Why a text is not an amount, and how to write one.

use std::fmt;

use crate::amount::Amount;
use crate::currency::Currency;

/// Why a text is not taken as an amount, or as a range of amounts. The readings that it names are of what was just typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misread {
    /// It is something else.
    NotAnAmount,
    /// It may be one amount or another; or one with more digits than are kept, where there is no other.
    Either(Amount, Option<Amount>, Doubt),
    /// It may be one amount, or several.
    OneOrSeveral(Amount, Vec<Amount>),
    /// It is a share.
    Share,
    /// It has more digits than are kept.
    TooLong,
    /// It names another currency than the negotiation's.
    OtherCurrency {
        /// What it names.
        named: Currency,
        /// The negotiation's.
        ours: Currency,
    },
    /// Its numbers name different currencies.
    TwoCurrencies,
    /// Some of its numbers have a scale and others, small ones, have none.
    ScaleMissing,
    /// Low, likely and high are not in that order.
    Disordered,
    /// It is neither one amount nor as many as were asked for.
    Count(usize),
}

/// What leaves it open which amount is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Its one point or comma.
    Point,
    /// Its word of scale.
    Scale,
}

impl Doubt {
    fn told(self) -> &'static str {
        match self {
            Self::Point => "its one point or comma may set thousands apart, or decimals",
            Self::Scale => "a billion is a thousand millions in English and a million millions elsewhere, and so on",
        }
    }
}

impl Misread {
    /// What is wrong, as a sentence without its subject.
    pub fn problem(&self) -> String {
        match self {
            Self::NotAnAmount => "is not a number".to_owned(),
            Self::Either(one, Some(other), doubt) => format!("could be {one} or {other}: {}", doubt.told()),
            Self::Either(one, None, doubt) => format!("could be {one} or more than is kept: {}", doubt.told()),
            Self::OneOrSeveral(one, several) => format!("could be {one}, or {}", joined(several)),
            Self::Share => "is a share, and an amount is expected".to_owned(),
            Self::TooLong => "has too many digits".to_owned(),
            Self::OtherCurrency { named, ours } => format!("is in {named}, and the negotiation is in {ours}"),
            Self::TwoCurrencies => "is in two currencies".to_owned(),
            Self::ScaleMissing => "has k, m or bn behind some of its numbers, and small ones without".to_owned(),
            Self::Disordered => "is not in order".to_owned(),
            Self::Count(3) => "is neither one amount nor three".to_owned(),
            Self::Count(_) => "is neither one amount nor two".to_owned(),
        }
    }

    /// What was expected, or how to mend it, as a sentence.
    pub fn mend(&self) -> String {
        let hint = self.hint();
        let mut letters = hint.chars();
        let first = letters.next().map(char::to_uppercase);
        first.into_iter().flatten().chain(letters).chain(['.']).collect()
    }

    fn hint(&self) -> String {
        match self {
            Self::NotAnAmount => "write it like 1250000.50, 1.2m, 350k or 1,200,000".to_owned(),
            Self::Either(one, Some(other), _) => format!("write {one} or {other}"),
            Self::Either(one, None, _) => format!("write {one} if that is meant"),
            Self::OneOrSeveral(one, several) => {
                let several: Vec<String> = several.iter().map(ToString::to_string).collect();
                format!("write {one}, or {}", several.join(".."))
            }
            Self::Share => "write it without %, such as 350k".to_owned(),
            Self::TooLong => "round it to at most 6 decimals, and 15 digits before the point".to_owned(),
            Self::OtherCurrency { ours, .. } => format!("give it in {ours}"),
            Self::TwoCurrencies => "give all of it in one".to_owned(),
            Self::ScaleMissing => "put it behind every number, such as 80k 90k 95k".to_owned(),
            Self::Disordered => "write low, likely and high in that order".to_owned(),
            Self::Count(3) => "write one number, or three: low, likely and high, such as 80k..90k..95k".to_owned(),
            Self::Count(_) => "write one number, or two numbers".to_owned(),
        }
    }
}

fn joined(amounts: &[Amount]) -> String {
    let texts: Vec<String> = amounts.iter().map(ToString::to_string).collect();
    match texts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => texts.concat(),
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.problem(), self.hint())
    }
}

impl std::error::Error for Misread {}
