//! Hash chains: each row's hash covers all that is stored of it and the hash before it. Two are here, the record and the
//! log, and their ends are kept, so that what is cut off at the end is missed; over both stand the moments (`moments.rs`).

use sqlx::{AnyConnection, Row as _};

use crate::error::{Error, Spot};
use crate::store::Dialect;

/// One of the two chains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chain {
    Record = 1,
    Log = 2,
}

impl Chain {
    /// A place in it.
    pub fn spot(self, position: i64) -> Spot {
        match self {
            Self::Record => Spot::Entry(position),
            Self::Log => Spot::Line(position),
        }
    }

    /// What a gap in it is.
    pub fn missing(self) -> &'static str {
        match self {
            Self::Record => "entries are missing",
            Self::Log => "lines of the log are missing",
        }
    }
}

/// A row of a chain, as a walk along it needs to see it.
pub(crate) trait Link {
    /// Its place, from 1.
    fn position(&self) -> i64;
    /// The hash stored of the row before it.
    fn previous(&self) -> &str;
    /// The hash stored of it.
    fn hash(&self) -> &str;
    /// The hash that it should have.
    fn computed(&self) -> String;
}

/// What is wrong with the link after the one at `position` with `hash`; nothing where it is whole.
pub(crate) fn fault(chain: Chain, position: i64, hash: &str, next: &impl Link) -> Option<&'static str> {
    if next.position() != position + 1 {
        return Some(chain.missing());
    }
    if next.previous() != hash {
        return Some("it does not follow the one before it");
    }
    (next.hash() != next.computed()).then_some("it was altered")
}

/// The end of a chain, held by whoever writes until their transaction is over.
pub(crate) async fn held_head(
    writer: &mut AnyConnection,
    dialect: Dialect,
    chain: Chain,
) -> Result<(i64, String), Error> {
    let query = match dialect {
        Dialect::Sqlite => "SELECT position, hash FROM chain WHERE id = $1",
        Dialect::Postgres => "SELECT position, hash FROM chain WHERE id = $1 FOR UPDATE",
    };
    let head = sqlx::query(query).bind(chain as i64).fetch_one(writer).await?;
    Ok((head.try_get(0)?, head.try_get(1)?))
}

/// The end of a chain.
pub(crate) async fn head(reader: &mut AnyConnection, chain: Chain) -> Result<(i64, String), Error> {
    let head =
        sqlx::query("SELECT position, hash FROM chain WHERE id = $1").bind(chain as i64).fetch_optional(reader).await?;
    let head = head.ok_or(Error::Broken { at: Spot::Beside, what: "the end of a chain is missing" })?;
    Ok((head.try_get(0)?, head.try_get(1)?))
}

pub(crate) async fn set_head(writer: &mut AnyConnection, chain: Chain, position: i64, hash: &str) -> Result<(), Error> {
    sqlx::query("UPDATE chain SET position = $1, hash = $2 WHERE id = $3")
        .bind(position)
        .bind(hash)
        .bind(chain as i64)
        .execute(writer)
        .await?;
    Ok(())
}
