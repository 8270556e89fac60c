//! How people write amounts, ranges, terms, times and ties, on the command line and in forms.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use negotiation::mandate::{Allowed, TermLimit};
use negotiation::offer::Term;
use negotiation::party::Part;
use negotiation::proposal::Outcome;
use rust_decimal::Decimal;
use terms::{Amount, Level, Quantity, Role, Side};
use visits::{Person, Strength, Tie, Tier};

/// What separates thousands, besides whichever of point and comma comes first.
const APART: [char; 6] = ['_', '\'', '’', ' ', '\u{a0}', '\u{202f}'];

/// An amount as people write it: `1,250,000`, `1.250.000`, `1 250 000.50`, `$1.05M`, `85k`, `EUR 33,20`, `-5`. What may be
/// read in two ways is refused.
pub fn amount(text: &str) -> Result<Amount, String> {
    match text.trim().strip_prefix(['-', '−']) {
        Some(less) if less.starts_with(|letter: char| letter.is_ascii_digit()) => {
            unsigned(less).map(|amount| Amount(-amount.0))
        }
        _ => unsigned(text),
    }
}

fn unsigned(text: &str) -> Result<Amount, String> {
    let wrong = || "expected an amount such as 1,250,000 or 33.20 or 1.05M".to_owned();
    let (digits, times) = without_unit(text.trim()).ok_or_else(wrong)?;
    let digits: String = digits.chars().map(|letter| if APART.contains(&letter) { '_' } else { letter }).collect();
    let points: Vec<(usize, char)> = digits.char_indices().filter(|(_, letter)| matches!(letter, '.' | ',')).collect();
    let decimal = match points[..] {
        [] => None,
        [(at, mark)] if digits.contains('_') || !groups_of_three(&digits, mark) => Some(at),
        // A lone comma before three digits sets thousands apart, as English has it; a lone point may be either.
        [(_, ',')] => None,
        [(at, _)] if digits.starts_with("0.") || times > 1 => Some(at),
        [_] => return Err("may be a thousand or a fraction; write 1,250 or 1.25".to_owned()),
        [.., (at, last)] => {
            let others = &points[..points.len() - 1];
            let once = others.iter().all(|&(_, mark)| mark != last);
            if once { Some(at) } else { None }
        }
    };
    let (whole, fraction) = decimal.map_or((digits.as_str(), ""), |at| (&digits[..at], &digits[at + 1..]));
    let grouped = whole.split(|letter: char| !letter.is_ascii_digit()).collect::<Vec<_>>();
    let marks: std::collections::BTreeSet<char> = whole.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    let apart = grouped.len() == 1 || (grouped[0].len() <= 3 && grouped[1..].iter().all(|group| group.len() == 3));
    let plain = fraction.chars().all(|letter| letter.is_ascii_digit()) && marks.len() <= 1;
    if grouped[0].is_empty() || !apart || !plain || (decimal.is_some() && fraction.is_empty()) {
        return Err(wrong());
    }
    let number: Decimal = format!("{}.{fraction}0", grouped.concat()).parse().map_err(|_| wrong())?;
    let number = number.checked_mul(Decimal::from(times)).ok_or_else(wrong)?;
    Ok(Amount(number.normalize()))
}

/// An amount without its currency and what multiplies it, and that. `None` where anything else stands with it.
fn without_unit(text: &str) -> Option<(&str, i64)> {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let (first, last) = (text.find(is_digit)?, text.rfind(is_digit)? + 1);
    let (before, after) = (text[..first].trim(), text[last..].trim());
    let is_currency = |word: &str| {
        let is_sign = word.chars().count() == 1 && "$€£¥₹".contains(word);
        word.is_empty() || is_sign || (word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    let (unit, times) = match after.split_once(char::is_whitespace).unwrap_or((after, "")) {
        ("k" | "K", rest) => (rest, 1_000),
        ("m" | "M", rest) => (rest, 1_000_000),
        (word, "") => (word, 1),
        _ => return None,
    };
    let fits = is_currency(before) && is_currency(unit.trim()) && (before.is_empty() || unit.is_empty());
    fits.then_some((&text[first..last], times))
}

/// Whether everything after the one `mark` is three digits.
fn groups_of_three(digits: &str, mark: char) -> bool {
    digits.split_once(mark).is_some_and(|(whole, rest)| (1..=3).contains(&whole.len()) && rest.len() == 3)
}

/// A plain number, which may be less than nothing: `0.25`, `-3`, `1_000`.
fn number(text: &str) -> Result<Amount, String> {
    let plain: String = text.trim().chars().filter(|letter| *letter != '_').collect();
    plain.parse().map(Amount).map_err(|_| "expected a number such as 0.25 or 3".to_owned())
}

/// An amount or a range: `1200000` or `low..likely..high`.
pub fn estimate(text: &str) -> Result<Quantity<Amount>, String> {
    range(text, amount)
}

fn range(text: &str, amount: fn(&str) -> Result<Amount, String>) -> Result<Quantity<Amount>, String> {
    let parts: Vec<&str> = text.split("..").collect();
    match parts[..] {
        [known] => Ok(Quantity::Known(amount(known)?)),
        [low, likely, high] => {
            let range = Quantity::Range { low: amount(low)?, likely: amount(likely)?, high: amount(high)? };
            if range.is_ordered() { Ok(range) } else { Err("expected low, likely and high in that order".to_owned()) }
        }
        _ => Err("expected an amount, or low..likely..high".to_owned()),
    }
}

/// An assumption: `name=number` or `name=low..likely..high`.
pub fn assumption(text: &str) -> Result<(String, Quantity<Amount>), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE; `upstairs assumptions` lists the names")?;
    if engine::assumption::Name::all().all(|known| known.key() != name) {
        return Err("no such assumption; `upstairs assumptions` lists them".to_owned());
    }
    Ok((name.to_owned(), range(value, number)?))
}

/// A term of an offer: `payment_days=60` or `warranty=two years`.
pub fn term(text: &str) -> Result<(String, Term), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    if name.trim().is_empty() || value.trim().is_empty() {
        return Err("expected NAME=VALUE".to_owned());
    }
    let value =
        amount(value).or_else(|_| number(value)).map_or_else(|_| Term::Words(value.trim().to_owned()), Term::Number);
    Ok((name.trim().to_owned(), value))
}

/// A limit on a term: `payment_days<=60`, `volume>=100`, `warranty=one year|two years`, `exclusivity=never`.
pub fn limit(text: &str) -> Result<TermLimit, String> {
    let limit = |term: &str, allowed| TermLimit { term: term.trim().to_owned(), allowed };
    if let Some((term, most)) = text.split_once("<=") {
        return Ok(limit(term, Allowed::AtMost(amount(most)?)));
    }
    if let Some((term, least)) = text.split_once(">=") {
        return Ok(limit(term, Allowed::AtLeast(amount(least)?)));
    }
    match text.split_once('=') {
        Some((term, "never")) => Ok(limit(term, Allowed::Nothing)),
        Some((term, choices)) => {
            let choices = choices.split('|').map(|choice| choice.trim().to_owned()).collect();
            Ok(limit(term, Allowed::OneOf(choices)))
        }
        None => Err("expected TERM<=NUMBER, TERM>=NUMBER, TERM=ONE|OTHER or TERM=never".to_owned()),
    }
}

/// A moment ahead: `2026-12-01T17:00Z`, the end of a day `2026-12-01`, or from now `2d`, `36h`.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// A moment.
    At(Timestamp),
    /// So long from now.
    In(SignedDuration),
}

impl When {
    /// The moment, counted from `now` where it is.
    pub fn from(self, now: Timestamp) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::In(span) => now.checked_add(span).unwrap_or(Timestamp::MAX),
        }
    }
}

/// A moment as it is written.
pub fn when(text: &str) -> Result<When, String> {
    let wrong =
        || "expected a time such as 2026-12-01T17:00Z, a day such as 2026-12-01, or 2d, 36h from now".to_owned();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(When::At(at));
    }
    if let Ok(day) = text.parse::<Date>() {
        let end = day.tomorrow().and_then(|next| next.to_zoned(TimeZone::UTC)).map_err(|_| wrong())?;
        return Ok(When::At(end.timestamp()));
    }
    let span: Span = text.parse().map_err(|_| wrong())?;
    let day = jiff::SpanRelativeTo::days_are_24_hours();
    span.to_duration(day).map(When::In).map_err(|_| wrong())
}

/// A day.
pub fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "expected a day, YYYY-MM-DD".to_owned())
}

/// Which side.
pub fn side(text: &str) -> Result<Side, String> {
    choice(text, &[("us", Side::Us), ("them", Side::Them)])
}

/// Which role.
pub fn role(text: &str) -> Result<Role, String> {
    choice(text, &[("seller", Role::Seller), ("buyer", Role::Buyer)])
}

/// Which part.
pub fn part(text: &str) -> Result<Part, String> {
    choice(text, &[("negotiator", Part::Negotiator), ("boss", Part::Boss), ("observer", Part::Observer)])
}

/// Which level.
pub fn level(text: &str) -> Result<Level, String> {
    choice(text, &[("negotiator", Level::Negotiator), ("boss", Level::Boss)])
}

/// What came of a proposal.
pub fn outcome(text: &str) -> Result<Outcome, String> {
    choice(
        text,
        &[
            ("unlocked", Outcome::Unlocked),
            ("accepted", Outcome::Accepted),
            ("declined", Outcome::Declined),
            ("ignored", Outcome::Ignored),
            ("backlash", Outcome::Backlash),
        ],
    )
}

/// How high somebody stands.
pub fn tier(text: &str) -> Result<Tier, String> {
    choice(text, &Tier::ALL.map(|tier| (tier.key(), tier)))
}

/// One of their people: `Ida Weiss; chief buyer; director`, or without the title.
pub fn person(text: &str) -> Result<Person, String> {
    let parts: Vec<&str> = text.split(';').map(str::trim).collect();
    let (name, title, level) = match parts[..] {
        [name, title, level] => (name, title, level),
        [name, level] => (name, "", level),
        _ => return Err(format!("{text:?}: expected NAME; TITLE; TIER")),
    };
    if name.is_empty() {
        return Err(format!("{text:?}: expected a name first"));
    }
    Ok(Person { name: name.to_owned(), title: title.to_owned(), tier: tier(level)? })
}

/// Who of ours knows whom of theirs: `carla; Ida Weiss; trusts; 2026-05-04`, the day being the last that they met.
pub fn tie(text: &str) -> Result<Tie, String> {
    let parts: Vec<&str> = text.split(';').map(str::trim).collect();
    let (ours, theirs, how, met) = match parts[..] {
        [ours, theirs, how, met] => (ours, theirs, how, Some(day(met)?)),
        [ours, theirs, how] => (ours, theirs, how, None),
        _ => return Err(format!("{text:?}: expected OURS; THEIRS; knows or trusts; YYYY-MM-DD")),
    };
    if ours.is_empty() || theirs.is_empty() {
        return Err(format!("{text:?}: expected two names first"));
    }
    let strength = choice(how, &Strength::ALL.map(|strength| (strength.key(), strength)))?;
    Ok(Tie { ours: ours.to_owned(), theirs: theirs.to_owned(), strength, last_met: met })
}

fn choice<T: Copy>(text: &str, choices: &[(&str, T)]) -> Result<T, String> {
    let found = choices.iter().find(|(word, _)| *word == text).map(|&(_, value)| value);
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    found.ok_or_else(|| format!("expected one of {}", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_ranges_are_read_as_people_write_them() {
        assert_eq!(amount("1,250,000").unwrap(), 1_250_000.into());
        for (text, read) in [
            ("1,250,000", "1250000"),
            ("1.250.000", "1250000"),
            ("1 250 000", "1250000"),
            ("1’250’000.50", "1250000.5"),
            ("1_250_000", "1250000"),
            ("1250000", "1250000"),
            ("1.145,00", "1145"),
            ("1,145.00", "1145"),
            ("1.057.001,25", "1057001.25"),
            ("33.20", "33.2"),
            ("33,20", "33.2"),
            ("1,250", "1250"),
            ("0.125", "0.125"),
            ("$1,057,001", "1057001"),
            ("€ 1.057.001", "1057001"),
            ("USD 85,000", "85000"),
            ("85,000 EUR", "85000"),
            ("1.057M", "1057000"),
            ("1,057k", "1057000"),
            ("$1.05 M", "1050000"),
            ("1.05M EUR", "1050000"),
            ("-12,000", "-12000"),
        ] {
            assert_eq!(amount(text).map(|amount| amount.to_string()), Ok(read.to_owned()), "{text}");
        }
        for text in [
            "much",
            "",
            "--5",
            "1,05,7001",
            "1.145",
            "1,2,3",
            "1..2",
            "12 34",
            "1,250.000.00",
            "5 apples",
            "1.",
            ",5",
            "$5 EUR",
            "1e6",
            "9999999999999999999999999999999999",
        ] {
            assert!(amount(text).is_err(), "{text}: {:?}", amount(text));
        }
        assert_eq!(estimate("1..2..3").unwrap().points(), [1.into(), 2.into(), 3.into()]);
        assert!(estimate("3..2..1").is_err());
        assert!(estimate("1..2").is_err());
    }

    #[test]
    fn terms_and_limits_are_read() {
        assert_eq!(term("payment_days=60").unwrap(), ("payment_days".to_owned(), Term::Number(60.into())));
        assert_eq!(term("discount=-5").unwrap().1, Term::Number((-5).into()));
        assert_eq!(term("warranty=two years").unwrap().1, Term::Words("two years".to_owned()));
        assert!(term("warranty").is_err());
        assert_eq!(limit("payment_days<=60").unwrap().allowed, Allowed::AtMost(60.into()));
        assert_eq!(limit("volume>=100").unwrap().allowed, Allowed::AtLeast(100.into()));
        assert_eq!(limit("exclusivity=never").unwrap().allowed, Allowed::Nothing);
        let choices = Allowed::OneOf(vec!["one year".to_owned(), "two years".to_owned()]);
        assert_eq!(limit("warranty=one year|two years").unwrap().allowed, choices);
        assert!(limit("warranty").is_err());
    }

    #[test]
    fn people_and_ties_are_read_a_line_each() {
        let weiss = person("Ida Weiss; chief buyer; director").unwrap();
        assert_eq!(
            (weiss.name.as_str(), weiss.title.as_str(), weiss.tier),
            ("Ida Weiss", "chief buyer", Tier::Director)
        );
        assert_eq!(person("Ida Weiss; board").unwrap().tier, Tier::Board);
        assert!(person("Ida Weiss").is_err() && person("; board").is_err() && person("Ida; king").is_err());
        let known = tie("carla; Ida Weiss; trusts; 2026-05-04").unwrap();
        assert_eq!((known.strength, known.last_met), (Strength::Trusts, Some(day("2026-05-04").unwrap())));
        assert_eq!(tie("carla; Ida Weiss; knows").unwrap().last_met, None);
        assert!(tie("carla; Ida Weiss").is_err() && tie("carla; ; knows").is_err() && tie("a; b; knows; May").is_err());
    }

    #[test]
    fn times_are_moments_days_or_spans() {
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        let at = |text: &str| when(text).unwrap().from(now).to_string();
        assert_eq!(at("2026-12-01T17:00:00Z"), "2026-12-01T17:00:00Z");
        assert_eq!(at("2026-12-01"), "2026-12-02T00:00:00Z");
        assert_eq!(at("2d"), "2026-11-25T12:00:00Z");
        assert_eq!(at("36h"), "2026-11-25T00:00:00Z");
        assert!(when("soon").is_err());
    }
}
