//! The store itself: its connections, where the two databases differ, and transactions. What it does is in the files above
//! this one, each with its own `impl Store`.

use std::sync::Arc;
use std::time::Duration;

use sqlx::{Any, AnyConnection, AnyPool, Row as _, Transaction};
use tokio::sync::Mutex;

use crate::error::Error;
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

    pub(crate) async fn begin_writing(&self) -> Result<Writing, Error> {
        let turn = self.turn.clone().lock_owned().await;
        Ok(Writing::new(self.pool.begin_with(self.dialect.begin_writing()).await?, self.dialect, turn))
    }

    pub(crate) async fn begin_reading(&self) -> Result<Transaction<'static, Any>, Error> {
        Ok(self.pool.begin_with(self.dialect.begin_reading()).await?)
    }
}

/// What a query counts.
pub(crate) async fn count(reader: &mut AnyConnection, query: &'static str) -> Result<i64, Error> {
    Ok(sqlx::query(query).fetch_one(reader).await?.try_get(0)?)
}
