//! Stores altered by hand and sealed anew from end to end, as somebody can who has read how: such a store proves whole by itself,
//! and only a hash that was kept elsewhere tells it from what it was.

use sha2::{Digest, Sha256};
use sqlx::AnyConnection;
use store::Moment;

use super::*;

/// Ways of altering what is kept, each a few statements.
const ALTERATIONS: [&str; 44] = [
    "UPDATE users SET role = 'admin' WHERE name = 'nora'",
    "UPDATE users SET role = 'member' WHERE name = 'ada'",
    "UPDATE users SET password = (SELECT password FROM users WHERE name = 'ada') WHERE name = 'nora'",
    "UPDATE users SET password = '' WHERE name = 'nora'",
    "UPDATE users SET created_at = '2025-03-02T09:00:00Z' WHERE name = 'nora'",
    "UPDATE users SET closed_at = '2026-03-02T09:00:00Z' WHERE name = 'nora'",
    "UPDATE users SET closed_at = '' WHERE name = 'olaf'",
    "UPDATE users SET name = 'norah' WHERE name = 'nora'",
    "DELETE FROM users WHERE name = 'olaf'",
    "INSERT INTO users SELECT 'eve', 'admin', password, created_at, '', seal FROM users WHERE name = 'nora'",
    "UPDATE keys SET scopes = 'read,write,authorize' WHERE id = 'k'",
    "UPDATE keys SET scopes = 'read' WHERE id = 'k'",
    "UPDATE keys SET owner = 'ada' WHERE id = 'k'",
    "UPDATE keys SET hash = 'hash of another' WHERE id = 'k'",
    "UPDATE keys SET ended_at = '' WHERE id = 'ended'",
    "UPDATE keys SET ended_at = '2026-03-02T09:00:00Z' WHERE id = 'k'",
    "UPDATE keys SET expires_at = '' WHERE id = 'dated'",
    "UPDATE keys SET expires_at = '2036-03-02T09:00:00Z' WHERE id = 'dated'",
    "UPDATE keys SET kind = 'token' WHERE id = 's'",
    "UPDATE keys SET label = 'a phone' WHERE id = 'k'",
    "UPDATE keys SET issuer = '' WHERE id = 'dated'",
    "UPDATE keys SET issuer = 'ada' WHERE id = 'k'",
    "UPDATE keys SET created_at = '2025-03-02T09:00:00Z' WHERE id = 'k'",
    "DELETE FROM keys WHERE id = 'ended'",
    "INSERT INTO keys SELECT 'x', 'x', kind, owner, label, scopes, created_at, expires_at, ended_at, seal, issuer FROM keys WHERE id = 'k'",
    "UPDATE book SET body = 'they pay late'",
    "UPDATE book SET changed_by = 'bea'",
    "UPDATE book SET changed_at = '2025-03-02T09:00:00Z'",
    "UPDATE book SET revision = 7",
    "UPDATE book SET name = 'another'",
    "DELETE FROM book",
    "INSERT INTO book SELECT shelf, 'another', 1, changed_at, changed_by, body, seal FROM book",
    "UPDATE log SET who = 'bea' WHERE position = 3",
    "UPDATE log SET what = 'nothing' WHERE position = 3",
    "UPDATE log SET at = '2025-03-02T09:00:00Z' WHERE position = 3",
    "UPDATE log SET negotiation = 'b' WHERE position = 3",
    "DELETE FROM log WHERE position = 3",
    "DELETE FROM log WHERE position > (SELECT MAX(position) - 5 FROM log)",
    "INSERT INTO log SELECT 99, at, 'bea', 'saw the brief', 'a', previous, hash FROM log WHERE position = 1",
    "UPDATE entries SET recorded_by = 'bea' WHERE position = 2",
    "UPDATE entries SET body = REPLACE(body, 'a slip', 'no slip') WHERE negotiation = 'a'",
    "UPDATE followers SET name = 'another'",
    "UPDATE outbox SET at = '2025-03-02T09:00:00Z' WHERE position = 3",
    "UPDATE outbox SET kind = 'imported' WHERE position = 3",
];

async fn a_store_in_use(store: &Store) -> Moment {
    store.follow("mail").await.expect("followed");
    let slip = Offer { note: Some("a slip".to_owned()), ..Offer::of(Side::Us, 90) };
    append(store, "a", 0, &[opened(), offer(2, 100), entry(3, Fact::Offered(slip))]).await.expect("appended");
    append(store, "b", 0, &[opened(), joined(2, "nora", Part::Negotiator)]).await.expect("appended");
    let ada = Account { name: "ada".to_owned(), role: AccountRole::Admin, password: "ada's".to_owned(), ..nora() };
    let olaf = Account { name: "olaf".to_owned(), closed_at: Some(now()), ..nora() };
    for account in [ada, nora(), olaf] {
        store.add_account(&account, &note("made an account")).await.expect("made");
    }
    let ended = Key { ended_at: Some(now()), ..key("ended", KeyKind::Token) };
    let expires_at = Some("2026-06-02T09:00:00Z".parse().expect("a time"));
    let dated = Key { expires_at, issuer: Some("ada".to_owned()), ..key("dated", KeyKind::Token) };
    for key in [key("k", KeyKind::Token), key("s", KeyKind::Session), ended, dated] {
        store.add_key(&key, &note("made a key")).await.expect("made");
    }
    store.write_page(&page(1, "a counterpart"), &note("wrote a page")).await.expect("written");
    verify(store).await.expect("whole").moment
}

/// The hash of fields, as `docs` and the source say how.
fn hashed(numbers: &[i64], texts: &[&str]) -> String {
    let mut sha = Sha256::new();
    numbers.iter().for_each(|number| sha.update(number.to_be_bytes()));
    for text in texts {
        sha.update((text.len() as u64).to_be_bytes());
        sha.update(text.as_bytes());
    }
    hex::encode(sha.finalize())
}

async fn texts(connection: &mut AnyConnection, query: &'static str) -> Vec<Vec<String>> {
    let rows = sqlx::query(query).fetch_all(connection).await.expect("read");
    let text = |row: &sqlx::any::AnyRow, index: usize| {
        let number = || row.try_get::<i64, _>(index).map(|number| number.to_string());
        row.try_get::<String, _>(index).or_else(|_| number()).expect("text or number")
    };
    rows.iter().map(|row| (0..row.len()).map(|index| text(row, index)).collect()).collect()
}

async fn run(connection: &mut AnyConnection, statement: String) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(connection).await.expect("done");
}

fn number(text: &str) -> i64 {
    text.parse().expect("a number")
}

/// Sealed rows: where they are, how their seal is computed.
async fn seal_rows(connection: &mut AnyConnection) {
    let tables = [
        ("users", "SELECT rowid, name, role, password, created_at, closed_at FROM users"),
        (
            "keys",
            "SELECT rowid, hash, id, kind, owner, label, scopes, created_at, expires_at, ended_at, issuer FROM keys",
        ),
        ("book", "SELECT rowid, shelf, name, revision, changed_at, changed_by, body FROM book"),
        ("followers", "SELECT rowid, name, settled FROM followers"),
    ];
    for (table, query) in tables {
        for row in texts(connection, query).await {
            let mut fields: Vec<&str> = row[1..].iter().map(String::as_str).collect();
            if table == "keys" && fields.last() == Some(&"") {
                fields.pop();
            }
            let seal = hashed(&[], &fields);
            run(connection, format!("UPDATE {table} SET seal = '{seal}' WHERE rowid = {}", row[0])).await;
        }
    }
    let query = "SELECT position, first_version, last_version, negotiation, kind, at FROM outbox";
    for row in texts(connection, query).await {
        let seal = hashed(&[number(&row[0]), number(&row[1]), number(&row[2])], &[&row[3], &row[4], &row[5]]);
        run(connection, format!("UPDATE outbox SET seal = '{seal}' WHERE position = {}", row[0])).await;
    }
}

/// Links both chains anew, and gives the hash after so many rows of each.
async fn link(connection: &mut AnyConnection) -> [Vec<String>; 2] {
    let mut ends = [vec![String::new()], vec![String::new()]];
    let entries =
        "SELECT rowid, negotiation, version, recorded_at, recorded_by, format, body FROM entries ORDER BY position";
    let log = "SELECT rowid, at, who, what, negotiation FROM log ORDER BY position";
    for (id, (table, query)) in [("entries", entries), ("log", log)].into_iter().enumerate() {
        let rows = texts(connection, query).await;
        for (row, position) in rows.iter().zip(1_i64..) {
            let previous = ends[id].last().expect("an end").clone();
            let fields: Vec<&str> = row[1..].iter().map(String::as_str).collect();
            let hash = match fields[..] {
                [negotiation, version, at, by, format, body] => hashed(
                    &[position, number(version), number(format)],
                    &[negotiation, at, by, body, previous.as_str()],
                ),
                [at, who, what, negotiation] => hashed(&[position], &[at, who, what, negotiation, previous.as_str()]),
                _ => panic!("{fields:?}"),
            };
            let set = format!("position = {position}, previous = '{previous}', hash = '{hash}'");
            run(connection, format!("UPDATE {table} SET {set} WHERE rowid = {}", row[0])).await;
            ends[id].push(hash);
        }
        let (position, hash) = (rows.len(), ends[id].last().expect("an end"));
        run(connection, format!("UPDATE chain SET position = {position}, hash = '{hash}' WHERE id = {}", id + 1)).await;
    }
    ends
}

/// The seals there are, those that the log tells of and the others.
async fn seals(connection: &mut AnyConnection) -> [Vec<String>; 2] {
    let queries = [
        "SELECT seal FROM users UNION ALL SELECT seal FROM keys UNION ALL SELECT seal FROM book",
        "SELECT seal FROM followers UNION ALL SELECT seal FROM outbox",
    ];
    let mut seals = [Vec::new(), Vec::new()];
    for (kind, query) in queries.into_iter().enumerate() {
        seals[kind] = texts(connection, query).await.into_iter().map(|mut row| row.remove(0)).collect();
    }
    seals
}

async fn tally(connection: &mut AnyConnection) {
    let mut figure = [0_u8; 32];
    let query = "SELECT seal FROM users UNION ALL SELECT seal FROM keys UNION ALL SELECT seal FROM book \
                 UNION ALL SELECT seal FROM followers";
    for row in texts(connection, query).await {
        let seal = hex::decode(&row[0]).expect("a seal");
        figure.iter_mut().zip(seal).for_each(|(byte, other)| *byte ^= other);
    }
    run(connection, format!("UPDATE tally SET figure = '{}'", hex::encode(figure))).await;
}

/// Takes seals in that were not there, and out that were.
fn turn(standing: &mut Vec<String>, seals: &str) {
    for seal in seals.split(',').filter(|seal| !seal.is_empty()) {
        match standing.iter().position(|one| one == seal) {
            Some(index) => drop(standing.remove(index)),
            None => standing.push(seal.to_owned()),
        }
    }
}

/// Writes all moments anew; the last of them makes up for what came and went.
async fn moments(connection: &mut AnyConnection, ends: &[Vec<String>; 2]) {
    let rows = texts(connection, "SELECT place, entries, lines, turned, silent FROM moments ORDER BY place").await;
    let (mut standing, mut previous) = ([Vec::new(), Vec::new()], String::new());
    let (mut lines_before, last) = (0, rows.len());
    let now = seals(connection).await;
    for (row, place) in rows.iter().zip(1..) {
        let entries = number(&row[1]).min(ends[0].len() as i64 - 1);
        // A line that was put in stands at the end.
        let all = ends[1].len() as i64 - 1;
        let mut lines = if place == last { all } else { number(&row[2]).min(all) };
        let mut turned = [row[3].clone(), row[4].clone()];
        for kind in [0, 1] {
            turn(&mut standing[kind], &turned[kind]);
            if place == last {
                let mut missing = standing[kind].clone();
                turn(&mut missing, &now[kind].join(","));
                missing.extend(turned[kind].split(',').filter(|seal| !seal.is_empty()).map(str::to_owned));
                let mut kept = Vec::new();
                turn(&mut kept, &missing.join(","));
                kept.sort();
                turned[kind] = kept.join(",");
            }
        }
        // What was changed beside the chains needs a line: one that was cut off takes its own moment's away.
        if !turned[0].is_empty() && lines == lines_before {
            lines = lines_before;
        }
        let (entry, line) = (&ends[0][entries as usize], &ends[1][lines as usize]);
        let hash = hashed(&[place as i64, entries, lines], &[entry, line, &turned[0], &turned[1], &previous]);
        let set = format!(
            "entries = {entries}, lines = {lines}, turned = '{}', silent = '{}', hash = '{hash}'",
            turned[0], turned[1]
        );
        run(connection, format!("UPDATE moments SET {set} WHERE place = {place}")).await;
        (previous, lines_before) = (hash, lines);
    }
}

async fn forged(path: &std::path::Path, alteration: &'static str) {
    let mut connection = AnyConnection::connect(&format!("sqlite://{}", path.display())).await.expect("connected");
    let guards = texts(&mut connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").await;
    for guard in &guards {
        run(&mut connection, format!("DROP TRIGGER {}", guard[0])).await;
    }
    run(&mut connection, alteration.to_owned()).await;
    seal_rows(&mut connection).await;
    let ends = link(&mut connection).await;
    tally(&mut connection).await;
    moments(&mut connection, &ends).await;
    for guard in guards {
        run(&mut connection, guard[1].clone()).await;
    }
    connection.close().await.expect("closed");
}

#[test]
fn what_was_altered_and_sealed_anew_is_told_by_a_kept_hash() {
    let mut whole = 0;
    for alteration in ALTERATIONS {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("records.db");
        runtime().block_on(async {
            let store = Store::open(&Location::File(path.clone())).await.expect("opened");
            let kept = a_store_in_use(&store).await;
            let known = store.verify_against(std::slice::from_ref(&kept.hash), &|_| {}).await.expect("whole").known;
            assert_eq!(known, std::slice::from_ref(&kept), "before: {alteration}");
            forged(&path, alteration).await;
            match store.verify_against(&[kept.hash], &|_| {}).await {
                Ok(verified) => {
                    assert_eq!(verified.known, [], "not told: {alteration}");
                    whole += 1;
                }
                Err(Error::Broken { .. }) => {}
                Err(other) => panic!("{alteration}: {other}"),
            }
            store.close().await;
        });
    }
    // The forger is a good one: nearly all of it proves whole by itself, so that only the kept hash tells.
    assert!(whole >= 40, "only {whole} of {} were sealed well", ALTERATIONS.len());
}

/// The store as it was before, with all that came after taken away: it is whole, and is not what it was.
#[test]
fn a_store_put_back_to_what_it_was_is_told_by_a_kept_hash() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("records.db");
    runtime().block_on(async {
        let store = Store::open(&Location::File(path.clone())).await.expect("opened");
        let early = a_store_in_use(&store).await;
        store.close().await;
        let copy = folder.path().join("copy.db");
        std::fs::copy(&path, &copy).expect("copied");
        let store = Store::open(&Location::File(path)).await.expect("opened");
        store.add_key(&key("later", KeyKind::Token), &note("made a key")).await.expect("made");
        let late = verify(&store).await.expect("whole").moment;
        let kept = [early.hash.clone(), late.hash.clone()];
        assert_eq!(store.verify_against(&kept, &|_| {}).await.expect("whole").known, [early.clone(), late]);
        let back = Store::open(&Location::File(copy)).await.expect("opened");
        assert_eq!(back.verify_against(&kept, &|_| {}).await.expect("whole").known, [early]);
        store.close().await;
        back.close().await;
    });
}

/// Somebody who adds what they altered as if it had just happened needs a line in the log for it, where it is seen.
#[test]
fn what_is_added_with_no_line_in_the_log_is_found() {
    on_both("unlogged", async |store, location| {
        let kept = a_store_in_use(&store).await;
        let url = match &location {
            Location::File(path) => format!("sqlite://{}", path.display()),
            Location::Postgres(url) => url.clone(),
        };
        let mut connection = AnyConnection::connect(&url).await.expect("connected");
        let before = texts(&mut connection, "SELECT seal FROM users WHERE name = 'nora'").await[0][0].clone();
        let row = texts(&mut connection, "SELECT name, password, created_at FROM users WHERE name = 'nora'").await;
        let seal = hashed(&[], &[&row[0][0], "admin", &row[0][1], &row[0][2], ""]);
        run(&mut connection, format!("UPDATE users SET role = 'admin', seal = '{seal}' WHERE name = 'nora'")).await;
        tally(&mut connection).await;
        let ends = [(1, kept.entries), (2, kept.lines)].map(|(id, position)| (id, position));
        let mut hashes = Vec::new();
        for (id, _) in ends {
            let heads = texts(&mut connection, "SELECT id, hash FROM chain").await;
            hashes.push(heads.into_iter().find(|head| number(&head[0]) == id).expect("a head").remove(1));
        }
        let mut turned = [before.as_str(), seal.as_str()];
        turned.sort_unstable();
        let turned = turned.join(",");
        let place = kept.place + 1;
        let hash = hashed(&[place, kept.entries, kept.lines], &[&hashes[0], &hashes[1], &turned, "", &kept.hash]);
        let values = format!("{place}, {}, {}, '{turned}', '', '{hash}'", kept.entries, kept.lines);
        run(&mut connection, format!("INSERT INTO moments VALUES ({values})")).await;
        connection.close().await.expect("closed");
        let broken = verify(&store).await.expect_err("no line says so");
        assert!(broken.to_string().contains("no line in the log"), "{broken}");
    });
}
