//! An entry of the record as a row of its table.

use negotiation::{Entry, Version};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::chain::Link;
use crate::codec::{FORMAT, decode, encode};
use crate::error::{Error, Spot};
use crate::hash::hash;

/// An entry as a row.
#[derive(Clone, Debug)]
pub(crate) struct EntryRow {
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

impl Link for EntryRow {
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

impl EntryRow {
    /// The row of an entry at a place in the chain, after the row with the hash `previous`.
    pub fn of(position: i64, negotiation: &str, entry: &Entry, previous: String) -> Self {
        let mut row = Self {
            position,
            negotiation: negotiation.to_owned(),
            version: i64::try_from(entry.version).unwrap_or(i64::MAX),
            recorded_at: entry.at.to_string(),
            recorded_by: entry.by.0.clone(),
            format: FORMAT,
            body: encode(&entry.fact, entry.on),
            previous,
            hash: String::new(),
        };
        row.hash = row.computed();
        row
    }

    /// The entry that the row holds.
    pub fn entry(&self) -> Result<Entry, Error> {
        let unknown = || Error::Format { at: Spot::Entry(self.position) };
        let (fact, on) = decode(self.position, self.format, &self.body)?;
        Ok(Entry {
            version: Version::try_from(self.version).map_err(|_| unknown())?,
            at: self.recorded_at.parse().map_err(|_| unknown())?,
            on,
            by: negotiation::party::User(self.recorded_by.clone()),
            fact,
        })
    }

    /// A row as the database gives it. `FromRow` could be derived, but its derive brings SQLite to the machine that compiles.
    pub fn from(row: &AnyRow) -> Result<Self, Error> {
        Ok(Self {
            position: row.try_get(0)?,
            negotiation: row.try_get(1)?,
            version: row.try_get(2)?,
            recorded_at: row.try_get(3)?,
            recorded_by: row.try_get(4)?,
            format: row.try_get(5)?,
            body: row.try_get(6)?,
            previous: row.try_get(7)?,
            hash: row.try_get(8)?,
        })
    }

    /// Puts the row in as it is.
    pub async fn insert(&self, writer: &mut AnyConnection) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO entries \
             (position, negotiation, version, recorded_at, recorded_by, format, body, previous, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(self.position)
        .bind(&self.negotiation)
        .bind(self.version)
        .bind(&self.recorded_at)
        .bind(&self.recorded_by)
        .bind(self.format)
        .bind(&self.body)
        .bind(&self.previous)
        .bind(&self.hash)
        .execute(writer)
        .await?;
        Ok(())
    }
}

/// All entries of a negotiation, oldest first.
pub(crate) async fn entries_of(reader: &mut AnyConnection, negotiation: &str) -> Result<Vec<Entry>, Error> {
    let rows = sqlx::query(
        "SELECT position, negotiation, version, recorded_at, recorded_by, format, body, previous, hash \
         FROM entries WHERE negotiation = $1 ORDER BY version",
    )
    .bind(negotiation)
    .fetch_all(reader)
    .await?;
    rows.iter().map(|row| EntryRow::from(row)?.entry()).collect()
}
