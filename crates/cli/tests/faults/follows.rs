//! `kill -9` between a fact and what follows from it: after a restart everything follows, and is seen once from outside.
//!
//! Three things follow here. The desk reminds the boss of each question, three times, by facts that can be counted. It keeps the
//! advice at hand, as a follower whose news must run out. And this test follows the same store itself, as a program of
//! its own that is told everything at least once, in order, and can tell what it was told already.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use store::{Location, Store};
use tokio::runtime::Runtime;

use crate::client::{Answer, Client};
use crate::desk::{Desk, Place};
use crate::kills::kills;
use crate::luck::{Luck, seed};
use crate::{postgres, skip};

/// Entries after which another negotiation is opened.
const LONG: u64 = 40;
/// Questions of a life of the desk, one after another.
const QUESTIONS: usize = 3;
/// Reminders of a question that stays unanswered.
const REMINDERS: usize = 3;
/// The time that a question gives.
const TIME: SignedDuration = SignedDuration::from_millis(500);
/// How long everything may take to follow in the end, on a machine with much else to do.
const FOLLOWED: Duration = Duration::from_secs(120);
/// How long it is watched afterwards that nothing more comes of it.
const WATCHED: Duration = Duration::from_secs(5);

#[test]
fn what_follows_survives_kills_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = Location::File(folder.path().join("upstairs.db"));
    survive("sqlite", &Place::folder(Path::new(folder.path())), &file);
}

#[test]
fn what_follows_survives_kills_on_postgresql() {
    match postgres::database("follows") {
        Ok(url) => survive("postgresql", &Place::database(&url), &Location::Postgres(url.clone())),
        Err(why) => skip("kills before what follows on PostgreSQL", &why),
    }
}

fn survive(name: &str, place: &Place, location: &Location) {
    let (seed, kills) = (seed(), kills());
    eprintln!("{name}, what follows: {kills} kills, UPSTAIRS_SEED={seed}");
    let began = Instant::now();
    let token = place.with_account();
    let mut luck = Luck::new(seed);
    let outside = Outside::begin(location);
    let mut asked = Asked::default();
    let mut told = Told::default();
    for _ in 0..kills {
        let (desk, root) = Desk::start(place);
        let client = Client::new(&root, &token);
        for _ in 0..=luck.below(QUESTIONS) {
            asked.one_more(&client);
            outside.hear(&mut told, &mut luck);
        }
        // Between the fact and what follows from it, or amid that.
        std::thread::sleep(luck.moment(300));
        desk.kill();
        outside.hear(&mut told, &mut luck);
    }
    let (_desk, root) = Desk::start(place);
    let client = Client::new(&root, &token);
    let all = Instant::now();
    while !(asked.are_all_reminded(&client) && outside.nothing_waits_for_advice()) {
        assert!(all.elapsed() < FOLLOWED, "not everything follows, UPSTAIRS_SEED={seed}");
        std::thread::sleep(Duration::from_millis(200));
    }
    let took = all.elapsed();
    // And once: whoever waits sees no more of it.
    std::thread::sleep(WATCHED);
    assert!(asked.are_all_reminded(&client));
    asked.are_all_advised_on(&client);
    outside.hear_all(&mut told);
    let entries = told.are_all(&asked, &client);
    let verified = place.verify();
    eprintln!(
        "{name}, what follows: {kills} kills, {} questions reminded of {REMINDERS} times each, {entries} entries told outside, {} \
         of their news more than once, all followed {took:.1?} after the last start, {:.0?} in all, UPSTAIRS_SEED={seed}\n{verified}",
        asked.questions(),
        told.again,
        began.elapsed(),
    );
    outside.end();
}

/// What was asked: by negotiation, the questions that were acknowledged.
#[derive(Default)]
struct Asked {
    by_negotiation: BTreeMap<String, Vec<u64>>,
    open: Option<(String, u64)>,
}

impl Asked {
    fn questions(&self) -> usize {
        self.by_negotiation.values().map(Vec::len).sum()
    }

    /// Asks one more question, in a negotiation that can be advised on.
    fn one_more(&mut self, client: &Client) {
        let (id, _) = match self.open.take().filter(|(_, version)| *version < LONG) {
            Some(open) => open,
            None => begin(client, self.by_negotiation.len()),
        };
        let answer = loop {
            let question = json!({
                "point": { "on": "price", "to": "1150000" }, "recommendation": "it closes the gap",
                "needed_by": (now() + TIME).to_string(), "otherwise": "we stand",
            });
            let ask = json!({ "do": "ask", "question": question });
            match client.post(&format!("/negotiations/{id}/acts"), &ask) {
                // The time was over before the question came.
                Answer::Refused(problem) if problem.status == 422 => {}
                answer => break done(answer),
            }
        };
        let version = answer["version"].as_u64().expect("a version");
        self.by_negotiation.entry(id.clone()).or_default().push(version);
        self.open = Some((id, version));
    }

    /// Whether every question was reminded of as often as is due; never more often, nor any other.
    fn are_all_reminded(&self, client: &Client) -> bool {
        self.by_negotiation.iter().all(|(id, questions)| {
            let mut reminders: BTreeMap<u64, usize> = BTreeMap::new();
            for entry in entries(client, id) {
                if entry["fact"]["fact"] == "guidance_reminded" {
                    *reminders.entry(entry["fact"]["request"].as_u64().expect("a request")).or_default() += 1;
                }
            }
            assert!(reminders.keys().all(|request| questions.contains(request)), "{id}: {reminders:?}");
            assert!(reminders.values().all(|count| *count <= REMINDERS), "{id}: {reminders:?}");
            questions.iter().all(|question| reminders.get(question) == Some(&REMINDERS))
        })
    }

    /// The advice known is as of the last fact.
    fn are_all_advised_on(&self, client: &Client) {
        for id in self.by_negotiation.keys() {
            let last = entries(client, id).len();
            let advice = client.read(&format!("/negotiations/{id}/advice"));
            assert_eq!(advice["first"]["version"], last, "{id}");
        }
    }
}

/// Opens a negotiation and prepares it.
fn begin(client: &Client, number: usize) -> (String, u64) {
    let opening = json!({
        "title": format!("Renewal {number}"), "role": "seller", "currency": "USD", "counterpart": format!("Customer {number}"),
    });
    let id = done(client.post("/negotiations", &opening))["id"].as_str().expect("an id").to_owned();
    let preparation = json!({
        "walk_away": "1057000", "target": "1397000", "rounds_left": 6,
        "counterpart_limit": { "low": "1077000", "likely": "1187000", "high": "1297000" },
    });
    let prepared = json!({ "do": "prepare", "preparation": preparation });
    let answer = done(client.post(&format!("/negotiations/{id}/acts"), &prepared));
    (id, answer["version"].as_u64().expect("a version"))
}

fn done(answer: Answer) -> Value {
    match answer {
        Answer::Done(body) => body,
        other => panic!("not done, with nothing amiss: {other:?}"),
    }
}

fn entries(client: &Client, id: &str) -> Vec<Value> {
    client.read(&format!("/negotiations/{id}/entries")).as_array().expect("entries").clone()
}

#[expect(clippy::disallowed_methods, reason = "the program under test goes by the real time")]
fn now() -> Timestamp {
    Timestamp::now()
}

/// What this program was told: by the place of the news, of which negotiation, and which versions.
#[derive(Default)]
struct Told {
    news: BTreeMap<i64, (String, u64, u64)>,
    again: usize,
}

impl Told {
    /// That every entry was told of, once each after what was told again is put aside; gives how many those are.
    fn are_all(&self, asked: &Asked, client: &Client) -> usize {
        let mut versions: BTreeMap<&str, u64> = BTreeMap::new();
        for (id, first, last) in self.news.values() {
            let known = versions.entry(id).or_default();
            assert_eq!(*first, *known + 1, "{id}: news out of order, or missing");
            *known = *last;
        }
        for id in asked.by_negotiation.keys() {
            assert_eq!(versions.get(id.as_str()), Some(&(entries(client, id).len() as u64)), "{id}");
        }
        versions.values().sum::<u64>() as usize
    }
}

/// This program, as one that follows the record.
struct Outside {
    runtime: Runtime,
    store: Store,
}

impl Outside {
    /// With a colon, as another program's: a desk lets go of what it takes for a follower that it has given up.
    const NAME: &'static str = "test:outside";

    fn begin(location: &Location) -> Self {
        let runtime = Runtime::new().expect("threads");
        let store = runtime.block_on(async {
            let store = Store::open(location).await.expect("the store");
            store.follow(Self::NAME).await.expect("it follows");
            store.follow("of-an-older-version").await.expect("one that no desk has any more");
            store
        });
        Self { runtime, store }
    }

    /// Hears what is pending; now and then it breaks off before that is settled.
    fn hear(&self, told: &mut Told, luck: &mut Luck) -> usize {
        let settles = luck.below(2) == 0;
        self.runtime.block_on(async {
            let pending = self.store.pending(Self::NAME, 64).await.expect("what is pending");
            for news in &pending {
                let heard = (news.negotiation.clone(), news.first, news.last);
                if let Some(before) = told.news.insert(news.position, heard.clone()) {
                    assert_eq!(before, heard, "told otherwise the second time");
                    told.again += 1;
                }
            }
            if let Some(last) = pending.last().filter(|_| settles) {
                self.store.settle(Self::NAME, last.position).await.expect("it is settled");
            }
            pending.len()
        })
    }

    fn hear_all(&self, told: &mut Told) {
        let mut luck = Luck::new(0);
        while self.hear(told, &mut luck) > 0 {}
    }

    /// Whether the desk has followed up everything.
    fn nothing_waits_for_advice(&self) -> bool {
        self.runtime.block_on(async { self.store.pending("advice", 1).await.expect("what is pending").is_empty() })
    }

    fn end(self) {
        self.runtime.block_on(async {
            let backlogs = self.store.backlogs().await.expect("who follows");
            let names: Vec<&str> = backlogs.iter().map(|backlog| backlog.follower.as_str()).collect();
            assert_eq!(names, ["advice", Self::NAME], "a desk lets go of who it no longer has, and of nobody else");
            self.store.unfollow(Self::NAME).await.expect("it follows no more");
            self.store.close().await;
        });
    }
}
