//! Visits over the API: suggested from calendars, planned, made, and seen only by those whom they are about.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use calendar_source::Fetcher;
use serde_json::{Value, json};

use crate::desk::Served;

/// A calendar with one trip to Munich, from the 10th to the 12th of March 2026.
const TRIP: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Secret talks\r\n\
                    LOCATION:Messe\\, Munich\r\nDTSTART;VALUE=DATE:20260310\r\nDTEND;VALUE=DATE:20260313\r\nEND:VEVENT\r\n\
                    END:VCALENDAR\r\n";

fn northwind() -> Value {
    json!({ "revision": 0, "counterpart": {
        "name": "Northwind", "places": ["Munich"], "product_lines": ["pumps"],
        "people": [{ "name": "Ida Weiss", "title": "chief buyer", "tier": "director" }], "ties": [],
    }})
}

/// A desk with a negotiation of nora's with Northwind, where bea's trip leads.
fn served() -> (Served, String) {
    let served = Served::start();
    let id = served.negotiation();
    served.call("nora", "PUT", "/counterparts", Some(&northwind())).good();
    let bea = json!({ "user": "bea", "tier": "director", "product_lines": ["pumps"] });
    served.call("nora", "PUT", "/colleagues", Some(&bea)).good();
    served.call("bea", "PUT", "/calendar", Some(&json!({ "text": TRIP }))).good();
    (served, id)
}

fn plan(topics: &[&str]) -> Value {
    json!({ "visitor": "bea", "counterpart": "Northwind", "on": "2026-03-11", "place": "Munich", "topics": topics })
}

#[test]
fn a_trip_becomes_a_visit_and_the_record_has_it() {
    let (served, id) = served();
    let suggested = served.get("nora", "/visits/suggestions").good();
    assert_eq!(suggested[0]["visitor"], "bea");
    assert_eq!(suggested[0]["in_charge_of"], json!(["pumps"]));
    assert_eq!(suggested[0]["fills_gap"], "director");
    assert_eq!(suggested[0]["warnings"][0]["risk"], "offers_live");
    assert_eq!(suggested[0]["warnings"][0]["visitor_is_its_boss"], true);
    assert!(!suggested.to_string().contains("Secret"), "what an event is called stays in the calendar");

    let leak = served.post("nora", "/visits", &plan(&["why not 1057001"]));
    assert_eq!(leak.refused(), (409, "gives_away"));
    let planned = served.post("nora", "/visits", &plan(&["the new plant"])).good();
    let visit = format!("/visits/{}", planned["id"].as_str().expect("an id"));
    assert_eq!(served.get("nora", "/visits/suggestions").good(), json!([]), "what is planned is not suggested");

    let brief = served.get("bea", &visit).good();
    assert!(brief["do_not_discuss"].as_array().expect("a list").len() >= 5);
    assert!(!brief["agenda"].as_str().expect("an agenda").contains("105"));
    let ahead = served.post("bea", &format!("{visit}/hold"), &json!({ "on": "2026-03-11" }));
    assert_eq!(ahead.refused(), (422, "visit"));
    served.wait(24 * 10);
    served.post("bea", &format!("{visit}/hold"), &json!({ "on": "2026-03-11" })).good();
    served.post("bea", &format!("{visit}/debrief"), &json!({ "met": ["ida weiss"], "notes": "they expand" })).good();
    assert_eq!(served.post("bea", &format!("{visit}/call-off"), &json!({})).refused(), (409, "visit"));

    let northwind = served.get("nora", "/counterparts/Northwind").good();
    assert_eq!(northwind["ties"][0]["ours"], "bea");
    assert_eq!(northwind["ties"][0]["last_met"], "2026-03-11");
    assert_eq!(northwind["map"]["rows"][0]["gap"], false);
    let entries = served.get("nora", &format!("/negotiations/{id}/entries")).good().to_string();
    for fact in ["visit_planned", "visit_held", "visit_debriefed"] {
        assert!(entries.contains(fact), "{fact}");
    }
}

#[test]
fn others_learn_of_a_visit_and_not_what_it_is_about() {
    let (served, id) = served();
    let planned = served.post("nora", "/visits", &plan(&["the new plant"])).good();
    let visit = format!("/visits/{}", planned["id"].as_str().expect("an id"));
    let debrief = |who: &str| served.post(who, &format!("{visit}/debrief"), &json!({ "notes": "they expand" }));
    for other in ["olga", "zoe"] {
        assert_eq!(served.get(other, &visit).refused(), (404, "not_found"));
        assert_eq!(debrief(other).refused(), (404, "not_found"));
        let listed = served.get(other, "/visits").good().to_string();
        assert!(listed.contains("Northwind") && !listed.contains("plant"), "{listed}");
    }
    served.wait(24 * 10);
    served.post("bea", &format!("{visit}/hold"), &json!({ "on": "2026-03-11", "touched_terms": true })).good();
    debrief("bea").good();
    for other in ["olga", "zoe"] {
        assert!(!served.get(other, "/visits").good().to_string().contains("expand"));
    }
    // Olga looks on at the negotiation; zoe takes no part and learns whom to ask.
    let views = served.get("nora", &format!("/negotiations/{id}/views")).good().to_string();
    assert!(views.contains("what a visit could touch"), "{views}");
    let trip = TRIP.replace("202603", "202604");
    served.call("bea", "PUT", "/calendar", Some(&json!({ "text": trip }))).good();
    let suggested = served.get("zoe", "/visits/suggestions").good();
    let warning = &suggested[0]["warnings"][0];
    assert_eq!(warning["risk"], "not_yours");
    assert_eq!(
        (&warning["negotiation"], &warning["title"], &warning["ask"]),
        (&Value::Null, &Value::Null, &json!(["nora"]))
    );
    let looks_on = served.get("olga", "/visits/suggestions").good();
    assert_eq!(looks_on[0]["warnings"][0]["title"], "Renewal");
    assert_eq!(looks_on[0]["warnings"][0]["if_terms_come_up"], Value::Null);
}

#[test]
fn two_who_write_of_one_counterpart_do_not_undo_each_other() {
    let (served, _) = served();
    assert_eq!(served.call("bea", "PUT", "/counterparts", Some(&northwind())).refused(), (409, "conflict"));
    let mut next = northwind();
    next["revision"] = json!(1);
    assert_eq!(served.call("bea", "PUT", "/counterparts", Some(&next)).good()["revision"], 2);
    next["counterpart"]["name"] = json!(" ");
    assert_eq!(served.call("bea", "PUT", "/counterparts", Some(&next)).refused(), (422, "unfit"));
}

#[test]
fn a_token_reaches_as_far_as_it_says_and_a_feed_opens_nothing_else() {
    let (served, _) = served();
    served.post("nora", "/visits", &plan(&["the new plant"])).good();
    let new = json!({ "label": "reader", "scopes": ["read"] });
    let reader = served.post("nora", "/keys", &new).good()["token"].as_str().expect("a token").to_owned();
    let bearer = format!("Bearer {reader}");
    let with = |method: &str, path: &str, body: Option<&Value>| {
        served.raw(method, &format!("/api/v1{path}"), &[("authorization", &bearer)], body).status
    };
    assert_eq!(with("GET", "/visits/suggestions", None), 200);
    assert_eq!(with("POST", "/visits", Some(&plan(&[]))), 403);
    assert_eq!(with("PUT", "/counterparts", Some(&northwind())), 403);
    assert_eq!(with("PUT", "/calendar", Some(&json!({ "text": TRIP }))), 403);
    assert_eq!(
        with("PUT", "/calendar", Some(&json!({ "address": "https://127.0.0.1/" }))),
        403,
        "nothing is fetched for it"
    );
    assert_eq!(with("POST", "/calendar/feed", None), 403);

    let feed = served.post("bea", "/calendar/feed", &json!({})).good();
    let path = feed["path"].as_str().expect("a path").to_owned();
    let read = || served.raw("GET", &path, &[], None);
    let text = read().body.as_str().expect("a calendar").to_owned();
    assert!(text.contains("SUMMARY:Visit: Northwind (bea)") && !text.contains("plant"), "{text}");
    let secret = path.split('/').nth(2).expect("a secret");
    let as_token = format!("Bearer {secret}");
    assert_eq!(served.raw("GET", "/api/v1/visits", &[("authorization", &as_token)], None).status, 401);
    let token_as_feed = format!("/feeds/{}/visits.ics", served.token("bea"));
    assert_eq!(served.raw("GET", &token_as_feed, &[], None).status, 404);
    served.call("bea", "DELETE", &format!("/keys/{}", feed["id"].as_str().expect("an id")), None).good();
    assert_eq!(read().status, 404, "a feed that was ended is gone");
}

/// A host of calendars that answers with what it holds, and nothing when it holds nothing.
fn host(holds: Arc<Mutex<Option<String>>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a caller");
            let _ = stream.read(&mut [0; 4096]);
            let held = holds.lock().expect("not poisoned").clone();
            let answer = held.map_or_else(
                || "HTTP/1.1 500 Oh\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned(),
                |text| format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}", text.len()),
            );
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}

#[test]
fn a_calendar_at_an_address_is_read_and_the_address_is_shown_to_nobody() {
    let holds = Arc::new(Mutex::new(Some(TRIP.to_owned())));
    let host = host(holds.clone());
    let served = Served::fetching(Fetcher::new(vec![host.clone()]));
    let address = json!({ "address": format!("http://{host}/private-4711/basic.ics") });
    let kept = served.call("bea", "PUT", "/calendar", Some(&address)).good();
    assert_eq!(kept["from_address"], true);
    assert_eq!(kept["trips"][0]["location"], "Messe, Munich");
    for path in ["/calendar", "/visits/suggestions", "/visits", "/me"] {
        assert!(!served.get("bea", path).body.to_string().contains("4711"), "{path}");
    }
    *holds.lock().expect("not poisoned") = None;
    let refused = served.call("bea", "PUT", "/calendar", Some(&address));
    assert_eq!(refused.refused(), (422, "bad_calendar"));
    assert!(!refused.body.to_string().contains("4711"));
    assert_eq!(served.get("bea", "/calendar").good(), kept, "the last good one stays");
    let inside = json!({ "address": "https://localhost:1/basic.ics" });
    assert_eq!(served.call("bea", "PUT", "/calendar", Some(&inside)).refused(), (422, "bad_calendar"));
    served.call("bea", "DELETE", "/calendar", None).good();
    assert_eq!(served.get("bea", "/calendar").refused(), (404, "not_found"));
}
