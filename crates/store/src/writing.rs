//! A turn to write. Writers of one program queue fairly here: SQLite lets whoever asks at the right moment go first, and
//! under load that leaves somebody waiting for ever.

use std::ops::{Deref, DerefMut};

use sqlx::{Any, AnyConnection, Transaction};
use tokio::sync::OwnedMutexGuard;

use crate::error::Error;

/// A transaction that writes, undone unless it is committed.
pub(crate) struct Writing {
    // Dropped first: the next in turn finds it undone.
    transaction: Transaction<'static, Any>,
    _turn: OwnedMutexGuard<()>,
}

impl Writing {
    pub fn new(transaction: Transaction<'static, Any>, turn: OwnedMutexGuard<()>) -> Self {
        Self { transaction, _turn: turn }
    }

    /// Once this returns, what was written is on disk.
    pub async fn commit(self) -> Result<(), Error> {
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
