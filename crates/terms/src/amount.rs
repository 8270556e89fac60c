//! Amounts as they are written: exact decimals, in the currency of the negotiation.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// An amount of money, or any other exact number. In JSON a text such as "1250000.50": at most 15 digits before the
/// point and 6 after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Amount(pub Decimal);

const WHOLE_DIGITS: usize = 15;
const DECIMALS: usize = 6;

/// Not a number as amounts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAmount;

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The nearest float.
    pub fn to_f64(self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The nearest amount with at most so many decimals; `None` for what is no number, or too large to be an amount.
    pub fn of_f64(number: f64, decimals: u32) -> Option<Self> {
        Decimal::from_f64(number).map(|number| Self(number.round_dp(decimals).normalize()))
    }

    /// A number of a spreadsheet, to the 15 digits that those show; `None` where an amount has no room for them.
    pub fn of_cell(number: f64) -> Option<Self> {
        let decimal = Decimal::from_scientific(&format!("{number:.14e}")).ok()?;
        decimal.normalize().to_string().parse().ok()
    }

    /// The number for a spreadsheet, if it holds it exactly.
    pub fn to_cell(self) -> Option<f64> {
        Some(self.to_f64()).filter(|&number| Self::of_cell(number) == Some(self))
    }
}

impl fmt::Display for NotAnAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a number such as \"1250000.50\", of at most 15 digits before the point and 6 after")
    }
}

impl std::error::Error for NotAnAmount {}

impl FromStr for Amount {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        let are_digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !are_digits(whole, WHOLE_DIGITS) || !are_digits(decimals, DECIMALS) {
            return Err(NotAnAmount);
        }
        text.parse().map(Self).map_err(|_| NotAnAmount)
    }
}

impl TryFrom<String> for Amount {
    type Error = NotAnAmount;

    fn try_from(text: String) -> Result<Self, NotAnAmount> {
        text.parse()
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        beyond_doubt(amount.0).to_string()
    }
}

impl JsonSchema for Amount {
    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "An exact number as text: at most 15 digits before the point and 6 after. Sent, it may also be \
                written as people do, such as \"1.2m\" or \"EUR 1'200'000\"; what could be two amounts, such as \"1.200\", is refused.",
            "examples": ["1250000.50"],
        })
    }
}

/// The number with a fourth decimal, where its three could be thousands.
fn beyond_doubt(mut number: Decimal) -> Decimal {
    let whole = number.trunc().abs();
    if number.scale() == 3 && whole >= Decimal::ONE && whole < Decimal::ONE_THOUSAND {
        number.rescale(4);
    }
    number
}

impl fmt::Display for Amount {
    /// As machines and people read it alike.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        beyond_doubt(self.0.normalize()).fmt(f)
    }
}

impl From<i64> for Amount {
    fn from(whole: i64) -> Self {
        Self(Decimal::from(whole))
    }
}
