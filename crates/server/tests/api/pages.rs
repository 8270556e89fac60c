//! The pages as a browser's session meets them, where no script is needed to see it.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::desk::{PASSWORD, Served};

/// A cookie of somebody's session, and the session itself.
fn session(served: &Served, name: &str) -> (String, String) {
    let who = json!({ "name": name, "password": PASSWORD });
    let token = served.raw("POST", "/api/v1/session", &[], Some(&who)).good()["token"].clone();
    let token = token.as_str().expect("a token").to_owned();
    (format!("upstairs_session={token}"), token)
}

#[test]
fn opening_a_page_writes_nothing_on_record() {
    let served = Served::start();
    let id = served.negotiation();
    let (cookie, _) = session(&served, "nora");
    let version = served.get("nora", &format!("/negotiations/{id}")).good()["version"].clone();
    for page in ["", "/join", "/price", "/brief", "/counterpart", "/what-if", "/views", "/message"] {
        let answered = served.raw("GET", &format!("/negotiations/{id}{page}"), &[("cookie", &cookie)], None);
        assert_eq!(answered.status, 200, "{page}");
    }
    let after = served.get("nora", &format!("/negotiations/{id}")).good()["version"].clone();
    assert_eq!(version, after);
}

/// What the table of pages can be asked for, streams apart.
fn addresses(id: &str) -> Vec<String> {
    let table = include_str!("../../src/pages.rs").lines().filter(|line| line.contains("get("));
    let quoted = table.filter_map(|line| line.split('"').nth(1)).filter(|address| !address.ends_with("/events"));
    let addresses: Vec<String> = quoted.map(|address| address.replace("{id}", id).replace("{name}", "nora")).collect();
    assert!(addresses.len() > 25, "{addresses:?}");
    addresses
}

#[test]
fn every_page_asks_who_calls_and_writes_nothing_on_record() {
    let served = Served::start();
    let id = served.negotiation();
    let (cookie, _) = session(&served, "nora");
    let version = served.get("nora", &format!("/negotiations/{id}")).good()["version"].clone();
    for address in addresses(&id) {
        assert!(served.raw("GET", &address, &[("cookie", &cookie)], None).status < 500, "{address}");
        let to_anybody = ["/sign-in", "/welcome", "/assets/"].iter().any(|open| address.starts_with(open));
        // Whoever is sent to sign in is shown that page by the time it is answered.
        let stranger = served.raw("GET", &address, &[], None);
        let signs_in = stranger.body.as_str().is_some_and(|page| page.contains("action=\"/sign-in\""));
        assert!(to_anybody || signs_in || stranger.status != 200, "{address} is shown to anybody");
    }
    let after = served.get("nora", &format!("/negotiations/{id}")).good()["version"].clone();
    assert_eq!(version, after);
}

#[test]
fn where_there_is_nothing_a_browser_is_answered_with_a_page() {
    let served = Served::start();
    let id = served.negotiation();
    let (cookie, _) = session(&served, "nora");
    for (path, status) in [("/nowhere".to_owned(), 404), (format!("/negotiations/{id}/acts/offer"), 405)] {
        for headers in [&[][..], &[("cookie", cookie.as_str())][..]] {
            let answered = served.raw("GET", &path, headers, None);
            assert_eq!(answered.status, status, "{path}");
            let page = answered.body.as_str().expect("a page");
            assert!(page.contains("<html lang=\"en\">") && page.contains("<title>"), "{page}");
        }
    }
    assert_eq!(served.raw("GET", "/api/nowhere", &[], None).refused(), (404, "nothing_here"));
}

#[test]
fn a_stream_ends_with_its_session() {
    let served = Served::start();
    let id = served.negotiation();
    let (cookie, token) = session(&served, "nora");
    let began = Instant::now();
    std::thread::scope(|threads| {
        let listening = ["/events".to_owned(), format!("/negotiations/{id}/events?version=0")].map(|path| {
            let (served, cookie) = (&served, cookie.as_str());
            threads.spawn(move || served.raw("GET", &path, &[("cookie", cookie)], None))
        });
        std::thread::sleep(Duration::from_millis(500));
        let bearer = format!("Bearer {token}");
        assert!(served.raw("DELETE", "/api/v1/session", &[("authorization", &bearer)], None).status < 300);
        for stream in listening {
            let heard = stream.join().expect("a stream");
            assert!(heard.body.as_str().is_some_and(|text| text.contains("changed")), "{}", heard.body);
        }
    });
    assert!(began.elapsed() < Duration::from_secs(10));
    assert_eq!(served.raw("GET", "/events", &[("cookie", &cookie)], None).status, 401);
}
