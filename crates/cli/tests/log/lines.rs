//! The lines of a log, and what must not be in them.

use serde_json::Value;

use crate::desk::Form;

/// What may stand between the digits of an amount, as people, programs and formatters write it.
const BETWEEN: [&str; 9] = ["", ",", ".", " ", "'", "_", "\u{a0}", "\u{202f}", "\u{2019}"];

/// An answer that was a fault of ours, and what its request is called.
#[derive(Debug)]
pub struct Failure {
    pub status: u16,
    pub request: String,
}

/// All lines of a log.
pub struct Lines {
    form: Form,
    all: Vec<String>,
}

impl Lines {
    /// Those that a desk said, but for what it says to people.
    pub fn read(form: Form, said: &str) -> Self {
        let for_people = |line: &&str| line.starts_with("Upstairs answers on ");
        let all: Vec<String> = said.lines().filter(|line| !for_people(line)).map(str::to_owned).collect();
        assert!(all.len() > 100, "so few lines are no log of a story: {}", all.len());
        Self { form, all }
    }

    pub fn any(&self, found: impl Fn(&str) -> bool) -> bool {
        self.all.iter().any(|line| found(line))
    }

    /// Lines that tell of failures.
    pub fn errors(&self) -> impl Iterator<Item = &str> {
        let mark = if self.form == Form::Json { "\"level\":\"error\"" } else { " ERROR " };
        self.all.iter().map(String::as_str).filter(move |line| line.contains(mark))
    }

    /// Every line is one object with a moment, a level and the part that says it.
    pub fn are_objects(&self) {
        for line in &self.all {
            let read: Value = serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}"));
            for key in ["at", "level", "part", "message"] {
                assert!(read[key].is_string(), "{key}: {line}");
            }
        }
    }

    /// None of them holds a secret, an amount however it is written, or a word of ours however it is escaped.
    pub fn hold_none_of(&self, secrets: &[String], amounts: &[u64], words: &[&str]) {
        for line in &self.all {
            let plain = line.to_lowercase();
            for secret in secrets {
                assert!(secret.len() > 3 && !plain.contains(&secret.to_lowercase()), "{secret:?} in {line}");
            }
            for word in words {
                assert!(!plain.contains(&word.to_lowercase()), "{word:?} in {line}");
            }
            for spelling in amounts.iter().flat_map(|amount| spellings(*amount)) {
                assert!(!plain.contains(&spelling), "{spelling:?} in {line}");
            }
        }
    }
}

/// How an amount may be written.
fn spellings(amount: u64) -> Vec<String> {
    let digits = amount.to_string();
    assert!(digits.len() >= 7, "shorter ones turn up in moments and numbers of lines: {amount}");
    let mut spellings: Vec<String> = BETWEEN.iter().map(|between| grouped(&digits, between)).collect();
    // As a float with an exponent, in thousands, in millions, and in cents.
    spellings.push(format!("{}.{}e", &digits[..1], digits[1..].trim_end_matches('0')));
    spellings.push(format!("{}.{}", &digits[..digits.len() - 3], &digits[digits.len() - 3..]));
    spellings.push(format!("{}.{}", &digits[..digits.len() - 6], &digits[digits.len() - 6..]));
    spellings
}

fn grouped(digits: &str, between: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text += between;
        }
        text.push(digit);
    }
    text
}

#[test]
fn an_amount_is_found_however_it_is_written() {
    let found = spellings(1_057_001);
    for written in ["1057001", "1,057,001", "1.057.001", "1'057'001", "1_057_001", "1.057001e", "1057.001", "1.057001"]
    {
        assert!(found.iter().any(|spelling| spelling == written), "{written}");
    }
}
