//! Two clocks: when something happened, and when it was recorded.
//!
//! The chain of the record follows the recording and never changes. What the record says follows what happened: an offer of
//! three weeks ago stands three weeks ago, whenever it is written down.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use crate::Version;

/// When something is recorded, and on which day it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When it is recorded.
    pub at: Timestamp,
    /// The day on which it happened; `None` for just now.
    pub on: Option<Date>,
}

impl From<Timestamp> for Stamp {
    fn from(at: Timestamp) -> Self {
        Self { at, on: None }
    }
}

impl Stamp {
    /// Recorded at a moment, and happened on a day, or just then.
    pub fn new(at: Timestamp, on: Option<Date>) -> Self {
        Self { at, on }
    }

    /// The day on which it happened.
    pub fn day(self) -> Date {
        self.on.unwrap_or(day(self.at))
    }

    /// The moment at which it counts as having happened. What was written down later than its day counts as the last of that
    /// day, in the order of writing: nobody knows the hour, and what was recorded on the day itself was there before.
    pub fn happened(self, version: Version) -> Timestamp {
        let Some(on) = self.on.filter(|on| *on < day(self.at)) else { return self.at };
        let within = SignedDuration::from_nanos(i64::try_from(version).unwrap_or(i64::MAX).min(999_999_999));
        let last = on.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).map(|end| end.timestamp());
        // A day that has no such moment lies outside all calendars.
        last.ok().and_then(|last| last.checked_add(within).ok()).unwrap_or(self.at)
    }

    /// Whether the day lies ahead wherever one is.
    pub fn is_ahead(self) -> bool {
        // The first zone to have a new day is 14 hours ahead of Greenwich.
        let first = Offset::constant(14).to_datetime(self.at).date();
        self.on.is_some_and(|on| on > first)
    }
}

/// The day of a moment at Greenwich, by which the record counts.
pub fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_dated_back_is_the_last_of_its_day_in_the_order_of_writing() {
        let now = at("2026-11-28T09:00:00Z");
        let back = |version| Stamp::new(now, Some(date(2026, 11, 3))).happened(version);
        assert!(at("2026-11-03T23:59:00Z") < back(1) && back(1) < back(2) && back(2) < at("2026-11-04T00:00:00Z"));
        assert_eq!(Stamp::from(now).happened(7), now);
        assert_eq!(Stamp::new(now, Some(date(2026, 11, 28))).happened(7), now);
    }

    #[test]
    fn today_is_today_in_any_zone() {
        let now = at("2026-11-28T11:00:00Z");
        let ahead = |on| Stamp::new(now, Some(on)).is_ahead();
        assert!(!ahead(date(2026, 11, 27)) && !ahead(date(2026, 11, 28)) && !ahead(date(2026, 11, 29)));
        assert!(ahead(date(2026, 11, 30)));
        assert!(Stamp::new(at("2026-11-28T09:59:00Z"), Some(date(2026, 11, 29))).is_ahead());
    }
}
