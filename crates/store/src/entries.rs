//! Appending entries to the record, and reading them.

use negotiation::summary::Summary;
use negotiation::{Entry, Version};
use sqlx::{AnyConnection, Row as _};

use crate::chain::{Chain, held_head, set_head};
use crate::error::Error;
use crate::listing;
use crate::log::{Note, note_down};
use crate::row::{EntryRow, entries_of};
use crate::store::Store;

impl Store {
    /// Appends the entries that follow version `expected` of a negotiation, all or none; `summary` is of the
    /// negotiation with them. Once this returns they are on disk.
    pub async fn append(
        &self,
        negotiation: &str,
        expected: Version,
        entries: &[Entry],
        summary: &Summary,
    ) -> Result<(), Error> {
        let mut transaction = self.begin_writing().await?;
        self.append_within(&mut transaction, negotiation, expected, entries, summary).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Takes in a negotiation that was recorded elsewhere, and logs that in the same transaction. Refused as a conflict where
    /// there is one of that id.
    pub async fn take_in(
        &self,
        negotiation: &str,
        entries: &[Entry],
        summary: &Summary,
        note: &Note<'_>,
    ) -> Result<(), Error> {
        let mut transaction = self.begin_writing().await?;
        self.append_within(&mut transaction, negotiation, 0, entries, summary).await?;
        note_down(&mut transaction, self.dialect, note).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn append_within(
        &self,
        writer: &mut AnyConnection,
        negotiation: &str,
        expected: Version,
        entries: &[Entry],
        summary: &Summary,
    ) -> Result<(), Error> {
        let follows = |(index, entry): (usize, &Entry)| entry.version == expected + 1 + index as u64;
        if !entries.iter().enumerate().all(follows) || summary.version != expected + entries.len() as u64 {
            return Err(Error::Gap);
        }
        let (mut position, mut previous) = held_head(&mut *writer, self.dialect, Chain::Record).await?;
        let found = last_version(&mut *writer, negotiation).await?;
        if found != expected {
            return Err(Error::Conflict { expected, found });
        }
        for entry in entries {
            position += 1;
            let row = EntryRow::of(position, negotiation, entry, previous);
            row.insert(&mut *writer).await?;
            previous = row.hash;
        }
        set_head(&mut *writer, Chain::Record, position, &previous).await?;
        listing::put(writer, negotiation, summary).await
    }

    /// All entries of a negotiation, oldest first; none where there is no such one.
    pub async fn read(&self, negotiation: &str) -> Result<Vec<Entry>, Error> {
        let mut connection = self.pool.acquire().await?;
        entries_of(&mut connection, negotiation).await
    }

    /// The last version of a negotiation; 0 where there is no such one.
    pub async fn version(&self, negotiation: &str) -> Result<Version, Error> {
        let mut connection = self.pool.acquire().await?;
        last_version(&mut connection, negotiation).await
    }
}

async fn last_version(connection: &mut AnyConnection, negotiation: &str) -> Result<Version, Error> {
    let row = sqlx::query("SELECT COALESCE(MAX(version), 0) FROM entries WHERE negotiation = $1")
        .bind(negotiation)
        .fetch_one(connection)
        .await?;
    let version: i64 = row.try_get(0)?;
    Ok(u64::try_from(version).unwrap_or(0))
}
