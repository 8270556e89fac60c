//! Proves that what is stored is what was recorded: both chains from their first entry to their last, all that is
//! kept beside them, and the moments over all of it.

use std::collections::HashMap;

use jiff::Timestamp;
use negotiation::Negotiation;
use negotiation::summary::Summary;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::chain::{Chain, Link, fault, head};
use crate::error::{DAMAGED, Error, Spot};
use crate::listing::ListingRow;
use crate::log::LogRow;
use crate::moments::{self, Moment};
use crate::row::{EntryRow, entries_of};
use crate::store::{Dialect, Store, count};
use crate::{beside, migrations, outbox, schema};

/// Rows read at a time.
pub(crate) const PAGE: i64 = 4096;

/// A store found whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Entries in the record.
    pub entries: i64,
    /// Negotiations in it.
    pub negotiations: usize,
    /// Lines in the log.
    pub log_lines: i64,
    /// The last moment. Its hash covers everything: kept elsewhere, it proves later that nothing was altered that stood here.
    pub moment: Moment,
    /// Of the hashes that were asked about: those that are of this store, with the moments that they were of.
    pub known: Vec<Moment>,
}

impl Store {
    /// Proves the store whole as of when this was called; appends may go on meanwhile. `progress` is told now and then
    /// how far it has come, from 0 to 1.
    pub async fn verify(&self, progress: &(dyn Fn(f64) + Sync)) -> Result<Verified, Error> {
        self.verify_against(&[], progress).await
    }

    /// The same, and looks for hashes that were kept elsewhere.
    pub async fn verify_against(&self, kept: &[String], progress: &(dyn Fn(f64) + Sync)) -> Result<Verified, Error> {
        let mut reader = self.begin_reading().await?;
        within(&mut reader, self.dialect, kept, progress).await
    }

    /// When a moment was, as far as the record and the log tell: when the later of the two was written that it ends with.
    pub async fn moment_at(&self, moment: &Moment) -> Result<Option<Timestamp>, Error> {
        let rows = sqlx::query(
            "SELECT recorded_at FROM entries WHERE position = $1 UNION ALL SELECT at FROM log WHERE position = $2",
        )
        .bind(moment.entries)
        .bind(moment.lines)
        .fetch_all(&self.pool)
        .await?;
        let times = rows.iter().filter_map(|row| row.try_get::<String, _>(0).ok()?.parse().ok());
        Ok(times.max())
    }

    /// The entry that has a hash, where there is one.
    pub async fn entry_with(&self, hash: &str) -> Result<Option<i64>, Error> {
        let row =
            sqlx::query("SELECT position FROM entries WHERE hash = $1").bind(hash).fetch_optional(&self.pool).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// The moment at a place, where there is one.
    pub async fn moment(&self, place: i64) -> Result<Option<Moment>, Error> {
        let row = sqlx::query("SELECT place, entries, lines, hash FROM moments WHERE place = $1")
            .bind(place)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|row| Moment::from(&row)).transpose()?)
    }
}

/// Proves whole what a transaction sees.
pub(crate) async fn within(
    reader: &mut AnyConnection,
    dialect: Dialect,
    kept: &[String],
    progress: &(dyn Fn(f64) + Sync),
) -> Result<Verified, Error> {
    if dialect == Dialect::Sqlite {
        sound_file(&mut *reader).await?;
    }
    migrations::verify(&mut *reader, dialect).await?;
    schema::whole(&mut *reader, dialect).await?;
    let (versions, entries) = record(&mut *reader, progress).await?;
    let log_lines = log(&mut *reader).await?;
    if count(&mut *reader, "SELECT COUNT(*) FROM chain").await? != 2 {
        return Err(Error::Broken { at: Spot::Beside, what: "the ends of the chains were altered" });
    }
    list(&mut *reader, &versions, progress).await?;
    let mut seals = beside::verify(&mut *reader).await?;
    seals.silent.extend(outbox::verify(&mut *reader, entries, PAGE).await?);
    let (moment, known) = moments::verify(reader, &seals, PAGE, kept).await?;
    Ok(Verified { entries, negotiations: versions.len(), log_lines, moment, known })
}

/// What SQLite itself can tell of its file.
async fn sound_file(reader: &mut AnyConnection) -> Result<(), Error> {
    let rows = sqlx::query("PRAGMA integrity_check(1)").fetch_all(reader).await;
    let sound =
        rows.is_ok_and(|rows| rows.len() == 1 && rows[0].try_get::<String, _>(0).is_ok_and(|said| said == "ok"));
    if sound { Ok(()) } else { Err(DAMAGED) }
}

/// Walks the record; gives how many entries each negotiation has, and how many there are.
async fn record(
    reader: &mut AnyConnection,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<(HashMap<String, i64>, i64), Error> {
    let mut versions: HashMap<String, i64> = HashMap::new();
    let query = "SELECT position, negotiation, version, recorded_at, recorded_by, format, body, previous, hash \
                 FROM entries WHERE position > $1 ORDER BY position LIMIT $2";
    let (end, _) = head(&mut *reader, Chain::Record).await?;
    let (position, _) = walk(&mut *reader, Chain::Record, query, EntryRow::from, |row: &EntryRow| {
        progress(0.5 * row.position as f64 / end.max(1) as f64);
        let version = versions.entry(row.negotiation.clone()).or_default();
        *version += 1;
        if row.version == *version { None } else { Some("its version does not follow") }
    })
    .await?;
    // A place that the walk never comes to has no room in the chain.
    if count(reader, "SELECT COUNT(*) FROM entries").await? != position {
        return Err(Error::Broken { at: Spot::Entry(0), what: "an entry stands before the first" });
    }
    Ok((versions, position))
}

async fn log(reader: &mut AnyConnection) -> Result<i64, Error> {
    let query = "SELECT position, at, who, what, negotiation, previous, hash \
                 FROM log WHERE position > $1 ORDER BY position LIMIT $2";
    let (lines, _) = walk(&mut *reader, Chain::Log, query, LogRow::from, |_| None).await?;
    if count(reader, "SELECT COUNT(*) FROM log").await? != lines {
        return Err(Error::Broken { at: Spot::Line(0), what: "a line stands before the first" });
    }
    Ok(lines)
}

/// Walks a chain from its beginning to its end, page by page; `also` may find more wrong with a row. Gives its last
/// position and hash.
async fn walk<L: Link>(
    reader: &mut AnyConnection,
    chain: Chain,
    query: &'static str,
    read: impl Fn(&AnyRow) -> Result<L, Error>,
    mut also: impl FnMut(&L) -> Option<&'static str>,
) -> Result<(i64, String), Error> {
    let (end, last) = head(&mut *reader, chain).await?;
    let (mut position, mut hash) = (0, String::new());
    loop {
        let rows = sqlx::query(query).bind(position).bind(PAGE).fetch_all(&mut *reader).await?;
        for row in &rows {
            let broken = |what| Error::Broken { at: chain.spot(position + 1), what };
            let link = read(row).map_err(|_| broken("it was altered"))?;
            if let Some(what) = fault(chain, position, &hash, &link).or_else(|| also(&link)) {
                return Err(broken(what));
            }
            position = link.position();
            link.hash().clone_into(&mut hash);
        }
        if rows.is_empty() {
            break;
        }
    }
    if position < end {
        return Err(Error::Broken { at: chain.spot(position + 1), what: chain.missing() });
    }
    if position > end || hash != last {
        return Err(Error::Broken { at: chain.spot(position), what: "the chain ends otherwise than it should" });
    }
    Ok((position, hash))
}

/// Folds every negotiation anew and holds what is listed of it against that.
async fn list(
    reader: &mut AnyConnection,
    versions: &HashMap<String, i64>,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<(), Error> {
    let broken = || Error::Broken { at: Spot::Beside, what: "what is listed of a negotiation was altered" };
    let (mut after, mut seen, mut listed_participants) = (String::new(), 0, 0_i64);
    loop {
        let rows = sqlx::query(
            "SELECT id, counterpart, due_at, needed_by, worth, summary FROM negotiations WHERE id > $1 ORDER BY id LIMIT $2",
        )
        .bind(&after)
        .bind(PAGE)
        .fetch_all(&mut *reader)
        .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let stored = ListingRow::from(row).map_err(|_| broken())?;
            let summary = fold(&mut *reader, &stored.id).await?.ok_or_else(broken)?;
            if ListingRow::of(&stored.id, &summary) != stored {
                return Err(broken());
            }
            listed_participants += participants(&mut *reader, &stored.id, &summary).await?.ok_or_else(broken)?;
            after = stored.id;
            seen += 1;
            progress(0.5 + 0.5 * f64::from(seen) / versions.len().max(1) as f64);
        }
    }
    let all = count(&mut *reader, "SELECT COUNT(*) FROM negotiations").await?;
    let participating = count(reader, "SELECT COUNT(*) FROM participants").await?;
    if seen as usize != versions.len() || all != i64::from(seen) || participating != listed_participants {
        return Err(broken());
    }
    Ok(())
}

async fn fold(reader: &mut AnyConnection, id: &str) -> Result<Option<Summary>, Error> {
    Ok(Summary::of(&Negotiation::of(entries_of(reader, id).await?)))
}

/// How many are listed as taking part in a negotiation; `None` where they are not those who do.
async fn participants(reader: &mut AnyConnection, id: &str, summary: &Summary) -> Result<Option<i64>, Error> {
    let rows =
        sqlx::query("SELECT participant, changed_at FROM participants WHERE negotiation = $1 ORDER BY participant")
            .bind(id)
            .fetch_all(reader)
            .await?;
    let mut names = Vec::new();
    for row in &rows {
        let (name, changed_at): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
        if changed_at != summary.changed_at.as_microsecond() {
            return Ok(None);
        }
        names.push(name);
    }
    // The two databases may order names otherwise than we do.
    names.sort();
    let known = summary.participants.iter().map(|one| &one.user.0);
    Ok(known.eq(names.iter()).then_some(names.len() as i64))
}
