//! The fronts: the program's arguments and questions, the pages and the API over HTTP; the readers of files beside them.

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
    /// Refused, with what was said.
    Refused(String),
    /// This front has no such question.
    NotAsked,
}

/// All fronts, the desk running.
pub struct Fronts {
    folder: tempfile::TempDir,
    api: Client,
    address: String,
    cookie: String,
    _desk: Desk,
}

type Front = (&'static str, fn(&Fronts, &Row) -> Answer);

const FRONTS: [Front; 11] = [
    ("command", Fronts::command),
    ("interview", Fronts::interview),
    ("page", Fronts::page),
    ("API", Fronts::over_api),
    ("CSV", |_, row| files::csv(row)),
    ("XLSX", |_, row| files::xlsx(row)),
    ("issue sheet", |_, row| files::issue_sheet(row)),
    ("sheet as TOML", Fronts::sheet_as_toml),
    ("case file", |_, row| files::case_file(row)),
    ("packages", Fronts::packages),
    ("leak guard", |_, row| files::guard(row)),
];

impl Fronts {
    /// Starts a desk with one account.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::folder(&folder.path().join("desk"));
        let token = place.with_account();
        let (desk, address) = Desk::start(&place);
        let cookie = signed_in(&address);
        let fronts = Self { api: Client::new(&address, &token), address, cookie, folder, _desk: desk };
        let made = fronts.run(&["admin", "create-user", "nora", "--password-stdin"], PASSWORD);
        assert!(made.status.success(), "{}", text(&made.stderr));
        fronts
    }

    /// Their names.
    pub fn names(&self) -> Vec<&'static str> {
        FRONTS.map(|(name, _)| name).to_vec()
    }

    /// What each makes of a spelling.
    pub fn answers(&self, row: &Row) -> Vec<(&'static str, Answer)> {
        FRONTS.iter().map(|(name, front)| (*name, front(self, row))).collect()
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

    /// `upstairs offer`.
    fn command(&self, row: &Row) -> Answer {
        let opening = ["open", "x", "--with", "y", "--role", "buyer", "--currency", row.currency, "--json"];
        let opened: Value = serde_json::from_slice(&self.run(&opening, "").stdout).expect("JSON");
        let id = opened["id"].as_str().expect("an id");
        let output = self.run(&["offer", id, "them", "--json", "--", row.spelling], "");
        if !output.status.success() {
            return Answer::Refused(text(&output.stderr));
        }
        let done: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        read(&done["entries"][0]["fact"]["package"]["price"])
    }

    /// The question for the boss's time; for the walk-away where it is less than nothing.
    fn interview(&self, row: &Row) -> Answer {
        let saved = self.folder.path().join("saved.toml");
        let _ = std::fs::remove_file(&saved);
        let is_negative = matches!(row.expected, Expected::Read(amount) if amount.starts_with('-'));
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
        match self.api.post(&format!("/negotiations/{id}/acts"), &offer) {
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
