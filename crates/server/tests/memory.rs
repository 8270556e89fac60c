//! Four hundred who sign in at once take no more memory than a few. By itself, so that what other tests take is not counted.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::{Desk, Params};
use store::{AccountRole, Location, Store};

/// The most memory that the program has had so far, in MiB; nothing where the system does not tell.
fn most() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

#[test]
fn four_hundred_sign_ins_at_once_are_bounded() {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let now: jiff::Timestamp = "2026-03-02T09:00:00Z".parse().expect("a time");
    let address = runtime.block_on(async {
        let store = Store::open(&Location::File(folder.path().join("upstairs.db"))).await.expect("a store");
        // As strong as they are for everybody: here it is their memory that counts.
        let desk = Desk::new(store, Params::DEFAULT);
        let made = desk.accounts.create("test", "nora", AccountRole::Member, "four wet herons on a bus", now).await;
        made.expect("an account");
        let listener = server::listen("127.0.0.1:0".parse().expect("an address")).expect("a port");
        let address = listener.local_addr().expect("an address");
        let setup = server::Setup {
            desk,
            clock: Arc::new(move || now),
            welcome: None,
            fetcher: calendar_source::Fetcher::default(),
            proxies: Vec::new(),
        };
        tokio::spawn(server::serve(setup, listener, std::future::pending()));
        address
    });
    let (wrong, busy, before) = (AtomicUsize::new(0), AtomicUsize::new(0), most());
    std::thread::scope(|scope| {
        for caller in 0..400 {
            let (wrong, busy) = (&wrong, &busy);
            let sign_in = move || {
                let body = format!(r#"{{"name":"user{caller}","password":"not theirs at all"}}"#);
                let mut stream = TcpStream::connect(address).expect("a connection");
                let length = body.len();
                write!(
                    stream,
                    "POST /api/v1/session HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\
                     Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
                )
                .expect("sent");
                let mut answer = String::new();
                stream.read_to_string(&mut answer).expect("an answer");
                match &answer["HTTP/1.1 ".len()..][..3] {
                    "401" => wrong.fetch_add(1, Ordering::SeqCst),
                    "429" => {
                        assert!(answer.contains("retry-after: "), "it says when to try again: {answer}");
                        busy.fetch_add(1, Ordering::SeqCst)
                    }
                    // On a slow machine half a minute may be over.
                    "503" => 0,
                    other => panic!("{other}"),
                };
            };
            std::thread::Builder::new().stack_size(256 * 1024).spawn_scoped(scope, sign_in).expect("a thread");
        }
    });
    let (wrong, busy) = (wrong.into_inner(), busy.into_inner());
    eprintln!("{wrong} tried, {busy} told to wait; at most {:?} MiB before, {:?} MiB after", before, most());
    assert!(wrong > 0 && busy > 0, "{wrong} tried, {busy} told to wait");
    assert!(most().is_none_or(|most| most < 200), "{:?} MiB", most());
}
