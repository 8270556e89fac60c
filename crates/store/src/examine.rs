//! Looking at records without touching them: for whoever asks what is wrong.

use std::time::Duration;

use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, Connection as _};

use crate::error::Error;
use crate::location::{Location, Mode};
use crate::opening::no_database;
use crate::store::{Dialect, Store, count};
use crate::{migrations, schema};

/// How long a server may take to let us in. A pool waits longer, and forgets why it had to.
const ENTRY: Duration = Duration::from_secs(5);

/// What is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Examined {
    /// Entries in the record.
    pub entries: i64,
    /// Negotiations in it.
    pub negotiations: i64,
    /// Accounts that are open.
    pub accounts: i64,
    /// Those of them that administer.
    pub admins: i64,
    /// Whether the database lets us write. Of a file only the system can tell that.
    pub lets_write: bool,
}

impl Location {
    /// That a server is there and lets us in; of a file nothing is asked.
    pub async fn lets_in(&self) -> Result<(), Error> {
        let Self::Postgres(_) = self else { return Ok(()) };
        install_default_drivers();
        let url = self.url(Mode::Read);
        let connecting = tokio::time::timeout(ENTRY, AnyConnection::connect(&url)).await;
        let connected = connecting.map_err(|_| Error::Database(sqlx::Error::PoolTimedOut))?;
        let connection = connected.map_err(|cause| no_database(cause, self))?;
        Ok(connection.close().await?)
    }
}

impl Store {
    /// What is found in records that were opened. That every byte is as it was recorded takes longer to prove:
    /// [`Store::verify`] does.
    pub async fn examine(&self) -> Result<Examined, Error> {
        let mut reader = self.begin_reading().await?;
        migrations::verify(&mut reader, self.dialect).await?;
        schema::whole(&mut reader, self.dialect).await?;
        Ok(Examined {
            entries: count(&mut reader, "SELECT COUNT(*) FROM entries").await?,
            negotiations: count(&mut reader, "SELECT COUNT(*) FROM negotiations").await?,
            accounts: count(&mut reader, "SELECT COUNT(*) FROM users WHERE closed_at = ''").await?,
            admins: count(&mut reader, "SELECT COUNT(*) FROM users WHERE closed_at = '' AND role = 'admin'").await?,
            lets_write: count(&mut reader, lets_write(self.dialect)).await? == 1,
        })
    }
}

fn lets_write(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "SELECT 1",
        Dialect::Postgres => {
            "SELECT CAST(CASE WHEN pg_is_in_recovery() OR NOT has_table_privilege('entries', 'INSERT') \
             OR current_setting('default_transaction_read_only') = 'on' THEN 0 ELSE 1 END AS BIGINT)"
        }
    }
}
