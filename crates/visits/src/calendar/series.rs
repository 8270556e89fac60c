//! Events of one name put together: a series, what was changed of it, and the trips that come of both.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, ToSpan};

use super::event::{Event, Excepted, Start, Wrong, not_made_out};
use super::moment::Length;
use super::{NotRead, Trip};

/// A calendar on its way to be read.
#[derive(Debug)]
pub(super) struct Reading {
    from: Date,
    until: Date,
    left: u64,
    pub trips: BTreeSet<Trip>,
    pub without_location: usize,
    pub unread: usize,
    pub not_read: Vec<NotRead>,
}

/// An event that stands in for an occurrence of a series, as the series sees it.
struct Instead<'e, 'a> {
    event: &'e Event<'a>,
    start: Option<Start>,
    of: DateTime,
}

impl Reading {
    pub fn new(from: Date, until: Date, left: u64) -> Self {
        let (trips, not_read) = (BTreeSet::new(), Vec::new());
        Self { from, until, left, trips, without_location: 0, unread: 0, not_read }
    }

    /// The trips of the events that have one name.
    pub fn take(&mut self, events: &[Event<'_>]) {
        let (changes, series): (Vec<Event<'_>>, Vec<Event<'_>>) =
            newest(events).into_iter().partition(|event| event.part.first("RECURRENCE-ID").is_some());
        let mut called_off: Vec<(Start, Excepted)> = Vec::new();
        for event in &series {
            let mut wrong = Wrong::new();
            let start = event.start(&mut wrong);
            if let Some(start) = &start {
                let excepted = event.excepted(start, &mut wrong);
                self.follow(event, start, &excepted, &changes, &mut wrong);
                called_off.push((start.clone(), excepted));
            } else if !event.is_cancelled() && event.location().is_none() {
                self.without_location += 1;
                continue;
            }
            if !event.is_cancelled() {
                self.tell(event, start.as_ref(), wrong);
            }
        }
        for event in changes.iter().filter(|event| !event.is_cancelled()) {
            let is_excepted = |(start, excepted): &(Start, Excepted)| {
                event.replaces().is_some_and(|of| excepted.has(of.clock(&start.zone)))
            };
            if !called_off.iter().any(is_excepted) {
                self.stand_in(event);
            }
        }
    }

    /// The trip of an event that stands in for an occurrence.
    fn stand_in(&mut self, event: &Event<'_>) {
        let mut wrong = Wrong::new();
        let start = event.start(&mut wrong);
        if event.replaces().is_none() {
            wrong.insert(not_made_out("RECURRENCE-ID"));
        }
        match (event.location(), &start) {
            (None, _) => self.without_location += 1,
            (Some(location), start) => {
                if let Some(start) = start {
                    self.keep(start.at, start.length, &location);
                }
                self.tell(event, start.as_ref(), wrong);
            }
        }
    }

    /// The trips of a series, or of an event that takes place once.
    fn follow(
        &mut self,
        event: &Event<'_>,
        start: &Start,
        excepted: &Excepted,
        changes: &[Event<'_>],
        wrong: &mut Wrong,
    ) {
        let is_cancelled = event.is_cancelled();
        let location = event.location().filter(|_| !is_cancelled);
        if location.is_none() && !is_cancelled {
            self.without_location += 1;
            wrong.clear();
        }
        let mut replaced = Excepted::default();
        let mut later: Vec<Instead<'_, '_>> = Vec::new();
        for change in changes {
            let Some(of) = change.replaces() else { continue };
            replaced.add(&of, start);
            if change.and_later() {
                let own = change.start(&mut Wrong::new());
                later.push(Instead { event: change, start: own, of: of.clock(&start.zone) });
            }
        }
        later.sort_by_key(|instead| instead.of);
        if location.is_none() && later.is_empty() {
            return;
        }
        let Some((since, horizon)) = self.begins_within(start, &later) else { return };
        let times = event.occurrences(start, since, horizon, &mut self.left, wrong);
        for (at, length) in times {
            if excepted.has(at) || replaced.has(at) {
                continue;
            }
            match later.iter().rev().find(|instead| instead.of < at) {
                Some(instead) => self.keep_later(instead, at),
                None => {
                    if let Some(location) = &location {
                        self.keep(at, length, location);
                    }
                }
            }
        }
    }

    /// The trip of an occurrence that goes by an event which stands in for an earlier one and all that follow.
    fn keep_later(&mut self, instead: &Instead<'_, '_>, at: DateTime) {
        let (Some(start), Some(location)) = (&instead.start, instead.event.location()) else { return };
        let moved = instead.of.duration_until(start.at);
        if !instead.event.is_cancelled()
            && let Ok(at) = at.checked_add(moved)
        {
            self.keep(at, start.length, &location);
        }
    }

    /// The times from and to which an occurrence can begin so that it touches the days looked at.
    fn begins_within(&self, start: &Start, later: &[Instead<'_, '_>]) -> Option<(DateTime, DateTime)> {
        let mut days = start.length.most_days();
        let mut apart = 0;
        for instead in later {
            let Some(own) = &instead.start else { continue };
            days = days.max(own.length.most_days());
            apart = apart.max(instead.of.duration_until(own.at).as_secs().saturating_abs() / 86_400 + 1);
        }
        let earliest = Span::new().try_days(days.saturating_add(apart)).ok();
        let earliest = earliest.and_then(|days| self.from.checked_sub(days).ok()).unwrap_or(Date::MIN);
        let latest = self.until.checked_add(Span::new().try_days(apart).ok()?).unwrap_or(Date::MAX);
        Some((earliest.to_datetime(Time::midnight()), latest.at(23, 59, 59, 0)))
    }

    /// Keeps a trip that touches the days looked at.
    fn keep(&mut self, at: DateTime, length: Length, location: &str) {
        let (from, to) = (at.date(), last_day(at, length));
        if from <= self.until && to >= self.from {
            self.trips.insert(Trip { from, to, location: location.to_owned() });
        }
    }

    /// Tells of an event what was not read of it.
    fn tell(&mut self, event: &Event<'_>, start: Option<&Start>, wrong: Wrong) {
        if wrong.is_empty() {
            return;
        }
        self.unread += 1;
        self.not_read.push(NotRead {
            line: event.part.line,
            from: start.map(|start| start.at.date()),
            location: event.location().unwrap_or_default(),
            why: wrong.into_iter().collect::<Vec<_>>().join("; "),
        });
    }
}

/// Of events that tell of the same, those that were written last.
fn newest<'a>(events: &[Event<'a>]) -> Vec<Event<'a>> {
    let of = |event: &Event<'_>| event.part.value("RECURRENCE-ID").map(str::to_owned);
    let mut last: BTreeMap<Option<String>, i64> = BTreeMap::new();
    for event in events {
        let sequence = last.entry(of(event)).or_insert(event.sequence());
        *sequence = event.sequence().max(*sequence);
    }
    events.iter().filter(|event| last.get(&of(event)) == Some(&event.sequence())).copied().collect()
}

/// The last day of what begins then. Midnight belongs to the day before.
fn last_day(at: DateTime, length: Length) -> Date {
    let end = length.after(at).unwrap_or(DateTime::MAX);
    if end <= at {
        return at.date();
    }
    end.checked_sub(1.second()).map_or(at.date(), DateTime::date).max(at.date())
}
