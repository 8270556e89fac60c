//! Which words to leave out of a message so that it no longer gives something away: the part of the sentence around the words
//! found, or the whole sentence where little would be left of it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Where a part of a sentence may end and another begin.
static JOINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[,;:)] +|\s+[–—-]\s+|\s+\(|\s+(?i:and|but|so|because|since|which|und|aber|denn|weil|et|mais|car|donc|y|pero|porque)\s+")
        .expect("the crate's own patterns are sound")
});
/// A rest of fewer words says nothing by itself.
const FEWEST_WORDS: usize = 4;

/// The words to leave out, for words found at a place in a sentence of a message.
pub(crate) fn out(message: &str, sentence: &Range<usize>, place: &Range<usize>) -> Range<usize> {
    let whole = sentence.start.min(place.start)..sentence.end.max(place.end);
    let Some(text) = message.get(whole.clone()) else { return place.clone() };
    let (mut start, mut end) = (whole.start, whole.end);
    for joint in JOINT.find_iter(text) {
        let joint = joint.start() + whole.start..joint.end() + whole.start;
        if joint.end <= place.start {
            start = joint.start;
        } else if joint.start >= place.end {
            end = joint.start;
            break;
        }
    }
    let words = |text: Option<&str>| text.unwrap_or_default().split_whitespace().count();
    let rest = words(message.get(whole.start..start)) + words(message.get(end..whole.end));
    if rest < FEWEST_WORDS { whole } else { start..end }
}

/// How many characters stand before places of a text, without going through all of it for each.
pub(crate) struct Chars<'a> {
    text: &'a str,
    /// Those before each step of so many bytes.
    before: Vec<usize>,
}

const STEP: usize = 512;

impl<'a> Chars<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut before = Vec::with_capacity(text.len() / STEP + 1);
        let mut seen = 0;
        for bytes in text.as_bytes().chunks(STEP) {
            before.push(seen);
            seen += bytes.iter().filter(|byte| is_start(**byte)).count();
        }
        before.push(seen);
        Self { text, before }
    }

    /// How many characters begin before this byte.
    pub fn before(&self, at: usize) -> usize {
        let (step, at) = (at / STEP, at.min(self.text.len()));
        let rest = self.text.as_bytes().get(step * STEP..at).unwrap_or_default();
        self.before.get(step).copied().unwrap_or(0) + rest.iter().filter(|byte| is_start(**byte)).count()
    }
}

/// Whether a byte of UTF-8 begins a character.
fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_of_a_sentence_is_left_out_or_all_of_it_where_little_remains() {
        for (text, found, left) in [
            (
                "We propose 1,330,000 for the whole scope, and we must close by Friday.",
                "must close by Friday",
                ", and we must close by Friday.",
            ),
            ("Frankly, we must close by Friday.", "must close", "Frankly, we must close by Friday."),
            (
                "This is our biggest account, so please send the drawings to Jo.",
                "our biggest account",
                "This is our biggest account",
            ),
        ] {
            let start = text.find(found).expect("there");
            let out = out(text, &(0..text.len()), &(start..start + found.len()));
            assert_eq!(&text[out], left, "{text}");
        }
    }

    #[test]
    fn characters_are_counted_as_they_would_be_one_by_one() {
        let text = "aé€😀".repeat(400);
        let chars = Chars::of(&text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(chars.before(at), count);
        }
        assert_eq!(chars.before(text.len()), 1600);
    }
}
