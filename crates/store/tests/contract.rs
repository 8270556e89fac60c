//! What every store must do, on SQLite and on a real PostgreSQL alike.
//!
//! A PostgreSQL of our own is started where its programs are found. Where they are not, its half is skipped aloud, or
//! fails where `CI` is set.

use negotiation::fact::Opening;
use negotiation::guidance::{Point, Question};
use negotiation::offer::Offer;
use negotiation::party::User;
use negotiation::party::{Part, Participant};
use negotiation::{Entry, Fact, Negotiation, Summary};
use sqlx::{Connection as _, Row as _};
use store::{Account, AccountRole, Error, Key, KeyKind, Location, Note, Page, Shelf, Spot, Store, Verified};
use terms::{Currency, Role, Scope, Side};

#[path = "contract/following.rs"]
mod following;
#[path = "contract/older.rs"]
mod older;
mod postgres;
#[path = "contract/resealed.rs"]
mod resealed;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

/// Runs a contract on both stores, each fresh.
fn on_both<Contract, Done>(name: &str, contract: Contract)
where
    Contract: Fn(Store, Location) -> Done,
    Done: Future<Output = ()>,
{
    let folder = tempfile::tempdir().expect("a folder");
    let sqlite = Location::File(folder.path().join("records.db"));
    let run = |location: Location| {
        runtime().block_on(async {
            let store = Store::open(&location).await.expect("the store opens");
            contract(store, location).await;
        });
    };
    run(sqlite);
    match postgres::database(name) {
        Ok(url) => run(Location::Postgres(url)),
        Err(why) if std::env::var_os("CI").is_some() => panic!("no PostgreSQL: {why}"),
        Err(why) => eprintln!("SKIPPED on PostgreSQL: {why}"),
    }
}

fn entry(version: u64, fact: Fact) -> Entry {
    let at = "2026-03-02T09:00:00Z".parse().expect("a time");
    Entry { version, at, on: None, by: User::from("nora"), fact }
}

fn opened() -> Entry {
    entry(
        1,
        Fact::Opened(Opening {
            title: "Renewal".to_owned(),
            role: Role::Seller,
            currency: Currency::USD,
            counterpart: "Northwind".to_owned(),
        }),
    )
}

fn offer(version: u64, amount: i64) -> Entry {
    entry(version, Fact::Offered(Offer::of(Side::Us, amount)))
}

/// Appends what follows version `expected`, with the summary that the whole comes to.
async fn append(store: &Store, id: &str, expected: u64, entries: &[Entry]) -> Result<(), Error> {
    let before = store.read(id).await?;
    let all = before.into_iter().take(expected as usize).chain(entries.iter().cloned());
    let mut summary = Summary::of(&Negotiation::of(all)).expect("it is opened");
    summary.version = expected + entries.len() as u64;
    store.append(id, expected, entries, &summary).await
}

async fn verify(store: &Store) -> Result<Verified, Error> {
    store.verify(&|_| {}).await
}

fn now() -> jiff::Timestamp {
    "2026-03-02T09:00:00Z".parse().expect("a time")
}

fn note(what: &str) -> Note<'_> {
    Note { at: now(), who: "ada", what, negotiation: "" }
}

fn nora() -> Account {
    let password = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$hash".to_owned();
    Account { name: "nora".to_owned(), role: AccountRole::Member, password, created_at: now(), closed_at: None }
}

fn key(id: &str, kind: KeyKind) -> Key {
    Key {
        hash: format!("hash of {id}"),
        id: id.to_owned(),
        kind,
        owner: "nora".to_owned(),
        label: "a laptop".to_owned(),
        scopes: vec![Scope::Read, Scope::Write],
        created_at: now(),
        expires_at: None,
        ended_at: None,
        issuer: None,
    }
}

fn page(revision: u64, body: &str) -> Page {
    let (name, changed_by) = ("meridian".to_owned(), "nora".to_owned());
    Page { shelf: Shelf::Counterparts, name, revision, changed_at: now(), changed_by, body: body.to_owned() }
}

fn joined(version: u64, user: &str, part: Part) -> Entry {
    entry(version, Fact::Joined(Participant { user: user.into(), part, privy: false }))
}

#[test]
fn what_is_appended_is_read_back() {
    on_both("read_back", async |store, location| {
        append(&store, "a", 0, &[opened(), offer(2, 100)]).await.expect("appended");
        append(&store, "b", 0, &[opened()]).await.expect("appended");
        append(&store, "a", 2, &[offer(3, 90)]).await.expect("appended");
        let entries = store.read("a").await.expect("read");
        assert_eq!(entries, [opened(), offer(2, 100), offer(3, 90)]);
        assert_eq!(Negotiation::of(entries).offers.len(), 2);
        assert_eq!(store.read("c").await.expect("read"), []);
        assert_eq!(store.ids("", 10).await.expect("listed"), ["a", "b"]);
        assert_eq!(store.ids("a", 10).await.expect("listed"), ["b"]);
        store.close().await;
        let again = Store::open(&location).await.expect("opened again");
        assert_eq!(again.read("a").await.expect("read").len(), 3);
        assert_eq!(verify(&again).await.expect("whole").entries, 4);
    });
}

#[test]
fn a_stale_version_is_refused_and_leaves_no_trace() {
    on_both("stale", async |store, _| {
        append(&store, "a", 0, &[opened()]).await.expect("appended");
        let conflict = append(&store, "a", 0, &[opened()]).await.expect_err("stale");
        assert!(matches!(conflict, Error::Conflict { expected: 0, found: 1 }), "{conflict:?}");
        let ahead = append(&store, "a", 5, &[offer(6, 1)]).await.expect_err("ahead");
        assert!(matches!(ahead, Error::Conflict { expected: 5, found: 1 }), "{ahead:?}");
        let gap = append(&store, "a", 1, &[offer(3, 1)]).await.expect_err("a gap");
        assert!(matches!(gap, Error::Gap));
        assert_eq!(verify(&store).await.expect("whole").entries, 1);
    });
}

#[test]
fn of_many_writers_at_once_each_version_goes_to_one() {
    on_both("writers", async |store, _| {
        append(&store, "a", 0, &[opened()]).await.expect("appended");
        let writers = (0..8).map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                let (mut won, mut lost) = (0, 0);
                while won < 10 {
                    let last = store.read("a").await.expect("read").len() as u64;
                    match append(&store, "a", last, &[offer(last + 1, writer)]).await {
                        Ok(()) => won += 1,
                        Err(Error::Conflict { .. }) => lost += 1,
                        Err(other) => panic!("{other:?}"),
                    }
                }
                lost
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            let _lost: u32 = writer.await.expect("the writer ends");
        }
        let entries = store.read("a").await.expect("read");
        let versions: Vec<u64> = entries.iter().map(|entry| entry.version).collect();
        assert_eq!(versions, (1..=81).collect::<Vec<u64>>());
        assert_eq!(verify(&store).await.expect("whole").entries, 81);
    });
}

#[test]
fn any_altered_byte_is_found() {
    let alterations = [
        "UPDATE negotiations SET counterpart = 'other' WHERE id = 'a'",
        "UPDATE negotiations SET summary = REPLACE(summary, 'Renewal', 'Removal') WHERE id = 'a'",
        "UPDATE negotiations SET due_at = 1 WHERE id = 'a'",
        "UPDATE negotiations SET worth = 5 WHERE id = 'b'",
        "DELETE FROM negotiations WHERE id = 'b'",
        "UPDATE participants SET participant = 'eve' WHERE negotiation = 'b'",
        "UPDATE participants SET changed_at = 1",
        "DELETE FROM participants",
        "INSERT INTO participants VALUES ('eve', 'zzz', 1)",
        "UPDATE users SET role = 'admin'",
        "UPDATE users SET password = 'x'",
        "UPDATE users SET closed_at = '2026-03-02T09:00:00Z'",
        "UPDATE keys SET scopes = 'admin'",
        "UPDATE keys SET hash = 'x'",
        "UPDATE keys SET ended_at = '2026-03-02T09:00:00Z'",
        "UPDATE users SET created_at = '2026-03-02T09:00:00.000Z'",
        "UPDATE users SET created_at = '2026-03-02T10:00:00+01:00'",
        "UPDATE keys SET created_at = '2026-03-02T09:00:00+00:00'",
        "UPDATE keys SET scopes = 'read,,write'",
        "UPDATE book SET changed_at = '2026-03-02T09:00:00.0Z'",
        "DELETE FROM users",
        "DELETE FROM keys",
        "DELETE FROM book",
        "UPDATE tally SET figure = REPLACE(figure, '0', '1')",
        "UPDATE tally SET figure = UPPER(figure)",
        "UPDATE users SET seal = UPPER(seal)",
        "UPDATE _sqlx_migrations SET description = 'other' WHERE version = 2",
        "UPDATE _sqlx_migrations SET checksum = (SELECT checksum FROM _sqlx_migrations WHERE version = 1) WHERE version = 2",
        "UPDATE _sqlx_migrations SET success = FALSE WHERE version = 4",
        "DELETE FROM _sqlx_migrations WHERE version = 4",
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         SELECT 9, description, success, checksum, execution_time FROM _sqlx_migrations WHERE version = 4",
        "INSERT INTO entries SELECT -1, 'zz', 1, recorded_at, recorded_by, format, body, previous, hash \
         FROM entries WHERE position = 1",
        "INSERT INTO log SELECT 0, at, who, what, negotiation, previous, hash FROM log WHERE position = 1",
        "INSERT INTO negotiations SELECT '', counterpart, due_at, needed_by, summary, worth FROM negotiations WHERE id = 'a'",
        "INSERT INTO participants VALUES ('', '', 1)",
        "DELETE FROM outbox WHERE position = 3",
        "DELETE FROM outbox",
        "UPDATE outbox SET position = 4 WHERE position = 3",
        "UPDATE outbox SET negotiation = 'b' WHERE position = 3",
        "UPDATE outbox SET first_version = 2 WHERE position = 3",
        "UPDATE outbox SET last_version = 4 WHERE position = 3",
        "UPDATE outbox SET kind = 'imported' WHERE position = 3",
        "UPDATE outbox SET at = '2026-03-02T09:00:01Z' WHERE position = 3",
        "UPDATE outbox SET at = '2026-03-02T09:00:00.0Z' WHERE position = 3",
        "UPDATE outbox SET seal = UPPER(seal)",
        "INSERT INTO outbox SELECT 9, negotiation, first_version, last_version, kind, at, seal FROM outbox WHERE position = 3",
        "UPDATE followers SET settled = 3",
        "UPDATE followers SET settled = -1",
        "UPDATE followers SET name = 'other'",
        "DELETE FROM followers",
        "INSERT INTO followers SELECT 'other', settled, seal FROM followers",
        "UPDATE book SET body = '{}'",
        "UPDATE book SET name = 'other'",
        "UPDATE book SET revision = 2",
        "UPDATE book SET changed_by = 'eve'",
        "UPDATE log SET who = 'eve' WHERE position = 1",
        "UPDATE log SET what = 'nothing' WHERE position = 2",
        "DELETE FROM log WHERE position = 2",
        "UPDATE chain SET position = 1 WHERE id = 2",
        "DELETE FROM chain WHERE id = 2",
        "UPDATE entries SET body = REPLACE(body, '90', '91') WHERE position = 3",
        "UPDATE entries SET recorded_by = 'bea' WHERE position = 2",
        "UPDATE entries SET recorded_at = '2026-03-02T09:00:01Z' WHERE position = 2",
        "UPDATE entries SET negotiation = 'z' WHERE position = 4",
        "UPDATE entries SET version = 9 WHERE position = 3",
        "UPDATE entries SET format = 2 WHERE position = 3",
        "UPDATE entries SET hash = previous WHERE position = 3",
        "UPDATE entries SET previous = hash WHERE position = 3",
        "UPDATE entries SET position = 40 WHERE position = 4",
        "DELETE FROM entries WHERE position = 2",
        "DELETE FROM entries WHERE position = 4",
        "UPDATE chain SET position = 3 WHERE id = 1",
        "UPDATE chain SET hash = 'x' WHERE id = 1",
    ];
    for (index, alteration) in alterations.into_iter().enumerate() {
        on_both(&format!("altered_{index}"), async |store, location| {
            some_of_everything(&store).await;
            verify(&store).await.expect("whole");
            let kept = tamper(&location, alteration, false).await;
            let adds = alteration.starts_with("INSERT");
            let guarded = !adds && (alteration.contains(" entries ") || alteration.contains(" log "));
            assert!(kept.is_err() || !guarded, "the database itself refuses to alter an entry: {alteration}");
            if kept.is_err() {
                tamper(&location, alteration, true).await.expect("altered by force");
            }
            let broken = verify(&store).await.expect_err(alteration);
            assert!(matches!(broken, Error::Broken { .. }), "{alteration}: {broken:?}");
            is_not_moved(&store, alteration).await;
        });
    }
}

async fn some_of_everything(store: &Store) {
    store.follow("mail").await.expect("followed");
    append(store, "a", 0, &[opened(), offer(2, 100), offer(3, 90)]).await.expect("appended");
    append(store, "b", 0, &[opened(), joined(2, "nora", Part::Negotiator)]).await.expect("appended");
    store.add_account(&nora(), &note("made an account")).await.expect("made");
    store.add_key(&key("k", KeyKind::Token), &note("made a token")).await.expect("made");
    store.write_page(&page(1, "a counterpart"), &note("wrote a page")).await.expect("written");
}

/// What was altered is not copied as if it were whole, and what it was to be copied to is left without any of it.
async fn is_not_moved(store: &Store, alteration: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let target = Store::open(&Location::File(folder.path().join("copy.db"))).await.expect("opened");
    let broken = store.copy_to(&target, &|_| {}).await.expect_err(alteration);
    assert!(matches!(broken, Error::Broken { .. }), "moved {alteration}: {broken:?}");
    let left = verify(&target).await.expect("whole");
    assert_eq!((left.entries, left.negotiations, left.log_lines), (0, 0, 0), "{alteration}");
    assert_eq!(target.accounts().await.expect("read").len(), 0, "{alteration}");
    target.close().await;
}

#[test]
fn what_was_altered_is_not_sealed_anew() {
    on_both("resealed", async |store, location| {
        some_of_everything(&store).await;
        tamper(&location, "UPDATE users SET role = 'admin'", false).await.expect("altered");
        tamper(&location, "UPDATE keys SET owner = 'nora', scopes = 'admin'", false).await.expect("altered");
        tamper(&location, "UPDATE book SET body = 'other'", false).await.expect("altered");
        let closed = Account { closed_at: Some(now()), ..nora() };
        let account = store.change_account(&closed, &note("closed an account")).await;
        let key = store.end_key("nora", "k", &note("ended a key")).await;
        let page = store.write_page(&page(2, "another"), &note("wrote a page")).await;
        let torn = store.remove_page(Shelf::Counterparts, "meridian", &note("tore a page out")).await;
        for refused in [account, key, page, torn] {
            assert!(matches!(refused, Err(Error::Broken { .. })), "{refused:?}");
        }
    });
}

#[test]
fn a_form_that_was_altered_is_found() {
    let alike = [
        "DROP INDEX negotiations_by_counterpart",
        "CREATE INDEX another ON entries (recorded_by)",
        "ALTER TABLE users ADD COLUMN another TEXT",
        "ALTER TABLE log RENAME COLUMN at TO moment",
    ];
    let on_sqlite = [
        "DROP TRIGGER entries_are_never_changed",
        "CREATE TRIGGER _sqlx_t AFTER INSERT ON log BEGIN DELETE FROM keys; END",
        "CREATE TRIGGER _sqlx_migrations AFTER INSERT ON log BEGIN DELETE FROM keys; END",
        "CREATE TABLE _sqlx_another (x TEXT)",
        "CREATE INDEX _sqlx_by_day ON _sqlx_migrations (installed_on)",
        "CREATE VIEW another AS SELECT * FROM entries",
        "ANALYZE",
    ];
    let on_postgres = [
        "DROP TRIGGER entries_are_kept ON entries",
        "ALTER TABLE entries DISABLE TRIGGER entries_are_kept",
        "CREATE OR REPLACE FUNCTION entries_are_kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER another BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION entries_are_kept()",
        "CREATE RULE another AS ON INSERT TO log DO INSTEAD NOTHING",
        "ALTER TABLE participants ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE users ALTER COLUMN role SET DEFAULT 'admin'",
        "ALTER TABLE keys ALTER COLUMN label DROP NOT NULL",
        "ALTER TABLE keys DROP CONSTRAINT keys_id_key",
        "ALTER TABLE book ALTER COLUMN revision TYPE INTEGER",
    ];
    for (index, alteration) in alike.into_iter().chain(on_sqlite).chain(on_postgres).enumerate() {
        on_both(&format!("form_{index}"), async |store, location| {
            let is_file = matches!(location, Location::File(_));
            if if is_file { on_postgres.contains(&alteration) } else { on_sqlite.contains(&alteration) } {
                return;
            }
            some_of_everything(&store).await;
            verify(&store).await.expect("whole");
            tamper(&location, alteration, false).await.expect(alteration);
            let broken = verify(&store).await.expect_err(alteration);
            assert!(matches!(broken, Error::Broken { at: Spot::Beside, .. }), "{alteration}: {broken:?}");
            is_not_moved(&store, alteration).await;
        });
    }
}

/// Which of the two chains is broken, and where, is told.
#[test]
fn the_place_of_a_break_is_told() {
    on_both("spots", async |store, location| {
        some_of_everything(&store).await;
        tamper(&location, "UPDATE log SET who = 'eve' WHERE position = 2", true).await.expect("altered");
        let broken = verify(&store).await.expect_err("altered");
        assert!(matches!(broken, Error::Broken { at: Spot::Line(2), .. }), "{broken:?}");
        assert!(broken.to_string().contains("line 2 of the log"), "{broken}");
    });
}

#[test]
fn what_is_taken_in_is_logged_with_it_or_not_at_all() {
    on_both("taken_in", async |store, _| {
        let entries = [opened(), joined(2, "nora", Part::Negotiator)];
        let summary = Summary::of(&Negotiation::of(entries.clone())).expect("it is opened");
        let imported = Note { negotiation: "a", ..note("imported entries 1 to 2") };
        store.take_in("a", &entries, &summary, &imported).await.expect("taken in");
        let again = store.take_in("a", &entries, &summary, &imported).await.expect_err("it is here");
        assert!(matches!(again, Error::Conflict { expected: 0, found: 2 }), "{again:?}");
        store.log(&Note { negotiation: "a", ..note("saw the brief") }).await.expect("logged");
        let first = store.first_logged("a").await.expect("read").expect("a line");
        assert_eq!((first.who.as_str(), first.what.as_str()), ("ada", "imported entries 1 to 2"));
        assert_eq!(store.first_logged("b").await.expect("read"), None);
        assert_eq!(verify(&store).await.expect("whole").log_lines, 2, "what was refused left no trace");
    });
}

/// Letters of the file's own form that are none break the driver's thread: they are found before it meets them.
#[test]
fn a_form_that_can_not_be_read_is_said_to_be_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("records.db");
    runtime().block_on(async {
        Store::open(&Location::File(path.clone())).await.expect("opened").close().await;
    });
    let mut bytes = std::fs::read(&path).expect("read");
    let spelled = b"hash       TEXT PRIMARY KEY";
    let at = |bytes: &[u8]| bytes.windows(spelled.len()).position(|some| some == spelled);
    assert!(at(&bytes).is_some(), "the form is in the file");
    // Pages no longer used may hold it too.
    while let Some(found) = at(&bytes) {
        bytes[found + 6] ^= 0x80;
    }
    std::fs::write(&path, bytes).expect("written");
    runtime().block_on(async {
        let opened = Store::open(&Location::File(path)).await;
        assert!(matches!(opened, Err(Error::Broken { .. })), "{opened:?}");
    });
}

/// Alters what is stored behind the store's back; `force` takes its guards away first.
async fn tamper(location: &Location, statement: &'static str, force: bool) -> Result<(), sqlx::Error> {
    let (url, guards): (String, &'static str) = match location {
        Location::File(path) => (
            format!("sqlite://{}", path.display()),
            "DROP TRIGGER entries_are_never_changed; DROP TRIGGER entries_are_never_removed; \
             DROP TRIGGER log_is_never_changed; DROP TRIGGER log_is_never_removed;",
        ),
        Location::Postgres(url) => {
            (url.clone(), "DROP TRIGGER entries_are_kept ON entries; DROP TRIGGER log_is_kept ON log;")
        }
    };
    // One connection throughout: another may still see the guards that this one took away.
    let mut connection = sqlx::AnyConnection::connect(&url).await?;
    let mut back = Vec::new();
    if force {
        let spelled = match location {
            Location::File(_) => "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
            Location::Postgres(_) => "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        };
        let rows = sqlx::query(spelled).fetch_all(&mut connection).await?;
        back = rows.iter().map(|row| row.try_get::<String, _>(0)).collect::<Result<_, _>>()?;
        sqlx::raw_sql(guards).execute(&mut connection).await?;
    }
    let done = sqlx::raw_sql(statement).execute(&mut connection).await;
    // A guard that is missing is found by itself: here the alteration is to be.
    for guard in back {
        sqlx::raw_sql(sqlx::AssertSqlSafe(guard)).execute(&mut connection).await?;
    }
    connection.close().await?;
    done.map(|_| ())
}

#[test]
fn lists_go_by_participant_by_counterpart_and_by_clock() {
    on_both("lists", async |store, _| {
        append(&store, "a", 0, &[opened(), joined(2, "nora", Part::Negotiator)]).await.expect("appended");
        append(&store, "b", 0, &[opened(), joined(2, "nora", Part::Negotiator)]).await.expect("appended");
        append(&store, "b", 2, &[joined(3, "bea", Part::Boss)]).await.expect("appended");
        let ids = |listed: Vec<store::Listed>| listed.into_iter().map(|one| one.id).collect::<Vec<_>>();
        let all = store.of_participant("nora", None, 10).await.expect("listed");
        let first = store.of_participant("nora", None, 1).await.expect("listed");
        assert_eq!((ids(all), ids(first.clone())), (vec!["b".to_owned(), "a".to_owned()], vec!["b".to_owned()]));
        let rest = store.of_participant("nora", Some(&first[0].cursor()), 10).await.expect("listed");
        assert_eq!(ids(rest), ["a"]);
        assert_eq!(ids(store.of_participant("bea", None, 10).await.expect("listed")), ["b"]);
        append(&store, "b", 3, &[entry(4, Fact::Left { user: "bea".into() })]).await.expect("appended");
        assert_eq!(ids(store.of_participant("bea", None, 10).await.expect("listed")), Vec::<String>::new());
        assert_eq!(ids(store.with_counterpart("northwind").await.expect("listed")), ["a", "b"]);
        assert_eq!(ids(store.with_counterpart("nobody").await.expect("listed")), Vec::<String>::new());
        let question = Question {
            point: Point::Price { to: 90.into() },
            recommendation: "go".to_owned(),
            options: Vec::new(),
            needed_by: now() + jiff::SignedDuration::from_hours(2),
            otherwise: "we wait".to_owned(),
        };
        append(&store, "a", 2, &[entry(3, Fact::GuidanceAsked { question, about: None })]).await.expect("appended");
        let due = |minutes| store.due(now() + jiff::SignedDuration::from_mins(minutes), 10);
        assert_eq!(ids(due(59).await.expect("listed")), Vec::<String>::new());
        assert_eq!(ids(due(60).await.expect("listed")), ["a"]);
        verify(&store).await.expect("whole");
    });
}

#[test]
fn accounts_and_keys_are_kept_and_logged() {
    on_both("accounts", async |store, _| {
        store.add_account(&nora(), &note("made an account")).await.expect("made");
        let taken = store.add_account(&nora(), &note("made an account")).await.expect_err("taken");
        assert!(matches!(taken, Error::Taken));
        assert!(store.account("nora").await.expect("read") == Some(nora()));
        assert!(store.account("eve").await.expect("read").is_none());
        let closed = Account { closed_at: Some(now()), ..nora() };
        store.change_account(&closed, &note("closed an account")).await.expect("closed");
        assert!(store.accounts().await.expect("read") == [closed]);
        let eve = Account { name: "eve".to_owned(), ..nora() };
        let unknown = store.change_account(&eve, &note("closed an account")).await.expect_err("unknown");
        assert!(matches!(unknown, Error::Unknown));
        let token = key("t", KeyKind::Token);
        store.add_key(&token, &note("made a token")).await.expect("made");
        assert!(store.key(&token.hash).await.expect("read") == Some(token.clone()));
        assert!(token.holds(now()));
        store.end_key("nora", "t", &note("ended a token")).await.expect("ended");
        assert!(!store.key(&token.hash).await.expect("read").expect("kept").holds(now()));
        let foreign = store.end_key("eve", "t", &note("ended a token")).await.expect_err("not hers");
        assert!(matches!(foreign, Error::Unknown));
        store.log(&Note { negotiation: "a", ..note("saw the brief") }).await.expect("logged");
        let lines = store.logged("a", 10).await.expect("read");
        assert_eq!((lines.len(), lines[0].what.as_str(), lines[0].who.as_str()), (1, "saw the brief", "ada"));
        // Made, closed, token made, token ended, seen: what failed left no trace.
        assert_eq!(verify(&store).await.expect("whole").log_lines, 5);
    });
}

#[test]
fn a_page_of_the_book_is_written_after_the_last_revision_alone() {
    on_both("book", async |store, _| {
        assert_eq!(store.page(Shelf::Counterparts, "meridian").await.expect("read"), None);
        store.write_page(&page(1, "one"), &note("wrote a page")).await.expect("written");
        for stale in [0, 1, 3] {
            let refused = store.write_page(&page(stale, "other"), &note("wrote a page")).await.expect_err("stale");
            assert!(matches!(refused, Error::Conflict { found: 1, .. }), "{refused:?}");
        }
        store.write_page(&page(2, "two"), &note("wrote a page")).await.expect("written");
        assert_eq!(store.pages(Shelf::Counterparts).await.expect("read"), [page(2, "two")]);
        assert_eq!(store.pages(Shelf::Visits).await.expect("read"), []);
        store.remove_page(Shelf::Counterparts, "meridian", &note("tore a page out")).await.expect("removed");
        let gone = store.remove_page(Shelf::Counterparts, "meridian", &note("again")).await.expect_err("gone");
        assert!(matches!(gone, Error::Unknown));
        assert_eq!(verify(&store).await.expect("whole").log_lines, 3, "what was refused left no trace");
    });
}

#[test]
fn everything_moves_to_an_empty_store_and_to_no_other() {
    on_both("moves", async |store, _| {
        append(&store, "a", 0, &[opened(), joined(2, "nora", Part::Negotiator)]).await.expect("appended");
        append(&store, "a", 2, &[offer(3, 90)]).await.expect("appended");
        store.add_account(&nora(), &note("made an account")).await.expect("made");
        store.add_key(&key("t", KeyKind::Token), &note("made a token")).await.expect("made");
        store.add_key(&key("s", KeyKind::Session), &note("signed in")).await.expect("made");
        store.add_key(&key("v", KeyKind::Feed), &note("made a feed")).await.expect("made");
        store.write_page(&page(1, "a counterpart"), &note("wrote a page")).await.expect("written");
        let folder = tempfile::tempdir().expect("a folder");
        let target = Store::open(&Location::File(folder.path().join("copy.db"))).await.expect("opened");
        store.copy_to(&target, &|_| {}).await.expect("copied");
        let (from, to) = (verify(&store).await.expect("whole"), verify(&target).await.expect("whole"));
        let counted = |one: &Verified| (one.entries, one.negotiations, one.log_lines);
        assert_eq!(counted(&from), counted(&to));
        // What was kept of the one is known to the other, which differs by the session that was left behind.
        assert_eq!(to.moment.place, from.moment.place + 1);
        let known = target.verify_against(std::slice::from_ref(&from.moment.hash), &|_| {}).await.expect("whole").known;
        assert_eq!(known, [from.moment]);
        assert_eq!(target.read("a").await.expect("read"), store.read("a").await.expect("read"));
        let keys: Vec<String> = target.keys_of("nora").await.expect("read").into_iter().map(|key| key.id).collect();
        assert_eq!(keys, ["t", "v"]);
        assert_eq!(target.pages(Shelf::Counterparts).await.expect("read"), [page(1, "a counterpart")]);
        let again = store.copy_to(&target, &|_| {}).await.expect_err("not empty");
        assert!(matches!(again, Error::NotEmpty));
        append(&target, "a", 3, &[offer(4, 80)]).await.expect("it goes on there");
        assert_eq!(verify(&target).await.expect("whole").entries, 4);
    });
}

const FLIPS: usize = 150;

/// Any bit of the file flipped either leaves everything as it was (room that nothing uses) or is found.
#[test]
fn any_flipped_bit_of_the_file_is_found_or_means_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("records.db");
    runtime().block_on(async {
        let store = Store::open(&Location::File(path.clone())).await.expect("opened");
        append(&store, "a", 0, &[opened(), joined(2, "nora", Part::Negotiator), offer(3, 90)]).await.expect("appended");
        store.add_account(&nora(), &note("made an account")).await.expect("made");
        let whole = verify(&store).await.expect("whole");
        let entries = store.read("a").await.expect("read");
        store.close().await;
        let bytes = std::fs::read(&path).expect("read");
        // Most of so small a file is zeros that nothing reads.
        let written: Vec<usize> = (0..bytes.len()).filter(|&position| bytes[position] != 0).collect();
        let mut found = 0;
        for round in 0..FLIPS {
            let mut altered = bytes.clone();
            let position = written[(round * (written.len() / FLIPS) + round * 7) % written.len()];
            altered[position] ^= 1 << (round % 8);
            // A file of its own: a desk that could not be opened may hold on to the last one for a moment.
            let copy = folder.path().join(format!("altered-{round}.db"));
            std::fs::write(&copy, altered).expect("written");
            let is_told = |error: &Error| matches!(error, Error::Broken { .. } | Error::Format { .. } | Error::Newer);
            let store = match Store::inspect(&Location::File(copy)).await {
                Ok(store) => store,
                Err(error) => {
                    assert!(is_told(&error), "bit {round} at {position}: {error:?}");
                    found += 1;
                    continue;
                }
            };
            match verify(&store).await {
                Err(error) => {
                    assert!(is_told(&error), "bit {round} at {position}: {error:?}");
                    found += 1;
                }
                Ok(still) => {
                    assert_eq!(still, whole, "bit {round} at {position}");
                    assert_eq!(store.read("a").await.expect("read"), entries, "bit {round} at {position}");
                    assert!(store.account("nora").await.expect("read") == Some(nora()), "bit {round} at {position}");
                }
            }
            store.close().await;
        }
        assert!(found > FLIPS / 4, "only {found} of {FLIPS} were found");
    });
}

#[test]
fn records_are_inspected_where_they_are_and_as_they_are() {
    on_both("inspected", async |store, location| {
        some_of_everything(&store).await;
        let reader = Store::inspect(&location).await.expect("inspected");
        let refused = append(&reader, "a", 3, &[offer(4, 80)]).await;
        // PostgreSQL's readers are kept from writing by their transactions alone.
        assert!(refused.is_err() || matches!(location, Location::Postgres(_)), "{refused:?}");
        assert_eq!(
            verify(&reader).await.expect("whole"),
            verify(&store).await.expect("whole"),
            "also while it is open"
        );
        reader.close().await;
        store.close().await;

        let older = "DROP TABLE tally; DROP TABLE outbox; DROP TABLE followers; DROP TABLE moments; \
                     ALTER TABLE keys DROP COLUMN issuer; DELETE FROM _sqlx_migrations WHERE version >= 4";
        tamper(&location, older, false).await.expect("older");
        let older = Store::inspect(&location).await.expect_err("of an older version");
        assert!(matches!(older, Error::Older), "{older:?}");
        let again = Store::inspect(&location).await.expect_err("nothing was changed");
        assert!(matches!(again, Error::Older), "{again:?}");
        let brought_up = Store::open_existing(&location).await.expect("opened");
        verify(&brought_up).await.expect("whole");
        brought_up.close().await;

        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                     SELECT 9, 'of the future', success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";
        tamper(&location, newer, false).await.expect("newer");
        for refused in [Store::inspect(&location).await, Store::open(&location).await] {
            assert!(matches!(refused, Err(Error::Newer)), "{refused:?}");
        }
    });
}

#[test]
fn nothing_is_made_where_something_should_be_read() {
    on_both("nowhere", async |store, location| {
        store.close().await;
        let nowhere = match location {
            Location::File(path) => Location::File(path.with_file_name("other.db")),
            Location::Postgres(url) => {
                let empty = postgres::database("without_records").expect("a database");
                let refused = Store::inspect(&Location::Postgres(empty.clone())).await.expect_err("empty");
                assert!(matches!(refused, Error::Nothing(_)), "{refused:?}");
                let refused = Store::open_existing(&Location::Postgres(empty)).await.expect_err("empty");
                assert!(matches!(refused, Error::Nothing(_)), "{refused:?}");
                Location::Postgres(url + "_which_is_not_there")
            }
        };
        for refused in [Store::inspect(&nowhere).await, Store::open_existing(&nowhere).await] {
            let refused = refused.expect_err("there is nothing");
            assert!(matches!(refused, Error::Nothing(_)), "{refused:?}");
            assert!(refused.to_string().contains(&nowhere.to_string()), "{refused}");
        }
        if let Location::File(path) = nowhere {
            assert!(!path.exists());
            std::fs::write(&path, "").expect("written");
            let empty = Store::inspect(&Location::File(path.clone())).await.expect_err("empty");
            assert!(matches!(empty, Error::Nothing(_)), "{empty:?}");
            std::fs::write(&path, "not a database at all, but long enough to have a head".repeat(9)).expect("written");
            let junk = Store::inspect(&Location::File(path)).await.expect_err("junk");
            assert!(matches!(junk, Error::Broken { .. }), "{junk:?}");
        }
    });
}

#[test]
fn a_reader_leaves_nothing_behind_and_changes_no_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("records.db");
    let location = Location::File(path.clone());
    let names = || std::fs::read_dir(folder.path()).expect("read").count();
    runtime().block_on(async {
        let store = Store::open(&location).await.expect("opened");
        some_of_everything(&store).await;
        store.close().await;
        assert_eq!(names(), 1);
        let before = std::fs::read(&path).expect("read");
        let reader = Store::inspect(&location).await.expect("inspected");
        verify(&reader).await.expect("whole");
        reader.close().await;
        assert_eq!(names(), 1);
        assert!(before == std::fs::read(&path).expect("read"));

        // A program that broke off leaves a log, which is read and left.
        let store = Store::open(&location).await.expect("opened");
        append(&store, "a", 3, &[offer(4, 80)]).await.expect("appended");
        let broken_off = tempfile::tempdir().expect("a folder");
        for name in ["records.db", "records.db-wal"] {
            std::fs::copy(folder.path().join(name), broken_off.path().join(name)).expect("copied");
        }
        store.close().await;
        let path = broken_off.path().join("records.db");
        let before = std::fs::read(&path).expect("read");
        let reader = Store::inspect(&Location::File(path.clone())).await.expect("inspected");
        assert_eq!(verify(&reader).await.expect("whole").entries, 6);
        reader.close().await;
        assert!(before == std::fs::read(&path).expect("read"));
    });
}

#[test]
fn any_path_will_do() {
    let folder = tempfile::tempdir().expect("a folder");
    runtime().block_on(async {
        for name in ["50 % off", "%41", "why?", "a#b", "a&mode=memory", "ü", ":memory:", "file:x", "a+b"] {
            let inner = folder.path().join(name);
            std::fs::create_dir(&inner).expect("made");
            let path = inner.join(format!("{name}.db"));
            let store = Store::open(&Location::File(path.clone())).await.expect(name);
            append(&store, "a", 0, &[opened()]).await.expect("appended");
            store.close().await;
            assert!(path.is_file(), "{name}");
            let reader = Store::inspect(&Location::File(path)).await.expect(name);
            assert_eq!(verify(&reader).await.expect("whole").entries, 1, "{name}");
            reader.close().await;
        }
        let nowhere = Location::File(folder.path().join("not/there.db"));
        let refused = Store::open(&nowhere).await.expect_err("no folder");
        assert!(matches!(refused, Error::Unopened(_)) && refused.to_string().contains("not/there.db"), "{refused:?}");
    });
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("records.db");
    let mode = |name: &str| {
        let there = std::fs::metadata(folder.path().join(name)).expect(name);
        there.permissions().mode() & 0o777
    };
    let set = |bits| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(bits)).expect("set");
    runtime().block_on(async {
        for (before, after) in [(None, 0o600), (Some(0o644), 0o600), (Some(0o660), 0o660)] {
            if let Some(bits) = before {
                set(bits);
            }
            let store = Store::open(&Location::File(path.clone())).await.expect("opened");
            store.log(&note("looked")).await.expect("logged");
            for name in ["records.db", "records.db-wal", "records.db-shm"] {
                assert_eq!(mode(name), after, "{name} after {before:?}");
            }
            store.close().await;
        }
    });
}
