//! The desk under more questions than it can answer: the others go on, too much is refused, and what nobody waits for ends.
//!
//! By itself, so that no other test is kept waiting.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

#[path = "api/desk.rs"]
#[expect(dead_code, reason = "other tests call it otherwise")]
mod desk;

use desk::{Served, offer};

/// What somebody who looks or records may be kept waiting at most, on a machine with much else to do.
const SOON: Duration = Duration::from_secs(5);
/// How long callers ask without a pause.
const RUSH: Duration = Duration::from_secs(6);

#[test]
fn while_eight_ask_for_advice_everything_else_is_answered() {
    let served = Served::start();
    let (asked_about, other) = (served.negotiation(), served.negotiation());
    let over = AtomicBool::new(false);
    let asked = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for caller in 0..8_usize {
            let (served, over, asked, id) = (&served, &over, &asked, &asked_about);
            scope.spawn(move || {
                let mut seed = caller;
                while !over.load(Ordering::SeqCst) {
                    seed += 8;
                    let answered = served.post(
                        "nora",
                        &format!("/negotiations/{id}/advice"),
                        &json!({ "seed": seed, "samples": 8192 }),
                    );
                    // Another's advice may have been recorded first, there may be too much to do, and on a slow machine
                    // half a minute may be over.
                    assert!([200, 409, 429, 503].contains(&answered.status), "{}: {}", answered.status, answered.body);
                    asked.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        let began = Instant::now();
        let mut turns = 0;
        while began.elapsed() < RUSH || asked.load(Ordering::SeqCst) < 8 {
            let turn = Instant::now();
            assert_eq!(served.raw("GET", "/healthz", &[], None).status, 200);
            served.act("nora", &other, &offer("them", &(1_080_000 + turns).to_string())).good();
            assert!(turn.elapsed() < SOON, "turn {turns} took {:?}", turn.elapsed());
            turns += 1;
        }
        over.store(true, Ordering::SeqCst);
        assert!(turns > 5, "only {turns} turns");
    });
}

#[test]
fn too_much_is_refused_and_what_nobody_waits_for_ends() {
    let served = Served::start();
    let id = served.negotiation();
    let path = format!("/negotiations/{id}/advice");
    // Each is the whole advice anew, and takes seconds.
    let mut asking: Vec<TcpStream> = (0..40).map(|seed| ask(&served, &path, 1000 + seed)).collect();
    let began = Instant::now();
    let refused = loop {
        if let Some(refused) = asking.iter_mut().find_map(refusal) {
            break refused;
        }
        assert!(began.elapsed() < Duration::from_secs(25), "never too much");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(refused.contains("\"busy\"") && refused.to_ascii_lowercase().contains("retry-after: "), "{refused}");
    // They all leave, and the next is answered long before theirs would have been.
    drop(asking);
    let left = Instant::now();
    loop {
        let answered = served.post("nora", &path, &json!({ "seed": 1, "samples": 1024 }));
        if answered.status == 200 {
            break;
        }
        assert!(left.elapsed() < Duration::from_secs(25), "{} {}", answered.status, answered.body);
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// What was answered already, where that is that there is too much to do.
fn refusal(stream: &mut TcpStream) -> Option<String> {
    let mut answer = [0; 4096];
    stream.set_nonblocking(true).expect("it need not wait");
    let read = stream.read(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
    answer.starts_with("HTTP/1.1 429").then_some(answer)
}

/// Asks for the advice, and does not wait for it.
fn ask(served: &Served, path: &str, seed: u64) -> TcpStream {
    let mut stream = TcpStream::connect(served.address.trim_start_matches("http://")).expect("a connection");
    let body = json!({ "seed": seed }).to_string();
    let (token, length) = (served.token("nora"), body.len());
    write!(
        stream,
        "POST /api/v1{path} HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .expect("it is sent");
    stream
}
