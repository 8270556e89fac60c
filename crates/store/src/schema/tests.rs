//! The forms kept here are what the migrations make.

use super::*;
use crate::{Location, Store};

#[path = "../../tests/postgres/mod.rs"]
mod postgres;

/// Set by `cargo xtask bless`.
const BLESS: &str = "UPSTAIRS_BLESS";

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

#[test]
fn the_form_is_what_the_migrations_make() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let store = Store::open(&Location::File(folder.path().join("records.db"))).await.unwrap();
        let mut connection = store.pool.acquire().await.unwrap();
        let made = spelled(&mut connection).await.unwrap();
        assert!(made.len() > 15, "{made:?}");
        assert_eq!(fingerprint(&made), SQLITE, "a new migration makes a new form: keep its fingerprint");
    });
}

#[test]
fn the_catalogue_is_what_the_migrations_make() {
    let url = match postgres::database("catalogue") {
        Ok(url) => url,
        Err(why) if std::env::var_os("CI").is_some() => panic!("no PostgreSQL: {why}"),
        Err(why) => return eprintln!("SKIPPED on PostgreSQL: {why}"),
    };
    let made = run(async {
        let store = Store::open(&Location::Postgres(url)).await.unwrap();
        let mut connection = store.pool.acquire().await.unwrap();
        catalogued(&mut connection).await.unwrap()
    });
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema/postgres.txt");
    if std::env::var_os(BLESS).is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert_eq!(made, kept, "a new migration makes a new form: `cargo xtask bless` keeps it");
}
