//! Moves all that a store holds into an empty one, of either kind: what `db move`, `backup` and `restore` are made of.

use sqlx::{AnyConnection, Row as _};

use crate::accounts::{KeyKind, account_from, insert_account, insert_key, key_from};
use crate::book;
use crate::error::Error;
use crate::log::LogRow;
use crate::store::{Chain, Store, head, insert, row_from, set_head};
use crate::tally;
use crate::verify::PAGE;

impl Store {
    /// Copies everything as of one moment into `target`, which must be empty; hashes and all, so that the chain goes on
    /// there. Sessions stay behind. All or nothing; `progress` is told the share of entries copied.
    pub async fn copy_to(&self, target: &Self, progress: &(dyn Fn(f64) + Sync)) -> Result<(), Error> {
        let mut source = self.begin_reading().await?;
        let mut writer = target.begin_writing().await?;
        let (recorded, _) = target.held_head(&mut writer, Chain::Record).await?;
        let (logged, _) = target.held_head(&mut writer, Chain::Log).await?;
        let accounts = sqlx::query("SELECT name FROM users LIMIT 1").fetch_optional(&mut *writer).await?;
        if recorded != 0 || logged != 0 || accounts.is_some() {
            return Err(Error::NotEmpty);
        }
        entries(&mut source, &mut writer, progress).await?;
        log(&mut source, &mut writer).await?;
        listing(&mut source, &mut writer).await?;
        accounts_and_keys(&mut source, &mut writer).await?;
        book::copy(&mut source, &mut writer).await?;
        tally::count(&mut writer).await?;
        writer.commit().await?;
        Ok(())
    }
}

async fn entries(
    source: &mut AnyConnection,
    writer: &mut AnyConnection,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<(), Error> {
    let (end, hash) = head(&mut *source, Chain::Record).await?;
    let mut position = 0;
    while position < end {
        let rows = sqlx::query(
            "SELECT position, negotiation, version, recorded_at, recorded_by, format, body, previous, hash \
             FROM entries WHERE position > $1 ORDER BY position LIMIT $2",
        )
        .bind(position)
        .bind(PAGE)
        .fetch_all(&mut *source)
        .await?;
        if rows.is_empty() {
            return Err(Error::Broken { position: position + 1, what: "entries are missing" });
        }
        for row in &rows {
            let row = row_from(row)?;
            position = row.position;
            insert(&mut *writer, &row).await?;
        }
        progress(position as f64 / end as f64);
    }
    set_head(writer, Chain::Record, end, &hash).await
}

async fn log(source: &mut AnyConnection, writer: &mut AnyConnection) -> Result<(), Error> {
    let (end, hash) = head(&mut *source, Chain::Log).await?;
    let mut position = 0;
    while position < end {
        let rows = sqlx::query(
            "SELECT position, at, who, what, negotiation, previous, hash \
             FROM log WHERE position > $1 ORDER BY position LIMIT $2",
        )
        .bind(position)
        .bind(PAGE)
        .fetch_all(&mut *source)
        .await?;
        if rows.is_empty() {
            return Err(Error::Broken { position: position + 1, what: "lines of the log are missing" });
        }
        for row in &rows {
            position = row.try_get(0)?;
            LogRow::from(row)?.insert(&mut *writer).await?;
        }
    }
    set_head(writer, Chain::Log, end, &hash).await
}

async fn listing(source: &mut AnyConnection, writer: &mut AnyConnection) -> Result<(), Error> {
    let mut after = String::new();
    loop {
        let rows = sqlx::query(
            "SELECT id, counterpart, due_at, needed_by, summary FROM negotiations WHERE id > $1 ORDER BY id LIMIT $2",
        )
        .bind(&after)
        .bind(PAGE)
        .fetch_all(&mut *source)
        .await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.try_get(0)?;
        for row in &rows {
            let summary: String = row.try_get(4)?;
            let summary = serde_json::from_str(&summary).map_err(|_| Error::Listing)?;
            crate::listing::put(&mut *writer, &row.try_get::<String, _>(0)?, &summary).await?;
        }
    }
}

async fn accounts_and_keys(source: &mut AnyConnection, writer: &mut AnyConnection) -> Result<(), Error> {
    let users = sqlx::query("SELECT name, role, password, created_at, closed_at, seal FROM users");
    for row in users.fetch_all(&mut *source).await? {
        insert_account(&mut *writer, &account_from(&row)?.0).await?;
    }
    let keys =
        sqlx::query("SELECT hash, id, kind, owner, label, scopes, created_at, expires_at, ended_at, seal FROM keys");
    for row in keys.fetch_all(source).await? {
        let (key, _) = key_from(&row)?;
        if key.kind != KeyKind::Session {
            insert_key(&mut *writer, &key).await?;
        }
    }
    Ok(())
}
