//! The form of a database: its tables, indexes and guards, held against what the migrations make. SQLite's file spells them
//! itself; of PostgreSQL its catalogue is asked.

use sqlx::{AnyConnection, Row as _};

use crate::error::{Error, Spot};
use crate::hash::hash;
use crate::store::Dialect;

/// SHA-256 of all that the migrations make on SQLite, in the order of names. A test says when it is another.
const SQLITE: &str = "5ad4636af413bc8b546c35c1ccc2681c6c6227c02285e2e4f688c7e52513512c";
/// What they make on PostgreSQL, a line each.
const POSTGRES: &str = include_str!("schema/postgres.txt");

const ALTERED: Error = Error::Broken { at: Spot::Beside, what: "the form of the database was altered" };

/// That the form of an SQLite file can be read at all. Without this look the driver's own thread would break off over letters
/// that are none, and leave whoever asks waiting.
pub(crate) async fn legible(reader: &mut AnyConnection) -> Result<(), Error> {
    spelled(reader).await.map(drop)
}

/// That it is what the migrations make: no table, column, index or guard is missing, none is different, and none was put in.
pub(crate) async fn whole(reader: &mut AnyConnection, dialect: Dialect) -> Result<(), Error> {
    let is_whole = match dialect {
        Dialect::Sqlite => fingerprint(&spelled(reader).await?) == SQLITE,
        Dialect::Postgres => catalogued(reader).await? == POSTGRES,
    };
    if is_whole { Ok(()) } else { Err(ALTERED) }
}

fn fingerprint(spelled: &[[String; 4]]) -> String {
    hash(&[], spelled.iter().flatten().map(String::as_str))
}

/// Kind, name, table and text of everything in the file, but for the migrations' own table (its text is the driver's) and the
/// indexes that follow from the tables' text.
async fn spelled(reader: &mut AnyConnection) -> Result<Vec<[String; 4]>, Error> {
    let rows = sqlx::query(
        "SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(tbl_name AS BLOB), CAST(COALESCE(sql, '') AS BLOB) \
         FROM sqlite_master ORDER BY type, name",
    );
    let mut spelled = Vec::new();
    for row in rows.fetch_all(reader).await? {
        let text = |index: usize| String::from_utf8(row.try_get(index).map_err(|_| ALTERED)?).map_err(|_| ALTERED);
        let [kind, name, table, sql] = [text(0)?, text(1)?, text(2)?, text(3)?];
        let follows = kind == "index" && name.starts_with("sqlite_autoindex_") && sql.is_empty();
        let keeps_migrations = kind == "table" && name == "_sqlx_migrations" && table == name;
        if !follows && !keeps_migrations {
            spelled.push([kind, name, table, sql]);
        }
    }
    Ok(spelled)
}

/// PostgreSQL's catalogue of our tables, a line each.
async fn catalogued(reader: &mut AnyConnection) -> Result<String, Error> {
    let rows = sqlx::query(include_str!("schema/postgres.sql")).fetch_all(reader).await?;
    let lines = rows.iter().map(|row| Ok(row.try_get::<String, _>(0)? + "\n"));
    Ok(lines.collect::<Result<_, sqlx::Error>>()?)
}

#[cfg(test)]
mod tests;
