//! The lines of a calendar, put together to the parts that they are of. (RFC 5545, 3.1 and 3.2.)

use std::borrow::Cow;

/// Parts within parts: a calendar, an event, an alarm, and room for more.
const DEPTH: usize = 8;
/// What is kept of a part; all else is nobody's business, or says nothing of days and places.
const KEPT: [&str; 18] = [
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "EXRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "UID",
    "SEQUENCE",
    "STATUS",
    "LOCATION",
    "TZID",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "METHOD",
    "X-WR-TIMEZONE",
    "X-LIC-LOCATION",
];
/// Properties whose values have no colon. Their zones' names may, and not every program puts those in quotes.
const TIMES: [&str; 5] = ["DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"];

/// One line that is kept.
#[derive(Debug)]
pub(super) struct Property<'a> {
    pub name: &'static str,
    /// What follows the value's colon.
    pub value: Cow<'a, str>,
    parameters: Option<Cow<'a, str>>,
}

impl Property<'_> {
    /// A parameter, without its quotes.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let all = outside_quotes(self.parameters.as_deref()?, ';');
        let mut pairs = all.into_iter().filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().trim_matches('"'))
    }
}

/// What stands between `BEGIN` and `END`.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub name: String,
    /// The line of its `BEGIN`, from 1.
    pub line: usize,
    pub properties: Vec<Property<'a>>,
    pub parts: Vec<Part<'a>>,
}

impl<'a> Part<'a> {
    /// The first property of this name.
    pub fn first(&self, name: &str) -> Option<&Property<'a>> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// All properties of this name.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Property<'a>> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// The value of the first property of this name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.first(name).map(|property| property.value.trim())
    }
}

/// The outermost parts of a text; `None` where one begins that doesn't end, or ends that doesn't begin, or lies too deep.
pub(super) fn parts(text: &str) -> Option<Vec<Part<'_>>> {
    let (mut open, mut whole): (Vec<Part<'_>>, Vec<Part<'_>>) = (Vec::new(), Vec::new());
    for (line, content) in unfolded(text) {
        let Some((name, rest)) = named(&content) else { continue };
        if name.eq_ignore_ascii_case("BEGIN") {
            if open.len() == DEPTH {
                return None;
            }
            open.push(Part { name: part_name(rest), line, properties: Vec::new(), parts: Vec::new() });
        } else if name.eq_ignore_ascii_case("END") {
            let ended = open.pop().filter(|part| part.name == part_name(rest))?;
            open.last_mut().map_or(&mut whole, |within| &mut within.parts).push(ended);
        } else if let (Some(part), Some(name)) =
            (open.last_mut(), KEPT.into_iter().find(|kept| kept.eq_ignore_ascii_case(name)))
        {
            part.properties.push(property(name, content));
        }
    }
    open.is_empty().then_some(whole)
}

fn part_name(rest: &str) -> String {
    rest.trim_start_matches([':', ';']).trim().to_ascii_uppercase()
}

/// The name that a line begins with, and what follows it, sign and all.
fn named(content: &str) -> Option<(&str, &str)> {
    let end = content.find([':', ';'])?;
    Some((content[..end].trim(), &content[end..]))
}

fn property<'a>(name: &'static str, content: Cow<'a, str>) -> Property<'a> {
    let start = content.find([':', ';']).unwrap_or_default();
    let colon = if TIMES.contains(&name) { content.rfind(':') } else { colon(&content) };
    let colon = colon.unwrap_or(content.len());
    let parameters = (start < colon).then_some((start + 1, colon));
    match content {
        Cow::Borrowed(content) => Property {
            name,
            value: Cow::Borrowed(content.get(colon + 1..).unwrap_or_default()),
            parameters: parameters.map(|(start, end)| Cow::Borrowed(&content[start..end])),
        },
        Cow::Owned(content) => Property {
            name,
            value: Cow::Owned(content.get(colon + 1..).unwrap_or_default().to_owned()),
            parameters: parameters.map(|(start, end)| Cow::Owned(content[start..end].to_owned())),
        },
    }
}

/// Where the value's colon is: the first outside of quotes.
fn colon(content: &str) -> Option<usize> {
    let mut quoted = false;
    content.char_indices().find_map(|(at, letter)| {
        quoted ^= letter == '"';
        (letter == ':' && !quoted).then_some(at)
    })
}

/// The text in pieces, parted where `mark` is outside of quotes.
fn outside_quotes(text: &str, mark: char) -> Vec<&str> {
    let mut quoted = false;
    let is_mark = |letter: char| {
        quoted ^= letter == '"';
        letter == mark && !quoted
    };
    text.split(is_mark).collect()
}

/// The lines with their numbers, those that were folded as one. Whatever ends a line somewhere ends one here.
fn unfolded(text: &str) -> impl Iterator<Item = (usize, Cow<'_, str>)> {
    let mut lines = physical(text).enumerate().peekable();
    std::iter::from_fn(move || {
        let (number, line) = lines.next()?;
        let mut whole = Cow::Borrowed(line);
        while let Some((_, next)) = lines.next_if(|(_, next)| next.starts_with([' ', '\t'])) {
            whole.to_mut().push_str(&next[1..]);
        }
        Some((number + 1, whole))
    })
}

fn physical(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// A value's text, its escapes undone.
pub(super) fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(escaped) => text.push(escaped),
                None => text.push('\\'),
            },
            letter => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_with_quotes_and_without() {
        for (line, zone, value) in [
            ("DTSTART:20261201", None, "20261201"),
            ("dtstart;TZID=Europe/Berlin:20261201T090000", Some("Europe/Berlin"), "20261201T090000"),
            ("DTSTART;X=\"a;b:c\";TZID=\"W. Europe\":20261201", Some("W. Europe"), "20261201"),
            ("DTSTART;TZID=(UTC+01:00) Bern, Rome:20261201", Some("(UTC+01:00) Bern, Rome"), "20261201"),
        ] {
            let text = format!("BEGIN:X\r\n{line}\r\nEND:X");
            let read = parts(&text).unwrap();
            let property = read[0].first("DTSTART").unwrap();
            assert_eq!((property.parameter("tzid"), &*property.value), (zone, value), "{line}");
        }
    }

    #[test]
    fn lines_are_told_by_number_and_folded_ones_are_whole() {
        let text = "BEGIN:A\rLOCATION;ALTREP=\"https://x\":Mun\r\n ich\n\tx\r\nBEGIN:B\nEND:B\nEND:A\n";
        let read = parts(text).unwrap();
        assert_eq!((read[0].value("LOCATION"), read[0].parts[0].line), (Some("Munichx"), 5));
        assert!(parts("BEGIN:A\nEND:B\n").is_none() && parts("END:A").is_none());
    }
}
