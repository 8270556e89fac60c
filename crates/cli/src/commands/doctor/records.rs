//! The records: where they are, whether they open, may be written and have room, who may come in, and what is still to follow
//! from them.

use std::path::{Path, PathBuf};

use app::custody::lets_in;
use app::follow::Named;
use app::{Backlog, CalendarState, Custody, Error, Examined, Location, StoreError as Cause};
use jiff::{SignedDuration, Timestamp};

use super::check::Check;
use crate::clock::now;
use crate::commands::desk::Place;

/// A mebibyte.
const MIB: u64 = 1024 * 1024;
/// With less room than this somebody should know.
const LITTLE: u64 = 200 * MIB;
/// With less than this no day's work fits.
const NONE: u64 = 8 * MIB;
/// A desk that serves follows up within seconds: where news wait for longer than this, none does, or something fails.
const FOLLOWED: SignedDuration = SignedDuration::from_mins(5);

/// All of it.
pub async fn checks(place: &Place) -> Vec<Check> {
    let location = match place.location() {
        Ok(location) => location,
        Err(error) => return vec![Check::fail("records", error.to_string(), "Correct it where it is set.")],
    };
    let mut checks = vec![Check::ok("records", format!("{location} (from {})", place.said()))];
    if let Location::File(path) = &location {
        checks.extend(file::checks(path));
    }
    if let Err(cause) = lets_in(&location).await {
        checks.push(failed(&cause, away));
        return checks;
    }
    let records = match Custody::to_read(&location).await {
        Ok(records) => records,
        Err(cause) => {
            checks.push(failed(&cause, unopened));
            return checks;
        }
    };
    checks.extend(opened(&records).await);
    records.close().await;
    checks
}

/// Of records that open.
async fn opened(records: &Custody) -> Vec<Check> {
    let mut checks = match records.examine().await {
        Ok(found) => within(&found),
        Err(cause) => vec![failed(&cause, unopened)],
    };
    checks.push(match records.backlogs().await {
        Ok(backlogs) => following(&backlogs, now()),
        Err(error) => unproved("outbox", &error),
    });
    checks.push(match records.desk().calendar_states().await {
        Ok(states) => calendars(&states),
        Err(error) => unproved("calendars", &error),
    });
    checks
}

/// What failed, as the store's cause is told.
fn failed(error: &Error, told: fn(&Cause) -> Check) -> Check {
    match error {
        Error::Store(cause) => told(cause),
        other => unproved("database", other),
    }
}

fn unproved(check: &'static str, error: &Error) -> Check {
    Check::fail(check, error.to_string(), "Prove the records: `upstairs verify`.")
}

fn away(cause: &Cause) -> Check {
    let found = cause.fault().unwrap_or_else(|| cause.to_string());
    match cause {
        // The server answers, and the name in the URL is none of its databases.
        Cause::Nothing(_) => {
            Check::fail("database", found, "Make the database on the server, or correct its name in the URL.")
        }
        _ => Check::fail("database", found, cause.mend()),
    }
}

/// Why records do not open, and whether that is as it should be.
fn unopened(cause: &Cause) -> Check {
    let found = cause.fault().unwrap_or_else(|| cause.to_string());
    match cause {
        Cause::Nothing(_) => {
            let mend = "Begin some with `upstairs open` or `upstairs serve`, take a backup in with `upstairs restore`, or name another place.";
            Check::warn("database", "there are no records yet", mend)
        }
        Cause::Older => {
            let mend = "Make a backup first if you may want to go back; then any other command, such as `upstairs list`, does it.";
            Check::warn("database", "the records are in the form of an older version, to be brought up", mend)
        }
        Cause::Newer => Check::fail(
            "database",
            "a newer version wrote these records",
            "Use that version, or restore an earlier backup.",
        ),
        Cause::Unopened(_) => {
            Check::fail("database", found, "Give yourself the right to read and write the file and its folder.")
        }
        Cause::Database(_) => Check::fail("database", found, cause.mend()),
        _ => Check::fail("database", found, "Run `upstairs verify`, and restore a backup where it says so too."),
    }
}

fn within(found: &Examined) -> Vec<Check> {
    let Examined { entries, negotiations, accounts, admins, lets_write } = found;
    let mut checks = vec![Check::ok(
        "database",
        format!(
            "opens, and is in this version's form; negotiations: {negotiations}, entries: {entries} (`upstairs verify` proves them)"
        ),
    )];
    if !lets_write {
        let mend = "Name the main server and not a copy of it, and grant the user of the URL all rights on the tables.";
        checks.push(Check::fail("writing", "the database lets us read alone", mend));
    }
    checks.push(match (accounts, admins) {
        (0, _) => Check::ok(
            "accounts",
            "none: on this machine none is needed, and `upstairs serve` says where to make the first",
        ),
        (some, 0) => Check::warn(
            "accounts",
            format!("{some}, and nobody administers them"),
            "`upstairs admin create-user NAME --role admin --password-stdin` makes somebody who does.",
        ),
        (some, admins) => Check::ok("accounts", format!("{some}; of those administer: {admins}")),
    });
    checks
}

/// What is still to follow from the record, by who follows it.
fn following(backlogs: &[Backlog], now: Timestamp) -> Check {
    if backlogs.is_empty() {
        return Check::ok("outbox", "empty, and nobody follows the record; `upstairs serve` does");
    }
    let told = |backlog: &Backlog| {
        let since = backlog.oldest.map(|oldest| format!(", the oldest since {oldest}")).unwrap_or_default();
        format!("{}: {}{since}", backlog.follower, backlog.news)
    };
    let found = format!("still to follow: {}", backlogs.iter().map(told).collect::<Vec<_>>().join("; "));
    let mut mends: Vec<&str> = backlogs.iter().filter_map(|backlog| to_follow(backlog, now)).collect();
    mends.dedup();
    if mends.is_empty() { Check::ok("outbox", found) } else { Check::warn("outbox", found, mends.join(" ")) }
}

/// How to mend that somebody is behind, where they are for too long or will be for ever.
fn to_follow(backlog: &Backlog, now: Timestamp) -> Option<&'static str> {
    let is_late = backlog.oldest.is_some_and(|oldest| now.duration_since(oldest) > FOLLOWED);
    match Named::of(&backlog.follower) {
        Named::Ours => is_late.then_some(
            "`upstairs serve` follows up what is new; where it runs on these records already, its log says what fails.",
        ),
        Named::Elsewhere => {
            is_late.then_some("Run the program that follows under a name of its own, or have it follow no more.")
        }
        Named::GivenUp => {
            Some("`upstairs serve` lets go of a name that nothing of this version follows under, when it starts.")
        }
    }
}

fn calendars(states: &[CalendarState]) -> Check {
    let troubled: Vec<String> = states
        .iter()
        .filter_map(|one| one.trouble.as_ref().map(|trouble| format!("that of {}: {trouble}", one.owner)))
        .collect();
    let fetched = states.iter().filter(|one| one.is_fetched).count();
    let found = format!("kept: {}; of those read from an address: {fetched}", states.len());
    if troubled.is_empty() {
        return Check::ok("calendars", found);
    }
    let mend = "Its owner gives the address again with `upstairs visit calendar`; a host of your own network is allowed with --calendar-host.";
    Check::warn("calendars", format!("{found}; could not be read: {}", troubled.join("; ")), mend)
}

/// What the system says of a file.
#[cfg(unix)]
mod file {
    use std::os::unix::fs::MetadataExt as _;

    use rustix::fs::{Access, access, statvfs};

    use super::{Check, LITTLE, MIB, NONE, Path, there};

    pub fn checks(path: &Path) -> Vec<Check> {
        let folder = there(path);
        let mut checks = vec![writing(path, &folder)];
        checks.extend(room(&folder));
        checks.extend(privacy(path));
        checks
    }

    fn writing(path: &Path, folder: &Path) -> Check {
        let may = |place: &Path, what| access(place, what).map_err(|cause| std::io::Error::from(cause).to_string());
        let missing = [(folder, Access::WRITE_OK | Access::EXEC_OK), (path, Access::READ_OK | Access::WRITE_OK)];
        let refused = missing.into_iter().filter(|(place, _)| place.exists()).find_map(|(place, what)| {
            may(place, what).err().map(|cause| format!("{} can't be written by you: {cause}", place.display()))
        });
        match refused {
            Some(found) => {
                let mend =
                    "Give yourself the right to write the file and its folder, or name another place with --data.";
                Check::fail("writing", found, mend)
            }
            None => Check::ok("writing", "the place may be written by you"),
        }
    }

    fn room(folder: &Path) -> Option<Check> {
        // Where the system can't tell there is nothing to say.
        let disk = statvfs(folder).ok()?;
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        let found = format!("{} MiB are free", free / MIB);
        Some(match free {
            free if free < NONE => {
                Check::fail("room", found, "Make room on the disk, or name a place on another with --data.")
            }
            free if free < LITTLE => Check::warn("room", found, "Make room on the disk before it is needed."),
            _ => Check::ok("room", found),
        })
    }

    fn privacy(path: &Path) -> Option<Check> {
        // A file that is not there has no rights.
        let mode = std::fs::metadata(path).ok()?.mode();
        (mode & 0o007 != 0).then(|| {
            let mend = format!("`chmod 600 {}`; the next command of its owner does it too.", path.display());
            Check::warn("privacy", "others on this machine may read the records", mend)
        })
    }
}

/// What the system says of a file: on this one nothing is asked.
#[cfg(not(unix))]
mod file {
    use super::{Check, Path};

    pub fn checks(_: &Path) -> Vec<Check> {
        Vec::new()
    }
}

/// The nearest folder above a file that is there.
#[cfg_attr(not(unix), expect(dead_code, reason = "only there are folders asked"))]
fn there(path: &Path) -> PathBuf {
    path.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(Path::new(".")).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    fn found(backlogs: &[(&str, i64, Option<&str>)]) -> Check {
        let moment = |at: &str| at.parse::<Timestamp>().unwrap();
        let backlog = |&(follower, news, oldest): &(&str, i64, Option<&str>)| Backlog {
            follower: follower.to_owned(),
            news,
            oldest: oldest.map(moment),
        };
        following(&backlogs.iter().map(backlog).collect::<Vec<_>>(), moment("2026-03-02T09:00:00Z"))
    }

    #[test]
    fn a_backlog_that_stays_is_told_with_its_mend() {
        assert_eq!(found(&[]).state, State::Ok);
        assert_eq!(found(&[("advice", 0, None), ("audit:all", 0, None)]).state, State::Ok);
        // Recorded a moment ago: a desk is about to follow it up.
        assert_eq!(found(&[("advice", 1, Some("2026-03-02T08:59:58Z"))]).state, State::Ok);
        let late = Some("2026-02-27T16:00:00Z");
        for (name, mend) in
            [("advice", "its log"), ("audit:all", "Run the program"), ("of-an-older-version", "lets go of a name")]
        {
            let check = found(&[(name, 12, late)]);
            assert_eq!(check.found, format!("still to follow: {name}: 12, the oldest since 2026-02-27T16:00:00Z"));
            assert!(
                check.state == State::Warn && check.mend.as_ref().is_some_and(|how| how.contains(mend)),
                "{check:?}"
            );
        }
        assert_eq!(found(&[("of-an-older-version", 0, None)]).state, State::Warn);
    }
}
