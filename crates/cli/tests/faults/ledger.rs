//! What a caller was told, to be held against what is on record later.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::client::Client;

/// What one caller knows of the negotiations it opened.
#[derive(Debug, Default)]
pub struct Ledger {
    /// By id.
    known: BTreeMap<String, Known>,
    /// Titles of negotiations of which it was not told whether they were opened.
    doubtful_openings: BTreeSet<String>,
    /// Facts that were acknowledged.
    pub acknowledged: usize,
    /// Facts that went unanswered, and were found on record.
    pub found_later: usize,
}

/// What is known of one negotiation.
#[derive(Debug, Default)]
struct Known {
    /// Entries that it was told of, in order from version 1.
    entries: Vec<Value>,
    /// Offers that were sent and not answered: each is there once, or not at all.
    doubts: Vec<Value>,
}

impl Ledger {
    /// Takes in an acknowledgement: these entries come after all that are known.
    pub fn acknowledge(&mut self, id: &str, answer: &Value) {
        let entries = answer["entries"].as_array().expect("entries");
        assert!(!entries.is_empty(), "{id}: an acknowledgement of nothing");
        let known = self.known.entry(id.to_owned()).or_default();
        known.entries.extend(entries.iter().cloned());
        numbered(id, &known.entries);
        assert_eq!(answer["version"], known.entries.len(), "{id}");
        self.acknowledged += entries.len();
    }

    /// An offer went unanswered.
    pub fn doubt(&mut self, id: &str, offer: &Value) {
        self.known.get_mut(id).expect("a negotiation that is known").doubts.push(offer.clone());
    }

    /// An opening went unanswered.
    pub fn doubt_opening(&mut self, title: String) {
        assert!(self.doubtful_openings.insert(title), "a title was used twice");
    }

    /// Whether an offer of this negotiation went unanswered.
    pub fn doubts(&self, id: &str) -> bool {
        self.known.get(id).is_some_and(|known| !known.doubts.is_empty())
    }

    /// The ids of all negotiations that are known.
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        self.known.keys()
    }

    /// Holds a record as it was read against what is known: all that was acknowledged is there, once, in order and to the
    /// letter, and nothing else but what went unanswered. What was read counts as acknowledged from then on.
    pub fn compare(&mut self, id: &str, read: &Value) -> u64 {
        let read = read.as_array().expect("entries");
        let known = self.known.get_mut(id).expect("a negotiation that is known");
        numbered(id, read);
        let (old, new) = read.split_at_checked(known.entries.len()).unwrap_or_else(|| {
            panic!("{id}: {} entries were acknowledged, {} are there", known.entries.len(), read.len())
        });
        assert_eq!(old, known.entries, "{id}: what was acknowledged reads otherwise now");
        for entry in new {
            let offer = offer_of(entry);
            let doubt = known.doubts.iter().position(|doubt| Some(doubt) == offer.as_ref());
            let doubt = doubt.unwrap_or_else(|| panic!("{id}: an entry that nobody sent, or twice: {entry}"));
            known.doubts.swap_remove(doubt);
            known.entries.push(entry.clone());
            self.found_later += 1;
        }
        read.len() as u64
    }

    /// Reads a negotiation and compares; gives its last version.
    pub fn check(&mut self, client: &Client, id: &str) -> u64 {
        self.compare(id, &client.read(&format!("/negotiations/{id}/entries")))
    }
}

/// Versions count up from 1, without a gap.
fn numbered(id: &str, entries: &[Value]) {
    for (entry, version) in entries.iter().zip(1..) {
        assert_eq!(entry["version"], version, "{id}: the versions do not follow one another");
    }
}

/// The offer in an entry, as it was sent.
fn offer_of(entry: &Value) -> Option<Value> {
    let mut offer = entry["fact"].as_object()?.clone();
    let fact = offer.remove("fact")?;
    (fact == "offered").then_some(Value::Object(offer))
}

/// Compares every negotiation of every caller, and the list with all of them: none is missing, none twice, and none that
/// nobody opened.
pub fn check_all<'a>(ledgers: impl IntoIterator<Item = &'a mut Ledger>, client: &Client) {
    let mut listed = BTreeMap::new();
    let mut page = client.read("/negotiations");
    loop {
        for one in page["negotiations"].as_array().expect("negotiations") {
            let (id, title) = (one["id"].as_str().expect("an id"), one["summary"]["title"].as_str().expect("a title"));
            assert!(listed.insert(id.to_owned(), title.to_owned()).is_none(), "{id} is listed twice");
        }
        let Some(next) = page["next"].as_str() else { break };
        page = client.read(&format!("/negotiations?after={next}"));
    }
    let mut doubtful = BTreeSet::new();
    for ledger in ledgers {
        let ids: Vec<String> = ledger.ids().cloned().collect();
        for id in ids {
            ledger.check(client, &id);
            assert!(listed.remove(&id).is_some(), "{id} is not listed");
        }
        doubtful.extend(ledger.doubtful_openings.iter().cloned());
    }
    for (id, title) in listed {
        assert!(doubtful.remove(&title), "{id}: nobody opened {title}, or it is there twice");
        let entries = client.read(&format!("/negotiations/{id}/entries"));
        let facts: Vec<_> = entries.as_array().expect("entries").iter().map(|entry| &entry["fact"]["fact"]).collect();
        assert_eq!(facts, ["opened", "joined"], "{id}: half an opening");
    }
}
