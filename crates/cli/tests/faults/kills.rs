//! `kill -9` at random moments: no acknowledged fact is lost, whatever the store was doing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::desk::{Desk, Place};
use crate::ledger::check_all;
use crate::luck::{Luck, seed};
use crate::writer::{Step, Writer};
use crate::{postgres, skip};

/// Callers at a time.
const WRITERS: usize = 4;
/// Kills after which everything is proved, not only at the end.
const VERIFY_EVERY: usize = 25;
/// One kill in so many falls into the start.
const STARTS: usize = 8;

#[test]
fn what_is_acknowledged_survives_kills_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    survive("sqlite", &Place::folder(folder.path()));
}

#[test]
fn what_is_acknowledged_survives_kills_on_postgresql() {
    match postgres::database("kills") {
        Ok(url) => survive("postgresql", &Place::database(&url)),
        Err(why) => skip("kills on PostgreSQL", &why),
    }
}

/// How often each store's desk is killed.
pub fn kills() -> usize {
    std::env::var("UPSTAIRS_KILLS").map_or(8, |text| text.parse().expect("UPSTAIRS_KILLS is a number"))
}

fn survive(store: &str, place: &Place) {
    let (seed, kills) = (seed(), kills());
    eprintln!("{store}: {kills} kills, UPSTAIRS_SEED={seed}");
    let began = Instant::now();
    let token = place.with_account();
    let mut luck = Luck::new(seed);
    let mut writers: Vec<Writer> =
        (0..WRITERS).map(|number| Writer::new(&format!("writer {number}"), seed ^ number as u64)).collect();
    let (mut starting, mut slowest_start) = (0, Duration::ZERO);
    for kill in 1..=kills {
        if luck.below(STARTS) == 0 {
            let desk = Desk::begin(place);
            std::thread::sleep(luck.moment(100));
            desk.kill();
            starting += 1;
            continue;
        }
        let start = Instant::now();
        let (desk, root) = Desk::start(place);
        slowest_start = slowest_start.max(start.elapsed());
        let client = Client::new(&root, &token);
        for writer in &mut writers {
            writer.check_open(&client);
            writer.check_any(&client);
        }
        write_until_killed(&mut writers, desk, &root, &token, luck.moment(400));
        if kill % VERIFY_EVERY == 0 {
            place.verify();
        }
    }
    let (_desk, root) = Desk::start(place);
    check_all(writers.iter_mut().map(|writer| &mut writer.ledger), &Client::new(&root, &token));
    let verified = place.verify();
    let count = |of: fn(&Writer) -> usize| writers.iter().map(of).sum::<usize>();
    let acknowledged = count(|writer| writer.ledger.acknowledged);
    let found_later = count(|writer| writer.ledger.found_later);
    assert!(acknowledged >= kills, "so few facts prove nothing: {acknowledged}");
    eprintln!(
        "{store}: {kills} kills ({starting} while starting), {acknowledged} facts acknowledged, {found_later} found \
         that went unanswered, slowest start {slowest_start:.2?}, {:.0?} in all, UPSTAIRS_SEED={seed}\n{verified}",
        began.elapsed(),
    );
}

/// All write at once, until the desk is killed after a while under their hands.
fn write_until_killed(writers: &mut [Writer], desk: Desk, root: &str, token: &str, after: Duration) {
    let killed = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for writer in writers {
            let killed = &killed;
            scope.spawn(move || {
                let client = Client::new(root, token);
                loop {
                    match writer.step(&client) {
                        Step::Recorded => {}
                        Step::Silence => {
                            break assert!(killed.load(Ordering::SeqCst), "it fell silent before the kill");
                        }
                        Step::Refused(problem) => panic!("refused, with nothing amiss: {problem:?}"),
                    }
                }
            });
        }
        std::thread::sleep(after);
        killed.store(true, Ordering::SeqCst);
        desk.kill();
    });
}
