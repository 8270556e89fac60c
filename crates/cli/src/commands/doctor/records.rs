//! The records: where they are, whether they open, may be written and have room, and who may come in.

use std::path::{Path, PathBuf};

use app::CalendarState;
use store::{Error as Cause, Examined, Location, Store};

use super::check::Check;
use crate::commands::desk::{Place, desk_on};

/// A mebibyte.
const MIB: u64 = 1024 * 1024;
/// With less room than this somebody should know.
const LITTLE: u64 = 200 * MIB;
/// With less than this no day's work fits.
const NONE: u64 = 8 * MIB;

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
    if let Err(cause) = location.lets_in().await {
        checks.push(away(&cause));
        return checks;
    }
    let store = match Store::inspect(&location).await {
        Ok(store) => store,
        Err(cause) => {
            checks.push(unopened(&cause));
            return checks;
        }
    };
    checks.extend(opened(store).await);
    checks
}

/// Of records that open.
async fn opened(store: Store) -> Vec<Check> {
    let found = store.examine().await;
    let desk = desk_on(store);
    let mut checks = match found {
        Ok(found) => within(&found),
        Err(cause) => vec![unopened(&cause)],
    };
    match desk.calendar_states().await {
        Ok(states) => checks.push(calendars(&states)),
        Err(error) => checks.push(Check::fail("calendars", error.to_string(), "Prove the records: `upstairs verify`.")),
    }
    desk.close().await;
    checks
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
