//! Text out of bytes, whichever of the common ways they were written in: by programs of today in UTF-8, by spreadsheets under
//! Windows in UTF-16 or Windows-1252.

use std::borrow::Cow;

/// Bytes that are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotText {
    /// The line on which they stop being text, from 1.
    pub line: usize,
}

/// What Windows-1252 has where Latin-1 has control characters, from 0x80; five of them mean nothing.
const WINDOWS: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// The text that bytes stand for, without a mark of their order. UTF-16 is told by that mark or by its many zeros; what is no
/// UTF-8 is taken for Windows-1252, where that gives every byte a meaning.
pub fn text_of(bytes: &[u8]) -> Result<Cow<'_, str>, NotText> {
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return utf16(rest, u16::from_be_bytes);
    }
    match order(bytes) {
        Some(true) => return utf16(bytes, u16::from_le_bytes),
        Some(false) => return utf16(bytes, u16::from_be_bytes),
        None => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text))),
        Err(error) => windows(bytes).map(Cow::Owned).ok_or(NotText { line: line(bytes, error.valid_up_to()) }),
    }
}

/// Whether it is UTF-16 without a mark, with the low byte first: every other byte of most texts is 0 then.
fn order(bytes: &[u8]) -> Option<bool> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), bytes.len() / 2);
    if 5 * odd > 3 * pairs && even == 0 {
        Some(true)
    } else if 5 * even > 3 * pairs && odd == 0 {
        Some(false)
    } else {
        None
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, NotText> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    let is_whole = bytes.len().is_multiple_of(2);
    text.ok().filter(|_| is_whole).map(Cow::Owned).ok_or(NotText { line: 1 })
}

fn windows(bytes: &[u8]) -> Option<String> {
    let letter = |byte: &u8| match byte {
        0x80..=0x9f => WINDOWS.get(usize::from(byte - 0x80)).copied().flatten(),
        byte => Some(char::from(*byte)),
    };
    bytes.iter().map(letter).collect()
}

fn line(bytes: &[u8], at: usize) -> usize {
    1 + bytes.iter().take(at).filter(|byte| **byte == b'\n').count()
}

/// Whether a text holds a character that is none that people write: every control character but tabs and ends of lines.
pub fn has_control(text: &str) -> bool {
    text.chars().any(|letter| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_however_it_is_written() {
        let text = "by;Preis\nus;1.200 € – Müller";
        let windows = b"by;Preis\nus;1.200 \x80 \x96 M\xfcller".to_vec();
        let units = |mark: &[u16]| mark.iter().copied().chain(text.encode_utf16()).collect::<Vec<u16>>();
        let little = |mark: &[u16]| units(mark).into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let big = |mark: &[u16]| units(mark).into_iter().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        let marked = format!("\u{feff}{text}").into_bytes();
        let mark = [0xfeff];
        for bytes in [text.as_bytes().to_vec(), marked, windows, little(&mark), big(&mark), little(&[]), big(&[])] {
            assert_eq!(text_of(&bytes).as_deref(), Ok(text), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused_by_its_line() {
        assert_eq!(text_of(b"a\nb\x81\xff"), Err(NotText { line: 2 }));
        assert_eq!(text_of(&[0xff, 0xfe, 0x00]), Err(NotText { line: 1 }));
        assert_eq!(text_of(&[0xff, 0xfe, 0x00, 0xd8]), Err(NotText { line: 1 }), "half a pair");
        assert_eq!(text_of(b"").as_deref(), Ok(""));
    }

    #[test]
    fn control_characters_are_told_from_tabs_and_lines() {
        assert!(!has_control("a\tb\r\nc") && !has_control("é"));
        assert!(["\0", "a\u{1b}[0m", "\u{7f}", "\u{85}"].into_iter().all(has_control));
    }
}
