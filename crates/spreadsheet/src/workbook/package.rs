//! The zip: its parts by name, unpacked only as far as the limit goes.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::problem::Problem;

/// Most that a workbook may unpack to, in bytes.
const MAX_UNPACKED: u64 = 64 << 20;
/// What old workbooks start with, and those with a password.
const OLD_FORMAT: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// A workbook's parts.
pub(crate) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    places: BTreeMap<String, usize>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a workbook; one that says of itself that it is too large is refused.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        if bytes.starts_with(&OLD_FORMAT) {
            let mend = "Save it as XLSX, without a password.";
            return Err(Problem::of_sheet("is of the old XLS format, or has a password", mend));
        }
        if claims_many_parts(bytes) {
            return Err(damaged());
        }
        let no_zip = |_| Problem::of_sheet("is not an XLSX workbook", "Save it as XLSX, or as \"CSV UTF-8\".");
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(no_zip)?;
        let (mut places, mut unpacked) = (BTreeMap::new(), 0_u64);
        for place in 0..zip.len() {
            let part = zip.by_index_raw(place).map_err(|_| damaged())?;
            unpacked = unpacked.saturating_add(part.size());
            places.insert(key(&part.name().map_err(|_| damaged())?), place);
        }
        if unpacked > MAX_UNPACKED {
            return Err(too_large());
        }
        Ok(Self { zip, places, left: MAX_UNPACKED })
    }

    /// A part as text, if there is such a part. However little it says of itself, it unpacks to the limit at most.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let Some(&place) = self.places.get(&key(name)) else { return Ok(None) };
        let part = self.zip.by_index(place).map_err(|_| damaged())?;
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(too_large)?;
        String::from_utf8(bytes).map(Some).map_err(|_| damaged())
    }
}

fn key(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

/// Whether a table of contents of the large kind claims more parts than one of the ordinary kind could hold: the
/// library would take memory for them.
fn claims_many_parts(bytes: &[u8]) -> bool {
    let number = |record: &[u8], at: usize| {
        record.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_le_bytes)
    };
    let starts = bytes.windows(4).enumerate().filter(|(_, start)| start == b"PK\x06\x06");
    let mut records = starts.map(|(start, _)| &bytes[start..]);
    records.any(|record| number(record, 4) <= bytes.len() as u64 && number(record, 32) > u64::from(u16::MAX))
}

pub(crate) fn damaged() -> Problem {
    let mend = "Open it in a spreadsheet program and save it as XLSX again.";
    Problem::of_sheet("is a damaged XLSX workbook, or none", mend)
}

pub(crate) fn too_large() -> Problem {
    let mend = format!("A workbook is read up to {} MiB unpacked; leave out what is not an offer.", MAX_UNPACKED >> 20);
    Problem::of_sheet("is too large unpacked", mend)
}
