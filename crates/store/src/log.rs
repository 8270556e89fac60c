//! The log: who saw what is privileged, who came in, what became of accounts, what was
//! recorded with a token that somebody else made. Append-only, in a chain of its own.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::chain::{Chain, Link, held_head, set_head};
use crate::error::{Error, Spot};
use crate::hash::hash;
use crate::store::{Dialect, Store};

/// Something to log: by whom, what, and of which negotiation, if of one. Never what was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note<'a> {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: &'a str,
    /// What, in a word or two.
    pub what: &'a str,
    /// The negotiation, by id; empty where it is of none.
    pub negotiation: &'a str,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
}

impl Store {
    /// Logs a note.
    pub async fn log(&self, note: &Note<'_>) -> Result<(), Error> {
        let mut transaction = self.begin_writing().await?;
        note_down(&mut transaction, self.dialect, note).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The last lines on a negotiation, newest first, at most `limit`.
    pub async fn logged(&self, negotiation: &str, limit: u32) -> Result<Vec<Logged>, Error> {
        let rows = sqlx::query(
            "SELECT position, at, who, what, negotiation, previous, hash FROM log \
             WHERE negotiation = $1 ORDER BY position DESC LIMIT $2",
        )
        .bind(negotiation)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(logged_from).collect()
    }

    /// The first line on a negotiation: of one that was recorded elsewhere it says who imported it.
    pub async fn first_logged(&self, negotiation: &str) -> Result<Option<Logged>, Error> {
        let row = sqlx::query(
            "SELECT position, at, who, what, negotiation, previous, hash FROM log \
             WHERE negotiation = $1 ORDER BY position LIMIT 1",
        )
        .bind(negotiation)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(logged_from).transpose()
    }
}

/// Logs a note in a transaction that is under way.
pub(crate) async fn note_down(writer: &mut AnyConnection, dialect: Dialect, note: &Note<'_>) -> Result<(), Error> {
    let (position, previous) = held_head(&mut *writer, dialect, Chain::Log).await?;
    let mut line = LogRow {
        position: position + 1,
        at: note.at.to_string(),
        who: note.who.to_owned(),
        what: note.what.to_owned(),
        negotiation: note.negotiation.to_owned(),
        previous,
        hash: String::new(),
    };
    line.hash = line.computed();
    line.insert(&mut *writer).await?;
    set_head(writer, Chain::Log, line.position, &line.hash).await
}

fn logged_from(row: &AnyRow) -> Result<Logged, Error> {
    let row = LogRow::from(row)?;
    let at = row.at.parse().map_err(|_| Error::Format { at: Spot::Line(row.position) })?;
    Ok(Logged { at, who: row.who, what: row.what })
}

/// A line as stored.
#[derive(Clone, Debug)]
pub(crate) struct LogRow {
    position: i64,
    at: String,
    who: String,
    what: String,
    negotiation: String,
    previous: String,
    hash: String,
}

impl LogRow {
    pub fn from(row: &AnyRow) -> Result<Self, Error> {
        Ok(Self {
            position: row.try_get(0)?,
            at: row.try_get(1)?,
            who: row.try_get(2)?,
            what: row.try_get(3)?,
            negotiation: row.try_get(4)?,
            previous: row.try_get(5)?,
            hash: row.try_get(6)?,
        })
    }

    pub async fn insert(&self, writer: &mut AnyConnection) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO log (position, at, who, what, negotiation, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.position)
        .bind(&self.at)
        .bind(&self.who)
        .bind(&self.what)
        .bind(&self.negotiation)
        .bind(&self.previous)
        .bind(&self.hash)
        .execute(writer)
        .await?;
        Ok(())
    }
}

impl Link for LogRow {
    fn position(&self) -> i64 {
        self.position
    }

    fn previous(&self) -> &str {
        &self.previous
    }

    fn hash(&self) -> &str {
        &self.hash
    }

    fn computed(&self) -> String {
        let texts = [&self.at, &self.who, &self.what, &self.negotiation, &self.previous];
        hash(&[self.position], texts.map(String::as_str))
    }
}
