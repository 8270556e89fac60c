//! What is kept beside the chains and may change, as it is stored to the letter: accounts, keys and pages of the book. Each
//! row carries a seal, a hash of the rest of it; here it is held against that, and copied with it.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::error::{Error, Spot};
use crate::hash::hash;

/// A table of sealed rows. The seal is the last column; it covers the others in their order.
pub(crate) struct Sealed {
    /// Reads every row.
    pub select: &'static str,
    /// Puts one in.
    pub insert: &'static str,
    /// How many columns the seal covers.
    pub columns: usize,
    /// How many of the last of those came later: a row that was sealed before fits its seal while they are empty.
    pub late: usize,
    /// Whether no line of the log tells of what changes here.
    pub is_silent: bool,
    /// Whether a row says something that we understand.
    pub is_legible: fn(&AnyRow) -> bool,
    /// Whether a row is not copied to another store: whoever is signed in here is not there.
    pub stays_behind: fn(&Stored) -> bool,
    /// What a row that does not fit its seal is.
    pub altered: &'static str,
}

/// A row as stored.
pub(crate) struct Stored {
    /// Its columns, numbers in decimal.
    pub texts: Vec<String>,
    /// Its seal.
    pub seal: String,
}

impl Sealed {
    /// What a row that does not fit its seal is.
    pub fn altered(&self) -> Error {
        Error::Broken { at: Spot::Beside, what: self.altered }
    }

    /// Every row, none held against anything yet.
    pub async fn rows(&self, reader: &mut AnyConnection) -> Result<Vec<AnyRow>, Error> {
        Ok(sqlx::query(self.select).fetch_all(reader).await?)
    }

    /// A row to the letter.
    pub fn stored(&self, row: &AnyRow) -> Result<Stored, Error> {
        let texts = (0..self.columns).map(|index| text(row, index)).collect::<Option<_>>();
        let seal = row.try_get(self.columns).ok();
        let (Some(texts), Some(seal)) = (texts, seal) else { return Err(self.altered()) };
        Ok(Stored { texts, seal })
    }

    /// A row that fits its seal, or that it was altered. What is about to be changed is held to this first: a new seal must
    /// not cover what the old one did not.
    pub fn whole(&self, row: &AnyRow) -> Result<Stored, Error> {
        let stored = self.stored(row)?;
        let (early, late) = stored.texts.split_at(self.columns - self.late);
        let covered = early.iter().chain(late.iter().filter(|text| !text.is_empty()));
        let fits = stored.seal == hash(&[], covered.map(String::as_str)) && (self.is_legible)(row);
        if fits { Ok(stored) } else { Err(self.altered()) }
    }

    /// Puts a row in as it was stored elsewhere, seal and all.
    pub async fn copy(&self, writer: &mut AnyConnection, stored: &Stored) -> Result<(), Error> {
        let query = stored.texts.iter().fold(sqlx::query(self.insert), |query, text| query.bind(text.clone()));
        query.bind(stored.seal.clone()).execute(writer).await?;
        Ok(())
    }
}

fn text(row: &AnyRow, index: usize) -> Option<String> {
    let number = || row.try_get::<i64, _>(index).ok().map(|number| number.to_string());
    row.try_get::<String, _>(index).ok().or_else(number)
}
