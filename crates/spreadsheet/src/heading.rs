//! Headers as they are read: a marked one is a term, whatever it would be taken for otherwise.

use crate::column::{Column, plain};
use crate::mark::{TextRole, marked};

impl Column {
    /// The column under a header.
    pub fn of(header: &str) -> Self {
        if let Some(name) = marked(header, TextRole::Name) {
            return Self::Term(name.to_owned());
        }
        Self::of_plain(&plain(header))
    }
}
