//! How much the guard finds of messages grown from patterns, by sort and by language: half of the patterns to learn from,
//! half kept aside. `UPSTAIRS_SHOW=1` prints what is misjudged of those to learn from, never of the others.

mod corpus_files;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use corpus_files::{GROWN, Grown, HALVES, contexts, grown};
use leak_guard::{Context, Rules, check};

/// Hits of how many.
#[derive(Clone, Copy, Default)]
struct Share {
    hits: usize,
    of: usize,
}

impl Share {
    fn percent(self) -> f64 {
        100.0 * self.hits as f64 / self.of.max(1) as f64
    }
}

fn found(grown: &Grown, contexts: &BTreeMap<String, Context>) -> Vec<String> {
    let checked = check(&grown.message.text, &contexts[grown.message.situation], Rules::built_in());
    checked.findings.iter().map(|finding| format!("{} ({})", finding.rule, finding.excerpt)).collect()
}

/// The shares found, by what a message is counted under: all, its sort, its language.
fn shares(half: &'static str, shows: bool) -> BTreeMap<String, Share> {
    let contexts = contexts();
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for one in grown(half) {
        let found = found(&one, &contexts);
        let gives = !one.message.gives.is_empty();
        if shows && gives == found.is_empty() {
            println!("{} {} {}: {} {found:?}", if gives { "missed" } else { "cried" }, one.sort, one.language, one.message.text);
        }
        let what = if gives { "leak" } else { "clean" };
        for key in [format!("{what}: all"), format!("{what}: {}", one.sort), format!("{what}: in {}", one.language)] {
            let share = shares.entry(key).or_default();
            share.of += 1;
            share.hits += usize::from(!found.is_empty());
        }
    }
    shares
}

fn table(shares: &BTreeMap<String, Share>) -> String {
    let mut text = String::new();
    for (key, share) in shares {
        writeln!(text, "{key}: {} of {} ({:.0} %)", share.hits, share.of, share.percent()).expect("a text takes all");
    }
    text
}

#[test]
fn of_the_patterns_to_learn_from_most_is_found() {
    let shares = shares(HALVES[0], std::env::var_os("UPSTAIRS_SHOW").is_some());
    println!("{}", table(&shares));
    for half in HALVES {
        assert_eq!(grown(half).len(), GROWN);
    }
}
