//! What is listed of negotiations: by participant, by counterpart, by clock. It is kept in the same transaction as the
//! entries that it follows from, and [`verify`](crate::Store::verify) holds it against them.

use jiff::Timestamp;
use negotiation::summary::Summary;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};
use terms::Amount;

use crate::codec::{decode_summary, encode_summary};
use crate::error::Error;
use crate::store::Store;

/// A negotiation as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its summary.
    pub summary: Summary,
}

/// Where a page of a list ended: the next begins after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Microseconds since 1970 of the last one's last change.
    pub changed_at: i64,
    /// Its id.
    pub id: String,
}

impl Listed {
    /// The cursor after this one.
    pub fn cursor(&self) -> Cursor {
        Cursor { changed_at: self.summary.changed_at.as_microsecond(), id: self.id.clone() }
    }
}

/// Takes in what has become of a negotiation.
pub(crate) async fn put(writer: &mut AnyConnection, id: &str, summary: &Summary) -> Result<(), Error> {
    let row = ListingRow::of(id, summary);
    sqlx::query(
        "INSERT INTO negotiations (id, counterpart, due_at, needed_by, worth, summary) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (id) DO UPDATE SET counterpart = $2, due_at = $3, needed_by = $4, worth = $5, summary = $6",
    )
    .bind(id)
    .bind(&row.counterpart)
    .bind(row.due_at)
    .bind(row.needed_by)
    .bind(row.worth)
    .bind(&row.summary)
    .execute(&mut *writer)
    .await?;
    let changed_at = summary.changed_at.as_microsecond();
    let updated = sqlx::query("UPDATE participants SET changed_at = $1 WHERE negotiation = $2")
        .bind(changed_at)
        .bind(id)
        .execute(&mut *writer)
        .await?;
    let mut listed = 0;
    for one in &summary.participants {
        listed += sqlx::query(
            "INSERT INTO participants (participant, negotiation, changed_at) VALUES ($1, $2, $3) \
             ON CONFLICT (participant, negotiation) DO NOTHING",
        )
        .bind(&one.user.0)
        .bind(id)
        .bind(changed_at)
        .execute(&mut *writer)
        .await?
        .rows_affected();
    }
    if updated.rows_affected() + listed > summary.participants.len() as u64 {
        remove_those_who_left(writer, id, summary).await?;
    }
    Ok(())
}

async fn remove_those_who_left(writer: &mut AnyConnection, id: &str, summary: &Summary) -> Result<(), Error> {
    let rows = sqlx::query("SELECT participant FROM participants WHERE negotiation = $1")
        .bind(id)
        .fetch_all(&mut *writer)
        .await?;
    for row in rows {
        let name: String = row.try_get(0)?;
        if summary.participants.iter().all(|one| one.user.0 != name) {
            sqlx::query("DELETE FROM participants WHERE negotiation = $1 AND participant = $2")
                .bind(id)
                .bind(name)
                .execute(&mut *writer)
                .await?;
        }
    }
    Ok(())
}

impl Store {
    /// Those in which `user` takes part, the last changed first: a page of at most `limit` after a cursor.
    pub async fn of_participant(&self, user: &str, after: Option<&Cursor>, limit: u32) -> Result<Vec<Listed>, Error> {
        let end = Cursor { changed_at: i64::MAX, id: String::new() };
        let after = after.unwrap_or(&end);
        let rows = sqlx::query(
            "SELECT n.id, n.summary FROM participants p JOIN negotiations n ON n.id = p.negotiation \
             WHERE p.participant = $1 AND (p.changed_at < $2 OR (p.changed_at = $2 AND p.negotiation < $3)) \
             ORDER BY p.changed_at DESC, p.negotiation DESC LIMIT $4",
        )
        .bind(user)
        .bind(after.changed_at)
        .bind(&after.id)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(listed).collect()
    }

    /// Those with a counterpart, by its [key](negotiation::summary::counterpart_key).
    pub async fn with_counterpart(&self, key: &str) -> Result<Vec<Listed>, Error> {
        let rows = sqlx::query("SELECT id, summary FROM negotiations WHERE counterpart = $1 ORDER BY id")
            .bind(key)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(listed).collect()
    }

    /// Those in which a reminder is due, at most `limit` of them.
    pub async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Listed>, Error> {
        let rows = sqlx::query("SELECT id, summary FROM negotiations WHERE due_at <= $1 ORDER BY due_at LIMIT $2")
            .bind(now.as_microsecond())
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(listed).collect()
    }

    /// Those in which `user` takes part and a boss's answer is waited for, the most pressing first.
    pub async fn waiting(&self, user: &str, limit: u32) -> Result<Vec<Listed>, Error> {
        let rows = sqlx::query(
            "SELECT n.id, n.summary FROM negotiations n JOIN participants p ON p.negotiation = n.id \
             WHERE n.needed_by IS NOT NULL AND p.participant = $1 ORDER BY n.needed_by, n.id LIMIT $2",
        )
        .bind(user)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(listed).collect()
    }

    /// The open ones in which `user` takes part and bringing the boss in was worth anything when advice was last taken, the
    /// most first. Amounts in different currencies are ordered by their figures alone.
    pub async fn worth_most(&self, user: &str, limit: u32) -> Result<Vec<Listed>, Error> {
        let rows = sqlx::query(
            "SELECT n.id, n.summary FROM negotiations n WHERE n.worth IS NOT NULL AND EXISTS \
             (SELECT 1 FROM participants p WHERE p.negotiation = n.id AND p.participant = $1) \
             ORDER BY n.worth DESC, n.id LIMIT $2",
        )
        .bind(user)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(listed).collect()
    }

    /// All ids after `after`, in order: a page of at most `limit`.
    pub async fn ids(&self, after: &str, limit: u32) -> Result<Vec<String>, Error> {
        let rows = sqlx::query("SELECT id FROM negotiations WHERE id > $1 ORDER BY id LIMIT $2")
            .bind(after)
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }
}

fn listed(row: &AnyRow) -> Result<Listed, Error> {
    let (id, summary): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    Ok(Listed { id, summary: decode_summary(&summary)? })
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListingRow {
    pub id: String,
    pub counterpart: String,
    pub due_at: Option<i64>,
    pub needed_by: Option<i64>,
    pub worth: Option<i64>,
    pub summary: String,
}

impl ListingRow {
    /// Puts the row in as it is.
    pub async fn insert(&self, writer: &mut AnyConnection) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO negotiations (id, counterpart, due_at, needed_by, worth, summary) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&self.id)
        .bind(&self.counterpart)
        .bind(self.due_at)
        .bind(self.needed_by)
        .bind(self.worth)
        .bind(&self.summary)
        .execute(writer)
        .await?;
        Ok(())
    }

    pub fn of(id: &str, summary: &Summary) -> Self {
        Self {
            id: id.to_owned(),
            counterpart: summary.counterpart_key(),
            due_at: summary.due().map(Timestamp::as_microsecond),
            needed_by: summary.needed_by().map(Timestamp::as_microsecond),
            worth: summary.worth().and_then(hundredths),
            summary: encode_summary(summary),
        }
    }

    pub fn from(row: &AnyRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get(0)?,
            counterpart: row.try_get(1)?,
            due_at: row.try_get(2)?,
            needed_by: row.try_get(3)?,
            worth: row.try_get(4)?,
            summary: row.try_get(5)?,
        })
    }
}

/// An amount in hundredths, by which it is ordered.
fn hundredths(amount: Amount) -> Option<i64> {
    (amount.0.checked_mul(Decimal::ONE_HUNDRED)?)
        .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
        .to_i64()
}
