//! Calendars at an address: read again when they are due, and kept as they were when that fails.

use app::book::Source;
use app::{Desk, Params};
use jiff::{SignedDuration, Timestamp};
use store::{Location, Store};

fn calendar(place: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nLOCATION:{place}\r\n\
         DTSTART;VALUE=DATE:20261201\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

#[test]
fn what_fails_leaves_the_trips_as_they_were_and_is_tried_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(&Location::File(folder.path().join("records.db"))).await.expect("a store");
        let desk = Desk::new(store, Params::DEFAULT);
        let bea = desk.accounts.local("bea").await.expect("bea");
        let begin: Timestamp = "2026-11-23T09:00:00Z".parse().expect("a time");
        let hours = |hours: i64| begin + SignedDuration::from_hours(hours);
        let source = Source::Address("https://example.com/secret".to_owned());
        desk.keep_calendar(&bea, source, &calendar("Bern"), begin).await.expect("kept");
        let due = async |at| desk.calendars_due(at).await.expect("read");
        assert_eq!(due(hours(5)).await, []);
        assert_eq!(due(hours(6)).await, [("bea".to_owned(), "https://example.com/secret".to_owned())]);

        let kept = async || desk.calendar(&bea).await.expect("read").expect("kept");
        let place = async || kept().await.calendar.trips[0].location.clone();
        for failed in [Err("the host can't be reached".to_owned()), Ok("<html>sign in</html>".to_owned())] {
            desk.reread_calendar("bea", failed, hours(6)).await.expect("noted");
            assert_eq!((kept().await.read_at, place().await.as_str()), (begin, "Bern"));
            assert!(kept().await.trouble.is_some());
            assert_eq!(due(hours(7)).await, [], "it is not knocked at without end");
        }
        desk.reread_calendar("bea", Ok(calendar("Oslo")), hours(12)).await.expect("read");
        assert_eq!((kept().await.trouble, place().await.as_str()), (None, "Oslo"));

        desk.forget_calendar(&bea, hours(12)).await.expect("forgotten");
        desk.reread_calendar("bea", Ok(calendar("Oslo")), hours(13)).await.expect("too late, which is no fault");
        assert_eq!(desk.calendar(&bea).await.expect("read"), None);

        desk.keep_calendar(&bea, Source::File, &calendar("Bern"), hours(13)).await.expect("kept");
        assert_eq!(due(hours(99)).await, [], "a file is read once");
    });
}
