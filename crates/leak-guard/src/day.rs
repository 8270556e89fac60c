//! Days in running text: `31 March`, `3/31/2026`, "end of the quarter", "Friday", "in two weeks".

mod bare;
mod foreign;

use std::ops::Range;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use regex::{Captures, Regex};

use crate::work::goes_through;

/// A day as a text names it; without a year, of any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    year: Option<i16>,
    month: i8,
    day: i8,
}

impl Named {
    /// Whether it is this day.
    pub fn is(self, day: Date) -> bool {
        self.month == day.month() && self.day == day.day() && self.year.is_none_or(|year| year == day.year())
    }

    fn of(year: Option<i16>, month: i16, day: i16) -> Option<Self> {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Self { year, month, day })
    }
}

impl From<Date> for Named {
    fn from(date: Date) -> Self {
        Self { year: Some(date.year()), month: date.month(), day: date.day() }
    }
}

/// Words that name a day or a span of days.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    /// Where.
    pub place: Range<usize>,
    /// Which days it may be; none where that can't be told.
    pub days: Vec<Named>,
}

const MONTHS: &str = "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec";

const WEEKDAYS: &str = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";
/// Days of a month in words, in their order.
const ORDINALS: [&str; 31] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
];

static MENTIONS: LazyLock<Regex> = LazyLock::new(|| {
    let ordinals = ORDINALS.join("|");
    let text = format!(
        r"(?x) \b(?P<nw>(?:the\ )?(?:very\ )?(?P<which>first|second|third|fourth|last)\ (?P<nwd>{WEEKDAYS})\ (?:of|in)\ (?P<nmon>{MONTHS}|(?:this|the|next)\ month))\b
        | \b(?P<ord>(?:the\ )?(?P<ow>{ordinals})\ of\ (?P<omon>{MONTHS}))\b
        | \b(?P<iso>(?P<iy>\d{{4}})-(?P<im>\d{{1,2}})-(?P<id>\d{{1,2}}))\b
        | \b(?P<full>(?P<fa>\d{{1,2}})[./](?P<fb>\d{{1,2}})[./](?P<fy>\d{{4}}|\d{{2}}))\b
        | \b(?P<dm>(?P<dd>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\ of)?[\ -]?(?P<dmon>{MONTHS})\b\.?(?:,?[\ -](?P<dy>\d{{4}})\b)?)
        | \b(?P<md>(?P<mmon>{MONTHS})\b\.?\ (?:the\ )?(?P<mday>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\ (?P<my>\d{{4}})\b)?)
        | \b(?:by|before|until|till|on|than|from|after|past)\ (?P<short>(?P<sa>\d{{1,2}})/(?P<sb>\d{{1,2}}))\b
        | \b(?:by|before|until|till|on|than|from|after|past)\ (?P<nth>the\ (?P<n>\d{{1,2}})(?:st|nd|rd|th))\b
        | \b(?P<end>(?:the\ )?(?:very\ )?(?:end|close|last\ (?:working\ |business\ |banking\ )?day)\ of\ (?:business\ )?(?:the\ |this\ |our\ |next\ |on\ )*(?:fiscal\ |financial\ |calendar\ |current\ |reporting\ )?(?P<period>week|month|quarter|year|q[1-4]|h[12]|fy\d*|{MONTHS}|@|monday|tuesday|wednesday|thursday|friday|day|today|tomorrow)\b
          | (?:(?:this|our|the)\ )?(?:fiscal\ |financial\ )?(?P<period2>week|month|quarter|year)(?:\ |-)?end\b | \beo(?P<letter>[wmqyd])\b | \b(?P<period3>q[1-4])\ (?:close|end)\b)
        | \b(?P<q>q[1-4])(?:\ 20\d\d)?\b
        | \b(?P<weekday>(?P<next>(?:this|next|coming)\ )?(?P<wd>{WEEKDAYS}))\b
        | \b(?P<near>today|tonight|tomorrow|asap)\b
        | \b(?P<span>(?:this|next|the\ coming)\ (?:week|month|quarter|year|summer|winter|spring|autumn|fall|fiscal\ year|financial\ year))\b
        | \b(?:in|within|over)\ (?P<in>(?:the\ )?(?:next\ |coming\ )?(?P<many>\d{{1,2}}|a|one|two|three|four|five|six|ten|a\ few|a\ couple\ of|couple\ of|few)\ (?P<unit>days?|weeks?|months?|hours?))\b
        | \b(?P<feast>christmas|easter|thanksgiving|new\ year(?:'s(?:\ eve|\ day)?)?|the\ holidays|the\ summer(?:\ break)?|ramadan)\b
        | \b(?:by|before|until|till|in|during|early|mid|late|mid-|of|since|than)[\ -]?(?P<month>{MONTHS})\b"
    );
    Regex::new(&text).expect("the crate's own patterns are sound")
});

/// The days that a folded text names, in order and apart. A bare "2/12" is one only where it names one of those `known`, for
/// it is as often a page of twelve.
pub(crate) fn mentions(text: &str, today: Option<Date>, known: &[Date]) -> Vec<Mention> {
    goes_through(text.len());
    let mut all: Vec<Mention> = MENTIONS.captures_iter(text).filter_map(|found| mention(&found, today)).collect();
    for other in foreign::mentions(text, today).into_iter().chain(bare::mentions(text, known)) {
        // The longer one knows more: "bis ende des jahres" has a year in it, and "le 2 mars" a march.
        let overlaps = |one: &Mention| one.place.start < other.place.end && other.place.start < one.place.end;
        if all.iter().filter(|one| overlaps(one)).all(|one| one.place.len() < other.place.len()) {
            all.retain(|one| !overlaps(one));
            all.push(other);
        }
    }
    all.sort_by_key(|mention| mention.place.start);
    all
}

fn mention(found: &Captures<'_>, today: Option<Date>) -> Option<Mention> {
    const GROUPS: [&str; 15] =
        ["nw", "ord", "iso", "full", "dm", "md", "short", "nth", "end", "q", "weekday", "near", "span", "in", "feast"];
    let name = GROUPS.iter().copied().find(|name| found.name(name).is_some()).unwrap_or("month");
    let place = found.name(name)?.range();
    let number = |name: &str| found.name(name)?.as_str().parse::<i16>().ok();
    let text = |name: &str| found.name(name).map(|text| text.as_str());
    let days: Vec<Option<Named>> = match name {
        "nw" => {
            let day = today.and_then(|today| weekday_of_month(today, text("which")?, text("nwd")?, text("nmon")?));
            vec![day.map(Named::from)]
        }
        "ord" => {
            let day = ORDINALS.iter().position(|word| Some(*word) == text("ow"))?;
            vec![Named::of(None, month(text("omon")?)?, i16::try_from(day + 1).ok()?)]
        }
        "iso" => vec![Named::of(number("iy"), number("im")?, number("id")?)],
        "full" => {
            let year = number("fy").map(|year| if year < 100 { year + 2000 } else { year });
            let (a, b) = (number("fa")?, number("fb")?);
            vec![Named::of(year, b, a), Named::of(year, a, b)]
        }
        "short" => vec![Named::of(None, number("sb")?, number("sa")?), Named::of(None, number("sa")?, number("sb")?)],
        "dm" => vec![Named::of(number("dy"), month(text("dmon")?)?, number("dd")?)],
        "md" => vec![Named::of(number("my"), month(text("mmon")?)?, number("mday")?)],
        "nth" => (1..=12)
            .map(|month| number("n").and_then(|day| Named::of(None, month, day)))
            .filter(|_| today.is_none())
            .chain(today.and_then(|today| next_nth(today, number("n")?)).map(|date| Some(date.into())))
            .collect(),
        "end" => {
            let letter = text("letter").map(|letter| match letter {
                "w" => "week",
                "m" => "month",
                "q" => "quarter",
                "y" => "year",
                _ => "day",
            });
            let period = letter.or_else(|| text("period")).or_else(|| text("period2")).or_else(|| text("period3"))?;
            vec![end_of(period, today)]
        }
        "q" => vec![end_of(text("q")?, today)],
        "weekday" => {
            let coming = today.and_then(|today| next_weekday(today, text("wd")?));
            let later = coming.and_then(|day| day.checked_add(7.days()).ok()).filter(|_| text("next") == Some("next "));
            vec![coming.map(Named::from), later.map(Named::from)]
        }
        "near" => {
            let tomorrow = || today.and_then(|today| today.tomorrow().ok());
            vec![if text("near") == Some("tomorrow") { tomorrow() } else { today }.map(Named::from)]
        }
        "in" => vec![today.and_then(|today| after(today, text("many")?, text("unit")?)).map(Named::from)],
        _ => Vec::new(),
    };
    Some(Mention { place, days: days.into_iter().flatten().collect() })
}

fn month(name: &str) -> Option<i16> {
    const STARTS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let at = STARTS.iter().position(|start| name.starts_with(start))?;
    i16::try_from(at + 1).ok()
}

/// The last day of a period, as far as that is known.
fn end_of(period: &str, today: Option<Date>) -> Option<Named> {
    let last_of = |month: i16| {
        Named::of(None, month, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][usize::try_from(month - 1).ok()?])
    };
    match period {
        "q1" => last_of(3),
        "q2" | "h1" => last_of(6),
        "q3" => last_of(9),
        "q4" | "h2" | "year" => last_of(12),
        "month" => today.map(|today| today.last_of_month().into()),
        "quarter" => today.and_then(|today| last_of((i16::from(today.month()) + 2) / 3 * 3)),
        "week" => today.and_then(|today| next_weekday(today, "friday")).map(Named::from),
        "day" | "today" => today.map(Named::from),
        "tomorrow" => today.and_then(|today| today.tomorrow().ok()).map(Named::from),
        other if other.ends_with("day") => today.and_then(|today| next_weekday(today, other)).map(Named::from),
        other => month(other).and_then(last_of),
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// "The last Friday of January": the next one from today.
fn weekday_of_month(today: Date, which: &str, name: &str, of: &str) -> Option<Date> {
    let first = match of {
        "this month" | "the month" => today.first_of_month(),
        "next month" => today.first_of_month().checked_add(1.month()).ok()?,
        named => {
            let this_year = today.first_of_month().with().month(i8::try_from(month(named)?).ok()?).build().ok()?;
            let is_past = this_year < today.first_of_month();
            if is_past { this_year.checked_add(1.year()).ok()? } else { this_year }
        }
    };
    let at = match which {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        _ => -1,
    };
    first.nth_weekday_of_month(at, weekday(name)?).ok()
}

fn next_weekday(today: Date, name: &str) -> Option<Date> {
    let weekday = weekday(name)?;
    if today.weekday() == weekday { Some(today) } else { today.nth_weekday(1, weekday).ok() }
}

fn next_nth(today: Date, day: i16) -> Option<Date> {
    let day = i8::try_from(day).ok()?;
    let this = today.with().day(day).build().ok().filter(|date| *date >= today);
    this.or_else(|| today.checked_add(1.month()).ok()?.with().day(day).build().ok())
}

fn after(today: Date, many: &str, unit: &str) -> Option<Date> {
    let many = match many {
        "a" | "one" => 1,
        "two" | "a couple of" | "couple of" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "ten" => 10,
        digits => digits.parse::<i64>().ok()?,
    };
    let span = match unit.trim_end_matches('s') {
        "day" => many.days(),
        "week" => many.weeks(),
        "month" => many.months(),
        _ => return None,
    };
    today.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekday_of_a_month_and_a_day_in_words_are_resolved() {
        let today = jiff::civil::date(2026, 11, 23);
        let is = |text: &str, year: i16, month: i8, day: i8| {
            let day = jiff::civil::date(year, month, day);
            let found = mentions(text, Some(today), &[]);
            assert!(found.iter().any(|mention| mention.days.iter().any(|named| named.is(day))), "{text}: {found:?}");
        };
        is("the last friday of january", 2027, 1, 29);
        is("the first monday in december", 2026, 12, 7);
        is("last friday of this month", 2026, 11, 27);
        is("the second tuesday of next month", 2026, 12, 8);
        is("the eighteenth of december", 2026, 12, 18);
        is("the last working day of march", 2027, 3, 31);
        assert!(mentions("the first friday drinks", None, &[]).iter().all(|mention| mention.days.is_empty()));
    }
}
