//! The outbox: what was recorded and is still to be followed up. Each append leaves its news here in the same transaction, so
//! that nothing is recorded without it and nothing told that was not recorded.
//!
//! Whoever follows the record has a name, and a place up to which all is settled. Both outlast restarts, and hold for all
//! programs on the same store: what is not settled is given again. So everything is given at least once, and in the order of
//! the record; to do a thing once is the follower's part. What all have settled is removed, and where nobody follows nothing is
//! left here. It grows for as long as somebody who follows settles nothing, be it that they do not run: [`Store::backlogs`] tells,
//! and whoever will not come back has to be [let go](Store::unfollow).

use jiff::Timestamp;
use negotiation::Version;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::chain::{Chain, head, held_head};
use crate::error::{Error, Spot};
use crate::hash::hash;
use crate::sealed::Sealed;
use crate::store::Store;
use crate::tally;
use crate::writing::Writing;

mod proof;

pub(crate) use proof::{copy, seals, verify};

/// What was recorded of a negotiation in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Its place: that of its last entry in the whole record. News are told in this order.
    pub position: i64,
    /// The negotiation, by id.
    pub negotiation: String,
    /// The version of its first entry.
    pub first: Version,
    /// The version of its last entry.
    pub last: Version,
    /// Whether it happened here.
    pub kind: NewsKind,
    /// When it was recorded, or imported.
    pub at: Timestamp,
}

/// Where news come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewsKind {
    /// It was recorded here, just then.
    Recorded,
    /// It was recorded elsewhere, perhaps long ago, and imported: nobody is to be written to about it.
    Imported,
}

impl NewsKind {
    fn key(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Imported => "imported",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Recorded, Self::Imported].into_iter().find(|kind| kind.key() == key)
    }
}

/// An entry as whoever listens for a while hears of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Its place in the whole record.
    pub position: i64,
    /// The negotiation, by id.
    pub negotiation: String,
    /// Its version there.
    pub version: Version,
}

/// How far somebody who follows is behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// Their name.
    pub follower: String,
    /// News that they have not settled.
    pub news: i64,
    /// When the oldest of those was recorded, or imported.
    pub oldest: Option<Timestamp>,
}

/// Those who follow.
pub(crate) const FOLLOWERS: Sealed = Sealed {
    select: "SELECT name, settled, seal FROM followers",
    insert: "INSERT INTO followers (name, settled, seal) VALUES ($1, CAST($2 AS BIGINT), $3)",
    columns: 2,
    late: 0,
    is_silent: true,
    is_legible: |row| row.try_get::<i64, _>(1).is_ok_and(|settled| settled >= 0),
    stays_behind: |_| false,
    altered: "how far somebody has followed the record was altered",
};

impl Store {
    /// Begins to follow the record, from now on; who follows already goes on where they were. Gives the place up to which all
    /// is settled.
    pub async fn follow(&self, follower: &str) -> Result<i64, Error> {
        let mut transaction = self.begin_writing().await?;
        // Held, so that nothing is recorded between the end seen here and the first news kept.
        let (end, _) = held_head(&mut transaction, self.dialect, Chain::Record).await?;
        if let Some(following) = Following::find(&mut transaction, follower).await? {
            return Ok(following.settled);
        }
        let following = Following { name: follower.to_owned(), settled: end };
        following.insert(&mut transaction).await?;
        tally::turn_silently(&mut transaction, self.dialect, &[following.seal()]).await?;
        transaction.commit().await?;
        Ok(end)
    }

    /// Follows no more. What others have settled goes with it.
    pub async fn unfollow(&self, follower: &str) -> Result<(), Error> {
        let mut transaction = self.begin_writing().await?;
        held_head(&mut transaction, self.dialect, Chain::Record).await?;
        let Some(following) = Following::find(&mut transaction, follower).await? else { return Ok(()) };
        following.remove(&mut transaction).await?;
        tally::turn_silently(&mut transaction, self.dialect, &[following.seal()]).await?;
        remove_settled(&mut transaction).await?;
        transaction.commit().await
    }

    /// What is to be followed up, in order, at most `limit` of it. It is given again until it is settled.
    pub async fn pending(&self, follower: &str, limit: u32) -> Result<Vec<News>, Error> {
        let mut connection = self.pool.acquire().await?;
        let following = Following::find(&mut connection, follower).await?.ok_or(Error::NotFollowing)?;
        let rows = sqlx::query(
            "SELECT position, negotiation, first_version, last_version, kind, at, seal FROM outbox \
             WHERE position > $1 ORDER BY position LIMIT $2",
        )
        .bind(following.settled)
        .bind(i64::from(limit))
        .fetch_all(&mut *connection)
        .await?;
        rows.iter().map(|row| OutboxRow::from(row)?.news()).collect()
    }

    /// Settles news at a place and all before it. What is settled already, or nobody was told, is left as it is.
    pub async fn settle(&self, follower: &str, position: i64) -> Result<(), Error> {
        let mut transaction = self.begin_writing().await?;
        held_head(&mut transaction, self.dialect, Chain::Record).await?;
        let before = Following::find(&mut transaction, follower).await?.ok_or(Error::NotFollowing)?;
        let told = sqlx::query("SELECT position FROM outbox WHERE position = $1")
            .bind(position)
            .fetch_optional(&mut *transaction)
            .await?;
        if position <= before.settled || told.is_none() {
            return Ok(());
        }
        let after = Following { name: before.name.clone(), settled: position };
        before.remove(&mut transaction).await?;
        after.insert(&mut transaction).await?;
        tally::turn_silently(&mut transaction, self.dialect, &[before.seal(), after.seal()]).await?;
        remove_settled(&mut transaction).await?;
        transaction.commit().await
    }

    /// How far everybody who follows is behind, by name.
    pub async fn backlogs(&self) -> Result<Vec<Backlog>, Error> {
        let rows = sqlx::query(
            "SELECT f.name, (SELECT COUNT(*) FROM outbox o WHERE o.position > f.settled), \
             (SELECT o.at FROM outbox o WHERE o.position > f.settled ORDER BY o.position LIMIT 1) \
             FROM followers f ORDER BY f.name",
        )
        .fetch_all(&self.pool)
        .await?;
        let backlog = |row: &AnyRow| {
            let oldest: Option<String> = row.try_get(2)?;
            let oldest = oldest.map(|at| at.parse().map_err(|_| ALTERED)).transpose()?;
            Ok(Backlog { follower: row.try_get(0)?, news: row.try_get(1)?, oldest })
        };
        rows.iter().map(backlog).collect()
    }

    /// The place of the last entry of all; 0 where there is none.
    pub async fn end(&self) -> Result<i64, Error> {
        let mut connection = self.pool.acquire().await?;
        Ok(head(&mut connection, Chain::Record).await?.0)
    }

    /// Every entry after a place, in order, at most `limit`: for whoever listens only while they run and has nothing to settle,
    /// such as pages that are open.
    pub async fn heard_after(&self, position: i64, limit: u32) -> Result<Vec<Heard>, Error> {
        let rows = sqlx::query(
            "SELECT position, negotiation, version FROM entries WHERE position > $1 ORDER BY position LIMIT $2",
        )
        .bind(position)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        let heard = |row: &AnyRow| {
            let (position, version) = (row.try_get(0)?, row.try_get::<i64, _>(2)?);
            let version = Version::try_from(version).map_err(|_| Error::Format { at: Spot::Entry(position) })?;
            Ok(Heard { position, negotiation: row.try_get(1)?, version })
        };
        rows.iter().map(heard).collect()
    }
}

/// Leaves news for those who follow; where nobody does there is nothing to leave.
pub(crate) async fn leave(writer: &mut Writing, news: &News) -> Result<(), Error> {
    let row = OutboxRow::of(news);
    let left = sqlx::query(
        "INSERT INTO outbox (position, negotiation, first_version, last_version, kind, at, seal) \
         SELECT $1, $2, $3, $4, $5, $6, $7 WHERE EXISTS (SELECT 1 FROM followers)",
    )
    .bind(row.position)
    .bind(row.negotiation)
    .bind(row.first)
    .bind(row.last)
    .bind(row.kind)
    .bind(row.at)
    .bind(&row.seal)
    .execute(&mut **writer)
    .await?;
    if left.rows_affected() > 0 {
        writer.turned_silently(&[row.seal]);
    }
    Ok(())
}

/// Removes what all have settled, and everything where nobody is left.
async fn remove_settled(writer: &mut Writing) -> Result<(), Error> {
    let settled = sqlx::query(
        "SELECT seal FROM outbox WHERE NOT EXISTS (SELECT 1 FROM followers) \
         OR position <= (SELECT MIN(settled) FROM followers)",
    );
    let seals = settled.fetch_all(&mut **writer).await?;
    let seals: Vec<String> = seals.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    sqlx::query(
        "DELETE FROM outbox WHERE NOT EXISTS (SELECT 1 FROM followers) \
         OR position <= (SELECT MIN(settled) FROM followers)",
    )
    .execute(&mut **writer)
    .await?;
    writer.turned_silently(&seals);
    Ok(())
}

/// What an outbox is that does not fit.
const ALTERED: Error = Error::Broken { at: Spot::Beside, what: "what is still to be followed up was altered" };

/// Somebody who follows.
struct Following {
    name: String,
    settled: i64,
}

impl Following {
    /// As they are stored, which must be as it was sealed: a new seal must not cover what the old one did not.
    async fn find(reader: &mut AnyConnection, name: &str) -> Result<Option<Self>, Error> {
        let row = sqlx::query("SELECT name, settled, seal FROM followers WHERE name = $1")
            .bind(name)
            .fetch_optional(reader)
            .await?;
        let Some(row) = row else { return Ok(None) };
        FOLLOWERS.whole(&row)?;
        Ok(Some(Self { name: row.try_get(0)?, settled: row.try_get(1)? }))
    }

    fn seal(&self) -> String {
        hash(&[], [self.name.as_str(), &self.settled.to_string()])
    }

    async fn insert(&self, writer: &mut AnyConnection) -> Result<(), Error> {
        sqlx::query("INSERT INTO followers (name, settled, seal) VALUES ($1, $2, $3)")
            .bind(&self.name)
            .bind(self.settled)
            .bind(self.seal())
            .execute(writer)
            .await?;
        Ok(())
    }

    async fn remove(&self, writer: &mut AnyConnection) -> Result<(), Error> {
        sqlx::query("DELETE FROM followers WHERE name = $1").bind(&self.name).execute(writer).await?;
        Ok(())
    }
}

/// News as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
struct OutboxRow {
    position: i64,
    negotiation: String,
    first: i64,
    last: i64,
    kind: String,
    at: String,
    seal: String,
}

impl OutboxRow {
    fn of(news: &News) -> Self {
        let version = |version: Version| i64::try_from(version).unwrap_or(i64::MAX);
        let (first, last) = (version(news.first), version(news.last));
        let (kind, at) = (news.kind.key().to_owned(), news.at.to_string());
        let seal = hash(&[news.position, first, last], [news.negotiation.as_str(), &kind, &at]);
        Self { position: news.position, negotiation: news.negotiation.clone(), first, last, kind, at, seal }
    }

    fn from(row: &AnyRow) -> Result<Self, Error> {
        Ok(Self {
            position: row.try_get(0)?,
            negotiation: row.try_get(1)?,
            first: row.try_get(2)?,
            last: row.try_get(3)?,
            kind: row.try_get(4)?,
            at: row.try_get(5)?,
            seal: row.try_get(6)?,
        })
    }

    fn news(&self) -> Result<News, Error> {
        Ok(News {
            position: self.position,
            negotiation: self.negotiation.clone(),
            first: Version::try_from(self.first).map_err(|_| ALTERED)?,
            last: Version::try_from(self.last).map_err(|_| ALTERED)?,
            kind: NewsKind::from_key(&self.kind).ok_or(ALTERED)?,
            at: self.at.parse().map_err(|_| ALTERED)?,
        })
    }

    async fn insert(&self, writer: &mut AnyConnection) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO outbox (position, negotiation, first_version, last_version, kind, at, seal) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.position)
        .bind(&self.negotiation)
        .bind(self.first)
        .bind(self.last)
        .bind(&self.kind)
        .bind(&self.at)
        .bind(&self.seal)
        .execute(writer)
        .await?;
        Ok(())
    }
}
