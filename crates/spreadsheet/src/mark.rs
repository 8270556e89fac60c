//! The apostrophe before a text that would be taken for something else.
//!
//! Whether a text needs one depends on what stands behind its own apostrophes only. So a text that needs none is never
//! taken for a marked one, and every text reads back as itself.

use std::borrow::Cow;

use negotiation::offer::Term;
use terms::Settling;

use crate::column;

/// What a text is, as it matters for what else it could be taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextRole {
    /// A condition or a note.
    Words,
    /// What a term says, which may be a number as well.
    Term,
    /// What a term is called.
    Name,
}

/// What the text is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Medium {
    /// Text, of which a spreadsheet makes what it likes.
    Csv,
    /// Cells, each with its type: there a text is no formula.
    Xlsx,
}

/// The text for a cell.
pub(crate) fn mark(text: &str, kind: TextRole, medium: Medium) -> Cow<'_, str> {
    let bare = bare(text);
    let as_formula = is_formula(bare) && (medium == Medium::Csv || bare.len() < text.len());
    if as_formula || is_mistaken(bare, kind) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text behind the mark, where there is one.
pub(crate) fn marked(cell: &str, kind: TextRole) -> Option<&str> {
    let bare = bare(cell);
    let is_marked = is_formula(bare) || is_mistaken(bare, kind);
    cell.strip_prefix('\'').filter(|_| is_marked)
}

fn bare(text: &str) -> &str {
    text.trim_start_matches('\'')
}

fn is_formula(bare: &str) -> bool {
    bare.starts_with(['=', '+', '-', '@'])
}

fn is_mistaken(bare: &str, kind: TextRole) -> bool {
    // The library that writes workbooks takes `<r>…</r>` for markup of its own.
    let is_markup = bare.starts_with("<r>") && bare.ends_with("</r>");
    let lost = bare.is_empty() || bare.trim().len() < bare.len() || is_markup;
    lost || match kind {
        TextRole::Words => false,
        TextRole::Term => is_number(bare),
        TextRole::Name => !column::is_plain_term(bare),
    }
}

/// Whether a term that says this is a number in any currency, or might be.
fn is_number(text: &str) -> bool {
    !matches!(Term::read(text, Settling::default()), Ok(Term::Words(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_could_be_mistaken_is_marked() {
        let table = [
            ("by letter", TextRole::Words, "by letter", "by letter"),
            ("'tis so", TextRole::Words, "'tis so", "'tis so"),
            ("=1+1", TextRole::Words, "'=1+1", "=1+1"),
            ("'=1+1", TextRole::Words, "''=1+1", "''=1+1"),
            ("", TextRole::Words, "'", "'"),
            ("'", TextRole::Words, "''", "''"),
            (" x", TextRole::Words, "' x", "' x"),
            ("<r></r>", TextRole::Words, "'<r></r>", "'<r></r>"),
            ("42", TextRole::Words, "42", "42"),
            ("42", TextRole::Term, "'42", "'42"),
            ("1,200", TextRole::Term, "'1,200", "'1,200"),
            ("30 days", TextRole::Term, "30 days", "30 days"),
            ("warranty", TextRole::Name, "warranty", "warranty"),
            ("SLA", TextRole::Name, "'SLA", "'SLA"),
            ("price", TextRole::Name, "'price", "'price"),
        ];
        for (text, kind, in_csv, in_xlsx) in table {
            assert_eq!(mark(text, kind, Medium::Csv), in_csv);
            assert_eq!(mark(text, kind, Medium::Xlsx), in_xlsx);
            for cell in [in_csv, in_xlsx] {
                assert_eq!(marked(cell, kind).unwrap_or(cell), text);
            }
        }
    }
}
