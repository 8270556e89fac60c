//! Tables of a case file, read key by key; whatever is wrong is noted, and reading goes on.

use std::cell::RefCell;
use std::collections::BTreeMap;

use engine::case::Fault;
use jiff::civil::Date;
use terms::{Amount, Currency, Misread, Quantity};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::choices::hint;
use crate::problem::{Problem, quoted};
use crate::source::position;

/// Collects problems, and remembers where every key stands.
pub(crate) struct Reader<'a> {
    text: &'a str,
    problems: RefCell<Vec<Problem>>,
    places: RefCell<BTreeMap<String, usize>>,
}

/// Where every key stands, as byte offsets.
pub(crate) struct Places(BTreeMap<String, usize>);

impl Places {
    /// A fault of the case as a problem of the file: at its key, or at the nearest table that holds it.
    pub fn problem(&self, text: &str, fault: Fault) -> Problem {
        let mut path = fault.path.as_str();
        let offset = loop {
            if let Some(&offset) = self.0.get(path) {
                break offset;
            }
            match path.rfind(['.', '[']) {
                Some(cut) => path = &path[..cut],
                None => break 0,
            }
        };
        let (line, column) = position(text, offset);
        Problem { line, column, key: fault.path, problem: fault.problem, mend: fault.mend }
    }
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, problems: RefCell::default(), places: RefCell::default() }
    }

    pub fn places(&self) -> Places {
        Places(self.places.borrow().clone())
    }

    pub fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    /// The whole file as a table.
    pub fn root<'r>(&'r self, table: &'r DeTable<'r>) -> Section<'r> {
        Section { reader: self, table: Some(table), path: String::new(), offset: 0 }
    }

    pub fn complain(&self, offset: usize, key: &str, problem: impl Into<String>, mend: impl Into<String>) {
        let (line, column) = position(self.text, offset);
        let (problem, mend) = (problem.into(), mend.into());
        self.problems.borrow_mut().push(Problem { line, column, key: key.to_owned(), problem, mend });
    }
}

/// One table.
pub(crate) struct Section<'r> {
    reader: &'r Reader<'r>,
    table: Option<&'r DeTable<'r>>,
    path: String,
    /// Where its header stands.
    pub offset: usize,
}

/// One value with its place.
#[derive(Clone, Copy)]
struct Entry<'r> {
    value: &'r DeValue<'r>,
    offset: usize,
}

impl<'r> Section<'r> {
    /// Complains of every key that is not among `known`.
    pub fn only(&self, known: &[&str]) {
        for (key, _) in self.table.into_iter().flatten() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let path = self.path_of(&quoted(name).replace('\'', ""));
                self.reader.complain(key.span().start, &path, "is not a key of a case", hint(name, known));
            }
        }
    }

    /// The keys, in the order of the file.
    pub fn keys(&self) -> Vec<(String, usize)> {
        let keys = self.table.into_iter().flatten();
        keys.map(|(key, _)| (key.get_ref().to_string(), key.span().start)).collect()
    }

    pub fn complain(&self, key: &str, problem: impl Into<String>, mend: impl Into<String>) {
        let offset = self.find(key).map_or(self.offset, |entry| entry.offset);
        self.reader.complain(offset, &self.path_of(key), problem, mend);
    }

    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn find(&self, key: &str) -> Option<Entry<'r>> {
        let (name, value) = self.table?.get_key_value(key)?;
        let offset = name.span().start;
        self.reader.places.borrow_mut().insert(self.path_of(key), offset);
        Some(Entry { value: value.get_ref(), offset })
    }

    /// `value` if it is there, else a complaint that `key` is missing.
    pub fn required<T>(&self, key: &str, value: Option<T>, what: &str) -> Option<T> {
        if value.is_none() && !self.has(key) {
            self.complain(key, "is missing", format!("Give {what}."));
        }
        value
    }

    fn wrong_type(&self, key: &str, found: &DeValue<'_>, expected: &str) {
        self.complain(key, format!("is {}", with_article(found.type_str())), format!("Expected {expected}."));
    }

    /// A table under this one; an empty one where it is missing.
    pub fn section(&self, key: &str) -> Section<'r> {
        let path = self.path_of(key);
        let Some(entry) = self.find(key) else {
            return Section { reader: self.reader, table: None, path, offset: self.offset };
        };
        let table = entry.value.as_table();
        if table.is_none() {
            self.wrong_type(key, entry.value, &format!("a table: [{key}]"));
        }
        Section { reader: self.reader, table, path, offset: entry.offset }
    }

    /// A list of tables under this one.
    pub fn sections(&self, key: &str) -> Vec<Section<'r>> {
        let Some(entry) = self.find(key) else { return Vec::new() };
        let Some(list) = entry.value.as_array() else {
            self.wrong_type(key, entry.value, &format!("a list of tables, each headed [[{key}]]"));
            return Vec::new();
        };
        let section = |(index, item): (usize, &'r Spanned<DeValue<'r>>)| {
            let path = format!("{key}[{index}]");
            let offset = item.span().start;
            self.reader.places.borrow_mut().insert(path.clone(), offset);
            let table = item.get_ref().as_table();
            if table.is_none() {
                let mend = format!("Expected a table headed [[{key}]].");
                self.reader.complain(offset, &path, format!("is {}", with_article(item.get_ref().type_str())), mend);
            }
            Section { reader: self.reader, table, path, offset }
        };
        list.iter().enumerate().map(section).collect()
    }

    /// Text.
    pub fn text(&self, key: &str) -> Option<String> {
        let entry = self.find(key)?;
        let text = entry.value.as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(key, entry.value, "text in \"quotes\"");
        }
        text
    }

    /// One of a few words.
    pub fn word<T: Copy>(&self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = choices.iter().find(|(word, _)| *word == text).map(|&(_, choice)| choice);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|&(word, _)| word).collect();
            self.complain(key, format!("is {}, which is not a choice here", quoted(&text)), hint(&text, &words));
        }
        found
    }

    /// True or false.
    pub fn flag(&self, key: &str) -> Option<bool> {
        let entry = self.find(key)?;
        let flag = entry.value.as_bool();
        if flag.is_none() {
            self.wrong_type(key, entry.value, "true or false");
        }
        flag
    }

    /// One number.
    pub fn number(&self, key: &str) -> Option<f64> {
        let entry = self.find(key)?;
        let number = number(entry.value);
        match number {
            None => self.wrong_type(key, entry.value, "a number"),
            Some(number) if !number.is_finite() => {
                self.complain(key, "is not a finite number", "Give a plain number.");
                return None;
            }
            Some(_) => {}
        }
        number
    }

    /// One amount: a number, or text as people write it. A bare `470.000` is asked about: it might be meant as either.
    pub fn amount(&self, key: &str, currency: Option<Currency>) -> Option<f64> {
        let entry = self.find(key)?;
        let read = match entry.value {
            DeValue::String(text) => Amount::read(text, currency),
            DeValue::Float(float) if !float.as_str().contains(['e', 'E']) => match Amount::read(float.as_str(), None) {
                Err(either @ Misread::Either(..)) => Err(either),
                _ => return self.number(key),
            },
            DeValue::Integer(_) | DeValue::Float(_) => return self.number(key),
            other => {
                self.wrong_type(key, other, "a number, or text such as \"1.2m\"");
                return None;
            }
        };
        read.map_err(|misread| self.complain(key, misread.problem(), misread.mend())).ok().map(Amount::to_f64)
    }

    /// An amount or a range of three.
    pub fn amounts(&self, key: &str, currency: Option<Currency>) -> Option<Quantity<f64>> {
        let entry = self.find(key)?;
        match entry.value {
            DeValue::Table(_) => self.range(key, |range, part| range.amount(part, currency)),
            DeValue::String(text) => {
                let read = Quantity::read(text, currency);
                read.map_err(|misread| self.complain(key, misread.problem(), misread.mend())).ok().map(Quantity::to_f64)
            }
            DeValue::Integer(_) | DeValue::Float(_) => self.amount(key, currency).map(Quantity::Known),
            other => {
                self.wrong_type(key, other, "a number, text such as \"1.2m\", or { low = …, likely = …, high = … }");
                None
            }
        }
    }

    fn range(&self, key: &str, number: impl Fn(&Self, &str) -> Option<f64>) -> Option<Quantity<f64>> {
        let range = self.section(key);
        range.only(&["low", "likely", "high"]);
        let [low, likely, high] = ["low", "likely", "high"]
            .map(|part| range.required(part, number(&range, part), "all of low, likely and high"));
        Some(Quantity::Range { low: low?, likely: likely?, high: high? })
    }

    /// A whole number of at least 0.
    pub fn count(&self, key: &str) -> Option<u32> {
        let number = self.number(key)?;
        if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) {
            return Some(number as u32);
        }
        self.complain(key, "is not a whole number from 0 up", "Give a whole number, such as 6.");
        None
    }

    /// A number or a range of three.
    pub fn quantity(&self, key: &str) -> Option<Quantity<f64>> {
        let entry = self.find(key)?;
        if entry.value.as_table().is_none() {
            if number(entry.value).is_none() {
                self.wrong_type(key, entry.value, "a number, or { low = …, likely = …, high = … }");
                return None;
            }
            return self.number(key).map(Quantity::Known);
        }
        self.range(key, Self::number)
    }

    /// A day, as TOML date or as text.
    pub fn date(&self, key: &str) -> Option<Date> {
        let entry = self.find(key)?;
        let text = match entry.value {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(stamp) if stamp.time.is_none() && stamp.offset.is_none() => stamp.to_string(),
            other => {
                self.wrong_type(key, other, "a day, \"YYYY-MM-DD\"");
                return None;
            }
        };
        let is_plain = text.len() == 10;
        let date = text.parse().ok().filter(|_| is_plain);
        if date.is_none() {
            self.complain(key, "is not a day of the calendar", "Expected \"YYYY-MM-DD\", such as \"2026-03-12\".");
        }
        date
    }
}

fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("{article} {kind}")
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|i| i as f64),
        DeValue::Float(float) => float.as_str().parse().ok(),
        _ => None,
    }
}
