//! The migrations, and how far they were applied: the database keeps a list, which is held against those built in here.

use sqlx::migrate::{Migration, Migrator};
use sqlx::{AnyConnection, Row as _};

use crate::error::{Error, MIGRATIONS, misfits};
use crate::store::Dialect;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

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
pub(crate) fn of(dialect: Dialect) -> &'static Migrator {
    match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    }
}

/// How a database stands to this version, by its list alone.
pub(crate) async fn standing(reader: &mut AnyConnection, dialect: Dialect) -> Result<Standing, Error> {
    let kept = match dialect {
        Dialect::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'",
        Dialect::Postgres => "SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('_sqlx_migrations')",
    };
    if crate::verify::count(&mut *reader, kept).await? == 0 {
        return Ok(Standing::Nothing);
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
        Err(cause) if misfits(&cause) => return Ok(Standing::Altered),
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
    Ok(applied.map_or(Standing::Altered, |applied| compared(&applied, of(dialect))))
}

/// That all of ours were applied, and no other.
pub(crate) async fn verify(reader: &mut AnyConnection, dialect: Dialect) -> Result<(), Error> {
    if standing(reader, dialect).await? == Standing::Present { Ok(()) } else { Err(MIGRATIONS) }
}

struct Applied {
    version: i64,
    description: String,
    is_whole: bool,
    checksum: Vec<u8>,
}

fn compared(applied: &[Applied], ours: &Migrator) -> Standing {
    let ours: Vec<&Migration> = ours.iter().collect();
    let fits = |(applied, ours): (&Applied, &&Migration)| {
        applied.version == ours.version
            && applied.description == ours.description
            && applied.is_whole
            && *applied.checksum == *ours.checksum
    };
    match applied.len() {
        _ if !applied.iter().zip(&ours).all(fits) => Standing::Altered,
        0 => Standing::Nothing,
        some if some < ours.len() => Standing::Older,
        some if some > ours.len() => Standing::Newer,
        _ => Standing::Present,
    }
}
