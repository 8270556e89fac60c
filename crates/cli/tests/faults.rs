//! What befalls a desk: killed at any moment, a full disk, a database that restarts. Nothing acknowledged is lost, and
//! nobody has to lend a hand.
//!
//! `UPSTAIRS_KILLS` says how many kills for each store (8 unless said), `UPSTAIRS_SEED` from which random numbers.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

#[path = "../../store/tests/postgres/mod.rs"]
mod postgres;

#[path = "faults/desk.rs"]
mod desk;
#[path = "faults/load.rs"]
mod load;

use desk::{Place, Running};
use load::{Load, Random};

fn kills() -> u32 {
    std::env::var("UPSTAIRS_KILLS").map_or(8, |text| text.parse().expect("UPSTAIRS_KILLS is a number"))
}

fn seed() -> u64 {
    let given = std::env::var("UPSTAIRS_SEED").map(|text| text.parse().expect("UPSTAIRS_SEED is a number"));
    given.unwrap_or_else(|_| std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(1, |since| since.as_nanos() as u64))
}

/// Kills a desk under load, over and over: what was acknowledged is there afterwards, once and in order.
fn killed_over_and_over(place: &Place) {
    let (seed, kills) = (seed(), kills());
    eprintln!("{kills} kills; UPSTAIRS_SEED={seed}");
    let mut random = Random(seed);
    place.make_account();
    let mut running = Running::start(place);
    let mut load = Load::open(&running, 4);
    for kill in 1..=kills {
        let deadline = Instant::now() + Duration::from_micros(20_000 + random.next() % 400_000);
        load.write_while(&running, |running| {
            std::thread::sleep(deadline.saturating_duration_since(Instant::now()));
            running.kill();
        });
        running = Running::start(place);
        load.check(&running);
        if kill % 10 == 0 || kill == kills {
            place.verify();
        }
    }
    let acknowledged = load.acknowledged();
    eprintln!("{acknowledged} facts acknowledged, all there");
    assert!(acknowledged > u64::from(kills), "hardly anything was written; the kills showed nothing");
}

#[test]
fn killed_on_sqlite_it_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    killed_over_and_over(&Place::Folder(folder.path().to_owned()));
}

#[test]
fn killed_on_postgresql_it_loses_nothing() {
    let Some(url) = found(postgres::database("kills")) else { return };
    killed_over_and_over(&Place::Database(url));
}

/// What PostgreSQL gave; without one the test is skipped aloud, and fails in CI.
fn found<T>(postgres: Result<T, String>) -> Option<T> {
    match postgres {
        Ok(found) => Some(found),
        Err(why) if std::env::var_os("CI").is_some() => panic!("no PostgreSQL: {why}"),
        Err(why) => {
            eprintln!("SKIPPED: no PostgreSQL, for {why}");
            None
        }
    }
}

/// A file system of a few megabytes, taken away again at the end.
struct Small<'a>(&'a Path);

impl<'a> Small<'a> {
    fn mount(folder: &'a Path) -> Option<Self> {
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"]).arg(folder).status();
        match mounted {
            Ok(status) if status.success() => Some(Self(folder)),
            // A disk can only be filled where one may be mounted, which takes root.
            _ => {
                eprintln!("SKIPPED: no small file system can be mounted here; run this as root");
                None
            }
        }
    }

    fn grow(&self) {
        let grown = Command::new("mount").args(["-o", "remount,size=64m"]).arg(self.0).status().expect("mount runs");
        assert!(grown.success());
    }
}

impl Drop for Small<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_is_said_and_gone_on_from() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(small) = Small::mount(folder.path()) else { return };
    let place = Place::Folder(folder.path().to_owned());
    place.make_account();
    let running = Running::start(&place);
    let mut load = Load::open(&running, 1);
    let refused = load.write_until_refused(&running, 20_000);
    assert_eq!((refused.status, refused.code.as_str()), (507, "disk_full"), "{}", refused.message);
    assert!(refused.message.contains("disk"), "{}", refused.message);
    // Who looks at what is private leaves a line in the log: that fits on the disk yet, or is refused as clearly.
    if let Err(refused) = load.read(&running, 0) {
        assert_eq!(refused.code, "disk_full", "{}", refused.message);
    }
    let again = load.write_once(&running).expect_err("the disk is full");
    assert_eq!(again.code, "disk_full", "{}", again.message);
    small.grow();
    load.write_once(&running).expect("there is room again, and nobody lent a hand");
    load.check(&running);
    drop(running);
    place.verify();
}

#[test]
fn a_database_that_restarts_is_waited_for() {
    let server = postgres::start();
    let Some((server, url)) = found(server.and_then(|server| server.database("restarts").map(|url| (server, url))))
    else {
        return;
    };
    let place = Place::Database(url);
    place.make_account();
    let running = Running::start(&place);
    let mut load = Load::open(&running, 4);
    for _ in 0..3 {
        load.write_while(&running, |_| {
            std::thread::sleep(Duration::from_millis(300));
            server.control(&["-m", "immediate", "restart"]).expect("PostgreSQL restarts");
        });
        let deadline = Instant::now() + Duration::from_secs(20);
        while let Err(refused) = load.write_once(&running) {
            assert!(refused.status == 503, "{} {}: {}", refused.status, refused.code, refused.message);
            assert!(Instant::now() < deadline, "it never recovered: {}", refused.message);
            std::thread::sleep(Duration::from_millis(100));
        }
        load.check(&running);
    }
    // While it was away, nobody was told of a fault of the program's own.
    let told = load.refusals();
    assert!(told.iter().all(|(status, _)| *status == 503), "{told:?}");
    drop(running);
    place.verify();
}
