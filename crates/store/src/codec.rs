//! Facts as they are stored. What has been stored once must be read for ever: `goldens/` has one of each, and a test
//! holds that they are read and written back to the byte.

use negotiation::{Entry, Fact};

use crate::chain::{Link, hash};
use crate::error::{Error, Spot};

/// The form in which facts are written now.
pub(crate) const FORMAT: i64 = 1;

/// A fact in the present form.
pub(crate) fn encode(fact: &Fact) -> String {
    // Plain data always has a JSON form; were it not so, the empty text would be refused when read.
    serde_json::to_string(fact).unwrap_or_default()
}

/// A fact in any form that there has been.
pub(crate) fn decode(position: i64, format: i64, body: &str) -> Result<Fact, Error> {
    match format {
        1 => serde_json::from_str(body).map_err(|_| Error::Format { at: Spot::Entry(position) }),
        _ => Err(Error::Format { at: Spot::Entry(position) }),
    }
}

/// An entry as a row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub position: i64,
    pub negotiation: String,
    pub version: i64,
    pub recorded_at: String,
    pub recorded_by: String,
    pub format: i64,
    pub body: String,
    pub previous: String,
    pub hash: String,
}

impl Link for Row {
    fn position(&self) -> i64 {
        self.position
    }

    fn previous(&self) -> &str {
        &self.previous
    }

    fn hash(&self) -> &str {
        &self.hash
    }

    fn computed(&self) -> String {
        let texts = [&self.negotiation, &self.recorded_at, &self.recorded_by, &self.body, &self.previous];
        hash(&[self.position, self.version, self.format], texts.map(String::as_str))
    }
}

impl Row {
    /// The entry that the row holds.
    pub fn entry(&self) -> Result<Entry, Error> {
        let unknown = || Error::Format { at: Spot::Entry(self.position) };
        Ok(Entry {
            version: u64::try_from(self.version).map_err(|_| unknown())?,
            at: self.recorded_at.parse().map_err(|_| unknown())?,
            by: negotiation::party::User(self.recorded_by.clone()),
            fact: decode(self.position, self.format, &self.body)?,
        })
    }
}

#[cfg(test)]
mod tests;
