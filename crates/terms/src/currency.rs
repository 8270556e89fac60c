//! Currencies by their ISO 4217 codes.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use iso_currency::IntoEnumIterator;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A currency, by its code. What people and programs send is held to ISO 4217; what was recorded before that rule is read
/// by [`recorded`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// Not the code of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoCurrency;

impl fmt::Display for NoCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected the ISO 4217 code of a currency, such as USD or EUR, in three capital letters")
    }
}

impl std::error::Error for NoCurrency {}

impl Currency {
    /// The US dollar.
    pub const USD: Self = Self(*b"USD");
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// Its code.
    pub fn code(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or("")
    }

    /// The currency that a word names by its code, whatever its case.
    pub fn of_word(word: &str) -> Option<Self> {
        if word.len() == 3 { word.to_ascii_uppercase().parse().ok() } else { None }
    }

    /// Whether its code is one of ISO 4217.
    pub fn is_listed(&self) -> bool {
        iso_currency::Currency::from_code(self.code()).is_some()
    }

    /// Digits after the point of its smallest coin; none where that isn't known.
    pub fn decimals(&self) -> Option<u16> {
        iso_currency::Currency::from_code(self.code())?.exponent()
    }

    /// The sign that stands for it alone, as people write it; the others go by their code.
    pub fn sign(&self) -> Option<&'static str> {
        let signs = [("USD", "$"), ("EUR", "€"), ("GBP", "£"), ("JPY", "¥"), ("INR", "₹"), ("KRW", "₩")];
        signs.into_iter().find(|(code, _)| *code == self.code()).map(|(_, sign)| sign)
    }

    /// All codes that there are, for a hint.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        iso_currency::Currency::iter().map(|currency| currency.code())
    }
}

impl FromStr for Currency {
    type Err = NoCurrency;

    fn from_str(code: &str) -> Result<Self, NoCurrency> {
        iso_currency::Currency::from_code(code).and_then(|_| of_form(code)).ok_or(NoCurrency)
    }
}

fn of_form(code: &str) -> Option<Currency> {
    let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
    letters.iter().all(u8::is_ascii_uppercase).then_some(Currency(letters))
}

/// Reads a currency of a record: any three capital letters, for codes were recorded unchecked once, and some are withdrawn.
pub fn recorded<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Currency, D::Error> {
    let code = Cow::<'de, str>::deserialize(deserializer)?;
    of_form(&code).ok_or_else(|| serde::de::Error::custom(NoCurrency))
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Cow::<'de, str>::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Currency {
    fn schema_name() -> Cow<'static, str> {
        "Currency".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "The ISO 4217 code of a currency.",
            "pattern": "^[A-Z]{3}$",
            "examples": ["USD"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_codes_in_use_are_taken_and_recorded_ones_are_still_read() {
        assert_eq!("JPY".parse::<Currency>().map(|yen| yen.decimals()), Ok(Some(0)));
        for wrong in ["ZZZ", "usd", "US", "DOLLAR", ""] {
            assert_eq!(wrong.parse::<Currency>(), Err(NoCurrency), "{wrong}");
        }
        assert!(serde_json::from_str::<Currency>("\"ZZZ\"").is_err());
        let mut old = serde_json::Deserializer::from_str("\"ZZZ\"");
        assert_eq!(recorded(&mut old).unwrap().code(), "ZZZ");
        assert_eq!(serde_json::to_string(&Currency::EUR).unwrap(), "\"EUR\"");
    }
}
