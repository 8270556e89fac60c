//! Visits as a calendar to subscribe to. Calendars are copied to phones and shared, so nothing that is ours alone is in it:
//! no topics, no warnings, and no notes.

use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus};
use jiff::Timestamp;

use crate::visit::{State, Visit};

/// The feed of visits, as of `now`. What was called off stays, marked so, that calendars take it out.
pub fn feed(visits: &[Visit], now: Timestamp) -> String {
    let mut calendar = Calendar::new();
    calendar.name("Visits");
    for visit in visits {
        calendar.push(event(visit, now));
    }
    calendar.done().to_string()
}

fn event(visit: &Visit, now: Timestamp) -> Event {
    let on = match visit.state {
        State::Held { on, .. } | State::Debriefed { on, .. } => on,
        State::Planned | State::CalledOff => visit.on,
    };
    let status = if visit.state == State::CalledOff { EventStatus::Cancelled } else { EventStatus::Confirmed };
    let mut event = Event::with_uid(&format!("{}@upstairs", visit.id));
    event
        .summary(&format!("Visit: {} ({})", visit.counterpart, visit.visitor))
        .location(&visit.place)
        .class(Class::Private)
        .status(status);
    let ends = on.tomorrow().unwrap_or(on);
    let compact = "%Y%m%d";
    for (key, day) in [("DTSTART", on), ("DTEND", ends)] {
        let mut property = icalendar::Property::new(key, day.strftime(compact).to_string());
        property.add_parameter("VALUE", "DATE");
        event.append_property(property.done());
    }
    event.add_property("DTSTAMP", now.strftime("%Y%m%dT%H%M%SZ").to_string());
    event.done()
}
