//! What is kept beside the record and may change: calendars, counterparts, colleagues and visits, as text that others
//! understand. Every change names the revision that it follows and is logged; each row carries a seal.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::error::Error;
use crate::hash::hash;
use crate::log::{Note, note_down};
use crate::sealed::Sealed;
use crate::store::Store;
use crate::tally;

/// Where in the book a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Where somebody travels, by their account.
    Calendars,
    /// Customers and suppliers, by name.
    Counterparts,
    /// Our people, by their account.
    Colleagues,
    /// Visits, by id.
    Visits,
}

impl Shelf {
    fn key(self) -> &'static str {
        match self {
            Self::Calendars => "calendars",
            Self::Counterparts => "counterparts",
            Self::Colleagues => "colleagues",
            Self::Visits => "visits",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Calendars, Self::Counterparts, Self::Colleagues, Self::Visits]
            .into_iter()
            .find(|shelf| shelf.key() == key)
    }
}

/// A page of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it stands.
    pub shelf: Shelf,
    /// What it is found by there.
    pub name: String,
    /// How often it was written; 0 before the first time.
    pub revision: u64,
    /// When it was last written.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
    /// What it says.
    pub body: String,
}

/// Pages of the book.
pub(crate) const BOOK: Sealed = Sealed {
    select: "SELECT shelf, name, revision, changed_at, changed_by, body, seal FROM book",
    insert: "INSERT INTO book (shelf, name, revision, changed_at, changed_by, body, seal) \
             VALUES ($1, $2, CAST($3 AS BIGINT), $4, $5, $6, $7)",
    columns: 6,
    late: 0,
    is_silent: false,
    is_legible: |row| page_from(row).is_ok(),
    stays_behind: |_| false,
    altered: "a page of the book was altered",
};

impl Store {
    /// A page.
    pub async fn page(&self, shelf: Shelf, name: &str) -> Result<Option<Page>, Error> {
        let mut connection = self.pool.acquire().await?;
        find(&mut connection, shelf, name).await
    }

    /// All pages of a shelf, by name.
    pub async fn pages(&self, shelf: Shelf) -> Result<Vec<Page>, Error> {
        let rows = sqlx::query(
            "SELECT shelf, name, revision, changed_at, changed_by, body, seal FROM book WHERE shelf = $1 ORDER BY name",
        )
        .bind(shelf.key())
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(page_from).collect()
    }

    /// Writes a page, whose revision must be the one after the last.
    pub async fn write_page(&self, page: &Page, note: &Note<'_>) -> Result<(), Error> {
        let mut transaction = self.begin_writing().await?;
        let before = find_whole(&mut transaction, page.shelf, &page.name).await?;
        let found = before.as_ref().map_or(0, |page| page.revision);
        if page.revision != found + 1 {
            return Err(Error::Conflict { expected: page.revision.saturating_sub(1), found });
        }
        remove(&mut transaction, page.shelf, &page.name).await?;
        insert(&mut transaction, page).await?;
        let seals: Vec<String> = before.iter().chain([page]).map(seal).collect();
        tally::turn(&mut transaction, self.dialect, &seals).await?;
        note_down(&mut transaction, self.dialect, note).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Tears a page out.
    pub async fn remove_page(&self, shelf: Shelf, name: &str, note: &Note<'_>) -> Result<(), Error> {
        let mut transaction = self.begin_writing().await?;
        let page = find_whole(&mut transaction, shelf, name).await?.ok_or(Error::Unknown)?;
        remove(&mut transaction, shelf, name).await?;
        tally::turn(&mut transaction, self.dialect, &[seal(&page)]).await?;
        note_down(&mut transaction, self.dialect, note).await?;
        transaction.commit().await?;
        Ok(())
    }
}

async fn find(reader: &mut AnyConnection, shelf: Shelf, name: &str) -> Result<Option<Page>, Error> {
    let row = row(reader, shelf, name).await?;
    row.map(|row| page_from(&row)).transpose()
}

/// A page that is to be changed, which must be as it was sealed.
async fn find_whole(reader: &mut AnyConnection, shelf: Shelf, name: &str) -> Result<Option<Page>, Error> {
    let Some(row) = row(reader, shelf, name).await? else { return Ok(None) };
    BOOK.whole(&row)?;
    page_from(&row).map(Some)
}

async fn row(reader: &mut AnyConnection, shelf: Shelf, name: &str) -> Result<Option<AnyRow>, Error> {
    let row = sqlx::query(
        "SELECT shelf, name, revision, changed_at, changed_by, body, seal FROM book WHERE shelf = $1 AND name = $2",
    )
    .bind(shelf.key())
    .bind(name)
    .fetch_optional(reader)
    .await?;
    Ok(row)
}

async fn remove(writer: &mut AnyConnection, shelf: Shelf, name: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM book WHERE shelf = $1 AND name = $2").bind(shelf.key()).bind(name).execute(writer).await?;
    Ok(())
}

async fn insert(writer: &mut AnyConnection, page: &Page) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO book (shelf, name, revision, changed_at, changed_by, body, seal) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(page.shelf.key())
    .bind(&page.name)
    .bind(i64::try_from(page.revision).unwrap_or(i64::MAX))
    .bind(page.changed_at.to_string())
    .bind(&page.changed_by)
    .bind(&page.body)
    .bind(seal(page))
    .execute(writer)
    .await?;
    Ok(())
}

fn page_from(row: &AnyRow) -> Result<Page, Error> {
    let text = |index: usize| row.try_get::<String, _>(index);
    Ok(Page {
        shelf: Shelf::from_key(&text(0)?).ok_or_else(altered)?,
        name: text(1)?,
        revision: u64::try_from(row.try_get::<i64, _>(2)?).map_err(|_| altered())?,
        changed_at: text(3)?.parse().map_err(|_| altered())?,
        changed_by: text(4)?,
        body: text(5)?,
    })
}

fn altered() -> Error {
    BOOK.altered()
}

fn seal(page: &Page) -> String {
    let (revision, changed_at) = (page.revision.to_string(), page.changed_at.to_string());
    hash(&[], [page.shelf.key(), &page.name, &revision, &changed_at, &page.changed_by, &page.body])
}
