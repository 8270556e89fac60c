//! Custody: what whoever holds the records does with all of them, whatever they hold: prove, copy, and look at what is wrong.
//!
//! It comes with the right to the file or the database and not with an account, and asks nobody's leave. A desk that serves has no
//! way here: only the command line takes records into custody.

use argon2::Params;
use store::{Backlog, Examined, Location, Store, Verified};

use crate::desk::Desk;
use crate::error::Error;

/// How far something has come is told now and then, from 0 to 1.
pub type Progress<'a> = &'a (dyn Fn(f64) + Sync);

/// The records at a place, in the hands of whoever holds them.
#[derive(Debug)]
pub struct Custody {
    pub(crate) store: Store,
}

impl Custody {
    /// Takes records that are there, to be read alone and in their present form: where there are none, none are made.
    pub async fn to_read(place: &Location) -> Result<Self, Error> {
        Ok(Self { store: Store::inspect(place).await? })
    }

    /// Takes records at a place of which nobody else knows, such as a copy: those of an older version are brought to the form
    /// of this one.
    pub async fn brought_up(place: &Location) -> Result<Self, Error> {
        Ok(Self { store: Store::open(place).await? })
    }

    /// Copies everything to a place where there is nothing yet, and proves the copy; tells what it has.
    pub async fn copy_to(&self, place: &Location, progress: Progress<'_>) -> Result<Verified, Error> {
        let target = Store::open(place).await?;
        let copied = self.store.copy_to(&target, progress).await;
        target.close().await;
        Ok(copied?)
    }

    /// What is found in them, without a proof.
    pub async fn examine(&self) -> Result<Examined, Error> {
        Ok(self.store.examine().await?)
    }

    /// How far everybody who follows the record is behind.
    pub async fn backlogs(&self) -> Result<Vec<Backlog>, Error> {
        Ok(self.store.backlogs().await?)
    }

    /// The desk on them, which can't do more than they were taken for.
    pub fn desk(&self) -> Desk {
        Desk::new(self.store.clone(), Params::DEFAULT)
    }

    /// Gives them back.
    pub async fn close(&self) {
        self.store.close().await;
    }
}

/// That a server of records is there and lets us in; of a file nothing is asked.
pub async fn lets_in(place: &Location) -> Result<(), Error> {
    Ok(place.lets_in().await?)
}

impl Desk {
    /// The desk on the records at a place, made where there are none.
    pub async fn at(place: &Location) -> Result<Self, Error> {
        Ok(Self::new(Store::open(place).await?, Params::DEFAULT))
    }

    /// The desk on records that are there already.
    pub async fn at_existing(place: &Location) -> Result<Self, Error> {
        Ok(Self::new(Store::open_existing(place).await?, Params::DEFAULT))
    }
}
