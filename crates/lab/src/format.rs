//! Domains and values as other programs write them.
//!
//! Reading takes a text and gives a [`Domain`] or a [`Profile`], or says what is wrong and where. Texts come from strangers:
//! their size, depth and number of elements are bounded, and nothing outside the text is ever read.

pub mod genius;
pub mod geniusweb;
mod named;
pub mod negmas;
pub mod negolog;
mod xml;
mod yaml;

use bargain::domain::{Domain, DomainFault};
use bargain::pareto::points::Convention;
use bargain::scoring::{Scoring, ScoringFault};
use strum::VariantArray;

/// Bytes of a text at most.
pub const MOST_BYTES: usize = 32 << 20;

/// One party's values as a file has them.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// By what it is known.
    pub name: String,
    /// What packages are worth.
    pub scoring: Scoring,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatFault {
    /// Longer than [`MOST_BYTES`].
    #[error("longer than {} MB: that is no negotiation", MOST_BYTES >> 20)]
    TooLong,
    /// Not text in the format: where, and why.
    #[error("{place}: {why}")]
    Form {
        /// Where, such as `line 3`.
        place: String,
        /// Why.
        why: String,
    },
    /// Its domain makes no sense.
    #[error(transparent)]
    Domain(#[from] DomainFault),
    /// Its values don't fit the domain.
    #[error(transparent)]
    Scoring(#[from] ScoringFault),
    /// Something is missing.
    #[error("{what} is missing")]
    Missing {
        /// What.
        what: String,
    },
    /// Something that isn't supported.
    #[error("{what}")]
    Unsupported {
        /// What, and what to do.
        what: String,
    },
}

/// The formats told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Format {
    /// GENIUS XML.
    Genius,
    /// GeniusWeb JSON.
    Geniusweb,
    /// NegoLog JSON.
    Negolog,
    /// NegMAS's scenario folders, in YAML or JSON.
    Negmas,
}

impl Format {
    /// All of them.
    pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

    /// Reads a domain.
    pub fn domain(self, text: &str) -> Result<Domain, FormatFault> {
        match self {
            Self::Genius => genius::domain(text),
            Self::Geniusweb => geniusweb::domain(text),
            Self::Negolog => negolog::domain(text),
            Self::Negmas => negmas::domain(text),
        }
    }

    /// Reads the values of one party, by the rules of `convention` where the format leaves a choice.
    pub fn profile(self, text: &str, domain: &Domain, convention: Convention) -> Result<Profile, FormatFault> {
        match self {
            Self::Genius => genius::profile(text, domain, convention),
            Self::Geniusweb => geniusweb::profile(text, domain),
            Self::Negolog => negolog::profile(text, domain),
            Self::Negmas => negmas::profile(text, domain),
        }
    }

    /// Writes one party's values so that they can be read back.
    pub fn write(self, domain: &Domain, profile: &Profile) -> Result<String, FormatFault> {
        match self {
            Self::Genius => genius::write(domain, Some(&profile.scoring)),
            Self::Geniusweb => geniusweb::write_profile(domain, profile),
            Self::Negolog => negolog::write(domain, &profile.scoring),
            Self::Negmas => negmas::write_profile(domain, profile, negmas::Text::Yaml),
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Genius => "GENIUS XML",
            Self::Geniusweb => "GeniusWeb JSON",
            Self::Negolog => "NegoLog JSON",
            Self::Negmas => "a scenario folder of NegMAS",
        }
    }
}

/// The format that a text is in, by how it begins and what it is about.
pub fn detect(text: &str) -> Option<Format> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('<') {
        return Some(Format::Genius);
    }
    if negmas::is(text) {
        return Some(Format::Negmas);
    }
    if !start.starts_with('{') {
        return None;
    }
    if text.contains("\"issuesValues\"") || text.contains("\"LinearAdditiveUtilitySpace\"") {
        return Some(Format::Geniusweb);
    }
    (text.contains("\"issueWeights\"") || text.contains("\"NumberOfBids\"")).then_some(Format::Negolog)
}

/// Bytes as text, as [`decoded`], within bounds.
pub fn text(bytes: &[u8]) -> Result<String, FormatFault> {
    if bytes.len() > MOST_BYTES {
        return Err(FormatFault::TooLong);
    }
    Ok(decoded(bytes))
}

/// Bytes as text: UTF-8 or UTF-16; or Latin-1 where they are neither, as some of GENIUS's files are. A mark before the text is
/// left out.
pub fn decoded(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [first, 0, ..] if first.is_ascii() => wide(bytes, u16::from_le_bytes),
        [0, first, ..] if first.is_ascii() => wide(bytes, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().copied().map(char::from).collect(),
        },
    };
    text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
}

fn wide(bytes: &[u8], pair: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|two| pair([two[0], two[1]]));
    char::decode_utf16(units).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests;
