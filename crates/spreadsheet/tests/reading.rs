//! Sheets as people keep them, and what is said of what is wrong with them.

use negotiation::offer::{Channel, Offer, Term};
use spreadsheet::{Line, read_csv, read_xlsx};

use book::{HEADER, parts, zip_of};
use terms::{Amount, Level, Side};

mod book;

fn amount(text: &str) -> Amount {
    text.parse().expect("an amount")
}

fn read(csv: &str) -> Vec<Line> {
    read_csv(csv.as_bytes(), None).expect("sound")
}

fn told(csv: &str) -> Vec<String> {
    read_csv(csv.as_bytes(), None).expect_err("faulty").iter().map(ToString::to_string).collect()
}

#[test]
fn a_sheet_with_everything() {
    let lines = read(
        "\u{feff}Price;BY;Date;Term: Payment  Days;level;channel;binding;condition;Note;term:warranty;'SLA\r\n\
         1.200.000,50 €;We;2026-02-02;30;;;;;;2 years;\r\n\
         \r\n\
         CHF 950'000;THEY;;'30;Boss;meeting;X;\"board; in May\";\" he said \"\"no\"\" \";;99,5\r\n",
    );
    let mut first = Offer::of(Side::Us, 0);
    first.package.price = amount("1200000.5");
    first.package.terms.insert("payment_days".to_owned(), Term::Number(30.into()));
    first.package.terms.insert("warranty".to_owned(), Term::Words("2 years".to_owned()));
    let mut second = Offer::of(Side::Them, 950_000);
    second.package.terms.insert("payment_days".to_owned(), Term::Words("30".to_owned()));
    second.package.terms.insert("SLA".to_owned(), Term::Number(amount("99.5")));
    second.level = Level::Boss;
    second.channel = Channel::Meeting;
    second.binding = true;
    second.condition = Some("board; in May".to_owned());
    second.note = Some("he said \"no\"".to_owned());
    let day = "2026-02-02".parse().expect("a day");
    assert_eq!(lines, [Line { on: Some(day), offer: first }, Line { on: None, offer: second }]);
}

#[test]
fn separators_are_told_from_the_header() {
    for separator in [",", ";", "\t"] {
        let line = |cells: [&str; 3]| cells.join(separator);
        let csv = format!("{}\n{}\n", line(["note", "by", "amount"]), line(["a", "us", "5"]));
        assert_eq!(read(&csv)[0].offer.package.price, amount("5"), "{csv}");
    }
    assert_eq!(read("\"note, or more\";by;price\nx;us;5\n").len(), 1);
    assert_eq!(read("by,price").len(), 0);
}

#[test]
fn other_prices_settle_what_one_leaves_open() {
    let prices = |csv: &str| read(csv).iter().map(|line| line.offer.package.price).collect::<Vec<_>>();
    assert_eq!(prices("by;price\nus;1,200,000\nthem;950,000\n"), [amount("1200000"), amount("950000")]);
    assert_eq!(prices("by;price\nus;1.200.000\nthem;950.000\n"), [amount("1200000"), amount("950000")]);
    let why = "its one point or comma may set thousands apart, or decimals. Write 1200 or 1.2.";
    let ambiguous = |row: usize| format!("row {row}, price could be 1200 or 1.2: {why}");
    assert_eq!(told("by;price\nus;1,200\nthem;1.200\n"), [ambiguous(2), ambiguous(3)]);
    assert_eq!(told("by;price\nus;3,5\nthem;1,200,000\nus;1,200\n"), [ambiguous(4)]);
}

#[test]
fn every_problem_is_told_with_its_place() {
    let shapes = "Write it like 1250000.50, 1.2m, 350k or 1,200,000.";
    let cases = [
        ("price", "by", "much", format!("price is not a number. {shapes}")),
        ("price", "by", "", "price is empty. Give the price of every offer, in digits.".to_owned()),
        (
            "price",
            "by",
            "0.1234567",
            "price has too many digits. Round it to at most 6 decimals, and 15 digits before the point.".to_owned(),
        ),
        ("by", "price", "", "by is empty. Expected us or them.".to_owned()),
        ("by", "price", "me", "by is 'me', which is not a choice here. Expected us or them.".to_owned()),
        ("by", "price", "1000731", "by is something else, which is not a choice here. Expected us or them.".to_owned()),
    ];
    for (column, other, cell, problem) in cases {
        let sound = if other == "by" { "us" } else { "5" };
        assert_eq!(told(&format!("{column};{other}\n{cell};{sound}\n")), [format!("row 2, {problem}")]);
    }
    let cases = [
        (
            "level",
            "ceo",
            "is 'ceo', which is not a choice here. Expected negotiator or boss, or nothing for the negotiator.",
        ),
        (
            "channel",
            "fax",
            "is 'fax', which is not a choice here. Expected meeting, call, mail, platform or other, or nothing for mail.",
        ),
        ("binding", "maybe", "is 'maybe', which is not a choice here. Expected yes or no, or nothing for no."),
        (
            "date",
            "03/04/2026",
            "could be 2026-04-03 or 2026-03-04: its day and its month may stand either way. Write it as YYYY-MM-DD, such as \
             2026-03-31.",
        ),
        ("date", "2026-02-30", "is not a date. Write it as YYYY-MM-DD, such as 2026-03-31."),
        (
            "days",
            "1,200",
            "could be 1200 or 1.2: its one point or comma may set thousands apart, or decimals. Write 1200 or 1.2. If it is \
             text, put an apostrophe before it.",
        ),
    ];
    for (column, cell, problem) in cases {
        let header = if column == "days" { "term: days" } else { column };
        assert_eq!(told(&format!("by;price;{header}\n\nus;5;{cell}\n")), [format!("row 3, {column} {problem}")]);
    }
}

#[test]
fn a_price_in_another_currency_is_a_problem_wherever_it_is_named() {
    let told = |csv: &str| {
        let read = read_csv(csv.as_bytes(), Some(terms::Currency::EUR));
        read.map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let pounds = "is in GBP, and the negotiation is in EUR. Give it in EUR.";
    assert_eq!(told("by,price\nus,€5\nthem,£431000\n"), Err(vec![format!("row 3, price {pounds}")]));
    assert_eq!(told("by,price (GBP)\nus,5\n"), Err(vec![format!("row 1, price {pounds}")]));
    assert_eq!(told("by,price,currency\nus,5,EUR\nthem,4,gbp\n"), Err(vec![format!("row 3, currency {pounds}")]));
    assert_eq!(
        told("by,Price in €,currency\nus,5 TEUR,EUR\n").map(|lines| lines[0].offer.package.price),
        Ok(amount("5000"))
    );
}

#[test]
fn headers_are_checked() {
    let by = "row 1, by is missing. Name a column `by`, where `us` or `them` says whose an offer is; the first row has the names.";
    let price = "row 2, price is missing. Name a column `price`, with the prices; the first row has the names.";
    assert_eq!(told("whose,price\nus,5\n"), [by]);
    assert_eq!(told("\nby,cost\nus,5\n"), [price]);
    let twice = "is there twice. Keep one column of the two, or rename one.";
    assert_eq!(told("by,price,Amount\nus,5,6\n"), [format!("row 1, price {twice}")]);
    assert_eq!(told("by,price,term:Pay days,term: pay_days\nus,5,6,7\n"), [format!("row 1, pay_days {twice}")]);
    for csv in ["", "\n\n", " ,,\n", "\u{feff}"] {
        let empty = "row 1, (sheet) is empty. Start with a row of headers: date, by, price, and others if need be.";
        assert_eq!(told(csv), [empty]);
    }
    let lost = "has no header, but something in this row. Name the column in the first row, or clear the cell; in CSV, put \
                quotes around texts with separators.";
    assert_eq!(told("by,,price\nus,,5,,\nus,x,5\nus,,5,x\n"), [format!("row 3, B {lost}"), format!("row 4, D {lost}")]);
}

#[test]
fn rows_are_counted_as_a_spreadsheet_shows_them() {
    let csv = "\r\nby,price,note\r\n\r\n\r\nus,5,\"two\r\n\r\nlines\"\r\n,,\r\n  \r\nme,5,\r\n";
    assert_eq!(told(csv)[0].split(' ').take(3).collect::<Vec<_>>(), ["row", "8,", "by"]);
}

#[test]
fn all_problems_are_told_at_once_up_to_fifty() {
    let csv = format!("by,price\n{}", "me,much\n".repeat(20));
    assert_eq!(told(&csv).len(), 40);
    let csv = format!("by,price\n{}", "me,much\n".repeat(60));
    assert_eq!(told(&csv).len(), spreadsheet::MAX_PROBLEMS);
}

#[test]
fn limits_are_told() {
    let rows = |count: usize| format!("by,price\n{}", "us,5\n".repeat(count));
    assert_eq!(read(&rows(spreadsheet::MAX_ROWS)).len(), spreadsheet::MAX_ROWS);
    assert_eq!(
        told(&rows(spreadsheet::MAX_ROWS + 5)),
        ["row 10002 is one too many. Up to 10000 rows are read; split the sheet."]
    );
    let columns = |count: usize| {
        let names: Vec<String> = (2..count).map(|number| format!("term: t{number}")).collect();
        format!("by,price,{}\nus,5{}\n", names.join(","), ",7".repeat(count - 2))
    };
    assert_eq!(read(&columns(spreadsheet::MAX_COLUMNS))[0].offer.package.terms.len(), spreadsheet::MAX_COLUMNS - 2);
    let wide =
        "row 1 has a cell beyond column 64. Up to 64 columns are read; leave out those that are not about the offers.";
    assert_eq!(told(&columns(spreadsheet::MAX_COLUMNS + 1)), [wide]);
}

#[test]
fn text_that_cannot_be_trusted_is_refused() {
    let bytes = b"by,price,note\nus,5,\nus,6,caf\x81\xe9\n";
    let problems = read_csv(bytes, None).expect_err("no text");
    let told_of = "row 3, (sheet) is no text in UTF-8, UTF-16 or Windows-1252. Save it as \"CSV UTF-8\", or as XLSX.";
    assert_eq!(problems[0].to_string(), told_of);
    let open = "row 3 opens a quote that is never closed. Close it; a quote within quotes is written twice.";
    assert_eq!(told("by,price,note\nus,5,a\nus,6,\"b\nus,7,c\n"), [open]);
}

#[test]
fn amounts_are_not_repeated_unless_they_can_be_read_in_two_ways() {
    for problem in told("by,price,date,level\n1000731,x1000731,1000731,1000731\nx1000731,\"1.7.31\",,\n") {
        assert!(!problem.contains("731"), "{problem}");
    }
}

#[test]
fn a_workbook_by_hand() {
    let rows = "<row r='3'><c r='A3' t='inlineStr'><is><t>us</t></is></c><c r='B3' s='3'><v>0.30000000000000004</v></c>\
                <c r='C3' s='2'><v>46112.75</v></c><c r='D3' t='s'><v>4</v></c></row>\
                <row><c t='str'><f>x</f><v>theirs</v></c><c><v>1.2E6</v></c><c t='d'><v>2026-03-31T00:00:00</v></c>\
                <c t='b'><v>1</v></c></row>\
                <row><c t='str'><v>us</v></c><c t='str'><v>$1,200.50</v></c><c t='str'><v>2026-03-31</v></c>\
                <c s='1'><v>46112</v></c></row>";
    let lines = read_xlsx(&zip_of(&parts(&format!("{HEADER}{rows}"))), None).expect("sound");
    let prices: Vec<Amount> = lines.iter().map(|line| line.offer.package.price).collect();
    assert_eq!(prices, [amount("0.3"), amount("1200000"), amount("1200.5")]);
    let notes: Vec<Option<&str>> = lines.iter().map(|line| line.offer.note.as_deref()).collect();
    assert_eq!(notes, [Some("us & AB<C>"), Some("true"), Some("2026-03-31")]);
    assert!(lines.iter().all(|line| line.on == Some("2026-03-31".parse().expect("a day"))));
}

#[test]
fn workbooks_of_other_programs() {
    let row = "<x:row><x:c t='s'><x:v>0</x:v></x:c><x:c t='s'><x:v>1</x:v></x:c><x:c t='s'><x:v>2</x:v></x:c></x:row>\
               <x:row><x:c t='str'><x:v>us</x:v></x:c><x:c><x:v>5</x:v></x:c><x:c s='1'><x:v>44650</x:v></x:c><x:c/></x:row>";
    let mut parts = parts("");
    parts[3].1 =
        format!("<x:worksheet xmlns:x='x'><x:dimension ref='A1'/><x:sheetData>{row}</x:sheetData></x:worksheet>");
    parts[3].0 = "XL\\Worksheets\\Sheet1.xml".to_owned();
    parts[1].1 = "<workbook><workbookPr date1904='1'/><sheets><sheet name='chart' r:id='styles'/><sheet name='a' r:id='worksheet'/>\
                  </sheets><x15:workbookPr/></workbook>"
        .to_owned();
    let lines = read_xlsx(&zip_of(&parts), None).expect("sound");
    assert_eq!(lines[0].on, Some("2026-03-31".parse().expect("a day")));
}

#[test]
fn cells_of_the_wrong_kind_are_told() {
    let rows = "<row r='2'><c t='e'><v>#SPILL!</v></c><c t='e'><v>#REF!</v></c><c><v>46112</v></c></row>\
                <row r='3'><c><v>1</v></c><c s='1'><v>46112</v></c><c t='b'><v>0</v></c></row>\
                <row r='4'><c t='str'><v>us</v></c><c><v>1e20</v></c></row>";
    let problems = read_xlsx(&zip_of(&parts(&format!("{HEADER}{rows}"))), None).expect_err("faulty");
    let told: Vec<String> =
        problems.iter().map(|problem| problem.to_string().split(". ").next().unwrap().to_owned()).collect();
    let expected = [
        "row 2, date is not a date",
        "row 2, by holds a formula that went wrong",
        "row 2, price holds a formula that went wrong",
        "row 3, date is not a date",
        "row 3, by is something else, which is not a choice here",
        "row 3, price is not a number",
        "row 4, price has too many digits",
    ];
    assert_eq!(told, expected);
    let header = "<row r='1'><c t='str'><v>by</v></c><c t='e'><v>#N/A</v></c><c t='str'><v>price</v></c></row>";
    let problems = read_xlsx(&zip_of(&parts(header)), None).expect_err("faulty");
    assert_eq!(
        problems[0].to_string(),
        "row 1, B holds a formula that went wrong. Mend the formula, or write its value."
    );
}
