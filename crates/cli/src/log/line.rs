//! One line of the log: what it holds, and how that is written.
//!
//! Two rules keep privileged things out whatever somebody adds later. Of what other crates say, only the level, the part
//! and the place in their source are kept: their texts quote statements, addresses and errors that we don't know the
//! wording of. And no number with a fraction is ever written, since those are amounts and chances.

use std::fmt::{Debug, Write as _};

use jiff::Timestamp;
use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::{Level, Metadata};

use super::Format;

/// The parts of the program whose words are written. A crate that is not named here is treated as somebody else's.
const OURS: [&str; 5] = ["upstairs", "server", "app", "store", "calendar_source"];

/// What stands in place of a number that could be an amount.
const WITHHELD: &str = "(withheld)";

/// Fields in the order they were given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    /// The fields that `record` gives, where the part that gives them is one of ours.
    pub fn of(metadata: &Metadata<'_>, record: impl FnOnce(&mut Self)) -> Self {
        let mut fields = Self::default();
        fields.also(metadata, record);
        fields
    }

    /// Records more of the same part.
    pub fn also(&mut self, metadata: &Metadata<'_>, record: impl FnOnce(&mut Self)) {
        if is_ours(metadata.target()) {
            record(self);
        }
    }

    /// Puts in what is known only now.
    pub fn put(&mut self, name: &'static str, value: Value) {
        match self.0.iter_mut().find(|(there, _)| *there == name) {
            Some((_, held)) => *held = value,
            None => self.0.push((name, value)),
        }
    }
}

impl Visit for Fields {
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field.name(), value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field.name(), value.into());
    }

    fn record_f64(&mut self, field: &Field, _: f64) {
        self.put(field.name(), WITHHELD.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field.name(), value.into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field.name(), value.into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.put(field.name(), format!("{value:?}").into());
    }
}

/// Something that is logged.
#[derive(Debug)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// How grave it is.
    pub level: Level,
    /// Which part of the program says it.
    pub part: String,
    /// What it says.
    pub fields: Fields,
    /// What it belongs to, the widest first: name and fields.
    pub within: Vec<(&'static str, Fields)>,
}

impl Line {
    /// What is kept of an event: all of one of ours, of another crate's where it comes from.
    pub fn of(at: Timestamp, metadata: &Metadata<'_>, record: impl FnOnce(&mut Fields)) -> Self {
        let mut fields = Fields::of(metadata, record);
        if !is_ours(metadata.target()) {
            fields.put("message", "another crate's line; its text is not repeated".into());
            let place = metadata.file().map(short).zip(metadata.line());
            fields.put("place", place.map_or(Value::Null, |(file, line)| format!("{file}:{line}").into()));
        }
        Self { at, level: *metadata.level(), part: metadata.target().to_owned(), fields, within: Vec::new() }
    }

    /// As it is written, with its end.
    pub fn written(&self, format: Format) -> String {
        match format {
            Format::Text => self.text(),
            Format::Json => self.json(),
        }
    }

    fn text(&self) -> String {
        let mut text = format!("{} {:>5} {}:", moment(self.at), self.level, self.part);
        let (message, others): (Vec<_>, Vec<_>) = self.fields.0.iter().partition(|(name, _)| *name == "message");
        for (_, value) in message {
            // The message is ours and fixed; what a caller could have a say in stands quoted.
            let _ = write!(text, " {}", value.as_str().unwrap_or_default());
        }
        for (name, value) in others {
            let _ = write!(text, " {name}={}", plain(value));
        }
        for (span, fields) in &self.within {
            for (name, value) in &fields.0 {
                let _ = write!(text, " {span}.{name}={}", plain(value));
            }
        }
        text + "\n"
    }

    fn json(&self) -> String {
        let object = |fields: &Fields| -> Map<String, Value> {
            fields.0.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
        };
        let mut line = Map::new();
        line.insert("at".to_owned(), moment(self.at).into());
        line.insert("level".to_owned(), self.level.as_str().to_ascii_lowercase().into());
        line.insert("part".to_owned(), self.part.clone().into());
        line.extend(object(&self.fields));
        line.extend(self.within.iter().map(|(span, fields)| ((*span).to_owned(), Value::Object(object(fields)))));
        Value::Object(line).to_string() + "\n"
    }
}

/// Milliseconds are enough to put lines in order, and always as many letters.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn is_ours(target: &str) -> bool {
    OURS.contains(&target.split("::").next().unwrap_or_default())
}

/// A path in somebody's source without where it lies on the machine that built this.
fn short(file: &str) -> &str {
    let from = file.rfind("/src/").and_then(|at| file[..at].rfind('/'));
    from.map_or(file, |at| &file[at + 1..])
}

/// A value as text: as it is where it is one plain word, else quoted, so that no value can end a line or forge a field.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) if is_word(text) => text.clone(),
        other => other.to_string(),
    }
}

fn is_word(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-:/{}@()".contains(&byte);
    !text.is_empty() && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        let mut fields = Fields::default();
        fields.put("message", "no answer".into());
        fields.put("status", 503.into());
        fields.put("cause", "it said \"no\"\nand left".into());
        let mut within = Fields::default();
        within.put("route", "/feeds/{secret}/visits.ics".into());
        Line {
            at: "2026-03-02T09:00:00.0125Z".parse().unwrap(),
            level: Level::ERROR,
            part: "server::request".to_owned(),
            fields,
            within: vec![("request", within)],
        }
    }

    #[test]
    fn text_is_one_line_whatever_a_value_holds() {
        assert_eq!(
            line().written(Format::Text),
            "2026-03-02T09:00:00.012Z ERROR server::request: no answer status=503 \
             cause=\"it said \\\"no\\\"\\nand left\" request.route=/feeds/{secret}/visits.ics\n"
        );
    }

    #[test]
    fn json_is_one_object_a_line() {
        let written = line().written(Format::Json);
        assert_eq!(written.matches('\n').count(), 1);
        let read: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(read["level"], "error");
        assert_eq!(read["status"], 503);
        assert_eq!(read["request"]["route"], "/feeds/{secret}/visits.ics");
        assert_eq!(read["cause"], "it said \"no\"\nand left");
    }

    #[test]
    fn only_our_own_parts_are_ours() {
        assert!(is_ours("server::pages::live") && is_ours("upstairs") && is_ours("store"));
        assert!(!is_ours("sqlx::query") && !is_ours("serverless") && !is_ours("axum::server") && !is_ours(""));
    }

    #[test]
    fn a_place_is_told_without_the_machine() {
        assert_eq!(short("/builder/registry/sqlx-core-0.9.0/src/logger.rs"), "sqlx-core-0.9.0/src/logger.rs");
        assert_eq!(short("crates/server/src/lib.rs"), "server/src/lib.rs");
        assert_eq!(short("build.rs"), "build.rs");
    }
}
