//! Workbooks put together part by part.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

/// A part of a workbook: its name and what it says.
pub type Part = (String, String);

/// A zip of these parts.
pub fn zip_of(parts: &[Part]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

fn relations(relations: &[(&str, &str)]) -> String {
    let entries = relations.iter().map(|(kind, target)| {
        format!("<Relationship Id='{kind}' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}' Target='{target}'/>")
    });
    format!("<?xml version='1.0'?><Relationships>{}</Relationships>", entries.collect::<String>())
}

/// The parts of a workbook whose one sheet has this within `sheetData`.
pub fn parts(rows: &str) -> Vec<Part> {
    let of = |name: &str, text: String| (name.to_owned(), text);
    let others =
        [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "/xl/sharedStrings.xml"), ("styles", "styles.xml")];
    vec![
        of("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml")])),
        of("xl/workbook.xml", "<workbook><sheets><sheet name='a' r:id='worksheet'/></sheets></workbook>".to_owned()),
        of("xl/_rels/workbook.xml.rels", relations(&others)),
        of("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
        of(
            "xl/sharedStrings.xml",
            "<sst uniqueCount='9'><si><t>by</t></si><si><r><t>pri</t></r><rPh><t>no</t></rPh><r><t>ce</t></r></si>\
             <si><t>date</t></si><si><t>note</t></si><si><t xml:space='preserve'>us &amp; _x0041_&#66;<![CDATA[<C>]]></t></si></sst>"
                .to_owned(),
        ),
        of(
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/></numFmts><cellStyleXfs><xf numFmtId='14'/>\
             </cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='14'/><xf numFmtId='2'/></cellXfs></styleSheet>"
                .to_owned(),
        ),
    ]
}

/// The header `by, price, date, note`, of shared texts.
pub const HEADER: &str = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c t='s'><v>2</v></c><c t='s'><v>3</v></c></row>";
