//! Columns and what their headers may say.

use terms::Mark;

/// What a column is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// The day the offer was made.
    Date,
    /// Whose it is.
    By,
    /// At which level.
    Level,
    /// The price.
    Price,
    /// How it was made.
    Channel,
    /// Whether it binds.
    Binding,
    /// What it depends on.
    Condition,
    /// Anything worth remembering.
    Note,
    /// The currency of the price.
    Currency,
    /// A term, by name.
    Term(String),
}

impl Column {
    /// The column under a header without a mark, in plain letters.
    pub fn of_plain(name: &str) -> Self {
        match name {
            "date" => Self::Date,
            "by" => Self::By,
            "level" => Self::Level,
            "price" | "amount" => Self::Price,
            "channel" => Self::Channel,
            "binding" => Self::Binding,
            "condition" => Self::Condition,
            "note" => Self::Note,
            "currency" => Self::Currency,
            name if priced_in(name).is_some() => Self::Price,
            name => Self::Term(name.to_owned()),
        }
    }

    /// The header that we write, a term's without its mark.
    pub fn title(&self) -> &str {
        match self {
            Self::Date => "date",
            Self::By => "by",
            Self::Level => "level",
            Self::Price => "price",
            Self::Channel => "channel",
            Self::Binding => "binding",
            Self::Condition => "condition",
            Self::Note => "note",
            Self::Currency => "currency",
            Self::Term(name) => name,
        }
    }

    /// Whether it is one of ours, not a term.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Term(_))
    }
}

/// The currency that a header of prices names: `price (EUR)`, `Price in €`, `amount USD`.
pub(crate) fn priced_in(header: &str) -> Option<Mark> {
    let lower = header.to_lowercase();
    let apart = |c: char| c.is_whitespace() || "_()[],:/".contains(c);
    let words: Vec<&str> = lower.split(apart).filter(|word| !word.is_empty()).collect();
    match words[..] {
        ["price" | "amount", "in", named] | ["price" | "amount", named] => terms::mark_of(named),
        _ => None,
    }
}

/// Whether a header with this text is read as a term of this very name.
pub(crate) fn is_plain_term(name: &str) -> bool {
    plain(name) == name && !Column::of_plain(name).is_known()
}

/// A header in small letters, with single underscores for white space.
pub(crate) fn plain(header: &str) -> String {
    let spaced = header.replace('_', " ").to_lowercase();
    spaced.split_whitespace().collect::<Vec<_>>().join("_")
}
