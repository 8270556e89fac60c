//! Numbers in words: "one hundred and fifty thousand", "half a million", "one point two million", "eleven fifty".

pub(crate) mod foreign;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

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

/// A number in words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    /// Where it stands.
    pub place: Range<usize>,
    /// What it is.
    pub value: f64,
    /// The last scale spelled out; 1 without.
    pub scale: f64,
    /// How many digits follow its "point": "one point zero six" has two.
    pub decimals: i32,
}

/// The numbers in words of a text.
pub(crate) fn runs(text: &str) -> Vec<Run> {
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
fn finish(run: &mut Vec<(Range<usize>, Word)>) -> Option<Run> {
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
    let place = words[0].0.start..words[words.len() - 1].0.end;
    Some(Run { place, value, scale, decimals: decimals(&kinds) })
}

/// How many digits follow the last "point".
fn decimals(words: &[Word]) -> i32 {
    let after = words.iter().rposition(|word| *word == Word::Point).map_or(&[][..], |at| &words[at + 1..]);
    let digits = after.iter().map_while(|word| match word {
        Word::Small(small) => Some(if *small < 10.0 { 1 } else { 2 }),
        _ => None,
    });
    digits.sum()
}

/// A share in words before what it is a share of or off: "a third of", "two thirds off".
pub(crate) fn shares(text: &str) -> Vec<(Range<usize>, f64)> {
    static SHARE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(?:(?P<many>a|an|one|two|three|four)[ -](?P<part>half|third|quarter|fifth|sixth|eighth|tenth)s?|(?P<half>half))(?: (?:of|off|less|more|below|under)\b)")
            .expect("the crate's own patterns are sound")
    });
    /// What is divided in time or is no share at all: "a quarter of an hour".
    const NO_WHOLE: [&str; 6] =
        [" of an hour", " of the year", " of a year", " of the day", " of next", " of a century"];
    let of = |found: regex::Captures<'_>| {
        let end = found.name("part").or_else(|| found.name("half"))?.end();
        let end = end + usize::from(text[end..].starts_with('s'));
        let many = match found.name("many").map(|many| many.as_str()) {
            Some("two") => 2.0,
            Some("three") => 3.0,
            Some("four") => 4.0,
            _ => 1.0,
        };
        let parts = match found.name("part").map_or("half", |part| part.as_str()) {
            "third" => 3.0,
            "quarter" => 4.0,
            "fifth" => 5.0,
            "sixth" => 6.0,
            "eighth" => 8.0,
            "tenth" => 10.0,
            _ => 2.0,
        };
        let is_share = many < parts && !NO_WHOLE.iter().any(|whole| text[end..].starts_with(whole));
        is_share.then_some((found.get(0)?.start()..end, 100.0 * many / parts))
    };
    SHARE.captures_iter(text).filter_map(of).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> (f64, i32) {
        let runs = runs(text);
        assert_eq!(runs.len(), 1, "{text}: {runs:?}");
        (runs[0].value, runs[0].decimals)
    }

    #[test]
    fn decimals_in_words_are_read_and_counted() {
        assert_eq!(run("one point zero six million"), (1_060_000.0, 2));
        assert_eq!(run("under one point one"), (1.1, 1));
        assert_eq!(run("two point fifteen million"), (2_150_000.0, 2));
        assert_eq!(run("sixty thousand"), (60_000.0, 0));
    }

    #[test]
    fn a_share_in_words_is_one_only_of_something() {
        let share = |text: &str| shares(text).first().map(|(_, share)| share.round());
        assert_eq!(share("a third of our order book"), Some(33.0));
        assert_eq!(share("two thirds off the price"), Some(67.0));
        assert_eq!(share("half of it"), Some(50.0));
        for text in ["a quarter of an hour", "the third of may", "a third party", "half a day", "three halves of"] {
            assert_eq!(share(text), None, "{text}");
        }
    }
}
