//! Appending and reading.

use std::sync::Arc;
use std::time::Duration;

use negotiation::summary::Summary;
use negotiation::{Entry, Version};
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, AnyPool, Row as _, Transaction};
use tokio::sync::Mutex;

use crate::codec::{FORMAT, Row, encode};
use crate::error::{Error, Spot};
use crate::listing;
use crate::log::Note;
use crate::writing::Writing;

/// How long to wait for a connection, or for another writer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// The records, on SQLite or PostgreSQL.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pool: AnyPool,
    pub(crate) dialect: Dialect,
    pub(crate) turn: Arc<Mutex<()>>,
}

/// Where the two differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// One of the two chains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chain {
    Record = 1,
    Log = 2,
}

impl Chain {
    /// A place in it.
    pub fn spot(self, position: i64) -> Spot {
        match self {
            Self::Record => Spot::Entry(position),
            Self::Log => Spot::Line(position),
        }
    }

    /// What a gap in it is.
    pub fn missing(self) -> &'static str {
        match self {
            Self::Record => "entries are missing",
            Self::Log => "lines of the log are missing",
        }
    }
}

impl Dialect {
    /// Begins a transaction that will write: at most one at a time.
    fn begin_writing(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// Begins a transaction that sees everything as of one moment.
    fn begin_reading(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// The end of a chain, held until the transaction is over.
    fn held_head(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT position, hash FROM chain WHERE id = $1",
            Self::Postgres => "SELECT position, hash FROM chain WHERE id = $1 FOR UPDATE",
        }
    }
}

impl Store {
    /// Waits a while for what is under way, and closes.
    pub async fn close(&self) {
        // A database that broke off may never give a connection back.
        let _ = tokio::time::timeout(PATIENCE, self.pool.close()).await;
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Error> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

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
        self.log_within(&mut transaction, note).await?;
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
        let (mut position, mut previous) = self.held_head(&mut *writer, Chain::Record).await?;
        let found = last_version(&mut *writer, negotiation).await?;
        if found != expected {
            return Err(Error::Conflict { expected, found });
        }
        for entry in entries {
            position += 1;
            let row = row_of(position, negotiation, entry, previous);
            insert(&mut *writer, &row).await?;
            previous = row.hash;
        }
        set_head(&mut *writer, Chain::Record, position, &previous).await?;
        listing::put(writer, negotiation, summary).await
    }

    /// All entries of a negotiation, oldest first; none where there is no such one.
    pub async fn read(&self, negotiation: &str) -> Result<Vec<Entry>, Error> {
        let rows = sqlx::query(
            "SELECT position, negotiation, version, recorded_at, recorded_by, format, body, previous, hash \
             FROM entries WHERE negotiation = $1 ORDER BY version",
        )
        .bind(negotiation)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(|row| row_from(row)?.entry()).collect()
    }

    /// The last version of a negotiation; 0 where there is no such one.
    pub async fn version(&self, negotiation: &str) -> Result<Version, Error> {
        let mut connection = self.pool.acquire().await?;
        last_version(&mut connection, negotiation).await
    }

    pub(crate) async fn begin_writing(&self) -> Result<Writing, Error> {
        let turn = self.turn.clone().lock_owned().await;
        Ok(Writing::new(self.pool.begin_with(self.dialect.begin_writing()).await?, turn))
    }

    pub(crate) async fn begin_reading(&self) -> Result<Transaction<'static, Any>, Error> {
        Ok(self.pool.begin_with(self.dialect.begin_reading()).await?)
    }

    pub(crate) async fn held_head(&self, writer: &mut AnyConnection, chain: Chain) -> Result<(i64, String), Error> {
        let head = sqlx::query(self.dialect.held_head()).bind(chain as i64).fetch_one(writer).await?;
        Ok((head.try_get(0)?, head.try_get(1)?))
    }
}

/// The end of a chain.
pub(crate) async fn head(reader: &mut AnyConnection, chain: Chain) -> Result<(i64, String), Error> {
    let head =
        sqlx::query("SELECT position, hash FROM chain WHERE id = $1").bind(chain as i64).fetch_optional(reader).await?;
    let head = head.ok_or(Error::Broken { at: Spot::Beside, what: "the end of a chain is missing" })?;
    Ok((head.try_get(0)?, head.try_get(1)?))
}

pub(crate) async fn set_head(writer: &mut AnyConnection, chain: Chain, position: i64, hash: &str) -> Result<(), Error> {
    sqlx::query("UPDATE chain SET position = $1, hash = $2 WHERE id = $3")
        .bind(position)
        .bind(hash)
        .bind(chain as i64)
        .execute(writer)
        .await?;
    Ok(())
}

async fn last_version(connection: &mut AnyConnection, negotiation: &str) -> Result<Version, Error> {
    let row = sqlx::query("SELECT COALESCE(MAX(version), 0) FROM entries WHERE negotiation = $1")
        .bind(negotiation)
        .fetch_one(connection)
        .await?;
    let version: i64 = row.try_get(0)?;
    Ok(u64::try_from(version).unwrap_or(0))
}

fn row_of(position: i64, negotiation: &str, entry: &Entry, previous: String) -> Row {
    let mut row = Row {
        position,
        negotiation: negotiation.to_owned(),
        version: i64::try_from(entry.version).unwrap_or(i64::MAX),
        recorded_at: entry.at.to_string(),
        recorded_by: entry.by.0.clone(),
        format: FORMAT,
        body: encode(&entry.fact),
        previous,
        hash: String::new(),
    };
    row.hash = crate::chain::Link::computed(&row);
    row
}

pub(crate) async fn insert(connection: &mut AnyConnection, row: &Row) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO entries \
         (position, negotiation, version, recorded_at, recorded_by, format, body, previous, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(row.position)
    .bind(&row.negotiation)
    .bind(row.version)
    .bind(&row.recorded_at)
    .bind(&row.recorded_by)
    .bind(row.format)
    .bind(&row.body)
    .bind(&row.previous)
    .bind(&row.hash)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) fn row_from(row: &AnyRow) -> Result<Row, Error> {
    Ok(Row {
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
