//! Where lines of the log come from and go to: events and spans of `tracing` in, standard error out.

use std::io::Write as _;

use jiff::Timestamp;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::{LookupSpan, Scope};

use super::Format;
use super::line::{Fields, Line};

/// Writes every event as a line.
pub struct Sink {
    format: Format,
    now: fn() -> Timestamp,
}

impl Sink {
    /// One that writes in a form, by a clock.
    pub fn new(format: Format, now: fn() -> Timestamp) -> Self {
        Self { format, now }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Sink {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let fields = Fields::of(attributes.metadata(), |fields| attributes.record(fields));
        span.extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let mut extensions = span.extensions_mut();
        if let Some(held) = extensions.get_mut::<Fields>() {
            held.also(span.metadata(), |fields| record.record(fields));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut line = Line::of((self.now)(), event.metadata(), |fields| event.record(fields));
        for span in context.event_scope(event).into_iter().flat_map(Scope::from_root) {
            if let Some(fields) = span.extensions().get::<Fields>() {
                line.within.push((span.name(), fields.clone()));
            }
        }
        // One write a line, so that lines of several threads never mix. Where standard error is gone there is nobody left to
        // tell, and the work goes on.
        let _ = std::io::stderr().lock().write_all(line.written(self.format).as_bytes());
    }
}
