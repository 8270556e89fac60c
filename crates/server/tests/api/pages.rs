//! The pages as a browser's session meets them, where no script is needed to see it.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::desk::{PASSWORD, Served};

/// A cookie of somebody's session, and the session itself.
pub fn session(served: &Served, name: &str) -> (String, String) {
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
pub fn addresses(id: &str) -> Vec<String> {
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

/// A start that makes sense.
const START: [(&str, &str); 10] = [
    ("counterpart", "Cloudbase"),
    ("point", "."),
    ("role", "buyer"),
    ("currency", "EUR"),
    ("walk_away", "480,000"),
    ("target", "415,000"),
    ("low", "425,000"),
    ("likely", "447,000"),
    ("high", "466,000"),
    ("done_by", "2099-12-18"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = START.into_iter().filter(|(name, _)| changes.iter().all(|(other, _)| other != name));
    kept.chain(changes.iter().copied()).collect()
}

#[test]
fn a_start_says_all_that_is_wrong_and_keeps_what_was_typed() {
    let served = Served::start();
    let (cookie, _) = session(&served, "nora");
    let count = || served.get("nora", "/negotiations").good()["negotiations"].as_array().map_or(0, Vec::len);
    let before = count();
    let (status, page) =
        served.form(&cookie, "/open", &with(&[("target", "4m5"), ("likely", "much"), ("done_by", "2020-01-01")]));
    assert_eq!(status, 422);
    for part in ["3 things to put right", "4m5", "much", "That day is past", "id=\"target-wrong\"", "480,000"] {
        assert!(page.contains(part), "{part}");
    }
    // Three that are each sound and make no sense together.
    let (status, page) = served.form(&cookie, "/open", &with(&[("target", "495,000")]));
    assert_eq!(status, 422);
    assert!(page.contains("You buy, so the target must be under the walk-away"), "{page}");
    // A slip is asked about, with what was meant.
    let (status, page) = served.form(&cookie, "/open", &with(&[("target", "41,500")]));
    assert_eq!(status, 422);
    assert!(page.contains("Is that meant?") && page.contains("I meant 415000"), "{page}");
    assert_eq!(count(), before, "nothing was opened");
    let (status, page) = served.form(&cookie, "/open", &START);
    assert_eq!(status, 200, "{page}");
    assert_eq!(count(), before + 1);
    let listed = served.get("nora", "/negotiations").good();
    let summary = &listed["negotiations"][0]["summary"];
    assert_eq!((&summary["title"], &summary["role"]), (&json!("Cloudbase"), &json!("buyer")));
}

#[test]
fn a_first_answer_stands_beside_the_form() {
    let served = Served::start();
    let (cookie, _) = session(&served, "nora");
    let (status, beside) = served.form(&cookie, "/open/answer", &START);
    assert_eq!(status, 200);
    assert!(beside.contains("Should your boss come in?") && beside.contains("Open at"), "{beside}");
    let (_, waiting) = served.form(&cookie, "/open/answer", &with(&[("target", ""), ("likely", "")]));
    assert!(waiting.contains("The answer appears here") && !waiting.contains("Should your boss"), "{waiting}");
    // Where all prices can be read in two ways it is asked once, for all of them; one that leaves no doubt settles the others.
    let (_, asked) = served.form(&cookie, "/open/answer", &with(&[("point", "")]));
    assert!(asked.contains("480,000 can mean two things") && asked.contains("480000"), "{asked}");
    let (_, settled) = served.form(&cookie, "/open/answer", &with(&[("point", ""), ("low", "425,000.00")]));
    assert!(settled.contains("Should your boss come in?") && !settled.contains("two things"), "{settled}");
    let (_, wrong) = served.form(&cookie, "/open/answer", &with(&[("target", "495,000")]));
    assert!(wrong.contains("must be under the walk-away"), "{wrong}");
    assert_eq!(served.form("upstairs_session=x", "/open/answer", &START).0, 200, "sent to sign in");
}

#[test]
fn samples_come_and_go() {
    let served = Served::start();
    let (cookie, _) = session(&served, "nora");
    let listed = || page_of(&served, &cookie, "/");
    assert_eq!(served.form(&cookie, "/samples", &[]).0, 200);
    assert!(listed().contains("Sample: Renewal with Northwind"));
    assert_eq!(served.form(&cookie, "/samples/away", &[]).0, 200);
    assert!(!listed().contains("Sample: Renewal with Northwind"));
    assert!(page_of(&served, &cookie, "/?archived=true").contains("Sample: Renewal with Northwind"));
}

fn page_of(served: &Served, cookie: &str, path: &str) -> String {
    let answered = served.raw("GET", path, &[("cookie", cookie)], None);
    answered.body.as_str().expect("a page").to_owned()
}
