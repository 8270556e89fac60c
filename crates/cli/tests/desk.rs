//! The desk from the command line: the real binary, a folder of its own, and a negotiation from opening to hand-back.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

#[path = "../../store/tests/postgres/mod.rs"]
mod postgres;

const BINARY: &str = env!("CARGO_BIN_EXE_upstairs");

/// A folder of records, with accounts for nora and bea.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().expect("a folder") };
        for name in ["nora", "bea", "olga", "zoe"] {
            let made = place.fed("nora", &["admin", "create-user", name, "--password-stdin"], "correct horse battery");
            assert!(made.status.success(), "{}", text(&made.stderr));
        }
        place
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn fed(&self, who: &str, args: &[&str], input: &str) -> Output {
        run_in(&self.path("desk"), who, args, input)
    }

    /// Standard output of a run that must succeed.
    #[track_caller]
    fn good(&self, who: &str, args: &[&str]) -> String {
        let output = self.fed(who, args, "");
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    #[track_caller]
    fn json(&self, who: &str, args: &[&str]) -> Value {
        serde_json::from_str(&self.good(who, &[args, &["--json"]].concat())).expect("JSON")
    }

    /// Exit code and standard error of a run that must fail.
    #[track_caller]
    fn bad(&self, who: &str, args: &[&str]) -> (i32, String) {
        let output = self.fed(who, args, "");
        assert!(!output.status.success(), "{args:?}: {}", text(&output.stdout));
        (output.status.code().expect("an exit code"), text(&output.stderr))
    }

    /// A negotiation of nora's with bea as her boss, prepared, with offers on the table.
    fn negotiation(&self) -> String {
        let opening = ["open", "Renewal", "--with", "Northwind", "--role", "seller", "--currency", "USD"];
        let id = self.json("nora", &opening)["id"].as_str().expect("an id").to_owned();
        self.good("nora", &["name", &id, "bea", "boss"]);
        self.good("nora", &["name", &id, "olga", "observer"]);
        let prepared = ["--walk-away", "1057001", "--target", "1397002", "--boss-limit", "1117003"];
        let known = ["--their-limit", "1080000..1190000..1300000", "--rounds-left", "6", "--boss-time-cost", "7009"];
        self.good("nora", &[&["prepare", id.as_str()], &prepared[..], &known[..]].concat());
        self.good("bea", &["mandate", &id, "--price", "1187012"]);
        for (by, price) in [("us", "1380000"), ("them", "1050000"), ("us", "1330000"), ("them", "1080000")] {
            self.good("nora", &["offer", &id, by, price]);
        }
        id
    }
}

fn run_in(folder: &str, who: &str, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(BINARY);
    command.args(args).env("UPSTAIRS_DATA", folder).env("UPSTAIRS_USER", who).env_remove("UPSTAIRS_DATABASE");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().expect("the binary runs");
    running.stdin.take().expect("its input").write_all(input.as_bytes()).expect("written");
    running.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

#[test]
fn a_negotiation_goes_up_the_ladder_and_comes_back() {
    let place = Place::new();
    let id = place.negotiation();
    let (code, refused) = place.bad("nora", &["offer", &id, "us", "1150000"]);
    assert_eq!(code, 5, "{refused}");
    assert!(refused.contains("ask guidance") && !refused.contains("1187012"), "{refused}");
    let asked = place.json("nora", &["ask", &id, "--price", "1150000", "--recommend", "it closes the gap"]);
    let question = asked["version"].to_string();
    assert!(place.good("bea", &["brief", &id]).contains(&question));
    place.good("bea", &["answer", &id, &question, "--limit", "1145000"]);
    place.good("nora", &["offer", &id, "us", "1150000"]);

    let opening = ["open", "Another", "--with", "Northwind", "--role", "seller", "--currency", "ZZZ"];
    let (code, refused) = place.bad("nora", &opening);
    assert!(code == 2 && refused.contains("ISO 4217"), "{code}: {refused}");
    let (code, refused) = place.bad("nora", &["propose", &id]);
    assert_eq!(code, 5, "{refused}");
    assert!(refused.contains("consent"), "{refused}");
    place.good("bea", &["consent", &id]);
    place.good("nora", &["impasse", &id, "neither of us moves"]);
    place.good("nora", &["propose", &id]);
    place.good("nora", &["outcome", &id, "declined"]);

    // Without --yes the price is shown, and nothing is done.
    let shown = place.good("nora", &["join", &id]);
    assert!(shown.contains("--yes"), "{shown}");
    assert!(!place.good("nora", &["show", &id, "--json"]).contains("boss_joined"));
    place.good("nora", &["join", &id, "--yes"]);
    place.good("bea", &["handback", &id]);
    let precedent = place.json("bea", &["precedent", &id]);
    assert_eq!(precedent["appearances"], 1);
    place.good("nora", &["agree", &id, "1150000"]);
    place.good("nora", &["verify"]);
}

#[test]
fn what_to_do_next_is_one_thing_wherever_it_is_asked_and_ours_alone() {
    let place = Place::new();
    let id = place.negotiation();
    let mut shown = place.json("nora", &["show", &id])["next_act"].clone();
    assert_eq!(
        shown.as_object_mut().and_then(|next| next.remove("package")),
        Some(Value::Null),
        "no sheet, no package"
    );
    let advised = place.json("nora", &["advise", "--negotiation", &id])["next_act"].clone();
    assert_eq!(shown, advised);
    assert!(
        place
            .good("nora", &["show", &id])
            .contains(shown["why"].as_str().and_then(|why| why.split(',').next()).unwrap())
    );
    assert_eq!(place.json("olga", &["show", &id])["next_act"], Value::Null);
}

#[test]
fn each_is_shown_their_part() {
    let place = Place::new();
    let id = place.negotiation();
    for args in [&["show", &id][..], &["show", &id, "--json"], &["list"], &["list", "--json"]] {
        let seen = place.good("olga", args);
        assert!(seen.contains("Northwind") || seen.contains("Renewal"), "{seen}");
        for ours in ["1057001", "1,057,001", "1187012", "1,187,012", "1117003", "1,117,003"] {
            assert!(!seen.contains(ours), "{ours} in {seen}");
        }
    }
    for args in [&["brief", &id][..], &["ladder", &id], &["export", &id, "--case"], &["advise", "--negotiation", &id]] {
        let (code, refused) = place.bad("olga", args);
        assert_eq!(code, 5, "{args:?}: {refused}");
    }
    assert_eq!(place.bad("zoe", &["show", &id]).0, 5);
}

#[test]
fn the_advice_on_a_record_is_that_on_its_case() {
    let place = Place::new();
    let id = place.negotiation();
    let case = place.good("nora", &["export", &id, "--case"]);
    let path = place.path("case.toml");
    std::fs::write(&path, case).expect("written");
    let options = ["--json", "--samples", "4096", "--seed", "9"];
    let on_record = place.good("nora", &[&["advise", "--negotiation", &id], &options[..]].concat());
    let on_case = place.good("nora", &[&["advise", path.as_str()], &options[..]].concat());
    assert_eq!(on_record, on_case);
    place.good("nora", &["advise", "--negotiation", &id, "--take", "--samples", "2048"]);
    place.good("nora", &["offer", &id, "them", "1120000"]);
    assert!(place.good("nora", &["changes", &id]).contains("1,120,000"));
}

#[test]
fn what_goes_out_comes_in_again() {
    let place = Place::new();
    let id = place.negotiation();
    let (whole, sheet, backup) = (place.path("whole.json"), place.path("offers.xlsx"), place.path("backup"));
    std::fs::write(&whole, place.good("nora", &["export"])).expect("written");
    place.good("nora", &["export", &id, "--offers", &sheet]);
    place.good("nora", &["backup", &backup]);
    let shown = |folder: &str, id: &str| {
        let output = run_in(folder, "nora", &["show", id, "--json"], "");
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let restored = place.path("restored");
    assert!(run_in(&restored, "nora", &["restore", &backup], "").status.success());
    assert_eq!(shown(&restored, &id), shown(&place.path("desk"), &id));
    assert!(run_in(&restored, "nora", &["verify"], "").status.success());

    // The offers alone into a negotiation that has none.
    let opening = ["open", "Copy", "--with", "Northwind", "--role", "seller", "--currency", "USD"];
    let copy = place.json("nora", &opening)["id"].as_str().expect("an id").to_owned();
    place.good("nora", &["import", &sheet, "--into", &copy, "--despite", "a copy"]);
    let offers = |id: &str| {
        let shown = place.json("nora", &["show", id]);
        let facts = shown["entries"].as_array().expect("entries").iter().map(|entry| &entry["fact"]);
        facts.filter(|fact| fact["fact"] == "offered").map(|fact| fact["package"]["price"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(offers(&copy), offers(&id));

    // Whole into another desk, whose people have accounts.
    let elsewhere = Place::new();
    elsewhere.good("nora", &["import", &whole]);
    assert!(elsewhere.good("nora", &["list"]).contains("Renewal"));
}

#[expect(clippy::disallowed_methods, reason = "the binary goes by the machine's clock")]
fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

#[test]
fn a_trip_becomes_a_visit() {
    let place = Place::new();
    let id = place.negotiation();
    let calendar = place.path("bea.ics");
    let day = |days: i32| (today() + jiff::Span::new().days(days)).strftime("%Y%m%d").to_string();
    let lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:x",
        "BEGIN:VEVENT",
        "UID:1",
        "SUMMARY:A secret fair",
        "LOCATION:Messe\\, Munich",
        &format!("DTSTART;VALUE=DATE:{}", day(3)),
        &format!("DTEND;VALUE=DATE:{}", day(6)),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    std::fs::write(&calendar, lines.join("\r\n")).expect("written");
    place.good("bea", &["visit", "calendar", &calendar]);
    let person = "Ida Weiss; chief buyer; director";
    place.good(
        "nora",
        &["visit", "counterpart", "Northwind", "--place", "Munich", "--line", "pumps", "--person", person],
    );
    place.good("nora", &["visit", "colleague", "bea", "--tier", "director", "--line", "pumps"]);
    let suggested = place.good("nora", &["visit", "suggest"]);
    assert!(suggested.contains("bea") && suggested.contains("looks like the boss stepping in"), "{suggested}");
    assert!(!suggested.contains("secret"));
    let on = today().to_string();
    let plan = ["visit", "plan", "bea", "Northwind", "--on", &on, "--place", "Munich", "--topic"];
    let (code, why) = place.bad("nora", &[&plan[..], &["our walk-away of 1057001"]].concat());
    assert_eq!(code, 5, "{why}");
    assert!(why.contains("ours alone") && !why.contains("1057001"), "{why}");
    let planned = place.json("nora", &[&plan[..], &["the new plant"]].concat());
    let visit = planned["id"].as_str().expect("an id");
    assert!(place.good("bea", &["visit", "brief", visit]).contains("Do not discuss"));
    place.good("bea", &["visit", "hold", visit, "--on", &on]);
    place.good("bea", &["visit", "debrief", visit, "they expand", "--met", "Ida Weiss"]);
    assert!(place.good("nora", &["visit", "counterpart", "Northwind"]).contains("bea knows Ida Weiss"));
    assert!(place.good("nora", &["show", &id]).contains("they expand"));
    assert!(!place.good("zoe", &["visit", "list"]).contains("expand"));
    let feed = place.json("bea", &["visit", "feed"]);
    place.good("bea", &["token", "end", feed["id"].as_str().expect("an id"), "--user", "bea"]);
    let (code, why) = place.bad("bea", &["visit", "calendar", "--address", "https://localhost:1/x.ics"]);
    assert_eq!(code, 2, "{why}");
    assert!(why.contains("not a public one"), "{why}");
}

#[test]
fn a_byte_altered_is_found() {
    let place = Place::new();
    place.negotiation();
    assert!(place.fed("nora", &["verify"], "").status.success());
    let database = Path::new(&place.path("desk")).join("upstairs.db");
    let mut bytes = std::fs::read(&database).expect("the database");
    let price = b"1330000";
    let at = bytes.windows(price.len()).rposition(|window| window == price).expect("the offer is stored");
    bytes[at] = b'9';
    std::fs::write(&database, bytes).expect("written");
    let (code, found) = place.bad("nora", &["verify"]);
    assert_eq!(code, 1, "{found}");
    assert!(found.contains("altered"), "{found}");
    assert!(!found.contains("9330000"), "and repeats no amount: {found}");
}

#[test]
fn a_desk_moves_to_postgresql_and_back() {
    let url = match postgres::database("desk_moves") {
        Ok(url) => url,
        Err(why) if std::env::var_os("CI").is_some() => panic!("no PostgreSQL: {why}"),
        Err(why) => return eprintln!("SKIPPED: no PostgreSQL, for {why}"),
    };
    let place = Place::new();
    let id = place.negotiation();
    let before = place.good("nora", &["show", &id, "--json"]);
    place.good("nora", &["db", "move", "--to-database", &url]);
    assert_eq!(place.good("nora", &["show", &id, "--json", "--database", &url]), before);
    place.good("nora", &["offer", &id, "them", "1090000", "--database", &url]);
    place.good("nora", &["verify", "--database", &url]);
    let back = place.path("back");
    place.good("nora", &["db", "move", "--database", &url, "--to-data", &back]);
    let returned = run_in(&back, "nora", &["show", &id], "");
    assert!(text(&returned.stdout).contains("1,090,000"), "{}", text(&returned.stdout));
}
