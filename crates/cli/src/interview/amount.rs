//! Amounts in an answer, by the reader that all fronts ask, and why one is not taken, as said to whoever typed it.

use terms::{Amount, Currency, Mark, Misread, Quantity};

/// Why an answer is not taken.
pub fn told(misread: &Misread) -> String {
    match misread {
        Misread::OtherCurrency { named, ours } => {
            format!("That is in {named}, but this deal is in {ours}. Give it in {ours}; or type back to question 2.")
        }
        misread => format!("That {}. {}", misread.problem(), misread.mend()),
    }
}

/// One amount or a range, with the currency that stands beside it.
pub fn quantity(line: &str, currency: Option<Currency>) -> Result<(Quantity<f64>, Option<Mark>), String> {
    let (values, mark) = several(line, currency, 3)?;
    match values[..] {
        [value] => Ok((Quantity::Known(value), mark)),
        [low, likely, high] => Ok((Quantity::Range { low, likely, high }, mark)),
        _ => Err(told(&Misread::Count(3))),
    }
}

/// One amount, or as many as are wanted.
pub fn several(line: &str, currency: Option<Currency>, wanted: usize) -> Result<(Vec<f64>, Option<Mark>), String> {
    let (amounts, mark) = Amount::read_several(line, currency, wanted).map_err(|misread| told(&misread))?;
    Ok((amounts.into_iter().map(Amount::to_f64).collect(), mark))
}
