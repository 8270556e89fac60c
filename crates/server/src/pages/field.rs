//! What forms hold, read as people write it.

use std::collections::BTreeMap;
use std::fmt;

use terms::{Amount, Currency, Quantity};

/// The fields of a form by name.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(transparent)]
pub(super) struct Fields(pub BTreeMap<String, String>);

impl Fields {
    /// A field as written; empty where it is not there.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    /// A field that may be left empty.
    pub fn maybe(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// A field that must be read in some way.
    pub fn read<T, E: fmt::Display>(&self, name: &str, read: impl Fn(&str) -> Result<T, E>) -> Result<T, String> {
        read(self.text(name)).map_err(|why| format!("{}: {why}", name.replace('_', " ")))
    }

    /// A field that may be left empty, read in some way.
    pub fn read_maybe<T, E: fmt::Display>(
        &self,
        name: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<T>, String> {
        if self.text(name).is_empty() { Ok(None) } else { self.read(name, read).map(Some) }
    }

    /// A field that holds an amount, in the currency of the negotiation.
    pub fn amount(&self, name: &str, currency: Option<Currency>) -> Result<Amount, String> {
        self.read(name, |text| Amount::read(text, currency))
    }

    /// A field that may hold an amount or a range, in the currency of the negotiation.
    pub fn quantity(&self, name: &str, currency: Option<Currency>) -> Result<Option<Quantity<Amount>>, String> {
        self.read_maybe(name, |text| Quantity::read(text, currency))
    }

    /// A field of a line for each thing.
    pub fn lines(&self, name: &str) -> Vec<String> {
        self.text(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

/// An estimate as its field shows it: one number, or low..likely..high.
pub(super) fn written(estimate: Option<Quantity<Amount>>) -> String {
    match estimate {
        None => String::new(),
        Some(Quantity::Known(amount)) => grouped(&amount.to_string()),
        Some(Quantity::Range { low, likely, high }) => {
            let [low, likely, high] = [low, likely, high].map(|amount| grouped(&amount.to_string()));
            format!("{low}..{likely}..{high}")
        }
    }
}

/// Thousands apart, but for a lone group of them: `1,200` might be one and a fifth.
fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').map_or((digits, String::new()), |(w, d)| (w, format!(".{d}")));
    if whole.len() < 7 && decimals.is_empty() {
        return number.to_owned();
    }
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{decimals}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_field_shows_is_read_again_the_same() {
        for text in ["0", "999", "1000", "1,234,567.5", "-12000", "1000..2000..30000", "1,234.5", "123,456.125"] {
            let read = Quantity::read(text, None).unwrap();
            assert_eq!(written(Some(read)), text);
        }
        let fine = Quantity::Known(Amount::read("12.1250", None).unwrap());
        assert_eq!(Quantity::read(&written(Some(fine)), None), Ok(fine));
    }
}
