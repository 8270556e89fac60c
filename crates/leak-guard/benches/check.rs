//! How long a message takes.

use leak_guard::{Context, Rules, check};

fn main() {
    divan::main();
}

/// A message of this many bytes, an ordinary one over and over.
fn message(bytes: usize) -> String {
    let once = "Dear Tom, thank you for the call on Tuesday. As discussed we propose 1,240,000 for the first year, with \
                delivery by 14 May, and net 45 days. Could you let me know what your team thinks of the warranty? We \
                would like to hear how you see the volumes for next year. Invoice 4711 is attached.\n\n";
    once.repeat(bytes / once.len() + 1)
}

#[divan::bench]
fn ten_kilobytes(bencher: divan::Bencher) {
    let (message, context, rules) = (message(10_000), Context::default(), Rules::built_in());
    bencher.bench(|| check(divan::black_box(&message), &context, rules));
}

/// Some ten thousand words.
#[divan::bench]
fn ten_thousand_words(bencher: divan::Bencher) {
    let (message, context, rules) = (message(58_000), Context::default(), Rules::built_in());
    bencher.bench(|| check(divan::black_box(&message), &context, rules));
}

/// The most that is read in one go, of ordinary text.
#[divan::bench(sample_count = 5)]
fn one_megabyte(bencher: divan::Bencher) {
    let (message, context, rules) = (message(1_000_000), Context::default(), Rules::built_in());
    bencher.bench(|| check(divan::black_box(&message), &context, rules));
}

/// As much of what every rule finds something in, and that has no end of a sentence.
#[divan::bench(sample_count = 5)]
fn one_megabyte_of_leaks(bencher: divan::Bencher) {
    let once = "we must close by friday because our boss wants our biggest account and 1,057,000 is our limit ";
    let (message, context, rules) = (once.repeat(1_000_000 / once.len()), Context::default(), Rules::built_in());
    bencher.bench(|| check(divan::black_box(&message), &context, rules));
}
