//! Sheets that people have: of other programs and countries, with something hidden, with titles, with columns of their own.

use negotiation::offer::Term;
use spreadsheet::{Kind, Known, Line, Sheet, issues, read};
use terms::{Amount, Currency, Side};

use book::{HEADER, parts, zip_of};

mod book;

fn csv(bytes: &[u8], known: &Known) -> Sheet {
    read(Kind::Csv, bytes, known).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn euros() -> Known {
    Some(Currency::EUR).into()
}

fn prices(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| line.offer.package.price.to_string()).collect()
}

/// A workbook with these parts between `worksheet` and its end, and these sheets in the book.
fn workbook(sheets: &str, sheet: &str) -> Vec<u8> {
    let mut parts = parts("");
    parts[1].1 = format!("<workbook><sheets>{sheets}</sheets></workbook>");
    parts[2].1 = parts[2].1.replace(
        "</Relationships>",
        "<Relationship Id='other' Type='x/worksheet' Target='other.xml'/></Relationships>",
    );
    parts[3].1 = format!("<worksheet>{sheet}</worksheet>");
    let secret = "<worksheet><sheetData><row><c t='str'><v>by</v></c><c t='str'><v>price</v></c></row>\
                  <row><c t='str'><v>us</v></c><c><v>470000</v></c></row></sheetData></worksheet>";
    parts.push(("xl/other.xml".to_owned(), secret.to_owned()));
    zip_of(&parts)
}

const ONE: &str = "<sheet name='a' r:id='worksheet'/>";

fn row(attributes: &str, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| format!("<c t='str'><v>{text}</v></c>")).collect();
    format!("<row {attributes}>{cells}</row>")
}

#[test]
fn what_is_hidden_is_not_read() {
    let rows = [
        row("", &["by", "price", "our limit", "note"]),
        row("", &["us", "448000", "470000", "a"]),
        row("hidden='1'", &["us", "460000", "470000", "b"]),
        row("hidden='true'", &["us", "461000", "470000", "c"]),
        row("ht='0' customHeight='1'", &["us", "462000", "470000", "d"]),
        row("", &["them", "505000", "470000", "e"]),
    ];
    for columns in
        ["<col min='3' max='3' hidden='1'/>", "<col min='1' max='2' width='9'/><col min='3' max='3' width='0'/>"]
    {
        let sheet = format!("<cols>{columns}</cols><sheetData>{}</sheetData>", rows.concat());
        let read = read(Kind::Xlsx, &workbook(ONE, &sheet), &euros()).expect("sound");
        assert_eq!(prices(&read.lines), ["448000", "505000"]);
        assert!(!format!("{:?}", read.lines).contains("470000"), "{read:?}");
        assert_eq!(read.aside, ["Hidden, and so not read: sheets 0, rows 3, columns 1. Show what is to be read."]);
    }
}

#[test]
fn hidden_sheets_are_passed_over() {
    let sheet = format!("<sheetData>{HEADER}{}</sheetData>", row("", &["us", "448000"]));
    for state in ["hidden", "veryHidden"] {
        let hidden = format!("<sheet name='x' state='{state}' r:id='other'/>");
        let read = |sheets: &str| read(Kind::Xlsx, &workbook(sheets, &sheet), &euros());
        let found = read(&format!("{hidden}{ONE}")).expect("sound");
        assert_eq!((prices(&found.lines), found.aside.len()), (vec!["448000".to_owned()], 1));
        let told = read(&hidden).expect_err("nothing to read")[0].to_string();
        assert!(told.contains("no sheet with cells that is not hidden"), "{told}");
    }
    let table = "<cols><col min='2' max='2' hidden='1'/></cols><sheetData>".to_owned()
        + &row("", &["issue", "mandate", "options", "worth"])
        + &row("", &["Delivery", "slow", "fast | slow", "30"])
        + "</sheetData>";
    let sheet = issues::read_xlsx(&workbook(ONE, &table), "x").expect("sound");
    assert_eq!(sheet.issues[0].mandate, None, "nor of an issue sheet");
}

#[test]
fn a_column_that_is_not_known_is_ours_alone_until_somebody_says_otherwise() {
    let bytes =
        b"by;price;note;our limit;warranty;term: delivery\nus;448000;first;470000;2 years;10\nthem;505000;;;;\n";
    let read = csv(bytes, &euros());
    let first = &read.lines[0].offer;
    assert_eq!(first.note.as_deref(), Some("first; our limit: 470000; warranty: 2 years"));
    assert_eq!(first.package.terms.keys().collect::<Vec<_>>(), ["delivery"]);
    assert_eq!(read.lines[1].offer.note, None);
    assert!(read.aside[0].contains("`our limit`, `warranty`"), "{:?}", read.aside);
    let known = Known { terms: vec!["Warranty".to_owned()], ..euros() };
    let terms = &csv(bytes, &known).lines[0].offer.package.terms;
    assert_eq!(terms.get("Warranty"), Some(&Term::Words("2 years".to_owned())));
    assert!(!terms.contains_key("our limit"));
}

#[test]
fn a_text_is_read_in_the_encodings_of_spreadsheets() {
    let text = "Datum;Von;Preis (€);Bemerkung\r\n31.03.2026;wir;1.200.000,50;Müller – „ja“\r\n";
    let windows: Vec<u8> = text
        .chars()
        .map(|letter| match letter {
            '€' => 0x80,
            '–' => 0x96,
            '„' => 0x84,
            '“' => 0x93,
            letter => u8::try_from(u32::from(letter)).expect("Latin-1"),
        })
        .collect();
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [text.as_bytes().to_vec(), windows, utf16] {
        let line = csv(&bytes, &euros()).lines.remove(0);
        assert_eq!(line.on, Some("2026-03-31".parse().expect("a day")));
        assert_eq!(line.offer.note.as_deref(), Some("Müller – „ja“"));
        assert_eq!(line.offer.package.price, "1200000.5".parse::<Amount>().expect("an amount"));
    }
}

#[test]
fn a_separator_that_is_told_is_taken() {
    for (told, separator) in [("sep=;", ";"), ("SEP=|", "|"), ("\"sep=,\"", ","), ("sep=\t", "\t")] {
        let header = ["by", "price", "note"].join(separator);
        let row = ["me", "5", "a"].join(separator);
        let text = format!("{told}\r\n{header}\r\n\r\n{row}\r\n");
        let problems = read(Kind::Csv, text.as_bytes(), &euros()).expect_err("no side");
        assert!(problems[0].to_string().starts_with("row 4, by is 'me'"), "{problems:?}");
    }
}

#[test]
fn titles_may_stand_above_the_headers() {
    let text = "Offers to Northwind, as of March\n\nConfidential;;\n;;\nby;price;date\nus;448000;31.03.2026\nthem;505000;12.3.26\n";
    let read = csv(text.as_bytes(), &euros());
    assert_eq!(prices(&read.lines), ["448000", "505000"]);
    assert_eq!(read.aside, ["Rows above the headers, which are in row 5: 2; they are not read."]);
    let table = "Preparation, draft 3\nissue;options;worth\nDelivery;fast | slow;30\n";
    assert_eq!(issues::read_csv(table.as_bytes(), "x").expect("sound").issues.len(), 1);
}

#[test]
fn headers_and_words_of_the_country_are_read() {
    let french = "Jour;Par;Montant en EUR;Niveau;Canal;Ferme;Remarque\n31/03/2026;nous;448000;négociateur;réunion;oui;a\n\
                  02/04/2026;eux;505000;patron;courriel;non;\n";
    let german = "Tag;Von;Betrag;Ebene;Kanal;Verbindlich;Notiz\n31.3.2026;wir;448000;Verhandler;Treffen;ja;a\n\
                  2. April 2026;sie;505000;Chef;E-Mail;nein;\n";
    let (french, german) = (csv(french.as_bytes(), &euros()).lines, csv(german.as_bytes(), &euros()).lines);
    assert_eq!(french, german);
    assert_eq!(french[1].on, Some("2026-04-02".parse().expect("a day")), "the other day settles which is the month");
    assert_eq!((french[1].offer.by, french[0].offer.binding), (Side::Them, true));
    let sheet = "Thema;Einheit;Von;Bis;Schritt;Schmerzgrenze;Punkte\nPreis;EUR;100;200;10;120;60\n";
    let sheet = issues::read_csv(sheet.as_bytes(), "x").expect("sound");
    assert_eq!((sheet.issues[0].to, sheet.walk_away), (Some(200.0), Some(120.0)));
    let told = issues::read_csv("Thema;Wichtigkeit\nPreis;1\n".as_bytes(), "x").expect_err("not known")[0].to_string();
    assert!(told.starts_with("row 1, Wichtigkeit is no column"), "{told}");
}

#[test]
fn control_characters_are_refused_by_cell() {
    for letter in ['\0', '\u{1b}', '\u{7f}', '\u{4}'] {
        let text = format!("by;price;note\nus;5;\nus;6;a{letter}b\n");
        let told = read(Kind::Csv, text.as_bytes(), &euros()).expect_err("no text")[0].to_string();
        assert!(told.starts_with("row 3, C holds a control character"), "{told}");
        let cells = format!(
            "{}{}",
            row("", &["by", "price", "note"]),
            row("", &["us", "5", &format!("a_x{:04X}_b", u32::from(letter))])
        );
        let told = read(Kind::Xlsx, &workbook(ONE, &format!("<sheetData>{cells}</sheetData>")), &euros());
        let told = told.expect_err("no text")[0].to_string();
        assert!(told.starts_with("row 2, C holds a control character"), "{told}");
    }
}

#[test]
fn a_share_is_in_the_unit_of_its_issue() {
    let share = "<c s='1'><v>0.1</v></c>";
    let cells = row("", &["issue", "unit", "from", "to", "step", "walk away", "their never", "points"])
        + &format!(
            "<row><c t='str'><v>Discount</v></c><c t='str'><v>%</v></c><c s='1'><v>0</v></c><c s='1'><v>0.2</v></c>\
             <c s='1'><v>0.05</v></c>{share}<c t='str'><v>15 % | 20</v></c><c><v>60</v></c></row>"
        );
    let mut parts = parts("");
    parts[3].1 = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    parts[5].1 = "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='9'/></cellXfs></styleSheet>".to_owned();
    let sheet = issues::read_xlsx(&zip_of(&parts), "x").expect("sound");
    let issue = &sheet.issues[0];
    assert_eq!((issue.to, issue.step), (Some(20.0), Some(5.0)));
    assert_eq!(issue.walk_away, Some(bargain::sheet::Choice::Number(10.0)));
    let never = [15.0, 20.0].map(bargain::sheet::Choice::Number);
    assert_eq!(issue.theirs.never, never);
}
