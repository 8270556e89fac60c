//! How people write amounts, ranges, terms, times and ties, on the command line and in forms.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use negotiation::authority::{Extent, Stated};
use negotiation::mandate::{Allowed, TermLimit};
use negotiation::offer::Term;
use negotiation::party::Part;
use negotiation::proposal::Outcome;
use terms::{Amount, Currency, Misread, Quantity, Readings, Settling};
use visits::{Person, Strength, Tie, Tier};

/// Why a text is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// As an amount.
    Amount(Misread),
    /// As anything else.
    Form(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(misread) => misread.fmt(f),
            Self::Form(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Fault {}

impl From<Misread> for Fault {
    fn from(misread: Misread) -> Self {
        Self::Amount(misread)
    }
}

impl From<&str> for Fault {
    fn from(what: &str) -> Self {
        Self::Form(what.to_owned())
    }
}

/// Reads a text, amounts in the currency of the negotiation.
pub type Reader<T> = fn(&str, Option<Currency>) -> Result<T, Fault>;

/// A text that waits to be read until it is known in which negotiation, and so in which currency.
#[derive(Clone, Debug)]
pub struct Spelled<T> {
    text: String,
    reader: Reader<T>,
}

impl<T> Spelled<T> {
    /// A text, refused at once where it can't be read in any currency.
    pub fn of(text: &str, reader: Reader<T>) -> Result<Self, Fault> {
        match reader(text, None) {
            Ok(_) | Err(Fault::Amount(Misread::Either(..))) => Ok(Self { text: text.to_owned(), reader }),
            Err(fault) => Err(fault),
        }
    }

    /// Reads it.
    pub fn read(&self, currency: Option<Currency>) -> Result<T, Fault> {
        (self.reader)(&self.text, currency)
    }
}

/// An amount: `1,250,000`, `$1.05M`, `85k`, `EUR 33,20`, `-5`.
pub fn amount(text: &str, currency: Option<Currency>) -> Result<Amount, Fault> {
    Ok(Amount::read(text, currency)?)
}

/// An amount or a range: `1200000`, or `low..likely..high`.
pub fn quantity(text: &str, currency: Option<Currency>) -> Result<Quantity<Amount>, Fault> {
    Ok(Quantity::read(text, currency)?)
}

/// An assumption: `name=number` or `name=low..likely..high`. Its numbers are mostly shares and times: `1.250` is one and a
/// quarter.
pub fn assumption(text: &str, currency: Option<Currency>) -> Result<(String, Quantity<Amount>), Fault> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE; `upstairs assumptions` lists the names")?;
    if engine::assumption::Name::all().all(|known| known.key() != name) {
        return Err("no such assumption; `upstairs assumptions` lists them".into());
    }
    let plain = |text: &str| text.trim().replace('_', "").parse::<Amount>().ok();
    let parts: Option<Vec<Amount>> = value.split("..").map(plain).collect();
    let value = match parts.as_deref() {
        Some(&[known]) => Quantity::Known(known),
        Some(&[low, likely, high]) if low <= likely && likely <= high => Quantity::Range { low, likely, high },
        _ => quantity(value, currency)?,
    };
    Ok((name.to_owned(), value))
}

/// A term of an offer: `payment_days=60` or `warranty=two years`.
pub fn term(text: &str, currency: Option<Currency>) -> Result<(String, Term), Fault> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    if name.trim().is_empty() || value.trim().is_empty() {
        return Err("expected NAME=VALUE".into());
    }
    Ok((name.trim().to_owned(), Term::read(value, Settling::of_count(currency))?))
}

/// What a term counts, which need not be money.
fn count(text: &str, currency: Option<Currency>) -> Result<Amount, Fault> {
    Ok(Readings::of(text)?.settled(Settling::of_count(currency))?)
}

/// A limit on a term: `payment_days<=60`, `volume>=100`, `warranty=one year|two years`, `exclusivity=never`.
pub fn limit(text: &str, currency: Option<Currency>) -> Result<TermLimit, Fault> {
    let limit = |term: &str, allowed| TermLimit { term: term.trim().to_owned(), allowed };
    if let Some((term, most)) = text.split_once("<=") {
        return Ok(limit(term, Allowed::AtMost(count(most, currency)?)));
    }
    if let Some((term, least)) = text.split_once(">=") {
        return Ok(limit(term, Allowed::AtLeast(count(least, currency)?)));
    }
    match text.split_once('=') {
        Some((term, "never")) => Ok(limit(term, Allowed::Nothing)),
        Some((term, choices)) => {
            let choices = choices.split('|').map(|choice| choice.trim().to_owned()).collect();
            Ok(limit(term, Allowed::OneOf(choices)))
        }
        None => Err("expected TERM<=NUMBER, TERM>=NUMBER, TERM=ONE|OTHER or TERM=never".into()),
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

/// What a negotiator may sign unasked: a price, `none`, or `unlimited` for anything.
pub fn authority(text: &str, currency: Option<Currency>) -> Result<Stated, Fault> {
    match text.trim() {
        "none" => Ok(Stated::Otherwise(Extent::None)),
        "unlimited" => Ok(Stated::Otherwise(Extent::Unlimited)),
        price => Ok(Stated::To(quantity(price, currency)?)),
    }
}

/// A day.
pub fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "expected a day, YYYY-MM-DD".to_owned())
}

/// Which part.
pub fn part(text: &str) -> Result<Part, String> {
    choice(text, &[("negotiator", Part::Negotiator), ("boss", Part::Boss), ("observer", Part::Observer)])
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
    fn what_the_currency_may_settle_waits_for_it() {
        let yen = "JPY".parse().ok();
        let spelled = Spelled::of("1,200", amount).expect("some currencies have no decimals");
        assert_eq!(spelled.read(yen), Ok(1200.into()));
        assert!(matches!(spelled.read(Some(Currency::EUR)), Err(Fault::Amount(Misread::Either(..)))));
        assert!(Spelled::of("much", amount).is_err());
        assert!(Spelled::of("£5", amount).expect("it is an amount").read(Some(Currency::EUR)).is_err());
    }

    #[test]
    fn assumptions_are_plain_numbers_first() {
        let name = engine::assumption::Name::all().next().expect("there are some").key();
        let read = |value: &str| assumption(&format!("{name}={value}"), None).map(|(_, value)| value.points());
        assert_eq!(read("1.250"), Ok(["1.25".parse().unwrap(); 3]));
        assert_eq!(read("1_000"), Ok([1000.into(); 3]));
        assert_eq!(read("1..2..3"), Ok([1.into(), 2.into(), 3.into()]));
        assert_eq!(read("5k"), Ok([5000.into(); 3]));
        assert!(read("3..2..1").is_err() && read("much").is_err() && assumption("nothing=1", None).is_err());
    }

    #[test]
    fn terms_and_limits_are_read() {
        let term = |text: &str| term(text, Some(Currency::EUR));
        let limit = |text: &str| limit(text, Some(Currency::EUR));
        assert_eq!(term("fee=CHF 5").unwrap().1, Term::Words("CHF 5".to_owned()));
        assert_eq!(term("fee=5k EUR").unwrap().1, Term::Number(5000.into()));
        assert!(term("fee=1.200").is_err());
        let yen = "JPY".parse().ok();
        assert!(super::term("interest=1.250", yen).is_err() && super::limit("interest<=1.250", yen).is_err());
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
