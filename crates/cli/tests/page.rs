//! The page of every example, as the real binary writes it: whole, well formed, complete, and loading nothing.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// The largest a page may be, in bytes.
const MOST_BYTES: usize = 300_000;
/// Elements that HTML has no end tag for, of those used here.
const VOID: [&str; 2] = ["meta", "br"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_upstairs")).args(args).current_dir(root()).output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// A place under the target folder that no other test has, of this process or another.
fn scratch(name: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{count}-{name}", std::process::id()))
}

/// The page of a case, and its advice as JSON from the same run.
fn page(case: &str, extra: &[&str]) -> (String, serde_json::Value) {
    let file = scratch(&(case.replace(['/', '.'], "-") + &extra.concat() + ".html"));
    let path = file.display().to_string();
    let output = run(&[&["advise", case, "--samples", "1024", "--json", "--html", &path], extra].concat());
    assert_eq!(output.status.code(), Some(0), "{case}: {}", text(&output.stderr));
    assert!(text(&output.stderr).contains(&path), "{case}");
    let page = std::fs::read_to_string(&file).expect("the page is there");
    std::fs::remove_file(&file).expect("the page can be removed");
    (page, serde_json::from_slice(&output.stdout).expect("standard output is the advice"))
}

fn examples() -> Vec<String> {
    let in_folder = |folder: &str| {
        let entries = std::fs::read_dir(root().join(folder)).expect("the examples");
        let names = entries.map(|entry| entry.expect("an example").file_name().to_string_lossy().into_owned());
        names.filter(|name| name.ends_with(".toml")).map(|name| format!("{folder}/{name}")).collect::<Vec<_>>()
    };
    let examples = [in_folder("examples"), in_folder("examples/when")].concat();
    assert!(examples.len() >= 18, "{examples:?}");
    examples
}

/// What a reader reads: the text between tags, its spaces single.
fn readable(page: &str) -> String {
    let body = page.split_once("<body>").expect("a body").1;
    let mut text = String::new();
    for piece in body.split('<') {
        text += piece.split_once('>').map_or("", |(_, text)| text);
    }
    let plain = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tags of a page in order, each with what stands in it; style sheets and the document type left out.
fn tags(page: &str) -> Vec<&str> {
    let (head, rest) = page.split_once("<style>").expect("a style sheet");
    let (_, body) = rest.split_once("</style>").expect("its end");
    let all = head.split('<').chain(body.split('<')).skip(1);
    all.filter_map(|piece| piece.split_once('>')).map(|(tag, _)| tag).filter(|tag| !tag.starts_with('!')).collect()
}

fn assert_tags_balance(case: &str, page: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in tags(page) {
        let name = tag.split_whitespace().next().unwrap_or_default();
        assert_eq!(tag.matches('"').count() % 2, 0, "{case}: a quote is missing in <{tag}>");
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{case}: </{name}> closes what isn't open"),
            None if VOID.contains(&name) => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{case}: {open:?} are never closed");
}

fn assert_loads_nothing(case: &str, page: &str) {
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"), "{case}");
    for tag in tags(page) {
        let name = tag.split_whitespace().next().unwrap_or_default();
        assert!(
            !["script", "link", "img", "iframe", "object", "embed", "use", "image"].contains(&name),
            "{case}: {tag}"
        );
        for attribute in ["src=", "href=", "srcset=", "onload=", "onclick="] {
            assert!(!tag.contains(&format!(" {attribute}")), "{case}: {tag}");
        }
    }
    assert!(!page.contains("url(") && !page.contains("@import"), "{case}");
}

#[test]
fn every_example_has_a_whole_page() {
    for case in examples() {
        let (page, advice) = page(&case, &[]);
        assert!(page.len() < MOST_BYTES, "{case}: {} bytes", page.len());
        assert!(!page.contains("NaN") && !page.contains("inf%"), "{case}");
        assert_tags_balance(&case, &page);
        assert_loads_nothing(&case, &page);
        let text = readable(&page);
        for key in ["title", "currency", "engine_version"] {
            assert!(text.contains(advice[key].as_str().expect("text")), "{case}: {key}");
        }
        let sentence = advice["recommendation"]["sentence"].as_str().expect("a sentence");
        assert!(text.contains(sentence), "{case}: {sentence}");
        let fingerprint = advice["inputs"]["fingerprints"]["case"].as_str().expect("a fingerprint");
        assert!(text.contains(fingerprint) && text.contains("Privileged"), "{case}");
        // The notes of real cases speak of people by name; our own words speak of a boss, never of him or her.
        let noted = advice["inputs"]["case"].to_string();
        for word in [" he ", " she ", " his ", " her "].into_iter().filter(|word| !noted.contains(word)) {
            assert!(!text.contains(word), "{case}: {word}");
        }
    }
}

/// The rows of the ledger's table: each with its text and the figure in its second column.
fn ledger_rows(page: &str) -> Vec<(&str, f64)> {
    let table = page.split_once("table class=\"waterfall\"").expect("a ledger").1;
    let table = table.split_once("</table>").expect("its end").0;
    let figure = |row: &str| {
        let cell = row.split_once("<td>")?.1.split_once("</td>")?.0;
        let text: String = cell.split('<').filter_map(|piece| piece.rsplit('>').next()).collect();
        let digits: String =
            text.replace('−', "-").chars().filter(|c| c.is_ascii_digit() || "-.".contains(*c)).collect();
        digits.parse().ok()
    };
    table.split("<tr").filter_map(|row| Some((row, figure(row)?))).collect()
}

#[test]
fn the_ledger_adds_up_as_shown() {
    for case in examples() {
        let (page, advice) = page(&case, &[]);
        let rows = ledger_rows(&page);
        let [(first, start), steps @ .., (_, end)] = &rows[..] else { panic!("{case}: {rows:?}") };
        let sum = start + steps.iter().map(|(_, step)| step).sum::<f64>();
        assert!((sum - end).abs() < 1e-6 * end.abs().max(1.0), "{case}: {rows:?}");
        // It starts at the course advised, or ends there.
        let advised = advice["recommendation"]["plan"].as_str().expect("a plan");
        let ends_there = advice["ledger"]["between"][0] == advised;
        assert!(first.contains("the course advised") || ends_there, "{case}: {first}");
        let entries = advice["ledger"]["entries"].as_array().expect("entries");
        let largest = entries.iter().filter_map(|entry| entry["amount"].as_f64()).fold(0.0, |a: f64, b| a.max(b.abs()));
        // The way from the course advised to where the effects begin is none of them.
        let effects = steps.iter().filter(|(row, _)| !row.contains("in place of the course"));
        let shown = effects.fold(0.0, |a: f64, (_, b)| a.max(b.abs()));
        assert!((largest - shown).abs() <= 0.5 * largest.max(1.0), "{case}: {largest} {shown}");
    }
}

#[test]
fn an_early_day_hides_what_came_later() {
    let (page, _) = page("examples/activision-2021.toml", &["--as-of", "2021-11-19"]);
    let text = readable(&page);
    assert!(text.contains("Nothing has been offered yet."), "{text}");
    assert!(text.contains("--as-of 2021-11-19"), "{text}");
    assert!(!text.contains("26 Nov 2021"), "{text}");
}

#[test]
fn what_a_case_says_is_escaped() {
    let sound = std::fs::read_to_string(root().join("examples/software-renewal.toml")).expect("the example");
    let case = scratch("escaped.toml");
    let marked = sound.replace("Renewal with Northwind", "<script>alert(1)</script> & \\\"co\\\"");
    std::fs::write(&case, marked).expect("the target folder can be written");
    let (page, _) = page(&case.display().to_string(), &[]);
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"), "the title is not escaped");
    assert_tags_balance("escaped", &page);
}

#[test]
fn the_screen_stays_and_says_where_the_page_is() {
    let file = scratch("said.html");
    let path = file.display().to_string();
    let args = ["advise", "examples/when/guidance.toml", "--samples", "1024"];
    std::fs::write(&file, "an older page").expect("the target folder can be written");
    let alone = text(&run(&args).stdout);
    let both = text(&run(&[&args[..], &["--html", &path]].concat()).stdout);
    let rest = both.strip_prefix(&alone).expect("the screen is as without a page");
    assert!(rest.contains(&path) && rest.lines().count() == 1, "{rest}");
    assert!(std::fs::read_to_string(&file).expect("the page").starts_with("<!DOCTYPE html>"));
}

#[test]
fn a_page_that_cannot_be_written_is_told() {
    let folder = scratch("folder");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    let case = scratch("kept.toml");
    std::fs::copy(root().join("examples/when/guidance.toml"), &case).expect("the example");
    let case = case.display().to_string();
    let missing = folder.join("nowhere/page.html").display().to_string();
    let folder = folder.display().to_string();
    for (path, code, said) in
        [(&missing, 4, "folder does not exist"), (&folder, 4, "is a folder"), (&case, 2, "the case itself")]
    {
        let output = run(&["advise", &case, "--samples", "1024", "--html", path]);
        let told = text(&output.stderr);
        assert_eq!((output.status.code(), told.contains(said)), (Some(code), true), "{told}");
        assert!(output.stdout.is_empty(), "{path}");
    }
    assert!(std::fs::read_to_string(&case).expect("the case").contains("[value]"));
    assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 0);
}
