//! The study of the lab: the same bytes at any number of threads and after an interruption, no mixing of studies, and
//! a page that says what its summary says.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_upstairs");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// An empty folder of this test process under the target folder.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}", std::process::id()));
    if path.exists() {
        std::fs::remove_dir_all(&path).expect("the target folder can be written");
    }
    path
}

/// Twelve cases, three of them with ledgers.
const SMALL: [&str; 4] = ["--cases", "12", "--ledgers", "3"];

fn study(out: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(BINARY);
    command.args(["lab", "study"]).args(args).arg("--out").arg(out);
    command.output().expect("the binary runs")
}

fn good(out: &Path, args: &[&str]) {
    let output = study(out, args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).expect("the study wrote it")
}

#[test]
fn a_study_gives_the_same_bytes_at_any_number_of_threads_and_after_an_interruption() {
    let (one, two) = (folder("one"), folder("two"));
    let at = |threads| [&SMALL[..], &["--threads", threads]].concat();
    good(&one, &at("1"));
    good(&two, &at("2"));
    let summary = bytes(&one, "summary.json");
    assert_eq!(summary, bytes(&two, "summary.json"));
    // Cut in the middle of a line, as by a power failure.
    let lines = bytes(&two, "cases.jsonl");
    let fifth = lines.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(4).expect("twelve lines").0;
    std::fs::write(two.join("cases.jsonl"), &lines[..fifth + 200]).expect("the target folder can be written");
    std::fs::remove_file(two.join("summary.json")).expect("it is there");
    good(&two, &at("2"));
    assert_eq!(summary, bytes(&two, "summary.json"));
    let sorted = |folder: &Path| {
        let text = String::from_utf8(bytes(folder, "cases.jsonl")).expect("UTF-8");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    };
    assert_eq!(sorted(&one), sorted(&two));
    assert_eq!(sorted(&one).len(), 12);
    for plot in ["recommended", "values", "ledger", "influence", "map-later-deals-call-rate"] {
        assert_eq!(bytes(&one, &format!("{plot}.svg")), bytes(&two, &format!("{plot}.svg")));
    }
}

#[test]
fn a_study_can_be_made_larger_but_not_mixed_with_another() {
    let (out, whole) = (folder("mixed"), folder("whole"));
    good(&out, &["--cases", "5", "--ledgers", "1"]);
    good(&out, &SMALL);
    good(&whole, &SMALL);
    assert_eq!(bytes(&out, "summary.json"), bytes(&whole, "summary.json"));
    let before = bytes(&out, "cases.jsonl");
    good(&out, &SMALL);
    assert_eq!(before, bytes(&out, "cases.jsonl"), "nothing was left to do");
    let refused = study(&out, &[&SMALL[..], &["--seed", "2"]].concat());
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("holds another study: seed 1, not 2"), "{said}");
    std::fs::remove_file(out.join("study.json")).expect("it is there");
    let refused = study(&out, &SMALL);
    assert_eq!(refused.status.code(), Some(2), "{}", String::from_utf8_lossy(&refused.stderr));
}

#[test]
fn an_assumption_held_makes_another_study_and_has_to_make_sense() {
    let (held, free) = (folder("held"), folder("free"));
    let none = ["--cases", "4", "--ledgers", "0"];
    good(&free, &none);
    good(&held, &[&none[..], &["--assume", "skill_needs_time=1"]].concat());
    assert_ne!(bytes(&held, "cases.jsonl"), bytes(&free, "cases.jsonl"));
    let refused = study(&held, &none);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("assumed skill_needs_time=1, not nothing"), "{said}");
    for wrong in ["skill_needs_time=2", "skill_needs_time", "skill_needs_tim=1", "later_deals=3"] {
        let refused = study(&held, &["--assume", wrong]);
        assert_eq!(refused.status.code(), Some(2), "{wrong}");
    }
}

fn committed(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("it is committed")
}

fn summary() -> Value {
    serde_json::from_str(&committed("docs/study/summary.json")).expect("the summary is JSON")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn name(plan: &Value) -> &'static str {
    match plan.as_str().expect("a plan") {
        "walk_away" => "walk away",
        "own_level" => "own level",
        "guidance" => "guidance",
        "both_bosses" => "both bosses at an impasse",
        "ladder" => "ladder, boss last",
        "boss_at_impasse" => "boss at an impasse",
        "boss_at_outset" => "boss joins now",
        "hand_over" => "hand over",
        other => panic!("no plan is called {other}"),
    }
}

fn find<'a>(rows: &'a Value, key: &str, wanted: &Value) -> &'a Value {
    list(rows).iter().find(|row| row[key] == *wanted).expect("a row")
}

fn percent(value: &Value, digits: usize) -> String {
    format!("{:.digits$} %", 100.0 * number(value))
}

fn signed(value: &Value) -> String {
    let share = 100.0 * number(value);
    let text = format!("{:.2}", share.abs());
    let sign = if text == "0.00" {
        ""
    } else if share < 0.0 {
        "−"
    } else {
        "+"
    };
    format!("{sign}{text}")
}

fn plans_table(summary: &Value) -> String {
    let mut table = String::from(
        "| plan | advised in | highest in | worth beyond own level | a deal | boss in |\n|---|---|---|---|---|---|\n",
    );
    for plan in list(&summary["order_by_value"]) {
        let (advised, mean) = (find(&summary["all"]["rungs"], "plan", plan), find(&summary["plans"], "plan", plan));
        let highest = find(&summary["all"]["highest"], "plan", plan);
        let _ = writeln!(
            table,
            "| {} | {} (± {:.1}) | {} | {} (± {:.2}) | {} | {} |",
            name(plan),
            percent(&advised["share"], 1),
            100.0 * number(&advised["standard_error"]),
            percent(&highest["share"], 1),
            signed(&mean["beyond_own_level"]),
            100.0 * number(&mean["standard_error"]),
            percent(&mean["agreement_probability"], 0),
            percent(&mean["boss_joins_probability"], 0),
        );
    }
    table
}

fn ledgers_table(summary: &Value) -> String {
    let mut table = String::from("| mechanism |");
    let ledgers = list(&summary["ledgers"]);
    for ledger in ledgers {
        let against: Vec<&str> = list(&ledger["against"]).iter().map(name).collect();
        let _ = write!(table, " {} against {} |", name(&ledger["plan"]), against.join(" or "));
    }
    table += &format!("\n|---|{}\n", "---|".repeat(ledgers.len()));
    for (index, entry) in list(&ledgers[0]["entries"]).iter().enumerate() {
        let _ = write!(table, "| {} |", entry["mechanism"].as_str().expect("a mechanism").replace('_', " "));
        for ledger in ledgers {
            let _ = write!(table, " {} |", signed(&ledger["entries"][index]["mean"]));
        }
        table.push('\n');
    }
    table += "| **together** |";
    for ledger in ledgers {
        let _ = write!(table, " **{}** |", signed(&ledger["difference"]["mean"]));
    }
    table + "\n"
}

fn parameters_table(summary: &Value) -> String {
    let mut table = String::from("| what | meaning | drawn from |\n|---|---|---|\n");
    for row in list(&summary["parameters"]) {
        let text = |key: &str| row[key].as_str().expect("text").to_owned();
        let _ = writeln!(table, "| `{}` | {} | {} |", text("key"), text("meaning"), text("distribution"));
    }
    table
}

#[test]
fn the_page_says_what_its_summary_says() {
    let (path, summary) = (root().join("docs/when-to-go-upstairs.md"), summary());
    let mut page = committed("docs/when-to-go-upstairs.md");
    let tables = [
        ("plans", plans_table(&summary)),
        ("ledgers", ledgers_table(&summary)),
        ("parameters", parameters_table(&summary)),
    ];
    for (table, text) in tables {
        let (begin, end) =
            (format!("<!-- {table}: written by `cargo xtask bless` -->\n\n"), format!("\n<!-- end of {table} -->"));
        let from = page.find(&begin).expect("the place of the table") + begin.len();
        let to = page.find(&end).expect("the end of the table");
        if std::env::var_os("UPSTAIRS_BLESS").is_some() {
            page.replace_range(from..to, &text);
            std::fs::write(&path, &page).expect("the page can be written");
        } else {
            assert!(page[from..to] == text, "the table of {table} is out of date; `cargo xtask bless` writes it anew");
        }
    }
}

/// A cell of a profile.
fn cell<'a>(summary: &'a Value, axis: &str, bin: &str) -> &'a Value {
    let profile = list(&summary["profiles"]).iter().find(|profile| profile["axis"]["key"] == axis).expect("a profile");
    let place = list(&profile["axis"]["bins"]).iter().position(|name| name == bin).expect("a bin");
    &profile["cells"][place]
}

#[test]
fn the_figures_quoted_in_the_page_are_those_of_the_summary() {
    let (page, summary) =
        (committed("docs/when-to-go-upstairs.md").split_whitespace().collect::<Vec<_>>().join(" "), summary());
    let all = &summary["all"];
    let comes = |when: &str| percent(&find(&all["boss_comes"], "boss_comes", &Value::from(when))["share"], 1);
    let influence =
        |axis: &str| percent(&find(&summary["influences"], "axis", &Value::from(axis))["of_gain_at_once"], 0);
    let at = |axis: &str, bin: &str, comes: &str| percent(&cell(&summary, axis, bin)["boss_comes"][comes], 0);
    let rungs = |axis: &str, bin: &str, plan: &str| percent(&cell(&summary, axis, bin)["rungs"][plan], 0);
    let gain = |axis: &str, bin: &str| signed(&cell(&summary, axis, bin)["gain_at_once"]["mean"]) + " %";
    let sides = |place: usize| {
        let means = list(&summary["ledgers"][place]["entries"]).iter().map(|entry| number(&entry["mean"]));
        let (gains, costs): (Vec<f64>, Vec<f64>) = means.partition(|mean| *mean > 0.0);
        [gains, costs].map(|side| signed(&Value::from(side.iter().sum::<f64>())) + " %")
    };
    let ([gains, costs], [gains_last, costs_last]) = (sides(0), sides(4));
    let quoted = [
        format!("gains of {gains} and costs of {costs}"),
        format!("{gains_last} of gains for {costs_last} of costs"),
        format!("advised at once in {} of these", at("already_expected", "yes", "at_once")),
        format!("at once in {}", comes("at_once")),
        format!("for last in {}", comes("last")),
        format!("only with theirs in {}", comes("only_with_theirs")),
        format!("not at all in {}", comes("never")),
        format!("waiting is worth {} %", signed(&all["value_of_waiting"]["mean"])),
        format!("in {} of the cases it beats", percent(&all["at_once_better"]["mean"], 0)),
        format!("comes in {} of the time", percent(&all["boss_joins"]["mean"], 0)),
        format!("explains {} of the spread", influence("boss_skill")),
        format!("the boss's time {}", influence("boss_time_cost")),
        format!("precedent {}", influence("call_rate")),
        format!("expected anyway {}", influence("already_expected")),
        format!("under a quarter: never in {}", at("chance_of_zopa", "to 25 %", "never")),
        format!("three or four rounds, the ladder in {}", rungs("rounds_left", "3–4", "ladder")),
        format!("with fifteen or sixteen in {}", rungs("rounds_left", "15–16", "ladder")),
        format!("a fifth or more: {}", gain("boss_skill", "20 % +")),
        format!("everyone brings theirs: {}", gain("already_expected", "yes")),
        format!("nobody will ask again: {}", gain("call_rate", "0")),
        format!("surely ask again: {}", gain("call_rate", "60 % +")),
    ];
    for words in quoted {
        assert!(page.contains(&words), "the page doesn't say \"{words}\"");
    }
}
