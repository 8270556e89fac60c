//! The file of an SQLite database as the system sees it: who may read it, and what lies beside it.

use std::path::{Path, PathBuf};

/// Makes an empty file for its owner alone where there is none. SQLite gives what it makes beside a database the same
/// permissions, so that the write-ahead log is as private as the database.
#[cfg(unix)]
pub(crate) fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match made {
        Ok(_) => Ok(()),
        Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => {
            for file in [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")] {
                close_to_others(&file);
            }
            Ok(())
        }
        Err(cause) => Err(cause),
    }
}

/// Takes everybody's right to read a file away; a group's alone was given on purpose, and stays.
#[cfg(unix)]
fn close_to_others(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let Ok(there) = std::fs::metadata(path) else { return };
    if there.is_file() && there.permissions().mode() & 0o007 != 0 {
        // Whose file it is not can't do it, and need not: its owner's next command does.
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600));
    }
}

/// Where the system knows no owners a folder's own protection is all there is.
#[cfg(not(unix))]
pub(crate) fn make_private(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Whether a write-ahead log with anything in it lies beside a database.
pub(crate) fn has_log(path: &Path) -> bool {
    std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
