//! How the record grows: opening, looking, recording, listing and the portfolio's page over HTTP at a thousand negotiations and at a hundred thousand, on
//! both stores, with durability on; and what one bare insert takes in the same kind of database, in the same run.
//!
//! `UPSTAIRS_SCALE=1000,10000,100000 cargo bench -p server --bench scale`; 1,000 unless said. `docs/performance.md` has figures.

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::{Desk, Params, Principal, Wish};
use calendar_source::Fetcher;
use jiff::{SignedDuration, Timestamp};
use negotiation::fact::{AdviceTaken, Opening, Preparation};
use negotiation::mandate::Mandate;
use negotiation::offer::Offer;
use negotiation::party::{Part, Participant, User};
use negotiation::{Command, Negotiation, Summary};
use server::Setup;
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Executor as _};
use store::{AccountRole, Location, Store};
use terms::{Currency, FirstStep, PlanId, Role, Side};
use tokio::net::TcpListener;

#[path = "../../store/tests/postgres/mod.rs"]
mod postgres;

/// Facts of a negotiation when it is looked at.
const FACTS: usize = 20;
/// Counterparts, over whom the negotiations are spread.
const COUNTERPARTS: usize = 1000;
/// Times that each thing is measured.
const TIMES: usize = 400;
/// Negotiations on a page of the list.
const PAGE: u32 = 50;

#[tokio::main]
async fn main() {
    let sizes = std::env::var("UPSTAIRS_SCALE").unwrap_or_else(|_| "1000".to_owned());
    let sizes: Vec<usize> =
        sizes.split(',').map(|size| size.trim().parse().expect("UPSTAIRS_SCALE is numbers")).collect();
    println!("Milliseconds, p50 / p95 / p99 of {TIMES}.\n");
    println!(
        "| store | negotiations | facts | open | look | record an offer | the same, followed | settle | bare insert | ratio p50 | list a page | the page over HTTP | verify, s | bytes a fact |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for &size in &sizes {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("upstairs.db");
        let bare = format!("sqlite://{}?mode=rwc", folder.path().join("bare.db").display());
        measured("SQLite", &Location::File(file), &bare, size).await;
    }
    for &size in &sizes {
        let urls = postgres::database(&format!("scale_{size}"))
            .and_then(|url| Ok((url, postgres::database(&format!("bare_{size}"))?)));
        match urls {
            Ok((url, bare)) => measured("PostgreSQL", &Location::Postgres(url), &bare, size).await,
            Err(why) => eprintln!("SKIPPED: no PostgreSQL, for {why}"),
        }
    }
}

async fn measured(name: &str, location: &Location, bare: &str, size: usize) {
    let store = Store::open(location).await.expect("a store");
    let desk = Desk::new(store.clone(), Params::DEFAULT);
    let who = desk.accounts.local("nora").await.expect("anybody, where there are no accounts");
    let started = Instant::now();
    fill(&store, &who, size).await;
    eprintln!("{name}: {size} negotiations of {FACTS} facts written in {:.0} s", started.elapsed().as_secs_f64());
    let bytes = bytes_of(location).await;

    let now = start() + SignedDuration::from_hours(24 * 60);
    let (mut open, mut look, mut record, mut list) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for time in 0..TIMES {
        let id = id_of(time * 7919 % size);
        look.push(timed(desk.look(&who, &id, "the page", now)).await);
        let offer = Command::Offer { offer: Offer::of(Side::Them, 1_000_000 + time as i64), despite: None };
        record.push(timed(desk.act(&who, &id, Wish::new(&offer, now))).await);
        open.push(timed(desk.open(&who, opening(time), now)).await);
        list.push(timed(desk.list(&who, None, PAGE)).await);
    }
    let (followed, settled) = followed(&desk, &store, &who, size, now).await;
    let page = portfolio(store.clone(), &who, now).await;
    let floor = floor(bare).await;
    let started = Instant::now();
    store.verify(&|_| {}).await.expect("it is whole");
    let verified = started.elapsed().as_secs_f64();
    println!(
        "| {name} | {size} | {} | {} | {} | {} | {} | {} | {} | {:.1} | {} | {} | {verified:.1} | {:.0} |",
        size * FACTS,
        Spread::of(open),
        Spread::of(look),
        Spread::of(record.clone()),
        Spread::of(followed),
        Spread::of(settled),
        Spread::of(floor.clone()),
        Spread::of(record).middle() / Spread::of(floor).middle(),
        Spread::of(list),
        Spread::of(page),
        bytes / (size * FACTS) as f64,
    );
    desk.close().await;
}

/// What recording takes while somebody follows, so that each append leaves its news in the outbox; and what settling takes.
async fn followed(
    desk: &Desk,
    store: &Store,
    who: &Principal,
    size: usize,
    now: Timestamp,
) -> (Vec<Duration>, Vec<Duration>) {
    store.follow("bench").await.expect("followed");
    let (mut record, mut settle) = (Vec::new(), Vec::new());
    for time in 0..TIMES {
        let id = id_of(time * 7919 % size);
        let offer = Command::Offer { offer: Offer::of(Side::Them, 1_000_000 + time as i64), despite: None };
        record.push(timed(desk.act(who, &id, Wish::new(&offer, now))).await);
    }
    for news in store.pending("bench", TIMES as u32).await.expect("news") {
        settle.push(timed(store.settle("bench", news.position)).await);
    }
    store.unfollow("bench").await.expect("no more");
    (record, settle)
}

/// The portfolio's page as a browser asks for it, of a desk that serves on a port, until the last byte.
async fn portfolio(store: Store, who: &Principal, now: Timestamp) -> Vec<Duration> {
    let desk = Desk::new(store, Params::new(8, 1, 1, None).expect("parameters"));
    let accounts = &desk.accounts;
    let password = "correct horse battery";
    accounts.create("bench", &who.user.0, AccountRole::Member, password, now).await.expect("an account");
    let session = accounts.sign_in(&who.user.0, password, now).await.expect("a session").secret;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    let setup =
        Setup { desk, clock: Arc::new(move || now), welcome: None, fetcher: Fetcher::default(), proxies: Vec::new() };
    let served = tokio::spawn(server::serve(setup, listener, std::future::pending()));
    let asked = tokio::task::spawn_blocking(move || {
        let agent = ureq::Agent::new_with_defaults();
        let cookie = format!("upstairs_session={session}");
        let times = (0..TIMES).map(|_| {
            let started = Instant::now();
            let mut answer = agent.get(&address).header("cookie", &cookie).call().expect("an answer");
            let page = answer.body_mut().read_to_string().expect("a page");
            assert!(page.contains("worth most") && page.contains("Older ones"), "{page}");
            started.elapsed()
        });
        times.collect()
    });
    let times = asked.await.expect("asked");
    served.abort();
    times
}

fn start() -> Timestamp {
    "2026-01-05T09:00:00Z".parse().expect("a time")
}

fn id_of(index: usize) -> String {
    format!("n{index:08}")
}

fn opening(index: usize) -> Opening {
    Opening {
        title: format!("Renewal {index}"),
        role: Role::Seller,
        currency: Currency::USD,
        counterpart: format!("Customer {}", index % COUNTERPARTS),
    }
}

/// Negotiations as they would have been recorded, each in one append, by several writers at once.
async fn fill(store: &Store, who: &Principal, size: usize) {
    let writers = (0..8).map(|writer| {
        let (store, who) = (store.clone(), who.user.clone());
        tokio::spawn(async move {
            for index in (writer..size).step_by(8) {
                let negotiation = negotiation(index, &who);
                let summary = Summary::of(&negotiation).expect("it is opened");
                store.append(&id_of(index), 0, &negotiation.history, &summary).await.expect("it is written");
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.expect("a writer");
    }
}

/// Twenty facts: opened, a boss named, prepared, a mandate, and offers by turns; in one of ten an advice to bring the boss in.
fn negotiation(index: usize, who: &User) -> Negotiation {
    let boss = Participant { user: User::from("bea"), part: Part::Boss, privy: true };
    let preparation =
        Preparation { walk_away: Some(1_050_000.into()), target: Some(1_400_000.into()), ..Preparation::default() };
    let mut commands = vec![
        Command::Open { opening: opening(index) },
        Command::Name { participant: boss },
        Command::Prepare { preparation: Box::new(preparation) },
        Command::GrantMandate { mandate: Mandate::to(1_000_000), told: false },
    ];
    let step = 1 + (index % 1000) as i64;
    if index.is_multiple_of(10) {
        commands.push(Command::TakeAdvice { advice: Box::new(advice(index)) });
    }
    let left = FACTS - 1 - commands.len();
    let offers = (0..left as i64).map(|turn| {
        let (by, price) =
            if turn % 2 == 0 { (Side::Us, 1_400_000 - turn * step) } else { (Side::Them, 1_000_000 + turn * step) };
        Command::Offer { offer: Offer::of(by, price), despite: None }
    });
    commands.extend(offers);
    let mut negotiation = Negotiation::default();
    let mut at = start() + SignedDuration::from_secs(index as i64);
    for command in commands {
        at += SignedDuration::from_hours(24);
        negotiation.enact(&command, at, who).expect("it is allowed");
    }
    assert_eq!(negotiation.history.len(), FACTS);
    negotiation
}

/// An advice in which the boss's coming is worth something.
fn advice(index: usize) -> AdviceTaken {
    let values = [(PlanId::BossAtOutset, 1000 + index as i64), (PlanId::OwnLevel, 0)];
    AdviceTaken {
        plan: PlanId::BossAtOutset,
        next_act: FirstStep::BringBoss,
        sentence: "Bring your boss in.".to_owned(),
        values: values.map(|(plan, value)| (plan, value.into())).into(),
        precedent: 0.into(),
        seed: 1,
        samples: 1024,
        engine_version: "0".to_owned(),
        case_fingerprint: String::new(),
        knew: 4,
    }
}

async fn timed<T, E: std::fmt::Debug>(work: impl Future<Output = Result<T, E>>) -> Duration {
    let started = Instant::now();
    work.await.expect("it is done");
    started.elapsed()
}

/// One row of a fact's size in a transaction of its own, in a table without any index but its key.
async fn floor(url: &str) -> Vec<Duration> {
    let pool: AnyPool = AnyPoolOptions::new().max_connections(1).connect(url).await.expect("a bare database");
    if url.starts_with("sqlite") {
        pool.execute("PRAGMA journal_mode = WAL").await.expect("WAL");
        pool.execute("PRAGMA synchronous = FULL").await.expect("full synchronisation");
    }
    pool.execute("CREATE TABLE bare (id BIGINT PRIMARY KEY, body TEXT NOT NULL)").await.expect("a table");
    let body = "x".repeat(360);
    let mut times = Vec::new();
    for id in 0..TIMES as i64 {
        let insert = sqlx::query("INSERT INTO bare (id, body) VALUES ($1, $2)").bind(id).bind(&body).execute(&pool);
        times.push(timed(insert).await);
    }
    times
}

async fn bytes_of(location: &Location) -> f64 {
    match location {
        Location::File(file) => std::fs::metadata(file).expect("the file").len() as f64,
        Location::Postgres(url) => {
            let pool: AnyPool = AnyPoolOptions::new().max_connections(1).connect(url).await.expect("the database");
            let size = sqlx::query_scalar::<_, i64>("SELECT pg_database_size(current_database())");
            size.fetch_one(&pool).await.expect("its size") as f64
        }
    }
}

/// A sample of times, in order.
struct Spread(Vec<f64>);

impl Spread {
    fn of(times: Vec<Duration>) -> Self {
        let mut milliseconds: Vec<f64> = times.into_iter().map(|time| time.as_secs_f64() * 1000.0).collect();
        milliseconds.sort_by(f64::total_cmp);
        Self(milliseconds)
    }

    fn at(&self, share: f64) -> f64 {
        self.0[((self.0.len() - 1) as f64 * share).round() as usize]
    }

    fn middle(&self) -> f64 {
        self.at(0.5)
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} / {:.2} / {:.2}", self.at(0.5), self.at(0.95), self.at(0.99))
    }
}
