//! The outbox proved and copied.

use sqlx::{AnyConnection, Row as _};

use super::{ALTERED, FOLLOWERS, OutboxRow};
use crate::error::Error;

/// Holds the outbox against the record and those who follow: each row is as it was sealed, and together they are all that was
/// recorded since the place that everybody has settled, no more and no less; gives their seals. `end` is the end of the record.
pub(crate) async fn verify(reader: &mut AnyConnection, end: i64, page: i64) -> Result<Vec<String>, Error> {
    let least = sqlx::query("SELECT MIN(settled), MAX(settled) FROM followers").fetch_one(&mut *reader).await?;
    let (least, most): (Option<i64>, Option<i64>) = (least.try_get(0)?, least.try_get(1)?);
    if most.is_some_and(|most| most > end) {
        return Err(FOLLOWERS.altered());
    }
    let (mut settled, mut read, mut seals) = (least.unwrap_or(end), i64::MIN, Vec::new());
    loop {
        let rows = sqlx::query(
            "SELECT o.position, o.negotiation, o.first_version, o.last_version, o.kind, o.at, o.seal, \
             e.negotiation, e.version FROM outbox o JOIN entries e ON e.position = o.position \
             WHERE o.position > $1 ORDER BY o.position LIMIT $2",
        )
        .bind(read)
        .bind(page)
        .fetch_all(&mut *reader)
        .await?;
        for row in &rows {
            let stored = OutboxRow::from(row).map_err(|_| ALTERED)?;
            let news = stored.news().map_err(|_| ALTERED)?;
            let entry = (row.try_get::<String, _>(7).ok(), row.try_get::<i64, _>(8).ok());
            let fits = OutboxRow::of(&news) == stored
                && entry == (Some(stored.negotiation.clone()), Some(stored.last))
                && stored.first >= 1
                && stored.position - (stored.last - stored.first) == settled + 1;
            if !fits {
                return Err(ALTERED);
            }
            (settled, read) = (news.position, news.position);
            seals.push(stored.seal);
        }
        if rows.is_empty() {
            break;
        }
    }
    // A row at a place where no entry is was not joined.
    let stray = sqlx::query(
        "SELECT COUNT(*) FROM outbox o WHERE NOT EXISTS (SELECT 1 FROM entries e WHERE e.position = o.position)",
    );
    let stray: i64 = stray.fetch_one(reader).await?.try_get(0)?;
    if settled == end && stray == 0 { Ok(seals) } else { Err(ALTERED) }
}

/// Copies what is still to be followed up as it is stored.
pub(crate) async fn copy(source: &mut AnyConnection, writer: &mut AnyConnection, page: i64) -> Result<(), Error> {
    let mut after = i64::MIN;
    loop {
        let rows = sqlx::query(
            "SELECT position, negotiation, first_version, last_version, kind, at, seal FROM outbox \
             WHERE position > $1 ORDER BY position LIMIT $2",
        )
        .bind(after)
        .bind(page)
        .fetch_all(&mut *source)
        .await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in &rows {
            let row = OutboxRow::from(row).map_err(|_| ALTERED)?;
            after = row.position;
            row.insert(&mut *writer).await?;
        }
    }
}

/// The seals of all that is there, none held against anything.
pub(crate) async fn seals(reader: &mut AnyConnection) -> Result<Vec<String>, Error> {
    let rows = sqlx::query("SELECT seal FROM outbox ORDER BY position").fetch_all(reader).await?;
    rows.iter().map(|row| row.try_get(0).map_err(|_| ALTERED)).collect()
}
