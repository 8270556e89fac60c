//! The laboratory of domains and strategies, and the packages of an issue sheet, run as a person would.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

const BINARY: &str = env!("CARGO_BIN_EXE_upstairs");
const SHEET: &str = "sheets/software-renewal.toml";

fn run(args: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Command::new(BINARY).args(args).current_dir(root).output().expect("the binary runs")
}

/// Standard output of a run that must succeed.
fn good(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

fn json_of(args: &[&str]) -> Value {
    serde_json::from_str(&good(args)).expect("JSON")
}

/// Exit code and standard error of a run that must fail.
fn bad(args: &[&str]) -> (i32, String) {
    let output = run(args);
    assert!(output.stdout.is_empty(), "{args:?}");
    (output.status.code().expect("an exit code"), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// An empty folder of this test process under the target folder.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-lab-{name}", std::process::id()));
    if path.exists() {
        std::fs::remove_dir_all(&path).expect("the target folder can be written");
    }
    std::fs::create_dir_all(&path).expect("the target folder can be written");
    path
}

fn file(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).expect("the target folder can be written");
    path.display().to_string()
}

/// Two sides of opposite interests on the first issue and a trade to be made on the others.
fn scenario(reserved: f64) -> Value {
    let party = |name: &str, values: [[f64; 3]; 3], strategy: &str| json!({ "name": name, "values": values, "weights": [0.2, 0.5, 0.3], "reserved": reserved, "strategy": strategy });
    let issue = |name: &str| json!({ "name": name, "values": ["a", "b", "c"] });
    json!({
        "n_steps": 60,
        "issues": [issue("x"), issue("y"), issue("z")],
        "parties": [
            party("one", [[0.0, 0.5, 1.0], [0.0, 0.5, 1.0], [0.0, 0.4, 1.0]], "boulware"),
            party("two", [[1.0, 0.5, 0.0], [0.9, 1.0, 0.0], [1.0, 0.9, 0.0]], "conceder"),
        ],
    })
}

#[test]
fn a_session_many_and_a_tournament_agree_with_each_other() {
    let folder = folder("sessions");
    let one = file(&folder, "one.json", &scenario(0.0).to_string());
    let played = json_of(&["lab", "session", &one, "--json", "--trace"]);
    assert!(played["agreement"].is_array() && !played["offers"].as_array().expect("offers").is_empty(), "{played}");
    let lines = [0.0, 0.3].map(|reserved| json!({ "scenario": scenario(reserved) }).to_string()).join("\n");
    let many = file(&folder, "many.jsonl", &lines);
    let told = good(&["lab", "sessions", &many, "--json", "--trace", "--threads", "2"]);
    let first: Value = serde_json::from_str(told.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first, played);
    // Where nothing on offer is worth as much as no deal, they walk away.
    let hopeless = file(&folder, "hopeless.json", &scenario(1.5).to_string());
    let ended = json_of(&["lab", "session", &hopeless, "--json"]);
    assert!(ended["agreement"].is_null() && ended["timedout"] == false, "{ended}");
    let out = folder.join("out").display().to_string();
    let standings =
        |threads: &str| json_of(&["lab", "tournament", &one, "--threads", threads, "--json", "--out", &out]);
    let once = standings("1");
    assert_eq!(once, standings("3"));
    assert_eq!(once["matches"], 25);
    for name in ["standings.csv", "matches.csv", "standings.svg"] {
        assert!(folder.join("out").join(name).exists(), "{name}");
    }
    let found = json_of(&["lab", "opponents", &one, "--json"]);
    assert_eq!(found[0]["after"][0]["sides"], 8, "{found}");
}

#[test]
fn a_domain_keeps_its_figures_from_format_to_format() {
    let folder = folder("convert");
    let source = file(&folder, "source.json", &scenario(0.1).to_string());
    let figures = |args: &[&str]| {
        let found = json_of(&[&["lab", "analyse"], args, &["--json"]].concat());
        let welfare = found["max_welfare"].as_f64().expect("a number");
        (found["outcomes"].clone(), found["pareto_count"].clone(), (welfare * 1e9).round())
    };
    let before = figures(&[&source]);
    for (to, domain, profiles) in [
        ("scenario", "scenario.json", &[][..]),
        ("negolog", "one.json", &["two.json"]),
        ("genius", "domain.xml", &["one.xml", "two.xml"]),
    ] {
        let out = folder.join(to);
        good(&["lab", "convert", &source, "--to", to, "--out", &out.display().to_string()]);
        let paths: Vec<String> =
            [&[domain], profiles].concat().iter().map(|name| out.join(name).display().to_string()).collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).chain(["--convention", "negmas"]).collect();
        if to == "genius" {
            // GENIUS reads an option as a share of the best: its own rules give the figures back.
            let own: Vec<&str> = paths[..3].iter().copied().chain(["--convention", "genius"]).collect();
            assert_eq!(figures(&own).2, before.2, "{to}");
        } else {
            assert_eq!(figures(&paths), before, "{to}");
        }
    }
    let out = folder.join("sheet").display().to_string();
    good(&["lab", "convert", &source, "--to", "sheet", "--out", &out]);
    // A sheet does not know what no deal is worth to them, and so not which points they would accept.
    let sheet = figures(&[&format!("{out}/sheet.toml")]);
    assert_eq!((sheet.0, sheet.2), (before.0, before.2));
}

#[test]
fn a_sheet_tells_of_packages_trades_and_limits() {
    let args = [
        "packages",
        SHEET,
        "--made",
        "Price=1_300_000, Term=3 years, Payment=30, Training=2",
        "--heard",
        "Price=1_110_000, Term=1 year, Payment=75",
        "--value",
        "Price=1_110_000",
    ];
    let found = json_of(&[&args[..], &["--json"]].concat());
    assert_eq!(found["packages"][0]["ours"]["mean"], 60_000.0);
    assert_eq!(found["findings"]["limits"][0]["issue"], "Payment");
    assert!(!found["findings"]["untried"].as_array().expect("trades").is_empty());
    let told = good(&args);
    for part in
        ["Where it stands", "Trades to try", "Offer these at once", "Which limit to ask", "A plan for giving way"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    // The same as a table.
    let folder = folder("table");
    let table = "Issue,Unit,Options,From,To,Step,Realistic,Walk away,Worth,Better,Their worth\n\
        Price,EUR,,100,200,10,150,120,,high,\nDelivery,,express | normal | slow,,,,normal,,30,last,90\n";
    let table = file(&folder, "bolts.csv", table);
    let found = json_of(&["packages", &table, "--value", "Price=130", "--json"]);
    assert_eq!(found["packages"][0]["ours"]["mean"], 10.0);
}

#[test]
fn what_is_wrong_is_said_without_amounts() {
    let folder = folder("wrong");
    let sheet = file(&folder, "sheet.toml", "title = \"x\"\nissues = []\nwalk_away = [424242]\n");
    let (code, told) = bad(&["packages", &sheet]);
    assert!(code == 3 && told.contains("line 3") && !told.contains("424242"), "{told}");
    let sheet = file(&folder, "words.toml", "title = \"x\"\nissues = []\nwalk_away = \"424242 or so\"\n");
    let (code, told) = bad(&["packages", &sheet]);
    assert!(code == 3 && told.contains("walk_away") && !told.contains("424242"), "{told}");
    let (code, told) = bad(&["packages", SHEET, "--value", "Prize=1"]);
    assert!(code == 2 && told.contains("Price"), "{told}");
    let bomb =
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><negotiation_template>&b;</negotiation_template>";
    let bomb = file(&folder, "bomb.xml", bomb);
    let (code, told) = bad(&["lab", "analyse", &bomb, &bomb, &bomb]);
    assert_eq!(code, 3, "{told}");
    let (code, _) = bad(&["lab", "session", &file(&folder, "no.json", "{}")]);
    assert_eq!(code, 3);
}

#[test]
fn one_bad_line_spoils_no_other() {
    let folder = folder("lines");
    let line = |id: &str| {
        let mut one = scenario(0.0);
        one["id"] = serde_json::from_str(id).expect("an id");
        one.to_string()
    };
    let lines = [
        line("12"),
        "{\"id\": \"broken\", \"n_steps\": null, \"issues\": [], \"parties\": []}".to_owned(),
        "not JSON".to_owned(),
        line("[1, \"a\"]").replacen("\"reserved\":0.0", "\"reserved\":-Infinity", 1),
    ];
    let path = file(&folder, "lines.jsonl", &lines.join("\n"));
    let output = run(&["lab", "sessions", &path, "--json"]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8(output.stdout).expect("UTF-8");
    let results: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(results.len(), 4);
    assert_eq!([&results[0]["id"], &results[3]["id"]], [&json!(12), &json!([1, "a"])]);
    assert!(results[0]["agreement"].is_array() && results[3]["agreement"].is_array());
    assert_eq!(results[1]["id"], "broken");
    assert!(results[1]["error"].as_str().expect("an error").contains("n_steps"));
    assert_eq!((&results[2]["id"], &results[2]["line"]), (&Value::Null, &json!(3)));
    assert!(String::from_utf8_lossy(&output.stderr).contains("2 of 4 lines"));
}

#[test]
fn a_folder_of_another_program_is_read_as_a_whole() {
    let folder = folder("folder");
    let issue = |extra: [&str; 2]| {
        format!(
            "<issue index=\"1\" name=\"a\" type=\"discrete\"><item index=\"1\" value=\"x\"{}/><item index=\"2\" value=\"y\"{}/></issue>",
            extra[0], extra[1]
        )
    };
    let space = |inner: &str| {
        format!("<utility_space><objective index=\"0\" name=\"root\">{inner}</objective></utility_space>")
    };
    file(&folder, "all.xml", &space(&issue(["", ""])));
    let empty = run(&["lab", "analyse", folder.to_str().expect("UTF-8")]);
    assert!(String::from_utf8_lossy(&empty.stderr).contains("lab-folder"), "names the folder");
    for (name, values) in [("one", ["1", "4"]), ("two", ["3", "1"])] {
        let values = values.map(|value| format!(" evaluation=\"{value}\""));
        let weight = "<weight index=\"1\" value=\"1\"/>";
        file(&folder, &format!("{name}.xml"), &space(&(issue([&values[0], &values[1]]) + weight)));
    }
    let analysis = json_of(&["lab", "analyse", folder.to_str().expect("UTF-8"), "--json"]);
    assert_eq!((&analysis["outcomes"], &analysis["pareto_count"]), (&json!(2), &json!(2)));
}

/// What `convert` writes as a table `packages` reads to the same values; and counts beyond any word are numbers still.
#[test]
fn a_domain_becomes_a_table_that_packages_reads() {
    let folder = folder("tables");
    let path = file(&folder, "scenario.json", &scenario(0.3).to_string());
    let out = folder.join("out").display().to_string();
    for (to, name) in [("csv", "sheet.csv"), ("xlsx", "sheet.xlsx")] {
        good(&["lab", "convert", &path, "--to", to, "--out", &out]);
        let table = format!("{out}/{name}");
        let value = |sheet: &str| {
            json_of(&["packages", sheet, "--value", "x=b, y=c, z=a", "--json"])["packages"][0]["ours"]["mean"].clone()
        };
        good(&["lab", "convert", &path, "--to", "sheet", "--out", &out]);
        assert_eq!(value(&table), value(&format!("{out}/sheet.toml")), "{to}");
    }
    let issue =
        |name: usize| json!({"name": name.to_string(), "values": (0..10).map(|o| o.to_string()).collect::<Vec<_>>()});
    let party = |sign: f64| {
        let row = |issue: i32| (0..10).map(|o| sign * f64::from(o * (issue + 1))).collect::<Vec<f64>>();
        json!({"values": (0..50).map(row).collect::<Vec<_>>(), "strategy": "linear"})
    };
    let large = json!({
        "n_steps": 1, "issues": (0..50).map(issue).collect::<Vec<_>>(), "parties": [party(1.0), party(-1.0)],
    });
    let path = file(&folder, "large.json", &large.to_string());
    let told = good(&["lab", "analyse", &path, "--json"]);
    assert!(told.contains(&format!("\"outcomes\": 1{}", "0".repeat(50))), "{}", &told[told.len() - 600..]);
    assert!(good(&["lab", "analyse", &path]).starts_with("10^50 packages"));
}
