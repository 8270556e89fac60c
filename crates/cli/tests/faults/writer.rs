//! A caller who opens negotiations and records offers, one after another, and keeps account of every answer.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::client::{Answer, Client, Problem};
use crate::ledger::Ledger;
use crate::luck::Luck;

/// Negotiations that a caller works on at a time.
const AT_A_TIME: usize = 3;
/// Entries after which it turns to a new one: an opening is two entries at once, which may not be torn apart.
const LONG: u64 = 12;

/// One caller. It outlives the desks that it calls.
#[derive(Debug)]
pub struct Writer {
    name: String,
    luck: Luck,
    sent: u64,
    /// Those worked on, each with its last version; none where that is in doubt.
    open: Vec<(String, Option<u64>)>,
    pub ledger: Ledger,
    /// What was refused, and how often.
    pub refusals: BTreeMap<Problem, usize>,
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Recorded,
    Refused(Problem),
    Silence,
}

impl Writer {
    pub fn new(name: &str, seed: u64) -> Self {
        let name = name.to_owned();
        Self {
            name,
            luck: Luck::new(seed),
            sent: 0,
            open: Vec::new(),
            ledger: Ledger::default(),
            refusals: BTreeMap::new(),
        }
    }

    /// Records something. Where it is in doubt what the last version is, that is read first, and compared.
    pub fn step(&mut self, client: &Client) -> Step {
        let worked_on = self.luck.below(AT_A_TIME);
        let step = match self.open.get(worked_on).cloned() {
            None => self.begin(client),
            Some((id, Some(version))) => self.offer(client, worked_on, &id, version),
            Some((id, None)) => self.look_again(client, worked_on, &id),
        };
        if let Step::Refused(problem) = &step {
            *self.refusals.entry(problem.clone()).or_default() += 1;
        }
        step
    }

    fn begin(&mut self, client: &Client) -> Step {
        self.sent += 1;
        let title = format!("{}, {}", self.name, self.sent);
        let opening = json!({"title": title, "role": "seller", "currency": "USD", "counterpart": title});
        match client.post("/negotiations", &opening) {
            Answer::Done(answer) => {
                let id = answer["id"].as_str().expect("an id").to_owned();
                self.ledger.acknowledge(&id, &answer);
                self.open.push((id, answer["version"].as_u64()));
                Step::Recorded
            }
            Answer::Refused(problem) => {
                if may_have_been_done(&problem) {
                    self.ledger.doubt_opening(title);
                }
                Step::Refused(problem)
            }
            Answer::Silence => {
                self.ledger.doubt_opening(title);
                Step::Silence
            }
        }
    }

    fn offer(&mut self, client: &Client, worked_on: usize, id: &str, version: u64) -> Step {
        self.sent += 1;
        let offer = self.next_offer();
        let act = json!({"do": "offer", "offer": offer, "despite": null});
        match client.post(&format!("/negotiations/{id}/acts?after_version={version}&sure=true"), &act) {
            Answer::Done(answer) => {
                self.ledger.acknowledge(id, &answer);
                self.open[worked_on].1 = answer["version"].as_u64();
                if answer["version"].as_u64() >= Some(LONG) {
                    self.open.swap_remove(worked_on);
                }
                Step::Recorded
            }
            Answer::Refused(problem) => {
                if may_have_been_done(&problem) {
                    self.ledger.doubt(id, &offer);
                }
                // Nobody else writes to it: only an offer that was unanswered, and came late, can have been first.
                let overtaken = problem.code == "conflict" && self.ledger.doubts(id);
                assert!(overtaken || problem.code != "conflict", "{id}: {problem:?}");
                if overtaken || may_have_been_done(&problem) {
                    self.open[worked_on].1 = None;
                }
                Step::Refused(problem)
            }
            Answer::Silence => {
                self.ledger.doubt(id, &offer);
                self.open[worked_on].1 = None;
                Step::Silence
            }
        }
    }

    /// No two offers of a run are alike; theirs need no mandate.
    fn next_offer(&self) -> Value {
        json!({
            "by": "them",
            "package": {"price": self.sent.to_string(), "terms": {"payment_days": "30", "warranty": "two years"}},
            "level": "negotiator",
            "channel": "call",
            "binding": false,
            "note": format!("{}, {}", self.name, self.sent),
        })
    }

    fn look_again(&mut self, client: &Client, worked_on: usize, id: &str) -> Step {
        match client.get(&format!("/negotiations/{id}/entries")) {
            Answer::Done(read) => {
                let version = self.ledger.compare(id, &read);
                self.open[worked_on].1 = Some(version);
                self.step(client)
            }
            Answer::Refused(problem) => Step::Refused(problem),
            Answer::Silence => Step::Silence,
        }
    }

    /// Reads those worked on and compares them: what a new desk must know of the last one.
    pub fn check_open(&mut self, client: &Client) {
        for (id, version) in &mut self.open {
            *version = Some(self.ledger.check(client, id));
        }
    }

    /// Reads one of all it ever opened and compares it.
    pub fn check_any(&mut self, client: &Client) {
        let ids: Vec<String> = self.ledger.ids().cloned().collect();
        if !ids.is_empty() {
            let id = &ids[self.luck.below(ids.len())];
            self.ledger.check(client, id);
        }
    }
}

/// Whether what was refused may be on record all the same: a database that goes away may have committed what it could not
/// acknowledge. A full disk says that nothing was recorded, and is held to it.
fn may_have_been_done(problem: &Problem) -> bool {
    problem.status == 503
}
