//! Several amounts in one text: a range, or a list of a known length.

use super::{Mark, Misread, Reading, Readings, Settling};
use crate::amount::Amount;
use crate::currency::Currency;
use crate::quantity::Quantity;

/// What stands between amounts where something besides a space does.
const BETWEEN: [&str; 11] = ["..", "…", ";", ", ", " to ", " and ", " bis ", " – ", " — ", " - ", " / "];

impl Quantity<Amount> {
    /// An amount, or a range as people write it: `1.1m..1.2m..1.4m`, `100 120 160`, `$1.14m to 1.23m to 1.34m`; in
    /// `currency`, where that is known.
    pub fn read(text: &str, currency: Option<Currency>) -> Result<Self, Misread> {
        let (amounts, _) = Amount::read_several(text, currency, 3)?;
        match amounts[..] {
            [amount] => Ok(Self::Known(amount)),
            [low, likely, high] => Ok(Self::Range { low, likely, high }),
            _ => Err(Misread::Count(3)),
        }
    }
}

impl Amount {
    /// One amount, or `wanted` of them, with the currency that they name. Three are a range, which is in order.
    pub fn read_several(
        text: &str,
        currency: Option<Currency>,
        wanted: usize,
    ) -> Result<(Vec<Self>, Option<Mark>), Misread> {
        let one = Readings::of(text);
        let several = apart(text, wanted).map(|parts| settled(&parts, currency));
        let are_in_order = |amounts: &[Self]| wanted != 3 || amounts.is_sorted();
        match (one, several) {
            (Ok(one), Some(Ok((amounts, mark)))) if are_in_order(&amounts) => {
                // Groups of three digits that lie close together are several amounts: as thousands they seldom fall so.
                if are_close(&amounts) {
                    return Ok((amounts, mark));
                }
                let one = one.amounts().next().ok_or(Misread::NotAnAmount)?;
                Err(Misread::OneOrSeveral(one, amounts))
            }
            (Ok(one), _) => Ok((vec![one.settled(Settling::of(currency))?], one.mark())),
            (Err(_), Some(Ok((amounts, mark)))) => {
                if are_in_order(&amounts) {
                    Ok((amounts, mark))
                } else {
                    Err(Misread::Disordered)
                }
            }
            (Err(_), Some(Err(fault))) => Err(fault),
            (Err(_), None) if is_other_count(text) => Err(Misread::Count(wanted)),
            // Of several, what is wrong with one of them says more than that together they are no number.
            (Err(fault), None) => Err(too_long(text).unwrap_or(fault)),
        }
    }
}

/// The parts of a text, if there are as many and each may be an amount.
fn apart(text: &str, wanted: usize) -> Option<Vec<Readings>> {
    let read = |parts: Vec<String>| {
        let all: Option<Vec<Readings>> = parts.iter().map(|part| Readings::of(part).ok()).collect();
        all.filter(|all| all.len() == wanted)
    };
    read(by_signs(text)).or_else(|| read(by_spaces(text)))
}

/// Whether a text has several amounts, but not as many as are wanted.
fn is_other_count(text: &str) -> bool {
    let all_read = |parts: Vec<String>| parts.len() > 1 && parts.iter().all(|part| Readings::of(part).is_ok());
    all_read(by_signs(text)) || all_read(by_spaces(text))
}

/// That one of several amounts has more digits than are kept.
fn too_long(text: &str) -> Option<Misread> {
    by_signs(text).iter().find_map(|part| Readings::of(part).err().filter(|fault| *fault == Misread::TooLong))
}

fn by_signs(text: &str) -> Vec<String> {
    let mut marked = text.to_owned();
    for between in BETWEEN {
        marked = marked.replace(between, "\u{1}");
    }
    marked.split('\u{1}').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Words that hold digits, each with the words beside it that hold none.
fn by_spaces(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut pending = String::new();
    for word in text.split_whitespace() {
        let word = word.trim_end_matches([',', ';']);
        let has_digits = word.contains(|c: char| c.is_ascii_digit());
        match word {
            "" | "to" | "and" | "bis" | "-" | "–" | "/" => {}
            _ if has_digits => {
                pending.push_str(word);
                parts.push(std::mem::take(&mut pending));
            }
            _ if takes_more(parts.last()) => {
                if let Some(last) = parts.last_mut() {
                    last.push(' ');
                    last.push_str(word);
                }
            }
            _ => {
                pending.push_str(word);
                pending.push(' ');
            }
        }
    }
    if !pending.is_empty() {
        parts.push(pending);
    }
    parts
}

/// Whether a word without digits belongs to the amount before it: not where that names its currency already.
fn takes_more(part: Option<&String>) -> bool {
    part.is_some_and(|part| Readings::of(part).is_ok_and(|readings| readings.mark.is_none()))
}

fn settled(parts: &[Readings], currency: Option<Currency>) -> Result<(Vec<Amount>, Option<Mark>), Misread> {
    let mut mark: Option<Mark> = None;
    for named in parts.iter().filter_map(Readings::mark) {
        mark = Some(match mark {
            Some(before) => before.and(named).ok_or(Misread::TwoCurrencies)?,
            None => named,
        });
    }
    let currency = currency.or(mark.map(Mark::currency));
    // Its other numbers settle one of them as other cells do in a column.
    let mut points = parts.iter().filter_map(Readings::point);
    let first = points.next();
    let point = first.filter(|first| points.all(|point| point == *first));
    let settling = Settling { currency, point, ..Settling::default() };
    let amounts = parts.iter().map(|part| part.settled(settling)).collect::<Result<Vec<Amount>, Misread>>()?;
    let is_scaled = |part: &Readings| part.all.iter().any(Reading::is_scaled);
    let scaled =
        parts.iter().zip(&amounts).filter(|(part, _)| is_scaled(part)).map(|(_, amount)| amount.to_f64().abs());
    let least_scaled = scaled.fold(f64::INFINITY, f64::min);
    // Of one range nobody means a hundredth of its other end: then the scale was meant for all.
    let is_small = |amount: Amount| {
        let size = amount.to_f64().abs();
        size > 0.0 && (size < 1000.0 || size * 100.0 <= least_scaled)
    };
    let lacks_scale = parts.iter().zip(&amounts).any(|(part, &amount)| !is_scaled(part) && is_small(amount));
    if lacks_scale && parts.iter().any(is_scaled) {
        return Err(Misread::ScaleMissing);
    }
    Ok((amounts, mark))
}

fn are_close(amounts: &[Amount]) -> bool {
    let sizes = || amounts.iter().map(|amount| amount.to_f64().abs());
    let (least, most) = (sizes().fold(f64::INFINITY, f64::min), sizes().fold(0.0, f64::max));
    least > 0.0 && most < 2.0 * least
}
