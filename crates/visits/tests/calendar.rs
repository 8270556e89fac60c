//! Calendars as people's programs export them, in and out.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use visits::{State, Trip, Visit, feed, read};

const FROM: Date = date(2026, 11, 23);
const UNTIL: Date = date(2027, 2, 23);

fn calendar(events: &str) -> String {
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\n{events}END:VCALENDAR\n");
    text.replace('\n', "\r\n")
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nDTSTAMP:20261101T120000Z\n{lines}\nEND:VEVENT\n")
}

fn trips(events: &str) -> Vec<(String, String, String)> {
    let read = read(&calendar(events), FROM, UNTIL).expect("fits");
    read.trips.into_iter().map(|Trip { from, to, location }| (from.to_string(), to.to_string(), location)).collect()
}

fn trip(from: &str, to: &str, location: &str) -> (String, String, String) {
    (from.to_owned(), to.to_owned(), location.to_owned())
}

#[test]
fn whole_days_end_the_day_before_their_end() {
    let fair =
        event("UID:1\nSUMMARY:Fair\nLOCATION:Messe\\, Munich\nDTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261204");
    assert_eq!(trips(&fair), [trip("2026-12-01", "2026-12-03", "Messe, Munich")]);
    let one_day = event("UID:1\nLOCATION:Bern\nDTSTART;VALUE=DATE:20261201");
    assert_eq!(trips(&one_day), [trip("2026-12-01", "2026-12-01", "Bern")]);
}

#[test]
fn hours_are_days_where_the_event_takes_place() {
    let late = "UID:1\nLOCATION:Tokyo\nDTSTART;TZID=Asia/Tokyo:20261201T083000\nDTEND;TZID=Asia/Tokyo:20261202T173000";
    assert_eq!(trips(&event(late)), [trip("2026-12-01", "2026-12-02", "Tokyo")], "not the day before, as in Europe");
    let floating = "UID:2\nLOCATION:Oslo\nDTSTART:20261201T083000\nDTEND:20261201T173000";
    assert_eq!(trips(&event(floating)), [trip("2026-12-01", "2026-12-01", "Oslo")]);
    let utc = "UID:3\nLOCATION:London\nDTSTART:20261201T083000Z\nDTEND:20261201T173000Z";
    assert_eq!(trips(&event(utc)), [trip("2026-12-01", "2026-12-01", "London")]);
}

#[test]
fn what_recurs_is_followed_and_exceptions_count() {
    let weekly = event(
        "UID:w\nLOCATION:Paris\nDTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261125\n\
         RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20261201",
    );
    let moved = event(
        "UID:w\nRECURRENCE-ID;VALUE=DATE:20261208\nLOCATION:Lyon\nDTSTART;VALUE=DATE:20261209\nDTEND;VALUE=DATE:20261210",
    );
    let days = trips(&format!("{weekly}{moved}"));
    let want = [
        trip("2026-11-24", "2026-11-24", "Paris"),
        trip("2026-12-09", "2026-12-09", "Lyon"),
        trip("2026-12-15", "2026-12-15", "Paris"),
    ];
    assert_eq!(days, want);
}

#[test]
fn an_endless_rule_ends_with_the_days_looked_at() {
    for often in ["DAILY", "SECONDLY"] {
        let rule = format!("UID:d\nLOCATION:Rome\nDTSTART:20260101T090000\nDTEND:20260101T100000\nRRULE:FREQ={often}");
        let found = trips(&event(&rule));
        assert!(found.iter().all(|(from, ..)| from.as_str() <= "2027-02-23"), "{often}");
    }
    let daily = event("UID:d\nLOCATION:Rome\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY");
    assert_eq!(trips(&daily).len(), 93, "every day from the first looked at to the last");
}

#[test]
fn what_says_nothing_of_a_place_is_counted_and_what_is_over_or_cancelled_is_not() {
    let events = [
        event("UID:1\nSUMMARY:Dentist\nDTSTART;VALUE=DATE:20261201"),
        event("UID:2\nLOCATION:\nDTSTART;VALUE=DATE:20261201"),
        event("UID:3\nLOCATION:Bern"),
        event("UID:4\nLOCATION:Bern\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20261201"),
        event("UID:5\nLOCATION:Bern\nDTSTART;VALUE=DATE:20261101\nDTEND;VALUE=DATE:20261123"),
        event("UID:6\nLOCATION:Bern\nDTSTART;VALUE=DATE:20270301"),
    ];
    let found = read(&calendar(&events.concat()), FROM, UNTIL).expect("fits");
    assert_eq!((found.trips.len(), found.without_location, found.unread), (0, 2, 1));
}

#[test]
fn what_is_no_calendar_is_said_to_be_none() {
    for text in
        ["", "<html>sign in</html>", "BEGIN:VCARD\nEND:VCARD", "END:VCALENDAR", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"]
    {
        match read(text, FROM, UNTIL) {
            Err(error) => assert!(error.to_string().contains("BEGIN:VCALENDAR")),
            Ok(found) => assert!(text.starts_with("BEGIN:VCALENDAR") && found.trips.is_empty(), "{text}"),
        }
    }
}

#[test]
fn a_long_line_is_folded_and_read_whole() {
    let folded = "UID:1\nLOCATION:Hall 3\\, Messe\\, Mun\n ich\nDTSTART;VALUE=DATE:20261201";
    assert_eq!(trips(&event(folded)), [trip("2026-12-01", "2026-12-01", "Hall 3, Messe, Munich")]);
}

#[test]
fn parts_in_parts_in_parts_are_refused() {
    let deep = format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", "BEGIN:VEVENT\r\n".repeat(200_000));
    let folded = format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", "BEG\r\n IN:VEVENT\r\n".repeat(200_000));
    let crossed = format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", "begin:VEVENT\r\nEND:X\r\n".repeat(200_000));
    let returns = format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", "BEGIN:VEVENT\r".repeat(200_000));
    for text in [deep, folded, crossed, returns] {
        assert!(read(&text, FROM, UNTIL).is_err());
    }
}

#[test]
fn many_endless_rules_keep_nobody_and_lose_nothing() {
    let rule = |n: usize| format!("UID:{n}\nLOCATION:Rome\nDTSTART:19700101T090000\nRRULE:FREQ=SECONDLY");
    let mut events: String = (0..2000).map(|n| event(&rule(n))).collect();
    events += &event("UID:w\nLOCATION:Munich\nDTSTART:20261207T090000\nRRULE:FREQ=WEEKLY;COUNT=5");
    let found = read(&calendar(&events), FROM, UNTIL).expect("fits");
    assert_eq!((found.trips.len(), found.unread), (93 + 5, 0), "a day is a day, however often");
}

fn visit(id: &str, on: Date, state: State) -> Visit {
    Visit {
        id: id.to_owned(),
        visitor: "carla".to_owned(),
        counterpart: "Meridian, Inc.".to_owned(),
        on,
        place: "Munich".to_owned(),
        topics: vec!["the plant that nobody may know of".to_owned()],
        state,
        planned_by: "anna".to_owned(),
    }
}

#[test]
fn the_feed_reads_back_as_the_visits_and_tells_no_topic() {
    let visits = [
        visit("a", date(2026, 12, 1), State::Planned),
        visit("b", date(2026, 12, 5), State::CalledOff),
        visit("c", date(2026, 11, 20), State::Held { on: date(2026, 11, 25), touched_terms: true }),
    ];
    let now = "2026-11-23T10:00:00Z".parse().expect("fits");
    let text = feed(&visits, now);
    let found = read(&text, FROM, UNTIL).expect("fits");
    let days: Vec<String> = found.trips.iter().map(|trip| trip.from.to_string()).collect();
    assert_eq!(days, ["2026-11-25", "2026-12-01"], "what was called off is cancelled");
    assert!(text.contains("Meridian\\, Inc. (carla)") && !text.contains("nobody may know"), "{text}");
    assert!(text.contains("STATUS:CANCELLED"));
    assert_eq!(text, feed(&visits, now), "the same at the same moment");
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fail(text in "(BEGIN:VCALENDAR\r\n)?([ -~é\r\n]{0,80}|BEGIN:VEVENT\r\n|END:VEVENT\r\n|DTSTART[:;][0-9TZ=A-Z]{0,20}\r\n|LOCATION:[a-z\\\\,]{0,9}\r\n|RRULE:FREQ=(DAILY|YEARLY|SECONDLY);?[A-Z=0-9,]{0,12}\r\n){0,12}(END:VCALENDAR)?") {
        let _ = read(&text, FROM, UNTIL);
    }
}
