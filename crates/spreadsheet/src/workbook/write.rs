//! Offers as a workbook of one sheet.

use jiff::civil::{Date, date};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::Line;
use crate::mark::Medium;
use crate::problem::Problem;
use crate::table::{Entry, columns, entry, title};

/// Longest text of a cell, in units of UTF-16.
const MAX_TEXT: usize = 32_767;

/// The lines as a workbook.
pub(crate) fn write(lines: &[Line]) -> Result<Vec<u8>, Problem> {
    let mut workbook = Workbook::new();
    // The library's own choice would be the time of day, and no two workbooks the same.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let mut sheet = Sheet::new(workbook.add_worksheet())?;
    let columns = columns(lines);
    for (place, column) in columns.iter().enumerate() {
        let text = title(column, Medium::Xlsx);
        check(1, column.title(), &text)?;
        sheet.title(place_of(place)?, &text)?;
    }
    for (index, line) in lines.iter().enumerate() {
        let row = u32::try_from(index + 1).map_err(|_| too_many())?;
        for (place, column) in columns.iter().enumerate() {
            let entry = entry(line, column, Medium::Xlsx);
            if let Entry::Text(text) = &entry {
                check(index + 2, column.title(), text)?;
            }
            sheet.entry(row, place_of(place)?, &entry)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// Texts in rows, of which the first are titles, as a workbook. Numbers are written as such.
pub(crate) fn write_texts(name: &str, rows: &[Vec<String>]) -> Result<Vec<u8>, Problem> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (index, row) in rows.iter().enumerate() {
        let line = u32::try_from(index).map_err(|_| too_many())?;
        for (place, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let column = place_of(place)?;
            check(index + 1, &rows[0][place], text)?;
            match text.parse::<f64>() {
                _ if index == 0 => sheet.write_string_with_format(line, column, text, &bold)?,
                Ok(number) if number.is_finite() => sheet.write_number(line, column, number)?,
                _ => sheet.write_string(line, column, text)?,
            };
        }
    }
    Ok(workbook.save_to_buffer()?)
}

struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    bold: Format,
    whole: Format,
    broken: Format,
    day: Format,
}

impl<'a> Sheet<'a> {
    fn new(sheet: &'a mut Worksheet) -> Result<Self, Problem> {
        sheet.set_name("Offers")?;
        sheet.set_freeze_panes(1, 0)?;
        let format = |code: &str| Format::new().set_num_format(code);
        let (whole, broken, day) = (format("#,##0"), format("#,##0.00####"), format("yyyy-mm-dd"));
        Ok(Self { sheet, bold: Format::new().set_bold(), whole, broken, day })
    }

    fn title(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(0, column, text, &self.bold).map(drop)
    }

    fn entry(&mut self, row: u32, column: u16, entry: &Entry<'_>) -> Result<(), XlsxError> {
        match entry {
            Entry::Nothing => {}
            Entry::Text(text) => drop(self.sheet.write_string(row, column, &**text)?),
            Entry::Number(amount) => match amount.to_cell() {
                Some(number) => {
                    let format = if amount.0.normalize().scale() == 0 { &self.whole } else { &self.broken };
                    self.sheet.write_number_with_format(row, column, number, format)?;
                }
                None => drop(self.sheet.write_string(row, column, amount.to_string())?),
            },
            Entry::Day(day) => match spreadsheet_day(*day)? {
                Some(day) => drop(self.sheet.write_datetime_with_format(row, column, &day, &self.day)?),
                None => drop(self.sheet.write_string(row, column, day.to_string())?),
            },
        }
        Ok(())
    }
}

/// The day as a spreadsheet counts days, if it is one on which all of them agree.
fn spreadsheet_day(day: Date) -> Result<Option<ExcelDateTime>, XlsxError> {
    let (Ok(year), Ok(month), Ok(of_month)) = (day.year().try_into(), day.month().try_into(), day.day().try_into())
    else {
        return Ok(None);
    };
    if day < date(1900, 3, 1) { Ok(None) } else { ExcelDateTime::from_ymd(year, month, of_month).map(Some) }
}

fn place_of(column: usize) -> Result<u16, Problem> {
    u16::try_from(column).map_err(|_| too_many())
}

/// Refuses a text that would not read back as it is.
fn check(row: usize, column: &str, text: &str) -> Result<(), Problem> {
    if text.encode_utf16().count() > MAX_TEXT {
        let mend = format!("A cell holds {MAX_TEXT} characters; shorten the text, or write CSV.");
        return Err(Problem::at(row, column, "is too long for a workbook", mend));
    }
    if garbles(text) {
        let mend = "Leave out the control character, or write CSV.";
        return Err(Problem::at(row, column, "holds a control character that a workbook would garble", mend));
    }
    Ok(())
}

/// Whether the text has something like `_x0041` right before a character that the library writes as such an escape:
/// it would lend the other its underscore.
fn garbles(text: &str) -> bool {
    text.match_indices("_x").any(|(at, _)| {
        let digits = text.get(at + 2..at + 6);
        let next = text.get(at + 6..).and_then(|rest| rest.chars().next());
        digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            && next.is_some_and(|c| (c < ' ' && !matches!(c, '\t' | '\n')) || matches!(c, '\u{fffe}' | '\u{ffff}'))
    })
}

fn too_many() -> Problem {
    Problem::of_sheet("has more rows or columns than a workbook holds", "Write fewer offers, or CSV.")
}

impl From<XlsxError> for Problem {
    fn from(error: XlsxError) -> Self {
        Self::of_sheet(format!("can't be written: {error}"), "Write fewer offers, or CSV.")
    }
}
