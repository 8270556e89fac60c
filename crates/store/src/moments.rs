//! Moments: one more chain, over all that a store holds. Each transaction that changes anything ends with one. Its hash covers
//! where the record and the log ended then, each with its own last hash, and the seals of all rows beside them that came or went;
//! and, as every chain's, the hash before it. So the last of them stands for everything at once, and one that was kept elsewhere
//! proves later what was there when it was taken.
//!
//! The hash of a moment is SHA-256 over, in this order: the place of the moment, of the last entry and of the last line, as
//! eight bytes each, the highest first; then, each with its length before it in the same way, the hash of that entry, the hash
//! of that line, the seals that came or went, those of them that no line of the log tells of, and the hash of the moment before.
//! Seals are in the order of letters, with commas between them. An account, a key or a page comes with a line in the log or not
//! at all: so whatever was put in since a hash was kept is told there.
//! A hash or seal is written in 64 lower-case hexadecimal digits; that of what there is not is empty.

use std::collections::BTreeSet;

use sqlx::any::AnyRow;
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

/// An account, a key or a page came or went, and no line of the log says so.
const UNLOGGED: Error =
    Error::Broken { at: Spot::Beside, what: "an account, a key or a page was changed with no line in the log" };

/// Seals of rows beside the chains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seals {
    /// Those of accounts, keys and pages.
    pub logged: Vec<String>,
    /// Those of who follows the record and of what is still to be followed up, of which the log says nothing.
    pub silent: Vec<String>,
}

/// Takes a seal in that was not there, and out that was.
fn turn(standing: &mut BTreeSet<String>, seal: &str) {
    if !standing.remove(seal) {
        standing.insert(seal.to_owned());
    }
}

/// The seals of a list as it is kept.
fn listed(seals: &str) -> impl Iterator<Item = &str> {
    seals.split(',').filter(|seal| !seal.is_empty())
}

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
    silent: String,
    hash: String,
}

impl Moment {
    /// Of a row with place, entries, lines and hash.
    pub(crate) fn from(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self { place: row.try_get(0)?, entries: row.try_get(1)?, lines: row.try_get(2)?, hash: row.try_get(3)? })
    }
}

impl Stored {
    /// Of a row that begins with all columns, in their order.
    fn from(row: &AnyRow) -> Result<Self, sqlx::Error> {
        let (place, entries, lines) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        Ok(Self { place, entries, lines, turned: row.try_get(3)?, silent: row.try_get(4)?, hash: row.try_get(5)? })
    }

    fn computed(&self, entry: &str, line: &str, previous: &str) -> String {
        hash(&[self.place, self.entries, self.lines], [entry, line, &self.turned, &self.silent, previous])
    }

    async fn insert(&self, writer: &mut AnyConnection) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO moments (place, entries, lines, turned, silent, hash) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(self.place)
        .bind(self.entries)
        .bind(self.lines)
        .bind(&self.turned)
        .bind(&self.silent)
        .bind(&self.hash)
        .execute(writer)
        .await?;
        Ok(())
    }
}

/// Seals as they are kept: those that came and went again within are none.
fn spelled(turned: &[String]) -> String {
    let mut seals = BTreeSet::new();
    turned.iter().for_each(|seal| turn(&mut seals, seal));
    seals.into_iter().collect::<Vec<_>>().join(",")
}

/// The last moment; `None` before there is any.
pub(crate) async fn last(reader: &mut AnyConnection) -> Result<Option<Moment>, Error> {
    let row = sqlx::query("SELECT place, entries, lines, hash FROM moments ORDER BY place DESC LIMIT 1")
        .fetch_optional(reader)
        .await?;
    row.map(|row| Moment::from(&row)).transpose().map_err(|_| ALTERED)
}

/// A number that stands for the moments among all that PostgreSQL's users may lock. It is taken last, and nothing waits for
/// anything else once it has it.
const POSTGRES_TURN: &str = "SELECT pg_advisory_xact_lock(7083418)::text";

/// Adds a moment where anything has changed since the last, of which what is beside the chains is told.
pub(crate) async fn mark(writer: &mut AnyConnection, dialect: Dialect, seals: &Seals) -> Result<(), Error> {
    if dialect == Dialect::Postgres {
        sqlx::query(POSTGRES_TURN).execute(&mut *writer).await?;
    }
    let before = last(&mut *writer).await?;
    let (entries, entry) = head(&mut *writer, Chain::Record).await?;
    let (lines, line) = head(&mut *writer, Chain::Log).await?;
    let (turned, silent) = (spelled(&seals.logged), spelled(&seals.silent));
    let nothing = turned.is_empty() && silent.is_empty();
    let (place, previous) = match before {
        Some(before) if nothing && before.entries == entries && before.lines == lines => return Ok(()),
        Some(before) => (before.place + 1, before.hash),
        None => (1, String::new()),
    };
    let mut moment = Stored { place, entries, lines, turned, silent, hash: String::new() };
    moment.hash = moment.computed(&entry, &line, &previous);
    moment.insert(writer).await
}

/// Walks all moments and holds the last against what there is: the ends of both chains, which were proved before, and the seals
/// of every row beside them. Gives the last, and of `sought` those that are found, each with its moment.
pub(crate) async fn verify(
    reader: &mut AnyConnection,
    seals: &Seals,
    page: i64,
    sought: &[String],
) -> Result<(Moment, Vec<Moment>), Error> {
    let (mut found, mut logged, mut silent) = (Vec::new(), BTreeSet::<String>::new(), BTreeSet::<String>::new());
    let mut last = Moment { place: 0, entries: 0, lines: 0, hash: String::new() };
    loop {
        let rows = sqlx::query(
            "SELECT m.place, m.entries, m.lines, m.turned, m.silent, m.hash, COALESCE(e.hash, ''), COALESCE(l.hash, '') \
             FROM moments m LEFT JOIN entries e ON e.position = m.entries LEFT JOIN log l ON l.position = m.lines \
             WHERE m.place > $1 ORDER BY m.place LIMIT $2",
        )
        .bind(last.place)
        .bind(page)
        .fetch_all(&mut *reader)
        .await?;
        for row in &rows {
            let read = || -> Result<_, sqlx::Error> {
                Ok((Stored::from(row)?, row.try_get::<String, _>(6)?, row.try_get::<String, _>(7)?))
            };
            let (stored, entry, line) = read().map_err(|_| ALTERED)?;
            let follows =
                stored.place == last.place + 1 && stored.entries >= last.entries && stored.lines >= last.lines;
            if !follows || stored.hash != stored.computed(&entry, &line, &last.hash) {
                return Err(ALTERED);
            }
            // The first has what was there before there were moments.
            if !stored.turned.is_empty() && stored.lines == last.lines && stored.place > 1 {
                return Err(UNLOGGED);
            }
            listed(&stored.turned).for_each(|seal| turn(&mut logged, seal));
            for seal in listed(&stored.silent) {
                // A copy leaves sessions behind, which came with a line where they were made.
                if !logged.remove(seal) {
                    turn(&mut silent, seal);
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
    let is = |standing: &BTreeSet<String>, seals: &[String]| {
        standing.len() == seals.len() && seals.iter().all(|seal| standing.contains(seal))
    };
    if !is(&logged, &seals.logged) || !is(&silent, &seals.silent) {
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
            "SELECT place, entries, lines, turned, silent, hash FROM moments WHERE place > $1 ORDER BY place LIMIT $2",
        )
        .bind(place)
        .bind(page)
        .fetch_all(&mut *source)
        .await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in &rows {
            let stored = Stored::from(row).map_err(|_| ALTERED)?;
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
