//! What goes on for ever and is tried again every second: that it fails is logged when it begins, when the cause is another,
//! and when it is over; not every second.

use crate::error::Error;

/// Something that is tried again and again.
#[derive(Debug)]
pub struct Outage {
    doing: &'static str,
    cause: Option<String>,
}

impl Outage {
    /// Of something that works, as far as is known.
    pub fn of(doing: &'static str) -> Self {
        Self { doing, cause: None }
    }

    /// What came of a try; nothing where it failed.
    pub fn hear<T>(&mut self, tried: Result<T, Error>) -> Option<T> {
        match tried {
            Ok(done) => {
                if self.cause.take().is_some() {
                    tracing::info!(doing = self.doing, "it works again");
                }
                Some(done)
            }
            Err(error) => {
                let cause = error.fault();
                if cause != self.cause {
                    error.log(self.doing);
                    self.cause = cause;
                }
                None
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::fmt::{Debug, Write as _};
    use std::sync::{Arc, Mutex};

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    use super::*;

    /// What is logged while something is done, a text each, with the fields of what it is logged within.
    pub fn logged(done: impl FnOnce()) -> Vec<String> {
        let log = Log::default();
        tracing::subscriber::with_default(log.clone(), done);
        log.0.lock().unwrap().events.clone()
    }

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Kept>>);

    #[derive(Default)]
    struct Kept {
        spans: Vec<String>,
        within: Vec<String>,
        events: Vec<String>,
    }

    #[derive(Default)]
    struct Fields(String);

    impl Visit for Fields {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            let _ = write!(self.0, "{field}={value:?} ");
        }
    }

    impl Subscriber for Log {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, span: &Attributes<'_>) -> Id {
            let mut fields = Fields::default();
            span.record(&mut fields);
            let spans = &mut self.0.lock().unwrap().spans;
            spans.push(fields.0);
            Id::from_u64(spans.len() as u64)
        }

        fn record(&self, _: &Id, _: &Record<'_>) {}

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            let mut kept = self.0.lock().unwrap();
            let mut fields = Fields(kept.within.concat());
            event.record(&mut fields);
            kept.events.push(fields.0);
        }

        fn enter(&self, span: &Id) {
            let mut kept = self.0.lock().unwrap();
            let fields = kept.spans[usize::try_from(span.into_u64()).unwrap() - 1].clone();
            kept.within.push(fields);
        }

        fn exit(&self, _: &Id) {
            self.0.lock().unwrap().within.pop();
        }
    }

    #[test]
    fn a_cause_is_held_until_it_is_another_or_over() {
        let mut outage = Outage::of("trying");
        assert_eq!(outage.hear(Ok(1)), Some(1));
        assert_eq!(outage.hear::<()>(Err(Error::Ours("one"))), None);
        let first = outage.cause.clone();
        assert_eq!(outage.hear::<()>(Err(Error::Ours("one"))), None);
        assert!(first.is_some() && outage.cause == first);
        assert_eq!(outage.hear::<()>(Err(Error::Ours("two"))), None);
        assert!(outage.cause != first);
        assert_eq!((outage.hear(Ok(2)), &outage.cause), (Some(2), &None));
        // Whoever lost a race is no outage.
        assert_eq!(outage.hear::<()>(Err(Error::Conflict { expected: 1, found: 2 })), None);
        assert_eq!(outage.cause, None);
    }
}
