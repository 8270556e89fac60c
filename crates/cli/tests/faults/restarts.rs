//! A database that goes away under load and comes back: callers are told, nothing is lost, and the desk finds it again.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::client::{Client, Problem};
use crate::desk::{Desk, Place};
use crate::ledger::check_all;
use crate::luck::{Luck, seed};
use crate::writer::{Step, Writer};
use crate::{postgres, skip};

/// Callers at a time.
const WRITERS: usize = 4;
/// How the database is restarted under their hands: as after a crash, and as its keepers do it.
const RESTARTS: [&str; 6] = ["immediate", "fast", "immediate", "fast", "immediate", "fast"];
/// What each caller records after a restart before there is another.
const BETWEEN: u64 = 20;
/// How long the desk may take to find the database again.
const RECOVERY: Duration = Duration::from_secs(30);

#[test]
fn restarts_of_postgresql_are_told_of_and_survived() {
    // A server of its own: the one that tests share must not be restarted under the others.
    let server = match postgres::start() {
        Ok(server) => server,
        Err(why) => return skip("restarts of PostgreSQL", &why),
    };
    let seed = seed();
    eprintln!("restarts: UPSTAIRS_SEED={seed}");
    let place = Place::database(&server.database("restarts").expect("a database"));
    let token = place.with_account();
    let (_desk, root) = Desk::start(&place);
    let mut writers: Vec<Writer> =
        (0..WRITERS).map(|number| Writer::new(&format!("writer {number}"), seed ^ number as u64)).collect();

    write_under_restarts(&mut writers, &server, &root, &token, &mut Luck::new(seed));
    let client = Client::new(&root, &token);
    let told_after = an_outage_is_told_of(&mut writers, &client, &server, &token, &root);
    recovers(&mut writers, &client);
    check_all(writers.iter_mut().map(|writer| &mut writer.ledger), &client);
    let verified = place.verify();
    let count = |of: fn(&Writer) -> usize| writers.iter().map(of).sum::<usize>();
    eprintln!(
        "restarts: {} facts acknowledged, {} found that went unanswered, refused: {:?}, told of an outage after \
         {told_after:.1?}, UPSTAIRS_SEED={seed}\n{verified}",
        count(|writer| writer.ledger.acknowledged),
        count(|writer| writer.ledger.found_later),
        writers.iter().map(|writer| &writer.refusals).collect::<Vec<_>>(),
    );
}

/// All write at once, and the database is restarted each time that all of them have recorded a while.
fn write_under_restarts(writers: &mut [Writer], server: &postgres::Server, root: &str, token: &str, luck: &mut Luck) {
    let over = AtomicBool::new(false);
    let recorded: Vec<AtomicU64> = writers.iter().map(|_| AtomicU64::new(0)).collect();
    std::thread::scope(|scope| {
        for (writer, recorded) in writers.iter_mut().zip(&recorded) {
            let over = &over;
            scope.spawn(move || {
                let client = Client::new(root, token);
                while !over.load(Ordering::SeqCst) {
                    if is_recorded(writer.step(&client)) {
                        recorded.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
        // Also where this fails: the callers would go on for ever.
        let _end = End(&over);
        all_go_on(&recorded);
        for mode in RESTARTS {
            std::thread::sleep(luck.moment(50));
            pg_ctl(server, &["-m", mode, "restart"]);
            all_go_on(&recorded);
        }
    });
}

/// Waits until every caller has recorded a while.
fn all_go_on(recorded: &[AtomicU64]) {
    let goals: Vec<u64> = recorded.iter().map(|one| one.load(Ordering::SeqCst) + BETWEEN).collect();
    let began = Instant::now();
    while recorded.iter().zip(&goals).any(|(one, goal)| one.load(Ordering::SeqCst) < *goal) {
        assert!(began.elapsed() < RECOVERY, "not all callers record again");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether something was recorded; where it was not, that the reason is a plain one.
fn is_recorded(step: Step) -> bool {
    match step {
        Step::Recorded => true,
        // An offer that went unanswered was recorded all the same; the caller looks again.
        Step::Refused(problem) if problem.code == "conflict" => false,
        Step::Refused(problem) => {
            says_that_the_database_is_away(&problem);
            false
        }
        Step::Silence => panic!("the desk itself fell silent"),
    }
}

fn says_that_the_database_is_away(problem: &Problem) {
    assert_eq!((problem.status, problem.code.as_str()), (503, "store"), "{problem:?}");
    assert!(problem.message.contains("try again"), "{problem:?}");
}

/// While the database is stopped everybody is told so, within the time that a client waits; gives the slowest.
fn an_outage_is_told_of(
    writers: &mut [Writer],
    client: &Client,
    server: &postgres::Server,
    token: &str,
    root: &str,
) -> Duration {
    pg_ctl(server, &["-m", "immediate", "stop"]);
    let began = Instant::now();
    std::thread::scope(|scope| {
        for writer in writers {
            scope.spawn(move || assert!(!is_recorded(writer.step(&Client::new(root, token)))));
        }
        scope.spawn(|| assert_eq!(client.health(), Some(503)));
    });
    let took = began.elapsed();
    // Starts one that is stopped as well, and with the options that it had.
    pg_ctl(server, &["restart"]);
    took
}

/// All record again, without a hand having touched the desk.
fn recovers(writers: &mut [Writer], client: &Client) {
    let began = Instant::now();
    for writer in writers {
        while !is_recorded(writer.step(client)) {
            assert!(began.elapsed() < RECOVERY, "the desk does not find the database again");
        }
    }
}

fn pg_ctl(server: &postgres::Server, args: &[&str]) {
    let (data, log) = (server.folder.join("data"), server.folder.join("log"));
    let place = ["-w", "-D", &data.display().to_string(), "-l", &log.display().to_string()];
    server.run("pg_ctl", &[&place, args].concat()).expect("PostgreSQL does as it is told");
}

/// Tells the callers that it is over when it is let go.
struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
