//! A disk without room: refused plainly, nothing lost, and no hand needed once there is room again.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::client::{Answer, Client, Problem};
use crate::desk::{Desk, Place};
use crate::ledger::check_all;
use crate::luck::seed;
use crate::skip;
use crate::writer::{Step, Writer};

/// Callers at a time: more than one connection of the store is to meet the full disk.
const WRITERS: usize = 4;
/// How often each is refused before there is room again.
const REFUSALS: usize = 10;
/// What each records afterwards.
const AFTERWARDS: usize = 20;

#[test]
fn a_full_disk_is_told_of_and_survived() {
    let seed = seed();
    eprintln!("full disk: UPSTAIRS_SEED={seed}");
    let disk = match SmallDisk::mount() {
        Ok(disk) => disk,
        Err(why) => return skip("a full disk", &why),
    };
    let place = Place::folder(&disk.folder.path().join("records"));
    let token = place.with_account();
    let (desk, root) = Desk::start(&place);
    let mut writers: Vec<Writer> =
        (0..WRITERS).map(|number| Writer::new(&format!("writer {number}"), seed ^ number as u64)).collect();

    all_at_once(&mut writers, &root, &token, fill);
    let client = Client::new(&root, &token);
    reading_works_or_says_why(&client);
    a_new_desk_says_why_not(&Place::folder(&disk.folder.path().join("others")));
    disk.grow();
    // The same desk, untouched: the first wish after there is room is granted already.
    all_at_once(&mut writers, &root, &token, go_on);
    check_all(writers.iter_mut().map(|writer| &mut writer.ledger), &client);
    let verified = place.verify();

    desk.kill();
    let (_desk, root) = Desk::start(&place);
    check_all(writers.iter_mut().map(|writer| &mut writer.ledger), &Client::new(&root, &token));
    let acknowledged: usize = writers.iter().map(|writer| writer.ledger.acknowledged).sum();
    let refused: usize = writers.iter().flat_map(|writer| writer.refusals.values()).sum();
    eprintln!("full disk: {acknowledged} facts acknowledged, {refused} refused, UPSTAIRS_SEED={seed}\n{verified}");
}

fn all_at_once(writers: &mut [Writer], root: &str, token: &str, work: fn(&mut Writer, &Client)) {
    std::thread::scope(|scope| {
        for writer in writers {
            scope.spawn(move || work(writer, &Client::new(root, token)));
        }
    });
}

/// Records until there is no room, and tries again a few times.
fn fill(writer: &mut Writer, client: &Client) {
    let mut refused = 0;
    while refused < REFUSALS {
        match writer.step(client) {
            Step::Recorded => {}
            Step::Refused(problem) => {
                says_that_the_disk_is_full(&problem);
                refused += 1;
            }
            Step::Silence => panic!("it fell silent on a full disk"),
        }
    }
    assert!(writer.ledger.acknowledged > 0, "there was no room from the beginning");
}

fn go_on(writer: &mut Writer, client: &Client) {
    for _ in 0..AFTERWARDS {
        assert_eq!(writer.step(client), Step::Recorded, "there is room again");
    }
}

fn says_that_the_disk_is_full(problem: &Problem) {
    assert_eq!((problem.status, problem.code.as_str()), (507, "disk_full"), "{problem:?}");
    assert!(problem.message.contains("no room on the disk; nothing was recorded"), "{problem:?}");
}

/// What is listed can be read as ever. Seeing what is privileged is logged, so that it may be refused, with the reason.
fn reading_works_or_says_why(client: &Client) {
    assert_eq!(client.health(), Some(200));
    let page = client.read("/negotiations");
    let listed = page["negotiations"].as_array().expect("negotiations");
    assert!(!listed.is_empty());
    for one in listed {
        let id = one["id"].as_str().expect("an id");
        match client.get(&format!("/negotiations/{id}")) {
            Answer::Done(shown) => assert_eq!(shown["id"], id),
            Answer::Refused(problem) => says_that_the_disk_is_full(&problem),
            Answer::Silence => panic!("it fell silent on a full disk"),
        }
    }
}

/// Where there is no room for a desk at all, that is said, and not that its form is wrong.
fn a_new_desk_says_why_not(place: &Place) {
    let output = place.run(&["list"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("no room on the disk"), "{said}");
}

/// A small disk in memory, let go with this.
struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    fn mount() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|cause| cause.to_string())?;
        done("mount", &["-t", "tmpfs", "-o", "size=4m", "tmpfs"], folder.path())?;
        Ok(Self { folder })
    }

    fn grow(&self) {
        done("mount", &["-o", "remount,size=64m"], self.folder.path()).expect("it grows");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, for a desk may have files open there still; that it failed can't be helped any more.
        let _ = done("umount", &["-l"], self.folder.path());
    }
}

fn done(program: &str, args: &[&str], folder: &Path) -> Result<(), String> {
    let run: std::io::Result<Output> = Command::new(program).args(args).arg(folder).stdin(Stdio::null()).output();
    let output = run.map_err(|cause| format!("{program}: {cause}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(format!("{program}: {}", said.trim())) }
}
