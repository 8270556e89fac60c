//! Seventeen whole negotiations of one person alone, from empty folders, with no second account: each by the command line and by
//! the API. After every fact the advice on the record is the one that `upstairs advise` gives on the exported case.

#![cfg(feature = "desk")]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde_json::{Value, json};

const BINARY: &str = env!("CARGO_BIN_EXE_upstairs");
/// Paths of each advice: that the two agree does not hang on how many.
const SAMPLES: u32 = 1024;

/// What happens in a story, and how many days ago; today where it is not said.
enum Step {
    Prepare(&'static [(&'static str, &'static str)]),
    Offer(&'static str, i64, Option<i64>),
    Ask(i64, Option<i64>),
    /// The boss answers the last question, by word of mouth: approve, or refuse for a reason.
    Told(Option<&'static str>, Option<i64>),
    Impasse(&'static str, Option<i64>),
    Consent(Option<i64>),
    Propose(Option<i64>),
    Outcome(&'static str, Option<i64>),
    Called(&'static str, Option<i64>),
    Decline(Option<i64>),
    Agree(i64, Option<i64>),
    WalkAway(&'static str),
}

/// How a story begins.
enum Begin {
    Open { role: &'static str, days_ago: Option<i64> },
    Import(&'static str),
}

struct Story {
    name: &'static str,
    begin: Begin,
    steps: Vec<Step>,
}

/// What most of the stories prepare: a sale.
const SALE: [(&str, &str); 5] = [
    ("walk_away", "1050000"),
    ("target", "1400000"),
    ("counterpart_limit", "1140000..1230000..1340000"),
    ("boss_limit", "1100000"),
    ("rounds_left", "5"),
];
const PURCHASE: [(&str, &str); 5] = [
    ("walk_away", "480000"),
    ("target", "415000"),
    ("counterpart_limit", "425000..447000..466000"),
    ("authority", "440000"),
    ("rounds_left", "4"),
];

#[expect(clippy::too_many_lines, reason = "seventeen stories, each told at once")]
fn stories() -> Vec<Story> {
    use Step::*;
    let mut stories = vec![
        Story {
            name: "a sale begun three weeks ago",
            begin: Begin::Open { role: "seller", days_ago: Some(24) },
            steps: vec![
                Prepare(&SALE),
                Offer("us", 1_420_000, Some(23)),
                Offer("them", 1_020_000, Some(20)),
                Offer("us", 1_380_000, Some(13)),
                Offer("them", 1_090_000, Some(9)),
                Impasse("the same again", Some(3)),
                Offer("them", 1_190_000, None),
                Agree(1_190_000, None),
            ],
        },
        Story {
            name: "a purchase begun five weeks ago, written down in another order",
            begin: Begin::Open { role: "buyer", days_ago: Some(36) },
            steps: vec![
                Offer("them", 505_000, Some(35)),
                Prepare(&PURCHASE),
                Offer("them", 470_000, Some(12)),
                Offer("us", 400_000, Some(30)),
                Offer("us", 425_000, Some(15)),
                Called("they want to speak to whoever signs", Some(8)),
                Decline(Some(7)),
                Offer("them", 452_000, Some(2)),
                WalkAway("the budget went elsewhere"),
            ],
        },
        Story {
            name: "a sale with a proposal of last week",
            begin: Begin::Open { role: "seller", days_ago: Some(40) },
            steps: vec![
                Prepare(&SALE),
                Offer("us", 1_400_000, Some(38)),
                Offer("them", 1_050_000, Some(30)),
                Offer("us", 1_350_000, Some(25)),
                Impasse("neither side moves", Some(15)),
                Consent(Some(12)),
                Propose(Some(10)),
                Outcome("unlocked", Some(4)),
                Offer("them", 1_200_000, Some(3)),
                Agree(1_200_000, Some(1)),
            ],
        },
        Story {
            name: "a deadline and no offer",
            begin: Begin::Open { role: "buyer", days_ago: None },
            steps: vec![
                Prepare(&[
                    ("walk_away", "480000"),
                    ("target", "415000"),
                    ("counterpart_limit", "425000..447000..466000"),
                    ("deadline", "+46"),
                ]),
                Offer("them", 490_000, None),
                Offer("us", 420_000, None),
                Offer("them", 455_000, None),
                Agree(455_000, None),
            ],
        },
        Story {
            name: "stated authority, and leave by word of mouth",
            begin: Begin::Open { role: "buyer", days_ago: Some(20) },
            steps: vec![
                Prepare(&PURCHASE),
                Offer("us", 415_000, Some(18)),
                Offer("them", 470_000, Some(15)),
                Offer("us", 430_000, Some(9)),
                Offer("them", 448_000, Some(4)),
                Ask(448_000, Some(3)),
                Told(None, Some(1)),
                Agree(448_000, None),
            ],
        },
        Story {
            name: "nothing may be signed, and the boss refuses once",
            begin: Begin::Open { role: "seller", days_ago: Some(30) },
            steps: vec![
                Prepare(&[
                    ("walk_away", "1050000"),
                    ("target", "1400000"),
                    ("counterpart_limit", "1140000..1230000..1340000"),
                    ("authority", "none"),
                    ("rounds_left", "5"),
                ]),
                Offer("them", 1_060_000, Some(28)),
                Ask(1_060_000, Some(27)),
                Told(Some("far too low"), Some(26)),
                Offer("us", 1_400_000, Some(20)),
                Offer("them", 1_210_000, Some(10)),
                Ask(1_210_000, Some(9)),
                Told(None, Some(8)),
                Agree(1_210_000, None),
            ],
        },
    ];
    let examples: [(&str, &str, i64); 11] = [
        ("activision-2021", "them", 0),
        ("fiscal-cliff-2012", "them", 0),
        ("fisheries-2020", "them", 0),
        ("ford-uaw-2023", "them", 0),
        ("injury-claim", "them", 0),
        ("linkedin-2016", "them", 0),
        ("microsoft-yahoo-2008", "them", 0),
        ("nick-v-morgans-foods-1999", "them", 0),
        ("software-renewal", "them", 1_130_000),
        ("supply-contract", "them", 0),
        ("whole-foods-2017", "them", 0),
    ];
    stories.extend(examples.map(|(name, by, price)| {
        let mut steps = vec![Impasse("nothing moves", None)];
        if price > 0 {
            steps.extend([Offer(by, price, None), Agree(price, None)]);
        } else {
            steps.push(WalkAway("it came to nothing"));
        }
        Story { name, begin: Begin::Import(name), steps }
    }));
    stories
}

#[expect(clippy::disallowed_methods, reason = "the program goes by the clock, and so must its stories")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn today() -> Date {
    negotiation::stamp::day(now())
}

fn ago(days: i64) -> Date {
    today().checked_sub(Span::new().days(days)).expect("a day")
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(format!("{name}.toml"))
}

/// One person's folder, and the program at it.
struct Place(tempfile::TempDir);

impl Place {
    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.args(args);
        for outside in ["UPSTAIRS_DATABASE", "UPSTAIRS_DATA", "UPSTAIRS_USER"] {
            command.env_remove(outside);
        }
        command.env("UPSTAIRS_DATA", self.path("desk")).env("UPSTAIRS_USER", "nora");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program runs")
    }

    #[track_caller]
    fn good(&self, story: &str, args: &[&str]) -> String {
        let output = self.run(args);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{story}: {args:?}: {told}");
        String::from_utf8(output.stdout).expect("text")
    }
}

/// What one front does of a story.
trait Front {
    fn begin(&mut self, begin: &Begin);
    fn step(&mut self, step: &Step);
    /// The advice as it stands on the record, and the case exported; nothing where no advice is to be had, with the code why not.
    fn advice(&mut self) -> (Result<Value, String>, Option<String>);
    fn is_over(&mut self) -> bool;
}

struct CommandLine<'a> {
    story: &'a str,
    place: Place,
    id: String,
    question: String,
}

impl CommandLine<'_> {
    fn act(&mut self, words: &[&str], on: Option<i64>) {
        let day = on.map(|days| ago(days).to_string());
        let mut args = words.to_vec();
        if let Some(day) = &day {
            args.extend(["--on", day]);
        }
        args.push("--json");
        let told: Value = serde_json::from_str(&self.place.good(self.story, &args)).expect("JSON");
        self.question = told["version"].to_string();
    }
}

impl Front for CommandLine<'_> {
    fn begin(&mut self, begin: &Begin) {
        let told = match begin {
            Begin::Open { role, days_ago } => {
                let mut args =
                    vec!["open", "Renewal", "--with", "Northwind", "--currency", "USD", "--role", role, "--json"];
                let day = days_ago.map(|days| ago(days).to_string());
                args.extend(day.iter().flat_map(|day| ["--on", day.as_str()]));
                self.place.good(self.story, &args)
            }
            Begin::Import(name) => {
                self.place.good(self.story, &["import", &example(name).display().to_string(), "--json"])
            }
        };
        let told: Value = serde_json::from_str(&told).expect("JSON");
        self.id = told["id"].as_str().expect("an id").to_owned();
    }

    fn step(&mut self, step: &Step) {
        let id = self.id.clone();
        let question = self.question.clone();
        match step {
            Step::Prepare(fields) => {
                let mut args = vec!["prepare".to_owned(), id];
                for (name, value) in *fields {
                    let option = name.replace("counterpart_limit", "their_limit").replace('_', "-");
                    args.extend([format!("--{option}"), dated(value)]);
                }
                let args: Vec<&str> = args.iter().map(String::as_str).collect();
                self.act(&args, None);
            }
            Step::Offer(by, price, on) => self.act(&["offer", &id, by, &price.to_string()], *on),
            Step::Ask(price, on) => {
                self.act(&["ask", &id, "--price", &price.to_string(), "--recommend", "it closes the gap"], *on);
            }
            Step::Told(None, on) => self.act(&["answer", &id, &question, "--approve", "--told"], *on),
            Step::Told(Some(why), on) => self.act(&["answer", &id, &question, "--refuse", why, "--told"], *on),
            Step::Impasse(how, on) => self.act(&["impasse", &id, how], *on),
            Step::Consent(on) => self.act(&["consent", &id, "--told"], *on),
            Step::Propose(on) => self.act(&["propose", &id, "--despite", "the boss suggests it"], *on),
            Step::Outcome(what, on) => self.act(&["outcome", &id, what], *on),
            Step::Called(how, on) => self.act(&["called", &id, how], *on),
            Step::Decline(on) => self.act(&["decline", &id], *on),
            Step::Agree(price, on) => {
                let price = price.to_string();
                // What a boss has approved, or the negotiator may sign, takes no reason; this example's limit is narrower.
                let despite: &[&str] =
                    if self.story == "software-renewal" { &["--despite", "the boss was asked"] } else { &[] };
                self.act(&[&["agree", &id, price.as_str()], despite].concat(), *on);
            }
            Step::WalkAway(why) => self.act(&["walk-away", &id, why], None),
        }
    }

    fn advice(&mut self) -> (Result<Value, String>, Option<String>) {
        let samples = SAMPLES.to_string();
        let options = ["--json", "--flips", "none", "--samples", &samples];
        let output = self.place.run(&[&["advise", "--negotiation", &self.id], &options[..]].concat());
        let exported = self.place.run(&["export", &self.id, "--case"]);
        let case = exported.status.success().then(|| String::from_utf8(exported.stdout).expect("text"));
        let told = if output.status.success() {
            Ok(serde_json::from_slice(&output.stdout).expect("JSON"))
        } else {
            Err(String::from_utf8(output.stderr).expect("text"))
        };
        (told, case)
    }

    fn is_over(&mut self) -> bool {
        let shown = self.place.good(self.story, &["show", &self.id]);
        let first = shown.lines().next().unwrap_or_default();
        first.contains("agreed") || first.contains("walked away")
    }
}

/// A day so many days ahead, where that is what is written.
fn dated(value: &str) -> String {
    match value.strip_prefix('+') {
        Some(days) => ago(-days.parse::<i64>().expect("days")).to_string(),
        None => value.to_owned(),
    }
}

struct Api<'a> {
    story: &'a str,
    desk: Child,
    root: String,
    token: String,
    agent: ureq::Agent,
    id: String,
    last: u64,
    _place: Place,
}

impl Drop for Api<'_> {
    fn drop(&mut self) {
        let _ = self.desk.kill();
        let _ = self.desk.wait();
    }
}

impl<'a> Api<'a> {
    fn start(story: &'a str, place: Place) -> Self {
        let mut making = place.command(&["admin", "create-user", "nora", "--role", "admin", "--password-stdin"]);
        let mut making = making.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the program starts");
        making.stdin.take().expect("a pipe").write_all(b"correct horse battery").expect("the password is taken");
        assert!(making.wait().expect("it ends").success());
        let token =
            place.good(story, &["token", "create", "--user", "nora", "--scope", "read,write"]).trim().to_owned();
        let mut serve = place.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut desk = serve.stderr(Stdio::piped()).spawn().expect("the program starts");
        let lines = BufReader::new(desk.stderr.take().expect("its errors")).lines().map_while(Result::ok);
        let mut lines = lines.skip_while(|line| !line.contains("answers on"));
        let line = lines.next().expect("it says where it answers");
        let root = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
        std::thread::spawn(move || lines.for_each(drop));
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let root = root.trim_end_matches([';', '/']).to_owned();
        Self { story, desk, root, token, agent, id: String::new(), last: 0, _place: place }
    }

    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let url = format!("{}/api/v1{path}", self.root);
        let request = ureq::http::Request::builder().method(method).uri(url);
        let request = request.header("authorization", format!("Bearer {}", self.token));
        let mut response = match body {
            Some(body) => {
                let request = request.header("content-type", "application/json").body(body.to_string());
                self.agent.run(request.expect("a request"))
            }
            None => self.agent.run(request.body(()).expect("a request")),
        }
        .expect("an answer");
        let text = response.body_mut().read_to_string().expect("a body");
        (response.status().as_u16(), serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    #[track_caller]
    fn act(&mut self, mut wish: Value, on: Option<i64>) {
        if let Some(days) = on {
            wish["on"] = json!(ago(days));
        }
        let (status, told) = self.call("POST", &format!("/negotiations/{}/acts", self.id), Some(&wish));
        assert_eq!(status, 200, "{}: {wish}: {told}", self.story);
        self.last = told["version"].as_u64().expect("a version");
    }
}

impl Front for Api<'_> {
    fn begin(&mut self, begin: &Begin) {
        let (path, body) = match begin {
            Begin::Open { role, days_ago } => {
                let on = days_ago.map(ago);
                let opening = json!({ "title": "Renewal", "counterpart": "Northwind", "role": role, "currency": "USD", "on": on });
                ("/negotiations", opening)
            }
            Begin::Import(name) => {
                let toml = std::fs::read_to_string(example(name)).expect("it is read");
                ("/cases", json!({ "toml": toml }))
            }
        };
        let (status, told) = self.call("POST", path, Some(&body));
        assert_eq!(status, 200, "{}: {told}", self.story);
        self.id = told["id"].as_str().expect("an id").to_owned();
    }

    fn step(&mut self, step: &Step) {
        let package = |price: &i64| json!({ "price": price.to_string() });
        let last = self.last;
        match step {
            Step::Prepare(fields) => {
                let mut preparation = json!({});
                for (name, value) in *fields {
                    let value = dated(value);
                    let range: Vec<&str> = value.split("..").collect();
                    preparation[*name] = match range[..] {
                        [low, likely, high] => json!({ "low": low, "likely": likely, "high": high }),
                        _ if *name == "rounds_left" => json!(value.parse::<u32>().expect("a number")),
                        _ => json!(value),
                    };
                }
                self.act(json!({ "do": "prepare", "preparation": preparation }), None);
            }
            Step::Offer(by, price, on) => {
                self.act(json!({ "do": "offer", "offer": { "by": by, "package": package(price) } }), *on);
            }
            Step::Ask(price, on) => {
                let needed_by = now() + jiff::SignedDuration::from_hours(48);
                let question = json!({
                    "point": { "on": "price", "to": price.to_string() }, "recommendation": "it closes the gap",
                    "needed_by": needed_by, "otherwise": "we hold",
                });
                self.act(json!({ "do": "ask", "question": question }), *on);
            }
            Step::Told(why, on) => {
                let answer = match why {
                    Some(reason) => json!({ "answer": "refuse", "reason": reason }),
                    None => json!({ "answer": "approve" }),
                };
                self.act(json!({ "do": "answer", "request": last, "answer": answer, "told": true }), *on);
            }
            Step::Impasse(how, on) => self.act(json!({ "do": "note_impasse", "how": how }), *on),
            Step::Consent(on) => self.act(json!({ "do": "consent", "told": true }), *on),
            Step::Propose(on) => {
                let answer_by = now() + jiff::SignedDuration::from_hours(48);
                let wish = json!({
                    "do": "propose", "wording": "Shall we each ask upstairs?", "answer_by": answer_by,
                    "despite": "the boss suggests it",
                });
                self.act(wish, *on);
            }
            Step::Outcome(what, on) => self.act(json!({ "do": "proposal_answered", "outcome": what }), *on),
            Step::Called(how, on) => self.act(json!({ "do": "boss_asked_for", "how": how }), *on),
            Step::Decline(on) => self.act(json!({ "do": "decline", "reply": "Please take it up there." }), *on),
            Step::Agree(price, on) => {
                let mut wish = json!({ "do": "agree", "package": package(price) });
                if self.story == "software-renewal" {
                    wish["despite"] = json!("the boss was asked");
                }
                self.act(wish, *on);
            }
            Step::WalkAway(reason) => self.act(json!({ "do": "walk_away", "reason": reason }), None),
        }
    }

    fn advice(&mut self) -> (Result<Value, String>, Option<String>) {
        let (status, told) = self.call("GET", &format!("/negotiations/{}/advice", self.id), None);
        let (_, case) = self.call("GET", &format!("/negotiations/{}/case", self.id), None);
        let case = case["toml"].as_str().map(str::to_owned);
        let told = if status == 200 { Ok(told["first"].clone()) } else { Err(told["message"].to_string()) };
        (told, case)
    }

    fn is_over(&mut self) -> bool {
        let (_, told) = self.call("GET", &format!("/negotiations/{}", self.id), None);
        matches!(told["phase"].as_str(), Some("agreed" | "walked_away"))
    }
}

fn place() -> Place {
    Place(tempfile::tempdir().expect("a folder"))
}

/// Plays a story to its end; the advice is compared after each fact.
fn plays(story: &Story, front: &mut dyn Front, compare: &dyn Fn(&Value, &str)) {
    front.begin(&story.begin);
    let (mut advised, count) = (0, story.steps.len());
    for (number, step) in story.steps.iter().enumerate() {
        front.step(step);
        if number + 1 == count {
            break;
        }
        match front.advice() {
            (Ok(advice), Some(case)) => {
                compare(&advice, &case);
                advised += 1;
            }
            (Err(_), None) => {}
            // The record makes a case, and none that can be advised on: as a file it can't be either.
            (Err(why), Some(case)) => {
                let case = case_file::read(case.as_bytes()).expect("what is exported is read");
                let told = engine::first_answer(&case, &engine::Options::new(1, SAMPLES));
                assert!(told.is_err(), "{}: step {number}: no advice ({why}), and one on the case", story.name);
            }
            (Ok(_), None) => panic!("{}: step {number}: advice, and no case", story.name),
        }
    }
    assert!(front.is_over(), "{} has no end", story.name);
    assert!(advised > 0 || matches!(story.begin, Begin::Import(_)), "{} was never advised on", story.name);
}

#[test]
fn seventeen_negotiations_are_played_by_the_command_line() {
    let stories = stories();
    assert_eq!(stories.len(), 17);
    for story in &stories {
        let mut front = CommandLine { story: story.name, place: place(), id: String::new(), question: String::new() };
        let file = front.place.path("case.toml");
        let compare = |advice: &Value, case: &str| {
            std::fs::write(&file, case).expect("written");
            let samples = SAMPLES.to_string();
            let args = ["advise", &file, "--json", "--flips", "none", "--samples", &samples];
            let told = Command::new(BINARY).args(args).output().expect("the program runs");
            let told: Value = serde_json::from_slice(&told.stdout).expect("JSON");
            assert_eq!(*advice, told, "{}", story.name);
            assert!(advice["next_act"]["kind"].is_string(), "{}: {advice}", story.name);
        };
        plays(story, &mut front, &compare);
        carried(&front);
    }
}

/// What was played goes out, comes in elsewhere and goes out the same, byte for byte.
fn carried(front: &CommandLine<'_>) {
    let out = front.place.good(front.story, &["export", &front.id]);
    let (file, elsewhere) = (front.place.path("export.json"), place());
    std::fs::write(&file, &out).expect("written");
    elsewhere.good(front.story, &["import", &file]);
    assert!(elsewhere.good(front.story, &["export", &front.id]) == out, "{}: changed on its way", front.story);
    // Offers as sheets: what they hold is the same again, and what they leave out is said.
    for ending in ["csv", "xlsx"] {
        let sheet = elsewhere.path(&format!("offers.{ending}"));
        let said = elsewhere.good(front.story, &["export", &front.id, "--offers", &sheet]);
        assert!(said.contains("Nothing else of the negotiation is"), "{said}");
    }
}

#[test]
fn seventeen_negotiations_are_played_by_the_api() {
    for story in &stories() {
        let mut front = Api::start(story.name, place());
        let compare = |advice: &Value, case: &str| {
            let case = case_file::read(case.as_bytes()).expect("what is exported is read");
            let samples = advice["samples"].as_u64().expect("paths") as u32;
            let told = engine::first_answer(&case, &engine::Options::new(app::SEED, samples)).expect("an answer");
            assert_eq!(advice["plan"], json!(told.plan), "{}", story.name);
            let values: Vec<f64> = told.values.iter().map(|(_, value, _)| *value).collect();
            let advised: Vec<f64> = advice["values"]
                .as_array()
                .expect("values")
                .iter()
                .map(|one| one["value"].as_f64().expect("a value"))
                .collect();
            assert_eq!(advised, values, "{}", story.name);
        };
        plays(story, &mut front, &compare);
    }
}
