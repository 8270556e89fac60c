//! Amounts as people type them: `1.2m`, `1,200,000`, `350k`, `$1.2M`, `33.20`; and ranges of three.
//!
//! What could mean two things is refused, with a word on how to write it: a walk-away misread by a factor of a
//! thousand would still give an advice, and nobody would notice.

use iso_currency::Currency;
use terms::Quantity;

/// Beyond this an amount is taken for a slip, as in the engine.
const LARGEST: f64 = 1e15;
/// What a number may have behind it, and by how many decimal places that shifts it.
const SUFFIXES: [(&str, usize); 12] = [
    ("k", 3),
    ("thousand", 3),
    ("m", 6),
    ("mn", 6),
    ("mm", 6),
    ("mio", 6),
    ("million", 6),
    ("millions", 6),
    ("b", 9),
    ("bn", 9),
    ("billion", 9),
    ("billions", 9),
];
const SIGNS: [(char, &str); 6] = [('$', "USD"), ('€', "EUR"), ('£', "GBP"), ('¥', "JPY"), ('₹', "INR"), ('₩', "KRW")];
const UNREADABLE: &str = "That can't be read as an amount. Write it like 1.2m, 350k or 1,200,000.";

/// A currency as named beside an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A sign, which several currencies may share.
    Sign(char),
    /// An ISO 4217 code.
    Code(&'static str),
}

impl Mark {
    /// The code that is meant where nothing else says so.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Code(code) => code,
            Self::Sign(sign) => SIGNS.iter().find(|(known, _)| known == sign).map_or("USD", |(_, code)| code),
        }
    }

    /// Whether it may stand for the currency with this code.
    pub fn fits(&self, code: &str) -> bool {
        let shared = |sign: char| Currency::from_code(code).is_some_and(|c| c.symbol().to_string().contains(sign));
        self.code() == code || matches!(self, Self::Sign(sign) if shared(*sign))
    }
}

/// Numbers with the currency that stood beside one of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Amounts {
    /// The numbers, in their order.
    pub values: Vec<f64>,
    /// The currency named, if any was.
    pub mark: Option<Mark>,
}

impl Amounts {
    /// One number, or low, likely and high.
    pub fn quantity(&self) -> Result<Quantity<f64>, String> {
        match self.values[..] {
            [value] => Ok(Quantity::Known(value)),
            [low, likely, high] if low <= likely && likely <= high => Ok(Quantity::Range { low, likely, high }),
            [_, _, _] => Err("Put the three in order: low, likely, high.".to_owned()),
            [] => Err(UNREADABLE.to_owned()),
            _ => Err("Give one number, or three: low, likely and high.".to_owned()),
        }
    }
}

/// One amount as typed.
struct Amount {
    value: f64,
    mark: Option<Mark>,
    has_suffix: bool,
    is_bare: bool,
}

/// The amounts of a line, set apart by spaces.
pub fn amounts(line: &str) -> Result<Amounts, String> {
    let typed = joined(line).iter().map(|token| amount(token)).collect::<Result<Vec<Amount>, String>>()?;
    let values: Vec<f64> = typed.iter().map(|amount| amount.value).collect();
    if typed.iter().any(|one| one.has_suffix) && typed.iter().any(|one| one.is_bare && one.value.abs() < 1000.0) {
        return Err("Put k, m or bn behind every number that needs it, such as 1.1m 1.2m 1.4m.".to_owned());
    }
    if let [first, rest @ ..] = &typed[..]
        && spaced_thousands(line)
        && rest.last().is_some_and(|last| first.value == 0.0 || last.value == 0.0 || last.value / first.value >= 10.0)
    {
        return Err("Leave out the spaces inside a number: 1200000, or 1,200,000, or 1.2m.".to_owned());
    }
    let mut mark = None;
    for found in typed.into_iter().filter_map(|amount| amount.mark) {
        if mark.as_ref().is_some_and(|mark| *mark != found) {
            return Err("These are in two currencies; give all in one.".to_owned());
        }
        mark = Some(found);
    }
    Ok(Amounts { values, mark })
}

/// Whether a line looks like one number with spaces between its thousands.
fn spaced_thousands(line: &str) -> bool {
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let digits = |token: &&str| token.bytes().all(|byte| byte.is_ascii_digit());
    tokens.len() > 1 && tokens.iter().all(digits) && tokens[0].len() <= 3 && tokens[1..].iter().all(|t| t.len() == 3)
}

/// The tokens of a line, with signs, codes and suffixes that stand alone joined to their number.
fn joined(line: &str) -> Vec<String> {
    let line = line.replace(['\u{a0}', '\u{202f}', '\'', '’'], "");
    let mut tokens: Vec<String> = Vec::new();
    let mut pending = String::new();
    for token in line.split_whitespace() {
        let token = token.trim_end_matches([',', ';']);
        let is_mark = !token.contains(|c: char| c.is_ascii_digit());
        let belongs_before = is_mark && pending.is_empty() && !tokens.is_empty();
        match token {
            "" | "to" | "and" | "-" | "–" | "/" => {}
            _ if belongs_before => {
                if let Some(last) = tokens.last_mut() {
                    last.push_str(token);
                }
            }
            _ if is_mark => pending.push_str(token),
            _ => tokens.push(std::mem::take(&mut pending) + token),
        }
    }
    if !pending.is_empty() {
        tokens.push(pending);
    }
    tokens
}

fn amount(token: &str) -> Result<Amount, String> {
    if token.contains('%') {
        return Err("That is a share; an amount of money is wanted, such as 350k.".to_owned());
    }
    let (negative, rest) = without_minus(token);
    let (before, rest) = leading_mark(rest);
    let (negative_inside, rest) = without_minus(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '_')).unwrap_or(rest.len());
    let (figures, behind) = rest.split_at(end);
    let (shift, after) = suffix(behind)?;
    let digits = plain_digits(figures, shift > 0)?;
    let size: f64 = format!("{digits}e{shift}").parse().map_err(|_| UNREADABLE.to_owned())?;
    if size > LARGEST {
        return Err("That is too large to be an amount; check the number.".to_owned());
    }
    let value = if negative || negative_inside { -size } else { size };
    let mark = match (before, after) {
        (Some(_), Some(_)) => return Err(UNREADABLE.to_owned()),
        (before, after) => before.or(after),
    };
    let has_suffix = shift > 0;
    Ok(Amount { value, mark, has_suffix, is_bare: !has_suffix && size != 0.0 })
}

fn without_minus(text: &str) -> (bool, &str) {
    let rest = text.trim_start_matches(['-', '−']);
    if text.len() == rest.len() { (false, text.strip_prefix('+').unwrap_or(text)) } else { (true, rest) }
}

/// A sign or code at the start of a token.
fn leading_mark(token: &str) -> (Option<Mark>, &str) {
    let letters = token.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(token.len());
    if let Some(code) = code(&token[..letters]) {
        return (Some(Mark::Code(code)), token[letters..].trim_start_matches(|c| SIGNS.iter().any(|(s, _)| *s == c)));
    }
    let sign = token.chars().next().filter(|c| SIGNS.iter().any(|(sign, _)| sign == c));
    sign.map_or((None, token), |sign| (Some(Mark::Sign(sign)), &token[sign.len_utf8()..]))
}

/// What stands behind the figures: a suffix, a currency, or one after the other.
fn suffix(behind: &str) -> Result<(usize, Option<Mark>), String> {
    let lower = behind.to_lowercase();
    let known = SUFFIXES.iter().filter(|(suffix, _)| lower.starts_with(suffix));
    for (suffix, shift) in std::iter::once(("", 0)).chain(known.copied()) {
        let rest = &lower[suffix.len()..];
        if rest.is_empty() {
            return Ok((shift, None));
        }
        if let (Some(mark), "") = leading_mark(rest) {
            return Ok((shift, Some(mark)));
        }
    }
    Err(UNREADABLE.to_owned())
}

/// The ISO 4217 code that a word is, whatever its case.
pub fn code(word: &str) -> Option<&'static str> {
    if word.len() == 3 { Currency::from_code(&word.to_uppercase()).map(|currency| currency.code()) } else { None }
}

/// The figures without what sets thousands apart.
fn plain_digits(figures: &str, has_suffix: bool) -> Result<String, String> {
    let wrong = |why: &str| Err(why.to_owned());
    let (whole, fraction) = match figures.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (figures, None),
    };
    let has_comma = figures.contains(',');
    if fraction.is_some_and(|fraction| fraction.contains(['.', ',', '_'])) {
        return wrong("Commas set thousands apart here and a point begins the decimals, as in 1,234.50. Write it so.");
    }
    if has_comma && has_suffix {
        return wrong("A comma before k, m or bn could mean two things. Write 1.2m or 1,200,000.");
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups[0].len() <= 3 && !groups[0].is_empty() && groups[1..].iter().all(|group| group.len() == 3);
    if has_comma && !grouped {
        return wrong("Commas set thousands apart here, as in 1,200,000; decimals come after a point, as in 33.20.");
    }
    let digits = whole.replace([',', '_'], "");
    let ambiguous = fraction.is_some_and(|fraction| fraction.len() == 3) && !has_comma && !has_suffix;
    if ambiguous && digits.len() <= 3 && !digits.trim_start_matches('0').is_empty() {
        return wrong("A point before three figures could mean thousands or decimals. Write 1200 or 1,200; or 1.20.");
    }
    let digits = if digits.is_empty() { "0".to_owned() } else { digits };
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    let nothing = figures.is_empty() || figures == "." || fraction == Some("");
    if nothing || leading_zero || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return wrong(UNREADABLE);
    }
    Ok(fraction.map_or(digits.clone(), |fraction| format!("{digits}.{fraction}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let table = [
            ("1.2m", 1_200_000.0),
            ("1.2M", 1_200_000.0),
            ("1.1m", 1_100_000.0),
            ("1,200,000", 1_200_000.0),
            ("1_200_000", 1_200_000.0),
            ("1200000", 1_200_000.0),
            ("1'200'000", 1_200_000.0),
            ("1\u{a0}200\u{202f}000", 1_200_000.0),
            ("350k", 350_000.0),
            ("350 k", 350_000.0),
            ("$1.2M", 1_200_000.0),
            ("$ 1.2 million", 1_200_000.0),
            ("€350k", 350_000.0),
            ("350k€", 350_000.0),
            ("CHF 900k", 900_000.0),
            ("900k chf", 900_000.0),
            ("US$33.20".trim_start_matches("US"), 33.2),
            ("33.20", 33.2),
            ("0.125", 0.125),
            (".5m", 500_000.0),
            ("1.234m", 1_234_000.0),
            ("1,234.50", 1_234.5),
            ("1,234.567", 1_234.567),
            ("2bn", 2e9),
            ("-5k", -5_000.0),
            ("−$5k", -5_000.0),
            ("$-5k", -5_000.0),
            ("0", 0.0),
        ];
        for (typed, value) in table {
            assert_eq!(amounts(typed).map(|amounts| amounts.values), Ok(vec![value]), "{typed}");
        }
    }

    #[test]
    fn what_could_mean_two_things_is_refused_with_a_word_on_how_to_write_it() {
        let table = [
            ("1.234,5", "point begins the decimals"),
            ("1.200", "three figures"),
            ("1.200.000", "point begins the decimals"),
            ("1,5", "Commas set thousands apart"),
            ("1,20,000", "Commas set thousands apart"),
            ("1,2m", "comma before k"),
            ("1,200k", "comma before k"),
            ("1 200 300", "spaces inside"),
            ("350 000", "can't be read"),
            ("1.14 1.23 1.34m", "behind every number"),
            ("$5 €6 €7", "two currencies"),
            ("10%", "share"),
            ("a lot", "can't be read"),
            ("1e6", "can't be read"),
            ("12x", "can't be read"),
            ("", "can't be read"),
            ("$", "can't be read"),
            ("1.", "can't be read"),
            ("007", "can't be read"),
            ("9999999bn", "too large"),
            ("3 2 1", "in order"),
            ("1 2", "one number, or three"),
        ];
        for (typed, said) in table {
            let refusal = amounts(typed).and_then(|amounts| amounts.quantity()).expect_err(typed);
            assert!(refusal.contains(said), "{typed}: {refusal}");
        }
    }

    #[test]
    fn ranges_are_three_numbers_in_order() {
        let range = |line: &str| amounts(line).and_then(|amounts| amounts.quantity()).unwrap();
        let expected = Quantity::Range { low: 1_140_000.0, likely: 1_230_000.0, high: 1_340_000.0 };
        for line in ["1.14m 1.23m 1.34m", "1.14m, 1.23m, 1.34m", "$1.14m to 1,230,000 to 1.34 million"] {
            assert_eq!(range(line), expected, "{line}");
        }
        assert_eq!(range("100 120 160"), Quantity::Range { low: 100.0, likely: 120.0, high: 160.0 });
        assert_eq!(range("0 5k 9k"), Quantity::Range { low: 0.0, likely: 5_000.0, high: 9_000.0 });
    }

    #[test]
    fn a_currency_beside_an_amount_is_known() {
        let mark = |line: &str| amounts(line).unwrap().mark;
        assert_eq!(mark("€350k").map(|mark| mark.code()), Some("EUR"));
        assert_eq!(mark("350k chf").map(|mark| mark.code()), Some("CHF"));
        assert_eq!(mark("350k"), None);
        assert!(Mark::Sign('$').fits("USD") && Mark::Sign('$').fits("CAD") && !Mark::Sign('$').fits("EUR"));
        assert!(Mark::Code("CHF").fits("CHF") && !Mark::Code("CHF").fits("USD"));
    }
}
