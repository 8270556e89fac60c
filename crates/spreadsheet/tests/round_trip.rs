//! What is written reads back as it was.

use negotiation::offer::{Offer, Term};
use proptest::prelude::*;
use spreadsheet::{Line, read_csv, read_xlsx, write_csv, write_xlsx};
use terms::Side;

mod random;

fn sample() -> Line {
    let mut offer = Offer::of(Side::Them, 1_200_000);
    offer.note = Some("=cmd|'/c calc'!A1".to_owned());
    offer.package.terms.insert("SLA".to_owned(), Term::Words("42".to_owned()));
    offer.package.terms.insert("payment_days".to_owned(), Term::Number(30.into()));
    Line { on: Some("2026-03-31".parse().expect("a day")), offer }
}

#[test]
fn a_line_as_csv() {
    let written = "date,by,level,price,term: 'SLA,term: payment_days,channel,binding,condition,note\n\
                   2026-03-31,them,negotiator,1200000,'42,30,mail,no,,'=cmd|'/c calc'!A1\n";
    assert_eq!(write_csv(&[sample()]), written);
    assert_eq!(read_csv(written.as_bytes(), None), Ok(vec![sample()]));
}

#[test]
fn no_cell_of_csv_starts_a_formula_unless_it_is_a_number() {
    let mut line = sample();
    for text in ["=1", "+1", "-1", "@x", "'=1", "\t=1", "\r=1", " =1"] {
        line.offer.note = Some(text.to_owned());
        line.offer.condition = Some(text.to_owned());
        let csv = write_csv(&[line.clone()]);
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let record = reader.records().next().expect("a row").expect("sound");
        assert!(record.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{csv}");
    }
}

#[test]
fn the_same_lines_give_the_same_workbook() {
    assert_eq!(write_xlsx(&[sample()]), write_xlsx(&[sample()]));
}

#[test]
fn what_no_workbook_can_hold_is_told() {
    let mut line = sample();
    for (text, problem) in [
        ("x".repeat(32_768), "row 2, note is too long for a workbook. "),
        ("_x0041\u{1}".to_owned(), "row 2, note holds a control character that a workbook would garble. "),
    ] {
        line.offer.note = Some(text);
        let told = write_xlsx(&[line.clone()]).expect_err("can't be held").to_string();
        assert!(told.starts_with(problem), "{told}");
        let read = read_csv(write_csv(&[line.clone()]).as_bytes(), None);
        match problem.contains("control") {
            true => assert!(read.expect_err("no text")[0].to_string().contains("holds a control character")),
            false => assert_eq!(read, Ok(vec![line.clone()])),
        }
    }
}

proptest! {
    #[test]
    fn csv_reads_back(lines in random::lines()) {
        let csv = write_csv(&lines);
        prop_assert_eq!(read_csv(csv.as_bytes(), None), Ok(lines), "{}", csv);
    }

    #[test]
    fn csv_that_a_spreadsheet_saved_anew_reads_back(lines in random::lines(), tab in any::<bool>()) {
        let mut saved = csv::WriterBuilder::new()
            .delimiter(if tab { b'\t' } else { b';' })
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        for row in csv::ReaderBuilder::new().has_headers(false).from_reader(write_csv(&lines).as_bytes()).records() {
            saved.write_record(&row.expect("sound")).expect("written");
        }
        prop_assert_eq!(read_csv(&saved.into_inner().expect("flushed"), None), Ok(lines));
    }

    #[test]
    fn xlsx_reads_back(lines in random::lines()) {
        match write_xlsx(&lines) {
            Ok(bytes) => prop_assert_eq!(read_xlsx(&bytes, None), Ok(lines)),
            Err(problem) => prop_assert!(problem.problem.contains("garble"), "{}", problem),
        }
    }
}
