//! One event of a calendar: when it begins, how long it takes, and when it takes place again.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};

use super::lines::{Part, unescaped};
use super::moment::{Length, Written, length};
use super::recur::Series;
use super::rule::Rule;
use super::zone::{Moment, Zone, Zones};

/// Days and times that one series may look at. A daily one that has gone on for five hundred years stays below.
const LOOKS: u64 = 200_000;
/// Letters of a location, or of a zone's name, that are kept.
const LETTERS: usize = 200;

/// An event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event<'a> {
    pub part: &'a Part<'a>,
    pub zones: &'a Zones<'a>,
    /// Whether the whole calendar is there to call off what it holds.
    pub called_off: bool,
}

/// What is wrong with an event, in words.
pub(super) type Wrong = BTreeSet<String>;

/// When an event takes place for the first time.
#[derive(Clone, Debug)]
pub(super) struct Start {
    pub at: DateTime,
    pub zone: Zone,
    pub whole_days: bool,
    pub length: Length,
}

/// Days and times that are excepted, on the clocks of the place.
#[derive(Debug, Default)]
pub(super) struct Excepted {
    days: BTreeSet<Date>,
    times: BTreeSet<DateTime>,
}

impl Excepted {
    pub fn has(&self, at: DateTime) -> bool {
        self.times.contains(&at) || self.days.contains(&at.date())
    }

    /// Adds a moment, as the event of `start` sees it.
    pub fn add(&mut self, moment: &Moment, start: &Start) {
        match moment {
            Moment::Day(day) => drop(self.days.insert(*day)),
            moment if start.whole_days => drop(self.days.insert(moment.clock(&start.zone).date())),
            moment => drop(self.times.insert(moment.clock(&start.zone))),
        }
    }
}

impl Event<'_> {
    pub fn sequence(&self) -> i64 {
        self.part.value("SEQUENCE").and_then(|sequence| sequence.parse().ok()).unwrap_or_default()
    }

    pub fn is_cancelled(&self) -> bool {
        self.called_off || self.part.value("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED"))
    }

    /// Where it is, on one line and without what is not text; none where it does not say.
    pub fn location(&self) -> Option<String> {
        Some(tidy(&unescaped(self.part.value("LOCATION")?))).filter(|location| !location.is_empty())
    }

    /// The occurrence of a series that it stands in for.
    pub fn replaces(&self) -> Option<Moment> {
        let property = self.part.first("RECURRENCE-ID")?;
        self.zones.moment(property, &property.value)
    }

    /// Whether it stands in for all later ones as well.
    pub fn and_later(&self) -> bool {
        let range = self.part.first("RECURRENCE-ID").and_then(|property| property.parameter("RANGE"));
        range.is_some_and(|range| range.eq_ignore_ascii_case("THISANDFUTURE"))
    }

    /// When it begins; none where that can't be made out.
    pub fn start(&self, wrong: &mut Wrong) -> Option<Start> {
        let Some(property) = self.part.first("DTSTART") else {
            wrong.insert("says no day on which it begins (DTSTART)".to_owned());
            return None;
        };
        let Some(moment) = self.zones.moment(property, &property.value) else {
            wrong.insert(not_made_out("DTSTART"));
            return None;
        };
        let (zone, whole_days) = match &moment {
            Moment::Day(_) => (self.zones.anywhere(), true),
            Moment::Clock(_, zone) => (zone.clone(), false),
        };
        let at = moment.clock(&zone);
        let length = self.length(at, &zone, whole_days, wrong);
        Some(Start { at, zone, whole_days, length })
    }

    fn length(&self, start: DateTime, zone: &Zone, whole_days: bool, wrong: &mut Wrong) -> Length {
        let usual = Length { days: i64::from(whole_days), seconds: 0 };
        if let Some(property) = self.part.first("DTEND") {
            return match self.zones.moment(property, &property.value) {
                // Where somebody arrives in another zone, the day is that of their arrival there.
                Some(Moment::Clock(end, own)) if !own.is_utc() => Length::between(start, own_clock(end, &own, zone)),
                Some(end) => Length::between(start, end.clock(zone)),
                None => {
                    wrong.insert(not_made_out("DTEND"));
                    usual
                }
            };
        }
        let Some(text) = self.part.value("DURATION") else { return usual };
        length(text).unwrap_or_else(|| {
            wrong.insert(not_made_out("DURATION"));
            usual
        })
    }

    /// Days and times at which it does not take place.
    pub fn excepted(&self, start: &Start, wrong: &mut Wrong) -> Excepted {
        let mut excepted = Excepted::default();
        for moment in self.listed("EXDATE", wrong) {
            note_unknown(&moment, &start.zone, wrong);
            excepted.add(&moment, start);
        }
        excepted
    }

    /// When it takes place so that it begins from `since` to `horizon`, what is excepted left in, and how long each takes.
    pub fn occurrences(
        &self,
        start: &Start,
        since: DateTime,
        horizon: DateTime,
        left: &mut u64,
        wrong: &mut Wrong,
    ) -> BTreeMap<DateTime, Length> {
        let mut times = BTreeMap::new();
        let ends = self.follow("RRULE", start, (since, horizon), left, wrong, &mut |at| {
            times.insert(at, start.length);
        });
        // Programs take a series out by letting it end before it begins.
        if start.at <= horizon && ends.is_none_or(|end| start.at <= end) {
            times.insert(start.at, start.length);
        }
        self.add_dates(start, horizon, wrong, &mut times);
        self.follow("EXRULE", start, (since, horizon), left, wrong, &mut |at| {
            times.remove(&at);
        });
        times
    }

    /// Hands on the times of all rules of a name, and tells when the last of those ends that have an end.
    fn follow(
        &self,
        name: &str,
        start: &Start,
        (since, horizon): (DateTime, DateTime),
        left: &mut u64,
        wrong: &mut Wrong,
        found: &mut dyn FnMut(DateTime),
    ) -> Option<DateTime> {
        let mut ends: Option<DateTime> = None;
        for property in self.part.all(name) {
            let rule = match Rule::read(&property.value) {
                Ok(rule) if start.whole_days && rule.is_of_hours() => Err("FREQ"),
                read => read,
            };
            let rule = match rule {
                Ok(rule) => rule,
                Err(part) => {
                    wrong.insert(format!("recurs by a rule that is not understood ({name}, {part})"));
                    continue;
                }
            };
            let until = rule.until.and_then(|until| self.until(until, start, wrong));
            ends = ends.max(until);
            let series = Series { rule: &rule, start: start.at, whole_days: start.whole_days, until };
            let mut own = LOOKS.min(*left);
            let had = own;
            let mut furthest = None;
            let is_whole = series.walk(since, horizon, &mut own, &mut |at| {
                furthest = Some(at);
                found(at);
            });
            *left -= had - own;
            if !is_whole {
                let to = furthest.map_or_else(|| "its start".to_owned(), |at: DateTime| at.date().to_string());
                wrong.insert(format!("recurs too often, and is followed to {to} only"));
            }
        }
        ends
    }

    /// The last time that a rule may have, on the clocks of the start. A day has it to its end, as people mean it, also where the
    /// start has a time, of which the standard says nothing.
    fn until(&self, until: Written, start: &Start, wrong: &mut Wrong) -> Option<DateTime> {
        let clock = match until {
            Written::Day(day) => return Some(day.at(23, 59, 59, 0)),
            Written::Utc(utc) | Written::Clock(utc) if start.whole_days => return Some(utc.date().at(23, 59, 59, 0)),
            Written::Clock(clock) => clock,
            Written::Utc(utc) => {
                let moment = self.zones.in_utc(utc);
                note_unknown(&moment, &start.zone, wrong);
                moment.clock(&start.zone)
            }
        };
        Some(clock)
    }

    /// The times that are listed one by one, some with lengths of their own.
    fn add_dates(&self, start: &Start, horizon: DateTime, wrong: &mut Wrong, times: &mut BTreeMap<DateTime, Length>) {
        for property in self.part.all("RDATE") {
            for text in property.value.split(',') {
                let (begins, ends) = text.split_once('/').map_or((text, None), |(begins, ends)| (begins, Some(ends)));
                let Some(moment) = self.zones.moment(property, begins) else {
                    wrong.insert(not_made_out("RDATE"));
                    continue;
                };
                note_unknown(&moment, &start.zone, wrong);
                let at = match moment {
                    // A day in a series of times: at its usual time.
                    Moment::Day(day) => day.to_datetime(start.at.time()),
                    moment if start.whole_days => moment.clock(&start.zone).date().to_datetime(start.at.time()),
                    moment => moment.clock(&start.zone),
                };
                let own = ends.map(|ends| {
                    let end = || Some(self.zones.moment(property, ends)?.clock(&start.zone));
                    length(ends).or_else(|| Some(Length::between(at, end()?)))
                });
                if own == Some(None) {
                    wrong.insert(not_made_out("RDATE"));
                }
                if at <= horizon {
                    times.insert(at, own.flatten().unwrap_or(start.length));
                }
            }
        }
    }

    fn listed(&self, name: &str, wrong: &mut Wrong) -> Vec<Moment> {
        let mut moments = Vec::new();
        for property in self.part.all(name) {
            for text in property.value.split(',').filter(|text| !text.trim().is_empty()) {
                match self.zones.moment(property, text) {
                    Some(moment) => moments.push(moment),
                    None => drop(wrong.insert(not_made_out(name))),
                }
            }
        }
        moments
    }
}

/// A clock where one arrives; where it is in a zone that nobody knows, the clock at the start.
fn own_clock(end: DateTime, own: &Zone, start: &Zone) -> DateTime {
    if own.unknown().is_some() { start.shows(end, own) } else { end }
}

/// Notes that a time had to be taken as it is written, for the zone that it is in, or is to be seen in, is not known.
fn note_unknown(moment: &Moment, seen_in: &Zone, wrong: &mut Wrong) {
    let Moment::Clock(_, own) = moment else { return };
    if own.is_same(seen_in) {
        return;
    }
    if let Some(name) = own.unknown().or_else(|| seen_in.unknown()) {
        let name = tidy(name);
        wrong.insert(format!("is in a time zone that is not known, '{name}': its hours are taken as they are written"));
    }
}

/// The words for a property that holds no day or time.
pub(super) fn not_made_out(name: &str) -> String {
    format!("has a day or time that can't be made out ({name})")
}

/// A text on one line, without what is not text.
pub(super) fn tidy(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LETTERS).collect()
}
