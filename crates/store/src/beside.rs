//! All that is sealed beside the chains, taken together: accounts, keys, pages of the book and who follows the
//! record, each row against its seal and all of them against the tally.

use sqlx::AnyConnection;

use crate::error::Error;
use crate::moments::Seals;
use crate::sealed::Sealed;
use crate::tally::{ALTERED, Figure};
use crate::{accounts, book, outbox};

/// All the tables there are.
const ALL: [&Sealed; 4] = [&accounts::USERS, &accounts::KEYS, &book::BOOK, &outbox::FOLLOWERS];

/// Holds every row against its seal, and the tally against every row; gives all seals.
pub(crate) async fn verify(reader: &mut AnyConnection) -> Result<Seals, Error> {
    for table in ALL {
        for row in table.rows(&mut *reader).await? {
            table.whole(&row)?;
        }
    }
    if Figure::kept(&mut *reader).await? == counted(&mut *reader).await? { seals(reader).await } else { Err(ALTERED) }
}

/// The seals of every row, none held against anything.
pub(crate) async fn seals(reader: &mut AnyConnection) -> Result<Seals, Error> {
    let mut seals = Seals::default();
    for table in ALL {
        let of = if table.is_silent { &mut seals.silent } else { &mut seals.logged };
        for row in table.rows(&mut *reader).await? {
            of.push(table.stored(&row)?.seal);
        }
    }
    Ok(seals)
}

/// Counts what is there into the tally: for records from before there was one.
pub(crate) async fn count(writer: &mut AnyConnection) -> Result<(), Error> {
    counted(&mut *writer).await?.keep(writer).await
}

async fn counted(reader: &mut AnyConnection) -> Result<Figure, Error> {
    let mut figure = Figure::default();
    let Seals { logged, silent } = seals(reader).await?;
    for seal in logged.iter().chain(&silent) {
        figure.turn(seal)?;
    }
    Ok(figure)
}

/// Copies every row as it is stored, and the tally as it is kept. Sessions stay behind, for whoever is signed in here is not
/// there, and with them their seals, which are given.
pub(crate) async fn copy(source: &mut AnyConnection, writer: &mut AnyConnection) -> Result<Vec<String>, Error> {
    let (mut figure, mut left) = (Figure::kept(&mut *source).await?, Vec::new());
    for table in ALL {
        for row in table.rows(&mut *source).await? {
            let stored = table.stored(&row)?;
            if (table.stays_behind)(&stored) {
                table.whole(&row)?;
                figure.turn(&stored.seal)?;
                left.push(stored.seal);
            } else {
                table.copy(&mut *writer, &stored).await?;
            }
        }
    }
    figure.keep(writer).await?;
    Ok(left)
}
