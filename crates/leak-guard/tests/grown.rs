//! How much the guard finds of messages grown from patterns, by sort and by language: half of the patterns to learn from,
//! half kept aside. The test prints the table, holds docs/leak-guard.md to it, and asserts the bars.
//!
//! `UPSTAIRS_BLESS=1` writes the table; what is misjudged of the half to learn from, `--example rules -- --misjudged` prints.

mod corpus_files;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use corpus_files::{GROWN, HALVES, contexts, grown};
use leak_guard::{Rules, check};

const BEGIN: &str = "<!-- grown: written by the tests -->\n";
const END: &str = "<!-- end of grown -->";
/// Of the half kept aside: so many in a hundred of those that give something away are found at least, and so many harmless ones
/// cried wolf over at most.
const FOUND: f64 = 90.0;
const CRIED: f64 = 5.0;

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

    fn words(self) -> String {
        if self.of == 0 { "–".to_owned() } else { format!("{} of {} ({:.0} %)", self.hits, self.of, self.percent()) }
    }
}

/// The messages in which anything is found, by what they are counted under.
fn shares(half: &'static str) -> BTreeMap<String, Share> {
    let contexts = contexts();
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for one in grown(half) {
        let checked = check(&one.message.text, &contexts[one.message.situation], Rules::built_in());
        let what = if one.message.gives.is_empty() { "clean" } else { "gives away" };
        for key in [what.to_owned(), format!("{what}: {}", one.sort), format!("{what}, in {}", one.language)] {
            let share = shares.entry(key).or_default();
            share.of += 1;
            share.hits += usize::from(!checked.findings.is_empty());
        }
    }
    shares
}

fn table(halves: &[BTreeMap<String, Share>; 2]) -> String {
    let mut text = "| anything found in | to learn from | kept aside |\n|---|---|---|\n".to_owned();
    let keys: BTreeSet<&String> = halves.iter().flat_map(BTreeMap::keys).collect();
    for key in keys {
        let [learnt, kept] = halves.each_ref().map(|half| half.get(key).copied().unwrap_or_default().words());
        writeln!(text, "| {key} | {learnt} | {kept} |").expect("a text takes all");
    }
    text
}

#[test]
fn of_the_patterns_kept_aside_nine_of_ten_are_found_and_one_of_twenty_cries_wolf() {
    let halves = HALVES.map(shares);
    let table = table(&halves);
    println!("{table}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/leak-guard.md");
    let docs = std::fs::read_to_string(&path).expect("the docs");
    let (before, rest) = docs.split_once(BEGIN).expect("where the table begins");
    let (written, after) = rest.split_once(END).expect("where it ends");
    if std::env::var_os("UPSTAIRS_BLESS").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}\n{table}\n{END}{after}")).expect("written");
    } else {
        assert_eq!(written.trim(), table.trim(), "`UPSTAIRS_BLESS=1 cargo test -p leak-guard --test grown` writes it");
    }
    let [_, kept] = halves;
    assert!(kept["gives away"].percent() >= FOUND, "{table}");
    assert!(kept["clean"].percent() <= CRIED, "{table}");
}

#[test]
fn a_thousand_messages_are_grown_and_none_twice() {
    let halves = HALVES.map(grown);
    assert_eq!(halves.each_ref().map(Vec::len), [GROWN, GROWN]);
    let texts: BTreeSet<(&str, &str)> =
        halves.iter().flatten().map(|one| (one.message.situation, &*one.message.text)).collect();
    assert_eq!(texts.len(), 2 * GROWN, "no message twice");
    for half in &halves {
        let clean = half.iter().filter(|one| one.message.gives.is_empty()).count();
        assert!(clean * 10 > GROWN * 3, "three of ten are clean at least");
    }
}
