//! Trips out of a calendar in the iCalendar form (RFC 5545), as Outlook, Exchange, Google, Apple, Evolution and Thunderbird write
//! it. Of an event its days and its location are kept; what it is called, and who else is there, is nobody's business here.
//!
//! Read by our own code, for the library that there was lost events without a word: it knows no zone but by the name of the
//! database, reads neither lengths nor periods, and does not say where it stops. `tests/calendars/` holds what python-icalendar with
//! recurring-ical-events make of the same files.

mod event;
mod lines;
mod moment;
mod own_zone;
mod recur;
mod rule;
mod series;
mod windows;
mod zone;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZoneDatabase;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use event::Event;
use series::Reading;
use zone::Zones;

/// Trips kept of one calendar: thirteen a day.
const TRIPS: usize = 5_000;
/// Events that are named, of those not read; all are counted.
const NAMED: usize = 100;
/// Days and times that all series of a calendar may look at. Each has a limit of its own, and no calendar that people keep comes
/// near this one: it is there for who would keep the desk busy.
const LOOKS: u64 = 20_000_000;

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
    /// Trips, the first first; at most 5000.
    pub trips: Vec<Trip>,
    /// Events without a location, which say nothing of where anybody is.
    pub without_location: usize,
    /// Events that could not be read, or not to their end.
    pub unread: usize,
    /// Which those are; at most 100 of them.
    #[serde(default)]
    pub not_read: Vec<NotRead>,
}

/// An event that was not read, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotRead {
    /// The line of the calendar where it begins, from 1.
    pub line: usize,
    /// The day on which it first takes place, if that could be read.
    pub from: Option<Date>,
    /// Where it is.
    pub location: String,
    /// What is wrong with it, as a sentence without its subject.
    pub why: String,
}

/// What is wrong with a calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that is no calendar; expected a text that begins with BEGIN:VCALENDAR, as calendars export it (.ics)")]
pub struct CalendarError;

/// The trips of a calendar that touch the days from `from` to `until`, recurring ones each by itself. A text may hold several
/// calendars, as those do that were put together from mails: what one of them changes or calls off counts for all.
pub fn read(text: &str, from: Date, until: Date) -> Result<Calendar, CalendarError> {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    if !begins.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(CalendarError);
    }
    let parts = lines::parts(begins).ok_or(CalendarError)?;
    let skipped = text[..text.len() - begins.len()].matches('\n').count();
    let calendars: Vec<_> = parts.iter().filter(|part| part.name == "VCALENDAR").collect();
    let database = TimeZoneDatabase::bundled();
    let zones: Vec<Zones<'_>> =
        calendars.iter().map(|calendar| Zones::of(calendar, &database, from, until, LOOKS / 20)).collect();
    let mut by_uid: BTreeMap<&str, Vec<Event<'_>>> = BTreeMap::new();
    let mut alone = Vec::new();
    for (calendar, zones) in calendars.iter().zip(&zones) {
        let called_off = calendar.value("METHOD").is_some_and(|method| method.eq_ignore_ascii_case("CANCEL"));
        for part in calendar.parts.iter().filter(|part| part.name == "VEVENT") {
            let event = Event { part, zones, called_off };
            match part.value("UID").filter(|uid| !uid.is_empty()) {
                Some(uid) => by_uid.entry(uid).or_default().push(event),
                None => alone.push(vec![event]),
            }
        }
    }
    let mut reading = Reading::new(from, until, LOOKS);
    for events in by_uid.into_values().chain(alone) {
        reading.take(&events);
    }
    Ok(kept(reading, skipped))
}

/// What was read, within its limits; what lies beyond them is told as not read.
fn kept(reading: Reading, skipped: usize) -> Calendar {
    let Reading { mut trips, without_location, mut not_read, mut unread, .. } = reading;
    let beyond: BTreeSet<Trip> =
        trips.iter().nth(TRIPS).cloned().map_or_else(BTreeSet::new, |first| trips.split_off(&first));
    for one in &mut not_read {
        one.line += skipped;
    }
    not_read.sort_by_key(|one| one.line);
    if let Some(first) = beyond.first() {
        unread += beyond.len();
        let why = format!("is one of {} trips beyond the first {TRIPS}, which are kept", beyond.len());
        not_read.insert(0, NotRead { line: 1, from: Some(first.from), location: first.location.clone(), why });
    }
    not_read.truncate(NAMED);
    Calendar { trips: trips.into_iter().collect(), without_location, unread, not_read }
}
