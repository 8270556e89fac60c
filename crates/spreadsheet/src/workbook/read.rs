//! The cells of the first sheet that is not hidden, of rows and columns that aren't either: whoever hid something does not expect it
//! to be read.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::format::{Format, day as day_of, formats};
use super::package::{Package, damaged, too_large};
use super::xml::{Step, Xml, attribute};
use crate::cell::{Cell, Grid};
use crate::day;
use crate::problem::Problem;

/// Most rows of a sheet that any spreadsheet has.
const LAST_ROW: usize = 1 << 20;
/// Most texts that all sheets of a workbook share.
const MAX_TEXTS: usize = 1_000_000;
/// Most columns of a sheet that any spreadsheet has.
const LAST_COLUMN: usize = 1 << 14;

/// The cells of a workbook's first sheet.
pub(crate) fn read(bytes: &[u8]) -> Result<Grid, Problem> {
    let mut package = Package::open(bytes)?;
    let root = Relations::of(&mut package, "")?;
    let (_, book) = root.first("/officeDocument").ok_or_else(damaged)?;
    let relations = Relations::of(&mut package, book)?;
    let book = package.part(book)?.ok_or_else(damaged)?;
    let First { sheet, hidden, from_1904 } = first_sheet(&book, &relations)?;
    drop(book);
    let mut optional = |kind: &str| match relations.first(kind) {
        Some((_, name)) => package.part(name).map(Option::unwrap_or_default),
        None => Ok(String::new()),
    };
    let texts = shared_texts(&optional("/sharedStrings")?)?;
    let formats = formats(&optional("/styles")?)?;
    let sheet = package.part(&sheet)?.ok_or_else(damaged)?;
    let mut grid = Workbook { texts, formats, from_1904 }.cells(&sheet)?;
    grid.hidden.sheets = hidden;
    Ok(grid)
}

/// What a part refers to: kind and name, by id.
struct Relations(BTreeMap<String, (String, String)>);

impl Relations {
    fn of(package: &mut Package<'_>, part: &str) -> Result<Self, Problem> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let text = package.part(&format!("{folder}/_rels/{name}.rels"))?.ok_or_else(damaged)?;
        let mut xml = Xml::new(&text);
        let mut relations = BTreeMap::new();
        while let Some(tag) = xml.find("Relationship")? {
            let id = attribute(&tag, "Id")?.unwrap_or_default();
            let kind = attribute(&tag, "Type")?.unwrap_or_default();
            let target = attribute(&tag, "Target")?.unwrap_or_default();
            relations.insert(id, (kind, resolve(folder, &target)));
        }
        Ok(Self(relations))
    }

    fn first(&self, kind: &str) -> Option<(&str, &str)> {
        let mut all = self.0.values().map(|(kind, name)| (kind.as_str(), name.as_str()));
        all.find(|(other, _)| other.ends_with(kind))
    }
}

/// A part's name from how another in `folder` refers to it.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let full = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in full.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The first sheet with cells that is not hidden.
struct First {
    /// The name of its part.
    sheet: String,
    /// How many of the workbook's sheets are hidden.
    hidden: usize,
    /// Whether days are counted from 1904.
    from_1904: bool,
}

fn first_sheet(book: &str, relations: &Relations) -> Result<First, Problem> {
    let mut xml = Xml::new(book);
    let (mut sheet, mut hidden, mut from_1904) = (None, 0, false);
    loop {
        match xml.next()? {
            Step::Open(tag) => match tag.local_name().as_ref() {
                "workbookPr" => {
                    from_1904 |= matches!(attribute(&tag, "date1904")?.as_deref(), Some("1" | "true"));
                }
                "sheet" if attribute(&tag, "state")?.is_some_and(|state| state.to_lowercase().ends_with("hidden")) => {
                    hidden += 1;
                }
                "sheet" if sheet.is_none() => {
                    let relation = attribute(&tag, "id")?.and_then(|id| relations.0.get(&id));
                    sheet = relation.filter(|(kind, _)| kind.ends_with("/worksheet")).map(|(_, name)| name.clone());
                }
                _ => {}
            },
            Step::End => break,
            _ => {}
        }
    }
    let none = || match hidden {
        0 => Problem::of_sheet("has no sheet with cells", "Put the offers on the first sheet of the workbook."),
        _ => Problem::of_sheet("has no sheet with cells that is not hidden", "Show the sheet that is to be read."),
    };
    Ok(First { sheet: sheet.ok_or_else(none)?, hidden, from_1904 })
}

/// Reads text up to the end of the open element, readings of ideographs left out.
fn text_within(xml: &mut Xml<'_>, name: &str) -> Result<String, Problem> {
    let (mut text, mut is_text, mut is_reading) = (String::new(), false, false);
    loop {
        match xml.next()? {
            Step::Open(tag) => match tag.local_name().as_ref() {
                "t" => is_text = true,
                "rPh" => is_reading = true,
                _ => {}
            },
            Step::Close(tag) => match tag.local_name().as_ref() {
                "t" => is_text = false,
                "rPh" => is_reading = false,
                other if other == name => return Ok(unescaped(&text)),
                _ => {}
            },
            Step::Text(piece) if is_text && !is_reading => text.push_str(&piece),
            Step::Text(_) => {}
            Step::End => return Err(damaged()),
        }
    }
}

/// The texts that cells refer to by number.
fn shared_texts(part: &str) -> Result<Vec<Box<str>>, Problem> {
    let mut xml = Xml::new(part);
    let mut texts = Vec::new();
    while xml.find("si")?.is_some() {
        if texts.len() == MAX_TEXTS {
            return Err(too_large());
        }
        texts.push(text_within(&mut xml, "si")?.into_boxed_str());
    }
    Ok(texts)
}

/// Text with `_x000D_` and the like as the characters that they stand for.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        plain.push_str(before);
        let digits = escape.get(2..6).filter(|_| escape.as_bytes().get(6) == Some(&b'_'));
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let meant = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        let (c, length) = meant.map_or(('_', 1), |c| (c, 7));
        plain.push(c);
        rest = &escape[length..];
    }
    plain + rest
}

/// What cells refer to.
struct Workbook {
    texts: Vec<Box<str>>,
    formats: Vec<Format>,
    from_1904: bool,
}

impl Workbook {
    fn cells(&self, sheet: &str) -> Result<Grid, Problem> {
        let mut xml = Xml::new(sheet);
        let mut grid = Grid::default();
        let (mut row, mut column) = (0, 0);
        let mut hides = Hides::default();
        loop {
            match xml.next()? {
                Step::Open(tag) => match tag.local_name().as_ref() {
                    "col" => hides.columns(&tag)?,
                    "row" => {
                        let own = attribute(&tag, "r")?.map(|row| row.parse().map_err(|_| damaged())).transpose()?;
                        row = own.unwrap_or(row + 1);
                        column = 0;
                        hides.is_row = is_hidden(&tag, "ht")?;
                    }
                    "c" => {
                        if let Some(place) = attribute(&tag, "r")? {
                            (row, column) = place_of(&place).ok_or_else(damaged)?;
                        }
                        if !(1..=LAST_ROW).contains(&row) {
                            return Err(damaged());
                        }
                        let cell = self.cell(&tag, &mut xml)?;
                        if hides.lets(row, column, &cell) {
                            grid.put(row, column, cell)?;
                        }
                        column += 1;
                    }
                    _ => {}
                },
                Step::Close(tag) if tag.local_name().as_ref() == "sheetData" => {
                    (grid.hidden.rows, grid.hidden.columns) = (hides.rows_held.len(), hides.columns_held.len());
                    return Ok(grid);
                }
                Step::End => return Err(damaged()),
                _ => {}
            }
            if row > LAST_ROW {
                return Err(damaged());
            }
        }
    }

    fn cell(&self, tag: &BytesStart<'_>, xml: &mut Xml<'_>) -> Result<Cell, Problem> {
        let kind = attribute(tag, "t")?.unwrap_or_default();
        let style: Option<usize> = attribute(tag, "s")?.and_then(|style| style.parse().ok());
        let (mut value, mut inline, mut is_value) = (String::new(), None, false);
        loop {
            match xml.next()? {
                Step::Open(tag) => match tag.local_name().as_ref() {
                    "v" => is_value = true,
                    "is" => inline = Some(text_within(xml, "is")?),
                    _ => {}
                },
                Step::Close(tag) => match tag.local_name().as_ref() {
                    "v" => is_value = false,
                    "c" => break,
                    _ => {}
                },
                Step::Text(piece) if is_value => value.push_str(&piece),
                Step::Text(_) => {}
                Step::End => return Err(damaged()),
            }
        }
        match inline {
            Some(text) => Ok(Cell::Text(text)),
            None => self.of_value(&kind, &value, style),
        }
    }

    fn of_value(&self, kind: &str, value: &str, style: Option<usize>) -> Result<Cell, Problem> {
        let bare = value.trim();
        Ok(match kind {
            "str" | "inlineStr" => Cell::Text(unescaped(value)),
            _ if bare.is_empty() => Cell::Empty,
            "s" => {
                let text = bare.parse().ok().and_then(|index: usize| self.texts.get(index));
                Cell::Text(text.ok_or_else(damaged)?.to_string())
            }
            "b" => Cell::Flag(matches!(bare, "1" | "true")),
            "e" => Cell::Error,
            "d" => match bare.get(..10).and_then(day::iso) {
                Some(day) => Cell::Day(day),
                None => Cell::Text(bare.to_owned()),
            },
            _ => {
                let number: f64 = bare.parse().ok().filter(|number: &f64| number.is_finite()).ok_or_else(damaged)?;
                match style.and_then(|style| self.formats.get(style)).copied().unwrap_or_default() {
                    Format::Day => day_of(number, self.from_1904).map_or(Cell::Number(number), Cell::Day),
                    Format::Share => Cell::Share(100.0 * number),
                    Format::Plain => Cell::Number(number),
                }
            }
        })
    }
}

/// What a sheet hides.
#[derive(Default)]
struct Hides {
    /// Columns, from 0.
    columns: Vec<bool>,
    /// Whether the row being read is hidden.
    is_row: bool,
    /// Hidden rows that hold something.
    rows_held: BTreeSet<usize>,
    /// Hidden columns that hold something.
    columns_held: BTreeSet<usize>,
}

impl Hides {
    fn columns(&mut self, tag: &BytesStart<'_>) -> Result<(), Problem> {
        if !is_hidden(tag, "width")? {
            return Ok(());
        }
        let number = |text: Option<String>| text.and_then(|number| number.trim().parse::<usize>().ok());
        let ends = (number(attribute(tag, "min")?), number(attribute(tag, "max")?));
        let (Some(first), Some(last)) = ends else { return Err(damaged()) };
        self.columns.resize(LAST_COLUMN, false);
        let within = self.columns.get_mut(first.max(1) - 1..last.min(LAST_COLUMN)).unwrap_or_default();
        within.fill(true);
        Ok(())
    }

    /// Whether a cell is to be read; one that is not is counted where it holds something.
    fn lets(&mut self, row: usize, column: usize, cell: &Cell) -> bool {
        let is_column = self.columns.get(column).is_some_and(|&hidden| hidden);
        let is_blank = matches!(cell, Cell::Empty) || matches!(cell, Cell::Text(text) if text.trim().is_empty());
        if self.is_row && !is_blank {
            self.rows_held.insert(row);
        }
        if is_column && !is_blank {
            self.columns_held.insert(column);
        }
        !self.is_row && !is_column
    }
}

/// Whether a row or a column is hidden: it says so, or is of no size.
fn is_hidden(tag: &BytesStart<'_>, size: &str) -> Result<bool, Problem> {
    let says = attribute(tag, "hidden")?.is_some_and(|hidden| matches!(hidden.trim(), "1" | "true"));
    let size: Option<f64> = attribute(tag, size)?.and_then(|size| size.trim().parse().ok());
    Ok(says || size == Some(0.0))
}

/// Row from 1 and column from 0 of a place such as `B3`.
fn place_of(place: &str) -> Option<(usize, usize)> {
    let digits = place.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, row) = place.split_at(digits);
    if !(1..=3).contains(&letters.len()) || !row.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let column =
        letters.bytes().fold(0, |column, byte| 26 * column + usize::from(byte.to_ascii_uppercase() - b'A') + 1);
    Some((row.parse().ok()?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read() {
        let table = [
            ("A1", Some((1, 0))),
            ("b3", Some((3, 1))),
            ("AA10", Some((10, 26))),
            ("XFD1048576", Some((LAST_ROW, 16_383))),
        ];
        for (place, meant) in table {
            assert_eq!(place_of(place), meant);
        }
        for place in ["", "A", "1", "A-1", "A 1", "ABCD1", "Ä1", "A99999999999999999999999"] {
            assert_eq!(place_of(place), None, "{place}");
        }
    }

    #[test]
    fn escapes_are_undone() {
        let table = [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x_x0041_", "_xA"),
            ("_xD800_ _x00_ _x00é1_ _x", "_xD800_ _x00_ _x00é1_ _x"),
        ];
        for (escaped, plain) in table {
            assert_eq!(unescaped(escaped), plain);
        }
    }

    #[test]
    fn references_are_resolved() {
        let table = [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/a.xml", "xl/a.xml"),
            ("xl/b", "../c.xml", "xl/c.xml"),
            ("", "../../xl\\workbook.xml", "xl/workbook.xml"),
        ];
        for (folder, target, name) in table {
            assert_eq!(resolve(folder, target), name);
        }
    }
}
