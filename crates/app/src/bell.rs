//! The bell: rung within this process where something has changed, for pages that are open and for whoever follows the
//! record. Nothing counts on hearing it: who missed it, or what another process recorded, is found by looking.

use std::sync::Arc;

use tokio::sync::{broadcast, watch};

/// Changes that a slow listener may lag behind before it misses some.
const KEPT: usize = 1024;

/// Something that pages show has changed: the record, or the advice on it.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Of which negotiation.
    pub id: String,
}

/// Where it is rung and heard.
#[derive(Clone, Debug)]
pub struct Bell {
    changes: broadcast::Sender<Changed>,
    facts: Arc<watch::Sender<u64>>,
}

impl Default for Bell {
    fn default() -> Self {
        Self { changes: broadcast::Sender::new(KEPT), facts: Arc::default() }
    }
}

impl Bell {
    /// Hears of every change from now on.
    pub fn hear(&self) -> broadcast::Receiver<Changed> {
        self.changes.subscribe()
    }

    /// Tells that what is shown of a negotiation has changed.
    pub(crate) fn ring(&self, id: &str) {
        // Nobody may be listening, which is as well.
        let _ = self.changes.send(Changed { id: id.to_owned() });
    }

    /// Wakes once something was recorded; also where that was while whoever waits was busy.
    pub(crate) fn facts(&self) -> watch::Receiver<u64> {
        self.facts.subscribe()
    }

    /// Tells that something was recorded.
    pub(crate) fn recorded(&self) {
        self.facts.send_modify(|count| *count = count.wrapping_add(1));
    }
}
