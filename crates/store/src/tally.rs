//! One figure over all that is sealed beside the chains, so that a row taken away, or put in behind our back, is missed: the
//! seals of accounts, keys and pages of the book, each combined into it by exclusive or as it comes and goes.

use sqlx::{AnyConnection, Row as _};

use crate::error::{Error, Spot};
use crate::sealed;
use crate::store::Dialect;

/// The migration since which there is a tally.
pub(crate) const SINCE: i64 = 4;

/// What a tally that does not fit is.
const ALTERED: Error = Error::Broken { at: Spot::Beside, what: "an account, a key or a page was taken away or put in" };

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
    set(writer, &figure).await
}

/// Holds the tally against every row.
pub(crate) async fn verify(reader: &mut AnyConnection) -> Result<(), Error> {
    if kept(&mut *reader).await? == counted(reader).await? { Ok(()) } else { Err(ALTERED) }
}

/// Counts what is there: for records from before the tally.
pub(crate) async fn count(writer: &mut AnyConnection) -> Result<(), Error> {
    let figure = counted(&mut *writer).await?;
    set(writer, &figure).await
}

/// Copies the tally as it is kept, without the seals of what stays behind.
pub(crate) async fn copy(
    source: &mut AnyConnection,
    writer: &mut AnyConnection,
    left_behind: &[String],
) -> Result<(), Error> {
    let mut figure = kept(source).await?;
    for seal in left_behind {
        combine(&mut figure, &figure_from(seal)?);
    }
    set(writer, &figure).await
}

/// The one figure that is kept.
async fn kept(reader: &mut AnyConnection) -> Result<[u8; 32], Error> {
    let rows = sqlx::query("SELECT figure FROM tally").fetch_all(reader).await?;
    let [row] = rows.as_slice() else { return Err(ALTERED) };
    figure_from(&row.try_get::<String, _>(0).map_err(|_| ALTERED)?)
}

async fn set(writer: &mut AnyConnection, figure: &[u8; 32]) -> Result<(), Error> {
    sqlx::query("UPDATE tally SET figure = $1 WHERE id = 1").bind(written(figure)).execute(writer).await?;
    Ok(())
}

async fn counted(reader: &mut AnyConnection) -> Result<[u8; 32], Error> {
    let mut figure = [0; 32];
    for table in sealed::ALL {
        for row in table.rows(&mut *reader).await? {
            combine(&mut figure, &figure_from(&table.stored(&row)?.seal)?);
        }
    }
    Ok(figure)
}

fn combine(figure: &mut [u8; 32], seal: &[u8; 32]) {
    figure.iter_mut().zip(seal).for_each(|(byte, other)| *byte ^= other);
}

/// The figure that a text spells, as [`written`] does and in no other way.
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
    if written(&figure) == text { Ok(figure) } else { Err(ALTERED) }
}

fn written(figure: &[u8; 32]) -> String {
    figure.iter().map(|byte| format!("{byte:02x}")).collect()
}
