//! Trips out of a calendar in the iCalendar form (RFC 5545). Of an event its days and its location are kept; what it is
//! called, and who else is there, is nobody's business here.

use std::collections::BTreeSet;
use std::fmt;

use icalendar::parser::unfold;
use icalendar::{CalendarDateTime, CalendarEvent, Component, DatePerhapsTime, EventLike, EventStatus};
use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Trips kept of one calendar.
const TRIPS: usize = 1000;
/// Times that recurring events are followed up, in all: rules that go on for ever must not keep anybody.
const OCCURRENCES: usize = 100_000;
/// Parts within parts: a calendar, an event, an alarm, and room for more.
const DEPTH: usize = 8;
/// Letters of a location that are kept.
const LOCATION_LETTERS: usize = 200;

/// Some days at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Trip {
    /// The first day.
    pub from: Date,
    /// The last.
    pub to: Date,
    /// Where, as the calendar has it.
    pub location: String,
}

/// What was read of a calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Calendar {
    /// Trips, the first first.
    pub trips: Vec<Trip>,
    /// Events without a location, which say nothing of where anybody is.
    pub without_location: usize,
    /// Events whose days could not be made out.
    pub unread: usize,
}

/// What is wrong with a calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that is no calendar; expected a text that begins with BEGIN:VCALENDAR, as calendars export it (.ics)")]
pub struct CalendarError;

/// The trips of a calendar that touch the days from `from` to `until`, recurring ones each by itself. At most 1000.
pub fn read(text: &str, from: Date, until: Date) -> Result<Calendar, CalendarError> {
    // The parser takes anything for an empty calendar.
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    if !begins.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(CalendarError);
    }
    if !is_nested_soundly(&unfold(begins)) {
        return Err(CalendarError);
    }
    let calendar: icalendar::Calendar = begins.parse().map_err(|_| CalendarError)?;
    let moved: BTreeSet<(String, Date)> = calendar.events().filter_map(moved_occurrence).collect();
    let mut found = Calendar::default();
    let mut left = OCCURRENCES;
    let mut trips = BTreeSet::new();
    for event in calendar.calendar_events() {
        if event.get_status() == Some(EventStatus::Cancelled) {
            continue;
        }
        let Some(location) = event.get_location().map(tidy).filter(|location| !location.is_empty()) else {
            found.without_location += 1;
            continue;
        };
        let Some(days) = occurrences(&event, &moved, until, &mut left) else {
            found.unread += 1;
            continue;
        };
        let touching = days.into_iter().filter(|(start, end)| *start <= until && *end >= from);
        trips.extend(touching.map(|(from, to)| Trip { from, to, location: location.clone() }));
    }
    found.trips = trips.into_iter().take(TRIPS).collect();
    Ok(found)
}

/// Whether every part that begins ends, and none is in too many others: the parser goes as deep as it is led.
fn is_nested_soundly(unfolded: &str) -> bool {
    // What is a line to the parser must be one here.
    if unfolded.replace("\r\n", "\n").contains('\r') {
        return false;
    }
    let mut open: Vec<String> = Vec::new();
    for line in unfolded.lines() {
        let Some((keyword, name)) = line.split_once(':') else { continue };
        let (keyword, name) = (keyword.trim().to_ascii_uppercase(), name.trim().to_ascii_uppercase());
        match keyword.split(';').next() {
            Some("BEGIN") if open.len() == DEPTH => return false,
            Some("BEGIN") => open.push(name),
            Some("END") if open.pop() != Some(name) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

/// First and last day of each time that an event takes place, up to `until` and for as long as `left` lasts; `None` where
/// they can't be made out.
fn occurrences(
    event: &CalendarEvent<'_>,
    moved: &BTreeSet<(String, Date)>,
    until: Date,
    left: &mut usize,
) -> Option<Vec<(Date, Date)>> {
    let start = day(&event.get_start()?)?;
    let last = last_day(event, start)?;
    let recurs = event.property_value("RRULE").is_some() || event.multi_properties().contains_key("RDATE");
    if !recurs || event.property_value("RECURRENCE-ID").is_some() {
        return Some(vec![(start, last)]);
    }
    let length = start.until(last).ok()?;
    let set = event.get_recurrence().ok()?.limit();
    let mut days = Vec::new();
    for occurrence in set.into_iter().take(*left) {
        *left -= 1;
        let first = iso(&occurrence.date_naive())?;
        if first > until {
            break;
        }
        let moved_away = event.get_uid().is_some_and(|uid| moved.contains(&(uid.to_owned(), first)));
        if !moved_away {
            days.push((first, first.checked_add(length).ok()?));
        }
    }
    Some(days)
}

/// The last day of an event; the end of one of whole days is the day after.
fn last_day(event: &CalendarEvent<'_>, start: Date) -> Option<Date> {
    let Some(end) = event.get_end() else { return Some(start) };
    let last = match &end {
        DatePerhapsTime::Date(_) => day(&end)?.checked_sub(1.day()).ok()?,
        DatePerhapsTime::DateTime(_) => day(&end)?,
    };
    Some(last.max(start))
}

/// The occurrence of a recurring event that an event stands in for.
fn moved_occurrence(event: &icalendar::Event) -> Option<(String, Date)> {
    let instead_of = event.properties().get("RECURRENCE-ID")?;
    let at = DatePerhapsTime::from_property(instead_of)?;
    Some((event.get_uid()?.to_owned(), day(&at)?))
}

/// The day where the event takes place, as far as the calendar says.
fn day(at: &DatePerhapsTime) -> Option<Date> {
    match at {
        DatePerhapsTime::Date(date) => iso(date),
        DatePerhapsTime::DateTime(CalendarDateTime::Floating(at)) => iso(&at.date()),
        DatePerhapsTime::DateTime(CalendarDateTime::Utc(at)) => iso(&at.date_naive()),
        DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, .. }) => iso(&date_time.date()),
    }
}

fn iso(date: &impl fmt::Display) -> Option<Date> {
    date.to_string().parse().ok()
}

/// A location on one line, without what is not text.
fn tidy(location: &str) -> String {
    let plain: String = location.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LOCATION_LETTERS).collect()
}
