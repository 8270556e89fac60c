//! Moments: one more chain, over all that a store holds. Each transaction that changes anything ends with one. Its hash covers
//! where the record and the log ended then, each with its own last hash, and the seals of all rows beside them that came or went;
//! and, as every chain's, the hash before it. So the last of them stands for everything at once, and one that was kept elsewhere
//! proves later what was there when it was taken.
//!
//! The hash of a moment is SHA-256 over, in this order: the place of the moment, of the last entry and of the last line, as
//! eight bytes each, the highest first; then, each with its length before it in the same way, the hash of that entry, the hash
//! of that line, the seals that came or went in the order of letters with commas between them, and the hash of the moment before.
//! A hash or seal is written in 64 lower-case hexadecimal digits; that of what there is not is empty.

use std::collections::BTreeSet;

use sqlx::{AnyConnection, Row as _};

use crate::chain::{Chain, head};
use crate::error::{Error, Spot};
use crate::hash::hash;
use crate::store::Dialect;

/// What a chain of moments is that does not fit.
const ALTERED: Error = Error::Broken { at: Spot::Beside, what: "the moments of the store were altered" };
/// What there is beside the chains is not what came and went.
const OTHERWISE: Error =
    Error::Broken { at: Spot::Beside, what: "an account, a key, a page or who follows is not what was last written" };

/// A moment of a store, by which what was there then is proved later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Its place among all moments, from 1.
    pub place: i64,
    /// Entries in the record then.
    pub entries: i64,
    /// Lines in the log then.
    pub lines: i64,
    /// Its hash.
    pub hash: String,
}

/// A row of the table.
struct Stored {
    place: i64,
    entries: i64,
    lines: i64,
    turned: String,
    hash: String,
}

impl Stored {
    fn computed(&self, entry: &str, line: &str, previous: &str) -> String {
        hash(&[self.place, self.entries, self.lines], [entry, line, &self.turned, previous])
    }

    async fn insert(&self, writer: &mut AnyConnection) -> Result<(), Error> {
        sqlx::query("INSERT INTO moments (place, entries, lines, turned, hash) VALUES ($1, $2, $3, $4, $5)")
            .bind(self.place)
            .bind(self.entries)
            .bind(self.lines)
            .bind(&self.turned)
            .bind(&self.hash)
            .execute(writer)
            .await?;
        Ok(())
    }
}

/// Seals as they are kept: those that came and went again within are none.
fn spelled(turned: &[String]) -> String {
    let mut seals = BTreeSet::new();
    for seal in turned {
        if !seals.remove(seal.as_str()) {
            seals.insert(seal.as_str());
        }
    }
    seals.into_iter().collect::<Vec<_>>().join(",")
}

/// The last moment; `None` before there is any.
pub(crate) async fn last(reader: &mut AnyConnection) -> Result<Option<Moment>, Error> {
    let row = sqlx::query("SELECT place, entries, lines, hash FROM moments ORDER BY place DESC LIMIT 1")
        .fetch_optional(reader)
        .await?;
    let read = |row: sqlx::any::AnyRow| {
        Ok(Moment { place: row.try_get(0)?, entries: row.try_get(1)?, lines: row.try_get(2)?, hash: row.try_get(3)? })
    };
    row.map(read).transpose().map_err(|_: sqlx::Error| ALTERED)
}

/// A number that stands for the moments among all that PostgreSQL's users may lock. It is taken last, and nothing waits for
/// anything else once it has it.
const POSTGRES_TURN: &str = "SELECT pg_advisory_xact_lock(7083418)::text";

/// Adds a moment where anything has changed since the last, of which what is beside the chains is told.
pub(crate) async fn mark(writer: &mut AnyConnection, dialect: Dialect, turned: &[String]) -> Result<(), Error> {
    if dialect == Dialect::Postgres {
        sqlx::query(POSTGRES_TURN).execute(&mut *writer).await?;
    }
    let before = last(&mut *writer).await?;
    let (entries, entry) = head(&mut *writer, Chain::Record).await?;
    let (lines, line) = head(&mut *writer, Chain::Log).await?;
    let turned = spelled(turned);
    let (place, previous) = match before {
        Some(before) if turned.is_empty() && before.entries == entries && before.lines == lines => return Ok(()),
        Some(before) => (before.place + 1, before.hash),
        None => (1, String::new()),
    };
    let mut moment = Stored { place, entries, lines, turned, hash: String::new() };
    moment.hash = moment.computed(&entry, &line, &previous);
    moment.insert(writer).await
}

/// Walks all moments and holds the last against what there is: the ends of both chains, which were proved before, and the seals
/// of every row beside them. Gives the last, and of `sought` those that are found, each with its moment.
pub(crate) async fn verify(
    reader: &mut AnyConnection,
    seals: &[String],
    page: i64,
    sought: &[String],
) -> Result<(Moment, Vec<Moment>), Error> {
    let (mut found, mut standing) = (Vec::new(), BTreeSet::<String>::new());
    let mut last = Moment { place: 0, entries: 0, lines: 0, hash: String::new() };
    loop {
        let rows = sqlx::query(
            "SELECT m.place, m.entries, m.lines, m.turned, m.hash, COALESCE(e.hash, ''), COALESCE(l.hash, '') \
             FROM moments m LEFT JOIN entries e ON e.position = m.entries LEFT JOIN log l ON l.position = m.lines \
             WHERE m.place > $1 ORDER BY m.place LIMIT $2",
        )
        .bind(last.place)
        .bind(page)
        .fetch_all(&mut *reader)
        .await?;
        for row in &rows {
            let read = || -> Result<_, sqlx::Error> {
                let (place, entries, lines) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
                let stored = Stored { place, entries, lines, turned: row.try_get(3)?, hash: row.try_get(4)? };
                Ok((stored, row.try_get::<String, _>(5)?, row.try_get::<String, _>(6)?))
            };
            let (stored, entry, line) = read().map_err(|_| ALTERED)?;
            let follows =
                stored.place == last.place + 1 && stored.entries >= last.entries && stored.lines >= last.lines;
            if !follows || stored.hash != stored.computed(&entry, &line, &last.hash) {
                return Err(ALTERED);
            }
            for seal in stored.turned.split(',').filter(|seal| !seal.is_empty()) {
                if !standing.remove(seal) {
                    standing.insert(seal.to_owned());
                }
            }
            last = Moment { place: stored.place, entries: stored.entries, lines: stored.lines, hash: stored.hash };
            if sought.contains(&last.hash) {
                found.push(last.clone());
            }
        }
        if rows.is_empty() {
            break;
        }
    }
    // A place that the walk never comes to has no room in the chain.
    let all: i64 = sqlx::query("SELECT COUNT(*) FROM moments").fetch_one(&mut *reader).await?.try_get(0)?;
    let ends = (head(&mut *reader, Chain::Record).await?.0, head(&mut *reader, Chain::Log).await?.0);
    if last.place == 0 || all != last.place || (last.entries, last.lines) != ends {
        return Err(ALTERED);
    }
    if standing != seals.iter().cloned().collect() || standing.len() != seals.len() {
        return Err(OTHERWISE);
    }
    Ok((last, found))
}

/// Copies all of them as they are stored into a store that has none of its own any more.
pub(crate) async fn copy(source: &mut AnyConnection, writer: &mut AnyConnection, page: i64) -> Result<(), Error> {
    sqlx::query("DELETE FROM moments").execute(&mut *writer).await?;
    let mut place = i64::MIN;
    loop {
        let rows = sqlx::query(
            "SELECT place, entries, lines, turned, hash FROM moments WHERE place > $1 ORDER BY place LIMIT $2",
        )
        .bind(place)
        .bind(page)
        .fetch_all(&mut *source)
        .await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in &rows {
            let read = || -> Result<_, sqlx::Error> {
                let (place, entries, lines) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
                Ok(Stored { place, entries, lines, turned: row.try_get(3)?, hash: row.try_get(4)? })
            };
            let stored = read().map_err(|_| ALTERED)?;
            place = stored.place;
            stored.insert(&mut *writer).await?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_that_came_and_went_again_is_none() {
        let of = |seals: &[&str]| spelled(&seals.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(of(&[]), "");
        assert_eq!(of(&["b", "a"]), "a,b");
        assert_eq!(of(&["b", "a", "b"]), "a");
        assert_eq!(of(&["b", "b"]), "");
    }
}
