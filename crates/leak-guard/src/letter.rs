//! The letters of a message made plain: small ASCII, without accents, digits of any script as 0 to 9; marks that only
//! decorate or hide are left out.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// One plain letter and the bytes of the message that it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub byte: u8,
    pub place: Range<usize>,
}

/// What stands for a letter of a script that isn't read.
pub(crate) const UNREAD: u8 = b'~';

/// The noughts of the scripts that write numbers in tens with digits of their own; each is followed by its one to nine.
const NOUGHTS: [char; 21] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{17e0}', '\u{1810}', '\u{1946}', '\u{19d0}',
    '\u{1b50}',
];

/// The letters of a message, plain.
pub(crate) fn letters(message: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(message.len());
    for (at, c) in message.char_indices() {
        let place = at..at + c.len_utf8();
        plain(c, &mut |byte| letters.push(Letter { byte, place: place.clone() }));
    }
    letters
}

/// The letters alone, as those of a name.
pub(crate) fn bytes(letters: &[Letter]) -> Vec<u8> {
    letters.iter().map(|letter| letter.byte).collect()
}

fn plain(c: char, push: &mut impl FnMut(u8)) {
    let mut all = |text: &str| text.bytes().for_each(&mut *push);
    match c {
        '\r' | '*' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' => {}
        '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => {}
        '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => all("\n"),
        c if c.is_ascii_control() => all(" "),
        c if c.is_ascii() => push(c.to_ascii_lowercase() as u8),
        c if c.is_whitespace() => all(" "),
        '’' | '‘' | '´' | 'ʼ' | '′' => all("'"),
        '“' | '”' | '„' | '«' | '»' | '‹' | '›' => all("\""),
        '–' | '—' | '−' | '‐' | '‑' | '‒' | '•' | '·' | '●' | '▪' => all("-"),
        '£' | '€' | '¥' | '₹' | '₽' | '₩' | '¢' | '₺' | '₪' => all("$"),
        '½' => push(UNREAD),
        '¿' | '¡' => all(" "),
        '٬' => all(","),
        '٫' => all("."),
        'ß' | 'ẞ' => all("ss"),
        'æ' | 'Æ' => all("ae"),
        'œ' | 'Œ' => all("oe"),
        'ø' | 'Ø' => all("o"),
        'ł' | 'Ł' => all("l"),
        'đ' | 'Đ' => all("d"),
        'ı' => all("i"),
        c => decomposed(c, push),
    }
}

/// A letter by its parts: without its accents, and a digit or letter for what is only another shape of it.
fn decomposed(c: char, push: &mut impl FnMut(u8)) {
    decompose_compatible(c, |part| match part {
        part if part.is_ascii() => push(part.to_ascii_lowercase() as u8),
        part if is_combining_mark(part) => {}
        '\u{2044}' => push(b'/'),
        part => push(digit(part).unwrap_or(UNREAD)),
    });
}

fn digit(c: char) -> Option<u8> {
    let of = |nought: &char| u32::from(c).checked_sub(u32::from(*nought)).filter(|value| *value < 10);
    NOUGHTS.iter().find_map(of).and_then(|value| u8::try_from(value).ok()).map(|value| b'0' + value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(message: &str) -> String {
        String::from_utf8(bytes(&letters(message))).expect("ASCII")
    }

    #[test]
    fn digits_of_any_script_and_shape_are_digits() {
        for text in ["412000", "４１２０００", "٤١٢٠٠٠", "۴۱۲۰۰۰", "४१२०००", "๔๑๒๐๐๐", "𝟒𝟏𝟐𝟎𝟎𝟎", "④①②⓪⓪⓪", "⁴¹²⁰⁰⁰"]
        {
            assert_eq!(plain(text), "412000", "{text}");
        }
    }

    #[test]
    fn accents_and_hidden_marks_are_left_out() {
        assert_eq!(plain("Größe, œuvre, Señor"), "grosse, oeuvre, senor");
        assert_eq!(plain("e\u{301}te\u{301} 4\u{200b}12\u{ad}000"), "ete 412000");
        assert_eq!(plain("ﬁnal № ½"), "final no ~");
    }
}
