//! Forecasts of real negotiations by the real binary: lines as they are promised, from files and from a case, and what is said of a
//! file that can't be read.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_upstairs");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(args: &[&str]) -> Output {
    Command::new(BINARY).args(args).current_dir(root()).output().expect("the binary runs")
}

fn lines(args: &[&str]) -> Vec<Value> {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("output is UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

/// An empty folder of this test process under the target folder.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("people-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the target folder can be written");
    path
}

const GOODS: &str = r#"{"id": "a", "post_id": "p", "list_price": 200.0, "buyer_target": 140.0, "seller_target": 200.0, "agreed": true, "final_price": 170.0, "events": [{"role": "buyer", "act": "message"}, {"role": "buyer", "act": "message", "price": 150.0}, {"role": "seller", "act": "message", "price": 170.0}, {"role": "buyer", "act": "offer", "price": 170.0}, {"role": "seller", "act": "accept"}], "end": "agreed"}
"#;
const SEED: &str = r#"{"id": 9, "ask0": 11000.0, "asks": [11000.0, 10000.0], "bids": [5000.0, 7000.0], "ended_by": "seller", "final": 7000.0}
"#;

/// Chance, mean and rising quantiles in the file's money, and how it stands.
fn is_a_forecast(line: &Value, least: f64, most: f64) {
    let chance = line["agreement_probability"].as_f64().expect("a chance");
    assert!((0.0..=1.0).contains(&chance), "{line}");
    let quantiles = line["price"]["quantiles"].as_object().expect("quantiles by level");
    let levels: Vec<String> = (1..20).map(|at| format!("{:.2}", 0.05 * f64::from(at))).collect();
    let at: Vec<f64> = levels.iter().map(|level| quantiles[level].as_f64().expect("a price")).collect();
    assert!(at.windows(2).all(|pair| pair[0] <= pair[1]), "{line}");
    assert!((least..=most).contains(&at[9]), "{line}");
    assert!(["moving", "stalled", "dead"].contains(&line["state"]["motion"].as_str().expect("a state")), "{line}");
}

#[test]
fn each_event_of_a_file_has_a_line_for_each_side_that_knows_something() {
    let folder = folder("files");
    let (goods, seed) = (folder.join("goods.jsonl"), folder.join("seed.jsonl"));
    std::fs::write(&goods, GOODS).expect("written");
    std::fs::write(&seed, SEED).expect("written");
    let told = lines(&["lab", "forecast", &goods.display().to_string(), "--json"]);
    assert_eq!(told.len(), 10);
    told.iter().for_each(|line| is_a_forecast(line, 100.0, 220.0));
    let last = told.iter().filter(|line| line["event"] == 4);
    assert!(last.clone().all(|line| line["agreement_probability"] == 1.0 && line["price"]["mean"] == 170.0));
    assert_eq!(last.map(|line| line["side"].clone()).collect::<Vec<_>>(), ["buyer", "seller"]);
    let told = lines(&["lab", "forecast", &seed.display().to_string(), "--json"]);
    // Neither aims for anything that the other isn't told of: one line serves both.
    assert_eq!(told.iter().map(|line| line["side"].clone()).collect::<Vec<_>>(), ["buyer"; 5]);
    told.iter().for_each(|line| is_a_forecast(line, 3000.0, 11_000.0));
}

#[test]
fn a_case_is_forecast_offer_by_offer_and_its_advice_says_the_same() {
    let told = lines(&["lab", "forecast", "examples/software-renewal.toml", "--json"]);
    let output = run(&["advise", "examples/software-renewal.toml", "--json", "--samples", "1024"]);
    let advice: Value = serde_json::from_slice(&output.stdout).expect("an advice is JSON");
    let (people, last) = (&advice["forecast"]["people"], told.last().expect("offers"));
    assert_eq!(people["agreement_probability"], last["agreement_probability"]);
    assert_eq!(people["settlement"]["p50"], last["price"]["quantiles"]["0.50"]);
    assert_eq!(people["motion"], last["state"]["motion"]);
}

#[test]
fn where_the_advice_is_to_walk_away_the_forecast_is_of_going_on() {
    let output = run(&["advise", "examples/when/walk-away.toml", "--json"]);
    let advice: Value = serde_json::from_slice(&output.stdout).expect("an advice is JSON");
    assert_eq!(advice["recommendation"]["plan"], "walk_away");
    let follows = advice["forecast"]["follows"].as_str().expect("a plan");
    assert_ne!(follows, "walk_away");
    let plans = advice["plans"].as_array().expect("plans");
    let followed = plans.iter().find(|plan| plan["id"] == follows).expect("the plan that is followed");
    assert_eq!(followed["agreement_probability"], advice["forecast"]["agreement_probability"]);
    let screen = String::from_utf8(run(&["advise", "examples/when/walk-away.toml"]).stdout).expect("output is UTF-8");
    let plain: String = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plain.contains("Heading for no deal, whether you walk away or go on"), "{screen}");
}

#[test]
fn what_can_not_be_read_is_told_with_its_line() {
    let folder = folder("faults");
    let broken = folder.join("craigslist_offers.jsonl");
    std::fs::write(&broken, format!("{GOODS}{{\"id\": \"b\", \"list_price\": 5}}\n")).expect("written");
    for args in [
        vec!["lab", "forecast", broken.to_str().expect("a path"), "--json"],
        vec!["lab", "score", folder.to_str().expect("a path")],
        vec!["lab", "calibrate", folder.to_str().expect("a path")],
    ] {
        let output = run(&args);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{args:?}: {told}");
        assert!(told.contains("line 2"), "{args:?}: {told}");
    }
    let other = folder.join("other.txt");
    std::fs::write(&other, "nothing of the kind\n").expect("written");
    let output = run(&["lab", "forecast", other.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is of no kind that forecasts are made for"));
    std::fs::remove_file(&broken).expect("removed");
    let output = run(&["lab", "score", folder.to_str().expect("a path")]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("has no file that forecasts are scored on"));
}

/// A folder of a few negotiations can be fitted, and what comes out is read again as a calibration.
#[test]
fn a_small_folder_can_be_fitted() {
    let folder = folder("small");
    let seeds: String = (0..40_u32)
        .map(|at| {
            SEED.replace("\"id\": 9", &format!("\"id\": {at}")).replace("5000.0", &format!("{}.0", 4000 + 50 * at))
        })
        .collect();
    std::fs::write(folder.join("seed_bargain.jsonl"), seeds).expect("written");
    let output = run(&["lab", "calibrate", folder.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let calibration: engine::calibration::Calibration = serde_json::from_slice(&output.stdout).expect("a calibration");
    assert_eq!(calibration.sets[0].n, 40);
    assert_eq!(calibration.manner("seed").expect("how people bargain").n, 40);
    assert!(calibration.written.is_some());
}
