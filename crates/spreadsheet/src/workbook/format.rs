//! What the formats of cells say: which numbers are shares or days, and which day they are. (ECMA-376 part 1, 18.8.30 and
//! 18.17.4.)

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, date};

use super::xml::{Step, Xml, attribute};
use crate::problem::Problem;

/// What a format shows a number as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// As it is.
    #[default]
    Plain,
    /// A hundredfold, with a sign of percent.
    Share,
    /// A day.
    Day,
}

/// What every format of cells shows.
pub(crate) fn formats(styles: &str) -> Result<Vec<Format>, Problem> {
    let mut xml = Xml::new(styles);
    let (mut own, mut formats, mut is_within) = (BTreeMap::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Step::Open(tag) => match tag.local_name().as_ref() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (attribute(&tag, "numFmtId")?, attribute(&tag, "formatCode")?) {
                        own.insert(id, format_of(&code));
                    }
                }
                "cellXfs" => is_within = true,
                "xf" if is_within => {
                    let id = attribute(&tag, "numFmtId")?.unwrap_or_default();
                    formats.push(own.get(&id).copied().unwrap_or_else(|| built_in(&id)));
                }
                _ => {}
            },
            Step::Close(tag) if tag.local_name().as_ref() == "cellXfs" => is_within = false,
            Step::End => return Ok(formats),
            _ => {}
        }
    }
}

fn built_in(id: &str) -> Format {
    match id.parse() {
        Ok(9 | 10) => Format::Share,
        Ok(14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58) => Format::Day,
        _ => Format::Plain,
    }
}

/// What a format has outside of quotes, brackets and escapes: a day or a year, or a sign of percent.
fn format_of(code: &str) -> Format {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => return Format::Plain,
            'd' | 'D' | 'y' | 'Y' => return Format::Day,
            '%' => return Format::Share,
            '\\' | '_' | '*' => drop(chars.next()),
            '"' => drop(chars.find(|&c| c == '"')),
            '[' => drop(chars.find(|&c| c == ']')),
            _ => {}
        }
    }
    Format::Plain
}

/// The day that a number stands for. Spreadsheets count from 1900 as if it had been a leap year, or from 1904.
pub(crate) fn day(number: f64, from_1904: bool) -> Option<Date> {
    /// The day 9999-12-31.
    const LAST: f64 = 2_958_465.0;
    let whole = number.floor();
    if !(1.0..=LAST).contains(&whole) {
        return None;
    }
    let start = match whole {
        _ if from_1904 => date(1904, 1, 1),
        60.0 => return None,
        ..60.0 => date(1899, 12, 31),
        _ => date(1899, 12, 30),
    };
    start.checked_add(Span::new().try_days(whole as i64).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_days_are_known_from_others() {
        for code in ["yyyy-mm-dd", "DD.MM.YY", "[$-409]d\\-mmm\\-yy;@", "m/d/yy h:mm", "\"on\" d"] {
            assert_eq!(format_of(code), Format::Day, "{code}");
        }
        for code in
            ["General", "0.00", "#,##0 \"days\"", "h:mm", "[Red]0;[Blue]yy", "0_d", "0\\y", "\"unclosed d", "*y0"]
        {
            assert_eq!(format_of(code), Format::Plain, "{code}");
        }
        for code in ["0%", "0.00 %", "#,##0.0%;[Red]-0%"] {
            assert_eq!(format_of(code), Format::Share, "{code}");
        }
    }

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        let table = [
            (1.0, Some(date(1900, 1, 1))),
            (59.0, Some(date(1900, 2, 28))),
            (60.0, None),
            (61.0, Some(date(1900, 3, 1))),
            (46_112.75, Some(date(2026, 3, 31))),
            (2_958_465.0, Some(date(9999, 12, 31))),
            (2_958_466.0, None),
            (0.5, None),
            (-1.0, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ];
        for (number, day_meant) in table {
            assert_eq!(day(number, false), day_meant, "{number}");
        }
        assert_eq!(day(44_650.0, true), Some(date(2026, 3, 31)));
        assert_eq!(day(2_958_465.0, true), None);
    }
}
