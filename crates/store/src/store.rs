//! Opening, appending and reading.

use std::sync::Arc;
use std::time::Duration;

use negotiation::summary::Summary;
use negotiation::{Entry, Version};
use sqlx::any::{AnyPoolOptions, AnyRow, install_default_drivers};
use sqlx::migrate::Migrator;
use sqlx::{Any, AnyConnection, AnyPool, Connection as _, Executor, Row as _, Transaction};
use tokio::sync::Mutex;

use crate::codec::{FORMAT, Row, encode};
use crate::error::Error;
use crate::listing;
use crate::location::Location;
use crate::schema;
use crate::tally;
use crate::writing::Writing;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Connections kept open; writers queue behind one another anyway.
const CONNECTIONS: u32 = 8;
/// How long to wait for a connection, or for another writer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The records, on SQLite or PostgreSQL.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pool: AnyPool,
    pub(crate) dialect: Dialect,
    turn: Arc<Mutex<()>>,
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
    /// Opens the records at a place, made or brought to the present form as needed.
    pub async fn open(location: &Location) -> Result<Self, Error> {
        install_default_drivers();
        let dialect = match location {
            Location::File(_) => Dialect::Sqlite,
            Location::Postgres(_) => Dialect::Postgres,
        };
        if dialect == Dialect::Sqlite {
            prepare(location).await?;
        }
        let pool = AnyPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .before_acquire(|connection, _| {
                // A full disk ends a transaction of SQLite's without the driver hearing of it: such a connection would
                // take no other ever again, and is closed instead.
                let usable = !connection.is_in_transaction();
                Box::pin(async move { Ok(usable) })
            })
            .connect(&location.url())
            .await?;
        let migrations = if dialect == Dialect::Sqlite { &SQLITE } else { &POSTGRES };
        let store = Self { pool, dialect, turn: Arc::default() };
        if let Err(cause) = store.bring_up(migrations).await {
            store.close().await;
            return Err(cause);
        }
        Ok(store)
    }

    async fn bring_up(&self, migrations: &Migrator) -> Result<(), Error> {
        let applied = sqlx::query("SELECT COUNT(*) FROM _sqlx_migrations WHERE version >= $1").bind(tally::SINCE);
        // Where there is no such table yet, nothing was applied.
        let tallied = applied.fetch_one(&self.pool).await.and_then(|row| row.try_get::<i64, _>(0)).is_ok_and(|n| n > 0);
        migrations.run(&self.pool).await?;
        if !tallied {
            let mut transaction = self.begin_writing().await?;
            tally::count(&mut transaction).await?;
            transaction.commit().await?;
        }
        Ok(())
    }

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
        let follows = |(index, entry): (usize, &Entry)| entry.version == expected + 1 + index as u64;
        if !entries.iter().enumerate().all(follows) || summary.version != expected + entries.len() as u64 {
            return Err(Error::Gap);
        }
        let mut transaction = self.begin_writing().await?;
        let (mut position, mut previous) = self.held_head(&mut transaction, Chain::Record).await?;
        let found = last_version(&mut transaction, negotiation).await?;
        if found != expected {
            return Err(Error::Conflict { expected, found });
        }
        for entry in entries {
            position += 1;
            let row = row_of(position, negotiation, entry, previous);
            insert(&mut transaction, &row).await?;
            previous = row.hash;
        }
        set_head(&mut transaction, Chain::Record, position, &previous).await?;
        listing::put(&mut transaction, negotiation, summary).await?;
        transaction.commit().await?;
        Ok(())
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

/// Readers never wait for the writer in this mode, which the file keeps; what is acknowledged survives a loss of power,
/// by SQLite's own default of full synchronisation.
async fn prepare(location: &Location) -> Result<(), Error> {
    let mut connection = AnyConnection::connect(&location.url()).await?;
    connection.execute("PRAGMA journal_mode = WAL").await?;
    let legible = schema::legible(&mut connection).await;
    connection.close().await?;
    legible
}

/// The end of a chain.
pub(crate) async fn head(reader: &mut AnyConnection, chain: Chain) -> Result<(i64, String), Error> {
    let head =
        sqlx::query("SELECT position, hash FROM chain WHERE id = $1").bind(chain as i64).fetch_optional(reader).await?;
    let head = head.ok_or(Error::Broken { position: 0, what: "the end of the chain is missing" })?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_writes_ahead_and_waits_for_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = Store::open(&Location::File(folder.path().join("records.db"))).await.unwrap();
            let mode = sqlx::query("PRAGMA journal_mode").fetch_one(&store.pool).await.unwrap();
            assert_eq!(mode.get::<String, _>(0), "wal");
            let synchronous = sqlx::query("PRAGMA synchronous").fetch_one(&store.pool).await.unwrap();
            assert_eq!(synchronous.get::<i64, _>(0), 2);
        });
    }
}
