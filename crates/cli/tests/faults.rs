//! The desk under faults: killed at any moment, out of room on the disk, and left by its database. The real program
//! runs on real data, callers keep account of every answer, and what was acknowledged must be there afterwards: once, in
//! order and to the letter.
//!
//! `UPSTAIRS_KILLS` says how often each store's desk is killed, `UPSTAIRS_SEED` repeats the choices of a run.

#![cfg(unix)]

#[path = "faults/client.rs"]
mod client;
#[path = "faults/desk.rs"]
mod desk;
#[path = "faults/ledger.rs"]
mod ledger;
#[path = "faults/luck.rs"]
mod luck;
#[path = "../../store/tests/postgres/mod.rs"]
mod postgres;
#[path = "faults/writer.rs"]
mod writer;

#[path = "faults/disk.rs"]
mod disk;
#[path = "faults/follows.rs"]
mod follows;
#[path = "faults/kills.rs"]
mod kills;
#[path = "faults/restarts.rs"]
mod restarts;

/// Says aloud that something could not be tried here; where `CI` is set, everything can be.
fn skip(what: &str, why: &str) {
    assert!(std::env::var_os("CI").is_none(), "{what}: {why}");
    eprintln!("SKIPPED {what}: {why}");
}
