//! One figure over all that is sealed beside the chains, so that a row taken away, or put in behind our back, is missed: the
//! seals of accounts, keys and pages of the book, each combined into it by exclusive or as it comes and goes.

use sqlx::{AnyConnection, Row as _};

use crate::accounts::{account_from, key_from};
use crate::error::Error;
use crate::store::Dialect;

/// The migration since which there is a tally.
pub(crate) const SINCE: i64 = 4;

/// What a tally that does not fit is.
const ALTERED: Error = Error::Broken { position: 0, what: "an account, a key or a page was taken away or put in" };

/// Combines seals into the tally: those that go and those that come, alike.
pub(crate) async fn turn(writer: &mut AnyConnection, dialect: Dialect, seals: &[String]) -> Result<(), Error> {
    let query = match dialect {
        Dialect::Sqlite => "SELECT figure FROM tally WHERE id = 1",
        Dialect::Postgres => "SELECT figure FROM tally WHERE id = 1 FOR UPDATE",
    };
    let row = sqlx::query(query).fetch_optional(&mut *writer).await?.ok_or(ALTERED)?;
    let mut figure = figure_from(&row.try_get::<String, _>(0)?)?;
    for seal in seals {
        combine(&mut figure, &figure_from(seal)?);
    }
    sqlx::query("UPDATE tally SET figure = $1 WHERE id = 1").bind(written(&figure)).execute(writer).await?;
    Ok(())
}

/// Holds the tally against every row.
pub(crate) async fn verify(reader: &mut AnyConnection) -> Result<(), Error> {
    let row =
        sqlx::query("SELECT figure FROM tally WHERE id = 1").fetch_optional(&mut *reader).await?.ok_or(ALTERED)?;
    let kept = figure_from(&row.try_get::<String, _>(0)?)?;
    if kept == counted(reader).await? { Ok(()) } else { Err(ALTERED) }
}

/// Counts what is there: for records from before the tally, and for a copy.
pub(crate) async fn count(writer: &mut AnyConnection) -> Result<(), Error> {
    let figure = written(&counted(&mut *writer).await?);
    sqlx::query("UPDATE tally SET figure = $1 WHERE id = 1").bind(figure).execute(writer).await?;
    Ok(())
}

async fn counted(reader: &mut AnyConnection) -> Result<[u8; 32], Error> {
    let mut figure = [0; 32];
    let users = sqlx::query("SELECT name, role, password, created_at, closed_at, seal FROM users");
    for row in users.fetch_all(&mut *reader).await? {
        combine(&mut figure, &figure_from(&account_from(&row)?.1)?);
    }
    let keys =
        sqlx::query("SELECT hash, id, kind, owner, label, scopes, created_at, expires_at, ended_at, seal FROM keys");
    for row in keys.fetch_all(&mut *reader).await? {
        combine(&mut figure, &figure_from(&key_from(&row)?.1)?);
    }
    for row in crate::book::all(reader).await? {
        combine(&mut figure, &figure_from(&row.try_get::<String, _>(6)?)?);
    }
    Ok(figure)
}

fn combine(figure: &mut [u8; 32], seal: &[u8; 32]) {
    figure.iter_mut().zip(seal).for_each(|(byte, other)| *byte ^= other);
}

fn figure_from(text: &str) -> Result<[u8; 32], Error> {
    let mut figure = [0; 32];
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return Err(ALTERED);
    }
    for (byte, pair) in figure.iter_mut().zip(digits.chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).map_err(|_| ALTERED)?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| ALTERED)?;
    }
    Ok(figure)
}

fn written(figure: &[u8; 32]) -> String {
    figure.iter().map(|byte| format!("{byte:02x}")).collect()
}
