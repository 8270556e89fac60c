//! Time zones that a calendar makes up: what it says of when its clocks are set, worked out for some years. (RFC 5545, 3.6.5.)

use jiff::civil::{Date, DateTime, date};
use jiff::{SignedDuration, civil};

use super::lines::Part;
use super::moment::{Written, written};
use super::recur::Series;
use super::rule::Rule;

/// As much as one zone may look at.
const LOOKS: u64 = 20_000;

/// How far clocks are from UTC, from when.
#[derive(Debug)]
pub(super) struct Offsets {
    /// Seconds to the east, before the first change.
    before: i32,
    /// Changes in UTC, the first first, with the seconds to the east from then on.
    changes: Vec<(DateTime, i32)>,
}

impl Offsets {
    /// What a calendar says of a zone; none where it says nothing of use.
    pub fn of(zone: &Part<'_>, years: (i16, i16), left: &mut u64) -> Option<Self> {
        let (first, last) = (Date::new(years.0, 1, 1).ok()?, Date::new(years.1, 12, 31).ok()?);
        let horizon = last.to_datetime(civil::Time::midnight());
        let mut offsets = Self { before: 0, changes: Vec::new() };
        let mut earliest: Option<DateTime> = None;
        for part in &zone.parts {
            let Some(observed) = Observed::of(part) else { continue };
            if earliest.is_none_or(|earliest| observed.start < earliest) {
                (earliest, offsets.before) = (Some(observed.start), observed.from);
            }
            let since = first.to_datetime(civil::Time::midnight());
            offsets.changes.extend(observed.changes(since, horizon, left));
        }
        offsets.changes.sort_unstable();
        earliest.map(|_| offsets)
    }

    fn at(&self, utc: DateTime) -> i32 {
        let passed = self.changes.partition_point(|(at, _)| *at <= utc);
        passed.checked_sub(1).and_then(|last| self.changes.get(last)).map_or(self.before, |(_, to)| *to)
    }

    /// The time on the zone's clocks.
    pub fn to_clock(&self, utc: DateTime) -> Option<DateTime> {
        shifted(utc, self.at(utc))
    }

    /// The time in UTC; of a time that clocks show twice, the first.
    pub fn to_utc(&self, clock: DateTime) -> Option<DateTime> {
        let mut offsets: Vec<i32> =
            self.changes.iter().map(|(_, to)| *to).chain(std::iter::once(self.before)).collect();
        offsets.sort_unstable_by(|a, b| b.cmp(a));
        offsets.dedup();
        let mut tries = offsets.iter().filter_map(|&offset| Some((offset, shifted(clock, -offset)?)));
        let fits = tries.clone().find(|(offset, utc)| self.at(*utc) == *offset);
        fits.or_else(|| tries.next_back()).map(|(_, utc)| utc)
    }
}

/// What clocks are set to, and when: one of a zone's `STANDARD` and `DAYLIGHT`.
struct Observed<'a> {
    part: &'a Part<'a>,
    start: DateTime,
    from: i32,
    to: i32,
}

impl<'a> Observed<'a> {
    fn of(part: &'a Part<'a>) -> Option<Self> {
        let start = clock(part.value("DTSTART")?)?;
        Some(Self { part, start, from: offset(part.value("TZOFFSETFROM")?)?, to: offset(part.value("TZOFFSETTO")?)? })
    }

    /// When clocks are set to this, from `since` on and the last time before.
    fn changes(&self, since: DateTime, horizon: DateTime, left: &mut u64) -> Vec<(DateTime, i32)> {
        let mut own = LOOKS.min(*left);
        let had = own;
        let mut times = vec![self.start];
        for rule in self.part.all("RRULE").filter_map(|rule| Rule::read(&rule.value).ok()) {
            let until = match rule.until {
                Some(Written::Utc(utc)) => shifted(utc, self.from),
                Some(Written::Clock(clock)) => Some(clock),
                Some(Written::Day(day)) => Some(day.at(23, 59, 59, 0)),
                None => None,
            };
            // Two years before, for whatever holds at the beginning; where the rule has ended by then, before its end.
            let early = until.map_or(since, |until| until.min(since));
            let early = early.date().checked_sub(jiff::ToSpan::days(731)).unwrap_or(date(1, 1, 1));
            let series = Series { rule: &rule, start: self.start, whole_days: false, until };
            series.walk(early.to_datetime(civil::Time::midnight()), horizon, &mut own, &mut |at| times.push(at));
        }
        for dates in self.part.all("RDATE") {
            times.extend(dates.value.split(',').filter_map(clock));
        }
        *left -= had - own;
        times.into_iter().filter_map(|at| Some((shifted(at, -self.from)?, self.to))).collect()
    }
}

fn clock(text: &str) -> Option<DateTime> {
    match written(text)? {
        Written::Day(day) => Some(day.to_datetime(civil::Time::midnight())),
        Written::Clock(clock) | Written::Utc(clock) => Some(clock),
    }
}

/// `+0100`, in seconds to the east.
fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.trim().split_at_checked(1)? {
        ("-", digits) => (-1, digits),
        ("+", digits) => (1, digits),
        _ => (1, text.trim()),
    };
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let two = |at: usize| digits.get(at..at + 2).map_or(Some(0), |two| two.parse::<i32>().ok());
    Some(sign * (3_600 * two(0)? + 60 * two(2)? + two(4)?))
}

fn shifted(at: DateTime, seconds: i32) -> Option<DateTime> {
    at.checked_add(SignedDuration::from_secs(seconds.into())).ok()
}
