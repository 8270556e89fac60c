//! The latest advice on the negotiations that are being worked on: a first answer at once, then the whole.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use app::{FIRST_SAMPLES, First, SAMPLES, SEED};
use engine::advice::Advice;
use engine::case::Case;
use jiff::Timestamp;
use negotiation::Negotiation;
use tokio::sync::{Semaphore, broadcast};

use crate::Context;

/// Negotiations whose advice is kept at hand.
const KEPT: usize = 256;

/// What is known of the advice on a negotiation.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// The case that it is on: a mandate may end, or the boss come in elsewhere, without a fact here.
    case: Case,
    pub first: First,
    pub whole: Option<Arc<Advice>>,
}

/// Something that pages show has changed: the record, or the advice on it.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    /// Of which negotiation.
    pub id: String,
}

/// Where changes are told, and heard by the pages that are open.
#[derive(Clone, Debug)]
pub(crate) struct Changes(broadcast::Sender<Changed>);

impl Default for Changes {
    fn default() -> Self {
        Self(broadcast::Sender::new(1024))
    }
}

impl Changes {
    /// Tells that a negotiation has changed.
    pub fn tell(&self, id: &str) {
        // Nobody may be listening.
        let _ = self.0.send(Changed { id: id.to_owned() });
    }

    /// Hears of every change from now on.
    pub fn hear(&self) -> broadcast::Receiver<Changed> {
        self.0.subscribe()
    }
}

/// Advice at hand, by negotiation.
#[derive(Debug)]
pub(crate) struct Latest {
    kept: Mutex<Kept>,
    /// One whole advice at a time: it takes all processors that it may anyway.
    refining: Semaphore,
    /// One first answer at a time, likewise; who waits for the same one finds it made.
    answering: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Kept {
    known: HashMap<String, Known>,
    order: VecDeque<String>,
}

impl Default for Latest {
    fn default() -> Self {
        Self { kept: Mutex::default(), answering: tokio::sync::Mutex::default(), refining: Semaphore::new(1) }
    }
}

impl Latest {
    /// What is known of a negotiation as of a version, while its case is this one.
    fn of(&self, id: &str, version: u64, case: &Case) -> Option<Known> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.known.get(id).filter(|known| known.first.version == version && known.case == *case).cloned()
    }

    fn keep(&self, id: &str, known: Known) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.known.get(id).is_some_and(|there| there.first.version > known.first.version) {
            return;
        }
        if kept.known.insert(id.to_owned(), known).is_none() {
            kept.order.push_back(id.to_owned());
        }
        while kept.order.len() > KEPT {
            let oldest = kept.order.pop_front();
            oldest.map(|oldest| kept.known.remove(&oldest));
        }
    }
}

/// Sees to the advice on a negotiation after a fact: the first answer at once, the whole when there is time. What is not
/// prepared has no advice yet.
pub(crate) fn refresh(context: &Context, id: String, negotiation: Negotiation, now: Timestamp) {
    context.changes().tell(&id);
    refine_soon(context, id, negotiation, now);
}

/// The whole advice, for somebody who looks: once, however many look.
pub(crate) fn refine_soon(context: &Context, id: String, negotiation: Negotiation, now: Timestamp) {
    let context = context.clone();
    tokio::spawn(async move {
        if let Ok(known) = known(&context, &id, &negotiation, now).await {
            refine(&context, &id, known).await;
        }
    });
}

/// What is known of the advice on a negotiation: kept, or the first answer computed.
pub(crate) async fn known(
    context: &Context,
    id: &str,
    negotiation: &Negotiation,
    now: Timestamp,
) -> Result<Known, app::Error> {
    let case = context.desk().case(negotiation, id, now).await?;
    if let Some(known) = context.latest().of(id, negotiation.version, &case) {
        return Ok(known);
    }
    let _turn = context.latest().answering.lock().await;
    if let Some(known) = context.latest().of(id, negotiation.version, &case) {
        return Ok(known);
    }
    let first = context.desk().first_answer_of(case.clone(), negotiation.version, FIRST_SAMPLES).await?;
    let known = Known { case, first, whole: None };
    context.latest().keep(id, known.clone());
    Ok(known)
}

/// The whole advice, unless a newer fact came meanwhile.
async fn refine(context: &Context, id: &str, known: Known) {
    let Ok(_turn) = context.latest().refining.acquire().await else { return };
    let now_known = context.latest().of(id, known.first.version, &known.case);
    let still_wanted = now_known.is_some_and(|known| known.whole.is_none());
    if still_wanted && let Ok(whole) = context.desk().advice_in_background(known.case.clone(), SEED, SAMPLES).await {
        context.latest().keep(id, Known { whole: Some(Arc::new(whole)), ..known });
        context.changes().tell(id);
    }
}
