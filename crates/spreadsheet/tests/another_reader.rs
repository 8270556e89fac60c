//! An independent reader finds in our workbooks what we put there.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use spreadsheet::{read_csv, write_xlsx};

mod random;

/// The first sheet as CSV, by way of the other reader.
fn as_csv(bytes: Vec<u8>) -> Vec<u8> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("readable");
    let mut csv = csv::WriterBuilder::new().from_writer(Vec::new());
    for row in range.rows() {
        let cells = row.iter().map(|cell| match cell {
            Data::Empty => String::new(),
            Data::String(text) => text.clone(),
            Data::Float(number) => format!("{number:.6}"),
            Data::DateTime(day) => {
                let (year, month, day, ..) = day.to_ymd_hms_milli();
                format!("{year:04}-{month:02}-{day:02}")
            }
            other => panic!("we write no {other:?}"),
        });
        csv.write_record(cells).expect("written");
    }
    csv.into_inner().expect("flushed")
}

proptest! {
    #[test]
    fn finds_the_same(lines in random::lines()) {
        if let Ok(bytes) = write_xlsx(&lines) {
            prop_assert_eq!(read_csv(&as_csv(bytes), None), Ok(lines));
        }
    }
}
