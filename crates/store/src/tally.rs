//! One figure over all that is sealed beside the chains, so that a row taken away, or put in behind our back, is missed: the
//! seals of accounts, keys and pages of the book, each combined into it by exclusive or as it comes and goes.

use sqlx::{AnyConnection, Row as _};

use crate::error::{Error, Spot};
use crate::store::Dialect;
use crate::writing::Writing;

/// What a tally that does not fit is.
pub(crate) const ALTERED: Error =
    Error::Broken { at: Spot::Beside, what: "an account, a key or a page was taken away or put in" };

/// Seals combined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figure([u8; 32]);

impl Figure {
    /// Combines a seal into it, or takes it out again: that is the same.
    pub fn turn(&mut self, seal: &str) -> Result<(), Error> {
        let seal = Self::from_text(seal)?;
        self.0.iter_mut().zip(seal.0).for_each(|(byte, other)| *byte ^= other);
        Ok(())
    }

    /// The figure that a text spells, in lower case and in no other way.
    fn from_text(text: &str) -> Result<Self, Error> {
        let mut figure = Self::default();
        hex::decode_to_slice(text, &mut figure.0).map_err(|_| ALTERED)?;
        if hex::encode(figure.0) == text { Ok(figure) } else { Err(ALTERED) }
    }

    /// The one figure that is kept.
    pub async fn kept(reader: &mut AnyConnection) -> Result<Self, Error> {
        let rows = sqlx::query("SELECT figure FROM tally").fetch_all(reader).await?;
        let [row] = rows.as_slice() else { return Err(ALTERED) };
        Self::from_text(&row.try_get::<String, _>(0).map_err(|_| ALTERED)?)
    }

    /// Keeps it.
    pub async fn keep(self, writer: &mut AnyConnection) -> Result<(), Error> {
        sqlx::query("UPDATE tally SET figure = $1 WHERE id = 1").bind(hex::encode(self.0)).execute(writer).await?;
        Ok(())
    }
}

/// Combines seals into the tally, and into the moment that the transaction ends with: those that go and those that come, alike. A
/// line in the log goes with it.
pub(crate) async fn turn(writer: &mut Writing, dialect: Dialect, seals: &[String]) -> Result<(), Error> {
    writer.turned(seals);
    combine(writer, dialect, seals).await
}

/// The same of what no line of the log tells of.
pub(crate) async fn turn_silently(writer: &mut Writing, dialect: Dialect, seals: &[String]) -> Result<(), Error> {
    writer.turned_silently(seals);
    combine(writer, dialect, seals).await
}

async fn combine(writer: &mut Writing, dialect: Dialect, seals: &[String]) -> Result<(), Error> {
    let query = match dialect {
        Dialect::Sqlite => "SELECT figure FROM tally WHERE id = 1",
        Dialect::Postgres => "SELECT figure FROM tally WHERE id = 1 FOR UPDATE",
    };
    let row = sqlx::query(query).fetch_optional(&mut **writer).await?.ok_or(ALTERED)?;
    let mut figure = Figure::from_text(&row.try_get::<String, _>(0)?)?;
    for seal in seals {
        figure.turn(seal)?;
    }
    figure.keep(writer).await
}
