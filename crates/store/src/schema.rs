//! The form of an SQLite file: its tables, indexes and guards, as the file itself spells them. PostgreSQL keeps its own where no
//! stray bit of ours reaches it.

use sqlx::{AnyConnection, Row as _};

use crate::chain::hash;
use crate::error::Error;

/// SHA-256 of all that the migrations make, in the order of names. A test says when it is another.
const WHOLE: &str = "4ec7e1df6a277589bb2e2dceb8c03cc390eff77efd8e037860f0377d0dab1aaa";

const ALTERED: Error = Error::Broken { position: 0, what: "the form of the database was altered" };

/// That the form can be read at all. Without this look the driver's own thread would break off over letters that are none, and
/// leave whoever asks waiting.
pub(crate) async fn legible(reader: &mut AnyConnection) -> Result<(), Error> {
    spelled(reader).await.map(drop)
}

/// That it is what the migrations make, to the letter: no table, index or guard is missing, and none is different.
pub(crate) async fn whole(reader: &mut AnyConnection) -> Result<(), Error> {
    if fingerprint(&spelled(reader).await?) == WHOLE { Ok(()) } else { Err(ALTERED) }
}

fn fingerprint(spelled: &[(String, String)]) -> String {
    hash(&[], spelled.iter().flat_map(|(name, sql)| [name.as_str(), sql.as_str()]))
}

/// Name and text of everything in the file, but for what the migrations' own bookkeeping and SQLite itself add.
async fn spelled(reader: &mut AnyConnection) -> Result<Vec<(String, String)>, Error> {
    let rows = sqlx::query(
        "SELECT CAST(name AS BLOB), CAST(COALESCE(sql, '') AS BLOB) FROM sqlite_master ORDER BY type, name",
    );
    let mut spelled = Vec::new();
    for row in rows.fetch_all(reader).await? {
        let text = |index: usize| String::from_utf8(row.try_get(index)?).map_err(|_| ALTERED);
        let (name, sql) = (text(0)?, text(1)?);
        if !name.starts_with("sqlite_") && !name.starts_with("_sqlx_") {
            spelled.push((name, sql));
        }
    }
    Ok(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Location, Store};

    #[test]
    fn the_form_is_what_the_migrations_make() {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = Store::open(&Location::File(folder.path().join("records.db"))).await.unwrap();
            let mut connection = store.pool.acquire().await.unwrap();
            let made = spelled(&mut connection).await.unwrap();
            assert!(made.len() > 15, "{made:?}");
            assert_eq!(fingerprint(&made), WHOLE, "a new migration makes a new form: keep its fingerprint");
        });
    }
}
