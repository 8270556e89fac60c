//! Headers as they are read: a marked one is a term, whatever it would be taken for otherwise; one that says nothing to us is
//! private.

use negotiation::offer::same;

use crate::column::{Column, plain};
use crate::mark::{TextRole, marked};

/// What stands before the name of a term.
const TERM: &str = "term:";

impl Column {
    /// The column under a header, where these are terms that the negotiation knows.
    pub fn of(header: &str, known: &[String]) -> Self {
        if let Some(name) = marked(header, TextRole::Name) {
            return Self::Term(name.to_owned());
        }
        let header = header.trim_start();
        if let Some(name) = header.get(TERM.len()..).filter(|_| header.to_ascii_lowercase().starts_with(TERM)) {
            let name = name.strip_prefix(' ').unwrap_or(name);
            return Self::Term(marked(name, TextRole::Name).map_or_else(|| plain(name), str::to_owned));
        }
        Self::ours(&plain(header)).unwrap_or_else(|| match known.iter().find(|name| same(name, header)) {
            Some(name) => Self::Term(name.clone()),
            None => Self::Private(header.trim_end().to_owned()),
        })
    }

    /// Whether a header names a column of ours.
    pub fn is_ours(header: &str) -> bool {
        Self::ours(&plain(header)).is_some()
    }
}
