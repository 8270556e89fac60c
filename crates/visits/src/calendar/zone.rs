//! Time zones as calendars name them. A zone that everybody knows goes by its name, whatever prefix a program puts before it; one
//! that a calendar makes up goes by what the calendar says of it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

use super::lines::{Part, Property};
use super::moment::{Written, written};
use super::own_zone::Offsets;
use super::windows;

/// A zone by the name that it has in the calendar.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    name: Rc<str>,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    /// Wherever one is.
    Anywhere,
    Known(TimeZone),
    Own(Rc<Offsets>),
    Unknown,
}

impl Zone {
    fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.into(), kind }
    }

    /// The zone's name, where nobody knows which zone that is.
    pub fn unknown(&self) -> Option<&str> {
        matches!(self.kind, Kind::Unknown).then_some(&*self.name)
    }

    /// Whether it is UTC.
    pub fn is_utc(&self) -> bool {
        matches!(&self.kind, Kind::Known(zone) if *zone == TimeZone::UTC)
    }

    /// Whether it goes by the same name, or one of both is wherever one is.
    pub fn is_same(&self, other: &Self) -> bool {
        self.name == other.name || [self, other].iter().any(|zone| matches!(zone.kind, Kind::Anywhere))
    }

    /// The time in UTC; none where it can't be told.
    fn to_utc(&self, clock: DateTime) -> Option<DateTime> {
        match &self.kind {
            Kind::Anywhere | Kind::Unknown => None,
            Kind::Known(zone) => Some(Offset::UTC.to_datetime(zone.to_timestamp(clock).ok()?)),
            Kind::Own(offsets) => offsets.to_utc(clock),
        }
    }

    /// The time on the zone's clocks.
    fn to_clock(&self, utc: DateTime) -> Option<DateTime> {
        match &self.kind {
            Kind::Anywhere | Kind::Unknown => None,
            Kind::Known(zone) => Some(zone.to_datetime(Offset::UTC.to_timestamp(utc).ok()?)),
            Kind::Own(offsets) => offsets.to_clock(utc),
        }
    }

    /// What this zone's clocks show when those of another show `clock`; the same where either is not known.
    pub fn shows(&self, clock: DateTime, other: &Self) -> DateTime {
        if self.name == other.name {
            return clock;
        }
        other.to_utc(clock).and_then(|utc| self.to_clock(utc)).unwrap_or(clock)
    }
}

/// A day, or a time on the clocks of a zone.
#[derive(Clone, Debug)]
pub(super) enum Moment {
    Day(Date),
    Clock(DateTime, Zone),
}

impl Moment {
    /// The time on the clocks of a zone, at midnight where it is a day.
    pub fn clock(&self, zone: &Zone) -> DateTime {
        match self {
            Self::Day(day) => day.to_datetime(jiff::civil::Time::midnight()),
            Self::Clock(clock, own) => zone.shows(*clock, own),
        }
    }
}

/// The zones of one calendar.
#[derive(Debug)]
pub(super) struct Zones<'a> {
    database: TimeZoneDatabase,
    own: BTreeMap<&'a str, &'a Part<'a>>,
    /// The years for which zones of its own are worked out.
    years: (i16, i16),
    /// What the whole calendar is kept in; there, times in UTC mean its clocks.
    usual: Option<Zone>,
    utc: Zone,
    anywhere: Zone,
    found: RefCell<BTreeMap<String, Zone>>,
    left: RefCell<u64>,
}

impl<'a> Zones<'a> {
    /// The zones that a calendar uses, for the days looked at. What it makes up may take as much work as `left`.
    pub fn of(calendar: &'a Part<'a>, database: &TimeZoneDatabase, from: Date, until: Date, left: u64) -> Self {
        let parts = calendar.parts.iter().filter(|part| part.name == "VTIMEZONE");
        let own = parts.filter_map(|part| Some((part.value("TZID")?, part))).collect();
        let mut zones = Self {
            database: database.clone(),
            own,
            years: (from.year().saturating_sub(2), until.year().saturating_add(1)),
            usual: None,
            utc: Zone::new("UTC", Kind::Known(TimeZone::UTC)),
            anywhere: Zone::new("", Kind::Anywhere),
            found: RefCell::default(),
            left: RefCell::new(left),
        };
        let usual = calendar.value("X-WR-TIMEZONE").map(|name| zones.named(name));
        zones.usual = usual.filter(|zone| zone.unknown().is_none());
        zones
    }

    /// A moment written in a property or a part of one.
    pub fn moment(&self, property: &Property<'_>, text: &str) -> Option<Moment> {
        Some(match written(text)? {
            Written::Day(day) => Moment::Day(day),
            Written::Utc(utc) => self.in_utc(utc),
            Written::Clock(clock) => match property.parameter("TZID").filter(|name| !name.is_empty()) {
                None => Moment::Clock(clock, self.anywhere.clone()),
                Some(name) => match self.named(name) {
                    zone if zone.name == self.utc.name => self.in_utc(clock),
                    zone => Moment::Clock(clock, zone),
                },
            },
        })
    }

    /// The zone of what is in none: wherever one is.
    pub fn anywhere(&self) -> Zone {
        self.anywhere.clone()
    }

    /// A time in UTC.
    pub fn in_utc(&self, utc: DateTime) -> Moment {
        match &self.usual {
            Some(usual) => Moment::Clock(usual.shows(utc, &self.utc), usual.clone()),
            None => Moment::Clock(utc, self.utc.clone()),
        }
    }

    fn named(&self, name: &str) -> Zone {
        if let Some(zone) = self.found.borrow().get(name) {
            return zone.clone();
        }
        let zone = self.look_up(name);
        self.found.borrow_mut().insert(name.to_owned(), zone.clone());
        zone
    }

    fn look_up(&self, name: &str) -> Zone {
        let bare = name.trim().trim_matches(['/', '"']);
        if ["UTC", "Z", "tzone://Microsoft/Utc"].iter().any(|utc| utc.eq_ignore_ascii_case(bare)) {
            return self.utc.clone();
        }
        if let Some(zone) = self.in_database(bare) {
            return Zone::new(name, Kind::Known(zone));
        }
        if let Some(part) = self.own.get(name).or_else(|| self.own.get(bare)) {
            if let Some(zone) = part.value("X-LIC-LOCATION").and_then(|location| self.in_database(location)) {
                return Zone::new(name, Kind::Known(zone));
            }
            if let Some(offsets) = Offsets::of(part, self.years, &mut self.left.borrow_mut()) {
                return Zone::new(name, Kind::Own(Rc::new(offsets)));
            }
        }
        let known = windows::zone(bare).and_then(|zone| self.database.get(zone).ok());
        let known = known.or_else(|| self.shown(bare)).or_else(|| fixed(bare));
        Zone::new(name, known.map_or(Kind::Unknown, Kind::Known))
    }

    /// A zone by the words that Windows shows for it: `(UTC+01:00) Amsterdam, Berlin, Bern`, `(UTC-05:00) Eastern Time (US &
    /// Canada)`. A town says when its clocks are set, which the hours from UTC do not.
    fn shown(&self, name: &str) -> Option<TimeZone> {
        let words = name.strip_prefix('(')?.split_once(')')?.1.trim();
        let standard = words.split_once(" Time").map(|(region, _)| format!("{region} Standard Time"));
        let zone = standard.and_then(|name| windows::zone(&name)).map(str::to_owned).or_else(|| {
            let mut towns = words.split(',').map(str::trim).filter(|town| !town.is_empty());
            towns
                .find_map(|name| self.database.available().map(|zone| zone.to_string()).find(|zone| town(zone) == name))
        });
        self.database.get(&zone?).ok()
    }

    /// A zone of the database, whatever stands before its name: `/mozilla.org/20071231_1/Europe/Berlin`.
    fn in_database(&self, name: &str) -> Option<TimeZone> {
        let mut rest = Some(name);
        while let Some(name) = rest {
            // Clocks are set in places, and a place has a region.
            if (name.contains('/') || rest == Some(name))
                && let Ok(zone) = self.database.get(name)
            {
                return Some(zone);
            }
            rest = name.split_once('/').map(|(_, rest)| rest).filter(|rest| rest.contains('/'));
        }
        None
    }
}

/// The last part of a zone's name, as people write the town.
fn town(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or_default().replace('_', " ")
}

/// A zone that is only said to be some hours from UTC: `(UTC+01:00) Rome, Vienna`, `GMT-0500`.
fn fixed(name: &str) -> Option<TimeZone> {
    let rest = name.trim_start_matches('(');
    let rest = rest.strip_prefix("UTC").or_else(|| rest.strip_prefix("GMT"))?;
    let sign = match rest.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = rest[1..]
        .chars()
        .take_while(|letter| letter.is_ascii_digit() || *letter == ':')
        .filter(|l| *l != ':')
        .collect();
    let (hours, minutes) = if digits.len() > 2 { digits.split_at(digits.len() - 2) } else { (digits.as_str(), "0") };
    let seconds = sign * (3_600 * hours.parse::<i32>().ok()? + 60 * minutes.parse::<i32>().ok()?);
    Offset::from_seconds(seconds).ok().map(TimeZone::fixed)
}
