//! The log: what the program says of itself on standard error, a line each, as text or as JSON.
//!
//! What is said is fixed text with a few fields: which request, which account, which kind of failure. Amounts, wordings and
//! secrets are no fields, and what other crates say is not repeated (see [`line`]), so that a log can be kept and handed to
//! whoever helps without a second look. `tests/log.rs` plays a negotiation at the finest level and looks for all of them.

mod line;
mod sink;

use std::str::FromStr;

use tracing::Level;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{Layer as _, Registry};

use self::sink::Sink;

/// Levels, where the command line says none.
const LEVELS: &str = "RUST_LOG";
/// The form, where the command line says none.
const FORMAT: &str = "UPSTAIRS_LOG_FORMAT";

/// What is logged, and how.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// What to log on standard error: error, warn, info, debug, trace or off; also by part of the program, as in
    /// `warn,server=debug`. By default what RUST_LOG says, else info for `serve` and warn for all else, which also hold for
    /// the parts that are given no level.
    #[arg(long = "log", global = true, value_name = "LEVEL", value_parser = levels)]
    levels: Option<Targets>,
    /// How to log; by default what UPSTAIRS_LOG_FORMAT says, else text.
    #[arg(long = "log-format", global = true, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

/// The form of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs: one object a line.
    Json,
}

/// Where a setting comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The command line.
    Line,
    /// A variable of the environment.
    Variable(&'static str),
    /// Neither: it is what holds when nothing is said.
    Default,
}

/// What is in force.
#[derive(Clone, Debug)]
pub struct Log {
    /// The levels.
    pub levels: Targets,
    /// Where they come from.
    pub levels_from: From,
    /// The form.
    pub format: Format,
    /// Where that comes from.
    pub format_from: From,
    /// Variables that are set to what can't be read, and are passed over.
    pub unread: Vec<&'static str>,
}

impl Log {
    /// What the command line says, else the environment, else what holds by default.
    pub fn of(options: &Options, default: LevelFilter) -> Self {
        Self::with(options, default, |name| std::env::var(name).ok())
    }

    fn with(options: &Options, default: LevelFilter, variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| variable(name).filter(|text| !text.trim().is_empty());
        let (said_levels, said_format) = (set(LEVELS), set(FORMAT));
        let read_levels = said_levels.as_deref().and_then(|text| levels(text).ok());
        let read_format = said_format.as_deref().and_then(|text| clap::ValueEnum::from_str(text.trim(), true).ok());
        let mut unread = Vec::new();
        if said_levels.is_some() && read_levels.is_none() {
            unread.push(LEVELS);
        }
        if said_format.is_some() && read_format.is_none() {
            unread.push(FORMAT);
        }
        let (levels, levels_from) = first(options.levels.clone(), (read_levels, LEVELS), Targets::new());
        // Levels of some parts alone, such as those that RUST_LOG has for another program, leave the others as they are.
        let levels = if levels.default_level().is_some() { levels } else { levels.with_default(default) };
        let (format, format_from) = first(options.format, (read_format, FORMAT), Format::Text);
        Self { levels, levels_from, format, format_from, unread }
    }

    /// Whether what a part says of its failures is logged.
    pub fn has_errors_of(&self, part: &str) -> bool {
        self.levels.would_enable(part, &Level::ERROR)
    }

    /// Puts it in force for the whole program.
    pub fn begin(&self) {
        let sink = Sink::new(self.format, crate::clock::now);
        let log = Registry::default().with(sink.with_filter(self.levels.clone()));
        // It is set this once, before there is another thread; were there one already, that one would stay in force.
        if tracing::subscriber::set_global_default(log).is_err() {
            return;
        }
        for name in &self.unread {
            tracing::warn!(
                variable = name,
                "this variable can't be read and is passed over; give levels as --log takes them"
            );
        }
    }
}

/// What was said first: on the line, in the environment, or else by default.
fn first<T>(line: Option<T>, (variable, name): (Option<T>, &'static str), default: T) -> (T, From) {
    match (line, variable) {
        (Some(said), _) => (said, From::Line),
        (None, Some(said)) => (said, From::Variable(name)),
        (None, None) => (default, From::Default),
    }
}

fn levels(text: &str) -> Result<Targets, String> {
    let expected = "expected error, warn, info, debug, trace or off, also by part as in warn,server=debug";
    // A word alone would be taken for a part that says everything: a level that is spelled wrong.
    let is_level =
        |part: &str| !part.trim().is_empty() && (part.contains('=') || part.trim().parse::<LevelFilter>().is_ok());
    let read = Targets::from_str(text.trim()).ok().filter(|_| text.split(',').all(is_level));
    read.ok_or_else(|| expected.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Options = Options { levels: None, format: None };

    fn with(options: &Options, variables: &[(&str, &str)]) -> Log {
        let variable = |name: &str| variables.iter().find(|(set, _)| *set == name).map(|(_, text)| (*text).to_owned());
        Log::with(options, LevelFilter::WARN, variable)
    }

    #[test]
    fn the_line_comes_before_the_environment_and_that_before_the_default() {
        let said = Options { levels: Some(levels("debug").unwrap()), format: Some(Format::Json) };
        let set = [("RUST_LOG", "warn,server=trace"), ("UPSTAIRS_LOG_FORMAT", "JSON")];
        let log = with(&said, &set);
        assert_eq!((log.levels, log.levels_from), (levels("debug").unwrap(), From::Line));
        let log = with(&NOTHING, &set);
        assert_eq!((log.levels, log.levels_from), (levels("server=trace,warn").unwrap(), From::Variable("RUST_LOG")));
        assert_eq!((log.format, log.format_from), (Format::Json, From::Variable("UPSTAIRS_LOG_FORMAT")));
        let log = with(&NOTHING, &[("RUST_LOG", " ")]);
        assert_eq!((log.levels, log.levels_from), (levels("warn").unwrap(), From::Default));
        assert_eq!((log.format, log.format_from, log.unread.len()), (Format::Text, From::Default, 0));
    }

    #[test]
    fn levels_of_other_parts_leave_ours_as_they_are() {
        let foreign = with(&NOTHING, &[("RUST_LOG", "hyper=debug")]);
        assert_eq!(foreign.levels, levels("warn,hyper=debug").unwrap());
        let line = Options { levels: Some(levels("server=debug").unwrap()), format: None };
        assert_eq!(with(&line, &[]).levels, levels("warn,server=debug").unwrap());
        let silent = with(&NOTHING, &[("RUST_LOG", "off,server=error")]);
        for (log, part, has) in [
            (&foreign, "upstairs::panics", true),
            (&foreign, "app::error", true),
            (&silent, "upstairs::panics", false),
            (&silent, "server::request", true),
        ] {
            assert_eq!(log.has_errors_of(part), has, "{part} at {}", log.levels);
        }
    }

    #[test]
    fn a_variable_of_another_kind_stops_nothing_and_is_named() {
        assert!(levels("warn,loud").is_err() && levels("server=loud").is_err() && levels("").is_err());
        let log = with(&NOTHING, &[("RUST_LOG", "loud"), ("UPSTAIRS_LOG_FORMAT", "xml")]);
        assert_eq!((log.levels_from, log.format_from), (From::Default, From::Default));
        assert_eq!(log.unread, ["RUST_LOG", "UPSTAIRS_LOG_FORMAT"]);
    }
}
