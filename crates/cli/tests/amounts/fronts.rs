//! The fronts: the program's arguments and questions, the pages and the API over HTTP; the readers of files beside them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use ureq::Agent;

use crate::client::{self, Client};
use crate::desk::{Desk, Place};
use crate::files;
use crate::rows::{Expected, Row};

const BINARY: &str = env!("CARGO_BIN_EXE_upstairs");
const PASSWORD: &str = "correct horse battery";

/// What a front made of a spelling.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// An amount, as a machine writes it.
    Read(String),
    /// Taken as words.
    Words(String),
    /// Refused, with what was said.
    Refused(String),
}

/// A place that asks for amounts.
pub struct Front {
    pub name: &'static str,
    /// The answer that it is to give.
    pub expected: fn(&Row) -> Expected,
    /// Whether its question can be put at all, as it shows itself where the amount is written as plainly as can be.
    pub asks: fn(&Row) -> bool,
    /// The answer that it gives.
    pub answer: fn(&Fronts, &Row) -> Answer,
}

impl Front {
    const fn new(name: &'static str, answer: fn(&Fronts, &Row) -> Answer) -> Self {
        Self { name, expected: |row| row.expected, asks: |_| true, answer }
    }

    const fn expecting(self, expected: fn(&Row) -> Expected) -> Self {
        Self { expected, ..self }
    }

    const fn asking(self, asks: fn(&Row) -> bool) -> Self {
        Self { asks, ..self }
    }
}

/// All fronts, the desk running.
pub struct Fronts {
    folder: tempfile::TempDir,
    api: Client,
    address: String,
    cookie: String,
    /// Negotiations of the program alone, by currency.
    alone: RefCell<BTreeMap<&'static str, String>>,
    _desk: Desk,
}

pub const FRONTS: [Front; 15] = [
    Front::new("command", Fronts::command),
    Front::new("range", Fronts::range),
    Front::new("limit on a term", Fronts::limit).expecting(|row| row.as_count),
    Front::new("term", Fronts::term).expecting(Row::as_term),
    Front::new("interview", Fronts::interview),
    Front::new("page", Fronts::page),
    Front::new("API", Fronts::over_api),
    Front::new("CSV", |_, row| files::csv(row)),
    Front::new("XLSX", |_, row| files::xlsx(row)),
    Front::new("issue sheet", |_, row| files::issue_sheet(row)),
    Front::new("its worth", |_, row| files::worth(row)).asking(files::is_a_worth),
    Front::new("sheet as TOML", Fronts::sheet_as_toml),
    Front::new("case file", |_, row| files::case_file(row)),
    Front::new("packages", Fronts::packages),
    Front::new("leak guard", |_, row| files::guard(row)).asking(files::is_guarded),
];

impl Fronts {
    /// Starts a desk with one account.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::folder(&folder.path().join("desk"));
        let token = place.with_account();
        let (desk, address) = Desk::start(&place);
        let cookie = signed_in(&address);
        let alone = RefCell::default();
        let fronts = Self { api: Client::new(&address, &token), address, cookie, folder, alone, _desk: desk };
        for name in ["nora", "bea"] {
            let made = fronts.run(&["admin", "create-user", name, "--password-stdin"], PASSWORD);
            assert!(made.status.success(), "{}", text(&made.stderr));
        }
        fronts
    }

    /// A run of the program with its own records.
    fn run(&self, args: &[&str], input: &str) -> Output {
        let folder = self.folder.path().join("alone");
        let mut command = Command::new(BINARY);
        command.args(args).env("UPSTAIRS_DATA", folder).env("UPSTAIRS_USER", "nora").env_remove("UPSTAIRS_DATABASE");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().expect("the program runs");
        // A run that ends early leaves some of it unread, which is no fault.
        let _ = running.stdin.take().expect("its input").write_all(input.as_bytes());
        running.wait_with_output().expect("it ends")
    }

    /// A negotiation of nora's and her boss bea, in the currency of a row.
    fn negotiation(&self, row: &Row) -> String {
        let mut opened = self.alone.borrow_mut();
        let open = || {
            let opening = ["open", "x", "--with", "y", "--role", "buyer", "--boss", "bea", "--currency", row.currency];
            let opened = self.run(&[&opening[..], &["--json"]].concat(), "");
            let opened: Value = serde_json::from_slice(&opened.stdout).expect("JSON");
            opened["id"].as_str().expect("an id").to_owned()
        };
        opened.entry(row.currency).or_insert_with(open).clone()
    }

    /// What a command records, or why it refuses.
    fn recorded(&self, args: &[&str]) -> Result<Value, Answer> {
        let output = self.run(args, "");
        if !output.status.success() {
            return Err(Answer::Refused(text(&output.stderr)));
        }
        let mut done: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        Ok(done["entries"][0]["fact"].take())
    }

    /// `upstairs offer`.
    fn command(&self, row: &Row) -> Answer {
        let id = self.negotiation(row);
        match self.recorded(&["offer", &id, "them", "--sure", "--json", "--", row.spelling]) {
            Ok(fact) => read(&fact["package"]["price"]),
            Err(refused) => refused,
        }
    }

    /// `upstairs prepare`, the amount at either end and in the middle.
    fn range(&self, row: &Row) -> Answer {
        let id = self.negotiation(row);
        let range = format!("--walk-away={0} to {0} to {0}", row.spelling);
        match self.recorded(&["prepare", &id, &range, "--sure", "--json"]) {
            Ok(fact) => {
                let [low, likely, high] = ["low", "likely", "high"].map(|part| read(&fact["walk_away"][part]));
                assert!(low == likely && likely == high, "{fact}");
                likely
            }
            Err(refused) => refused,
        }
    }

    /// `upstairs mandate --limit`.
    fn limit(&self, row: &Row) -> Answer {
        let id = self.negotiation(row);
        let limit = format!("--limit=Volume<={}", row.spelling);
        match self.recorded(&["mandate", &id, "--price", "1", &limit, "--as", "bea", "--sure", "--json"]) {
            Ok(fact) => read(&fact["mandate"]["terms"][0]["allowed"]["at_most"]),
            Err(refused) => refused,
        }
    }

    /// `upstairs offer --term`.
    fn term(&self, row: &Row) -> Answer {
        let id = self.negotiation(row);
        let term = format!("--term=Volume={}", row.spelling);
        match self.recorded(&["offer", &id, "them", "1", &term, "--sure", "--json"]) {
            Ok(fact) => match read(&fact["package"]["terms"]["Volume"]) {
                // A number stands as a machine writes it, and anything else in words.
                Answer::Read(words) if words.parse::<terms::Amount>().is_err() => Answer::Words(words),
                number => number,
            },
            Err(refused) => refused,
        }
    }

    /// The question for the boss's time; for the walk-away where it is less than nothing.
    fn interview(&self, row: &Row) -> Answer {
        let saved = self.folder.path().join("saved.toml");
        let _ = std::fs::remove_file(&saved);
        let is_negative = row.is_negative();
        let worst = if is_negative { row.spelling.to_owned() } else { format!("{} 0", row.currency) };
        let cost = if is_negative { "nothing" } else { row.spelling };
        // A target far from the walk-away would be doubted.
        let target = match row.expected {
            Expected::Read(amount) if is_negative => amount.trim_start_matches('-'),
            _ => "20000",
        };
        let lines = ["selling x", &worst, target, "", "0", "", "", "6", "", "", cost, "", "", ""];
        // Lines left over are not read.
        let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let name = saved.display().to_string();
        let output = self.run(&["advise", "--samples", "1024", "--ask", "--save", &name], &lines);
        let case = std::fs::read_to_string(&saved).unwrap_or_default();
        let key = if is_negative { "walk_away = " } else { "time_cost = " };
        let line = case.lines().find_map(|line| line.strip_prefix(key));
        match line.and_then(|line| line.split_whitespace().next()) {
            Some(number) => Answer::Read(number.replace('_', "")),
            None => Answer::Refused(text(&output.stderr)),
        }
    }

    /// The last offer of a negotiation on the desk.
    fn last_price(&self, id: &str) -> Answer {
        let shown = self.api.read(&format!("/negotiations/{id}"));
        let offers = shown["offers"].as_array().expect("offers");
        read(&offers.last().expect("an offer")["offer"]["package"]["price"])
    }

    fn opened(&self, currency: &str) -> String {
        let opening = json!({"title": "x", "role": "buyer", "currency": currency, "counterpart": "y"});
        match self.api.post("/negotiations", &opening) {
            client::Answer::Done(opened) => opened["id"].as_str().expect("an id").to_owned(),
            other => panic!("not opened: {other:?}"),
        }
    }

    /// The form of an offer.
    fn page(&self, row: &Row) -> Answer {
        let id = self.opened(row.currency);
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        let agent: Agent = config.into();
        let url = format!("{}/negotiations/{id}/acts/offer", self.address);
        let sent = agent.post(url).header("Cookie", &self.cookie).send_form([("by", "them"), ("price", row.spelling)]);
        let mut sent = sent.expect("an answer");
        if sent.status().is_redirection() {
            return self.last_price(&id);
        }
        Answer::Refused(sent.body_mut().read_to_string().expect("a page"))
    }

    /// The act of an offer.
    fn over_api(&self, row: &Row) -> Answer {
        let id = self.opened(row.currency);
        let offer = json!({"do": "offer", "despite": null,
            "offer": {"by": "them", "package": {"price": row.spelling}}});
        match self.api.post(&format!("/negotiations/{id}/acts?sure=true"), &offer) {
            client::Answer::Done(_) => self.last_price(&id),
            client::Answer::Refused(problem) => Answer::Refused(problem.message),
            client::Answer::Silence => panic!("no answer"),
        }
    }

    /// `upstairs packages --made`, on a sheet whose prices lie about the one expected.
    fn packages(&self, row: &Row) -> Answer {
        let sheet = self.written("made.toml", row, "0");
        let output = self.run(&["packages", &sheet, "--made", &format!("Price={}", row.spelling), "--json"], "");
        if !output.status.success() {
            return Answer::Refused(text(&output.stderr));
        }
        let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        read(&found["findings"]["our_offer"]["options"][0])
    }

    /// A quoted walk-away in an issue sheet.
    fn sheet_as_toml(&self, row: &Row) -> Answer {
        let sheet = self.written("sheet.toml", row, &format!("\"{}\"", row.spelling));
        let text = std::fs::read_to_string(Path::new(&sheet)).expect("it was written");
        match bargain::sheet::text::read(&text) {
            Ok(sheet) => Answer::Read(sheet.walk_away.expect("a walk-away").to_string()),
            Err(faults) => Answer::Refused(faults.iter().map(ToString::to_string).collect()),
        }
    }

    fn written(&self, name: &str, row: &Row, walk_away: &str) -> String {
        let middle: f64 = match row.expected {
            Expected::Read(amount) => amount.parse().expect("a number"),
            _ => 100.0,
        };
        let text = format!(
            "title = \"x\"\ncurrency = \"{}\"\nprice = \"Price\"\nwalk_away = {walk_away}\n[[issues]]\nname = \"Price\"\n\
             from = {:?}\nto = {:?}\nstep = 1\n[[issues]]\nname = \"Place\"\noptions = [\"here\", \"there\"]\nours = {{ worth = 1 }}\n",
            row.currency,
            middle - 1.0,
            middle + 1.0
        );
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("the sheet is written");
        path.display().to_string()
    }
}

/// Signs in as one does in a browser; the cookie.
fn signed_in(address: &str) -> String {
    let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
    let agent: Agent = config.into();
    let answer = agent.post(format!("{address}/sign-in")).send_form([("name", "nora"), ("password", PASSWORD)]);
    let answer = answer.expect("an answer");
    let cookie = answer.headers().get("Set-Cookie").expect("a cookie").to_str().expect("text");
    cookie.split(';').next().expect("its value").to_owned()
}

fn read(value: &Value) -> Answer {
    Answer::Read(value.as_str().unwrap_or_else(|| panic!("no amount: {value}")).to_owned())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
