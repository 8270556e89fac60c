//! A message made plain for reading by rules: small ASCII letters, one sentence a line, contractions and common
//! misspellings written out; and for every byte of that, where in the message it comes from.

use std::ops::Range;

use crate::letter::{self, Letter, bytes};
use crate::spelling::Spelling;

/// The plain text, and where each of its bytes stood.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folded {
    /// ASCII; sentences end in a line feed.
    pub text: String,
    /// For each byte of the text, the bytes of the message that it stands for.
    places: Vec<Range<usize>>,
    /// Sentences that only quote an earlier message, with `>` before them; in order and apart.
    pub quoted: Vec<Range<usize>>,
    /// Where the sentence begins that is being written.
    begun: usize,
}

/// A sentence is cut once it is this long, at the next space; or anywhere once it is twice as long. Nobody writes one, and
/// what is done for each finding looks through its sentence.
pub(crate) const LONGEST_SENTENCE: usize = 1_200;
/// So many bytes are read by a pattern in one go.
const BLOCK: usize = 4_096;
/// A line this long was broken by width, not by its author.
const WRAPPED_LINE_LETTERS: usize = 45;
const SHORT_FORMS: [&str; 54] = [
    "e.g", "i.e", "mr", "mrs", "ms", "dr", "st", "no", "nr", "approx", "vs", "incl", "excl", "inc", "ltd", "co",
    "corp", "etc", "ca", "p.a", "est", "max", "min", "mio", "mrd", "tsd", "mill", "bzw", "inkl", "zzgl", "sr", "sra",
    "hr", "fr", "av", "art", "jan", "feb", "apr", "aug", "sept", "oct", "okt", "nov", "dec", "dez", "dic", "janv",
    "juil", "ene", "ref", "inv", "pos", "abs",
];
/// What comes after a day of the month in German, whose point ends no sentence: "2. Dezember".
const AFTER_A_DAY: [&str; 14] = [
    "januar", "februar", "marz", "april", "mai", "juni", "juli", "august", "sept", "oktober", "nov", "dez", "quartal",
    "halbjahr",
];

impl Folded {
    /// A message folded; `bosses` are names that stand for "our boss".
    pub fn of(message: &str, spelling: &Spelling, bosses: &[String]) -> Self {
        let letters = renamed(message, letter::letters(message), bosses);
        sentences(&respelled(&letters, spelling))
    }

    /// The bytes of the message that a range of the text stands for.
    pub fn place(&self, range: &Range<usize>) -> Range<usize> {
        let places = &self.places[range.clone()];
        let from = places.iter().map(|place| place.start).min().unwrap_or(0);
        from..places.iter().map(|place| place.end).max().unwrap_or(from)
    }

    /// The sentence around a place.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        start..self.text[at..].find('\n').map_or(self.text.len(), |end| at + end)
    }

    /// The sentences, in order.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let lines = self.text.split_inclusive('\n');
        lines
            .map(|line| {
                let sentence = start..start + line.trim_end_matches('\n').len();
                start += line.len();
                sentence
            })
            .collect()
    }

    /// The text in pieces of whole sentences, none much longer than [`BLOCK`]. A pattern is tried on one after the other: how far
    /// it may look ahead for nothing is bounded by that, whatever it is.
    pub fn blocks(&self) -> Vec<Range<usize>> {
        let mut blocks: Vec<Range<usize>> = Vec::with_capacity(self.text.len() / BLOCK + 1);
        for sentence in self.sentences() {
            let end = (sentence.end + 1).min(self.text.len());
            match blocks.last_mut() {
                Some(last) if end - last.start <= BLOCK => last.end = end,
                _ => blocks.push(sentence.start..end),
            }
        }
        blocks
    }

    /// Whether a place only quotes an earlier message.
    pub fn is_quoted(&self, at: usize) -> bool {
        let next = self.quoted.partition_point(|quoted| quoted.end <= at);
        self.quoted.get(next).is_some_and(|quoted| quoted.contains(&at))
    }

    /// The same text with each of these ranges, in order and apart, replaced by a sign.
    pub fn masked<'a>(&self, signs: impl Iterator<Item = (Range<usize>, &'a str)>) -> Self {
        let mut masked = Self::default();
        let mut at = 0;
        // Where the masked text's bytes stood in this one, to carry the quoted ranges over.
        let mut origins = Vec::with_capacity(self.text.len());
        for (range, sign) in signs {
            masked.copy(self, at..range.start);
            origins.extend(at..range.start);
            masked.text.push_str(sign);
            masked.places.extend(sign.bytes().map(|_| self.place(&range)));
            origins.extend(sign.bytes().map(|_| range.start));
            at = range.end;
        }
        masked.copy(self, at..self.text.len());
        origins.extend(at..self.text.len());
        let carried = |quoted: &Range<usize>| {
            origins.partition_point(|&origin| origin < quoted.start)
                ..origins.partition_point(|&origin| origin < quoted.end)
        };
        masked.quoted = self.quoted.iter().map(carried).collect();
        masked
    }

    fn copy(&mut self, from: &Self, range: Range<usize>) {
        self.text.push_str(&from.text[range.clone()]);
        self.places.extend_from_slice(&from.places[range]);
    }

    fn push(&mut self, letter: &Letter) {
        self.text.push(char::from(letter.byte));
        self.places.push(letter.place.clone());
    }

    fn end_sentence(&mut self, at: usize) {
        if self.text.ends_with(' ') {
            self.text.pop();
            self.places.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.push(&Letter { byte: b'\n', place: at..at });
        }
        self.begun = self.text.len();
    }
}

/// The letters with each name of a boss made "our boss". A first name before another name is part of someone
/// else's: "Bea Lindqvist" is not Bea.
fn renamed(message: &str, letters: Vec<Letter>, bosses: &[String]) -> Vec<Letter> {
    let mut names: Vec<Vec<u8>> = bosses.iter().map(|name| bytes(&letter::letters(name.trim()))).collect();
    names.retain(|name| !name.is_empty());
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    if names.is_empty() {
        return letters;
    }
    let text = bytes(&letters);
    let mut renamed = Vec::with_capacity(letters.len());
    let mut at = 0;
    while at < text.len() {
        let starts = at == 0 || !text[at - 1].is_ascii_alphanumeric();
        let is_here = |name: &&Vec<u8>| {
            starts && text[at..].starts_with(name) && !text.get(at + name.len()).is_some_and(u8::is_ascii_alphanumeric)
        };
        let of_nobody_else = |name: &&Vec<u8>| {
            let place = letters[at].place.start..letters[at + name.len() - 1].place.end;
            name.contains(&b' ') || !is_within_a_name(message, &place)
        };
        match names.iter().find(is_here).filter(of_nobody_else) {
            Some(name) => {
                let place = letters[at].place.start..letters[at + name.len() - 1].place.end;
                renamed.extend(b"our boss".iter().map(|&byte| Letter { byte, place: place.clone() }));
                at += name.len();
            }
            None => {
                renamed.push(letters[at].clone());
                at += 1;
            }
        }
    }
    renamed
}

/// Whether another name follows a place, as in "Bea Lindqvist".
fn is_within_a_name(message: &str, place: &Range<usize>) -> bool {
    /// Capitalized words that follow a name without being one.
    const NO_NAMES: [&str; 12] =
        ["I", "I'm", "I’m", "I'd", "I’d", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "And", "Will"];
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
            && !NO_NAMES.contains(&word)
    };
    let after = message.get(place.end..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
    let word = after.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '(' | ')')).next();
    is_name(word.unwrap_or_default())
}

/// The letters with each word spelled as the rules have it.
fn respelled(letters: &[Letter], spelling: &Spelling) -> Vec<Letter> {
    let mut respelled = Vec::with_capacity(letters.len() + letters.len() / 8);
    let is_word = |letter: &Letter| letter.byte.is_ascii_lowercase() || letter.byte == b'\'';
    let mut at = 0;
    while at < letters.len() {
        let length = letters[at..].iter().take_while(|letter| is_word(letter)).count();
        if length == 0 {
            respelled.push(letters[at].clone());
            at += 1;
            continue;
        }
        let word = &letters[at..at + length];
        let spelled = String::from_utf8(bytes(word)).unwrap_or_default();
        match spelling.of(&spelled) {
            Some(plain) => {
                let place = word[0].place.start..word[length - 1].place.end;
                respelled.extend(plain.bytes().map(|byte| Letter { byte, place: place.clone() }));
            }
            None => respelled.extend_from_slice(word),
        }
        at += length;
    }
    respelled
}

/// The letters as sentences, a line each, with single spaces.
fn sentences(letters: &[Letter]) -> Folded {
    let mut folded = Folded::default();
    let mut line_before = 0;
    for line in letters.split_inclusive(|letter| letter.byte == b'\n') {
        let start = line[0].place.start;
        let trimmed = bytes(line).trim_ascii().to_vec();
        let starts_anew = trimmed.first().is_none_or(|first| !first.is_ascii_alphanumeric() && *first != b'$')
            || trimmed.iter().take(3).any(|&byte| byte == b')');
        if line_before < WRAPPED_LINE_LETTERS || starts_anew {
            folded.end_sentence(start);
        }
        let from = folded.text.len();
        push_line(&mut folded, line);
        if trimmed.starts_with(b">") {
            folded.end_sentence(start);
            folded.quoted.push(from..folded.text.len());
            line_before = 0;
        } else {
            line_before = trimmed.len();
        }
    }
    folded.end_sentence(letters.last().map_or(0, |letter| letter.place.end));
    folded
}

fn push_line(folded: &mut Folded, line: &[Letter]) {
    for (index, letter) in line.iter().enumerate() {
        let length = folded.text.len() - folded.begun;
        if !letter.byte.is_ascii_whitespace() {
            if length >= 2 * LONGEST_SENTENCE {
                folded.end_sentence(letter.place.start);
            }
            folded.push(letter);
        } else if length >= LONGEST_SENTENCE || ends_sentence(&folded.text, &line[index + 1..]) {
            folded.end_sentence(letter.place.start);
        } else if !folded.text.is_empty() && !folded.text.ends_with([' ', '\n']) {
            folded.push(&Letter { byte: b' ', place: letter.place.clone() });
        }
    }
}

/// Whether a sentence ends here, where a space comes next.
fn ends_sentence(text: &str, next: &[Letter]) -> bool {
    let bare = text.trim_end_matches(['"', '\'', ')']);
    if bare.ends_with(['!', '?', ';']) {
        return true;
    }
    let Some(words) = bare.strip_suffix('.') else { return false };
    let last = words.rsplit([' ', '\n', '(']).next().unwrap_or("");
    let is_short = last.len() == 1 && last.bytes().all(|byte| byte.is_ascii_lowercase());
    let goes_on = last.ends_with("..") || next.first().is_some_and(|next| next.byte == b',');
    let is_day = last.len() <= 2 && last.bytes().all(|byte| byte.is_ascii_digit());
    let starts = |word: &str| next.iter().map(|letter| letter.byte).take(word.len()).eq(word.bytes());
    if is_day && AFTER_A_DAY.iter().any(|word| starts(word)) {
        return false;
    }
    !is_short && !goes_on && !SHORT_FORMS.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(message: &str) -> Folded {
        Folded::of(message, &Spelling::default(), &["Marta Keller".to_owned()])
    }

    #[test]
    fn sentences_stand_on_lines_of_their_own() {
        let folded = folded("Hi Tom,\nWe’re  glad. It is e.g. fine!\n\n> old words\nBye");
        assert_eq!(folded.text, "hi tom,\nwe're glad.\nit is e.g. fine!\n> old words\nbye\n");
        assert_eq!(folded.quoted.len(), 1);
        assert!(folded.is_quoted(folded.text.find("old").expect("kept")));
    }

    #[test]
    fn lines_broken_by_width_are_joined() {
        let folded = folded("this line was broken by the width of some old mail\nprogram. so.");
        assert_eq!(folded.text, "this line was broken by the width of some old mail program.\nso.\n");
    }

    #[test]
    fn a_first_name_within_another_name_is_no_boss() {
        let bosses = ["Bea".to_owned(), "Marta Keller".to_owned()];
        let text = |message: &str| Folded::of(message, &Spelling::default(), &bosses).text;
        assert_eq!(text("Jan Blanc, Bea Lindqvist (safety)"), "jan blanc, bea lindqvist (safety)\n");
        assert_eq!(text("Bea thinks so"), "our boss thinks so\n");
        assert_eq!(text("BEA THINKS SO"), "our boss thinks so\n");
        assert_eq!(text("I saw Bea. Tom too."), "i saw our boss.\ntom too.\n");
        assert_eq!(text("Marta Keller Monday"), "our boss monday\n");
    }

    #[test]
    fn places_lead_back_to_the_message() {
        let message = "Ask — *Marta  Keller* or MARTA KELLER’s aide";
        let folded = folded(message);
        assert_eq!(folded.text, "ask - marta keller or our boss's aide\n");
        let at = folded.text.find("our boss").expect("renamed");
        assert_eq!(&message[folded.place(&(at..at + 3))], "MARTA KELLER");
        let masked = folded.masked([(0..3, "#")].into_iter());
        assert_eq!(&message[masked.place(&(0..1))], "Ask");
        assert!(masked.text.starts_with("# - marta"));
    }
}
