//! The real binary, run as a person would: answers, exit codes, error texts, replay, and the same bytes at any
//! number of threads.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const BINARY: &str = env!("CARGO_BIN_EXE_upstairs");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(args: &[&str]) -> Output {
    Command::new(BINARY).args(args).current_dir(root()).env_remove("NO_COLOR").output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// Standard output of a run that must succeed.
fn good(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// Exit code and standard error of a run that must fail.
fn bad(args: &[&str]) -> (i32, String) {
    let output = run(args);
    assert!(output.stdout.is_empty(), "{args:?}");
    (output.status.code().expect("an exit code"), text(&output.stderr))
}

/// A file of this test process under the target folder.
fn scratch(name: &str, content: &[u8]) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("{}-{name}", std::process::id()));
    std::fs::write(&path, content).expect("the target folder can be written");
    path.display().to_string()
}

fn advice(path: &str, extra: &[&str]) -> serde_json::Value {
    let args = [&["advise", path, "--json"], extra].concat();
    serde_json::from_str(&good(&args)).expect("an advice is JSON")
}

#[test]
fn each_plan_is_advised_where_it_should_be_and_the_ledger_adds_up() {
    for plan in ["own_level", "guidance", "both_bosses", "ladder", "boss_at_impasse", "boss_at_outset", "walk_away"] {
        let path = format!("examples/when/{}.toml", plan.replace('_', "-"));
        let advice = advice(&path, &[]);
        assert_eq!(advice["recommendation"]["plan"], plan, "{path}");
        let ledger = &advice["ledger"];
        let number = |value: &serde_json::Value| value.as_f64().expect("a number");
        let entries = ledger["entries"].as_array().expect("entries");
        let sum: f64 = entries.iter().map(|entry| number(&entry["amount"])).sum();
        let difference = number(&ledger["difference"]);
        assert!((sum - difference).abs() <= 1e-9 * difference.abs(), "{path}: {sum} is not {difference}");
        let mean = |id: &serde_json::Value| {
            let plans = advice["plans"].as_array().expect("plans");
            number(&plans.iter().find(|plan| plan["id"] == *id).expect("the plan")["value"]["mean"])
        };
        let shown = mean(&ledger["between"][0]) - mean(&ledger["between"][1]);
        assert!((shown - difference).abs() <= 1e-9 * difference.abs(), "{path}: {shown} is shown");
        assert_eq!(advice["plans"].as_array().map(Vec::len), Some(9));
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_at_any_number_of_threads() {
    let at = |threads: &str| {
        good(&["advise", "examples/injury-claim.toml", "--json", "--samples", "8192", "--threads", threads])
    };
    let one = at("1");
    assert_eq!(one, at("2"));
    assert_eq!(one, at("8"));
    let other = good(&["advise", "examples/injury-claim.toml", "--json", "--samples", "8192", "--seed", "2"]);
    assert_ne!(one, other);
}

#[test]
fn a_replay_reproduces_to_the_byte_or_names_what_differs() {
    let saved =
        good(&["advise", "examples/software-renewal.toml", "--json", "--samples", "2048", "--as-of", "2026-02-20"]);
    let path = scratch("advice.json", saved.as_bytes());
    assert!(good(&["replay", &path]).contains("Reproduced to the byte"));
    assert!(good(&["replay", &path, "--case", "examples/software-renewal.toml"]).contains("Reproduced"));
    let edits = [
        ("\"seed\": 1,", "\"seed\": 2,", "input seed"),
        ("\"samples\": 2048,", "\"samples\": 4096,", "input samples"),
        ("\"as_of\": \"2026-02-20\",\n    \"ledger\"", "\"as_of\": \"2026-02-21\",\n    \"ledger\"", "input as_of"),
        ("\"target\":", "\"target\": 1500000.0, \"was\":", "not an advice"),
        (
            "\"title\": \"Renewal with Northwind\",\n      \"role\"",
            "\"title\": \"Other\",\n      \"role\"",
            "input case",
        ),
        ("\"option_value\": ", "\"option_value\": 1", "option_value"),
    ];
    for (piece, replacement, said) in edits {
        assert!(saved.contains(piece), "{piece}");
        let place = saved.rfind(piece).expect("the piece");
        let edited = format!("{}{replacement}{}", &saved[..place], &saved[place + piece.len()..]);
        let path = scratch("edited.json", edited.as_bytes());
        let output = run(&["replay", &path]);
        let told = text(&output.stdout) + &text(&output.stderr);
        assert!(told.contains(said), "{piece}: {told}");
        assert_eq!(output.status.code(), Some(if said == "not an advice" { 3 } else { 1 }), "{piece}");
    }
    let case = std::fs::read_to_string(root().join("examples/software-renewal.toml")).expect("the example");
    let case = scratch("changed.toml", case.replace("rounds_left = 6", "rounds_left = 7").as_bytes());
    let output = run(&["replay", &path, "--case", &case]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("time.rounds_left"), "{}", text(&output.stdout));
}

#[test]
fn what_is_wrong_is_told_with_its_exit_code() {
    let (code, said) = bad(&["advise", "examples/missing.toml"]);
    assert_eq!(code, 4);
    assert!(said.contains("examples/missing.toml") && said.contains("no such file"), "{said}");
    let (code, said) = bad(&["advise", "examples"]);
    assert_eq!((code, said.contains("folder")), (4, true), "{said}");
    let sound = std::fs::read_to_string(root().join("examples/when/own-level.toml")).expect("the example");
    let path = scratch("bad.toml", sound.replace("walk_away = ", "walkaway = ").as_bytes());
    let (code, said) = bad(&["advise", &path]);
    assert_eq!(code, 3);
    assert!(said.contains("value.walkaway") && said.contains("Did you mean 'walk_away'"), "{said}");
    let (code, said) = bad(&["advise", &scratch("large.toml", &vec![b'#'; 10 << 20])]);
    assert_eq!((code, said.contains("too large")), (3, true), "{said}");
    let (code, said) = bad(&["replay", &scratch("cut.json", b"{\"title\": \"x\"")]);
    assert_eq!((code, said.contains("line 1") && said.contains("breaks off")), (3, true), "{said}");
    for args in [
        &["advise", "examples/supply-contract.toml", "--samples", "3"][..],
        &["advise", "examples/supply-contract.toml", "--threads", "0"],
        &["advise", "examples/supply-contract.toml", "--as-of", "soon"],
        &["advise", "examples/supply-contract.toml", "--explain", "luck"],
        &["advise", "examples/supply-contract.toml", "--ledger", "ladder"],
        &["advise", "examples/supply-contract.toml", "--ledger", "ladder", "walk_away"],
        &["conquer"],
    ] {
        assert_eq!(bad(args).0, 2, "{args:?}");
    }
}

#[test]
fn an_error_text_gives_no_amount_away() {
    let sound = std::fs::read_to_string(root().join("examples/software-renewal.toml")).expect("the example");
    let walk_away = sound.lines().find(|line| line.starts_with("walk_away")).expect("a walk-away");
    let amount: String = walk_away.split('=').nth(1).expect("an amount").chars().filter(char::is_ascii_digit).collect();
    for crossed in [sound.replace("role = \"seller\"", "role = \"buyer\""), sound.replace("rounds_left", "rounds_lef")]
    {
        let (_, said) = bad(&["advise", &scratch("crossed.toml", crossed.as_bytes())]);
        assert!(!said.replace([',', '_'], "").contains(&amount), "{said}");
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let mut child = Command::new(BINARY)
        .args(["assumptions"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(text(&output.stderr).is_empty(), "{}", text(&output.stderr));
}

#[test]
fn a_pipe_gets_plain_text_and_colour_can_be_asked_for() {
    let args = ["advise", "examples/when/guidance.toml", "--samples", "1024"];
    assert!(!good(&args).contains('\u{1b}'));
    assert!(good(&[&args[..], &["--color", "always"]].concat()).contains('\u{1b}'));
}

#[test]
fn every_default_is_listed_and_explained() {
    let listed: Vec<serde_json::Value> = serde_json::from_str(&good(&["assumptions", "--json"])).expect("JSON");
    assert_eq!(listed.len(), engine::assumption::Name::COUNT);
    for row in &listed {
        assert!(row["source"].as_str().is_some_and(|source| !source.is_empty()), "{row}");
        assert!(row["grade"].as_str().is_some_and(|grade| !grade.is_empty()), "{row}");
    }
    for mechanism in terms::Mechanism::ALL {
        let args = ["advise", "examples/when/ladder.toml", "--samples", "1024", "--explain", mechanism.key()];
        assert!(good(&args).contains("What drives it"), "{mechanism}");
    }
}

#[test]
fn a_real_case_can_be_replayed_date_by_date() {
    let mut rounds = Vec::new();
    for date in ["2012-12-01", "2012-12-28", "2012-12-30"] {
        let advice = advice("examples/fiscal-cliff-2012.toml", &["--samples", "2048", "--as-of", date]);
        assert_eq!(advice["as_of"], date);
        rounds.push(advice["round"].as_u64().expect("a round"));
    }
    assert!(rounds.is_sorted() && rounds[0] < rounds[2], "{rounds:?}");
}

/// A committed file that is generated: the same as it is generated now, or written anew under `UPSTAIRS_BLESS`.
fn is_current(path: &str, generated: &str) {
    let path = root().join(path);
    if std::env::var_os("UPSTAIRS_BLESS").is_some() {
        let mut file = std::fs::File::create(&path).expect("the file can be written");
        file.write_all(generated.as_bytes()).expect("the file can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == generated, "{} is out of date; `cargo xtask bless` writes it anew", path.display());
}

#[test]
fn the_schema_and_the_reference_are_current() {
    is_current("schema/advice.schema.json", &good(&["schema"]));
    is_current("docs/cli.md", &good(&["markdown-help"]));
}

#[test]
fn the_model_is_written_out_for_every_plan_and_mechanism() {
    let model = std::fs::read_to_string(root().join("docs/model.md")).expect("the document is there");
    for mechanism in terms::Mechanism::ALL {
        assert!(model.contains(&format!("\n| `{mechanism}` |")), "docs/model.md has no row for {mechanism}");
    }
    for plan in terms::PlanId::ALL {
        assert!(model.contains(&format!("`{plan}`")), "docs/model.md says nothing of {plan}");
    }
}

#[test]
fn the_screen_is_as_it_was_looked_at() {
    let args = ["advise", "examples/software-renewal.toml", "--samples", "8192"];
    is_current("crates/cli/tests/snapshots/software-renewal.txt", &good(&args));
    let args = ["advise", "examples/linkedin-2016.toml", "--samples", "8192"];
    is_current("crates/cli/tests/snapshots/linkedin-2016.txt", &good(&args));
}

#[test]
fn a_screen_answers_at_its_top_and_fits() {
    for case in ["software-renewal", "injury-claim", "when/boss-at-outset", "nick-v-morgans-foods-1999"] {
        let screen = good(&["advise", &format!("examples/{case}.toml"), "--samples", "1024"]);
        assert!(screen.lines().count() <= 40, "{case}: {} lines", screen.lines().count());
        assert!(screen.lines().all(|line| line.chars().count() <= 100), "{case}: {screen}");
        let places = ["Should your boss come in?", "How sure?", "What is it worth?", "Against the course advised"];
        let lines: Vec<usize> =
            places.iter().filter_map(|place| screen.lines().position(|line| line.contains(place))).collect();
        assert!(lines.len() == places.len() && lines.is_sorted() && lines[2] < 20, "{case}: {screen}");
        assert!(!screen.contains("standard error"), "{case}: {screen}");
    }
}

#[test]
fn the_readme_shows_the_screen() {
    let (open, close) = ("<!-- screen: written by `cargo xtask bless` -->\n", "<!-- end of screen -->");
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).expect("the readme is there");
    let (before, rest) = readme.split_once(open).expect("a mark before the screen");
    let (_, after) = rest.split_once(close).expect("a mark after the screen");
    let screen = good(&["advise", "examples/software-renewal.toml"]);
    let shown = format!("{before}{open}```\n{}\n```\n{close}{after}", screen.trim_matches('\n'));
    if std::env::var_os("UPSTAIRS_BLESS").is_some() {
        std::fs::write(&path, &shown).expect("the readme is written");
    } else {
        assert!(readme == shown, "README.md shows another screen; if that is meant, `cargo xtask bless`");
    }
}

#[test]
fn nothing_asked_shows_what_one_starts_with() {
    let shown = good(&[]);
    let first = shown.split("\n\n").next().expect("a part");
    for command in ["advise", "open", "prepare", "offer", "show", "serve"] {
        assert!(first.lines().any(|line| line.trim_start().starts_with(&format!("{command} "))), "{command}: {shown}");
    }
    for heading in ["Your boss", "At the table", "Safe keeping", "The model"] {
        assert!(shown.contains(heading), "{shown}");
    }
    assert!(!first.contains("handback") && shown.contains("handback") && !shown.contains("markdown-help"));
}

#[test]
fn a_mechanism_and_a_plan_are_taken_by_their_names_on_the_screen() {
    let case = "examples/software-renewal.toml";
    let explained = |name: &str| good(&["advise", case, "--samples", "1024", "--flips", "none", "--explain", name]);
    let by_key = explained("skill");
    for name in ["boss's skill", "Boss's Skill", "boss\u{2019}s skill", "skill"] {
        assert_eq!(explained(name), by_key, "{name}");
    }
    let held = |one: &str, other: &str| {
        good(&["advise", case, "--samples", "1024", "--flips", "none", "--ledger", one, other])
    };
    assert_eq!(held("ladder, boss last", "own level"), held("ladder", "own_level"));
    let (code, said) = bad(&["advise", case, "--explain", "charm"]);
    assert!(code == 2 && said.contains("boss's skill") && said.contains("cross_deal"), "{said}");
}
