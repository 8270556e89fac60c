//! What the formats of cells say: which numbers are days, and which day they are. (ECMA-376 part 1, 18.8.30 and
//! 18.17.4.)

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, date};

use super::xml::{Step, Xml, attribute};
use crate::problem::Problem;

/// For every format of cells whether it shows a day.
pub(crate) fn day_formats(styles: &str) -> Result<Vec<bool>, Problem> {
    let mut xml = Xml::new(styles);
    let (mut own, mut formats, mut is_within) = (BTreeMap::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Step::Open(tag) => match tag.local_name().as_ref() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (attribute(&tag, "numFmtId")?, attribute(&tag, "formatCode")?) {
                        own.insert(id, shows_a_day(&code));
                    }
                }
                "cellXfs" => is_within = true,
                "xf" if is_within => {
                    let id = attribute(&tag, "numFmtId")?.unwrap_or_default();
                    formats.push(own.get(&id).copied().unwrap_or_else(|| is_built_in_day(&id)));
                }
                _ => {}
            },
            Step::Close(tag) if tag.local_name().as_ref() == "cellXfs" => is_within = false,
            Step::End => return Ok(formats),
            _ => {}
        }
    }
}

fn is_built_in_day(id: &str) -> bool {
    matches!(id.parse(), Ok(14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58))
}

/// Whether a format has a day or a year outside of quotes, brackets and escapes.
fn shows_a_day(code: &str) -> bool {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => return false,
            'd' | 'D' | 'y' | 'Y' => return true,
            '\\' | '_' | '*' => drop(chars.next()),
            '"' => drop(chars.find(|&c| c == '"')),
            '[' => drop(chars.find(|&c| c == ']')),
            _ => {}
        }
    }
    false
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
            assert!(shows_a_day(code), "{code}");
        }
        for code in
            ["General", "0.00", "#,##0 \"days\"", "h:mm", "[Red]0;[Blue]yy", "0_d", "0\\y", "\"unclosed d", "*y0"]
        {
            assert!(!shows_a_day(code), "{code}");
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
