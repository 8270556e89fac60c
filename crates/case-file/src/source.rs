//! From bytes to a table of TOML.

use toml::Spanned;
use toml::de::{DeTable, Error};

use crate::MAX_BYTES;
use crate::problem::Problem;

/// The bytes as text.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Problem> {
    let whole = |problem: &str, mend: String| at(1, 1, "(file)", problem, mend);
    if bytes.len() > MAX_BYTES {
        let mend = format!("A case is read up to {} KiB; leave out what is not part of it.", MAX_BYTES / 1024);
        return Err(whole("is too large", mend));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        at(line, 1, "(file)", "is not UTF-8 text", "Save the file as UTF-8.".to_owned())
    })?;
    if text.trim().is_empty() {
        let mend = "Start from a file under examples/, or see docs/case-file.md.".to_owned();
        return Err(whole("is empty", mend));
    }
    Ok(text)
}

/// The text as TOML, or all that is wrong with it.
pub(crate) fn table(text: &str) -> Result<Spanned<DeTable<'_>>, Vec<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() { Ok(table) } else { Err(errors.iter().map(|error| syntax(text, error)).collect()) }
}

fn syntax(text: &str, error: &Error) -> Problem {
    let offset = error.span().map_or(0, |span| span.start);
    let (line, column) = position(text, offset);
    let key = key_near(text, offset).unwrap_or_else(|| "(syntax)".to_owned());
    // A message that holds a figure might hold one of the file's.
    let message = error.message().lines().next().unwrap_or_default();
    let problem = if message.is_empty() || message.contains(|c: char| c.is_ascii_digit()) {
        "is not valid TOML".to_owned()
    } else {
        format!("is not valid TOML: {message}")
    };
    at(
        line,
        column,
        &key,
        &problem,
        "Write `key = value`, text in \"quotes\", numbers bare, tables as [name].".to_owned(),
    )
}

fn at(line: usize, column: usize, key: &str, problem: &str, mend: String) -> Problem {
    Problem { line, column, key: key.to_owned(), problem: problem.to_owned(), mend }
}

/// Line and column, from 1, of a byte offset.
pub(crate) fn position(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (1 + before.matches('\n').count(), 1 + before[start..].chars().count())
}

/// The key on the line of an offset, under the table header above it, to go by their look.
fn key_near(text: &str, offset: usize) -> Option<String> {
    let (line, _) = position(text, offset);
    let mut header = None;
    let mut key = None;
    for text in text.lines().take(line) {
        let text = text.trim();
        key = text.split_once('=').map(|(key, _)| key.trim()).filter(|key| is_bare(key));
        if let Some(name) =
            text.strip_prefix('[').map(|rest| rest.trim_matches(['[', ']']).trim()).filter(|n| is_bare(n))
        {
            header = Some(name);
        }
    }
    match (header, key) {
        (Some(header), Some(key)) => Some(format!("{header}.{key}")),
        (None, Some(key)) => Some(key.to_owned()),
        _ => None,
    }
}

fn is_bare(key: &str) -> bool {
    let starts_well = key.starts_with(|c: char| c.is_ascii_alphabetic());
    starts_well && key.len() <= 60 && key.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '-' | '.'))
}
