//! Files in, with a limit on their size.

use std::fs::File;
use std::io::Read;
use std::path::Path;

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

/// The case in a file.
pub fn case(path: &Path) -> Result<Case, Error> {
    let bytes = read(path, case_file::MAX_BYTES as u64)?;
    case_file::read(&bytes).map_err(|problems| Error::Case(path.to_owned(), problems))
}
