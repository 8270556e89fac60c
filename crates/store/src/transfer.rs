//! Moves all that a store holds into an empty one, of either kind: what `db move`, `backup` and `restore` are made of.
//!
//! Everything is copied as it is stored, hashes and seals and all, and the copy is verified before it is there for anybody:
//! what was altered here can't pass for whole there.

use sqlx::{AnyConnection, Row as _};

use crate::chain::{Chain, head, held_head, set_head};
use crate::error::{Error, Spot};
use crate::listing::ListingRow;
use crate::log::LogRow;
use crate::row::EntryRow;
use crate::store::{Store, count};
use crate::verify::{PAGE, Verified};
use crate::{beside, migrations, moments, outbox, schema, verify};

impl Store {
    /// Copies everything as of one moment into `target`, which must be empty, and proves the copy whole; sessions stay
    /// behind. All or nothing: where anything fails the target is as empty as it was. `progress` is told now and then how
    /// far it has come, from 0 to 1.
    pub async fn copy_to(&self, target: &Self, progress: &(dyn Fn(f64) + Sync)) -> Result<Verified, Error> {
        let mut source = self.begin_reading().await?;
        // The form is not copied: the target has its own.
        migrations::verify(&mut source, self.dialect).await?;
        schema::whole(&mut source, self.dialect).await?;
        let mut writer = target.begin_writing().await?;
        let (recorded, _) = held_head(&mut writer, target.dialect, Chain::Record).await?;
        let (logged, _) = held_head(&mut writer, target.dialect, Chain::Log).await?;
        let accounts = sqlx::query("SELECT name FROM users LIMIT 1").fetch_optional(&mut *writer).await?;
        if recorded != 0 || logged != 0 || accounts.is_some() {
            return Err(Error::NotEmpty);
        }
        entries(&mut source, &mut writer, &|share| progress(share / 2.0)).await?;
        log(&mut source, &mut writer).await?;
        listing(&mut source, &mut writer).await?;
        participants(&mut source, &mut writer).await?;
        // A desk that was served here while there was nothing follows from where the other one's stood.
        sqlx::query("DELETE FROM followers").execute(&mut *writer).await?;
        let left = beside::copy(&mut source, &mut writer).await?;
        outbox::copy(&mut source, &mut writer, PAGE).await?;
        // The copy's own first moment is that it has no sessions.
        moments::copy(&mut source, &mut writer, PAGE).await?;
        writer.turned_silently(&left);
        writer.mark().await?;
        let verified = verify::within(&mut writer, target.dialect, &[], &|share| progress(0.5 + share / 2.0)).await?;
        writer.commit().await?;
        Ok(verified)
    }
}

async fn entries(
    source: &mut AnyConnection,
    writer: &mut AnyConnection,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<(), Error> {
    let (end, hash) = head(&mut *source, Chain::Record).await?;
    let mut position = 0;
    loop {
        let rows = sqlx::query(
            "SELECT position, negotiation, version, recorded_at, recorded_by, format, body, previous, hash \
             FROM entries WHERE position > $1 ORDER BY position LIMIT $2",
        )
        .bind(position)
        .bind(PAGE)
        .fetch_all(&mut *source)
        .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let altered = || Error::Broken { at: Spot::Entry(position + 1), what: "it was altered" };
            let row = EntryRow::from(row).map_err(|_| altered())?;
            position = row.position;
            row.insert(&mut *writer).await?;
        }
        progress(position as f64 / end.max(1) as f64);
    }
    all_copied(source, "SELECT COUNT(*) FROM entries", writer).await?;
    set_head(writer, Chain::Record, end, &hash).await
}

async fn log(source: &mut AnyConnection, writer: &mut AnyConnection) -> Result<(), Error> {
    let (end, hash) = head(&mut *source, Chain::Log).await?;
    let mut position = 0;
    loop {
        let rows = sqlx::query(
            "SELECT position, at, who, what, negotiation, previous, hash \
             FROM log WHERE position > $1 ORDER BY position LIMIT $2",
        )
        .bind(position)
        .bind(PAGE)
        .fetch_all(&mut *source)
        .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let altered = || Error::Broken { at: Spot::Line(position + 1), what: "it was altered" };
            let line = LogRow::from(row).map_err(|_| altered())?;
            position = row.try_get(0)?;
            line.insert(&mut *writer).await?;
        }
    }
    all_copied(source, "SELECT COUNT(*) FROM log", writer).await?;
    set_head(writer, Chain::Log, end, &hash).await
}

/// What is listed, as it is stored: were it made anew from the summaries, an altered list would come out mended.
async fn listing(source: &mut AnyConnection, writer: &mut AnyConnection) -> Result<(), Error> {
    let mut after = String::new();
    loop {
        let rows = sqlx::query(
            "SELECT id, counterpart, due_at, needed_by, worth, summary FROM negotiations WHERE id > $1 ORDER BY id LIMIT $2",
        )
        .bind(&after)
        .bind(PAGE)
        .fetch_all(&mut *source)
        .await?;
        let Some(last) = rows.last() else { break };
        after = last.try_get(0).map_err(|_| LISTED)?;
        for row in &rows {
            let row = ListingRow::from(row).map_err(|_| LISTED)?;
            row.insert(&mut *writer).await?;
        }
    }
    all_copied(source, "SELECT COUNT(*) FROM negotiations", writer).await
}

async fn participants(source: &mut AnyConnection, writer: &mut AnyConnection) -> Result<(), Error> {
    let (mut participant, mut negotiation) = (String::new(), String::new());
    loop {
        let rows = sqlx::query(
            "SELECT participant, negotiation, changed_at FROM participants \
             WHERE participant > $1 OR (participant = $1 AND negotiation > $2) \
             ORDER BY participant, negotiation LIMIT $3",
        )
        .bind(&participant)
        .bind(&negotiation)
        .bind(PAGE)
        .fetch_all(&mut *source)
        .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let read = || Ok((row.try_get(0)?, row.try_get(1)?, row.try_get::<i64, _>(2)?));
            let changed_at;
            (participant, negotiation, changed_at) = read().map_err(|_: sqlx::Error| LISTED)?;
            sqlx::query("INSERT INTO participants (participant, negotiation, changed_at) VALUES ($1, $2, $3)")
                .bind(&participant)
                .bind(&negotiation)
                .bind(changed_at)
                .execute(&mut *writer)
                .await?;
        }
    }
    all_copied(source, "SELECT COUNT(*) FROM participants", writer).await
}

/// What is listed that can't be what we listed.
const LISTED: Error = Error::Broken { at: Spot::Beside, what: "what is listed of a negotiation was altered" };

/// A row at a place that no walk comes to would be left behind, and its traces with it.
async fn all_copied(
    source: &mut AnyConnection,
    counting: &'static str,
    writer: &mut AnyConnection,
) -> Result<(), Error> {
    if count(source, counting).await? == count(writer, counting).await? {
        return Ok(());
    }
    Err(Error::Broken { at: Spot::Beside, what: "a row stands where none can be" })
}
