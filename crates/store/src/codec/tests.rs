//! Stored forms are for ever: one of each is frozen in `goldens/`, and must be read and written back to the byte.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use strum::VariantNames;
use terms::{FirstStep, Level, PlanId, Role, Rung, Side};

use super::{FORMAT, StoredEntry, decode, decode_summary, encode, encode_summary, v1};

/// The kinds of fact in format 1. A new kind is added here and to the goldens; none is ever taken away.
const KINDS: [&str; 31] = [
    "opened",
    "joined",
    "left",
    "prepared",
    "issues_prepared",
    "mandate_granted",
    "mandate_ended",
    "mandate_exceeded",
    "offered",
    "guidance_asked",
    "guidance_reminded",
    "guidance_answered",
    "guidance_voided",
    "brief_sent",
    "impasse_noted",
    "impasse_resolved",
    "boss_consented",
    "consent_withdrawn",
    "both_bosses_proposed",
    "both_bosses_answered",
    "boss_asked_for",
    "boss_contacted",
    "boss_joined",
    "boss_declined",
    "boss_handed_back",
    "handed_over",
    "visit_planned",
    "visit_held",
    "visit_debriefed",
    "message_checked",
    "advice_taken",
];
const KINDS_AT_THE_END: [&str; 8] =
    ["agreed", "walked_away", "closed", "reopened", "archived", "restored", "reviewed", "corrected"];

fn goldens() -> Vec<String> {
    lines("goldens/format-1.jsonl")
}

fn lines(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn every_fact_ever_stored_is_read_and_written_back() {
    for line in goldens().into_iter().chain(lines("goldens/dated-1.jsonl")) {
        let (fact, on) = decode(1, 1, &line).unwrap_or_else(|_| panic!("no longer read: {line}"));
        assert_eq!(FORMAT, 1, "a new format must keep reading the old one");
        assert_eq!(encode(&fact, on), line);
    }
}

#[test]
fn there_is_a_golden_of_every_kind() {
    let kind = |line: &String| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        value["fact"].as_str().unwrap().to_owned()
    };
    let found: BTreeSet<String> = goldens().iter().map(kind).collect();
    let known: BTreeSet<String> = v1::fact::Fact::VARIANTS.iter().map(|kind| (*kind).to_owned()).collect();
    let wanted: BTreeSet<String> = KINDS.iter().chain(&KINDS_AT_THE_END).map(|kind| (*kind).to_owned()).collect();
    assert_eq!(found, wanted);
    assert_eq!(known, wanted, "a kind is in the code, or in KINDS, and not in both");
}

#[test]
fn unknown_forms_are_said_to_be_so() {
    assert!(decode(7, 1, r#"{"fact":"invented_later"}"#).is_err());
    assert!(decode(7, 2, r#"{"fact":"impasse_resolved"}"#).is_err());
    assert!(decode(7, 1, "").is_err());
}

#[test]
fn every_summary_ever_listed_is_read_and_written_back() {
    for line in lines("goldens/summary-1.jsonl") {
        let summary = decode_summary(&line).unwrap_or_else(|_| panic!("no longer read: {line}"));
        assert_eq!(encode_summary(&summary), line);
    }
    assert!(decode_summary("{}").is_err());
}

#[test]
fn entries_in_files_are_read_and_written_back() {
    for body in goldens() {
        for on in ["", r#""on":"2026-02-20","#] {
            let line = format!(r#"{{"version":3,"at":"2026-03-02T09:00:00Z",{on}"by":"nora","fact":{body}}}"#);
            let stored: StoredEntry = serde_json::from_str(&line).unwrap();
            let entry = negotiation::Entry::from(stored);
            assert_eq!(serde_json::to_string(&StoredEntry::from(entry)).unwrap(), line);
        }
    }
}

/// The words that `terms` writes are stored as they are: one may be added at the end of its line, none is ever changed.
#[test]
fn words_once_stored_stay() {
    let plans = "walk_away own_level guidance both_bosses ladder boss_at_impasse boss_at_outset hand_over best_found";
    let acts = "walk_away accept continue ask_guidance propose_both_bosses bring_boss hand_over";
    stay(plans, PlanId::ALL);
    stay(acts, FirstStep::ALL);
    stay("own_level guidance both_bosses boss", Rung::ALL);
    stay("seller buyer", Role::ALL);
    stay("us them", Side::ALL);
    stay("negotiator boss", Level::ALL);
}

fn stay<T: Serialize + DeserializeOwned>(words: &str, all: &[T]) {
    assert_eq!(words.split(' ').count(), all.len(), "a new word is added here: {words}");
    for word in words.split(' ') {
        let json = format!("\"{word}\"");
        let read: T = serde_json::from_str(&json).unwrap_or_else(|_| panic!("no longer read: {word}"));
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }
}
