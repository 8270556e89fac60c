//! A story as it is told, and the golden file that it is held against.

use std::fmt::Write as _;
use std::path::Path;

use jiff::{Timestamp, ToSpan};
use negotiation::command::Command;
use negotiation::party::User;
use negotiation::{Negotiation, decide, view, words};

const AUDIENCES: [(&str, &str); 4] =
    [("nora", "negotiator"), ("bea", "boss"), ("olaf", "observer"), ("zoe", "outsider")];

/// A negotiation on its way, and what has been written down of it.
pub struct Story {
    pub negotiation: Negotiation,
    name: String,
    text: String,
    steps: u32,
}

impl Story {
    pub fn new(name: &str, what: &str) -> Self {
        let title = name.replace('-', " ");
        let text = format!(
            "# {title}\n\n{what}\n\nWritten by the tests from what the program does; each step says what every audience sees of it.\n"
        );
        Self { negotiation: Negotiation::default(), name: name.to_owned(), text, steps: 0 }
    }

    /// Each step is a day after the last.
    pub fn now(&self) -> Timestamp {
        let start: Timestamp = "2026-03-02T09:00:00Z".parse().expect("a time");
        start + (24 * i64::from(self.steps)).hours()
    }

    /// Somebody does something; the version of the first entry that it led to.
    pub fn does(&mut self, user: &str, command: &Command) -> u64 {
        let by = User::from(user);
        let at = self.now();
        let first = self.negotiation.version + 1;
        self.negotiation.enact(command, at, &by).unwrap_or_else(|why| panic!("{command:?}: {why}"));
        self.write(user, first);
        first
    }

    /// Somebody wants something and may not.
    pub fn refused(&mut self, user: &str, command: &Command) {
        let why = decide(&self.negotiation, command, self.now(), &User::from(user)).expect_err("refused");
        self.steps += 1;
        write!(self.text, "\n## {}. {user}, refused\n\n{why}.\n", self.steps).expect("to text");
    }

    fn write(&mut self, user: &str, first: u64) {
        self.steps += 1;
        write!(self.text, "\n## {}. {user}\n\n", self.steps).expect("to text");
        for (name, part) in AUDIENCES {
            let sight = view::sight(&self.negotiation, &User::from(name));
            let seen = view::entries(&self.negotiation, sight);
            let seen = seen.iter().filter(|entry| entry.version >= first);
            let lines: Vec<String> =
                seen.map(|entry| words::line(&entry.fact, &|amount| format!("${amount}"))).collect();
            let lines = if lines.is_empty() { "nothing".to_owned() } else { lines.join("; ") };
            writeln!(self.text, "- {part}: {lines}").expect("to text");
        }
    }

    /// Holds the story against its golden file; `cargo xtask bless` rewrites it.
    pub fn hold(self) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories");
        let path = folder.join(format!("{}.md", self.name));
        if std::env::var_os("UPSTAIRS_BLESS").is_some() {
            std::fs::write(&path, &self.text).expect("the story is written");
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(golden, self.text, "{} is not as it was; `cargo xtask bless` if that is meant", path.display());
    }
}
