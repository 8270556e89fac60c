//! XML, step by step.

use std::borrow::Cow;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::package::damaged;
use crate::problem::Problem;

/// What comes next in a part.
pub(crate) enum Step<'x> {
    Open(BytesStart<'x>),
    Close(BytesEnd<'x>),
    Text(Cow<'x, str>),
    End,
}

/// More elements within each other than any workbook has; the reader keeps their names.
const MAX_DEPTH: usize = 256;

/// A part on its way to be read.
pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
}

impl<'x> Xml<'x> {
    pub fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    pub fn next(&mut self) -> Result<Step<'x>, Problem> {
        let step = self.step()?;
        match step {
            Step::Open(_) => self.depth += 1,
            Step::Close(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > MAX_DEPTH { Err(damaged()) } else { Ok(step) }
    }

    fn step(&mut self) -> Result<Step<'x>, Problem> {
        loop {
            return Ok(match self.reader.read_event().map_err(|_| damaged())? {
                Event::Start(tag) | Event::Empty(tag) => Step::Open(tag),
                Event::End(tag) => Step::Close(tag),
                Event::Text(text) => Step::Text(text.xml10_content()),
                Event::CData(text) => Step::Text(text.xml10_content()),
                Event::GeneralRef(name) => match name.resolve_char_ref().map_err(|_| damaged())? {
                    Some(c) => Step::Text(Cow::Owned(c.to_string())),
                    None => Step::Text(Cow::Borrowed(resolve_predefined_entity(&name).ok_or_else(damaged)?)),
                },
                Event::Eof => Step::End,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            });
        }
    }

    /// The next tag of this name, without its prefix.
    pub fn find(&mut self, name: &str) -> Result<Option<BytesStart<'x>>, Problem> {
        loop {
            match self.next()? {
                Step::Open(tag) if tag.local_name().as_ref() == name => return Ok(Some(tag)),
                Step::End => return Ok(None),
                _ => {}
            }
        }
    }
}

/// An attribute by its name, without its prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Problem> {
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| damaged())?;
        if attribute.key.local_name().as_ref() == name {
            return attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map(|value| Some(value.into_owned()))
                .map_err(|_| damaged());
        }
    }
    Ok(None)
}
