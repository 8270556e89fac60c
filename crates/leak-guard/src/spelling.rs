//! Words as the rules have them: contractions written out, misspellings mended.

use std::collections::BTreeMap;

/// How words are written out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spelling {
    /// What stands for a word.
    pub words: BTreeMap<String, String>,
    /// Words whose misspellings are mended: one letter wrong, missing, too many, or two swapped.
    pub known: Vec<String>,
}

impl Spelling {
    /// How a word is spelled out, where that differs.
    pub fn of(&self, word: &str) -> Option<&str> {
        if let Some(plain) = self.words.get(word) {
            return Some(plain);
        }
        let meant = |known: &&String| is_slip_of(word.as_bytes(), known.as_bytes());
        self.known.iter().find(meant).map(String::as_str)
    }
}

/// Whether a word is another with one slip in its middle. The ends must agree, for "managed" is not "manager".
fn is_slip_of(word: &[u8], known: &[u8]) -> bool {
    let (length, other) = (word.len(), known.len());
    if length < 5 || length.abs_diff(other) > 1 || word[0] != known[0] || word[length - 1] != known[other - 1] {
        return false;
    }
    let start = word.iter().zip(known).take_while(|(one, two)| one == two).count();
    let end = word.iter().rev().zip(known.iter().rev()).take_while(|(one, two)| one == two).count();
    let (left, left_known) = (length.saturating_sub(start + end), other.saturating_sub(start + end));
    let is_swap = left == 2 && left_known == 2 && word[start] == known[start + 1] && word[start + 1] == known[start];
    word != known && (is_swap || (left <= 1 && left_known <= 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_mended_and_other_words_are_left() {
        for slip in ["deadlne", "deadlinne", "daedline", "deadlime"] {
            assert!(is_slip_of(slip.as_bytes(), b"deadline"), "{slip}");
        }
        for other in ["deadline", "headline", "deadlines", "dead", "d"] {
            assert!(!is_slip_of(other.as_bytes(), b"deadline"), "{other}");
        }
        assert!(!is_slip_of(b"managed", b"manager"));
    }
}
