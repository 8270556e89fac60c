//! Reminders follow: a question whose time has come is put to its boss again.
//!
//! They follow the clock as well as facts, and so what is due is read off the list that the store keeps beside the record, in
//! the transaction of the fact that made it so. That is as lasting as a follower's place. That a question is reminded of once
//! is the record's doing: a reminder comes after the very version by which it was due, or not at all.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::desk::Desk;
use crate::error::Error;
use crate::outage::Outage;

/// How often reminders are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Reminds for ever. What fails is tried again the next time.
pub async fn keep_reminding(desk: &Desk, clock: &(dyn Fn() -> Timestamp + Send + Sync)) {
    let mut looking = Outage::of("looking for reminders that are due");
    let mut failing = Failing::default();
    loop {
        if let Some(reminded) = looking.hear(desk.remind(clock()).await) {
            failing.hear(reminded.failed);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Negotiations in which bosses could not be reminded, so that each is logged once and not every second.
#[derive(Debug, Default)]
struct Failing(BTreeMap<String, Outage>);

impl Failing {
    /// What failed in a look, which is all that fails at present.
    fn hear(&mut self, failed: BTreeMap<String, Error>) {
        self.0.retain(|id, outage| {
            let is_over = !failed.contains_key(id);
            if is_over {
                of(id).in_scope(|| outage.hear(Ok(())));
            }
            !is_over
        });
        for (id, error) in failed {
            let scope = of(&id);
            let outage = self.0.entry(id).or_insert_with(|| Outage::of("reminding a boss"));
            scope.in_scope(|| outage.hear::<()>(Err(error)));
        }
    }
}

/// What is logged within it names the negotiation.
fn of(id: &str) -> tracing::Span {
    tracing::error_span!("reminder", negotiation = id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed<const N: usize>(causes: [(&str, &'static str); N]) -> BTreeMap<String, Error> {
        causes.into_iter().map(|(id, cause)| (id.to_owned(), Error::Ours(cause))).collect()
    }

    #[test]
    fn each_failure_is_logged_once_until_it_is_over() {
        let mut failing = Failing::default();
        let mut logged = |failed| {
            let lines = crate::outage::tests::logged(|| failing.hear(failed));
            let says = |id: &str, what: &str| {
                lines
                    .iter()
                    .filter(|line| line.contains(&format!("negotiation=\"{id}\"")) && line.contains(what))
                    .count()
            };
            (lines.len(), says("a", "one"), says("b", "two"), says("b", "it works again"))
        };
        assert_eq!(logged(failed([("a", "one"), ("b", "two")])), (2, 1, 1, 0));
        assert_eq!(logged(failed([("a", "one"), ("b", "two")])), (0, 0, 0, 0));
        assert_eq!(logged(failed([("a", "one")])), (1, 0, 0, 1));
        assert_eq!(logged(failed([("a", "one"), ("b", "two")])), (1, 0, 1, 0));
    }
}
