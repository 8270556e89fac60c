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
    /// One that is none of these, by its header: ours alone until somebody says otherwise.
    Private(String),
}

/// Headers and the columns under them, in English, German and French.
const HEADERS: [(&[&str], Column); 9] = [
    (&["date", "day", "datum", "tag", "jour"], Column::Date),
    (&["by", "von", "wer", "seite", "par", "qui"], Column::By),
    (&["level", "ebene", "stufe", "niveau"], Column::Level),
    (&PRICES, Column::Price),
    (&["channel", "kanal", "weg", "canal"], Column::Channel),
    (&["binding", "verbindlich", "bindend", "ferme", "contraignant"], Column::Binding),
    (&["condition", "bedingung", "bedingungen", "conditions"], Column::Condition),
    (&["note", "notes", "notiz", "bemerkung", "anmerkung", "kommentar", "remarque", "commentaire"], Column::Note),
    (&["currency", "währung", "waehrung", "devise", "monnaie"], Column::Currency),
];
/// What prices are called.
const PRICES: [&str; 6] = ["price", "amount", "preis", "betrag", "prix", "montant"];

impl Column {
    /// The column of ours under a header without a mark, in plain letters.
    pub fn ours(name: &str) -> Option<Self> {
        let named = HEADERS.iter().find(|(names, _)| names.contains(&name)).map(|(_, column)| column.clone());
        named.or_else(|| priced_in(name).map(|_| Self::Price))
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
            Self::Term(name) | Self::Private(name) => name,
        }
    }
}

/// The currency that a header of prices names: `price (EUR)`, `Price in €`, `amount USD`.
pub(crate) fn priced_in(header: &str) -> Option<Mark> {
    let lower = header.to_lowercase();
    let apart = |c: char| c.is_whitespace() || "_()[],:/".contains(c);
    let words: Vec<&str> = lower.split(apart).filter(|word| !word.is_empty()).collect();
    match words[..] {
        [price, "in" | "en", named] | [price, named] if PRICES.contains(&price) => terms::mark_of(named),
        _ => None,
    }
}

/// Whether a header with this text is read as a term of this very name.
pub(crate) fn is_plain_term(name: &str) -> bool {
    plain(name) == name && Column::ours(name).is_none()
}

/// A header in small letters, with single underscores for white space.
pub(crate) fn plain(header: &str) -> String {
    let spaced = header.replace('_', " ").to_lowercase();
    spaced.split_whitespace().collect::<Vec<_>>().join("_")
}
