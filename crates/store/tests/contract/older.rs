//! Databases that earlier versions made open, and prove whole.
//!
//! `goldens/version-4.*.sql` are dumps of such databases, made by a program from before the outbox: their lists of migrations were
//! kept by sqlx itself.

use super::*;

#[test]
fn records_of_an_earlier_version_open_and_are_whole() {
    on_both("older", async |fresh, location| {
        fresh.close().await;
        let (dump, location) = match location {
            Location::File(path) => ("version-4.sqlite.sql", Location::File(path.with_file_name("older.db"))),
            Location::Postgres(_) => {
                let url = postgres::database("of_an_earlier_version").expect("a database");
                ("version-4.postgres.sql", Location::Postgres(url))
            }
        };
        load(&location, dump).await;
        let refused = Store::inspect(&location).await.expect_err("it is older");
        assert!(matches!(refused, Error::Older), "{refused:?}");
        let store = Store::open_existing(&location).await.expect("opened");
        let whole = verify(&store).await.expect("whole");
        assert_eq!((whole.entries, whole.negotiations, whole.log_lines), (9, 1, 5));
        let printed = "8a688ab8ffce99dceb6d8bf38e890394e8ad3bed99eea013fa40ea454a053fc5";
        assert_eq!(store.entry_with(printed).await.expect("read"), Some(9), "what that version printed is still known");
        let id = store.ids("", 2).await.expect("listed").remove(0);
        assert_eq!(Negotiation::of(store.read(&id).await.expect("read")).offers.len(), 2);
        assert_eq!(store.accounts().await.expect("read").len(), 2);
        store.follow("mail").await.expect("followed");
        append(&store, &id, 9, &[offer(10, 1_300_000)]).await.expect("it goes on");
        assert_eq!(store.pending("mail", 9).await.expect("read").len(), 1);
        assert_eq!(verify(&store).await.expect("whole").entries, 10);
        store.close().await;
    });
}

async fn load(location: &Location, dump: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("goldens").join(dump);
    let statements = std::fs::read_to_string(path).expect("read");
    let url = match location {
        Location::File(path) => format!("sqlite://{}?mode=rwc", path.display()),
        Location::Postgres(url) => url.clone(),
    };
    let mut connection = sqlx::AnyConnection::connect(&url).await.expect("connected");
    sqlx::raw_sql(sqlx::AssertSqlSafe(statements)).execute(&mut connection).await.expect("loaded");
    connection.close().await.expect("closed");
}
