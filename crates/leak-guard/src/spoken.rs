//! Numbers in words: "one hundred and fifty thousand", "half a million", "one point two million", "eleven fifty".

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Word {
    /// One to ninety.
    Small(f64),
    Hundred,
    Scale(f64),
    Point,
    /// A half or a quarter.
    Part(f64),
    /// "and", "a", "of": only between other words.
    Filler,
}

fn word(text: &str) -> Option<Word> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if !(1..=9).contains(&text.len()) {
        return None;
    }
    if let Some(at) = SMALL.iter().position(|&small| small == text) {
        return Some(Word::Small(at as f64));
    }
    if let Some(at) = TENS.iter().position(|&tens| tens == text) {
        return Some(Word::Small(20.0 + 10.0 * at as f64));
    }
    Some(match text {
        "hundred" => Word::Hundred,
        "thousand" | "grand" => Word::Scale(1e3),
        "million" | "mil" | "mio" => Word::Scale(1e6),
        "billion" => Word::Scale(1e9),
        "point" => Word::Point,
        "half" => Word::Part(0.5),
        "quarter" => Word::Part(0.25),
        "quarters" => Word::Part(0.25),
        "and" | "a" | "of" => Word::Filler,
        _ => return None,
    })
}

/// Numbers in words: where they stand, what they are, and the last scale spelled out (1 without).
pub(crate) fn runs(text: &str) -> Vec<(Range<usize>, f64, f64)> {
    let mut runs = Vec::new();
    let mut run: Vec<(Range<usize>, Word)> = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let letters = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let place = at..at + letters.len();
        at += piece.len();
        if let Some(word) = word(letters) {
            run.push((place, word));
        } else {
            runs.extend(finish(&mut run));
        }
        if !piece.ends_with([' ', '-']) {
            runs.extend(finish(&mut run));
        }
    }
    runs.extend(finish(&mut run));
    runs
}

/// The number of a run, without the fillers around it.
fn finish(run: &mut Vec<(Range<usize>, Word)>) -> Option<(Range<usize>, f64, f64)> {
    let words = std::mem::take(run);
    let is_filler = |(_, word): &(Range<usize>, Word)| *word == Word::Filler || *word == Word::Point;
    let first = words.iter().position(|one| !is_filler(one))?;
    let last = words.iter().rposition(|one| !is_filler(one))?;
    let words = &words[first..=last];
    let kinds: Vec<Word> = words.iter().map(|(_, word)| *word).collect();
    let counts = kinds.iter().any(|word| matches!(word, Word::Small(_)));
    let scales = kinds.iter().any(|word| matches!(word, Word::Scale(_) | Word::Hundred));
    // "Quarter" and "half" alone are words like others, and so is "a thousand thanks".
    let is_number = counts || matches!(kinds[..], [Word::Scale(_)]) || (scales && kinds.len() > 1);
    if !is_number {
        return None;
    }
    let (value, scale) = value(&kinds);
    Some((words[0].0.start..words[words.len() - 1].0.end, value, scale))
}

fn value(words: &[Word]) -> (f64, f64) {
    let (mut total, mut current, mut scale) = (0.0, 0.0, 1.0);
    let mut has_current = false;
    // After "point": the size of the next digit.
    let mut digit: Option<f64> = None;
    for &word in words {
        match word {
            Word::Small(small) => {
                if let Some(size) = digit {
                    let (size, next) = if small < 10.0 { (size, size / 10.0) } else { (size / 10.0, size / 100.0) };
                    current += small * size;
                    digit = Some(next);
                } else if has_current && !fits(current, small) {
                    current = current * if small < 10.0 { 10.0 } else { 100.0 } + small;
                } else {
                    current += small;
                }
                has_current = true;
            }
            Word::Hundred => {
                current = if has_current { current * 100.0 } else { 100.0 };
                has_current = true;
            }
            Word::Scale(by) => {
                total += if has_current { current } else { 1.0 } * by;
                (current, has_current, digit, scale) = (0.0, false, None, by);
            }
            Word::Point => digit = Some(0.1),
            Word::Part(part) if !has_current && total > 0.0 => total += part * scale,
            Word::Part(part) if part < 0.5 && has_current && current == 3.0 => current *= part,
            Word::Part(part) => {
                current += part;
                has_current = true;
            }
            Word::Filler => {}
        }
    }
    (total + current, scale)
}

/// Whether a small number continues one: "twenty" and "five", "hundred" and "fifty".
fn fits(current: f64, small: f64) -> bool {
    if small < 10.0 {
        current % 10.0 == 0.0 && current % 100.0 != 10.0
    } else {
        current % 100.0 == 0.0 && current > 0.0
    }
}
