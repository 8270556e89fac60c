//! A turn to write. Writers of one program queue fairly here: SQLite lets whoever asks at the right moment go first, and
//! under load that leaves somebody waiting for ever. What a turn changes beside the chains is told to it, and it ends with a moment.

use std::ops::{Deref, DerefMut};

use sqlx::{Any, AnyConnection, Transaction};
use tokio::sync::OwnedMutexGuard;

use crate::error::Error;
use crate::moments::{self, Seals};
use crate::store::Dialect;

/// A transaction that writes, undone unless it is committed.
pub(crate) struct Writing {
    // Dropped first: the next in turn finds it undone.
    transaction: Transaction<'static, Any>,
    /// The seals that came and went.
    turned: Seals,
    dialect: Dialect,
    _turn: OwnedMutexGuard<()>,
}

impl Writing {
    pub fn new(transaction: Transaction<'static, Any>, dialect: Dialect, turn: OwnedMutexGuard<()>) -> Self {
        Self { transaction, turned: Seals::default(), dialect, _turn: turn }
    }

    /// Remembers that seals came and went, for the moment that this ends with. A line in the log goes with it.
    pub fn turned(&mut self, seals: &[String]) {
        self.turned.logged.extend_from_slice(seals);
    }

    /// The same of what no line of the log tells of.
    pub fn turned_silently(&mut self, seals: &[String]) {
        self.turned.silent.extend_from_slice(seals);
    }

    /// Notes the moment that this ends with, after what came before it, where anything has changed.
    pub async fn mark(&mut self) -> Result<(), Error> {
        let turned = std::mem::take(&mut self.turned);
        moments::mark(&mut self.transaction, self.dialect, &turned).await
    }

    /// Once this returns, what was written is on disk.
    pub async fn commit(mut self) -> Result<(), Error> {
        self.mark().await?;
        Ok(self.transaction.commit().await?)
    }
}

impl Deref for Writing {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}
