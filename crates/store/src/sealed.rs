//! What is kept beside the chains and may change, as it is stored to the letter: accounts, keys and pages of the book. Each
//! row carries a seal, a hash of the rest of it; here it is held against that, and copied with it.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::accounts::KeyKind;
use crate::chain::hash;
use crate::error::{Error, Spot};
use crate::{accounts, book};

/// A table of sealed rows. The seal is the last column; it covers the others in their order.
pub(crate) struct Sealed {
    select: &'static str,
    insert: &'static str,
    columns: usize,
    /// Whether a row says something that we understand.
    is_legible: fn(&AnyRow) -> bool,
    /// Whether a row is not copied to another store: whoever is signed in here is not there.
    pub stays_behind: fn(&Stored) -> bool,
    altered: &'static str,
}

/// Accounts.
pub(crate) const USERS: Sealed = Sealed {
    select: "SELECT name, role, password, created_at, closed_at, seal FROM users",
    insert: "INSERT INTO users (name, role, password, created_at, closed_at, seal) VALUES ($1, $2, $3, $4, $5, $6)",
    columns: 5,
    is_legible: |row| accounts::account_from(row).is_ok(),
    stays_behind: |_| false,
    altered: "an account was altered",
};

/// Keys to accounts.
pub(crate) const KEYS: Sealed = Sealed {
    select: "SELECT hash, id, kind, owner, label, scopes, created_at, expires_at, ended_at, seal FROM keys",
    insert: "INSERT INTO keys (hash, id, kind, owner, label, scopes, created_at, expires_at, ended_at, seal) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    columns: 9,
    is_legible: |row| accounts::key_from(row).is_ok(),
    stays_behind: |row| row.texts[2] == KeyKind::Session.key(),
    altered: "a key was altered",
};

/// Pages of the book.
pub(crate) const BOOK: Sealed = Sealed {
    select: "SELECT shelf, name, revision, changed_at, changed_by, body, seal FROM book",
    insert: "INSERT INTO book (shelf, name, revision, changed_at, changed_by, body, seal) \
             VALUES ($1, $2, CAST($3 AS BIGINT), $4, $5, $6, $7)",
    columns: 6,
    is_legible: |row| book::page_from(row).is_ok(),
    stays_behind: |_| false,
    altered: "a page of the book was altered",
};

/// All there are.
pub(crate) const ALL: [&Sealed; 3] = [&USERS, &KEYS, &BOOK];

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
        let fits = stored.seal == hash(&[], stored.texts.iter().map(String::as_str)) && (self.is_legible)(row);
        if fits { Ok(stored) } else { Err(self.altered()) }
    }

    /// Puts a row in as it was stored elsewhere, seal and all.
    pub async fn copy(&self, writer: &mut AnyConnection, stored: &Stored) -> Result<(), Error> {
        let query = stored.texts.iter().fold(sqlx::query(self.insert), |query, text| query.bind(text.clone()));
        query.bind(stored.seal.clone()).execute(writer).await?;
        Ok(())
    }
}

/// Holds every row against its seal.
pub(crate) async fn verify(reader: &mut AnyConnection) -> Result<(), Error> {
    for table in ALL {
        for row in table.rows(&mut *reader).await? {
            table.whole(&row)?;
        }
    }
    Ok(())
}

fn text(row: &AnyRow, index: usize) -> Option<String> {
    let number = || row.try_get::<i64, _>(index).ok().map(|number| number.to_string());
    row.try_get::<String, _>(index).ok().or_else(number)
}
