//! Rules of recurrence as they are written. (RFC 5545, 3.3.10.)

use std::collections::BTreeSet;

use jiff::civil::Weekday;

use super::moment::{Written, written};

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Every {
    Year,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
}

/// A rule; what it does not say is empty.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub every: Every,
    /// From 1.
    pub interval: i64,
    pub count: Option<u32>,
    pub until: Option<Written>,
    pub months: BTreeSet<i16>,
    pub weeks: BTreeSet<i16>,
    pub year_days: BTreeSet<i16>,
    pub month_days: BTreeSet<i16>,
    /// The weekday, and which of its kind: 0 for each.
    pub weekdays: BTreeSet<(i16, i8)>,
    pub hours: BTreeSet<i16>,
    pub minutes: BTreeSet<i16>,
    pub seconds: BTreeSet<i16>,
    pub positions: BTreeSet<i16>,
    pub week_starts: Weekday,
}

impl Rule {
    /// The rule in a text, or the name of the part that is not understood.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        let mut rule = Self {
            every: Every::Day,
            interval: 1,
            count: None,
            until: None,
            months: BTreeSet::new(),
            weeks: BTreeSet::new(),
            year_days: BTreeSet::new(),
            month_days: BTreeSet::new(),
            weekdays: BTreeSet::new(),
            hours: BTreeSet::new(),
            minutes: BTreeSet::new(),
            seconds: BTreeSet::new(),
            positions: BTreeSet::new(),
            week_starts: Weekday::Monday,
        };
        let mut every = None;
        for part in text.trim().split(';').filter(|part| !part.trim().is_empty()) {
            let (name, value) = part.split_once('=').ok_or("its form")?;
            let value = value.trim().to_ascii_uppercase();
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => every = Some(frequency(&value).ok_or("FREQ")?),
                name => rule.take(name, &value)?,
            }
        }
        rule.every = every.ok_or("FREQ")?;
        Ok(rule)
    }

    /// Whether it recurs within a day.
    pub fn is_of_hours(&self) -> bool {
        self.every > Every::Day
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        match name {
            "INTERVAL" => self.interval = number(value, 1, 100_000).ok_or("INTERVAL")?,
            // Some write -1 for no end.
            "COUNT" if value.starts_with('-') => {}
            "COUNT" => self.count = Some(number(value, 1, i64::from(u32::MAX)).ok_or("COUNT")? as u32),
            "UNTIL" => self.until = Some(written(value).ok_or("UNTIL")?),
            "BYMONTH" => self.months = numbers(value, 1, 12, false).ok_or("BYMONTH")?,
            "BYWEEKNO" => self.weeks = numbers(value, 1, 53, true).ok_or("BYWEEKNO")?,
            "BYYEARDAY" => self.year_days = numbers(value, 1, 366, true).ok_or("BYYEARDAY")?,
            "BYMONTHDAY" => self.month_days = numbers(value, 1, 31, true).ok_or("BYMONTHDAY")?,
            "BYDAY" => self.weekdays = value.split(',').map(nth_weekday).collect::<Option<_>>().ok_or("BYDAY")?,
            "BYHOUR" => self.hours = numbers(value, 0, 23, false).ok_or("BYHOUR")?,
            "BYMINUTE" => self.minutes = numbers(value, 0, 59, false).ok_or("BYMINUTE")?,
            "BYSECOND" => self.seconds = numbers(value, 0, 59, false).ok_or("BYSECOND")?,
            "BYSETPOS" => self.positions = numbers(value, 1, 366, true).ok_or("BYSETPOS")?,
            "WKST" => self.week_starts = weekday(value).ok_or("WKST")?,
            // Other calendars than ours count days otherwise (RFC 7529).
            "RSCALE" if value == "GREGORIAN" => {}
            "RSCALE" => return Err("RSCALE"),
            "SKIP" => return Err("SKIP"),
            _ => return Err("a part of it"),
        }
        Ok(())
    }
}

fn frequency(value: &str) -> Option<Every> {
    Some(match value {
        "YEARLY" => Every::Year,
        "MONTHLY" => Every::Month,
        "WEEKLY" => Every::Week,
        "DAILY" => Every::Day,
        "HOURLY" => Every::Hour,
        "MINUTELY" => Every::Minute,
        "SECONDLY" => Every::Second,
        _ => return None,
    })
}

fn number(value: &str, low: i64, high: i64) -> Option<i64> {
    value.trim().parse().ok().filter(|number| (low..=high).contains(number))
}

/// Numbers with commas between, counted from the end where they are below 0.
fn numbers(value: &str, low: i64, high: i64, from_end: bool) -> Option<BTreeSet<i16>> {
    let one = |text: &str| {
        let number = number(text, -high, high)?;
        let fits = if number < 0 { from_end } else { number >= low };
        fits.then_some(number as i16)
    };
    value.split(',').map(one).collect()
}

fn nth_weekday(text: &str) -> Option<(i16, i8)> {
    let text = text.trim();
    let (nth, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let nth = match nth {
        "" => 0,
        nth => number(nth, -53, 53).filter(|nth| *nth != 0)? as i16,
    };
    Some((nth, weekday(day)?.to_monday_zero_offset()))
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_named() {
        for (text, part) in [
            ("", "FREQ"),
            ("FREQ=FORTNIGHTLY", "FREQ"),
            ("W1 MO #5", "its form"),
            ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
            ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY"),
            ("FREQ=MONTHLY;BYDAY=1é", "BYDAY"),
            ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY"),
            ("FREQ=DAILY;UNTIL=soon", "UNTIL"),
            ("RSCALE=CHINESE;FREQ=YEARLY", "RSCALE"),
        ] {
            assert_eq!(Rule::read(text).err(), Some(part), "{text}");
        }
        let rule = Rule::read("freq=monthly;byday=-1fr,MO;BYSETPOS=-1;COUNT=-1;").unwrap();
        assert_eq!((rule.every, rule.count), (Every::Month, None));
        assert_eq!(rule.weekdays, BTreeSet::from([(-1, 4), (0, 0)]));
    }
}
