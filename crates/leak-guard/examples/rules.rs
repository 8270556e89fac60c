//! What each rule adds: `cargo run -p leak-guard --example rules` prints, for the messages to learn from, how many that give
//! something away are found by this rule alone, and on how many harmless ones it alone cries wolf. A rule that adds nothing to
//! the first or much to the second is to go.
//!
//! The rules are read from the folder `rules` as they stand, so that a change shows without building anew. `--misjudged` prints
//! the messages that are missed or cried wolf over.

#[path = "../tests/corpus_files/mod.rs"]
mod corpus_files;

use std::collections::BTreeMap;
use std::path::Path;

use corpus_files::{Grown, HALVES, Message, PARTS, contexts, grown, messages};
use leak_guard::{Context, Rules, check};

#[derive(Clone, Copy, Default)]
struct Adds {
    finds: usize,
    finds_alone: usize,
    cries: usize,
    cries_alone: usize,
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read =
        |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let first = read("rules/english.toml") + &read("points.toml");
    let others = ["told", "german", "french", "spanish"].map(|name| read(&format!("rules/{name}.toml")));
    let texts: Vec<&str> = [&first].into_iter().chain(&others).map(String::as_str).collect();
    let rules = Rules::parse(&texts).unwrap_or_else(|errors| {
        errors.iter().for_each(|error| eprintln!("{error}"));
        std::process::exit(1);
    });
    let shows = std::env::args().any(|argument| argument == "--misjudged");
    let learnt = PARTS.iter().filter(|(_, may_learn, _)| *may_learn).flat_map(|(name, _, part)| {
        messages(part).into_iter().map(|message| Grown { message, sort: name, language: "en" })
    });
    let all: Vec<Grown> = grown(HALVES[0]).into_iter().chain(learnt).collect();
    let contexts = contexts();
    let mut adds: BTreeMap<String, Adds> = rules.ids().map(|id| (id.to_owned(), Adds::default())).collect();
    let mut without: BTreeMap<String, Rules> = BTreeMap::new();
    let mut sums: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for Grown { message, sort, language } in &all {
        let found = rules_of(message, &contexts, &rules);
        let gives = !message.gives.is_empty();
        if shows && gives == found.is_empty() {
            let what = if gives { "missed" } else { "cried" };
            println!("{what} {sort} {language}: {} {found:?}", message.text);
        }
        for key in [format!("{gives} all"), format!("{gives} {sort}"), format!("{gives} in {language}")] {
            let sum = sums.entry(key).or_default();
            *sum = (sum.0 + usize::from(!found.is_empty()), sum.1 + 1);
        }
        for id in &found {
            // One by one: what another rule finds of the same words shows only once this one is gone.
            // What another rule finds of the same words shows only once this one is gone. `number`, `relation` and `weighed` are
            // no rules: they have no words in common with one.
            let is_rule = rules.ids().any(|rule| rule == id);
            let is_alone = found.len() == 1
                && (!is_rule || {
                    let rest = without.entry(id.clone()).or_insert_with(|| rules.without(id));
                    rules_of(message, &contexts, rest).is_empty()
                });
            let adds = adds.entry(id.clone()).or_default();
            let (of, alone) =
                if gives { (&mut adds.finds, &mut adds.finds_alone) } else { (&mut adds.cries, &mut adds.cries_alone) };
            *of += 1;
            *alone += usize::from(is_alone);
        }
    }
    println!("\n| rule | found | by it alone | cried wolf | by it alone |\n|---|---|---|---|---|");
    for (id, Adds { finds, finds_alone, cries, cries_alone }) in &adds {
        println!("| {id} | {finds} | {finds_alone} | {cries} | {cries_alone} |");
    }
    println!();
    for (key, (hits, of)) in &sums {
        let key = key.replace("true", "gives away:").replace("false", "clean:");
        println!("{key}: {hits} of {of} ({:.1} %)", 100.0 * *hits as f64 / *of as f64);
    }
}

/// The rules that find something in a message, each once.
fn rules_of(message: &Message, contexts: &BTreeMap<String, Context>, rules: &Rules) -> Vec<String> {
    let checked = check(&message.text, &contexts[message.situation], rules);
    let mut found: Vec<String> = checked.findings.into_iter().map(|finding| finding.rule).collect();
    found.sort();
    found.dedup();
    found
}
