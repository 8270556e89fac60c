//! Facts as they are stored. What has been stored once must be read for ever: `goldens/` has one of each, and a test
//! holds that they are read and written back to the byte.
//!
//! A fact has three forms: the record's own ([`negotiation::Fact`]), the one that is sent, and the one that is stored, of
//! which there is one a format. To encode is to turn the record's into the present one. To decode is to read the format in
//! which it was stored, to bring that up to the present one, a format at a time, and to turn that into the record's. Each
//! step names every kind of fact and every field, so that what is forgotten does not compile.

mod v1;

use jiff::Timestamp;
use jiff::civil::Date;
use negotiation::party::User;
use negotiation::summary::Summary;
use negotiation::{Entry, Fact, Version};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Spot};

/// The form in which facts are written now.
pub(crate) const FORMAT: i64 = 1;

/// A fact in the present form, with the day on which it happened, where that was said.
pub(crate) fn encode(fact: &Fact, on: Option<Date>) -> String {
    written(&v1::fact::Dated { fact: fact.clone().into(), happened_on: on })
}

/// A fact in any form that there has been, with the day on which it happened.
pub(crate) fn decode(position: i64, format: i64, body: &str) -> Result<(Fact, Option<Date>), Error> {
    let unknown = || Error::Format { at: Spot::Entry(position) };
    match format {
        1 => {
            let dated: v1::fact::Dated = serde_json::from_str(body).map_err(|_| unknown())?;
            Ok((dated.fact.into(), dated.happened_on))
        }
        _ => Err(unknown()),
    }
}

/// A summary as it is listed. It follows from the entries, and is held against them to the letter: a change of its form takes
/// a migration that lists all anew.
pub(crate) fn encode_summary(summary: &Summary) -> String {
    written(&v1::summary::Summary::from(summary.clone()))
}

/// A summary that was listed.
pub(crate) fn decode_summary(text: &str) -> Result<Summary, Error> {
    serde_json::from_str::<v1::summary::Summary>(text).map(Summary::from).map_err(|_| Error::Listing)
}

fn written(stored: &impl Serialize) -> String {
    // Plain data always has a JSON form; were it not so, the empty text would be refused when read.
    serde_json::to_string(stored).unwrap_or_default()
}

/// An entry in the stored form, for files that carry records elsewhere. Such a file names the format: here it is 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredEntry {
    version: Version,
    at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<Date>,
    by: String,
    fact: v1::fact::Fact,
}

impl From<Entry> for StoredEntry {
    fn from(entry: Entry) -> Self {
        let Entry { version, at, on, by, fact } = entry;
        Self { version, at, on, by: by.0, fact: fact.into() }
    }
}

impl From<StoredEntry> for Entry {
    fn from(entry: StoredEntry) -> Self {
        let StoredEntry { version, at, on, by, fact } = entry;
        Self { version, at, on, by: User(by), fact: fact.into() }
    }
}

#[cfg(test)]
mod tests;
