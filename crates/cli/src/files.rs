//! Files in, with a limit on their size, and files out, whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{Error as Cause, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use engine::case::Case;

use crate::error::Error;

/// The bytes of a file of at most `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let fail = |cause| Error::Read(path.to_owned(), cause);
    let file = File::open(path).map_err(fail)?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > limit { Err(Error::TooLarge(path.to_owned(), limit)) } else { Ok(bytes) }
}

/// That a file is there and can be read.
#[cfg(feature = "desk")]
pub fn is_readable(path: &Path) -> Result<(), Error> {
    match std::fs::metadata(path).and_then(|_| File::open(path)) {
        Ok(_) if path.is_file() => Ok(()),
        Ok(_) => Err(Error::Read(path.to_owned(), ErrorKind::IsADirectory.into())),
        Err(cause) => Err(Error::Read(path.to_owned(), cause)),
    }
}

/// Whether a file begins as SQLite's databases do.
#[cfg(feature = "desk")]
pub fn is_database(path: &Path) -> Result<bool, Error> {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(16).read_to_end(&mut head));
    read.map_err(|cause| Error::Read(path.to_owned(), cause))?;
    Ok(head == b"SQLite format 3\0")
}

/// The case in a file.
pub fn case(path: &Path) -> Result<Case, Error> {
    let bytes = read(path, case_file::MAX_BYTES as u64).map_err(|error| match error {
        Error::Read(path, cause) => Error::ReadCase(path, cause),
        other => other,
    })?;
    case_file::read(&bytes).map_err(|problems| Error::Case(path.to_owned(), problems))
}

/// Saves a case in a new file, which only its owner may read where the system knows of owners.
pub fn save_case(path: &Path, case: &Case) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(case_file::write(case).as_bytes())
}

/// Writes a file, in place of one that is there: first beside it under another name, so that nobody ever sees half.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let fail = |cause| Error::WriteFile(path.to_owned(), cause);
    let target = destination(path).map_err(fail)?;
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut options = tempfile::Builder::new();
    options.prefix(".").suffix(".part");
    // By itself it would be its owner's alone; the umask says who may read what somebody writes for others.
    #[cfg(unix)]
    options.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut part = options.tempfile_in(folder).map_err(fail)?;
    part.write_all(bytes).and_then(|()| part.as_file().sync_all()).map_err(fail)?;
    part.persist(&target).map(drop).map_err(|left| fail(left.error))
}

/// The file itself where a link points to it. Only plain files are replaced: not folders, and no devices.
fn destination(path: &Path) -> Result<PathBuf, Cause> {
    match std::fs::metadata(path) {
        Ok(there) if there.is_file() => std::fs::canonicalize(path),
        Ok(there) if there.is_dir() => Err(ErrorKind::IsADirectory.into()),
        Ok(_) => Err(Cause::new(ErrorKind::InvalidInput, "it is no plain file")),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(path.to_owned()),
        Err(cause) => Err(cause),
    }
}

/// Whether two paths name the same file that is there.
pub fn same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}
