//! Days, times and lengths as calendars write them. (RFC 5545, 3.3.4 to 3.3.6.)

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

/// Longest number in a length, in digits.
const DIGITS: usize = 7;

/// A day, or a time on a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A day.
    Day(Date),
    /// A time on the clock of a zone that is told elsewhere, or of none.
    Clock(DateTime),
    /// A time in UTC.
    Utc(DateTime),
}

/// How long something takes, as a calendar on the wall counts it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Length {
    pub days: i64,
    pub seconds: i64,
}

impl Length {
    /// From one time on a clock to another; nothing where the other is no later.
    pub fn between(start: DateTime, end: DateTime) -> Self {
        let seconds = start.duration_until(end).as_secs().max(0);
        Self { days: seconds / 86_400, seconds: seconds % 86_400 }
    }

    /// The time so much later.
    pub fn after(self, start: DateTime) -> Option<DateTime> {
        let days = start.checked_add(jiff::Span::new().try_days(self.days).ok()?).ok()?;
        days.checked_add(jiff::SignedDuration::from_secs(self.seconds)).ok()
    }

    /// Whole days that it takes at most.
    pub fn most_days(self) -> i64 {
        self.days.saturating_add(self.seconds / 86_400).saturating_add(1)
    }
}

/// A day or a time.
pub(super) fn written(text: &str) -> Option<Written> {
    let text = text.trim();
    let (day, time) = text.split_once(['T', 't']).map_or((text, None), |(day, time)| (day, Some(time)));
    let day = date(day)?;
    let Some(time) = time else { return Some(Written::Day(day)) };
    let is_utc = time.ends_with(['Z', 'z']);
    let clock = clock(day, time.trim_end_matches(['Z', 'z']))?;
    Some(if is_utc { Written::Utc(clock) } else { Written::Clock(clock) })
}

/// `20261207`, or `2026-12-07` as some write it.
fn date(text: &str) -> Option<Date> {
    let digits: String = text.chars().filter(|letter| *letter != '-').collect();
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?).ok()
}

/// `090000`, with or without seconds and colons. The end of a day may be said as 24:00, and a leap second as 60.
fn clock(day: Date, text: &str) -> Option<DateTime> {
    let digits: String = text.chars().filter(|letter| *letter != ':').collect();
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |at: usize| digits.get(at..at + 2).map_or(Some(0), |two| two.parse::<i8>().ok());
    let (hour, minute, second) = (number(0)?, number(2)?, number(4)?);
    if (hour, minute, second) == (24, 0, 0) {
        return Some(day.checked_add(1.day()).ok()?.to_datetime(Time::midnight()));
    }
    Some(day.to_datetime(Time::new(hour, minute, if second == 60 { 59 } else { second }, 0).ok()?))
}

/// `P2D`, `P1W`, `PT36H`, `P1DT2H30M`. One below nothing is nothing.
pub(super) fn length(text: &str) -> Option<Length> {
    let text = text.trim().to_ascii_uppercase();
    let (is_below, bare) = match text.strip_prefix('-') {
        Some(bare) => (true, bare),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let mut rest = bare.strip_prefix('P')?;
    let (mut length, mut is_time, mut is_empty) = (Length::default(), false, true);
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T').filter(|_| !is_time) {
            (rest, is_time) = (time, true);
            continue;
        }
        let end = rest.find(|letter: char| !letter.is_ascii_digit()).filter(|end| (1..=DIGITS).contains(end))?;
        let number: i64 = rest[..end].parse().ok()?;
        match (rest[end..].chars().next()?, is_time) {
            ('W', false) => length.days += 7 * number,
            ('D', false) => length.days += number,
            ('H', true) => length.seconds += 3_600 * number,
            ('M', true) => length.seconds += 60 * number,
            ('S', true) => length.seconds += number,
            _ => return None,
        }
        (rest, is_empty) = (&rest[end + 1..], false);
    }
    (!is_empty).then_some(if is_below { Length::default() } else { length })
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn days_and_times_are_read_as_they_are_written() {
        let day = jiff::civil::date(2026, 12, 7);
        let nine = datetime(2026, 12, 7, 9, 0, 0, 0);
        for (text, meant) in [
            ("20261207", Some(Written::Day(day))),
            ("2026-12-07", Some(Written::Day(day))),
            ("20261207T090000", Some(Written::Clock(nine))),
            ("20261207T0900", Some(Written::Clock(nine))),
            (" 20261207T090000Z", Some(Written::Utc(nine))),
            ("20261207T240000", Some(Written::Clock(datetime(2026, 12, 8, 0, 0, 0, 0)))),
            ("20261207T085960", Some(Written::Clock(datetime(2026, 12, 7, 8, 59, 59, 0)))),
            ("20261307", None),
            ("20261207T250000", None),
            ("99991231T240000", None),
            ("７0261207", None),
            ("", None),
        ] {
            assert_eq!(written(text), meant, "{text}");
        }
    }

    #[test]
    fn lengths_are_read_as_they_are_written() {
        for (text, days, seconds) in
            [("P1W", 7, 0), ("P2D", 2, 0), ("+PT36H", 0, 129_600), ("P1DT2H30M5S", 1, 9_005), ("-P1D", 0, 0)]
        {
            assert_eq!(length(text), Some(Length { days, seconds }), "{text}");
        }
        for text in ["", "P", "PT", "1D", "P1H", "PT1D", "P99999999D", "P-1D", "P1D1"] {
            assert_eq!(length(text), None, "{text}");
        }
    }
}
