//! What calendars have that a reader may lose without a word, by kind: what was lost of it once, and what is named now.

use jiff::civil::{Date, date};
use visits::{Calendar, read};

const FROM: Date = date(2026, 11, 23);
const UNTIL: Date = date(2027, 11, 23);

fn calendar(inside: &str) -> Calendar {
    read(&format!("BEGIN:VCALENDAR\nVERSION:2.0\n{inside}\nEND:VCALENDAR\n"), FROM, UNTIL).expect("fits")
}

fn event(lines: &str) -> Calendar {
    calendar(&format!("BEGIN:VEVENT\nUID:1\nLOCATION:Munich\n{lines}\nEND:VEVENT"))
}

/// First and last days, as `12-07 12-08`.
fn days(calendar: &Calendar) -> Vec<String> {
    let short = |day: Date| day.strftime("%m-%d").to_string();
    calendar.trips.iter().map(|trip| format!("{} {}", short(trip.from), short(trip.to))).collect()
}

const OUTLOOK: &str = "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16011028T030000\n\
    RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nBEGIN:DAYLIGHT\n\
    DTSTART:16010325T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\n\
    END:VTIMEZONE\n";

#[test]
fn series_are_followed_whatever_their_zone_is_called() {
    for zone in [
        "Europe/Berlin",
        "W. Europe Standard Time",
        "\"W. Europe Standard Time\"",
        "Customized Time Zone",
        "/mozilla.org/20071231_1/Europe/Berlin",
        "/softwarestudio.org/Olson_20011030_5/Europe/Berlin",
        "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin",
        "(UTC+01:00) Amsterdam, Berlin, Bern, Rome",
        "\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome\"",
    ] {
        // 22:30 in UTC is 23:30 there: the last one is the fourth, and the second is excepted.
        let series = format!(
            "{OUTLOOK}BEGIN:VEVENT\nUID:1\nLOCATION:Munich\nDTSTART;TZID={zone}:20261207T233000\n\
             DTEND;TZID={zone}:20261208T170000\nRRULE:FREQ=MONTHLY;BYDAY=1MO;UNTIL=20270301T223000Z\n\
             EXDATE:20270104T223000Z\nEND:VEVENT"
        );
        let found = calendar(&series);
        assert_eq!(days(&found), ["12-07 12-08", "02-01 02-02", "03-01 03-02"], "{zone}");
        assert_eq!(found.not_read, [], "{zone}");
    }
}

#[test]
fn zones_by_the_words_that_are_shown_for_them_know_summer() {
    for (zone, hours) in
        [("(UTC+01:00) Amsterdam, Berlin, Bern, Rome", 21), ("(UTC-05:00) Eastern Time (US & Canada)", 27)]
    {
        let until =
            date(2027, 7, 5).at(0, 30, 0, 0).checked_add(jiff::SignedDuration::from_hours(hours)).expect("fits");
        let lines = format!(
            "DTSTART;TZID=\"{zone}\":20270601T233000\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1,5;UNTIL={}",
            until.strftime("%Y%m%dT%H%M%SZ")
        );
        assert_eq!(days(&event(&lines)), ["06-01 06-01", "06-05 06-05", "07-01 07-01", "07-05 07-05"], "{zone}");
    }
}

#[test]
fn a_zone_that_nobody_knows_is_named_where_it_matters() {
    let known = event("DTSTART;TZID=Mars:20261207T090000\nRRULE:FREQ=DAILY;COUNT=2");
    assert_eq!((days(&known).len(), known.unread), (2, 0), "the clock on the wall is enough");
    let matters = event("DTSTART;TZID=Mars:20261207T090000\nRRULE:FREQ=DAILY;UNTIL=20261209T090000Z");
    assert_eq!((days(&matters).len(), matters.unread), (3, 1));
    assert!(matters.not_read[0].why.contains("'Mars'"), "{:?}", matters.not_read);
}

#[test]
fn lengths_are_as_good_as_ends() {
    assert_eq!(days(&event("DTSTART:20261210T170000Z\nDURATION:P2D")), ["12-10 12-12"]);
    assert_eq!(days(&event("DTSTART;VALUE=DATE:20261214\nDURATION:P1W")), ["12-14 12-20"]);
    assert_eq!(days(&event("DTSTART:20261214T090000\nDURATION:PT39H")), ["12-14 12-15"], "to midnight");
    let alarm = "DTSTART:20261214T090000\nBEGIN:VALARM\nDURATION:P9D\nEND:VALARM";
    assert_eq!(days(&event(alarm)), ["12-14 12-14"], "an alarm's is the alarm's");
}

#[test]
fn midnight_belongs_to_the_day_before() {
    for (begins, ends) in [
        (":20261201T000000", ":20261204T000000"),
        (";VALUE=DATE:20261201", ";VALUE=DATE:20261204"),
        (";TZID=Europe/Berlin:20261201T090000", ";TZID=Europe/Berlin:20261203T240000"),
    ] {
        assert_eq!(days(&event(&format!("DTSTART{begins}\nDTEND{ends}"))), ["12-01 12-03"]);
    }
    assert_eq!(days(&event("DTSTART:20261201T000000\nDTEND:20261201T000000")), ["12-01 12-01"]);
}

#[test]
fn a_day_as_the_end_of_a_rule_is_within_it() {
    let until = "DTSTART;TZID=Europe/Berlin:20261207T100000\nRRULE:FREQ=DAILY;UNTIL=20261209";
    assert_eq!(days(&event(until)), ["12-07 12-07", "12-08 12-08", "12-09 12-09"]);
}

#[test]
fn days_named_one_by_one_are_read_with_lengths_of_their_own() {
    let dates = "DTSTART:20261201T090000\nDTEND:20261201T170000\n\
                 RDATE;VALUE=PERIOD:20261210T090000/20261212T170000,20261220T090000/P3D\nRDATE:20261224T090000\n\
                 RDATE;VALUE=DATE:20261227";
    let want = ["12-01 12-01", "12-10 12-12", "12-20 12-23", "12-24 12-24", "12-27 12-27"];
    assert_eq!(days(&event(dates)), want);
}

#[test]
fn several_rules_hold_together_and_days_except_times() {
    let rules = "DTSTART:20261201T090000\nRRULE:FREQ=WEEKLY;COUNT=3\nRRULE:FREQ=MONTHLY;BYMONTHDAY=24;COUNT=2\n\
                 EXDATE;VALUE=DATE:20261208,20270124\nEXRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=9";
    assert_eq!(days(&event(rules)), ["12-01 12-01", "12-15 12-15"]);
}

#[test]
fn weekdays_with_a_number_stand_beside_such_without() {
    let either = event("DTSTART:20270101T090000\nRRULE:FREQ=MONTHLY;BYDAY=1SA,FR;COUNT=6");
    let want = ["01-01 01-01", "01-02 01-02", "01-08 01-08", "01-15 01-15", "01-22 01-22", "01-29 01-29"];
    assert_eq!(days(&either), want);
}

#[test]
fn several_calendars_are_one_text() {
    let of = |method: &str, lines: &str| {
        format!(
            "BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:a\nLOCATION:Munich\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
        )
    };
    let asked = of("REQUEST", "DTSTART:20261201T090000\nRRULE:FREQ=DAILY;COUNT=3\nSEQUENCE:0");
    let moved = of("REQUEST", "DTSTART:20261212T090000\nRECURRENCE-ID:20261202T090000");
    let without = of("CANCEL", "DTSTART:20261203T090000\nRECURRENCE-ID:20261203T090000");
    let all = read(&format!("{asked}\n{moved}{without}"), FROM, UNTIL).expect("fits");
    assert_eq!(days(&all), ["12-01 12-01", "12-12 12-12"]);
    let off = of("CANCEL", "DTSTART:20261201T090000\nSEQUENCE:1");
    assert_eq!(days(&read(&format!("{asked}{off}"), FROM, UNTIL).expect("fits")), [""; 0]);
}

#[test]
fn a_change_for_all_that_follows_takes_them_along() {
    let text = "BEGIN:VEVENT\nUID:a\nLOCATION:Munich\nDTSTART:20261201T090000\nRRULE:FREQ=DAILY;COUNT=4\nEND:VEVENT\n\
                BEGIN:VEVENT\nUID:a\nLOCATION:Bern\nDTSTART:20261213T090000\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261203T090000\nEND:VEVENT";
    let found = calendar(text);
    assert_eq!(days(&found), ["12-01 12-01", "12-02 12-02", "12-13 12-13", "12-14 12-14"]);
    assert_eq!(found.trips[3].location, "Bern");
}

#[test]
fn limits_are_those_of_a_series_and_what_lies_beyond_is_named() {
    let forever: String = (0..60)
        .map(|n| {
            format!("BEGIN:VEVENT\nUID:{n}\nDTSTART:20150105T090000\nRRULE:FREQ=DAILY\nLOCATION:Room 4\nEND:VEVENT\n")
        })
        .collect();
    let munich =
        "BEGIN:VEVENT\nUID:w\nDTSTART:20261207T090000\nRRULE:FREQ=WEEKLY;COUNT=5\nLOCATION:Munich\nEND:VEVENT\n";
    let long =
        "BEGIN:VEVENT\nUID:x\nDTSTART:19700101T000000\nRRULE:FREQ=MINUTELY;COUNT=90000000\nLOCATION:Ulm\nEND:VEVENT";
    let found = calendar(&format!("{forever}{munich}{long}"));
    assert_eq!(found.trips.iter().filter(|trip| trip.location == "Munich").count(), 5);
    assert_eq!((found.unread, found.not_read[0].location.as_str()), (1, "Ulm"));
    assert_eq!(found.not_read[0].from, Some(date(1970, 1, 1)));
    assert!(found.not_read[0].why.contains("too often"), "{:?}", found.not_read);
    let rooms: String = (0..20)
        .map(|n| forever.replace("UID:", &format!("UID:{n}.")).replace("Room 4", &format!("Room {n}")))
        .collect();
    let many = calendar(&rooms);
    assert_eq!((many.trips.len(), many.unread), (5_000, 20 * 366 - 5_000));
    assert!(many.not_read[0].why.contains("beyond the first 5000"), "{:?}", many.not_read);
}

#[test]
fn what_is_not_read_is_named_and_the_rest_is_read() {
    for (lines, part, trips) in [
        ("DTSTART:20261207T090000\nRRULE:FREQ=FORTNIGHTLY", "FREQ", 1),
        ("DTSTART:20261207T090000\nRRULE:W1 MO #5", "its form", 1),
        ("DTSTART:20261207T090000\nRRULE:RSCALE=CHINESE;FREQ=YEARLY", "RSCALE", 1),
        ("DTSTART;VALUE=DATE:20261207\nRRULE:FREQ=HOURLY", "FREQ", 1),
        ("DTSTART:20261207T090000\nRDATE:soon", "RDATE", 1),
        ("DTSTART:20261207T090000\nEXDATE:soon", "EXDATE", 1),
        ("DTSTART:20261207T090000\nDURATION:long", "DURATION", 1),
        ("DTSTART:20261207T090000\nDTEND:later", "DTEND", 1),
        ("DTSTART:20261207T090000\nRECURRENCE-ID:then", "RECURRENCE-ID", 1),
        ("DTSTART:2026-13-07", "DTSTART", 0),
        ("DTEND:20261207T090000", "DTSTART", 0),
        ("DTSTART:2026\u{0}1207", "DTSTART", 0),
    ] {
        let found = event(lines);
        assert_eq!((found.trips.len(), found.unread, found.not_read.len()), (trips, 1, 1), "{lines}");
        let told = &found.not_read[0];
        assert_eq!((told.line, told.location.as_str()), (3, "Munich"), "{lines}");
        assert!(told.why.contains(part), "{lines}: {told:?}");
    }
}

#[test]
fn a_calendar_in_utc_that_names_its_zone_is_in_that_zone() {
    let late = "X-WR-TIMEZONE:Asia/Tokyo\nBEGIN:VEVENT\nUID:1\nLOCATION:Tokyo\nDTSTART:20261206T230000Z\n\
                DTEND:20261207T080000Z\nEND:VEVENT";
    assert_eq!(days(&calendar(late)), ["12-07 12-07"]);
    let arriving = event("DTSTART;TZID=Europe/Berlin:20261206T220000\nDTEND;TZID=Asia/Tokyo:20261208T001500");
    assert_eq!(days(&arriving), ["12-06 12-08"], "the day of arrival, where one arrives");
}
