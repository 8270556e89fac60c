//! Appending entries to the record, and reading them.

use jiff::Timestamp;
use negotiation::summary::Summary;
use negotiation::{Entry, Version};
use sqlx::{AnyConnection, Row as _};

use crate::chain::{Chain, held_head, set_head};
use crate::error::Error;
use crate::listing;
use crate::log::{Note, note_down};
use crate::outbox::{self, News, NewsKind};
use crate::row::{EntryRow, entries_of};
use crate::store::{Dialect, Store};
use crate::writing::Writing;

/// What is to be appended to the record of one negotiation.
struct Appending<'a> {
    negotiation: &'a str,
    expected: Version,
    entries: &'a [Entry],
    summary: &'a Summary,
}

impl Store {
    /// Appends the entries that follow version `expected` of a negotiation, all or none, and leaves the news of them to those
    /// who [follow](Self::follow); `summary` is of the negotiation with them. Once this returns they are on disk.
    pub async fn append(
        &self,
        negotiation: &str,
        expected: Version,
        entries: &[Entry],
        summary: &Summary,
    ) -> Result<(), Error> {
        self.append_noted(negotiation, expected, entries, summary, None).await
    }

    /// The same, and logs a note in the same transaction, where there is one.
    pub async fn append_noted(
        &self,
        negotiation: &str,
        expected: Version,
        entries: &[Entry],
        summary: &Summary,
        note: Option<&Note<'_>>,
    ) -> Result<(), Error> {
        let Some(newest) = entries.last() else { return Err(Error::Gap) };
        let mut transaction = self.begin_writing().await?;
        let appending = Appending { negotiation, expected, entries, summary };
        appending.within(&mut transaction, self.dialect, NewsKind::Recorded, newest.at).await?;
        if let Some(note) = note {
            note_down(&mut transaction, self.dialect, note).await?;
        }
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
        let appending = Appending { negotiation, expected: 0, entries, summary };
        appending.within(&mut transaction, self.dialect, NewsKind::Imported, note.at).await?;
        note_down(&mut transaction, self.dialect, note).await?;
        transaction.commit().await?;
        Ok(())
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

impl Appending<'_> {
    async fn within(&self, writer: &mut Writing, dialect: Dialect, kind: NewsKind, at: Timestamp) -> Result<(), Error> {
        let &Self { negotiation, expected, entries, summary } = self;
        let last = expected + entries.len() as u64;
        let follows = |(version, entry): (Version, &Entry)| entry.version == version;
        if !(expected + 1..).zip(entries).all(follows) || summary.version != last || entries.is_empty() {
            return Err(Error::Gap);
        }
        let (mut position, mut previous) = held_head(writer, dialect, Chain::Record).await?;
        let found = last_version(writer, negotiation).await?;
        if found != expected {
            return Err(Error::Conflict { expected, found });
        }
        for entry in entries {
            position += 1;
            let row = EntryRow::of(position, negotiation, entry, previous);
            row.insert(writer).await?;
            previous = row.hash;
        }
        set_head(writer, Chain::Record, position, &previous).await?;
        listing::put(writer, negotiation, summary).await?;
        let news = News { position, negotiation: negotiation.to_owned(), first: expected + 1, last, kind, at };
        outbox::leave(writer, &news).await
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
