//! XML as a tree of elements, within bounds. What a document type declares is refused unread, and with it every entity
//! that could grow.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use bargain::domain::short;

use super::FormatFault;

/// How deep elements may lie in one another.
const DEEPEST: usize = 64;
/// Elements at most.
const MOST_ELEMENTS: usize = 1_000_000;

/// An element with its attributes and the elements in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn children(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.name.eq_ignore_ascii_case(name))
    }

    /// Every element of a name at any depth, in the order of the text.
    pub fn all<'a>(&'a self, name: &str) -> Vec<&'a Self> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name.eq_ignore_ascii_case(name) {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    /// An attribute as a number.
    pub fn number(&self, name: &str) -> Result<Option<f64>, FormatFault> {
        let Some(text) = self.attribute(name) else { return Ok(None) };
        match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(self.fault(&format!("`{name}` must be a number"))),
        }
    }

    /// An attribute as a whole number.
    pub fn whole(&self, name: &str) -> Result<Option<i64>, FormatFault> {
        let Some(text) = self.attribute(name) else { return Ok(None) };
        text.trim().parse().map(Some).map_err(|_| self.fault(&format!("`{name}` must be a whole number")))
    }

    /// What is wrong here.
    pub fn fault(&self, why: &str) -> FormatFault {
        let named = self.attribute("name").or_else(|| self.attribute("index"));
        let tag = short(&self.name);
        let place = named.map_or_else(|| format!("<{tag}>"), |named| format!("<{tag}> {:?}", short(named)));
        FormatFault::Form { place, why: why.to_owned() }
    }
}

/// The tree of a text. Blank lines and comments before the declaration are passed over, as GENIUS does.
pub fn read(text: &str) -> Result<Element, FormatFault> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<Element> = Vec::new();
    let mut count = 0;
    loop {
        let line = |reader: &Reader<&[u8]>| {
            let read = (reader.buffer_position() as usize).min(text.len());
            format!("line {}", 1 + text.as_bytes()[..read].iter().filter(|byte| **byte == b'\n').count())
        };
        let fault = |reader: &Reader<&[u8]>, why: &str| FormatFault::Form { place: line(reader), why: why.to_owned() };
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(fault(&reader, &error.to_string())),
        };
        let closed = match event {
            Event::Start(tag) => {
                count += 1;
                if open.len() >= DEEPEST {
                    return Err(fault(&reader, &format!("elements lie more than {DEEPEST} deep")));
                }
                open.push(element(&tag).map_err(|why| fault(&reader, &why))?);
                None
            }
            Event::Empty(tag) => {
                count += 1;
                Some(element(&tag).map_err(|why| fault(&reader, &why))?)
            }
            Event::End(_) => open.pop(),
            Event::DocType(_) => return Err(fault(&reader, "a document type is refused: take the <!DOCTYPE …> out")),
            Event::Eof => return Err(fault(&reader, "the text ends before its first element does")),
            _ => None,
        };
        if count > MOST_ELEMENTS {
            return Err(fault(&reader, &format!("more than {MOST_ELEMENTS} elements")));
        }
        if let Some(element) = closed {
            match open.last_mut() {
                Some(parent) => parent.children.push(element),
                None => return Ok(element),
            }
        }
    }
}

fn element(tag: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| error.to_string())?;
        // What isn't escaped, such as a bare &, or is no entity of XML, such as &eacute;, stays as it is written.
        let value = unescape(&attribute.value).unwrap_or_else(|_| attribute.value.clone()).into_owned();
        attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    Ok(Element { name: tag.name().as_ref().to_owned(), attributes, children: Vec::new() })
}

/// A text as it stands in an attribute.
pub fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
