//! Opening a store: made where there is none, only where there is one, or only to be read.

use std::path::Path;
use std::sync::Arc;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AnyPool, Connection as _, Executor};

use crate::error::{Error, MIGRATIONS, is_unopened};
use crate::location::{Location, Mode};
use crate::migrations::Standing;
use crate::store::{Dialect, PATIENCE, Store};
use crate::{file, migrations, schema};

/// Connections kept open; writers queue behind one another anyway.
const CONNECTIONS: u32 = 8;

impl Store {
    /// Opens the records at a place, made or brought to the present form as needed.
    pub async fn open(location: &Location) -> Result<Self, Error> {
        if let Location::File(path) = location {
            file::make_private(path).map_err(|cause| match cause.kind() {
                std::io::ErrorKind::StorageFull => Error::Full,
                _ => Error::Unopened(location.to_string()),
            })?;
        }
        let store = Self::connect(location, Mode::Make).await?;
        store.or_close(store.bring_up().await).await
    }

    /// Opens records that are there already, brought to the present form as needed.
    pub async fn open_existing(location: &Location) -> Result<Self, Error> {
        let store = Self::connect(location, Mode::Write).await?;
        let standing = store.standing().await.and_then(|standing| match standing {
            Standing::Nothing => Err(Error::Nothing(location.to_string())),
            _ => Ok(()),
        });
        let store = store.or_close(standing).await?;
        store.or_close(store.bring_up().await).await
    }

    /// Opens records that are there already to be read alone, in their present form. Nothing is written, also not by SQLite,
    /// and a desk may go on writing there meanwhile.
    pub async fn inspect(location: &Location) -> Result<Self, Error> {
        let store = Self::connect(location, Mode::Read).await?;
        store.or_close(store.is_present(location).await).await
    }

    async fn connect(location: &Location, mode: Mode) -> Result<Self, Error> {
        install_default_drivers();
        let connected = match location {
            Location::File(path) => connect_file(path, location, mode).await?,
            Location::Postgres(_) => {
                let pool = pool(location, mode, false).await;
                (pool.map_err(|cause| no_database(cause, location))?, Dialect::Postgres)
            }
        };
        let (pool, dialect) = connected;
        Ok(Self { pool, dialect, turn: Arc::default() })
    }

    async fn or_close(&self, done: Result<(), Error>) -> Result<Self, Error> {
        if let Err(cause) = done {
            self.close().await;
            return Err(cause);
        }
        Ok(self.clone())
    }

    async fn standing(&self) -> Result<Standing, Error> {
        let mut connection = self.pool.acquire().await?;
        migrations::standing(&mut connection, self.dialect).await
    }

    async fn is_present(&self, location: &Location) -> Result<(), Error> {
        match self.standing().await? {
            Standing::Nothing => Err(Error::Nothing(location.to_string())),
            Standing::Present => Ok(()),
            Standing::Newer => Err(Error::Newer),
            Standing::Altered => Err(MIGRATIONS),
            Standing::Older => {
                let mut connection = self.pool.acquire().await?;
                // A list that was shortened is none of an older version.
                match schema::whole(&mut connection, self.dialect).await {
                    Ok(()) => Err(MIGRATIONS),
                    Err(Error::Broken { .. }) => Err(Error::Older),
                    // Whether it is, could not be told.
                    Err(failed) => Err(failed),
                }
            }
        }
    }

    /// Applies the migrations that are due. Whoever finds none asks for no turn to write.
    async fn bring_up(&self) -> Result<(), Error> {
        if self.standing().await? == Standing::Present {
            return Ok(());
        }
        let mut transaction = self.begin_writing().await?;
        match migrations::apply(&mut transaction, self.dialect).await {
            Ok(()) => transaction.commit().await,
            Err(Error::Database(cause)) => Err(Error::Migration(cause)),
            Err(known) => Err(known),
        }
    }
}

/// PostgreSQL's invalid_catalog_name.
pub(crate) fn no_database(cause: sqlx::Error, location: &Location) -> Error {
    let code = cause.as_database_error().and_then(sqlx::error::DatabaseError::code);
    if code.as_deref() == Some("3D000") { Error::Nothing(location.to_string()) } else { cause.into() }
}

async fn connect_file(path: &Path, location: &Location, mode: Mode) -> Result<(AnyPool, Dialect), Error> {
    if mode != Mode::Make && !path.is_file() {
        return Err(Error::Nothing(location.to_string()));
    }
    // A reader that finds no write-ahead log has one made, and SQLite lets only writers clear it away again: such a reader
    // comes as a writer whose every writing is refused. Where there is a log, somebody writes, or broke off: it is left alone.
    let (mode, query_only) = match mode {
        Mode::Read if !file::has_log(path) => (Mode::Write, true),
        mode => (mode, false),
    };
    let prepared = prepare(location, mode, query_only).await;
    let reads = query_only || mode == Mode::Read;
    let mode = match prepared {
        Ok(()) => mode,
        // Nothing can be made beside the file: then nobody writes there either.
        Err(cause) if reads && is_refused(&cause) && !file::has_log(path) => {
            prepare(location, Mode::Frozen, true).await?;
            Mode::Frozen
        }
        Err(Error::Database(cause)) if is_unopened(&cause) => return Err(Error::Unopened(location.to_string())),
        Err(cause) => return Err(cause),
    };
    Ok((pool(location, mode, query_only).await?, Dialect::Sqlite))
}

/// Readers never wait for the writer in the mode that is set here, which the file keeps; what is acknowledged survives a loss
/// of power, by SQLite's own default of full synchronisation.
async fn prepare(location: &Location, mode: Mode, query_only: bool) -> Result<(), Error> {
    let mut connection = AnyConnection::connect(&location.url(mode)).await?;
    if query_only {
        connection.execute("PRAGMA query_only = ON").await?;
    } else if mode != Mode::Read {
        connection.execute("PRAGMA journal_mode = WAL").await?;
    }
    let legible = schema::legible(&mut connection).await;
    connection.close().await?;
    legible
}

async fn pool(location: &Location, mode: Mode, query_only: bool) -> Result<AnyPool, sqlx::Error> {
    AnyPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if query_only {
                    connection.execute("PRAGMA query_only = ON").await?;
                }
                Ok(())
            })
        })
        .before_acquire(|connection, _| {
            // A full disk ends a transaction of SQLite's without the driver hearing of it: such a connection would
            // take no other ever again, and is closed instead.
            let usable = !connection.is_in_transaction();
            Box::pin(async move { Ok(usable) })
        })
        .connect(&location.url(mode))
        .await
}

/// SQLITE_READONLY is 8.
fn is_refused(cause: &Error) -> bool {
    let Error::Database(cause) = cause else { return false };
    is_unopened(cause) || crate::error::sqlite_code(cause) == Some(8)
}

#[cfg(test)]
mod tests {
    use sqlx::Row as _;

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
