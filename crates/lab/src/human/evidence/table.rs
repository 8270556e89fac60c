//! Reading a table of comma-separated values, and saying where it can't be read.

use csv::{ErrorKind, Reader};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};

use crate::human::Unread;

/// The rows of a file; columns that a row doesn't name are left alone.
pub(super) fn rows<Row: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<Row>, Unread> {
    let mut reader = Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.map_err(|fault| unread(file, &fault))).collect()
}

fn unread(file: &str, fault: &csv::Error) -> Unread {
    let what = match fault.kind() {
        ErrorKind::Deserialize { err, .. } => err.to_string(),
        _ => fault.to_string(),
    };
    Unread { file: file.to_owned(), line: fault.position().map_or(1, csv::Position::line), what }
}

/// A finite number.
pub(super) fn number<'de, D: Deserializer<'de>>(cell: D) -> Result<f64, D::Error> {
    let text = String::deserialize(cell)?;
    finite(&text).ok_or_else(|| D::Error::custom(format!("'{text}' is no number")))
}

/// A finite number, or nothing.
pub(super) fn number_or_none<'de, D: Deserializer<'de>>(cell: D) -> Result<Option<f64>, D::Error> {
    let text = String::deserialize(cell)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    finite(&text).map(Some).ok_or_else(|| D::Error::custom(format!("'{text}' is no number")))
}

/// Yes or no: `True`, `False`, or a number that is 1 or 0.
pub(super) fn yes<'de, D: Deserializer<'de>>(cell: D) -> Result<bool, D::Error> {
    let text = String::deserialize(cell)?;
    match (text.trim(), finite(&text)) {
        ("True" | "true", _) | (_, Some(1.0)) => Ok(true),
        ("False" | "false", _) | (_, Some(0.0)) => Ok(false),
        _ => Err(D::Error::custom(format!("'{text}' is neither yes nor no"))),
    }
}

fn finite(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Row {
        #[serde(deserialize_with = "number")]
        days: f64,
        #[serde(deserialize_with = "number_or_none")]
        bid: Option<f64>,
        #[serde(deserialize_with = "yes")]
        panel: bool,
    }

    fn fault(text: &str) -> Unread {
        rows::<Row>("some.csv", text).unwrap_err()
    }

    #[test]
    fn reads_numbers_gaps_and_yes_or_no_by_the_names_of_the_columns() {
        let rows: Vec<Row> = rows("some.csv", "panel,other,bid,days\nTrue,x,,2\n0.0,y,.5,3.5\n").unwrap();
        assert_eq!((rows[0].days, rows[0].bid, rows[0].panel), (2.0, None, true));
        assert_eq!((rows[1].days, rows[1].bid, rows[1].panel), (3.5, Some(0.5), false));
    }

    #[test]
    fn says_in_which_line_what_is_wrong() {
        assert_eq!(
            fault("days,bid,panel\n1,2,1\nsoon,2,1\n"),
            Unread { file: "some.csv".to_owned(), line: 3, what: "'soon' is no number".to_owned() }
        );
        assert!(fault("days,bid,panel\n1,NaN,1\n").what.contains("NaN"));
        assert!(fault("days,bid,panel\n1,2,perhaps\n").what.contains("neither"));
        assert!(fault("days,bid\n1,2\n").what.contains("panel"));
        assert_eq!(fault("days,bid,panel\n1,2,1\n1,2\n").line, 3);
    }
}
