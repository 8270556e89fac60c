//! The columns of an issue sheet, and what their headers may say in English, German and French.

/// The columns that are known.
pub(super) const COLUMNS: [&str; 24] = [
    "issue",
    "unit",
    "options",
    "from",
    "to",
    "step",
    "opening",
    "target",
    "realistic",
    "walk_away",
    "mandate",
    "worth",
    "points",
    "rank",
    "better",
    "values",
    "never",
    "their_worth",
    "their_points",
    "their_rank",
    "their_better",
    "their_values",
    "their_never",
    "no_deal",
];

/// What columns are called in German and in French.
const ELSEWHERE: [(&str, &str); 40] = [
    ("thema", "issue"),
    ("punkt", "issue"),
    ("verhandlungspunkt", "issue"),
    ("point", "issue"),
    ("sujet", "issue"),
    ("einheit", "unit"),
    ("unité", "unit"),
    ("optionen", "options"),
    ("von", "from"),
    ("de", "from"),
    ("bis", "to"),
    ("à", "to"),
    ("schritt", "step"),
    ("pas", "step"),
    ("eröffnung", "opening"),
    ("ouverture", "opening"),
    ("ziel", "target"),
    ("objectif", "target"),
    ("realistisch", "realistic"),
    ("réaliste", "realistic"),
    ("schmerzgrenze", "walk_away"),
    ("point_de_rupture", "walk_away"),
    ("mandat", "mandate"),
    ("wert", "worth"),
    ("valeur", "worth"),
    ("punkte", "points"),
    ("rang", "rank"),
    ("besser", "better"),
    ("mieux", "better"),
    ("werte", "values"),
    ("valeurs", "values"),
    ("nie", "never"),
    ("jamais", "never"),
    ("ihr_wert", "their_worth"),
    ("leur_valeur", "their_worth"),
    ("ihre_punkte", "their_points"),
    ("leurs_points", "their_points"),
    ("ihr_rang", "their_rank"),
    ("leur_rang", "their_rank"),
    ("keine_einigung", "no_deal"),
];

/// Those that hold a number.
pub(super) const NUMBERS: [&str; 9] =
    ["from", "to", "step", "walk_away", "mandate", "worth", "their_worth", "points", "no_deal"];

/// A header as it is compared.
pub(super) fn plain(header: &str) -> String {
    header.trim().to_lowercase().replace([' ', '-'], "_")
}

/// The column of a header.
pub(super) fn known(header: &str) -> Option<&'static str> {
    let plain = plain(header);
    let elsewhere = || ELSEWHERE.iter().find(|(name, _)| *name == plain).map(|(_, column)| *column);
    COLUMNS.into_iter().find(|column| *column == plain).or_else(elsewhere)
}
