//! How much the guard finds, and how often it cries wolf, on messages written for it: some to learn from while rules are
//! written, some held out. The figures are in docs/leak-guard.md, and this test holds that to them.
//!
//! `UPSTAIRS_BLESS=1` writes them anew; `UPSTAIRS_SHOW=1` prints what was missed or cried wolf over in those to learn from.

mod corpus_files;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use corpus_files::{Message, PARTS, contexts, messages};
use leak_guard::{Context, LeakKind, Rules, Severity, check};

const BEGIN: &str = "<!-- figures: written by the tests -->\n";
const END: &str = "<!-- end of figures -->";

/// What the guard says of a message: kinds found, and whether any is sure enough to be acted on unread.
fn said(message: &Message, contexts: &BTreeMap<String, Context>) -> (BTreeSet<LeakKind>, bool) {
    let found = check(&message.text, &contexts[message.situation], Rules::built_in()).findings;
    let sure = found.iter().any(|finding| finding.severity != Severity::Look);
    (found.into_iter().map(|finding| finding.kind).collect(), sure)
}

fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        "–".to_owned()
    } else {
        format!("{part} of {whole} ({:.0} %)", 100.0 * part as f64 / whole as f64)
    }
}

/// Whether a message, with what the guard said of it, counts as a hit: none where it does not count at all.
type Count<'a> = &'a dyn Fn(&Message, &(BTreeSet<LeakKind>, bool)) -> Option<bool>;

fn figures() -> String {
    let contexts = contexts();
    let mut text = format!("| | {} |\n|{}\n", PARTS.map(|(name, ..)| name).join(" | "), "---|".repeat(PARTS.len() + 1));
    let parts = PARTS.map(|(.., part)| {
        let messages = messages(part);
        let said: Vec<_> = messages.iter().map(|message| said(message, &contexts)).collect();
        (messages, said)
    });
    let mut line = |name: &str, count: Count<'_>| {
        let cells = parts.each_ref().map(|(messages, said)| {
            let counted: Vec<bool> =
                messages.iter().zip(said).filter_map(|(message, said)| count(message, said)).collect();
            share(counted.iter().filter(|&&hit| hit).count(), counted.len())
        });
        writeln!(text, "| {name} | {} |", cells.join(" | ")).expect("a text takes all");
    };
    line("messages that give something away: anything found", &|message, (kinds, _)| {
        (!message.gives.is_empty()).then_some(!kinds.is_empty())
    });
    line("… found as likely or certain", &|message, (_, sure)| (!message.gives.is_empty()).then_some(*sure));
    line("clean messages: false alarms", &|message, (kinds, _)| message.gives.is_empty().then_some(!kinds.is_empty()));
    line("… as likely or certain", &|message, (_, sure)| message.gives.is_empty().then_some(*sure));
    for kind in LeakKind::ALL {
        let name = kind.words();
        line(&format!("{name}: recall"), &|message, (kinds, _)| {
            message.gives.contains(&kind).then_some(kinds.contains(&kind))
        });
        line(&format!("{name}: precision"), &|message, (kinds, _)| {
            kinds.contains(&kind).then_some(message.gives.contains(&kind))
        });
    }
    text
}

#[test]
fn the_figures_in_the_docs_are_those_of_the_corpus() {
    if std::env::var_os("UPSTAIRS_SHOW").is_some() {
        show();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/leak-guard.md");
    let docs = std::fs::read_to_string(&path).expect("the docs");
    let (before, rest) = docs.split_once(BEGIN).expect("where the figures begin");
    let (written, after) = rest.split_once(END).expect("where they end");
    let figures = figures();
    if std::env::var_os("UPSTAIRS_BLESS").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}\n{figures}\n{END}{after}")).expect("written");
    } else {
        assert_eq!(
            written.trim(),
            figures.trim(),
            "`UPSTAIRS_BLESS=1 cargo test -p leak-guard --test corpus` writes them"
        );
    }
}

/// Prints where the messages to learn from are misjudged. Never the others: they would be some to learn from.
fn show() {
    let contexts = contexts();
    for message in PARTS.iter().filter(|(_, may_learn, _)| *may_learn).flat_map(|(.., part)| messages(part)) {
        let (kinds, _) = said(&message, &contexts);
        let missed: Vec<_> = message.gives.difference(&kinds).collect();
        let wolf: Vec<_> = kinds.difference(&message.gives).collect();
        if !missed.is_empty() || !wolf.is_empty() {
            println!("missed {missed:?}, cried {wolf:?}: {}", message.text);
        }
    }
}

#[test]
fn the_corpus_is_large_and_of_all_kinds() {
    let parts = PARTS.map(|(.., part)| messages(part));
    for part in &parts {
        assert!(part.len() >= 80);
        let clean = part.iter().filter(|message| message.gives.is_empty()).count();
        assert!(clean * 5 > part.len() * 2, "at least two of five are clean");
        for kind in LeakKind::ALL {
            assert!(part.iter().filter(|message| message.gives.contains(&kind)).count() >= 2, "{kind:?}");
        }
    }
    let texts: BTreeSet<&str> = parts.iter().flatten().map(|message| &*message.text).collect();
    assert_eq!(texts.len(), parts.iter().map(Vec::len).sum::<usize>(), "no message twice");
}
