//! What is known of a negotiation when a message is checked: what must not be said, and what has been said already.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use terms::Amount;

/// A negotiation as far as a message can give it away. Its texts for debugging hold no values and no names.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// What the counterpart may not learn.
    #[serde(default)]
    pub privileged: Vec<Privileged>,
    /// What both sides have seen: offers either way, list prices, dates agreed or announced. Never flagged.
    #[serde(default)]
    pub exchanged: Vec<Value>,
    /// How our boss is called, such as `Marta Keller` and `Marta`: in a message such a name is as good as "my boss".
    #[serde(default)]
    pub bosses: Vec<String>,
    /// The day on which the message goes out, by which "Friday" and "in two weeks" are understood. Without it they
    /// are compared with no date.
    #[serde(default)]
    pub today: Option<Date>,
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (privileged, exchanged, bosses) = (self.privileged.len(), self.exchanged.len(), self.bosses.len());
        write!(f, "Context({privileged} privileged, {exchanged} exchanged, {bosses} bosses)")
    }
}

/// A value that the counterpart may not learn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Privileged {
    /// What it is.
    pub what: What,
    /// The value.
    #[serde(flatten)]
    pub value: Value,
}

/// What a privileged value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The walk-away.
    WalkAway,
    /// The target.
    Target,
    /// What the other alternative is worth.
    Alternative,
    /// A limit of the mandate.
    Limit,
    /// A limit of the boss's own.
    BossLimit,
    /// A figure that the boss gave as guidance, or that was asked for.
    Guidance,
    /// A figure of an advice.
    Advice,
    /// The day by which we have to be done.
    Deadline,
    /// Any other.
    Other,
}

impl What {
    /// As it is called when spoken to the negotiator: "your walk-away".
    pub fn words(self) -> &'static str {
        match self {
            Self::WalkAway => "your walk-away",
            Self::Target => "your target",
            Self::Alternative => "the worth of your alternative",
            Self::Limit => "a limit of your mandate",
            Self::BossLimit => "a limit of your boss",
            Self::Guidance => "a figure of your boss's guidance",
            Self::Advice => "a figure of your advice",
            Self::Deadline => "your deadline",
            Self::Other => "an internal figure",
        }
    }
}

/// A value of a negotiation.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Money, in the currency of the negotiation.
    Amount(Amount),
    /// A share in percent: 5 is 5 %.
    Percent(Amount),
    /// A number of something else, such as days of payment.
    Number(Amount),
    /// A day.
    Day(Date),
}

impl Value {
    /// The day, of one that is a day.
    pub(crate) fn day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Amount(_) | Self::Percent(_) | Self::Number(_) => None,
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Amount(_) => "Amount(..)",
            Self::Percent(_) => "Percent(..)",
            Self::Number(_) => "Number(..)",
            Self::Day(_) => "Day(..)",
        })
    }
}

/// An amount to reckon with. Every amount has one, up to rounding in the sixteenth digit.
pub(crate) fn to_float(amount: Amount) -> f64 {
    amount.to_f64()
}
