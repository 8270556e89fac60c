//! The desk as a hostile caller meets it: keys of every reach on every operation, work that nobody would ask for, connections
//! that say nothing, and the first account asked for eight times at once. What must hold is asserted; how long it took is printed
//! (`cargo test -p server --test hostile -- --nocapture`), for a machine that is busy proves nothing by a clock.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use app::{Desk, Params};
use serde_json::{Value, json};
use store::{Location, Store};

#[path = "api/desk.rs"]
#[expect(dead_code, reason = "other tests call it otherwise")]
mod desk;

use desk::{Answered, PASSWORD, Served, offer};

/// What is ours alone in [`Served::negotiation`], as digits that occur nowhere else.
const OURS: [&str; 6] = ["1057001", "1397002", "1117003", "1077004", "1187005", "1187012"];

/// Somebody's key and how far it reaches.
struct KeyOf {
    who: &'static str,
    scopes: &'static [&'static str],
    secret: String,
}

/// Three people with a part, each with a key of each reach; one who takes no part, one who administers, and one who is nobody.
fn twelve(served: &Served) -> Vec<KeyOf> {
    let reaches: [&'static [&'static str]; 3] = [&["read"], &["write"], &["authorize"]];
    let mut keys = Vec::new();
    for who in ["nora", "bea", "olga"] {
        for scopes in reaches {
            let issued = served.post(who, "/keys", &json!({ "label": "hostile", "scopes": scopes })).good();
            keys.push(KeyOf { who, scopes, secret: issued["token"].as_str().expect("a token").to_owned() });
        }
    }
    let all = &["read", "write", "authorize", "admin"][..];
    keys.push(KeyOf { who: "zoe", scopes: all, secret: served.token("zoe").to_owned() });
    let admin = served.post("ada", "/keys", &json!({ "label": "hostile", "scopes": ["admin"] })).good();
    keys.push(KeyOf { who: "ada", scopes: &["admin"], secret: admin["token"].as_str().expect("a token").to_owned() });
    keys.push(KeyOf { who: "nobody", scopes: &[], secret: "0".repeat(52) });
    keys
}

fn with(served: &Served, key: &KeyOf, method: &str, path: &str, body: Option<&Value>) -> Answered {
    served.raw(method, path, &[("authorization", &format!("Bearer {}", key.secret))], body)
}

#[test]
fn twelve_keys_on_every_operation_do_no_more_than_they_may() {
    let served = Served::start();
    let id = served.negotiation();
    let keys = twelve(&served);
    let described = served.raw("GET", "/api/openapi.json", &[], None).good();
    let version = || served.get("nora", &format!("/negotiations/{id}")).good()["version"].clone();
    let body = json!({ "text": "hello", "name": "x", "password": "x", "label": "x", "scopes": ["read"] });
    let mut calls = 0;
    for (path, methods) in described["paths"].as_object().expect("paths") {
        // What ends sessions and keys would end the run; the tests of accounts call those.
        if ["/session", "/keys", "/password"].iter().any(|part| path.contains(part)) {
            continue;
        }
        let of_one = path.contains("/negotiations/{id}");
        let path = path.replace("{id}", &id).replace("{name}", "nobody-here");
        for method in methods.as_object().expect("methods").keys() {
            let method = method.to_uppercase();
            for key in &keys {
                let before = version();
                let answered = with(&served, key, &method, &path, (method != "GET").then_some(&body));
                calls += 1;
                let told = format!("{method} {path} by {} {:?}: {}", key.who, key.scopes, answered.status);
                assert!(answered.status < 500, "{told}");
                if key.who == "nobody" {
                    assert_eq!(answered.status, 401, "{told}");
                }
                if of_one && ["zoe", "ada"].contains(&key.who) {
                    assert!(answered.status >= 400, "{told}");
                }
                let narrow = ["read", "admin"].iter().any(|scope| key.scopes == [*scope]);
                if narrow || key.who == "olga" {
                    assert_eq!(version(), before, "{told} put something on record");
                }
                if !["nora", "bea"].contains(&key.who) || key.scopes == ["admin"] {
                    let answer = answered.body.to_string();
                    assert!(OURS.iter().all(|ours| !answer.contains(ours)), "{told} says what is ours: {answer}");
                }
            }
        }
    }
    eprintln!("{calls} calls");
    assert!(calls > 400, "{calls}");
}

/// Whether somebody may: by their part, and by what they came in with.
fn may(key: &KeyOf, wants: &str, parts: &[&str]) -> bool {
    let reach = |scope: &str| ["read", "write", "authorize"].iter().position(|one| *one == scope);
    let reaches = key.scopes.iter().filter_map(|scope| reach(scope)).max();
    parts.contains(&key.who) && reaches >= reach(wants)
}

#[test]
fn every_act_wants_its_part_and_its_scope() {
    let ours = &["nora", "bea"][..];
    let boss = &["bea"][..];
    let beyond = |what: &str| json!({ "do": what, "package": { "price": "1100001" } });
    let participant = |user: &str, part: &str| json!({ "user": user, "part": part, "privy": false });
    // What is done, which scope it wants, whose it is.
    let acts = [
        (offer("them", "1090000"), "write", ours),
        (offer("us", "1330000"), "write", ours),
        (offer("us", "1100001"), "authorize", boss),
        (beyond("agree"), "authorize", boss),
        (json!({ "do": "name", "participant": participant("zoe", "boss") }), "authorize", boss),
        (json!({ "do": "name", "participant": participant("zoe", "observer") }), "write", ours),
        (json!({ "do": "name", "participant": participant("bea", "observer") }), "authorize", &[]),
        (json!({ "do": "remove", "user": "bea" }), "authorize", boss),
        (json!({ "do": "grant_mandate", "mandate": { "price": "1" } }), "authorize", boss),
        (json!({ "do": "grant_mandate", "mandate": { "price": "1" }, "told": true }), "authorize", &[]),
        (json!({ "do": "end_mandate", "reason": "over" }), "authorize", boss),
        (json!({ "do": "consent" }), "authorize", boss),
        (json!({ "do": "consent", "told": true }), "authorize", &[]),
        (json!({ "do": "note_impasse", "how": "they wait" }), "write", ours),
        (json!({ "do": "boss_asked_for", "how": "by mail" }), "write", ours),
        (json!({ "do": "check_message", "findings": [] }), "write", &[]),
        (json!({ "do": "walk_away", "reason": "no budget" }), "write", ours),
    ];
    let mut refused = 0;
    for (act, wants, parts) in acts {
        // Each on a record of its own: what one of them does is not to be in the way of the next.
        let served = Served::start();
        for key in twelve(&served) {
            let id = served.negotiation();
            let answered =
                with(&served, &key, "POST", &format!("/api/v1/negotiations/{id}/acts?sure=true"), Some(&act));
            let told = format!("{act} by {} {:?}: {} {}", key.who, key.scopes, answered.status, answered.body);
            if may(&key, wants, parts) {
                assert_eq!(answered.status, 200, "{told}");
            } else {
                // The negotiator's own is held against the mandate.
                let limits = answered.refused() == (409, "outside_mandate") && key.who == "nora";
                let own = answered.refused() == (409, "own_part");
                assert!(limits || own || [401, 403, 404].contains(&answered.status), "{told}");
                refused += 1;
            }
        }
    }
    assert!(refused > 120, "{refused}");
}

#[test]
fn a_key_that_somebody_else_made_is_logged_as_both() {
    let served = Served::start();
    let id = served.negotiation();
    let scopes = json!({ "owner": "nora", "label": "agent", "scopes": ["read", "write"] });
    let issued = served.post("ada", "/keys", &scopes).good();
    let bearer = format!("Bearer {}", issued["token"].as_str().expect("a token"));
    let path = format!("/api/v1/negotiations/{id}");
    let headers = [("authorization", bearer.as_str())];
    served.raw("POST", &format!("{path}/acts"), &headers, Some(&offer("them", "1090000"))).good();
    served.raw("GET", &path, &headers, None).good();
    let views = served.get("nora", &format!("/negotiations/{id}/views")).good();
    let of_both = |what: &str| {
        let mut lines = views.as_array().expect("views").iter();
        lines.any(|line| {
            let said = line["what"].as_str().expect("text");
            line["who"] == "nora" && said.starts_with(what) && said.contains("that ada made")
        })
    };
    assert!(of_both("recorded entries") && of_both("saw where it stands"), "{views}");
}

#[test]
fn ones_own_password_is_changed_by_whoever_knows_it_and_to_none_that_would_be_tried_first() {
    let served = Served::start();
    let change = |who: &str, whose: &str, body: Value| {
        served.call(who, "PUT", &format!("/accounts/{whose}/password"), Some(&body)).status
    };
    let other = "four wet herons on a bus";
    assert_eq!(change("nora", "nora", json!({ "password": other })), 403);
    assert_eq!(change("nora", "nora", json!({ "password": other, "present": "not hers at all" })), 403);
    for common in ["password1234", "aaaaaaaaaaaaaa", "abcabcabcabcabc", "nora.nora.nora", "qwertyuiop123"] {
        assert_eq!(change("nora", "nora", json!({ "password": common, "present": PASSWORD })), 422, "{common}");
    }
    assert_eq!(change("nora", "nora", json!({ "password": other, "present": PASSWORD })), 200);
    // Another's is set by whoever administers, and nobody else.
    assert_eq!(change("ada", "zoe", json!({ "password": other })), 200);
    assert_eq!(change("ada", "ada", json!({ "password": other })), 403);
    assert_eq!(change("nora", "zoe", json!({ "password": other })), 403);
}

#[test]
fn the_first_account_is_made_once_by_eight_who_ask_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let location = Location::File(folder.path().join("upstairs.db"));
    let now: jiff::Timestamp = "2026-03-02T09:00:00Z".parse().expect("a time");
    let address = runtime.block_on(async {
        let store = Store::open(&location).await.expect("a store");
        let listener = server::listen("127.0.0.1:0".parse().expect("an address")).expect("a port");
        let address = listener.local_addr().expect("an address");
        let setup = server::Setup {
            desk: Desk::new(store, Params::new(8, 1, 1, None).expect("parameters")),
            clock: Arc::new(move || now),
            welcome: Some("once".to_owned()),
            fetcher: calendar_source::Fetcher::default(),
            proxies: vec!["127.0.0.1".parse().expect("a proxy")],
        };
        tokio::spawn(server::serve(setup, listener, std::future::pending()));
        address
    });
    let post = |name: usize, head: &str| -> String {
        let body = format!("token=once&name=user{name}&password=four+wet+herons+on+a+bus");
        let mut stream = TcpStream::connect(address).expect("a connection");
        write!(
            stream,
            "POST /welcome HTTP/1.1\r\nHost: desk\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n{head}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    };
    let answers: Vec<String> = std::thread::scope(|scope| {
        let head = "X-Forwarded-Proto: https\r\n";
        let asking: Vec<_> = (0..8).map(|name| scope.spawn(move || post(name, head))).collect();
        asking.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    let made: Vec<&String> = answers.iter().filter(|answer| answer.starts_with("HTTP/1.1 303")).collect();
    assert_eq!(made.len(), 1, "{answers:?}");
    // A proxy of ours was reached over TLS.
    assert!(made[0].contains("Secure") && made[0].contains("HttpOnly"), "{}", made[0]);
    assert!(answers.iter().filter(|answer| answer.starts_with("HTTP/1.1 403")).count() == 7, "{answers:?}");
    assert!(post(9, "").starts_with("HTTP/1.1 403"));
    let accounts = runtime.block_on(async {
        let store = Store::open(&location).await.expect("a store");
        store.accounts().await.expect("read").len()
    });
    assert_eq!(accounts, 1);
}

/// The 95th of a hundred, in milliseconds.
fn p95(mut times: Vec<Duration>) -> u128 {
    times.sort();
    times[times.len() * 95 / 100].as_millis()
}

/// Looks and records in turn, and gives how long each look and each record took.
fn look_and_record(served: &Served, id: &str, turns: usize, from: usize) -> (Vec<Duration>, Vec<Duration>) {
    let (mut looks, mut records) = (Vec::new(), Vec::new());
    for turn in 0..turns {
        let began = Instant::now();
        assert_eq!(served.raw("GET", "/healthz", &[], None).status, 200);
        looks.push(began.elapsed());
        let began = Instant::now();
        served.act("nora", id, &offer("them", &(1_080_000 + from + turn).to_string())).good();
        records.push(began.elapsed());
    }
    (looks, records)
}

/// What is answered to a body that is sent whether or not anybody reads it; nothing where the connection was closed over it.
fn thrown(served: &Served, path: &str, body: &Value) -> String {
    let mut stream = TcpStream::connect(served.address.trim_start_matches("http://")).expect("a connection");
    let (token, body) = (served.token("nora"), body.to_string());
    let head = format!(
        "POST /api/v1{path} HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
    let mut answer = [0; 512];
    let read = stream.read(&mut answer).unwrap_or(0);
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

#[test]
fn huge_messages_and_endless_advice_keep_nobody_else_waiting() {
    let served = Served::start();
    let (asked_about, other) = (served.negotiation(), served.negotiation());
    let (looks, records) = look_and_record(&served, &other, 40, 0);
    eprintln!("alone, p95: /healthz {} ms, an offer {} ms", p95(looks), p95(records));
    let over = AtomicBool::new(false);
    let huge = json!({ "text": "our limit is 1,057,001, more or less; ".repeat(28_000) });
    let long = json!({ "text": "we could go to 412 TEUR by 2/12; ".repeat(5_000) });
    std::thread::scope(|scope| {
        for caller in 0..8_usize {
            let (served, over, id) = (&served, &over, &asked_about);
            scope.spawn(move || {
                let mut seed = caller;
                while !over.load(Ordering::SeqCst) {
                    seed += 8;
                    let asked = json!({ "seed": seed, "samples": 4096 });
                    let status = served.post("nora", &format!("/negotiations/{id}/advice"), &asked).status;
                    // Nothing is refused because somebody else wrote; on a slow machine half a minute may be over.
                    assert!([200, 429, 503].contains(&status), "{status}");
                }
            });
        }
        for text in [&huge, &long, &huge, &long] {
            let (served, over, id) = (&served, &over, &asked_about);
            scope.spawn(move || {
                let path = format!("/negotiations/{id}/check-message");
                while !over.load(Ordering::SeqCst) {
                    if text.to_string().len() > 1_000_000 {
                        let answered = thrown(served, &path, text);
                        assert!(answered.is_empty() || answered.starts_with("HTTP/1.1 413"), "{answered}");
                        continue;
                    }
                    let status = served.post("nora", &path, text).status;
                    assert!([200, 429, 503].contains(&status), "{status}");
                }
            });
        }
        let (looks, records) = look_and_record(&served, &other, 40, 40);
        over.store(true, Ordering::SeqCst);
        eprintln!("beside all that, p95: /healthz {} ms, an offer {} ms", p95(looks), p95(records));
    });
}

#[test]
fn a_message_is_checked_whoever_else_writes() {
    let served = Served::start();
    let id = served.negotiation();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut price = 1_090_000;
            while !over.load(Ordering::SeqCst) {
                served.act("nora", &id, &offer("them", &price.to_string())).good();
                price += 1;
            }
            price - 1_090_000
        });
        let checking: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let text = json!({ "text": "We stand by what we wrote. ".repeat(400) });
                    let path = format!("/negotiations/{id}/check-message");
                    (0..5).map(|_| served.post("nora", &path, &text).status).collect::<Vec<u16>>()
                })
            })
            .collect();
        for one in checking {
            assert_eq!(one.join().expect("checked"), [200; 5]);
        }
        over.store(true, Ordering::SeqCst);
        assert!(writer.join().expect("written") > 0);
    });
}

#[test]
fn a_connection_that_says_nothing_is_closed() {
    let served = Served::start();
    let address = served.address.trim_start_matches("http://").to_owned();
    let began = Instant::now();
    let mut open: Vec<TcpStream> = Vec::new();
    for number in 0..100 {
        let mut stream = TcpStream::connect(&address).expect("a connection");
        match number % 3 {
            0 => {}
            1 => write!(stream, "GET /healthz HTTP/1.1\r\nHost: de").expect("sent"),
            // A whole request, and then nothing for a long time.
            _ => write!(stream, "GET /healthz HTTP/1.1\r\nHost: desk\r\n\r\n").expect("sent"),
        }
        open.push(stream);
    }
    // They keep nobody else out.
    assert_eq!(served.raw("GET", "/healthz", &[], None).status, 200);
    for (number, stream) in open.iter_mut().enumerate() {
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("it waits");
        let mut answer = Vec::new();
        // It is read to its end: that it ended is what is asked for, in whatever way.
        if let Err(cause) = stream.read_to_end(&mut answer) {
            assert_ne!(cause.kind(), std::io::ErrorKind::WouldBlock, "connection {number} stays open");
        }
    }
    eprintln!("100 connections were closed after {:.1} s", began.elapsed().as_secs_f64());
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}

#[test]
fn a_long_record_is_shown_in_pages() {
    let served = Served::start();
    let id = served.negotiation();
    let all = served.get("nora", &format!("/negotiations/{id}/entries")).good();
    let all = all.as_array().expect("entries").clone();
    let mut paged: Vec<Value> = Vec::new();
    loop {
        let after = paged.last().map_or(json!(0), |entry| entry["version"].clone());
        let some = served.get("nora", &format!("/negotiations/{id}/entries?after={after}&limit=3")).good();
        let some = some.as_array().expect("entries").clone();
        if some.is_empty() {
            break;
        }
        assert!(some.len() <= 3);
        paged.extend(some);
    }
    assert_eq!(paged, all);
    for turn in 0..120 {
        served.act("nora", &id, &json!({ "do": "note_impasse", "how": format!("turn {turn}") })).good();
    }
    let right = json!({ "name": "nora", "password": PASSWORD });
    let answered = served.raw("POST", "/api/v1/session", &[], Some(&right));
    let cookie = answered.headers["set-cookie"].to_str().expect("text").split(';').next().expect("a pair").to_owned();
    let page = |query: &str| {
        let shown = served.raw("GET", &format!("/negotiations/{id}{query}"), &[("cookie", &cookie)], None).body;
        shown.as_str().expect("a page").to_owned()
    };
    let entries = |page: &str| page.matches("id=\"entry-").count();
    let (first, second) = (page(""), page("?older=100"));
    assert_eq!(entries(&first), 100);
    assert!(first.contains("Earlier ones") && !first.contains("Later ones"));
    assert_eq!(entries(&second), all.len() + 120 - 100);
    assert!(second.contains("Later ones") && !second.contains("Earlier ones"));
    assert_eq!(entries(&page("?older=999999")), 0);
}
