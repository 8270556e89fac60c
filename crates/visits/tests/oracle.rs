//! Calendars after the standard and the vendors' habits, held to what python-icalendar with recurring-ical-events make of them.
//! `xtask/peers/calendars.py` writes both; no Python is needed here.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use visits::read;

#[test]
fn trips_are_the_oracles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/calendars");
    let wanted = fs::read_to_string(folder.join("trips.json")).expect("the oracle's trips");
    let wanted: BTreeMap<String, Vec<[String; 3]>> = serde_json::from_str(&wanted).expect("trips by calendar");
    assert!(wanted.len() >= 60, "{} calendars", wanted.len());
    let mut wrong = Vec::new();
    for (name, wanted) in &wanted {
        let text = fs::read_to_string(folder.join(format!("{name}.ics"))).expect("a calendar");
        let found = read(&text, date(2026, 11, 23), date(2027, 11, 23)).expect("a calendar");
        let trips: Vec<[String; 3]> = found
            .trips
            .iter()
            .map(|trip| [trip.from.to_string(), trip.to.to_string(), trip.location.clone()])
            .collect();
        if &trips != wanted || found.unread > 0 {
            wrong.push(format!("{name}:\n  ours  {trips:?}\n  want  {wanted:?}\n  {:?}", found.not_read));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ\n{}", wrong.len(), wanted.len(), wrong.join("\n"));
}
