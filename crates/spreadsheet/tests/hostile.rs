//! Damaged and hostile sheets: an answer or a problem, never a panic, and never much memory.

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use spreadsheet::{Line, Problem, read_csv, read_xlsx, write_csv, write_xlsx};
use zip::write::{SimpleFileOptions, ZipWriter};

use book::{HEADER, Part, parts, zip_of};

mod book;

const CSV: &str = "date;by;level;price;term: Payment days;channel;binding;note\r\n\r\n2026-02-02;us;;1.200.000,50 €;30;mail;x;\"a;\"\"b\"\"\n\
                   c\"\n2026-02-09;them;boss;'950'000;;call;no;'=1\n";
const ROWS: &str = "<row r='2'><c r='A2' t='inlineStr'><is><t>them</t></is></c><c r='B2'><v>1200.5</v></c><c r='C2' s='1'><v>46112</v></c>\
                    <c r='D2' t='s'><v>4</v></c></row>";

fn answered(answer: Result<Vec<Line>, Vec<Problem>>) {
    if let Err(problems) = answer {
        assert!((1..=spreadsheet::MAX_PROBLEMS).contains(&problems.len()), "{problems:?}");
    }
}

fn told(bytes: &[u8]) -> String {
    let problems = read_xlsx(bytes, None).expect_err("hostile");
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Pieces that have broken readers before.
const NASTY: [&str; 24] = [
    "\"",
    "'",
    ";",
    "\t",
    "\r",
    "\n",
    "\u{0}",
    "\u{feff}",
    "=",
    "9e999",
    "nan",
    "-1",
    "4294967296",
    "18446744073709551616",
    "<",
    ">",
    "/>",
    "&#0;",
    "&x;",
    "<row r='0'>",
    "<c r='XFD1048576'>",
    "<c r='A0'>",
    "</sheetData>",
    "]]>",
];

#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Cut(Index, Index),
    Put(Index, &'static str),
    Move(Index, Index),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let index = any::<Index>;
    let damage = prop_oneof![
        (index(), 0..8_u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        (index(), index()).prop_map(|(from, to)| Damage::Cut(from, to)),
        (index(), proptest::sample::select(NASTY.to_vec())).prop_map(|(at, piece)| Damage::Put(at, piece)),
        (index(), index()).prop_map(|(from, to)| Damage::Move(from, to)),
    ];
    vec(damage, 1..5)
}

fn damaged(bytes: &[u8], damages: &[Damage]) -> Vec<u8> {
    const PIECE: usize = 12;
    let mut bytes = bytes.to_vec();
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        match damage {
            Damage::Flip(at, bit) => bytes[at.index(length)] ^= 1 << bit,
            Damage::Cut(from, to) => {
                let from = from.index(length);
                drop(bytes.drain(from..(from + to.index(PIECE)).min(length)));
            }
            Damage::Put(at, piece) => drop(bytes.splice(at.index(length)..at.index(length), piece.bytes())),
            Damage::Move(from, to) => {
                let from = from.index(length);
                let piece: Vec<u8> = bytes[from..(from + PIECE).min(length)].to_vec();
                let to = to.index(length);
                drop(bytes.splice(to..to, piece));
            }
        }
    }
    bytes
}

static WRITTEN: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let lines = read_csv(CSV.as_bytes(), None).expect("sound");
    write_xlsx(&lines).expect("written")
});

proptest! {
    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..300)) {
        answered(read_csv(&bytes, None));
        answered(read_xlsx(&bytes, None));
    }

    #[test]
    fn any_text(text in "[ -~\n\r\t;é\"',.0-9]{0,80}") {
        answered(read_csv(text.as_bytes(), None));
        answered(read_csv(format!("by,price,date,term: days\nus,{text}").as_bytes(), None));
        answered(read_csv(format!("by,price,date,term: days\nus,1,{text},{text}\n").as_bytes(), None));
    }

    #[test]
    fn damaged_csv(damages in damages()) {
        answered(read_csv(&damaged(CSV.as_bytes(), &damages), None));
    }

    #[test]
    fn damaged_workbooks(damages in damages()) {
        answered(read_xlsx(&damaged(&WRITTEN, &damages), None));
    }

    #[test]
    fn workbooks_with_damaged_parts(damages in damages(), part in any::<Index>()) {
        let mut parts = parts(&format!("{HEADER}{ROWS}"));
        let part = part.get(&parts).0.clone();
        for (name, text) in &mut parts {
            if *name == part {
                *text = String::from_utf8_lossy(&damaged(text.as_bytes(), &damages)).into_owned();
            }
        }
        answered(read_xlsx(&zip_of(&parts), None));
    }

    #[test]
    fn what_is_read_can_be_written_and_read_again(damages in damages()) {
        if let Ok(lines) = read_csv(&damaged(CSV.as_bytes(), &damages), None) {
            prop_assert_eq!(read_csv(write_csv(&lines).as_bytes(), None), Ok(lines.clone()));
            if let Ok(bytes) = write_xlsx(&lines) {
                prop_assert_eq!(read_xlsx(&bytes, None), Ok(lines));
            }
        }
    }
}

#[test]
fn sheets_too_large_are_refused() {
    let bytes = vec![b'x'; spreadsheet::MAX_BYTES + 1];
    for answer in [read_csv(&bytes, None), read_xlsx(&bytes, None)] {
        assert!(
            answer.expect_err("too large")[0].to_string().contains("(sheet) is too large. A sheet is read up to 8 MiB")
        );
    }
}

fn bomb() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts(&format!("{HEADER}{ROWS}")) {
        let options = SimpleFileOptions::default().compression_level(Some(1));
        zip.start_file(&name, options).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
        if name.ends_with("sheet1.xml") {
            let blank = vec![b' '; 1 << 20];
            for _ in 0..65 {
                zip.write_all(&blank).expect("written");
            }
        }
    }
    zip.finish().expect("a zip").into_inner()
}

#[test]
fn a_bomb_is_refused_by_what_it_says_and_by_what_it_is() {
    let bomb = bomb();
    assert!(bomb.len() < spreadsheet::MAX_BYTES);
    assert!(told(&bomb).contains("is too large unpacked"));
    let mut liar = bomb;
    let size = (65_u32 << 20) + u32::try_from(parts(&format!("{HEADER}{ROWS}"))[3].1.len()).expect("short");
    let places: Vec<usize> = (0..liar.len() - 4).filter(|&at| liar[at..at + 4] == size.to_le_bytes()).collect();
    assert!(!places.is_empty(), "the size is told");
    for at in places {
        liar[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
    }
    let told = told(&liar);
    assert!(told.contains("is too large unpacked") || told.contains("damaged"), "{told}");
}

#[test]
fn a_long_text_in_many_cells_is_refused() {
    let text = "x".repeat(1 << 20);
    let mut parts =
        parts(&(1..=100).map(|row| format!("<row r='{row}'><c t='s'><v>0</v></c></row>")).collect::<String>());
    parts[4].1 = format!("<sst><si><t>{text}</t></si></sst>");
    assert!(told(&zip_of(&parts)).contains("holds too much text"));
}

#[test]
fn too_many_texts_are_refused() {
    let texts = format!("<sst>{}</sst>", "<si/>".repeat(1_000_001));
    assert!(told(&zip_of(&with(4, &texts))).contains("is too large unpacked"));
}

fn with(part: usize, text: &str) -> Vec<Part> {
    let mut parts = parts(&format!("{HEADER}{ROWS}"));
    parts[part].1 = text.to_owned();
    parts
}

#[test]
fn claims_take_no_memory() {
    let sound = parts(&format!("{HEADER}{ROWS}"));
    assert_eq!(read_xlsx(&zip_of(&sound), None).expect("sound").len(), 1);
    let mut strings = sound.clone();
    strings[4].1 = strings[4].1.replace("uniqueCount='9'", "uniqueCount='99999999999'");
    assert!(read_xlsx(&zip_of(&strings), None).is_ok());
    let wide = format!("{HEADER}<row><c r='XFD2'><v>1</v></c></row>");
    assert!(told(&zip_of(&parts(&wide))).starts_with("row 2 has a cell beyond column 64. "));
    let deep = format!("{HEADER}<row r='1048576'><c r='A1048576'><v>1</v></c></row>");
    assert!(told(&zip_of(&parts(&deep))).starts_with("row 1048576, by is something else"));
    let beyond = format!("{HEADER}<row r='1048577'><c r='A1048577'><v>1</v></c></row>");
    assert!(told(&zip_of(&parts(&beyond))).contains("damaged"));
    let mut directory = zip_of(&sound);
    let mut record = b"PK\x06\x06".to_vec();
    record.extend(44_u64.to_le_bytes());
    record.extend([0; 20]);
    record.extend((1_u64 << 40).to_le_bytes());
    directory.splice(0..0, record);
    assert!(told(&directory).contains("damaged"));
}

#[test]
fn attributes_and_tags_without_end_are_read_in_time() {
    let many = (0..30_000).map(|number| format!(" a{number}='1'")).collect::<String>();
    let rows = format!("{HEADER}<row{many}><c{many}/></row>{ROWS}");
    assert_eq!(read_xlsx(&zip_of(&parts(&rows)), None).expect("sound").len(), 1);
    let open = "<a>".repeat(500_000);
    assert!(told(&zip_of(&parts(&open))).contains("damaged"));
}

#[test]
fn parts_that_are_not_what_they_should_be_are_told() {
    for part in 0..6 {
        for text in [
            "",
            "<",
            "&nosuch;",
            "<a></b>",
            "<sheetData><row r='x'/></sheetData>",
            "<si>",
            "<sheetData><c r='A1' t='s'><v>9</v>",
        ] {
            answered(read_xlsx(&zip_of(&with(part, text)), None));
        }
    }
    for missing in [0, 1, 2, 3] {
        let mut parts = parts(ROWS);
        parts.remove(missing);
        assert!(told(&zip_of(&parts)).contains("damaged"));
    }
    assert!(told(&zip_of(&with(1, "<workbook/>"))).contains("has no sheet with cells"));
    assert!(told(b"not a zip").contains("is not an XLSX workbook"));
    assert!(told(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0]).contains("is of the old XLS format, or has a password"));
}
