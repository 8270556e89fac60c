//! Numbers as people write them: `1,200,000`, `1'200'000.50`, `1.200.000,50 €`. What could be two numbers is none.

use std::collections::BTreeSet;

use iso_currency::Currency;
use terms::Amount;

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is something else.
    Other,
    /// Its one point or comma may set thousands apart, or decimals.
    Either,
    /// It has more digits than are kept.
    TooLong,
}

impl Fault {
    pub fn problem(self) -> &'static str {
        match self {
            Self::Other => "is not a number",
            Self::Either => "could be two numbers: its one point or comma may set thousands apart, or decimals",
            Self::TooLong => "has too many digits",
        }
    }

    pub fn mend(self) -> &'static str {
        match self {
            Self::Other => "Write it out in digits, such as 1250000.50, with nothing but a currency beside it.",
            Self::Either => "Write it without the separator of thousands, or with two decimals.",
            Self::TooLong => "Round it to at most 6 decimals; at most 15 digits may stand before the point.",
        }
    }
}

/// No number that is kept is this long, however it is spaced.
const MAX_LENGTH: usize = 80;
const SYMBOLS: &str = "$¢£¤¥֏؋৳฿៛﷼＄￠￡￥￦";
/// How some currencies are written that have neither a symbol nor, in everyday use, a code.
const SHORT_NAMES: [&str; 11] = ["fr", "fr.", "sfr", "sfr.", "kr", "kr.", "zł", "kč", "ft", "rs", "rs."];

/// A number with a currency beside it or not. `point` is what sets decimals apart in the sheet, where that is known.
pub(crate) fn price(text: &str, point: Option<char>) -> Result<Amount, Fault> {
    without_currency(text).ok_or(Fault::Other).and_then(|digits| plain(&digits, point))
}

/// A number without a currency.
pub(crate) fn plain(text: &str, point: Option<char>) -> Result<Amount, Fault> {
    let parts = Parts::of(text).ok_or(Fault::Other)?;
    let point = match parts.mark {
        Mark::None => None,
        Mark::Point(own) => Some(own),
        Mark::Either(own) => Some(point.ok_or(Fault::Either)?).filter(|&point| point == own),
    };
    let (whole, decimals) = point.and_then(|point| parts.text.rsplit_once(point)).unwrap_or((&parts.text, "0"));
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let sign = if parts.is_negative { "-" } else { "" };
    format!("{sign}{digits}.{decimals}").parse().map_err(|_| Fault::TooLong)
}

/// Whether a term that says this is a number, or might be.
pub(crate) fn looks_like_a_number(text: &str) -> bool {
    matches!(plain(text, None), Ok(_) | Err(Fault::Either))
}

/// What sets decimals apart in a sheet: told by those of its prices that leave no doubt, unless they disagree.
pub(crate) fn point<'a>(prices: impl Iterator<Item = &'a str>) -> Option<char> {
    let own = |price: &str| match Parts::of(&without_currency(price)?)?.mark {
        Mark::Point(point) => Some(point),
        Mark::None | Mark::Either(_) => None,
    };
    let points: BTreeSet<char> = prices.filter_map(own).collect();
    points.first().copied().filter(|_| points.len() == 1)
}

/// A number of a spreadsheet, to the 15 digits that those show.
pub(crate) fn of_float(number: f64) -> Result<Amount, Fault> {
    Amount::of_cell(number).ok_or(Fault::TooLong)
}

/// The number for a spreadsheet, if it holds it exactly.
pub(crate) fn to_float(amount: Amount) -> Option<f64> {
    amount.to_cell()
}

/// A number as text that leaves no doubt: never with three decimals, which might be thousands.
pub(crate) fn write(amount: Amount) -> String {
    let mut text = amount.to_string();
    if amount.0.normalize().scale() == 3 {
        text.push('0');
    }
    text
}

/// What sets decimals apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Nothing: there are no decimals, or nothing tells.
    None,
    /// This.
    Point(char),
    /// This, or else it sets thousands apart.
    Either(char),
}

/// A number with its digits and separators looked at, but not yet read.
struct Parts {
    is_negative: bool,
    /// Digits and separators, alike ones made the same.
    text: String,
    mark: Mark,
}

impl Parts {
    fn of(text: &str) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let (is_negative, text) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let text: String = text.chars().map(alike).collect::<Option<_>>()?;
        let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
        let separators: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
        if groups.iter().any(|group| group.is_empty()) {
            return None;
        }
        let mark = mark(&groups, &separators)?;
        Some(Self { is_negative, text, mark })
    }
}

/// A digit as it is, a separator as the plainest of its kind.
fn alike(c: char) -> Option<char> {
    match c {
        '0'..='9' | '.' | ',' => Some(c),
        '\'' | '’' => Some('\''),
        ' ' | '_' | '\u{a0}' | '\u{2009}' | '\u{202f}' => Some(' '),
        _ => None,
    }
}

fn mark(groups: &[&str], separators: &[char]) -> Option<Mark> {
    let (Some((&last, before)), Some((&decimals, whole))) = (separators.split_last(), groups.split_last()) else {
        return Some(Mark::None);
    };
    let is_point = matches!(last, '.' | ',');
    match before {
        [] if is_point => {
            let might_be_thousands = decimals.len() == 3 && is_lead(whole[0], 3) && !whole[0].starts_with('0');
            Some(if might_be_thousands { Mark::Either(last) } else { Mark::Point(last) })
        }
        [first, rest @ ..] if rest.iter().any(|other| other != first) => None,
        [first, ..] if *first != last => (is_point && is_grouped(whole, *first)).then_some(Mark::Point(last)),
        _ if !is_grouped(groups, last) => None,
        _ => Some(match last {
            ',' => Mark::Point('.'),
            '.' => Mark::Point(','),
            _ => Mark::None,
        }),
    }
}

fn is_lead(group: &str, most: usize) -> bool {
    (1..=most).contains(&group.len())
}

/// Whether these are groups of thousands; or, with commas, of lakhs: 12,00,000.
fn is_grouped(groups: &[&str], separator: char) -> bool {
    let [first, middle @ .., last] = groups else { return is_lead(groups[0], 3) };
    let of = |lead: usize, size: usize| is_lead(first, lead) && middle.iter().all(|group| group.len() == size);
    last.len() == 3 && (of(3, 3) || (separator == ',' && of(2, 2)))
}

/// The digits with their sign, if nothing stands beside them but a currency, or the dash of "1200.–".
fn without_currency(text: &str) -> Option<String> {
    let text = text.trim();
    let (outer, text) = split_sign(text);
    let start = text.find(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−'))?;
    let (before, rest) = text.split_at(start);
    let (inner, rest) = split_sign(rest);
    let end = rest.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (digits, after) = rest.split_at(end);
    let dashes = [".-", ".–", ".—", ",-", ",–", ",—"];
    let after = dashes.iter().find_map(|dash| after.strip_prefix(dash)).unwrap_or(after);
    let is_sound = is_currency(before.trim()) && is_currency(after.trim()) && !(outer && inner);
    is_sound.then(|| format!("{}{digits}", if outer || inner { "-" } else { "" }))
}

fn split_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

/// Whether this is a code, a symbol, a symbol after the letters of its country, a short name, or nothing.
fn is_currency(beside: &str) -> bool {
    if beside.is_empty() || SHORT_NAMES.contains(&beside.to_lowercase().as_str()) {
        return true;
    }
    if beside.len() == 3 && beside.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Currency::from_code(&beside.to_uppercase()).is_some();
    }
    let letters = beside.trim_end_matches(|c: char| SYMBOLS.contains(c) || ('₠'..='⃏').contains(&c));
    let symbols = beside[letters.len()..].chars().count();
    symbols == 1 && letters.len() <= 3 && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Result<Amount, Fault> {
        Ok(text.parse().expect("an amount"))
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let table = [
            ("1200000", "1200000"),
            ("1,200,000", "1200000"),
            ("1'200'000", "1200000"),
            ("1’200’000.50", "1200000.5"),
            ("1 200 000", "1200000"),
            ("1\u{a0}200\u{202f}000,50", "1200000.5"),
            ("1_200_000", "1200000"),
            ("1.200.000,50", "1200000.5"),
            ("1,200,000.50", "1200000.5"),
            ("12,00,000", "1200000"),
            ("1.200.000", "1200000"),
            ("1,200.5", "1200.5"),
            ("1200.5", "1200.5"),
            ("1200,50", "1200.5"),
            ("1234.567", "1234.567"),
            ("0,125", "0.125"),
            ("1.2340", "1.234"),
            ("-5", "-5"),
            ("−1 000", "-1000"),
            ("$1,200,000", "1200000"),
            ("US$ 1,200,000.00", "1200000"),
            ("-$5", "-5"),
            ("€ -5", "-5"),
            ("1.200.000,50 €", "1200000.5"),
            ("eur 1200", "1200"),
            ("CHF 1'200.–", "1200"),
            ("1200,- kr", "1200"),
            ("₹12,00,000", "1200000"),
            ("1200 zł", "1200"),
            ("  1200\u{a0}USD ", "1200"),
        ];
        for (text, number) in table {
            assert_eq!(price(text, None), amount(number), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        let table = [
            "",
            "-",
            "abc",
            "1.2m",
            "120k",
            "12 mio",
            "12 mln",
            "5%",
            "1e6",
            "1,20,00",
            "1,2000,000",
            "1.200'000",
            "1 200.000.000",
            "1..2",
            "12,",
            ",5",
            "--5",
            "-$-5",
            "$$5",
            "(5)",
            "30.06.2026",
            "1/2",
            "٣",
            "x5",
            "€",
        ];
        for text in table {
            assert_eq!(price(text, None), Err(Fault::Other), "{text}");
        }
        assert_eq!(price(&"1 ".repeat(1000), None), Err(Fault::Other));
        for text in ["1234567890123456", "0.1234567", "1,234,567,890,123,456"] {
            assert_eq!(price(text, None), Err(Fault::TooLong), "{text}");
        }
    }

    #[test]
    fn other_prices_tell_what_one_alone_does_not() {
        for text in ["1,200", "1.200", "$950,000", "12.345 €"] {
            assert_eq!(price(text, None), Err(Fault::Either), "{text}");
        }
        assert_eq!(price("950,000", Some('.')), amount("950000"));
        assert_eq!(price("950,000", Some(',')), amount("950"));
        assert_eq!(point(["950,000", "$1,200,000", "7"].into_iter()), Some('.'));
        assert_eq!(point(["950,000", "1.200.000"].into_iter()), Some(','));
        assert_eq!(point(["950,000", "1'200'000", "soon"].into_iter()), None);
        assert_eq!(point(["1,200,000", "3,5"].into_iter()), None);
    }

    #[test]
    fn floats_are_taken_to_fifteen_digits() {
        for (float, number) in
            [(0.1 + 0.2, "0.3"), (1_250_000.5, "1250000.5"), (-0.0, "0"), (1e15 - 1.0, "999999999999999")]
        {
            assert_eq!(of_float(float), amount(number));
        }
        for float in [1e15, 1e300, 1.0 / 3.0, 1e-9, 1e-300] {
            assert_eq!(of_float(float), Err(Fault::TooLong));
        }
        assert_eq!(to_float(amount("123456789012345.5").expect("sound")), None);
    }
}
