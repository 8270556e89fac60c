//! Amounts as people write them: the one reader that every front asks, and its policy.
//!
//! A text has one reading or several. It is taken where one is left, and refused with the readings named where two are: a
//! walk-away misread by a factor of a thousand would still give an advice, and nobody would notice. What settles it is said
//! by [`Settling`]. `docs/amounts.md` tells the policy to those who write.

mod beside;
mod figures;
mod misread;
mod several;

use rust_decimal::Decimal;

pub use beside::{Mark, mark_of, scale_of, scales};
pub use misread::{Doubt, Misread};

use crate::amount::Amount;
use crate::currency::Currency;
use beside::Beside;
use figures::Mark as Point;

/// No amount is this long, however it is spaced.
const LONGEST: usize = 100;

/// What settles how an amount is read where its text alone does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settling {
    /// The currency that amounts are in: one without decimals has none to be read, and another one named is refused.
    pub currency: Option<Currency>,
    /// What sets decimals apart, as told by other amounts of the same column.
    pub point: Option<char>,
    /// The unit is percent: then `10 %` is 10.
    pub is_percent: bool,
    /// It is a count or a rate and no money, unless it names a currency: then that the currency has no decimals settles nothing.
    pub is_count: bool,
}

impl Settling {
    /// By the currency alone.
    pub fn of(currency: Option<Currency>) -> Self {
        Self { currency, ..Self::default() }
    }

    /// Of what need not be money, such as days or a rate; an amount in another currency is refused all the same.
    pub fn of_count(currency: Option<Currency>) -> Self {
        Self { currency, is_count: true, ..Self::default() }
    }
}

/// One way to read a text.
#[derive(Clone, Debug, PartialEq)]
struct Reading {
    /// None where it has more digits than are kept. It stays a reading: without it another would be taken for what was meant.
    amount: Option<Amount>,
    point: Point,
    /// The power of ten of the scale.
    power: i32,
}

impl Reading {
    fn is_scaled(&self) -> bool {
        self.power != 0
    }
}

/// All ways to read a text as an amount, and what it names besides.
#[derive(Clone, Debug, PartialEq)]
pub struct Readings {
    all: Vec<Reading>,
    mark: Option<Mark>,
    is_share: bool,
}

impl Readings {
    /// Reads a text in all ways there are.
    pub fn of(text: &str) -> Result<Self, Misread> {
        let parts = Parts::of(text).ok_or(Misread::NotAnAmount)?;
        let all = parts.readings()?;
        Ok(Self { all, mark: parts.beside.mark, is_share: parts.beside.is_share })
    }

    /// The amounts that it may be.
    pub fn amounts(&self) -> impl Iterator<Item = Amount> {
        self.all.iter().filter_map(|reading| reading.amount)
    }

    /// The currency that it names.
    pub fn mark(&self) -> Option<Mark> {
        self.mark
    }

    /// What sets decimals apart in it, where that is beyond doubt.
    pub fn point(&self) -> Option<char> {
        let first = self.all.first()?.point;
        if self.all.iter().any(|reading| reading.point != first) {
            return None;
        }
        match first {
            Point::Decimal(mark) => Some(mark),
            Point::Thousands(mark) => Some(if mark == '.' { ',' } else { '.' }),
            Point::None => None,
        }
    }

    /// The one reading that is left.
    pub fn settled(&self, settling: Settling) -> Result<Amount, Misread> {
        if self.is_share && !settling.is_percent {
            return Err(Misread::Share);
        }
        if let (Some(mark), Some(ours)) = (self.mark, settling.currency)
            && !mark.fits(ours)
        {
            return Err(Misread::OtherCurrency { named: mark.currency(), ours });
        }
        let currency = settling.currency.or(self.mark.map(Mark::currency));
        let is_money = !settling.is_count || self.mark.is_some();
        let has_no_decimals = is_money && currency.and_then(|currency| currency.decimals()) == Some(0);
        let fits = |reading: &&Reading| match (reading.point, settling.point) {
            (Point::Decimal(_), None) => !has_no_decimals || reading.is_scaled(),
            (Point::Decimal(mark), Some(point)) => mark == point,
            (Point::Thousands(mark), Some(point)) => mark != point,
            (Point::None | Point::Thousands(_), _) => true,
        };
        let left: Vec<&Reading> = self.all.iter().filter(fits).collect();
        // What settles is for those that need it: alone it stands as it is.
        if left.is_empty() { one_of(&self.all.iter().collect::<Vec<_>>()) } else { one_of(&left) }
    }
}

/// The amount of the one reading that there is; of several, which two are in doubt.
fn one_of(left: &[&Reading]) -> Result<Amount, Misread> {
    let [first, others @ ..] = left else { return Err(Misread::NotAnAmount) };
    // Both may be in doubt: the point is asked about first.
    let by_point = others.iter().find(|other| other.point != first.point && other.power == first.power);
    let other = by_point.map(|other| (other, Doubt::Point)).or(others.first().map(|other| (other, Doubt::Scale)));
    match (first.amount, other) {
        (amount, None) => amount.ok_or(Misread::TooLong),
        (Some(amount), Some((other, doubt))) => Err(Misread::Either(amount, other.amount, doubt)),
        (None, Some((other, doubt))) => {
            Err(other.amount.map_or(Misread::TooLong, |amount| Misread::Either(amount, None, doubt)))
        }
    }
}

/// All that bare figures may mean, as a machine writes them; of two, the one with thousands first. For those who look for amounts
/// in running text.
pub fn readings_of_figures(figures: &str) -> Vec<String> {
    let folded: Option<String> = figures.chars().map(figures::folded).collect();
    let all = folded.map_or_else(Vec::new, |folded| figures::readings(&folded));
    all.into_iter().map(|figures| figures.plain).collect()
}

/// What sets decimals apart in a column: told by those of its cells that leave no doubt, unless they disagree.
pub fn point_of<'a>(cells: impl Iterator<Item = &'a str>) -> Option<char> {
    let mut points = cells.filter_map(|cell| Readings::of(cell).ok()?.point());
    let first = points.next()?;
    points.all(|point| point == first).then_some(first)
}

/// A text taken apart.
struct Parts {
    is_negative: bool,
    /// Digits and what stands between them, alike signs made the same.
    figures: String,
    exponent: Option<i32>,
    beside: Beside,
}

impl Parts {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > LONGEST || text.chars().any(char::is_control) {
            return None;
        }
        let text: String = text.chars().map(plain).collect();
        let start = start(&text)?;
        let (before, rest) = text.split_at(start);
        let span = rest.find(|c| figures::folded(c).is_none()).unwrap_or(rest.len());
        let end = rest[..span].rfind(|c: char| c.is_ascii_digit())? + 1;
        let (digits, after) = rest.split_at(end);
        let (exponent, after) = exponent(after);
        let (is_negative, before) = sign(before)?;
        let after = after
            .strip_prefix(['.', ','])
            .filter(|rest| rest.starts_with('-'))
            .map_or(after, |rest| rest.trim_start_matches('-'));
        if after.ends_with('-') {
            return None;
        }
        let figures = digits.chars().filter_map(figures::folded).collect();
        Some(Self { is_negative, figures, exponent, beside: Beside::of(before, after)? })
    }

    fn readings(&self) -> Result<Vec<Reading>, Misread> {
        let mut figures = figures::readings(&self.figures);
        if self.exponent.is_some() {
            figures.retain(|one| !matches!(one.mark, Point::Thousands(_)));
        }
        if figures.is_empty() || (self.exponent.is_some() && self.beside.scale.is_some()) {
            return Err(Misread::NotAnAmount);
        }
        let powers: Vec<i32> = match self.beside.scale {
            Some(scale) => scale.powers().filter_map(|power| i32::try_from(power).ok()).collect(),
            None => vec![self.exponent.unwrap_or(0)],
        };
        let read = |one: &figures::Figures, power: i32| {
            let amount = shifted(&one.plain, power, self.is_negative);
            Reading { amount, point: one.mark, power }
        };
        let all: Vec<Reading> =
            figures.iter().flat_map(|one| powers.iter().map(move |&power| read(one, power))).collect();
        if all.iter().all(|reading| reading.amount.is_none()) { Err(Misread::TooLong) } else { Ok(all) }
    }
}

/// A letter as it is, a sign as the plainest of its kind.
fn plain(c: char) -> char {
    match c {
        '−' | '–' | '—' | '‐' | '‑' | '﹣' | '－' => '-',
        '＄' | '﹩' => '$',
        '￡' => '£',
        '￥' => '¥',
        '￦' => '₩',
        '％' => '%',
        c if figures::folded(c) == Some(' ') => ' ',
        c => c,
    }
}

/// Where the figures start: at the first digit, or at a point right before it that ends no word.
fn start(text: &str) -> Option<usize> {
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    let before = text[..digit].strip_suffix('.');
    let is_bare = before.is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '.'));
    Some(if is_bare { digit - 1 } else { digit })
}

/// An exponent such as that of `1e6`, and what stands behind it.
fn exponent(after: &str) -> (Option<i32>, &str) {
    let Some(rest) = after.strip_prefix(['e', 'E']) else { return (None, after) };
    let digits = rest.trim_start_matches(['+', '-']);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let number = &rest[..rest.len() - digits.len() + end];
    match number.parse::<i32>() {
        Ok(power) if power.abs() <= 30 => (Some(power), &digits[end..]),
        _ => (None, after),
    }
}

/// Whether a minus stands first, or right before the figures; and what else stands there.
fn sign(before: &str) -> Option<(bool, &str)> {
    let before = before.trim();
    if let Some(rest) = before.strip_prefix('+') {
        return (!rest.contains(['+', '-'])).then_some((false, rest));
    }
    let minus = before.strip_prefix('-').or_else(|| before.strip_suffix('-'));
    match minus {
        Some(rest) => (!rest.contains(['+', '-'])).then_some((true, rest)),
        None => Some((false, before)),
    }
}

/// Figures times a power of ten, if an amount has room for that.
fn shifted(plain: &str, power: i32, is_negative: bool) -> Option<Amount> {
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    let decimals = decimals.trim_end_matches('0');
    let places = i32::try_from(decimals.len()).ok()? - power;
    let digits: i128 = format!("{whole}{decimals}").parse().ok()?;
    let (digits, places) = match u32::try_from(places) {
        Ok(places) => (digits, places),
        Err(_) => (digits.checked_mul(10_i128.checked_pow(places.unsigned_abs())?)?, 0),
    };
    let decimal = Decimal::try_from_i128_with_scale(if is_negative { -digits } else { digits }, places).ok()?;
    // The bounds of an amount are those of its machine form.
    decimal.normalize().to_string().parse().ok()
}

impl Amount {
    /// An amount as people write it: `1.2m`, `1,2 Mio`, `450k`, `EUR 1'200'000`, `12,00,000`, `412 TEUR`, `-5`; in `currency`,
    /// where that is known.
    pub fn read(text: &str, currency: Option<Currency>) -> Result<Self, Misread> {
        Readings::of(text)?.settled(Settling::of(currency))
    }
}

#[cfg(test)]
mod tests;
