//! The spellings, and the one answer to each.

/// A spelling, in a negotiation of a currency.
#[derive(Debug)]
pub struct Row {
    pub spelling: &'static str,
    pub currency: &'static str,
    /// Where an amount is asked for.
    pub expected: Expected,
    /// Where a count or rate is asked for, which need not be money.
    pub as_count: Expected,
}

impl Row {
    const fn counted(self, as_count: Expected) -> Self {
        Self { as_count, ..self }
    }

    /// Where a term is asked for: what is no number there, or not one alone, stays in words.
    pub fn as_term(&self) -> Expected {
        match self.as_count {
            Read(_) | Either(..) => self.as_count,
            Other(_) | Share | TooLong | NoNumber | Words => Words,
        }
    }

    /// Whether an amount is read that is less than nothing.
    pub fn is_negative(&self) -> bool {
        matches!(self.expected, Read(amount) if amount.starts_with('-'))
    }
}

/// The answer to a spelling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expected {
    /// This amount.
    Read(&'static str),
    /// Refused, both readings named.
    Either(&'static str, &'static str),
    /// Refused: it is in this other currency.
    Other(&'static str),
    /// Refused: it is a share.
    Share,
    /// Refused: it has too many digits.
    TooLong,
    /// Refused: it is no number.
    NoNumber,
    /// Taken as words, as they are.
    Words,
}

use Expected::{Either, NoNumber, Other, Read, Share, TooLong, Words};

const fn eur(spelling: &'static str, expected: Expected) -> Row {
    Row { spelling, currency: "EUR", expected, as_count: expected }
}

const fn usd(spelling: &'static str, expected: Expected) -> Row {
    Row { spelling, currency: "USD", expected, as_count: expected }
}

const fn jpy(spelling: &'static str, expected: Expected) -> Row {
    Row { spelling, currency: "JPY", expected, as_count: expected }
}

pub const ROWS: [Row; 72] = [
    eur("1200000", Read("1200000")),
    eur("1250000.50", Read("1250000.5")),
    eur("1,200,000", Read("1200000")),
    eur("1.200.000", Read("1200000")),
    eur("1'200'000", Read("1200000")),
    eur("1’200’000", Read("1200000")),
    eur("1 200 000", Read("1200000")),
    eur("1\u{a0}200\u{202f}000", Read("1200000")),
    eur("1_200_000", Read("1200000")),
    eur("12,00,000", Read("1200000")),
    eur("1,200,000.50", Read("1200000.5")),
    eur("1.200.000,50", Read("1200000.5")),
    eur("1,200.50", Read("1200.5")),
    eur("1200,50", Read("1200.5")),
    eur("12,5", Read("12.5")),
    eur("0.125", Read("0.125")),
    eur("1234.567", Read("1234.567")),
    eur("1.2m", Read("1200000")),
    eur("1,2m", Read("1200000")),
    eur("1.2M", Read("1200000")),
    eur(".5m", Read("500000")),
    eur("1mm", Read("1000000")),
    eur("1,2 Mio", Read("1200000")),
    eur("1,1 mio", Read("1100000")),
    eur("1.2 million", Read("1200000")),
    eur("1.1bn", Read("1100000000")),
    eur("1,1 Mrd.", Read("1100000000")),
    eur("1,1 Milliarden", Read("1100000000")),
    eur("0,2 Billionen", Read("200000000000")),
    eur("450k", Read("450000")),
    eur("85k EUR", Read("85000")),
    eur("EUR 1'200'000", Read("1200000")),
    eur("€1.05M", Read("1050000")),
    eur("412 TEUR", Read("412000")),
    eur("kEUR 412", Read("412000")),
    eur("412 k€", Read("412000")),
    eur("11.5 lakh", Read("1150000")),
    eur("1.2 crore", Read("12000000")),
    eur("1e6", Read("1000000")),
    eur("1200.-", Read("1200")),
    eur("-5", Read("-5")),
    eur("−12'000", Read("-12000")),
    usd("$1.05M", Read("1050000")),
    usd("US$ 1200", Read("1200")),
    usd("$1,057,001", Read("1057001")),
    // Years and rates have decimals in yen too.
    jpy("1,200", Read("1200")).counted(Either("1200", "1.2")),
    jpy("¥1.200", Read("1200")),
    eur("1.200", Either("1200", "1.2")),
    eur("1,200", Either("1200", "1.2")),
    eur("470.000", Either("470000", "470")),
    eur("€950,000", Either("950000", "950")),
    eur("1.200k", Either("1200000", "1200")),
    eur("1.057M", Either("1057000000", "1057000")),
    jpy("1.200k", Either("1200000", "1200")),
    eur("1.1 billion", Either("1100000000", "1100000000000")),
    eur("1,1 Billion", Either("1100000000", "1100000000000")),
    usd("2 billion", Either("2000000000", "2000000000000")),
    eur("CHF 1200.-", Other("CHF")),
    eur("£431000", Other("GBP")),
    eur("US$ 1200", Other("USD")),
    eur("$1.05M", Other("USD")),
    eur("85k USD", Other("USD")),
    usd("412 TEUR", Other("EUR")),
    jpy("€1200", Other("EUR")),
    eur("10%", Share),
    eur("2.5 percent", Share),
    eur("1234567890123456", TooLong),
    eur("0.1234567", TooLong),
    eur("much", NoNumber),
    eur("1,2000,000", NoNumber),
    eur("5 apples", NoNumber),
    eur("1.2.3", NoNumber),
];
