//! The migrations, and how far they were applied: the database keeps a list, which is held against those built in here.
//!
//! They are run by our own few lines, not by sqlx's migrator: that wants its macros or its `migrate` feature, with which
//! SQLite is compiled twice, and it commits one migration at a time. The list is the one that sqlx keeps, to the column and
//! the checksum, for earlier versions made databases with it.

use sha2::{Digest, Sha384};
use sqlx::{AnyConnection, Row as _};

use crate::error::{Error, MIGRATIONS, misfits};
use crate::store::{Dialect, count};
use crate::{beside, moments, outbox};

/// One step to the present form of a database. Once released it is never changed: its checksum is in every database.
struct Migration {
    version: i64,
    description: &'static str,
    sql: &'static str,
}

/// The migrations of a kind of database, by the names of their files.
macro_rules! migrations {
    ($folder:literal: $($version:literal $description:literal $file:literal),+ $(,)?) => {
        &[$(Migration {
            version: $version,
            description: $description,
            sql: include_str!(concat!("../migrations/", $folder, "/", $file)),
        }),+]
    };
}

const SQLITE: &[Migration] = migrations!("sqlite":
    1 "entries" "0001_entries.sql",
    2 "book" "0002_book.sql",
    3 "worth" "0003_worth.sql",
    4 "tally" "0004_tally.sql",
    5 "outbox" "0005_outbox.sql",
    6 "moments" "0006_moments.sql",
);
const POSTGRES: &[Migration] = migrations!("postgres":
    1 "entries" "0001_entries.sql",
    2 "book" "0002_book.sql",
    3 "worth" "0003_worth.sql",
    4 "tally" "0004_tally.sql",
    5 "outbox" "0005_outbox.sql",
    6 "moments" "0006_moments.sql",
);

/// The one that makes the tally, into which what was there before is counted.
const TALLY: i64 = 4;
/// The one that makes the moments, of which the first has all that was there before.
const MOMENTS: i64 = 6;

impl Migration {
    fn checksum(&self) -> Vec<u8> {
        Sha384::digest(self.sql).to_vec()
    }
}

/// How a database stands to this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// There are no records.
    Nothing,
    /// Migrations are due.
    Older,
    /// All of ours were applied, and no other.
    Present,
    /// All of ours were applied, and others since.
    Newer,
    /// What the list says was never so.
    Altered,
}

/// Those for a database.
fn of(dialect: Dialect) -> &'static [Migration] {
    match dialect {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    }
}

/// How a database stands to this version, by its list alone.
pub(crate) async fn standing(reader: &mut AnyConnection, dialect: Dialect) -> Result<Standing, Error> {
    Ok(match applied(reader, dialect).await? {
        None => Standing::Altered,
        Some(applied) => compared(&applied, of(dialect)),
    })
}

/// That all of ours were applied, and no other.
pub(crate) async fn verify(reader: &mut AnyConnection, dialect: Dialect) -> Result<(), Error> {
    if standing(reader, dialect).await? == Standing::Present { Ok(()) } else { Err(MIGRATIONS) }
}

/// Applies what is due within a transaction that is under way, all or nothing.
pub(crate) async fn apply(writer: &mut AnyConnection, dialect: Dialect) -> Result<(), Error> {
    // Two programs may have found the same migrations due: the second waits here, and finds them done. SQLite's transactions
    // that write are one at a time anyway.
    if dialect == Dialect::Postgres {
        sqlx::query(POSTGRES_TURN).execute(&mut *writer).await?;
    }
    match standing(&mut *writer, dialect).await? {
        Standing::Present => return Ok(()),
        Standing::Newer => return Err(Error::Newer),
        Standing::Altered => return Err(MIGRATIONS),
        Standing::Nothing | Standing::Older => {}
    }
    sqlx::raw_sql(list(dialect)).execute(&mut *writer).await?;
    let before = applied(&mut *writer, dialect).await?.ok_or(MIGRATIONS)?.len();
    for migration in &of(dialect)[before..] {
        sqlx::raw_sql(migration.sql).execute(&mut *writer).await?;
        // How long it took is not measured: what sqlx writes too before it knows.
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES ($1, $2, TRUE, $3, -1)",
        )
        .bind(migration.version)
        .bind(migration.description)
        .bind(migration.checksum())
        .execute(&mut *writer)
        .await?;
    }
    // When all tables are there: the tally is over some that came after it.
    if (before as i64) < TALLY {
        beside::count(&mut *writer).await?;
    }
    if (before as i64) < MOMENTS {
        let mut seals = beside::seals(&mut *writer).await?;
        seals.silent.extend(outbox::seals(&mut *writer).await?);
        moments::mark(writer, dialect, &seals).await?;
    }
    Ok(())
}

/// A number that stands for the migrations among all that PostgreSQL's users may lock; it means nothing else.
const POSTGRES_TURN: &str = "SELECT pg_advisory_xact_lock(7083417)::text";

/// Where the list is kept, as sqlx makes it.
fn list(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => {
            "CREATE TABLE IF NOT EXISTS _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
)"
        }
        Dialect::Postgres => {
            "CREATE TABLE IF NOT EXISTS _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
    success BOOLEAN NOT NULL,
    checksum BYTEA NOT NULL,
    execution_time BIGINT NOT NULL
)"
        }
    }
}

struct Applied {
    version: i64,
    description: String,
    is_whole: bool,
    checksum: Vec<u8>,
}

/// What the list says was applied: nothing where there is no list, and `None` where it is no list of ours.
async fn applied(reader: &mut AnyConnection, dialect: Dialect) -> Result<Option<Vec<Applied>>, Error> {
    let kept = match dialect {
        Dialect::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'",
        Dialect::Postgres => "SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('_sqlx_migrations')",
    };
    if count(&mut *reader, kept).await? == 0 {
        return Ok(Some(Vec::new()));
    }
    // When each was applied and how long that took is the database's own bookkeeping, and says nothing of the records.
    let rows = sqlx::query(
        "SELECT version, description, CAST(CASE WHEN success THEN 1 ELSE 0 END AS BIGINT), checksum \
         FROM _sqlx_migrations ORDER BY version",
    )
    .fetch_all(reader)
    .await;
    let rows = match rows {
        // The list has no such columns.
        Err(cause) if misfits(&cause) => return Ok(None),
        rows => rows?,
    };
    let applied = rows.iter().map(|row| {
        let whole: i64 = row.try_get(2)?;
        Ok(Applied {
            version: row.try_get(0)?,
            description: row.try_get(1)?,
            is_whole: whole == 1,
            checksum: row.try_get(3)?,
        })
    });
    let applied: Result<Vec<Applied>, sqlx::Error> = applied.collect();
    Ok(applied.ok())
}

fn compared(applied: &[Applied], ours: &[Migration]) -> Standing {
    let fits = |(applied, ours): (&Applied, &Migration)| {
        applied.version == ours.version
            && applied.description == ours.description
            && applied.is_whole
            && applied.checksum == ours.checksum()
    };
    match applied.len() {
        _ if !applied.iter().zip(ours).all(fits) => Standing::Altered,
        0 => Standing::Nothing,
        some if some < ours.len() => Standing::Older,
        some if some > ours.len() => Standing::Newer,
        _ => Standing::Present,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first bytes of what sqlx computed of them: the list of every database out there has these.
    #[test]
    fn released_migrations_keep_their_checksums() {
        let begins = |migrations: &[Migration]| -> Vec<String> {
            let checksum =
                |migration: &Migration| migration.checksum()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
            migrations.iter().take(4).map(checksum).collect()
        };
        assert_eq!(begins(SQLITE), SQLITE_SUMS);
        assert_eq!(begins(POSTGRES), POSTGRES_SUMS);
    }

    const SQLITE_SUMS: [&str; 4] = ["8354f4437b6c45c7", "2ceb347bbb191536", "e7bcd9dcf63f25c7", "0549a0925c639f87"];
    const POSTGRES_SUMS: [&str; 4] = ["b29c8145177ff9c7", "2ceb347bbb191536", "387c36007c9c3f82", "0549a0925c639f87"];
}
